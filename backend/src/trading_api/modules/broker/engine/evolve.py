"""Applying events to a state; no rule is decided here, only whether an event can follow."""

from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

from immutables import Map

from trading_api.models.broker.accounts import FillModelKind
from trading_api.models.broker.orders import OrderStatus, Side
from trading_api.modules.broker.engine.causes import Cause
from trading_api.modules.broker.engine.entities import Order, Position
from trading_api.modules.broker.engine.events import (
    ORDER_EVENTS,
    AccountClosed,
    AccountEvent,
    AccountOpened,
    BalanceChanged,
    Event,
    ExecutionRecorded,
    LeverageChanged,
    LiquidationBegan,
    MarginRecovered,
    MarginWarned,
    OrderAccepted,
    OrderCanceled,
    OrderEvent,
    OrderExpired,
    OrderFilled,
    OrderPartlyFilled,
    OrderRejected,
    OrderReplaced,
    OrderTriggered,
    PositionChanged,
    TermsChanged,
    TradingStateChanged,
)
from trading_api.modules.broker.engine.exact import exact
from trading_api.modules.broker.engine.replacing import replace
from trading_api.modules.broker.engine.state import NOTHING, AccountState, Taken
from trading_api.modules.broker.engine.symbol_book import BeforeAndAfter, SymbolBook
from trading_api.modules.broker.engine.transitions import OrderChange, advance

CHANGE_OF: dict[type, OrderChange] = {
    OrderAccepted: OrderChange.ACCEPTED,
    OrderTriggered: OrderChange.TRIGGERED,
    OrderReplaced: OrderChange.REPLACED,
    OrderPartlyFilled: OrderChange.PARTLY_FILLED,
    OrderFilled: OrderChange.FILLED,
    OrderCanceled: OrderChange.CANCELED,
    OrderExpired: OrderChange.EXPIRED,
    OrderRejected: OrderChange.REJECTED,
}

RATE_WINDOW_MS = 1000
"""So far back the times of accepted orders are remembered, where the terms limit them."""


class JournalGap(Exception):
    """An event does not follow the one before it."""


def fold(state: AccountState, events: Iterable[Event]) -> AccountState:
    """`state` after `events`; raises JournalGap or IllegalTransition for events that cannot follow it."""
    folding = _Folding(state)
    with exact():
        for event in events:
            folding.apply(event)
    return folding.state()


def restored(
    head: AccountState,
    orders: Iterable[Order],
    positions: Iterable[Position],
    client_order_ids: dict[str, str],
) -> AccountState:
    """The state that consists of these: `head` has all that is not an entity."""
    folding = _Folding(head)
    folding.client_order_ids = Map(client_order_ids)
    with exact():
        for position in positions:
            folding.put_position(position)
        for order in orders:
            folding.put_order(order)
    return folding.state()


