"""Whether stored rows can be what they say they are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np

from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray
from trading_api.modules.datafeed.bars.resolution import (
    BASES,
    DAY,
    DAY_MS,
    Resolution,
    in_sessions,
    stamp_day,
)
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.index import Part
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import QUOTE_SERIES, TRADE_SERIES, Side, bar_series
from trading_api.shared.trading_session import TradingSession


class Fault(StrEnum):
    """What can be wrong with the rows of a series."""

    GAPS = "gaps"
    DUPLICATES = "duplicates"
    OFF_SESSION = "off-session"
    CONTRADICTIONS = "contradictions"
    NEGATIVE = "negative"


@dataclass(frozen=True, slots=True)
class Gap:
    """Time (ms UTC) within the sessions of which there is no row, from the last one before it on."""

    after: int
    before: int
    missing_ms: int


@dataclass(frozen=True, slots=True)
class SeriesReport:
    """One series: how many rows from when to when (ms UTC), what is wrong, and why it cannot be read."""

    symbol: StoredSymbol
    series: str
    rows: int
    first: int
    last: int
    counts: Mapping[Fault, int]
    longest_gap: Gap | None = None
    problem: str | None = None

    def wrong(self, ignored: frozenset[Fault]) -> bool:
        """Whether anything but `ignored` is wrong."""
        counted = (count for fault, count in self.counts.items() if fault not in ignored)
        return self.problem is not None or any(counted)


def check(
    store: BarStore, symbol: StoredSymbol, session: TradingSession, shortest_gap_ms: int
) -> Iterator[SeriesReport]:
    """Every series of `symbol`, whose hours are `session`.

    A gap of bars within a day is one of at least `shortest_gap_ms` of open market; of daily bars, a trading
    day without one.
    """
    index = store.index(symbol.exchange, symbol.ticker)
    for base in BASES:
        for side in Side:
            parts = index.parts(bar_series(base, side))
            if parts:
                yield _checked(_Bars(store, symbol, session, base, side, shortest_gap_ms), parts)
    for series in (TRADE_SERIES, QUOTE_SERIES):
        parts = index.parts(series)
        if parts:
            yield _checked(_Ticks(store, symbol, series), parts)


class _Bars:
    """Counts what is wrong with bars, one part after the other."""

    def __init__(
        self,
        store: BarStore,
        symbol: StoredSymbol,
        session: TradingSession,
        base: Resolution,
        side: Side,
        shortest_gap_ms: int,
    ) -> None:
        self.symbol = symbol
        self.series = bar_series(base, side)
        self.longest: Gap | None = None
        self._store = store
        self._session = session
        self._base = base
        self._side = side
        self._shortest = shortest_gap_ms
        self._before: int | None = None

    def count(self, part: Part) -> dict[Fault, int]:
        """What is wrong with the rows of `part`, which follow those of the part before it."""
        rows = self._store.rows(
            self.symbol.exchange, self.symbol.ticker, self._base, part.first, part.last + 1, self._side
        )
        _require_rows(part, len(rows))
        known = [] if self._before is None else [self._before]
        times = np.concatenate([np.array(known, dtype=np.int64), rows.time])
        self._before = int(times[-1])
        gaps = list(self._gaps(times))
        self.longest = max(
            [*([] if self.longest is None else [self.longest]), *gaps],
            key=lambda gap: gap.missing_ms,
            default=None,
        )
        return {
            Fault.GAPS: len(gaps),
            Fault.DUPLICATES: int(np.count_nonzero(np.diff(times) <= 0)),
            Fault.OFF_SESSION: self._off_session(rows.time),
            Fault.CONTRADICTIONS: _contradictions(rows),
            Fault.NEGATIVE: int(np.count_nonzero(_lowest(rows) < 0)),
        }

    def _off_session(self, times: IntArray) -> int:
        if self._base == DAY:
            return sum(1 for time in times.tolist() if not self._trades_on(time))
        return int(np.count_nonzero(~in_sessions(self._session, times)))

    def _trades_on(self, day_ms: int) -> bool:
        return day_ms % DAY_MS == 0 and bool(self._session.periods(stamp_day(day_ms)))

    def _gaps(self, times: IntArray) -> Iterator[Gap]:
        length = self._base.interval_ms or DAY_MS
        wide = np.flatnonzero(np.diff(times) >= length + (self._shortest if self._base != DAY else length))
        for row in wide.tolist():
            after, before = int(times[row]), int(times[row + 1])
            missing = self._missing(after + length, before)
            if missing >= (self._shortest if self._base != DAY else DAY_MS):
                yield Gap(after, before, missing)

    def _missing(self, start: int, stop: int) -> int:
        if self._base == DAY:
            return DAY_MS * sum(1 for day in range(start, stop, DAY_MS) if self._trades_on(day))
        missing, now = 0, start
        while now < stop:
            period = self._session.period_from(now)
            if period is None or period.open >= stop:
                break
            missing += max(0, min(period.close, stop) - max(period.open, now))
            now = period.close
        return missing


class _Ticks:
    """Counts what is wrong with trades or quotes, one part after the other."""

    def __init__(self, store: BarStore, symbol: StoredSymbol, series: str) -> None:
        self.symbol = symbol
        self.series = series
        self.longest: Gap | None = None
        self._store = store

    def count(self, part: Part) -> dict[Fault, int]:
        """What is wrong with the rows of `part`: ticks out of order, without a price, or crossed."""
        name = (self.symbol.exchange, self.symbol.ticker, part.first, part.last + 1)
        if self.series == TRADE_SERIES:
            trades = self._store.trades(*name)
            time, lowest = trades.time, np.minimum(trades.price, trades.size)
            crossed = trades.price == 0
        else:
            quotes = self._store.quotes(*name)
            time, lowest = quotes.time, np.minimum(quotes.bid, quotes.ask)
            crossed = (quotes.bid > quotes.ask) & (quotes.ask != 0)
        _require_rows(part, len(time))
        return {
            Fault.DUPLICATES: int(np.count_nonzero(np.diff(time) < 0)),
            Fault.CONTRADICTIONS: int(np.count_nonzero(crossed)),
            Fault.NEGATIVE: int(np.count_nonzero(lowest < 0)),
        }


def _checked(series: _Bars | _Ticks, parts: tuple[Part, ...]) -> SeriesReport:
    counts = dict.fromkeys(Fault, 0)
    report = SeriesReport(
        series.symbol, series.series, sum(part.rows for part in parts), parts[0].first, parts[-1].last, counts
    )
    for part in parts:
        try:
            for fault, count in series.count(part).items():
                counts[fault] += count
        except StoreProblem as problem:
            report = replace(report, problem=str(problem))
    return replace(report, longest_gap=series.longest)


def _require_rows(part: Part, count: int) -> None:
    if count != part.rows:
        raise StoreProblem(Path(part.file), f"holds {count} rows instead of {part.rows}")


def _contradictions(rows: BarColumns) -> int:
    """Bars whose high or low is not the highest or lowest of their prices."""
    high = np.maximum(np.maximum(rows.open, rows.close), rows.low)
    low = np.minimum(np.minimum(rows.open, rows.close), rows.high)
    return int(np.count_nonzero((rows.high < high) | (rows.low > low)))


def _lowest(rows: BarColumns) -> IntArray:
    result: IntArray = np.minimum.reduce([rows.open, rows.high, rows.low, rows.close, rows.volume])
    return result
