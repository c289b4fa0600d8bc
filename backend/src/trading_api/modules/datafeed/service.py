"""The use cases of the datafeed, and the owner of its provider."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence

import structlog

from trading_api.models.health import ReadinessCheck
from trading_api.models.market.bars import Adjustment
from trading_api.models.market.marks import Mark, TimescaleMark
from trading_api.models.market.quotes import Depth, DepthLevel, QuoteData, TradeData
from trading_api.models.market.status import FeedStatus, ReplayControl, ReplayState
from trading_api.models.market.symbols import DatafeedConfiguration, SearchResult, SymbolInfo
from trading_api.models.market.ticks import BookLevel, ClockMoved
from trading_api.modules.datafeed.bars.encoding import page_text
from trading_api.modules.datafeed.bars.resolution import RESOLUTIONS
from trading_api.modules.datafeed.bars.window import BarSlice, BarWindow
from trading_api.modules.datafeed.directory import SymbolDirectory
from trading_api.modules.datafeed.errors import ReplayUnavailable
from trading_api.modules.datafeed.execution_log import ExecutionLog
from trading_api.modules.datafeed.feed_watch import FeedWatch
from trading_api.modules.datafeed.marks import (
    LONGEST_LEAD_MS,
    BarPlaces,
    MarkRange,
    action_marks,
    execution_marks,
)
from trading_api.modules.datafeed.pacing import Pacer, WallPacer
from trading_api.modules.datafeed.providers.base import (
    HistoryChanged,
    Instrument,
    Message,
    Provider,
    ReplayControls,
)
from trading_api.modules.datafeed.quotes import quote_data, unknown_quote, view_at
from trading_api.modules.datafeed.requests import resolution_of, window_of
from trading_api.modules.datafeed.streams import DatafeedStreams
from trading_api.modules.datafeed.trade_stream import last_trades, trades_data
from trading_api.shared.clock import Clock
from trading_api.shared.errors import Unavailable

LOG = structlog.get_logger(__name__)
_MANY_BARS = 1_000
"""So many take longer to be written than the way to a thread and back."""


class DatafeedService:
    """Answers from the provider's past and hands its ticks to the live topics."""

    def __init__(
        self,
        provider: Provider,
        clock: Clock,
        started: asyncio.Event,
        executions: ExecutionLog | None = None,
        stale_after_ms: int | None = None,
        pacer: Pacer | None = None,
    ) -> None:
        self._provider = provider
        self._executions = executions
        self._clock = clock
        self._started = started
        self._loaded: SymbolDirectory | None = None
        self._task: asyncio.Task[None] | None = None
        self._problem: str | None = None
        self.watch = FeedWatch(provider, clock.now_ms, self._down, stale_after_ms)
        self._pacer = pacer or WallPacer()
        self._watching: asyncio.Task[None] | None = None
        self.streams = DatafeedStreams(provider, lambda: self._directory, clock.now_ms, watch=self.watch)
        self._history = self.streams.history

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Load the provider, then play it as soon as all modules are up; raises StartupError."""
        await asyncio.to_thread(self._load)
        self._loaded = SymbolDirectory(self._provider.instruments())
        self._task = asyncio.create_task(self._play(), name="datafeed-provider")
        self._watching = asyncio.create_task(self.watch.run(self._pacer), name="datafeed-freshness")
        try:
            yield
        finally:
            for task in (self._task, self._watching):
                task.cancel()
            await asyncio.gather(self._task, self._watching, return_exceptions=True)
            self.streams.close()
            if self._executions is not None:
                await self._executions.close()

    def readiness(self) -> list[ReadinessCheck]:
        """Whether the provider plays, and which symbols are silent, which alone stops nobody."""
        watched = self._watching is not None and not self._watching.done()
        return [
            ReadinessCheck(
                name=f"market-data-{self._provider.name}", ok=not self._down(), detail=self._down()
            ),
            ReadinessCheck(
                name="market-data-freshness",
                ok=watched,
                detail=self.watch.summary() if watched else "nobody looks how fresh the data is",
            ),
        ]

    def configuration(self) -> DatafeedConfiguration:
        """What the datafeed can do."""
        return DatafeedConfiguration(
            supported_resolutions=[str(known) for known in RESOLUTIONS],
            exchanges=self._directory.exchanges(),
            symbols_types=self._directory.types(),
            supports_marks=True,
            supports_timescale_marks=True,
            supports_time=True,
        )

    def search(self, text: str, exchange: str, symbol_type: str, limit: int) -> list[SearchResult]:
        """Instruments whose name or description contains `text`, best match first."""
        return [_hit(found) for found in self._directory.search(text, exchange, symbol_type, limit)]

    def resolve(self, symbol: str) -> SymbolInfo:
        """Everything about one symbol; raises SymbolUnknown."""
        return self._told(self._directory.get(symbol))

    async def listed_on(self, exchange: str) -> list[SymbolInfo]:
        """Everything about all symbols of one exchange."""
        found = [each for each in self._directory.instruments if each.info.exchange == exchange]
        return await asyncio.to_thread(lambda: [self._told(each) for each in found])

    async def bars(
        self,
        symbol: str,
        resolution: str,
        from_time: int | None,
        to_time: int,
        count_back: int,
        adjustment: Adjustment | None = None,
    ) -> bytes:
        """A `BarsPage` as sent: bars in [from_time, to_time) s UTC, at least `count_back` before `to_time`.

        None is of the future. Where there are none, the page tells the time of the newest before.

        Raises SymbolUnknown, ResolutionUnsupported, TimeRangeInvalid.
        """
        window = window_of(from_time, to_time, count_back)
        instrument, found = await self.history(symbol, resolution, window, adjustment)
        if len(found.bars) < _MANY_BARS:
            return _page(instrument, found)
        return await asyncio.to_thread(_page, instrument, found)

    async def history(
        self, symbol: str, resolution: str, window: BarWindow, adjustment: Adjustment | None = None
    ) -> tuple[Instrument, BarSlice]:
        """The bars that answer `window` as columns, and the instrument in whose units they are.

        Raises SymbolUnknown, ResolutionUnsupported.
        """
        instrument = self._directory.get(symbol)
        return await self._history.bars(instrument, resolution_of(resolution), window, adjustment)

    async def marks(self, symbol: str, wanted: MarkRange, account_id: str | None) -> list[Mark]:
        """The account's executions, each on its bar.

        Raises SymbolUnknown, ResolutionUnsupported, TimeRangeInvalid, AccountUnknown.
        """
        instrument, places = await self._places(symbol, wanted)
        if self._executions is None:
            return []
        since = places.window.from_ms - LONGEST_LEAD_MS
        found = await self._executions.since(since, instrument.ticker, account_id)
        return execution_marks(found, places, instrument)

    async def timescale_marks(self, symbol: str, wanted: MarkRange) -> list[TimescaleMark]:
        """The corporate actions, each on its bar.

        Raises SymbolUnknown, ResolutionUnsupported, TimeRangeInvalid.
        """
        instrument, places = await self._places(symbol, wanted)
        known = self._history.timeline(instrument).effective(self._provider.position())
        return action_marks(known, places, instrument)

    async def quotes(self, symbols: Sequence[str]) -> list[QuoteData]:
        """One quote a symbol, in the order asked for; `s` is `error` for an unknown one."""
        directory = self._directory
        return await asyncio.to_thread(self._read_quotes, directory, symbols, self._provider.position())

    async def trades(self, symbol: str, limit: int) -> list[TradeData]:
        """The last trades, oldest first, as far as they are known; raises SymbolUnknown."""
        instrument = self._directory.get(symbol)
        found = await asyncio.to_thread(last_trades, self._provider, instrument.ticker, limit)
        return trades_data(symbol, found)

    async def depth(self, symbol: str, levels: int) -> Depth:
        """The book as far as it is known; raises SymbolUnknown."""
        instrument = self._directory.get(symbol)
        until = self._provider.position()
        book = await asyncio.to_thread(self._provider.book, instrument.ticker, until, levels)
        return Depth(
            symbol=symbol,
            time=until if book is None else book.time,
            bids=[] if book is None else _levels(book.bids[::-1]),
            asks=[] if book is None else _levels(book.asks),
        )

    def time_seconds(self) -> int:
        """The market's time in whole seconds UTC."""
        return self._clock.now_ms() // 1000

    async def status(self) -> FeedStatus:
        """Where the data comes from and how fresh it is."""
        return await asyncio.to_thread(self.watch.status, self._directory.instruments)

    def replay_state(self) -> ReplayState:
        """Where the replay is; raises ReplayUnavailable."""
        return self._controls().state()

    def change_replay(self, control: ReplayControl) -> ReplayState:
        """Do all that `control` asks for, or nothing; raises TradingError if it cannot."""
        controls = self._controls()
        if control.symbols is not None:
            tickers = [self._directory.get(name, "symbols").ticker for name in control.symbols]
            control = control.model_copy(update={"symbols": list(dict.fromkeys(tickers))})
        controls.change(control)
        return controls.state()

    @property
    def _directory(self) -> SymbolDirectory:
        if self._loaded is None:
            raise _not_loaded()
        return self._loaded

    def _load(self) -> None:
        self._provider.load()
        until = self._provider.position()
        for instrument in self._provider.instruments():
            self._provider.quote(instrument.ticker, until)  # so that no snapshot has to compute one

    async def _play(self) -> None:
        await self._started.wait()
        try:
            await self._provider.run(self._emit)
        except Exception as error:
            self._problem = f"the {self._provider.name} provider has stopped: {type(error).__name__}: {error}"
            LOG.exception("datafeed-provider-died", provider=self._provider.name)
            self.watch.look()

    def _emit(self, message: Message) -> None:
        match message:
            case ClockMoved():
                self.streams.clock_moved(message)
            case HistoryChanged():
                self.streams.history_changed(message)
            case _:
                self.streams.tick(message)

    def _down(self) -> str | None:
        if self._task is None:
            return "the provider has not been started"
        if self._problem is None and self._task.done():
            return "the provider has stopped"
        return self._problem

    def _controls(self) -> ReplayControls:
        if self._loaded is None:
            raise _not_loaded()
        controls = self._provider.replay
        if controls is None:
            raise ReplayUnavailable(f"The {self._provider.name} market is not a recording.")
        return controls

    async def _places(self, symbol: str, wanted: MarkRange) -> tuple[Instrument, BarPlaces]:
        instrument, resolution = self._directory.get(symbol), resolution_of(wanted.resolution)
        window = window_of(wanted.from_time, wanted.to_time, 0)
        _, found = await self._history.bars(instrument, resolution, window)
        return instrument, BarPlaces(instrument, resolution, window, found)

    def _told(self, instrument: Instrument) -> SymbolInfo:
        info, adjustment = instrument.info, self._history.default(instrument)
        return info if info.adjustment == adjustment else info.model_copy(update={"adjustment": adjustment})

    def _read_quotes(self, directory: SymbolDirectory, symbols: Sequence[str], until: int) -> list[QuoteData]:
        return [self._read_quote(symbol, directory.find(symbol), until) for symbol in symbols]

    def _read_quote(self, symbol: str, found: Instrument | None, until: int) -> QuoteData:
        if found is None:
            return unknown_quote(symbol)
        try:
            view = view_at(self._history, found, until)
        except Unavailable:  # why is in the status of the symbol, and the others have their quotes
            return unknown_quote(symbol)
        return quote_data(symbol, found, view, self.watch.standing(found))


def _page(instrument: Instrument, found: BarSlice) -> bytes:
    return page_text(
        found.bars,
        instrument.price_unit,
        instrument.size_unit if instrument.has_volume else None,
        no_data=not len(found.bars),
        next_time=None if len(found.bars) else found.previous,
    )


def _not_loaded() -> Unavailable:
    return Unavailable("The market data is still being read.")


def _levels(levels: Sequence[BookLevel]) -> list[DepthLevel]:
    return [DepthLevel(price=level.price, volume=level.size) for level in levels]


def _hit(instrument: Instrument) -> SearchResult:
    info = instrument.info
    return SearchResult(
        symbol=info.name,
        ticker=info.ticker,
        description=info.description,
        exchange=info.exchange,
        type=info.type,
    )
