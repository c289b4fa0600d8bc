"""The broker's streams: the journal by topic, and the worth of the account."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trading_api.models.broker.accounts import EquitySubscriptionRequest
from trading_api.models.broker.executions import ExecutionsSubscriptionRequest
from trading_api.models.broker.orders import OrdersSubscriptionRequest
from trading_api.models.broker.positions import PositionsSubscriptionRequest
from trading_api.models.common import WireModel
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.account_wire import equity_data
from trading_api.modules.broker.engine import Event, worth_of
from trading_api.modules.broker.engine.events import (
    ORDER_EVENTS,
    AccountClosed,
    BalanceChanged,
    ExecutionRecorded,
    PositionChanged,
)
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.wire import placed_order, wire_execution, wire_position
from trading_api.shared.ws.topics import EpochEnded, Publish, Topic, TopicUpdate

EQUITY_INTERVAL_MS = 250
"""While only prices move, the worth of an account is published at most this often, in the market's time."""

AccountRequest = (
    OrdersSubscriptionRequest
    | PositionsSubscriptionRequest
    | ExecutionsSubscriptionRequest
    | EquitySubscriptionRequest
)


@dataclass(frozen=True, slots=True)
class _Listener:
    request: AccountRequest
    publish: Publish


@dataclass(frozen=True, slots=True)
class _EquityPace:
    """When the worth was last published, and whether prices have moved since."""

    publish: Publish
    published: int
    moved: bool = False


class AccountStreams:
    """Who listens to which account, and what reaches them."""

    def __init__(self, market: MarketView) -> None:
        self._market = market
        self._listeners: dict[str, _Listener] = {}
        self._pace: dict[str, _EquityPace] = {}

    @property
    def topic_names(self) -> list[str]:
        """Topics that somebody listens to."""
        return sorted(self._listeners)

    def add(self, topic: Topic, request: AccountRequest, publish: Publish) -> None:
        """Publish every update of `topic` from now on."""
        self._listeners[topic.name] = _Listener(request, publish)
        if isinstance(request, EquitySubscriptionRequest):
            self._pace[request.account_id] = _EquityPace(publish, self._market.now().time)

    def remove(self, topic: Topic) -> None:
        """Nobody listens to `topic` any more."""
        listener = self._listeners.pop(topic.name, None)
        if listener is not None and isinstance(listener.request, EquitySubscriptionRequest):
            self._pace.pop(listener.request.account_id, None)

    def announce(self, book: AccountBook, events: Sequence[Event]) -> None:
        """Tell the listeners of events that have been committed."""
        account_id = book.key.account_id
        listeners = [item for item in self._listeners.values() if item.request.account_id == account_id]
        for event in events:
            for listener in listeners:
                self._tell(listener, book, event)
            if isinstance(event, AccountClosed):
                self._end_epoch(listeners)
        if not any(isinstance(event, BalanceChanged) for event in events):
            self._publish_equity(book)  # orders change what is reserved

    def note_price(self, book: AccountBook, quote: Quote) -> bool:
        """Whether `quote` changes a worth that somebody watches and that may be published by now."""
        pace = self._pace.get(book.key.account_id)
        if pace is None or not book.state.book(quote.symbol).position_ids:
            return False
        self._pace[book.key.account_id] = replace(pace, moved=True)
        return self.equity_is_due(book)

    def equity_is_due(self, book: AccountBook) -> bool:
        """Whether the worth has changed with the prices and enough time has passed."""
        pace = self._pace.get(book.key.account_id)
        if pace is None or not pace.moved:
            return False
        since = self._market.now().time - pace.published
        return since >= EQUITY_INTERVAL_MS or since < 0  # a replay that was begun anew is earlier

    def publish_due_equity(self, book: AccountBook) -> None:
        """Publish the worth if it is due."""
        if self.equity_is_due(book):
            self._publish_equity(book)

    def _tell(self, listener: _Listener, book: AccountBook, event: Event) -> None:
        data = data_for(listener.request, event)
        if data is not None:
            listener.publish(TopicUpdate(data, event.offset))
        elif isinstance(event, BalanceChanged) and isinstance(listener.request, EquitySubscriptionRequest):
            self._publish_equity(book)

    def _end_epoch(self, listeners: Sequence[_Listener]) -> None:
        """What the journal topics have shown is of the past; the worth is simply another."""
        for listener in listeners:
            if not isinstance(listener.request, EquitySubscriptionRequest):
                listener.publish(EpochEnded())

    def _publish_equity(self, book: AccountBook) -> None:
        account_id = book.key.account_id
        pace = self._pace.get(account_id)
        if pace is None:
            return
        if not self._market.followed and book.state.positions:
            self._pace[account_id] = replace(pace, moved=True)  # nothing is valued without prices
            return
        market = self._market.now()
        self._pace[account_id] = replace(pace, published=market.time, moved=False)
        pace.publish(TopicUpdate(equity_data(worth_of(book.state, market), market.time)))


def event_types(request: AccountRequest) -> frozenset[str]:
    """Types of the events that a topic carries; none for a topic that is not of the journal."""
    match request:
        case OrdersSubscriptionRequest():
            return frozenset(kind.__name__ for kind in ORDER_EVENTS)
        case PositionsSubscriptionRequest():
            return frozenset({PositionChanged.__name__})
        case ExecutionsSubscriptionRequest():
            return frozenset({ExecutionRecorded.__name__})
        case EquitySubscriptionRequest():
            return frozenset()


def data_for(request: AccountRequest, event: Event) -> WireModel | None:
    """What a journal topic shows of `event`; None if it does not concern the topic."""
    match request, event:
        case ExecutionsSubscriptionRequest(), ExecutionRecorded():
            wanted = request.symbol in {None, event.execution.symbol}
            return wire_execution(event.execution) if wanted else None
        case PositionsSubscriptionRequest(), PositionChanged():
            return wire_position(event.position)
        case OrdersSubscriptionRequest(), _ if isinstance(event, ORDER_EVENTS):
            return placed_order(event.order)
        case _:
            return None