class _Folding:
    """A state in the making: the maps change one by one, the rest is replaced at the end."""

    def __init__(self, state: AccountState) -> None:
        self._head = state
        self._offset, self._time = state.offset, state.time
        self.orders, self.positions = state.orders, state.positions
        self.client_order_ids = state.client_order_ids
        self._books, self._children = state.books, state.children
        self._changes: dict[str, list[BeforeAndAfter]] = {}
        """What the books have yet to be told, by symbol."""

    def state(self) -> AccountState:
        """What has become of it."""
        for symbol in list(self._changes):
            self._book(symbol)
        return replace(
            self._head,
            offset=self._offset,
            time=self._time,
            orders=self.orders,
            positions=self.positions,
            client_order_ids=self.client_order_ids,
            books=self._books,
            children=self._children,
        )

    def apply(self, event: Event) -> None:
        """One event more."""
        if event.offset != self._offset + 1:
            raise JournalGap(f"{self._head.account_id}: event {event.offset} follows {self._offset}")
        self._offset, self._time = event.offset, event.time
        match event:
            case ExecutionRecorded():
                pass
            case BalanceChanged():
                self._head = _with_balance(self._head, event)
            case PositionChanged():
                self.put_position(event.position)
            case _ if isinstance(event, ORDER_EVENTS):
                self._apply_to_order(event)
            case _:
                self._head = _after(self._head, event)

    def put_order(self, order: Order) -> None:
        """The order is so now, if it is still open."""
        before = self.orders.get(order.id)
        after = None if order.is_final else order
        if before is not None or after is not None:
            self._changes.setdefault(order.symbol, []).append((before, after))
        if before is not None and before.parent_id is not None:
            self._orphan(before.parent_id, before.id)
        if after is not None:
            self.orders = self.orders.set(order.id, order)
            if order.parent_id is not None:
                siblings = self._children.get(order.parent_id, ())
                self._children = self._children.set(order.parent_id, (*siblings, order.id))
        elif before is not None:
            self.orders = self.orders.delete(order.id)

    def put_position(self, position: Position) -> None:
        """The position is so now, if it is still open."""
        book = self._book(position.symbol)
        known = position.id in self.positions
        if position.qty:
            self.positions = self.positions.set(position.id, position)
            if not known:
                ids = (*book.position_ids, position.id)
                self._put_book(position.symbol, replace(book, position_ids=ids))
        else:
            self.positions = self.positions.delete(position.id)
            ids = tuple(key for key in book.position_ids if key != position.id)
            self._put_book(position.symbol, replace(book, position_ids=ids))

    def _apply_to_order(self, event: OrderEvent) -> None:
        order = event.order
        known = self.orders.get(order.id)
        advance(known.status if known else OrderStatus.PLACING, CHANGE_OF[type(event)], order.status)
        self.put_order(order)
        if known is None:
            self._note_new(order)
        elif order.filled_qty != known.filled_qty and event.cause is not None:
            self._head = _with_taken(self._head, order, order.filled_qty - known.filled_qty, event.cause)

    def _note_new(self, order: Order) -> None:
        if order.client_order_id is not None:
            self.client_order_ids = self.client_order_ids.set(order.client_order_id, order.id)
        most = self._head.terms.risk.max_orders_per_second
        if most is not None and not order.is_bracket:
            since = order.create_time - RATE_WINDOW_MS
            kept = [time for time in self._head.placed_times if time > since]
            self._head = replace(self._head, placed_times=(*kept, order.create_time)[-most:])

    def _orphan(self, parent_id: str, order_id: str) -> None:
        rest = tuple(key for key in self._children[parent_id] if key != order_id)
        self._children = self._children.set(parent_id, rest) if rest else self._children.delete(parent_id)

    def _book(self, symbol: str) -> SymbolBook:
        """The book with all changes of orders so far."""
        changes = self._changes.pop(symbol, None)
        if changes is not None:
            self._put_book(symbol, self._books.get(symbol, NOTHING).replacing(changes))
        return self._books.get(symbol, NOTHING)

    def _put_book(self, symbol: str, book: SymbolBook) -> None:
        if not book.is_empty:
            self._books = self._books.set(symbol, book)
        elif symbol in self._books:
            self._books = self._books.delete(symbol)


def _with_taken(state: AccountState, order: Order, qty: Decimal, cause: Cause) -> AccountState:
    fills = state.terms.fills
    if not fills.respect_size and fills.model is not FillModelKind.DEPTH:
        return state
    taken = state.taken.get(order.symbol)
    if taken is None or taken.sight != cause.sight:
        taken = Taken(cause.sight)
    if order.side is Side.BUY:
        taken = replace(taken, bought=taken.bought + qty)
    else:
        taken = replace(taken, sold=taken.sold + qty)
    return replace(state, taken=state.taken.set(order.symbol, taken))


def _with_balance(state: AccountState, event: BalanceChanged) -> AccountState:
    return replace(state, balance=event.balance, realized_pl=event.realized_pl, commissions=event.commissions)


def _after(state: AccountState, event: AccountEvent) -> AccountState:
    match event:
        case AccountOpened():
            return _opened(state, event)
        case AccountClosed():
            return replace(state, closed=True)
        case TermsChanged():
            return replace(state, terms=event.terms)
        case TradingStateChanged():
            return replace(state, trading_state=event.trading_state)
        case LeverageChanged():
            return replace(state, leverages=state.leverages.set(event.symbol, event.leverage))
        case MarginWarned():
            return replace(state, margin_warned=True)
        case MarginRecovered():
            return replace(state, margin_warned=False)
        case LiquidationBegan():
            return state
        case _:
            assert_never(event)


def _opened(state: AccountState, event: AccountOpened) -> AccountState:
    return replace(
        state,
        name=event.name,
        currency=event.currency,
        leverage=event.leverage,
        terms=event.terms,
        opening_balance=event.opening_balance,
        balance=event.opening_balance,
    )
