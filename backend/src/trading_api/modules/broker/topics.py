"""The broker's topics as the hub asks for them."""

from collections.abc import Sequence

from trading_api.models.broker.accounts import EquitySubscriptionRequest
from trading_api.models.broker.connection import BrokerConnectionSubscriptionRequest
from trading_api.models.broker.executions import ExecutionsSubscriptionRequest
from trading_api.models.broker.orders import OrdersSubscriptionRequest
from trading_api.models.broker.positions import PositionsSubscriptionRequest
from trading_api.models.common import RequestModel, WireModel
from trading_api.models.streaming import Recover
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.account_streams import AccountRequest, AccountStreams, data_for, event_types
from trading_api.modules.broker.account_wire import equity_data
from trading_api.modules.broker.connection_streams import ConnectionStreams
from trading_api.modules.broker.engine import worth_of
from trading_api.modules.broker.ledger import Ledger
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.modules.broker.wire import placed_order, wire_execution, wire_position
from trading_api.shared.ws.topics import Publish, Snapshot, Topic, TopicUpdate

SNAPSHOT_EXECUTIONS = 100


class BrokerTopics:
    """Orders, positions and executions from the journal, and the worth of the account."""

    def __init__(
        self,
        ledger: Ledger,
        market: MarketView,
        repository: BrokerRepository,
        streams: AccountStreams,
        connections: ConnectionStreams,
    ) -> None:
        self._ledger = ledger
        self._market = market
        self._repository = repository
        self._streams = streams
        self._connections = connections

    async def create_topic(self, topic: Topic, publish: Publish) -> None:
        """Publish every update from now on; raises AccountUnknown."""
        if isinstance(topic.request, BrokerConnectionSubscriptionRequest):
            self._connections.add(await self._ledger.book(topic.request.account_id), publish)
            return
        request = _account_request(topic.request)
        await self._ledger.book(request.account_id)
        if isinstance(request, EquitySubscriptionRequest):
            await self._market.known()
        self._streams.add(topic, request, publish)

    async def remove_topic(self, topic: Topic) -> None:
        """Publish no more."""
        if isinstance(topic.request, BrokerConnectionSubscriptionRequest):
            self._connections.remove(topic.request.account_id)
        else:
            self._streams.remove(topic)

    async def snapshot(self, topic: Topic, recover: Recover | None) -> Snapshot:
        """The state now, or every update after the client's offset if that is in this journal."""
        if isinstance(topic.request, BrokerConnectionSubscriptionRequest):
            return Snapshot([self._connections.status(await self._ledger.book(topic.request.account_id))])
        request = _account_request(topic.request)
        book = await self._ledger.book(request.account_id)
        if isinstance(request, EquitySubscriptionRequest):
            market = self._market.now(await self._market.quotes(book.state.books))
            return Snapshot([equity_data(worth_of(book.state, market), market.time)])
        if isinstance(request, OrdersSubscriptionRequest):
            await self._market.known()
        async with book.lock:
            await self._ledger.settle(book)
            if recover is not None and _is_known(recover, book):
                return await self._missed(request, book, recover.offset)
            return await self._present(request, book)

    async def _missed(self, request: AccountRequest, book: AccountBook, after: int) -> Snapshot:
        events = await self._repository.events(book.key, after, event_types(request))
        found = [(data_for(request, event), event.offset) for event in events]
        missed = [TopicUpdate(data, offset) for data, offset in found if data is not None]
        last = missed[-1].offset if missed else after
        return Snapshot([], last, book.key.epoch, missed)

    async def _present(self, request: AccountRequest, book: AccountBook) -> Snapshot:
        if isinstance(request, ExecutionsSubscriptionRequest):
            newest = await self._repository.executions(
                book.key, limit=SNAPSHOT_EXECUTIONS, symbol=request.symbol
            )
            last = newest[0].offset if newest else 0
            return Snapshot([wire_execution(item) for item in reversed(newest)], last, book.key.epoch)
        data: Sequence[WireModel]
        if isinstance(request, OrdersSubscriptionRequest):
            orders = await self._repository.day_orders(book.key, self._market.now().time)
            data = [placed_order(order) for order in orders]
        else:
            data = [wire_position(position) for position in book.state.open_positions]
        last = await self._repository.last_offset(book.key, event_types(request))
        return Snapshot(data, last, book.key.epoch)


def _is_known(recover: Recover, book: AccountBook) -> bool:
    return recover.epoch == book.key.epoch and 0 <= recover.offset <= book.state.offset


def _account_request(request: RequestModel) -> AccountRequest:
    if isinstance(
        request,
        OrdersSubscriptionRequest
        | PositionsSubscriptionRequest
        | ExecutionsSubscriptionRequest
        | EquitySubscriptionRequest,
    ):
        return request
    raise TypeError(f"{type(request).__name__} is not a topic of the broker")
