"""Live exchanges as a provider."""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import structlog

from trading_api.clients.backoff import FullJitter
from trading_api.models.market.status import SymbolState
from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import Resolution
from trading_api.modules.datafeed.pacing import Pacer
from trading_api.modules.datafeed.providers.base import (
    BaseProvider,
    Book,
    DataKind,
    Emit,
    Instrument,
    Message,
)
from trading_api.modules.datafeed.providers.live.archive import KEPT_MS, Archive
from trading_api.modules.datafeed.providers.live.connection import Connection
from trading_api.modules.datafeed.providers.live.follower import Follower
from trading_api.modules.datafeed.providers.live.history import ExchangeHistory
from trading_api.modules.datafeed.providers.live.market import LiveMarket
from trading_api.modules.datafeed.providers.live.markets import Listing, read_listing
from trading_api.modules.datafeed.providers.live.parsing import trade_of
from trading_api.modules.datafeed.providers.live.reach import Reach
from trading_api.modules.datafeed.providers.live.series import merged
from trading_api.modules.datafeed.providers.live.wanted import Wanted
from trading_api.shared.clock import Clock
from trading_api.shared.errors import Unavailable

LOG = structlog.get_logger(__name__)

EARLIEST = 1_230_940_800_000
"""2009-01-03: nothing was traded for bitcoin before there was one."""
ARCHIVE_SECONDS = 60.0
BACKOFF = FullJitter(base=0.5, cap=20.0)


