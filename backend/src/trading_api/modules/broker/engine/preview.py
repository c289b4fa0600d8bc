"""What an order would do, without doing it."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.accounts import Liquidity
from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.commissions import cost_of
from trading_api.modules.broker.engine.conversion import last_rate
from trading_api.modules.broker.engine.entities import Execution, Order
from trading_api.modules.broker.engine.events import ExecutionRecorded, OrderAccepted
from trading_api.modules.broker.engine.exact import ZERO, exact, quotient, tidy
from trading_api.modules.broker.engine.fill_models import liquidity_of
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.margin import margin_of
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.placing import plan_order
from trading_api.modules.broker.engine.refusals import CheckFailure
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.worth import worth_of


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an order would cost at this moment, and every reason for which it would be refused.

    The numbers are None where a failed check leaves nothing to reckon with. `opens_at` is set when the
    order has to wait for the session. `commission` is of the whole order, `filled_qty` is what fills now.
    """

    failures: tuple[CheckFailure, ...]
    fills_now: bool = False
    filled_qty: Decimal = ZERO
    opens_at: int | None = None
    price: Decimal | None = None
    value: Decimal | None = None
    commission: Decimal | None = None
    margin: Decimal | None = None
    available_after: Decimal | None = None


def preview(state: AccountState, command: PlaceOrder, instrument: Instrument, market: Market) -> Estimate:
    """The estimate for `command`; nothing changes."""
    with exact():
        plan = plan_order(state, command, instrument, market)
        is_open = instrument.session.is_open(market.time)
        opens_at = None if is_open else instrument.session.next_open(market.time)
        orders = [event.order for event in plan.draft.events if isinstance(event, OrderAccepted)]
        if not orders:
            return Estimate(plan.failures, opens_at=opens_at)
        executions = [e.execution for e in plan.draft.events if isinstance(e, ExecutionRecorded)]
        price = _average(executions) if executions else orders[0].reserve_price
        before = margin_of(state, instrument.symbol, market).total
        after = margin_of(plan.draft.state, instrument.symbol, market).total
        paid = sum((execution.commission for execution in executions), ZERO)
        return Estimate(
            failures=plan.failures,
            fills_now=bool(executions),
            filled_qty=sum((execution.qty for execution in executions), ZERO),
            opens_at=opens_at,
            price=price,
            value=_value(orders[0], price),
            commission=tidy(paid + _commission_later(plan.draft.state, orders[0].id, instrument, market)),
            margin=max(ZERO, after - before),
            available_after=worth_of(plan.draft.state, market).available,
        )


def _average(executions: list[Execution]) -> Decimal:
    qty = sum((execution.qty for execution in executions), ZERO)
    return quotient(sum((each.qty * each.price for each in executions), ZERO), qty)


def _commission_later(state: AccountState, order_id: str, instrument: Instrument, market: Market) -> Decimal:
    """What the part that waits would cost at the price at which it reserves buying power."""
    order = state.orders.get(order_id)
    if order is None or order.reserve_price is None:
        return ZERO
    rate = last_rate(market, instrument.currency, state.currency, order.conversion)
    qty = order.remaining_qty
    value = qty * order.reserve_price * instrument.point_value * rate
    liquidity = liquidity_of(order) if order.is_in_market else Liquidity.TAKER
    return cost_of(state.terms, order, qty, value, liquidity)


def _value(order: Order, price: Decimal | None) -> Decimal | None:
    return None if price is None else price * order.qty * order.point_value
