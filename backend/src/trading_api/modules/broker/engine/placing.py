"""What placing an order comes to."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.orders import DurationType, OrderStatus, OrderType
from trading_api.modules.broker.engine.brackets import arm
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.checks import check_buying_power, check_order
from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.conversion import kept_rate, rate_of
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.exact import ZERO, tidy
from trading_api.modules.broker.engine.fills import Fill, execute, fill_price, rule_of
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.lifecycle import accept
from trading_api.modules.broker.engine.market import Market, taking_price
from trading_api.modules.broker.engine.refusals import CheckFailure, OrderRefused, RefusalCode
from trading_api.modules.broker.engine.state import AccountState

HARMLESS = frozenset(
    {
        RefusalCode.SYMBOL_NOT_TRADABLE,
        RefusalCode.CLIENT_ORDER_ID_DUPLICATE,
        RefusalCode.TRADING_HALTED,
        RefusalCode.TRADING_REDUCE_ONLY,
        RefusalCode.ORDER_RATE_EXCEEDED,
        RefusalCode.ORDER_NOTIONAL_EXCEEDED,
        RefusalCode.POSITION_NOTIONAL_EXCEEDED,
    }
)
"""Failures that leave the order's numbers sound, so that buying power can be checked all the same."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The events of placing an order, and the checks it fails; with failures the events are hypothetical."""

    draft: Draft
    failures: tuple[CheckFailure, ...]


def place_order(draft: Draft, command: PlaceOrder, instruments: Instruments, market: Market) -> None:
    """Accept the order, and fill it if it fills at once; raises OrderRefused with every failed check."""
    plan = plan_order(draft.state, command, instruments[command.symbol], market)
    if plan.failures:
        raise OrderRefused(plan.failures)
    draft.adopt(plan.draft)


def plan_order(state: AccountState, command: PlaceOrder, instrument: Instrument, market: Market) -> Plan:
    """Accepts the order and, if the present quote fills it, executes it at once."""
    draft = Draft(state)
    failures = check_order(state, command, instrument, market)
    if not HARMLESS.issuperset(failure.code for failure in failures):
        return Plan(draft, failures)
    order = _accepted(draft, command, instrument, market)
    quote = market.quote(instrument.symbol)
    accept(draft, order, order.create_time, because(Rule.CHECKS_PASSED, quote))
    price = _price_now(order, instrument, market)
    if price is not None:
        cause = because(rule_of(order), quote)
        execute(draft, Fill(order, order.qty, price, order.create_time, cause), instrument, market)
    arm(draft, order.id, instrument, order.create_time)
    return Plan(draft, failures + check_buying_power(state, draft.state, instrument.symbol, market))


def _price_now(order: Order, instrument: Instrument, market: Market) -> Decimal | None:
    """The price at which a new order fills at once: the last quote's, unless the session ended since."""
    quote = market.quote(order.symbol)
    if quote is None or not instrument.trades_throughout(quote.time, market.time):
        return None
    return fill_price(order, quote)


def _accepted(draft: Draft, command: PlaceOrder, instrument: Instrument, market: Market) -> Order:
    offset, time = draft.next_offset, draft.not_before(market.time)
    limit_price = None if command.limit_price is None else tidy(command.limit_price)
    quote = market.quote(instrument.symbol)
    known_price = None if quote is None else taking_price(quote, command.side)
    return Order(
        id=f"O{offset}",
        symbol=instrument.symbol,
        type=command.type,
        side=command.side,
        qty=tidy(command.qty),
        limit_price=limit_price,
        duration=command.duration,
        expire_time=instrument.session.day_close(time) if command.duration is DurationType.DAY else None,
        client_order_id=command.client_order_id,
        status=OrderStatus.WORKING,
        filled_qty=ZERO,
        filled_value=ZERO,
        avg_price=None,
        reserve_price=limit_price if command.type is OrderType.LIMIT else known_price,
        point_value=instrument.point_value,
        margin_rate=instrument.margin_rate,
        create_time=time,
        update_time=time,
        created_offset=offset,
        offset=offset,
        active_time=time,
        currency=instrument.currency,
        brackets=command.brackets,
        is_close=command.is_close,
        position_id=command.position_id,
        conversion=kept_rate(rate_of(market, instrument.currency, draft.state.currency)),
    )