class LiveProvider(BaseProvider):
    """The exchanges `wanted`, each with its own settings of ccxt in `options`.

    `folder` keeps what must survive a restart beside the `archive`, without which nothing is recorded.
    Event times are those of the exchanges, the clock is this machine's; so a value may be told before or
    after its time by the clock.
    """

    name = "live"
    kind: DataKind = "live"

    def __init__(
        self,
        wanted: Sequence[Wanted],
        options: Mapping[str, Mapping[str, Any]],
        folder: Path,
        archive: Archive | None,
        clock: Clock,
        pacer: Pacer,
        backoff: FullJitter = BACKOFF,
    ) -> None:
        self._wanted = wanted
        self._options = options
        self._folder = folder
        self._archive = archive
        self._clock = clock
        self._pacer = pacer
        self._backoff = backoff
        self._listings: dict[str, Listing] = {}
        self._instruments: list[Instrument] = []
        self._markets: dict[str, LiveMarket] = {}
        self._connections: dict[str, Connection] = {}
        self._reaches: dict[str, Reach] = {}
        self._followers: dict[str, Follower] = {}
        self._followed: set[str] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._emit_to: Emit | None = None
        self._newest = 0
        self._stopped = False

    def load(self) -> None:
        for wanted in self._wanted:
            options = self._options.get(wanted.exchange, {})
            listing = read_listing(wanted, options, self._folder)
            self._listings[wanted.exchange] = listing
            for listed in listing.listed:
                self._markets[listed.ticker] = LiveMarket(listed)
                if listed.always:
                    self._followed.add(listed.ticker)
        self._instruments = [market.instrument for market in self._markets.values()]
        if self._archive is not None:
            for market in self._markets.values():
                self._archive.open(market)

    def instruments(self) -> Sequence[Instrument]:
        return self._instruments

    def position(self) -> int:
        return max(self._clock.now_ms(), self._newest)

    def quote(self, ticker: str, until: int) -> Quote | None:
        quote = self._markets[ticker].quote
        return quote if quote is not None and quote.time <= until else None

    def trade(self, ticker: str, until: int) -> Trade | None:
        trade = self._markets[ticker].trade
        return trade if trade is not None and trade.time <= until else None

    def trades(self, ticker: str, until: int, limit: int) -> Sequence[Trade]:
        market = self._markets[ticker]
        return [trade_of(each, market.instrument, None) for each in market.series.recent(until, limit)]

    def book(self, ticker: str, until: int, levels: int) -> Book | None:
        depth = self._markets[ticker].depth
        if depth is None or depth.time > until:
            return None
        return Book(depth.time, depth.bids[:levels], depth.asks[:levels])

    def state(self, ticker: str, until: int) -> SymbolState:
        market = self._markets[ticker]
        if ticker not in self._followed:
            return "idle"
        if market.failures:
            return "failed"
        return "waiting" if market.quote is None and market.trade is None else "live"

    def problem(self, ticker: str) -> str | None:
        return next(iter(self._markets[ticker].failures.values()), None)

    def first(self, ticker: str, base: Resolution) -> int | None:
        market = self._markets[ticker]
        if base in self._listings[market.listed.exchange].bases:
            return EARLIEST
        kept = None if self._archive is None else self._archive.first(market.listed, base)
        own = market.series.first(base)
        return min((time for time in (kept, own) if time is not None), default=None)

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        market = self._markets[ticker]
        own = market.series.rows(base, start, stop, until)
        if self._archive is None or start >= market.in_memory_from.get(base, stop):
            return own
        return merged(self._archive.rows(market.listed, base, start, min(stop, until + 1)), own)

    async def fetch(self, ticker: str, base: Resolution, start: int, stop: int) -> None:
        """Raises Unavailable if the exchange cannot be asked for what is missing."""
        market = self._markets[ticker]
        if self._stopped:
            raise Unavailable("The live market has stopped.")
        try:
            await self._reach(market).fetch(base, start, stop)
        except Exception as error:
            LOG.warning("live-fetch-failed", symbol=ticker, base=str(base), error=str(error)[:200])
            raise Unavailable(
                f"{market.instrument.info.exchange} cannot be asked for bars of {market.listed.symbol} now."
            ) from error

    def follow(self, ticker: str) -> None:
        if ticker in self._followed:
            return
        self._followed.add(ticker)
        if self._emit_to is not None:
            self._start(ticker)

    def unfollow(self, ticker: str) -> None:
        if ticker not in self._followed or self._markets[ticker].listed.always:
            return
        self._followed.discard(ticker)
        follower = self._followers.pop(ticker, None)
        if follower is not None:
            task = asyncio.create_task(follower.leave(), name=f"live-{ticker}-leave")
            self._leaving.add(task)
            task.add_done_callback(self._leaving.discard)

    async def run(self, emit: Emit) -> None:
        self._emit_to, self._stopped = emit, False
        try:
            for ticker in sorted(self._followed):
                self._start(ticker)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._pass_time(emit), name="live-clock")
                tasks.create_task(self._keep_writing(), name="live-archive")
        finally:
            self._emit_to, self._stopped = None, True
            await self._stop()

    async def _pass_time(self, emit: Emit) -> None:
        while True:
            await self._pacer.wait(1.0)
            now = self._clock.now_ms()
            for ticker in self._followers:
                self._markets[ticker].pass_time(now)
            emit(ClockMoved(now))

    async def _keep_writing(self) -> None:
        while True:
            await self._pacer.wait(ARCHIVE_SECONDS)
            await self._write(self._clock.now_ms())
            if self._archive is None or not self._archive.keeps_bars:
                self._forget()

    def _forget(self) -> None:
        """What nobody keeps is asked for again when it is wanted."""
        now = self._clock.now_ms()
        for market in self._markets.values():
            for base, length in KEPT_MS.items():
                market.series.forget(base, now - length)
                market.covered[base].remove(0, now - length)

    async def _write(self, now: int, *, last: bool = False) -> None:
        if self._archive is not None:
            await self._archive.write(self._markets.values(), now, last=last)

    async def _stop(self) -> None:
        followers, self._followers = self._followers, {}
        now = self._clock.now_ms()
        for ticker in followers:
            self._markets[ticker].pass_time(now)
        await asyncio.gather(*(follower.stop() for follower in followers.values()))
        await asyncio.gather(*self._leaving, return_exceptions=True)
        await self._write(now, last=True)
        connections, self._connections = self._connections, {}
        self._reaches.clear()
        for connection in connections.values():
            with contextlib.suppress(OSError):
                await connection.close()

    def _start(self, ticker: str) -> None:
        market = self._markets[ticker]
        follower = Follower(
            market,
            self._connection(market),
            self._reach(market),
            self._clock,
            self._pacer,
            self._backoff,
            self._emit,
        )
        self._followers[ticker] = follower
        follower.start()

    def _emit(self, message: Message) -> None:
        if isinstance(message, Quote | Trade):
            self._newest = max(self._newest, message.time)
            if self._archive is not None:
                self._archive.tick(message)
        if self._emit_to is not None:
            self._emit_to(message)

    def _connection(self, market: LiveMarket) -> Connection:
        name = market.listed.exchange
        if name not in self._connections:
            self._connections[name] = Connection(
                name, self._options.get(name, {}), self._listings[name].markets, self._pacer, self._backoff
            )
        return self._connections[name]

    def _reach(self, market: LiveMarket) -> Reach:
        if market.listed.ticker not in self._reaches:
            history = ExchangeHistory(self._connection(market), market.listed)
            self._reaches[market.listed.ticker] = Reach(market, history, self._archive, self._clock)
        return self._reaches[market.listed.ticker]
