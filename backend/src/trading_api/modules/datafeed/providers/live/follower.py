"""Following one symbol: its streams and the repair of its past, each a task that others cannot fail."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from trading_api.clients.backoff import FullJitter
from trading_api.models.market.ticks import Quote
from trading_api.modules.datafeed.bars.resolution import MINUTE
from trading_api.modules.datafeed.pacing import Pacer
from trading_api.modules.datafeed.providers.base import Emit, HistoryChanged
from trading_api.modules.datafeed.providers.live.connection import Connection, pause_between
from trading_api.modules.datafeed.providers.live.market import LiveMarket, minute_of
from trading_api.modules.datafeed.providers.live.parsing import BookReader, print_of, quote_of
from trading_api.modules.datafeed.providers.live.reach import Reach
from trading_api.shared.clock import Clock

LOG = structlog.get_logger(__name__)

REPAIR_SECONDS = 1.0
RECOVERED_SECONDS = 15.0
"""A stream that has not failed again for so long runs, even if it has had nothing to say."""
TRIES_TO_COMPLETE = 3
"""How often the trades before the first one of a stream are asked for; after that the bar at its end."""
CROSSED_BOOKS = 20
"""So many crossed books in a row, and the book is asked for anew."""


class Follower:
    """The tasks of one symbol, for as long as it is followed."""

    def __init__(
        self,
        market: LiveMarket,
        connection: Connection,
        reach: Reach,
        clock: Clock,
        pacer: Pacer,
        backoff: FullJitter,
        emit: Emit,
    ) -> None:
        self._market = market
        self._connection = connection
        self._reach = reach
        self._clock = clock
        self._pacer = pacer
        self._backoff = backoff
        self._emit = emit
        self._books = BookReader(market.instrument)
        self._crossed = 0
        self._since = 0
        self._asked: dict[int, int] = {}
        self._completed: int | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin with the past that is kept, then with every stream that the exchange offers."""
        self._task("start", self._begin())

    async def _begin(self) -> None:
        await self._reach.recall()
        self._since = self._reach.begin()
        streams = self._streams()
        if "trades" not in streams:
            self._market.failures["trades"] = (
                f"{self._connection.exchange.name} does not stream trades of it."
            )
        for name, watch in streams.items():
            self._task(name, self._keep(name, watch))
        self._task("repair", self._repair())

    async def stop(self) -> None:
        """End all tasks; bars are in doubt from the last trade on."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        self._market.broke_off()
        self._market.failures.clear()

    async def leave(self) -> None:
        """Stop, and have the exchange send no more."""
        await self.stop()
        await self._connection.leave(self._market.listed.symbol)

    def _streams(self) -> dict[str, Callable[[], Awaitable[None]]]:
        offered: dict[str, Callable[[], Awaitable[None]]] = {}
        can = self._connection.can
        if can("watchTrades"):
            offered["trades"] = self._watch_trades
        if can("watchOrderBook"):
            offered["book"] = self._watch_book
        if can("watchBidsAsks"):
            offered["quotes"] = self._watch_bids_asks
        elif can("watchTicker") and not can("watchOrderBook"):
            offered["quotes"] = self._watch_ticker
        return offered

    def _task(self, name: str, work: Awaitable[None]) -> None:
        async def run() -> None:
            await work

        self._tasks.append(asyncio.create_task(run(), name=f"live-{self._market.listed.ticker}-{name}"))

    async def _keep(self, name: str, watch: Callable[[], Awaitable[None]]) -> None:
        """Watch for as long as the task lives; after a failure again, a little later each time."""
        failures = 0
        while True:
            try:
                await (self._watch_again(name, watch) if failures else watch())
            except asyncio.CancelledError:
                if _is_stopped():
                    raise
                self._failed(name, "its connection was closed")
            except Exception as error:  # noqa: BLE001  of any exchange; it is shown as the symbol's problem
                LOG.warning(
                    "live-stream-failed", symbol=self._market.listed.ticker, stream=name, error=_words(error)
                )
                self._failed(name, _words(error))
            else:
                failures = 0
                self._market.failures.pop(name, None)
                continue
            failures += 1
            await pause_between(self._pacer, self._backoff, failures)

    async def _watch_again(self, name: str, watch: Callable[[], Awaitable[None]]) -> None:
        """Watch after a failure, which is over when something comes or no other one follows for a while."""

        async def recover() -> None:
            await self._pacer.wait(RECOVERED_SECONDS)
            self._market.failures.pop(name, None)

        recovering = asyncio.create_task(recover(), name=f"live-{self._market.listed.ticker}-{name}-recover")
        try:
            await watch()
        finally:
            recovering.cancel()
            await asyncio.wait([recovering])

    def _failed(self, name: str, reason: str) -> None:
        place = self._connection.exchange.name
        self._market.failures[name] = (
            f"The {name} of {self._market.listed.symbol} from {place} have stopped: {reason}."
        )
        if name == "trades":
            self._market.broke_off()
        if name == "book":
            self._connection.exchange.orderbooks.pop(self._market.listed.symbol, None)

    async def _watch_trades(self) -> None:
        raw = await self._connection.exchange.watch_trades(self._market.listed.symbol)
        prints = [print_of(each, self._market.instrument) for each in raw]
        for trade in self._market.take([each for each in prints if each], self._clock.now_ms()):
            self._emit(trade)

    async def _watch_book(self) -> None:
        raw = await self._connection.exchange.watch_order_book(self._market.listed.symbol)
        now = self._clock.now_ms()
        depth = self._books.depth(raw, now)
        if depth is None:
            self._count_crossed()
            return
        self._crossed = 0
        if self._market.take_depth(depth, now):
            self._emit(depth)
            if not self._connection.can("watchBidsAsks"):
                self._take_quote(depth.best, now)

    async def _watch_bids_asks(self) -> None:
        symbol = self._market.listed.symbol
        found = await self._connection.exchange.watch_bids_asks([symbol])
        raw = found.get(symbol)
        if raw is not None:
            now = self._clock.now_ms()
            self._take_quote(quote_of(raw, self._market.instrument, now), now)

    async def _watch_ticker(self) -> None:
        raw = await self._connection.exchange.watch_ticker(self._market.listed.symbol)
        now = self._clock.now_ms()
        self._take_quote(quote_of(raw, self._market.instrument, now), now)

    def _take_quote(self, quote: Quote | None, now: int) -> None:
        if quote is not None and self._market.take_quote(quote, now):
            self._emit(quote)

    def _count_crossed(self) -> None:
        """A book that stays crossed was put together wrongly."""
        self._crossed += 1
        if self._crossed >= CROSSED_BOOKS:
            self._crossed = 0
            raise CrossedBook("its book stayed crossed")

    async def _repair(self) -> None:
        """Ask for the bars that are in doubt as soon as the exchange can tell them."""
        failures = 0
        while True:
            try:
                changed = await self._fill_gaps()
            except Exception as error:  # noqa: BLE001  the same
                failures += 1
                symbol = self._market.listed.symbol
                LOG.warning("live-repair-failed", symbol=self._market.listed.ticker, error=_words(error))
                self._market.failures["history"] = f"The gap in {symbol} cannot be filled: {_words(error)}."
                await pause_between(self._pacer, self._backoff, failures)
                continue
            failures = 0
            self._market.failures.pop("history", None)
            if changed:
                self._emit(HistoryChanged(self._market.listed.ticker))
            await self._pacer.wait(REPAIR_SECONDS)

    async def _fill_gaps(self) -> bool:
        """Whether any bar is another one now."""
        self._market.pass_time(self._clock.now_ms())
        completed = await self._complete_first_minute()
        if not self._reach.history.has(MINUTE):
            return completed
        return await self._reach.fill(MINUTE, self._since, self._reach.settled(MINUTE)) or completed

    async def _complete_first_minute(self) -> bool:
        """Fetch what the minute had in which the stream began, before it did; else it is asked for later."""
        market = self._market
        began = market.whole_since
        if began is None or began == self._completed or self._asked.get(began, 0) >= TRIES_TO_COMPLETE:
            return False
        self._asked = {began: self._asked.get(began, 0) + 1}
        start = minute_of(began)
        earlier = [] if start == began else await self._reach.history.prints(start, began)
        if earlier is None or market.whole_since != began:
            return False
        market.series.complete_minute(start, earlier, began + 1)
        market.completed(start)
        self._completed = start
        return True


class CrossedBook(Exception):
    """A bid at or above an ask, for longer than between two messages."""


def _is_stopped() -> bool:
    """Whether this task is being cancelled, rather than something that it waited for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _words(error: BaseException) -> str:
    """The first line of an error, bounded."""
    text = next(iter(str(error).splitlines()), "")[:200].rstrip(".")
    return text or type(error).__name__
