"""The fill model `top-of-book`, and the cascade of facts that a fill is."""

from dataclasses import replace
from decimal import Decimal

from trading_api.models.broker.orders import OrderStatus, OrderType, Side
from trading_api.models.market.ticks import Quote
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
from trading_api.modules.broker.engine.market import at_least_as_good, taking_price
from trading_api.modules.broker.engine.netting import Settlement, settle

NO_COMMISSION = ZERO


def fill_price(order: Order, quote: Quote) -> Decimal | None:
    """The price at which `order` fills on `quote`, None if it does not.

    A buy takes the ask, a sell the bid. A limit order fills when that price is at its limit or better;
    a price that arrives beyond the limit, by a gap or because the order was marketable when placed, is
    the price it gets.
    """
    price = taking_price(quote, order.side)
    if price is None or order.type is OrderType.MARKET:
        return price
    if order.limit_price is None or not at_least_as_good(order.side, price, order.limit_price):
        return None
    return price


def matching(orders: list[Order], quote: Quote) -> list[Order]:
    """Those of `orders` that fill on `quote`, in price-time priority.

    A quote older than an order, as a replay resumed after a crash repeats them, cannot fill it.
    """
    met = (o for o in orders if o.create_time <= quote.time and fill_price(o, quote) is not None)
    return sorted(met, key=_priority)


def session_open(instrument: Instrument, quote: Quote) -> bool:
    """Whether `quote` was made while the instrument traded; others fill nothing."""
    return instrument.session.is_open(quote.time)


def execute(
    draft: Draft, order: Order, qty: Decimal, price: Decimal, time: int, instrument: Instrument
) -> None:
    """Record a fill: execution, order, balance, position, at adjacent offsets."""
    offset = draft.next_offset
    settlement = settle(draft.state.positions.get(order.symbol), order, qty, price, time, offset + 3)
    execution = Execution(
        id=f"X{offset}",
        order_id=order.id,
        symbol=order.symbol,
        side=order.side,
        qty=tidy(qty),
        price=tidy(price),
        time=time,
        commission=NO_COMMISSION,
        realized_pl=settlement.realized_pl,
        offset=offset,
    )
    draft.record(
        (
            ExecutionRecorded(offset, time, execution),
            _order_event(order, execution, offset + 1, instrument),
            _balance_event(draft, execution, settlement, offset + 2),
            *(PositionChanged(p.offset, time, p) for p in settlement.positions),
        )
    )


def with_execution(order: Order, execution: Execution, offset: int) -> Order:
    """`order` after one more execution."""
    filled, value = order.filled_qty + execution.qty, order.filled_value + execution.qty * execution.price
    return replace(
        order,
        status=OrderStatus.FILLED if filled == order.qty else OrderStatus.WORKING,
        filled_qty=tidy(filled),
        filled_value=tidy(value),
        avg_price=quotient(value, filled),
        update_time=execution.time,
        offset=offset,
    )


def _order_event(order: Order, execution: Execution, offset: int, instrument: Instrument) -> Event:
    after = with_execution(order, execution, offset)
    if not after.is_final:
        return OrderPartlyFilled(offset, execution.time, after)
    listed_until = instrument.listed_until(execution.time)
    return OrderFilled(offset, execution.time, replace(after, listed_until=listed_until))


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


def _priority(order: Order) -> tuple[int, Decimal, int]:
    if order.limit_price is None:
        return (0, ZERO, order.created_offset)
    return (1, -order.limit_price if order.side is Side.BUY else order.limit_price, order.created_offset)
