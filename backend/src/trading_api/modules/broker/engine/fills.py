"""The cascade of facts that a fill is."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.accounts import Liquidity
from trading_api.models.broker.orders import OrderStatus
from trading_api.modules.broker.engine.brackets import Filled, after_fill
from trading_api.modules.broker.engine.causes import Cause
from trading_api.modules.broker.engine.commissions import cost_of
from trading_api.modules.broker.engine.conversion import kept_rate, last_rate
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Execution, Order
from trading_api.modules.broker.engine.events import (
    BalanceChanged,
    Event,
    ExecutionRecorded,
    OrderFilled,
    OrderPartlyFilled,
    PositionChanged,
)
from trading_api.modules.broker.engine.exact import ZERO, quotient, tidy
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.netting import Settlement, position_met, settle
from trading_api.modules.broker.engine.replacing import replace


@dataclass(frozen=True, slots=True)
class Fill:
    """`qty` of `order` at `price`, and why."""

    order: Order
    qty: Decimal
    price: Decimal
    time: int
    cause: Cause
    liquidity: Liquidity = Liquidity.TAKER


def execute(draft: Draft, fill: Fill, instrument: Instrument, market: Market) -> None:
    """Record a fill: execution, order, balance, position, at adjacent offsets; then what brackets do.

    Money is in the account's currency, prices are in the symbol's. Where no rate between them is quoted
    at the moment, that at which the order was accepted counts.
    """
    state, order, offset = draft.state, fill.order, draft.next_offset
    time = draft.not_before(fill.time)
    rate = last_rate(market, instrument.currency, state.currency, order.conversion)
    position = position_met(state, order)
    settlement = settle(position, order, fill.qty, fill.price, time, offset + 3, rate)
    value = fill.qty * fill.price * instrument.point_value * rate
    commission = cost_of(state.terms, order, fill.qty, value, fill.liquidity)
    execution = Execution(
        id=f"X{offset}",
        order_id=order.id,
        symbol=order.symbol,
        side=order.side,
        qty=tidy(fill.qty),
        price=tidy(fill.price),
        time=time,
        commission=tidy(commission),
        realized_pl=settlement.realized_pl,
        offset=offset,
        liquidity=fill.liquidity,
        conversion=kept_rate(rate),
        position_id=settlement.positions[-1].id,
    )
    draft.record(
        (
            ExecutionRecorded(offset, time, execution),
            _order_event(order, execution, offset + 1, instrument, fill.cause),
            _balance_event(draft, execution, settlement, offset + 2),
            *(PositionChanged(p.offset, time, p) for p in settlement.positions),
        )
    )
    after_fill(draft, Filled(order, execution.price, time, settlement.positions), instrument)


def with_execution(order: Order, execution: Execution, offset: int) -> Order:
    """`order` after one more execution."""
    filled, value = order.filled_qty + execution.qty, order.filled_value + execution.qty * execution.price
    return replace(
        order,
        position_id=order.position_id if order.only_reduces else execution.position_id,
        status=OrderStatus.FILLED if filled == order.qty else OrderStatus.WORKING,
        filled_qty=tidy(filled),
        filled_value=tidy(value),
        avg_price=quotient(value, filled),
        update_time=execution.time,
        offset=offset,
    )


def _order_event(
    order: Order, execution: Execution, offset: int, instrument: Instrument, cause: Cause
) -> Event:
    after = with_execution(order, execution, offset)
    if not after.is_final:
        return OrderPartlyFilled(offset, execution.time, after, cause)
    listed_until = instrument.listed_until(execution.time)
    return OrderFilled(offset, execution.time, replace(after, listed_until=listed_until), cause)


def _balance_event(draft: Draft, execution: Execution, settlement: Settlement, offset: int) -> BalanceChanged:
    state = draft.state
    realized = ZERO if settlement.realized_pl is None else settlement.realized_pl
    change = realized - execution.commission
    return BalanceChanged(
        offset=offset,
        time=execution.time,
        change=tidy(change),
        balance=tidy(state.balance + change),
        realized_pl=tidy(state.realized_pl + realized),
        commissions=tidy(state.commissions + execution.commission),
        execution_id=execution.id,
    )
