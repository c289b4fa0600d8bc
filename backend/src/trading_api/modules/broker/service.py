"""The broker's use cases."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import structlog

from trading_api.clients.datafeed_client import DatafeedClient
from trading_api.clients.datafeed_ws_client import DatafeedWsClient
from trading_api.models.broker.accounts import AccountInfo, AccountMetainfo
from trading_api.models.broker.executions import ExecutionsPage
from trading_api.models.broker.orders import OrdersPage, PlacedOrder, PreOrder
from trading_api.models.broker.positions import Position
from trading_api.models.broker.previews import OrderPreview
from trading_api.models.health import ReadinessCheck
from trading_api.modules.broker.account_streams import AccountStreams
from trading_api.modules.broker.account_wire import account_info, account_metainfo
from trading_api.modules.broker.commanding import Commands, Done
from trading_api.modules.broker.cursors import read_cursor, write_cursor
from trading_api.modules.broker.engine import (
    CancelOrder,
    Event,
    OrderNotOpen,
    OrderRefused,
    preview,
    worth_of,
)
from trading_api.modules.broker.engine.events import last_order
from trading_api.modules.broker.errors import (
    MarketDataUnavailable,
    OrderFinal,
    OrderUnknown,
    StorageUnavailable,
    refusal_of,
)
from trading_api.modules.broker.journal_tables import JournalUnreadable
from trading_api.modules.broker.journal_writer import JournalWriter
from trading_api.modules.broker.ledger import Ledger
from trading_api.modules.broker.market_feed import MarketFeed
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.order_preview import order_preview
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.modules.broker.safe_retries import Answer, Attempt
from trading_api.modules.broker.tick_pump import TickPump
from trading_api.modules.broker.topics import BrokerTopics
from trading_api.modules.broker.wire import command_of, placed_order, wire_execution, wire_position
from trading_api.shared.clock import Clock, SystemClock
from trading_api.shared.db.migrations import migrate
from trading_api.shared.errors import StartupError
from trading_api.shared.module_interface import ModuleContext

MIGRATIONS = Path(__file__).parent / "migrations"

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Commanded:
    """An order after a command, and the offset of the journal at which the command was done."""

    order: PlacedOrder
    offset: int
    repeated: bool = False
    """Whether this is the answer that the same command had before."""


class BrokerService:
    """Places, cancels and shows; one account changes one step at a time, under its lock."""

    def __init__(self, context: ModuleContext, real_time: Clock | None = None) -> None:
        self._context = context
        self._real_time = real_time or SystemClock()
        self._repository = BrokerRepository(context.database)
        datafeed = context.endpoint("datafeed")
        self._datafeed = DatafeedClient(datafeed)
        self.market = MarketView(self._datafeed)
        self._streams = AccountStreams(self.market)
        self._writer = JournalWriter(context.database)
        self._ledger = Ledger(self._repository, self._writer, self.market, self._streams.announce)
        self._pump = TickPump(self._ledger, self.market, self._streams)
        self._commands = Commands(self._ledger, self._pump, self.market, self._repository)
        self._feed = MarketFeed(DatafeedWsClient(datafeed), self.market, self._pump.take)
        self._ticks: asyncio.Task[None] | None = None
        self.topics = BrokerTopics(self._ledger, self.market, self._repository, self._streams)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Load the accounts, then apply ticks for as long as the block lasts, once `follow` was called.

        Raises StartupError if a journal cannot be read.
        """
        await migrate(self._context.database, "broker", MIGRATIONS)
        try:
            await self._ledger.load()
        except (JournalUnreadable, StorageUnavailable) as error:
            raise StartupError(str(error)) from error
        async with self._writer.running(), self._datafeed, self._feed.running():
            self._ticks = asyncio.create_task(self._apply_ticks(), name="broker-ticks")
            try:
                yield
            finally:
                self._ticks.cancel()
                await asyncio.gather(self._ticks, return_exceptions=True)

    async def follow(self) -> None:
        """Begin to follow the market, and return once it is followed or does not answer."""
        await self._feed.begin()

    async def unfollow(self) -> None:
        """Follow the market no longer."""
        await self._feed.end()

    def readiness(self) -> list[ReadinessCheck]:
        """Whether the market is followed, and ticks reach the accounts."""
        alive = self._ticks is not None and not self._ticks.done()
        problem = self._pump.stalled if alive else "the task that applies ticks has ended"
        return [
            self._feed.readiness(),
            ReadinessCheck(
                name="broker-ticks", ok=alive and problem is None, detail=problem or self._pump.last_failure
            ),
        ]

    async def place(self, account_id: str, pre_order: PreOrder, key: str | None = None) -> Commanded:
        """Place an order; with the same `key` again, what came of it then.

        Raises a refusal with every failed check, SymbolUnknown, AccountUnknown, IdempotencyKeyReused.
        """
        attempt = Attempt.of(key, "place", pre_order.to_wire(), self._real_time.now_ms())
        book = await self._ledger.book(account_id)
        instrument = await self.market.instrument(pre_order.symbol)
        command = command_of(pre_order, instrument.symbol)
        await self.market.known()
        with book.awaiting(instrument.symbol):
            quotes = await self.market.quotes({instrument.symbol, *book.state.books})
            try:
                return _commanded(await self._commands.do(book, command, _answer, attempt, quotes))
            except OrderRefused as refused:
                raise refusal_of(refused) from refused

    async def preview(self, account_id: str, pre_order: PreOrder) -> OrderPreview:
        """What an order would cost, and every reason for which it would be refused."""
        book = await self._ledger.book(account_id)
        instrument = await self.market.instrument(pre_order.symbol)
        await self.market.known()
        market = self.market.now(await self.market.quotes({instrument.symbol, *book.state.books}))
        command = command_of(pre_order, instrument.symbol)
        estimate = preview(book.state, command, instrument, market)
        return order_preview(command, estimate, book.state.currency)

    async def cancel(self, account_id: str, order_id: str, key: str | None = None) -> Commanded:
        """Cancel an open order; with the same `key` again, what came of it then.

        Raises OrderUnknown, OrderFinal with what became of it, IdempotencyKeyReused.
        """
        attempt = Attempt.of(key, "cancel", order_id, self._real_time.now_ms())
        book = await self._ledger.book(account_id)
        await self.order(account_id, order_id)
        await self.market.known()
        try:
            return _commanded(await self._commands.do(book, CancelOrder(order_id), _answer, attempt))
        except OrderNotOpen as error:
            status = (await self.order(account_id, order_id)).status
            raise OrderFinal(f"The order {order_id} is {status.value}.") from error

    async def order(self, account_id: str, order_id: str) -> PlacedOrder:
        """One order; raises OrderUnknown."""
        found = await self._repository.order((await self._ledger.book(account_id)).key, order_id)
        if found is None:
            raise OrderUnknown(f"The account {account_id} has no order {order_id[:100]}.")
        return placed_order(found)

    async def orders(self, account_id: str) -> list[PlacedOrder]:
        """Open orders and those that became final in the present trading day, oldest change first."""
        key = (await self._ledger.book(account_id)).key
        await self.market.known()
        return [
            placed_order(order) for order in await self._repository.day_orders(key, self.market.now().time)
        ]

    async def history(self, account_id: str, limit: int, cursor: str | None) -> OrdersPage:
        """Final orders, newest first."""
        key = (await self._ledger.book(account_id)).key
        found = await self._repository.final_orders(key, limit + 1, read_cursor(key, cursor))
        more = write_cursor(key, found[limit - 1].offset) if len(found) > limit else None
        return OrdersPage(orders=[placed_order(order) for order in found[:limit]], next_cursor=more)

    async def executions(
        self, account_id: str, symbol: str | None, limit: int, cursor: str | None
    ) -> ExecutionsPage:
        """Executions, newest first, all or those of one symbol."""
        key = (await self._ledger.book(account_id)).key
        before = read_cursor(key, cursor)
        found = await self._repository.executions(key, limit + 1, before, symbol)
        more = write_cursor(key, found[limit - 1].offset) if len(found) > limit else None
        return ExecutionsPage(executions=[wire_execution(item) for item in found[:limit]], next_cursor=more)

    async def positions(self, account_id: str) -> list[Position]:
        """Open positions."""
        return [wire_position(item) for item in (await self._ledger.book(account_id)).state.open_positions]

    async def accounts(self) -> list[AccountMetainfo]:
        """All accounts."""
        await self._ledger.ensure_account()
        return [account_metainfo(book.state) for book in self._ledger.books]

    async def account(self, account_id: str) -> AccountInfo:
        """An account and its worth now."""
        book = await self._ledger.book(account_id)
        await self.market.known()
        market = self.market.now(await self.market.quotes(book.state.books))
        return account_info(book.state, worth_of(book.state, market), market.time)

    async def _apply_ticks(self) -> None:
        try:
            await self._open_account()
            await self._pump.run()
        except Exception:
            logger.exception("broker-ticks-ended")
            raise

    async def _open_account(self) -> None:
        """From the first tick on there is an account."""
        try:
            await self._ledger.ensure_account()
        except (StorageUnavailable, MarketDataUnavailable) as error:
            logger.warning("broker-not-prepared", reason=error.detail)


def _answer(events: Sequence[Event]) -> Answer:
    return Answer(placed_order(last_order(events)).model_dump_json(by_alias=True, exclude_none=True))


def _commanded(done: Done) -> Commanded:
    return Commanded(PlacedOrder.model_validate_json(done.answer.body), done.offset, done.repeated)
