"""The past of an instrument at any resolution, built from the base bars of its provider.

Rows are read backwards from the end of what was asked for, whole trading days or whole periods at a time,
until there are enough: an answer costs what it holds, however long the history is.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Protocol

import numpy as np

from trading_api.modules.datafeed.bars.columns import BarColumns, aggregate, join, no_bars
from trading_api.modules.datafeed.bars.resolution import (
    BASES,
    DAY,
    DAY_MS,
    Resolution,
    Unit,
    day_stamp,
    in_sessions,
    period_at,
    stamp_day,
    stamps,
    stamps_of_days,
    trading_days_of,
)
from trading_api.modules.datafeed.bars.window import MAX_BARS, BarSlice, BarWindow, cut
from trading_api.shared.trading_session import LONGEST_CLOSURE_DAYS, TradingSession

_DAYS_AHEAD = 8
"""A session may begin a week before the day that it belongs to."""
_CALENDAR_DAYS = {Unit.DAY: 1.5, Unit.WEEK: 7.0, Unit.MONTH: 31.0}


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
    axis = _axis(session, resolution, base, 0)
    stop = axis.end(window.to_ms, until)
    bars = max(axis.count(window.from_ms, stop), window.count_back) + 1
    return base, axis.back(stop, min(bars, MAX_BARS)), stop


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
        return cut(no_bars(), window)

    def bars_between(start: int, stop: int) -> BarColumns:
        return _build(source.rows(ticker, base, start, stop, until), session, resolution, base)

    last = source.last(ticker, base)
    end = until if last is None else min(until, last)
    return _gather(bars_between, _axis(session, resolution, base, first), window, first, end)


class _Axis(Protocol):
    """Where rows of a base may be cut without cutting a bar in two."""

    def end(self, to_ms: int, until: int) -> int:
        """The end of the rows of all bars that are stamped before `to_ms`."""

    def back(self, stop: int, bars: int) -> int:
        """A cut so far before the cut `stop` that about `bars` bars lie between, if none is missing."""

    def count(self, start: int, stop: int) -> int:
        """How many bars there can be between two times."""


def _axis(session: TradingSession, resolution: Resolution, base: Resolution, first: int) -> _Axis:
    return _Days(session, resolution) if base == DAY else _Moments(session, resolution, first)


def _gather(
    bars_between: Callable[[int, int], BarColumns], axis: _Axis, window: BarWindow, first: int, until: int
) -> BarSlice:
    parts: list[BarColumns] = []
    found, stretch = 0, 1
    stop = axis.end(window.to_ms, until)
    while stop > first and found <= MAX_BARS:
        if parts and found > window.count_back and _begins(parts) < window.from_ms:
            break
        missing = max(axis.count(window.from_ms, stop), window.count_back - found) + 1
        start = axis.back(stop, min(missing, MAX_BARS + 1) * stretch)
        part = bars_between(start, stop)
        if len(part):
            parts.append(part)
            found += int(np.searchsorted(part.time, window.to_ms, side="left"))
        else:
            stretch *= 4  # a hole: look further back each time
        stop = start
    return cut(join(parts[::-1]), window)


def _begins(parts: list[BarColumns]) -> int:
    return int(parts[-1].time[0])


def _build(rows: BarColumns, session: TradingSession, resolution: Resolution, base: Resolution) -> BarColumns:
    if base == DAY:
        return rows if resolution == DAY else aggregate(rows, stamps_of_days(session, resolution, rows.time))
    kept = in_sessions(session, rows.time)
    rows = rows if bool(kept.all()) else rows.take(np.flatnonzero(kept))
    return aggregate(rows, stamps(session, resolution, rows.time))


class _Days:
    """Rows are daily bars, stamped 00:00 UTC."""

    def __init__(self, session: TradingSession, resolution: Resolution) -> None:
        self._session = session
        self._resolution = resolution
        self._length = int(_CALENDAR_DAYS[resolution.unit] * resolution.count * DAY_MS)

    def end(self, to_ms: int, until: int) -> int:
        newest = min(to_ms, until + _DAYS_AHEAD * DAY_MS)
        return day_stamp(self._period(newest - 1)[-1] + timedelta(days=1))

    def back(self, stop: int, bars: int) -> int:
        return day_stamp(self._period(max(stop - bars * self._length - 4 * DAY_MS, 0))[0])

    def count(self, start: int, stop: int) -> int:
        return max(0, stop - start) // self._length + 1

    def _period(self, time_ms: int) -> tuple[date, ...]:
        return trading_days_of(self._session, self._resolution, stamp_day(max(time_ms, 0)))


class _Moments:
    """Rows are bars within days; they are cut where trading days, or longer periods, begin."""

    def __init__(self, session: TradingSession, resolution: Resolution, first: int) -> None:
        self._session = session
        self._resolution = resolution
        self._first = first
        self._days = None if resolution.interval_ms else _Days(session, resolution)

    def end(self, to_ms: int, until: int) -> int:
        if self._days is not None:
            return self._opening(stamp_day(self._days.end(to_ms, until) - DAY_MS) + timedelta(days=1))
        newest = min(to_ms, until + 1)
        period = period_at(self._session, self._resolution, newest - 1)
        return newest if period is None else period.end

    def back(self, stop: int, bars: int) -> int:
        before = self._day_before(stop)
        if self._days is not None:
            return self._opening(stamp_day(self._days.back(day_stamp(before), bars)))
        opening = self._opening(before)
        bars -= self._bars_of(before)
        while bars > 0 and opening > self._first:
            before = self._day_before(opening)
            opening = self._opening(before)
            bars -= self._bars_of(before)
        return opening

    def count(self, start: int, stop: int) -> int:
        if self._days is not None:
            return self._days.count(start, stop)
        return max(0, stop - start) // (self._resolution.interval_ms or DAY_MS) + 1

    def _bars_of(self, day: date) -> int:
        interval = self._resolution.interval_ms or DAY_MS
        return sum(-(-(period.close - period.open) // interval) for period in self._session.periods(day))

    def _day_before(self, time_ms: int) -> date:
        """The last trading day that opens before `time_ms`, or the calendar's day if there is none near."""
        last = _utc_day(time_ms) + timedelta(days=_DAYS_AHEAD)
        for shift in range(LONGEST_CLOSURE_DAYS + _DAYS_AHEAD):
            periods = self._session.periods(last - timedelta(days=shift))
            if periods and periods[0].open < time_ms:
                return periods[0].day
        return last - timedelta(days=LONGEST_CLOSURE_DAYS + _DAYS_AHEAD)

    def _opening(self, day: date) -> int:
        """When the trading day opens; of a closed day, when the next one does."""
        for shift in range(LONGEST_CLOSURE_DAYS):
            periods = self._session.periods(day + timedelta(days=shift))
            if periods:
                return periods[0].open
        return day_stamp(day)


def _utc_day(time_ms: int) -> date:
    return datetime.fromtimestamp(max(time_ms, 0) / 1000, tz=UTC).date()
