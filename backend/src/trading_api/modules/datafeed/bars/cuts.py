"""Where the rows of a base may be cut without cutting a bar in two."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol

from trading_api.modules.datafeed.bars.resolution import (
    DAY,
    DAY_MS,
    DaySpan,
    Resolution,
    day_span,
    day_stamp,
    period_at,
    stamp_day,
)
from trading_api.shared.trading_session import LONGEST_CLOSURE_DAYS, TradingSession

_DAYS_AHEAD = 8
"""A session may begin a week before the day that it belongs to."""
_LEAST_DAYS = 4


class Cuts(Protocol):
    """Times (ms UTC) between the rows of bars; nothing is older than the `first` row."""

    def end(self, to_ms: int, until: int) -> int:
        """The end of the rows of all bars that are stamped before `to_ms` and begin by `until`."""

    def before(self, from_ms: int) -> int:
        """A time before which there are no rows of bars that are stamped `from_ms` or later."""

    def back(self, stop: int, bars: int) -> int:
        """A cut before `stop` so that about `bars` bars lie between, if none is missing.

        It is after the first row as long as there is one.
        """


def cuts_of(session: TradingSession, resolution: Resolution, base: Resolution, first: int) -> Cuts:
    """Those of the bars of `resolution` in rows of `base`, the first of which is at `first`."""
    if base == DAY:
        return _DayRows(session, resolution, first)
    if resolution.interval_ms is None:
        return _DaysOfMoments(session, resolution, first)
    return _Moments(session, resolution, resolution.interval_ms, first)


class _DayRows:
    """Rows are daily bars, stamped 00:00 UTC."""

    def __init__(self, session: TradingSession, resolution: Resolution, first: int) -> None:
        self._session = session
        self._resolution = resolution
        self._first = first

    def end(self, to_ms: int, until: int) -> int:
        newest = min(to_ms, until + _DAYS_AHEAD * DAY_MS)
        return day_stamp(self._span(newest - 1).end)

    def before(self, from_ms: int) -> int:
        return day_stamp(self._span(max(from_ms, self._first)).first)

    def back(self, stop: int, bars: int) -> int:
        length = bars * self._resolution.about_ms + _LEAST_DAYS * DAY_MS
        return day_stamp(self._span(max(stop - length, self._first - DAY_MS)).first)

    def _span(self, time_ms: int) -> DaySpan:
        return day_span(self._session, self._resolution, stamp_day(time_ms))


class _Moments:
    """Bars within days, of rows within days."""

    def __init__(self, session: TradingSession, resolution: Resolution, interval: int, first: int) -> None:
        self._session = session
        self._resolution = resolution
        self._interval = interval
        self._first = first

    def end(self, to_ms: int, until: int) -> int:
        newest = min(to_ms, until + 1)
        period = period_at(self._session, self._resolution, newest - 1)
        return newest if period is None else period.end

    def before(self, from_ms: int) -> int:
        time_ms = max(from_ms, self._first)
        period = period_at(self._session, self._resolution, time_ms)
        return time_ms if period is None else period.stamp

    def back(self, stop: int, bars: int) -> int:
        day, oldest = _utc_day(stop) + timedelta(days=_DAYS_AHEAD), _utc_day(self._first)
        while day >= oldest:
            for period in reversed(self._session.periods(day)):
                if period.open < stop:
                    inside = -(-(min(period.close, stop) - period.open) // self._interval)
                    if inside >= bars:
                        return period.open + (inside - bars) * self._interval
                    bars -= inside
            day -= timedelta(days=1)
        return self._first


class _DaysOfMoments:
    """Daily bars and longer ones, of rows within days."""

    def __init__(self, session: TradingSession, resolution: Resolution, first: int) -> None:
        self._session = session
        self._first = first
        self._days = _DayRows(session, resolution, first - DAY_MS)  # its day may be the one before

    def end(self, to_ms: int, until: int) -> int:
        return self._opening(stamp_day(self._days.end(to_ms, until)))

    def before(self, from_ms: int) -> int:
        return self._opening(stamp_day(self._days.before(from_ms)))

    def back(self, stop: int, bars: int) -> int:
        last = self._day_before(stop)
        if last is None:
            return self._first
        cut = self._opening(stamp_day(self._days.back(day_stamp(last) + DAY_MS, bars)))
        return cut if cut < stop else self._first

    def _day_before(self, stop: int) -> date | None:
        """The last trading day that opens before `stop`; None: there is none after the first row."""
        day, oldest = _utc_day(stop) + timedelta(days=_DAYS_AHEAD), _utc_day(self._first - DAY_MS)
        while day >= oldest:
            periods = self._session.periods(day)
            if periods and periods[0].open < stop:
                return day
            day -= timedelta(days=1)
        return None

    def _opening(self, day: date) -> int:
        """When the trading day opens; of a closed day, when the next one does."""
        for shift in range(LONGEST_CLOSURE_DAYS):
            periods = self._session.periods(day + timedelta(days=shift))
            if periods:
                return periods[0].open
        return day_stamp(day)


def _utc_day(time_ms: int) -> date:
    return datetime.fromtimestamp(time_ms // 1000, tz=UTC).date()
