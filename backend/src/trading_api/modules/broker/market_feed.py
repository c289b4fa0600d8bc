"""Following the market: the datafeed's ticks, in order, for as long as the broker runs."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import structlog

from trading_api.clients.backoff import FullJitter
from trading_api.clients.datafeed_ws_client import DatafeedWsClient
from trading_api.clients.errors import ClientError
from trading_api.clients.stream import SnapshotReceived, Subscription, UpdateReceived
from trading_api.models.health import ReadinessCheck
from trading_api.models.market.ticks import ClockMoved, MarketTick, Quote, TicksSubscriptionRequest, Trade
from trading_api.modules.broker.market_view import MarketView

BEGIN_SECONDS = 5.0
"""So long the start of the server waits for the first ticks; afterwards they may come whenever they do."""
BACKOFF = FullJitter(base=0.5, cap=10.0)

logger = structlog.get_logger(__name__)

Take = Callable[[Quote | Trade | ClockMoved], None]


class MarketFeed:
    """Keeps `market` current and hands every quote, trade and movement of the clock to `take`, in order.

    A connection that is lost is made again by the client, and the snapshot that comes then says how things
    stand; what happened in between was missed. In between nothing is remembered of the market.
    """

    def __init__(self, datafeed: DatafeedWsClient, market: MarketView, take: Take) -> None:
        self._datafeed = datafeed
        self._market = market
        self._take = take
        self._begun = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._problem: str | None = None
        self._failures = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Own the connection for as long as the block lasts; `begin` makes it."""
        try:
            yield
        finally:
            await self.end()

    async def begin(self) -> None:
        """Follow the market from now on; returns with its first ticks, or after BEGIN_SECONDS without."""
        self._task = asyncio.create_task(self._follow(), name="broker-market-feed")
        with suppress(TimeoutError):
            async with asyncio.timeout(BEGIN_SECONDS):
                await self._begun.wait()

    async def end(self) -> None:
        """Follow no longer, and not again; it may be called more than once."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._datafeed.aclose()

    def readiness(self) -> ReadinessCheck:
        """Whether the ticks arrive."""
        ok = self._market.followed
        detail = None if ok else self._problem or "the datafeed's ticks do not arrive"
        return ReadinessCheck(name="broker-market-feed", ok=ok, detail=detail)

    async def _follow(self) -> None:
        while True:
            try:
                async with self._datafeed.subscribe_ticks(TicksSubscriptionRequest(), every=True) as ticks:
                    await self._read(ticks)
            except ClientError as error:
                self._problem = f"the datafeed's ticks do not arrive: {error.detail}"
                logger.warning("market-not-followed", reason=error.detail)
            except Exception:
                self._problem = "the task that follows the market has ended"
                logger.exception("market-feed-ended")
                raise
            self._failures += 1
            await asyncio.sleep(BACKOFF.delay(self._failures))

    async def _read(self, ticks: Subscription[MarketTick]) -> None:
        async for received in ticks:
            match received:
                case SnapshotReceived(items=items) if items:
                    self._stand(items, ticks)
                case UpdateReceived(data=data):
                    self._hear(data)

    def _stand(self, items: Sequence[MarketTick], ticks: Subscription[MarketTick]) -> None:
        """How things stand; what is remembered from before may be old."""
        self._problem, self._failures = None, 0
        self._market.begin(max(item.time for item in items), lambda: not ticks.stale)
        for item in items:
            self._pass_on(item)
        self._begun.set()

    def _hear(self, item: MarketTick) -> None:
        if item.jumped:
            self._market.jump(item.time)
        self._market.reach(item.time)
        self._pass_on(item)

    def _pass_on(self, item: MarketTick) -> None:
        tick = item.tick()
        if tick is not None:
            self._take(tick)
