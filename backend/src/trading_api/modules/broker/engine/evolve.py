"""Applying events to a state; no rule is decided here, only whether an event can follow."""

from collections.abc import Iterable
from dataclasses import replace

from trading_api.models.broker.orders import OrderStatus
from trading_api.modules.broker.engine.entities import Order, Position
from trading_api.modules.broker.engine.events import (
    AccountOpened,
    BalanceChanged,
    Event,
    ExecutionRecorded,
    OrderAccepted,
    OrderCanceled,
    OrderEvent,
    OrderExpired,
    OrderFilled,
    OrderPartlyFilled,
    OrderRejected,
    PositionChanged,
)
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.transitions import OrderChange, advance

CHANGE_OF: dict[type, OrderChange] = {
    OrderAccepted: OrderChange.ACCEPTED,
    OrderPartlyFilled: OrderChange.PARTLY_FILLED,
    OrderFilled: OrderChange.FILLED,
    OrderCanceled: OrderChange.CANCELED,
    OrderExpired: OrderChange.EXPIRED,
    OrderRejected: OrderChange.REJECTED,
}


class JournalGap(Exception):
    """An event does not follow the one before it."""


def fold(state: AccountState, events: Iterable[Event]) -> AccountState:
    """`state` after `events`; raises JournalGap or IllegalTransition for events that cannot follow it."""
    orders, positions, names = dict(state.orders), dict(state.positions), dict(state.client_order_ids)
    for event in events:
        if event.offset != state.offset + 1:
            raise JournalGap(f"{state.account_id}: event {event.offset} follows {state.offset}")
        state = replace(state, offset=event.offset, time=event.time)
        match event:
            case AccountOpened():
                state = _opened(state, event)
            case BalanceChanged():
                state = _with_balance(state, event)
            case PositionChanged():
                _put_position(positions, event.position)
            case ExecutionRecorded():
                pass
            case _:
                _put_order(orders, names, event)
    return replace(state, orders=orders, positions=positions, client_order_ids=names)


def _opened(state: AccountState, event: AccountOpened) -> AccountState:
    return replace(
        state,
        name=event.name,
        currency=event.currency,
        leverage=event.leverage,
        opening_balance=event.opening_balance,
        balance=event.opening_balance,
    )


def _with_balance(state: AccountState, event: BalanceChanged) -> AccountState:
    return replace(state, balance=event.balance, realized_pl=event.realized_pl, commissions=event.commissions)


def _put_position(positions: dict[str, Position], position: Position) -> None:
    if position.qty:
        positions[position.symbol] = position
    else:
        positions.pop(position.symbol)


def _put_order(orders: dict[str, Order], names: dict[str, str], event: OrderEvent) -> None:
    order = event.order
    known = orders.get(order.id)
    advance(known.status if known else OrderStatus.PLACING, CHANGE_OF[type(event)], order.status)
    if order.is_final:
        orders.pop(order.id, None)
    else:
        orders[order.id] = order
    if order.client_order_id is not None:
        names[order.client_order_id] = order.id
