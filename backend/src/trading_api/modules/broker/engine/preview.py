"""What an order would do, without doing it."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.events import ExecutionRecorded, OrderAccepted
from trading_api.modules.broker.engine.exact import ZERO, exact
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
    order has to wait for the session.
    """

    failures: tuple[CheckFailure, ...]
    fills_now: bool = False
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
        price = executions[0].price if executions else orders[0].reserve_price
        before = margin_of(state, instrument.symbol, market).total
        after = margin_of(plan.draft.state, instrument.symbol, market).total
        return Estimate(
            failures=plan.failures,
            fills_now=bool(executions),
            opens_at=opens_at,
            price=price,
            value=_value(orders[0], price),
            commission=sum((execution.commission for execution in executions), ZERO),
            margin=max(ZERO, after - before),
            available_after=worth_of(plan.draft.state, market).available,
        )


def _value(order: Order, price: Decimal | None) -> Decimal | None:
    return None if price is None else price * order.qty * order.point_value
