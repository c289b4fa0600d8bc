"""What placing an order comes to."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.orders import DurationType, OrderStatus
from trading_api.modules.broker.engine.brackets import arm
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.checks import check_buying_power, check_order
from trading_api.modules.broker.engine.closing_checks import closable
from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.conversion import kept_rate, rate_of
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.exact import ZERO, tidy
from trading_api.modules.broker.engine.fill_models import standing_view
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.lifecycle import accept
from trading_api.modules.broker.engine.market import Market, taking_price
from trading_api.modules.broker.engine.matching import enter_market
from trading_api.modules.broker.engine.refusals import CheckFailure, OrderRefused, RefusalCode
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.stops import reference_price, stop_reference, trailing_stop_price

C = RefusalCode
UNSOUND = frozenset(
    {
        C.CURRENCY_UNSUPPORTED,
        C.QUANTITY_NOT_POSITIVE,
        C.QUANTITY_TOO_SMALL,
        C.QUANTITY_TOO_LARGE,
        C.QUANTITY_STEP,
        C.PRICE_MISSING,
        C.PRICE_NOT_ALLOWED,
        C.PRICE_NOT_POSITIVE,
        C.PRICE_TICK,
        C.STOP_WOULD_TRIGGER,
        C.DURATION_NOT_ALLOWED,
        C.DURATION_END_MISSING,
        C.DURATION_END_NOT_ALLOWED,
        C.DURATION_END_PAST,
        C.SESSION_CLOSED,
        C.NOTHING_TO_CLOSE,
        C.QUOTE_UNAVAILABLE,
        C.BRACKETS_NOT_ALLOWED,
        C.STOPS_CONFLICT,
        C.TAKE_PROFIT_WRONG_SIDE,
        C.STOP_LOSS_WRONG_SIDE,
        C.TRAILING_PIPS_NOT_POSITIVE,
    }
)
"""Failures that leave no order to reckon with; beside others buying power is checked all the same."""


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
    """Accepts the order and, if the prices that stand fill it, executes it at once."""
    draft = Draft(state)
    failures = check_order(state, command, instrument, market)
    if not UNSOUND.isdisjoint(failure.code for failure in failures):
        return Plan(draft, failures)
    order = accepted_order(draft, command, instrument, market)
    seen = stop_reference(instrument, market) if order.stop_price is not None else None
    shown = market.quote(instrument.symbol) if seen is None else seen
    accept(draft, order, order.create_time, because(Rule.CHECKS_PASSED, shown))
    enter_market(draft, order.id, instrument, market)
    arm(draft, order.id, instrument, order.create_time)
    return Plan(draft, failures + check_buying_power(state, draft.state, instrument.symbol, market))


def accepted_order(draft: Draft, command: PlaceOrder, instrument: Instrument, market: Market) -> Order:
    """The order that `command` asks for, as it is before the market has seen it."""
    state, offset, time = draft.state, draft.next_offset, draft.not_before(market.time)
    limit_price, stop_price = _tidied(command.limit_price), _stop_price(command, instrument, market)
    view = standing_view(state, instrument, market) if stop_price is None else None
    return Order(
        id=f"O{offset}",
        symbol=instrument.symbol,
        type=command.type,
        side=command.side,
        qty=tidy(command.qty),
        limit_price=limit_price,
        stop_price=stop_price,
        trailing_amount=_tidied(command.trailing_amount),
        duration=command.duration,
        expire_time=_expire_time(command, instrument, time),
        client_order_id=command.client_order_id,
        status=OrderStatus.WORKING,
        filled_qty=ZERO,
        filled_value=ZERO,
        avg_price=None,
        reserve_price=_reserve_price(command, limit_price or stop_price, market),
        point_value=instrument.point_value,
        margin_rate=instrument.margin_rate,
        create_time=time,
        update_time=time,
        created_offset=offset,
        offset=offset,
        active_time=time + state.terms.fills.latency_ms,
        currency=instrument.currency,
        brackets=command.brackets,
        is_close=command.is_close,
        position_id=closable(state, command)[0].id if command.is_close else command.position_id,
        conversion=kept_rate(rate_of(market, instrument.currency, state.currency)),
        marketable=view is not None and view.suits(command.side, limit_price),
    )


def _stop_price(command: PlaceOrder, instrument: Instrument, market: Market) -> Decimal | None:
    """Where the stop is; a trailing one starts from the present price."""
    if command.trailing_amount is None:
        return _tidied(command.stop_price)
    price = reference_price(instrument, market, command.side)
    if price is None:
        return None
    return trailing_stop_price(command.side, price, command.trailing_amount, instrument.tick_size)


def _reserve_price(command: PlaceOrder, price: Decimal | None, market: Market) -> Decimal | None:
    """Where the order trades at worst: at its limit, about its stop, or at what is quoted now."""
    quote = market.quote(command.symbol)
    if price is not None or quote is None:
        return price
    return taking_price(quote, command.side)


def _expire_time(command: PlaceOrder, instrument: Instrument, time: int) -> int | None:
    if command.duration is DurationType.DAY:
        return instrument.session.day_close(time)
    return command.gtd_time


def _tidied(price: Decimal | None) -> Decimal | None:
    return None if price is None else tidy(price)
