"""The broker's use cases."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import structlog

from trading_api.clients.datafeed_client import DatafeedClient
from trading_api.clients.datafeed_ws_client import DatafeedWsClient
from trading_api.models.health import ReadinessCheck
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.account_streams import AccountStreams
from trading_api.modules.broker.accounts import Accounts
from trading_api.modules.broker.commanding import Commands
from trading_api.modules.broker.connection_streams import ConnectionStreams
from trading_api.modules.broker.engine import Event
from trading_api.modules.broker.errors import MarketDataUnavailable, StorageUnavailable
from trading_api.modules.broker.journal_tail import JournalTail
from trading_api.modules.broker.ledger import Ledger
from trading_api.modules.broker.leveraging import Leveraging
from trading_api.modules.broker.market_feed import MarketFeed
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.positions import Positions
from trading_api.modules.broker.records import Records
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.modules.broker.repository.tables import JournalUnreadable
from trading_api.modules.broker.repository.writer import JournalWriter
from trading_api.modules.broker.sweeping import Sweeps
from trading_api.modules.broker.tick_pump import TickPump
from trading_api.modules.broker.topics import BrokerTopics
from trading_api.modules.broker.trading import Trading
from trading_api.modules.broker.use_cases import Workings
from trading_api.shared.clock import Clock, SystemClock
from trading_api.shared.db.migrations import migrate
from trading_api.shared.errors import StartupError
from trading_api.shared.module_interface import ModuleContext

MIGRATIONS = Path(__file__).parent / "migrations"

logger = structlog.get_logger(__name__)


class BrokerService(Trading, Positions, Accounts, Leveraging, Records):
    """All use cases over one set of accounts, and what keeps these up with the market."""

    def __init__(self, context: ModuleContext, real_time: Clock | None = None) -> None:
        self._context = context
        repository = BrokerRepository(context.database)
        datafeed = context.endpoint("datafeed")
        self._datafeed = DatafeedClient(datafeed)
        market = MarketView(self._datafeed)
        self._streams = AccountStreams(market)
        self._writer = JournalWriter(context.database)
        tail = JournalTail(repository)
        self._connections = ConnectionStreams(market, self.readiness)
        ledger = Ledger(repository, self._writer, market, self._announce)
        self._pump = TickPump(ledger, market, self._streams)
        commands = Commands(ledger, self._pump, market, repository)
        clock = real_time or SystemClock()
        sweeps = Sweeps(commands, ledger, repository)
        super().__init__(Workings(ledger, market, repository, commands, sweeps, tail, clock))
        self._feed = MarketFeed(DatafeedWsClient(datafeed), market, self._pump.take)
        self._ticks: asyncio.Task[None] | None = None
        self.topics = BrokerTopics(ledger, market, repository, self._streams, self._connections)

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
            watch = asyncio.create_task(self._connections.watch(), name="broker-connections")
            try:
                yield
            finally:
                self._tail.end()
                for task in (self._ticks, watch):
                    task.cancel()
                await asyncio.gather(self._ticks, watch, return_exceptions=True)

    async def follow(self) -> None:
        """Begin to follow the market, and return once it is followed or does not answer."""
        await self._feed.begin()

    async def unfollow(self) -> None:
        """Follow the market no longer, and let nobody follow the journal."""
        self._tail.end()
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

    def _announce(self, book: AccountBook, events: Sequence[Event]) -> None:
        if book.walks_books:
            self.market.want_books()
        for announce in (self._streams.announce, self._connections.announce, self._tail.announce):
            announce(book, events)

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
