"""The bars store as an end-of-day market."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from trading_api.models.market.status import SymbolState
from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import DAY, Resolution
from trading_api.modules.datafeed.calendars.hours import ROUND_THE_CLOCK, TradingHours
from trading_api.modules.datafeed.providers.base import (
    BaseProvider,
    Book,
    DataKind,
    Emit,
    HistoryChanged,
    Instrument,
)
from trading_api.modules.datafeed.providers.stored.listing import bases_of, instrument_of, main_side
from trading_api.modules.datafeed.providers.stored.newest import Newest, newest_of
from trading_api.modules.datafeed.store.built_days import build_days, has_built_days, needs_days
from trading_api.modules.datafeed.store.errors import NameProblem, StoreProblem
from trading_api.modules.datafeed.store.hours import StoredHours
from trading_api.modules.datafeed.store.index import Index
from trading_api.modules.datafeed.store.store import BarStore, IndexVersion
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import BUILT_DAYS, Places, Side, bar_series
from trading_api.shared.clock import Clock
from trading_api.shared.errors import StartupError, Unavailable

LOG = structlog.get_logger(__name__)
LOOK_SECONDS = 2.0
"""How often it is looked whether an import or a recorder has written to the store."""
_NOTHING = Newest(None, None)


@dataclass(slots=True)
class _Listed:
    """One symbol: where it is stored, what its chart is made of, and what was last seen of its index."""

    exchange: str
    name: str
    places: Places
    side: Side
    hours: TradingHours
    instrument: Instrument
    newest: Newest = _NOTHING
    version: IndexVersion | None = None
    days: tuple[Index, bool] | None = None
    """Whether its built days are true, of this index."""
    problem: str | None = None
    lasting_problem: str | None = None
    """One that only a start can mend."""


class StoredProvider(BaseProvider):
    """History as it is stored, which grows when something is imported; nothing streams and nothing trades."""

    name = "stored"
    kind: DataKind = "end-of-day"

    def __init__(
        self, store: BarStore, hours: StoredHours, clock: Clock, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._store = store
        self._look_seconds = look_seconds
        self._seen: IndexVersion | None = None
        self._hours = hours
        self._clock = clock
        self._listed: dict[str, _Listed] = {}

    def load(self) -> None:
        """What is damaged is said in the log and in the status of its symbol; the others are served."""
        try:
            self._seen = self._store.version()
            names = self._store.names()
            self._store.open()
        except StoreProblem as problem:
            raise StartupError(str(problem)) from problem
        counts = Counter(name for _, name in names)
        for exchange, name in names:
            try:
                symbol = self._store.symbol(exchange, name)
            except (StoreProblem, NameProblem) as problem:
                LOG.warning("stored-symbol-unreadable", problem=str(problem))
                continue
            if symbol is not None:
                self._list(symbol, name if counts[name] == 1 else symbol.key)

    def instruments(self) -> Sequence[Instrument]:
        return [listed.instrument for listed in self._listed.values()]

    def position(self) -> int:
        return self._clock.now_ms()

    def quote(self, ticker: str, until: int) -> Quote | None:
        found = self._listed[ticker].newest.quote
        return found if found is not None and found.time <= until else None

    def trade(self, ticker: str, until: int) -> Trade | None:
        """The last close that is stored, at the time at which it was made."""
        found = self._listed[ticker].newest.trade
        return found if found is not None and found.time <= until else None

    def book(self, ticker: str, until: int, levels: int) -> Book | None:
        """No book is stored."""
        return None

    def state(self, ticker: str, until: int) -> SymbolState:
        return "end-of-day" if self._listed[ticker].problem is None else "failed"

    def problem(self, ticker: str) -> str | None:
        return self._listed[ticker].problem

    def first(self, ticker: str, base: Resolution) -> int | None:
        listed = self._listed[ticker]
        with _told(listed):
            return self._index(listed).first(self._series(listed, base))

    def last(self, ticker: str, base: Resolution) -> int | None:
        listed = self._listed[ticker]
        with _told(listed):
            return self._index(listed).last(self._series(listed, base))

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        """Raises Unavailable with what is wrong for a symbol whose files are damaged."""
        listed = self._listed[ticker]
        name = (listed.exchange, listed.name)
        end = min(stop, until + 1)
        with _told(listed):
            if self._series(listed, base) == BUILT_DAYS:
                return self._store.built_days(*name, start, end, listed.places)
            return self._store.rows(*name, base, start, end, listed.side, listed.places)

    def actions(self, ticker: str) -> Sequence[CorporateAction]:
        listed = self._listed[ticker]
        try:
            return self._store.actions(listed.exchange, listed.name)
        except StoreProblem as problem:
            listed.problem = str(problem)
            return ()

    async def run(self, emit: Emit) -> None:
        """Says what has changed whenever something has been written to the store."""
        try:
            await asyncio.to_thread(self._build_days, list(self._listed))
            while True:
                await asyncio.sleep(self._look_seconds)
                now = await asyncio.to_thread(self._store.version)
                if now != self._seen:
                    self._seen = now
                    changed = await asyncio.to_thread(self._look_again)
                    for ticker in changed:
                        emit(HistoryChanged(ticker))
                    await asyncio.to_thread(self._build_days, changed)
        finally:
            self._store.close()

    def _index(self, listed: _Listed) -> Index:
        return self._store.index(listed.exchange, listed.name)

    def _series(self, listed: _Listed, base: Resolution) -> str:
        """Days that are not stored have been built, if they are still those of the stored bars."""
        series = bar_series(base, listed.side)
        if base != DAY or listed.side is not Side.TRADE:
            return series
        index = self._index(listed)
        if listed.days is None or listed.days[0] is not index:
            built = not index.parts(series) and has_built_days(index, listed.hours)
            listed.days = (index, built)
        return BUILT_DAYS if listed.days[1] else series

    def _list(self, symbol: StoredSymbol, ticker: str) -> None:
        listed = self._listed[ticker] = self._read(symbol, ticker)
        if listed.problem is not None:
            LOG.warning("stored-symbol-unreadable", problem=listed.problem)

    def _read(self, symbol: StoredSymbol, ticker: str) -> _Listed:
        problem = None
        hours = ROUND_THE_CLOCK
        index = Index()
        try:
            index = self._store.index(symbol.exchange, symbol.ticker)
            hours = self._hours.of(symbol)
        except StoreProblem as found:
            problem = str(found)
        side = main_side(index)
        instrument = instrument_of(symbol, ticker, hours, bases_of(index, side), side)
        listed = _Listed(symbol.exchange, symbol.ticker, symbol.places, side, hours, instrument)
        listed.problem = listed.lasting_problem = problem
        self._look(listed)
        return listed

    def _build_days(self, tickers: Sequence[str]) -> None:
        """Of symbols that were written by somebody who does not, or whose hours are others now."""
        for listed in map(self._listed.__getitem__, tickers):
            if listed.side is not Side.TRADE or listed.lasting_problem is not None:
                continue
            try:
                if not needs_days(self._index(listed), listed.hours):
                    continue
                symbol = self._store.symbol(listed.exchange, listed.name)
                if symbol is not None:
                    build_days(self._store, symbol, listed.hours)
            except StoreProblem as problem:
                LOG.warning("stored-days-not-built", problem=str(problem))

    def _look_again(self) -> list[str]:
        """The symbols whose index is another than when it was looked at last."""
        return [ticker for ticker, listed in self._listed.items() if self._look(listed)]

    def _look(self, listed: _Listed) -> bool:
        """Whether its index is another; the newest prices are then taken from it."""
        version = self._store.version_of(listed.exchange, listed.name)
        if listed.lasting_problem is not None or version == listed.version:
            return False
        listed.version = version
        instrument = listed.instrument
        try:
            index = self._store.index(listed.exchange, listed.name)
        except StoreProblem as problem:
            listed.problem = str(problem)
        else:
            listed.newest = newest_of(instrument.ticker, index, instrument.session, listed.side)
            listed.problem = None
        return True


@contextmanager
def _told(listed: _Listed) -> Iterator[None]:
    """A problem of the store becomes the symbol's, and the sentence of whoever asked."""
    if listed.lasting_problem is not None:
        raise Unavailable(listed.lasting_problem)
    try:
        yield
    except StoreProblem as problem:
        listed.problem = str(problem)
        raise Unavailable(str(problem)) from problem
