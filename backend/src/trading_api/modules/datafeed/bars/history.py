"""The past of an instrument at any resolution, built from the base bars of its provider.

Rows are read backwards from the end of what was asked for, whole bars at a time, until there are enough: an
answer costs what it holds, however long the history is.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray, aggregate, join
from trading_api.modules.datafeed.bars.cuts import Cuts, cuts_of
from trading_api.modules.datafeed.bars.resolution import (
    BASES,
    DAY,
    Resolution,
    in_sessions,
    stamps,
    stamps_of_days,
)
from trading_api.modules.datafeed.bars.window import MAX_BARS, BarSlice, BarWindow, cut
from trading_api.shared.trading_session import TradingSession

ROWS_AT_ONCE = 200_000
"""More base rows are never asked for, or held, at a time."""
ROWS_AT_MOST = 8 * ROWS_AT_ONCE
"""In a stretch with few rows more time is read at once, in which there could be so many."""
_SPARSE = 0.125
_FEWEST_ROWS = 64
"""No less is asked for, so that a few missing ones do not mean another reading."""
_BASE_MS = dict(zip(BASES, (1_000, 60_000, 86_400_000), strict=True))


class BaseBars(Protocol):
    """Who has the bars that all others are built from; see `Provider`."""

    def first(self, ticker: str, base: Resolution) -> int | None:
        """Time of the oldest row."""

    def last(self, ticker: str, base: Resolution) -> int | None:
        """Time after which there is no row now, if that is known."""

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        """Rows with start <= time < stop, nothing after `until`."""


def built_from(source: BaseBars, ticker: str, resolution: Resolution) -> Resolution | None:
    """The coarsest base of which `source` has rows and `resolution` can be built; None: there is none."""
    bases = BASES[: BASES.index(resolution.base) + 1]
    return next((base for base in reversed(bases) if source.first(ticker, base) is not None), None)


def reach(
    source: BaseBars,
    ticker: str,
    session: TradingSession,
    resolution: Resolution,
    window: BarWindow,
    until: int,
) -> tuple[Resolution, int, int] | None:
    """Which base, from when until when, is about to be read for `window`, if nothing is missing."""
    base = built_from(source, ticker, resolution)
    if base is None:
        return None
    cuts = cuts_of(session, resolution, base, first=0)  # what is out of reach may be older
    stop = cuts.end(window.to_ms, until)
    start = cuts.back(stop, max(window.count_back, 1))
    if window.from_ms < start:
        start = max(cuts.before(window.from_ms), cuts.back(stop, MAX_BARS))
    return base, start, stop


def read(
    source: BaseBars,
    ticker: str,
    session: TradingSession,
    resolution: Resolution,
    window: BarWindow,
    until: int,
) -> BarSlice:
    """The bars that answer `window` as far as they are known at `until` (ms UTC); the last may be open."""
    base = built_from(source, ticker, resolution)
    first = None if base is None else source.first(ticker, base)
    if base is None or first is None:
        return BarSlice.nothing()
    last = source.last(ticker, base)
    known = until if last is None else min(until, last)
    building = _Building(source, ticker, session, resolution, base, until)
    return cut(_gather(building, cuts_of(session, resolution, base, first), window, (first, known)), window)


@dataclass(frozen=True, slots=True)
class _Building:
    source: BaseBars
    ticker: str
    session: TradingSession
    resolution: Resolution
    base: Resolution
    until: int

    def bars(self, start: int, stop: int, most: int) -> BarColumns:
        """The bars of all rows between two cuts, for each `most` of which there is time one reading."""
        step = most * _BASE_MS[self.base]
        if stop - start <= step:
            return self._built(start, stop)
        pieces = join([self._built(at, min(at + step, stop)) for at in range(start, stop, step)])
        return aggregate(pieces, pieces.time)  # of a bar that was cut in two

    def bars_of(self, rows: int) -> int:
        """How many bars are built from so many rows, if none is missing."""
        return max(1, rows * _BASE_MS[self.base] // self.resolution.about_ms)

    def _built(self, start: int, stop: int) -> BarColumns:
        rows = self.source.rows(self.ticker, self.base, start, stop, self.until)
        if self.base == DAY:
            return _merged(rows, stamps_of_days(self.session, self.resolution, rows.time))
        kept = in_sessions(self.session, rows.time)
        rows = rows if bool(kept.all()) else rows.take(np.flatnonzero(kept))
        if self.base == self.resolution:
            return rows
        return _merged(rows, stamps(self.session, self.resolution, rows.time))


def _merged(rows: BarColumns, times: IntArray) -> BarColumns:
    return rows if times is rows.time else aggregate(rows, times)


def _gather(building: _Building, cuts: Cuts, window: BarWindow, known: tuple[int, int]) -> BarColumns:
    """At least the bars that answer `window`, and the one before them; all rows lie within `known`."""
    parts: list[BarColumns] = []
    first, last = known
    about_ms, found, pace = building.resolution.about_ms, 0, _Pace(building)
    stop, oldest = cuts.end(window.to_ms, last), window.to_ms
    wanted_from = cuts.back(cuts.before(min(window.from_ms, stop)), pace.bars(1))
    while stop > first and found <= MAX_BARS and (found <= window.count_back or oldest >= window.from_ms):
        start = wanted_from
        if start >= stop or found <= window.count_back:
            start = min(start, cuts.back(stop, pace.bars(max(window.count_back - found, 0) + 1)))
        if start < stop - (MAX_BARS + 1 - found) * about_ms:
            start = max(start, cuts.back(stop, pace.bars(MAX_BARS + 1 - found)))
        part = building.bars(max(start, first), stop, pace.rows)
        pace.goes_on(len(part) * about_ms / (stop - start))
        parts.append(part)
        found, stop = found + int(np.searchsorted(part.time, window.to_ms, side="left")), start
        oldest = int(part.time[0]) if len(part) else oldest
    return join(parts[::-1])


class _Pace:
    """How far the next reading goes back: further after a stretch with few rows, within limits."""

    def __init__(self, building: _Building) -> None:
        self._building = building
        self._stretch = 1
        self.rows = ROWS_AT_ONCE

    def bars(self, missing: int) -> int:
        """For how many bars there is to be time."""
        wanted = max(missing, self._building.bars_of(_FEWEST_ROWS)) * self._stretch
        return max(missing, min(wanted, self._building.bars_of(self.rows)))

    def goes_on(self, filled: float) -> None:
        """The last reading has found bars for this part of its time."""
        if filled < _SPARSE:
            self._stretch, self.rows = self._stretch * 4, min(self.rows * 2, ROWS_AT_MOST)
        else:
            self._stretch, self.rows = 1, ROWS_AT_ONCE
