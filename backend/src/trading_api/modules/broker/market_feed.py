"""Following the market: the datafeed's ticks, in order, for as long as the broker runs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

import structlog

from trading_api.clients.backoff import FullJitter
from trading_api.clients.datafeed_ws_client import DatafeedWsClient
from trading_api.clients.errors import ClientError
from trading_api.clients.stream import SnapshotReceived, Subscription, UpdateReceived
from trading_api.models.health import ReadinessCheck
from trading_api.models.market.status import FeedStatusSubscriptionRequest
from trading_api.models.market.ticks import (
    ClockMoved,
    Depth,
    MarketTick,
    Quote,
    TicksSubscriptionRequest,
    Trade,
)
from trading_api.modules.broker.market_view import MarketView

BEGIN_SECONDS = 5.0
"""So long the start of the server waits for the first ticks; afterwards they may come whenever they do."""
TICKS, STATUS = "stream of ticks", "feed status"
BACKOFF = FullJitter(base=0.5, cap=10.0)

logger = structlog.get_logger(__name__)

Take = Callable[[Quote | Trade | Depth | ClockMoved], None]


class MarketFeed:
    """Keeps `market` current and hands every quote, trade and movement of the clock to `take`, in order.

    A connection that is lost is made again by the client, and the snapshot that comes then says how things
    stand; what happened in between was missed. In between nothing is remembered of the market.
    """

    def __init__(self, datafeed: DatafeedWsClient, market: MarketView, take: Take) -> None:
        self._datafeed = datafeed
        self._market = market
        self._take = take
        self._begun = {name: asyncio.Event() for name in (TICKS, STATUS)}
        self._tasks: list[asyncio.Task[None]] = []
        self._problems: dict[str, str] = {}
        self._failures = {TICKS: 0, STATUS: 0}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Own the connection for as long as the block lasts; `begin` makes it."""
        try:
            yield
        finally:
            await self.end()

    async def begin(self) -> None:
        """Follow the market from now on; returns when its first ticks and its status have come.

        It also returns after BEGIN_SECONDS without.
        """
        self._tasks = [
            asyncio.create_task(self._follow(TICKS, self._follow_ticks), name="broker-market-feed"),
            asyncio.create_task(self._follow(STATUS, self._follow_status), name="broker-feed-status"),
        ]
        with suppress(TimeoutError):
            async with asyncio.timeout(BEGIN_SECONDS):
                for begun in self._begun.values():
                    await begun.wait()

    async def end(self) -> None:
        """Follow no longer, and not again; it may be called more than once."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._datafeed.aclose()

    def readiness(self) -> ReadinessCheck:
        """Whether the ticks and the feed's status arrive."""
        ok = self._market.followed
        problem = next(iter(self._problems.values()), "the datafeed's ticks or its status do not arrive")
        detail = None if ok else problem
        return ReadinessCheck(name="broker-market-feed", ok=ok, detail=detail)

    async def _follow(self, what: str, follow_once: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await follow_once()
            except ClientError as error:
                self._problems[what] = f"the datafeed's {what} does not arrive: {error.detail}"
                logger.warning("market-not-followed", what=what, reason=error.detail)
            except Exception:
                self._problems[what] = f"the task that follows the datafeed's {what} has ended"
                logger.exception("market-feed-ended", what=what)
                raise
            self._failures[what] += 1
            await asyncio.sleep(BACKOFF.delay(self._failures[what]))

    async def _follow_ticks(self) -> None:
        with_depth = self._market.books_wanted.is_set()
        end = asyncio.Event() if with_depth else self._market.books_wanted
        await self._follow_until(end, TicksSubscriptionRequest(depth=with_depth or None))
        if self._market.books_wanted.is_set() and not with_depth:
            await self._follow_ticks()

    async def _follow_until(self, end: asyncio.Event, request: TicksSubscriptionRequest) -> None:
        """Read the ticks, until they are to be asked for in another way."""
        async with self._datafeed.subscribe_ticks(request, every=True) as ticks:
            reading = asyncio.create_task(self._read(ticks), name="broker-market-ticks")
            ending = asyncio.create_task(end.wait(), name="broker-market-terms")
            try:
                await asyncio.wait({reading, ending}, return_when=asyncio.FIRST_COMPLETED)
                if reading.done():
                    reading.result()
            finally:
                for task in (reading, ending):
                    task.cancel()
                await asyncio.gather(reading, ending, return_exceptions=True)

    async def _follow_status(self) -> None:
        """How fresh the quotes are: each value is whole."""
        async with self._datafeed.subscribe_feed_status(FeedStatusSubscriptionRequest()) as statuses:
            async for received in statuses:
                status = received.items[-1] if isinstance(received, SnapshotReceived) else received.data
                self._well(STATUS)
                self._market.judge(status, lambda: not statuses.stale)

    def _well(self, what: str) -> None:
        self._problems.pop(what, None)
        self._failures[what] = 0
        self._begun[what].set()

    async def _read(self, ticks: Subscription[MarketTick]) -> None:
        async for received in ticks:
            match received:
                case SnapshotReceived(items=items) if items:
                    self._stand(items, ticks)
                case UpdateReceived(data=data):
                    self._hear(data)

    def _stand(self, items: Sequence[MarketTick], ticks: Subscription[MarketTick]) -> None:
        """How things stand; what is remembered from before may be old."""
        self._market.begin(max(item.time for item in items), lambda: not ticks.stale)
        for item in items:
            self._pass_on(item)
        self._well(TICKS)

    def _hear(self, item: MarketTick) -> None:
        if item.jumped:
            self._market.jump(item.time)
        self._market.reach(item.time)
        self._pass_on(item)

    def _pass_on(self, item: MarketTick) -> None:
        tick = item.tick()
        if tick is not None:
            self._take(tick)
