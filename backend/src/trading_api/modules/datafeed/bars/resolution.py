"""Resolutions, and where the period of a bar begins and ends.

Periods within a day are counted from the opening of the session that contains them, so the hours of a
session 0930-1600 begin at 9:30, and the last of them ends at the close. A daily bar carries 00:00 UTC of
the trading day, the day on which the session ends. Longer bars carry the first trading day of theirs:
weeks begin on Monday, `3M`, `6M` and `12M` divide the calendar year, and `2D` counts the trading days of
each year.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.shared.trading_session import SessionPeriod, TradingSession

SECOND_MS = 1_000
MINUTE_MS = 60_000
DAY_MS = 86_400_000
_WRITTEN = re.compile(r"(?P<count>[1-9]\d{0,4})?(?P<unit>[SDWM]?)")
_MONDAY = date(1970, 1, 5)
_MOST_DAYS = 366


class Unit(StrEnum):
    """What a resolution counts; the value is its letter."""

    SECOND = "S"
    MINUTE = ""
    DAY = "D"
    WEEK = "W"
    MONTH = "M"


_LENGTH_MS = {Unit.SECOND: SECOND_MS, Unit.MINUTE: MINUTE_MS}
_ABOUT_DAYS = {Unit.DAY: 1.5, Unit.WEEK: 7.0, Unit.MONTH: 31.0}
_MOST = {Unit.DAY: _MOST_DAYS, Unit.WEEK: 52, Unit.MONTH: 12}


@dataclass(frozen=True, slots=True)
class Resolution:
    """So many of a unit."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def interval_ms(self) -> int | None:
        """Length of a period within a day; None for days and longer, whose length is that of sessions."""
        length = _LENGTH_MS.get(self.unit)
        return None if length is None else self.count * length

    @property
    def about_ms(self) -> int:
        """From one bar to the next while the exchange is open, or where it opens on working days."""
        return self.interval_ms or int(_ABOUT_DAYS[self.unit] * self.count * DAY_MS)

    @property
    def base(self) -> "Resolution":
        """The resolution from whose bars this one is built."""
        if self.unit is Unit.SECOND:
            return SECOND
        return MINUTE if self.unit is Unit.MINUTE else DAY


SECOND = Resolution(1, Unit.SECOND)
MINUTE = Resolution(1, Unit.MINUTE)
DAY = Resolution(1, Unit.DAY)
BASES = (SECOND, MINUTE, DAY)
"""What is stored and played; all others are built from these."""


@dataclass(frozen=True, slots=True)
class BarPeriod:
    """The bar stamped `stamp` takes what happens before `end`."""

    stamp: int
    end: int


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The days [first, end) that make one bar; it carries the first trading day of them, `stamp`."""

    first: date
    end: date
    stamp: date
    last: date
    """The last trading day."""


def parse_resolution(text: str) -> Resolution | None:
    """The resolution that `text` names (`D` means `1D`), or None for none or one that is too long."""
    written = _WRITTEN.fullmatch(text)
    if written is None or not text:
        return None
    unit = Unit(written["unit"])
    found = Resolution(int(written["count"] or 1), unit)
    too_long = found.count > _MOST[unit] if unit in _MOST else (found.interval_ms or 0) > DAY_MS
    return None if too_long else found


def _known(texts: str) -> tuple[Resolution, ...]:
    return tuple(found for text in texts.split() if (found := parse_resolution(text)) is not None)


RESOLUTIONS = _known("1S 5S 15S 30S 1 2 3 5 10 15 30 45 60 120 180 240 1D 1W 1M 3M 6M 12M")
"""Those that are offered; any other multiple of a base is answered as well."""


def day_stamp(day: date) -> int:
    """00:00 UTC of `day`."""
    return int(datetime.combine(day, time(), UTC).timestamp()) * 1000


def stamp_day(stamp: int) -> date:
    """The day whose 00:00 UTC is `stamp`."""
    return datetime.fromtimestamp(stamp // 1000, tz=UTC).date()


def period_at(session: TradingSession, resolution: Resolution, time_ms: int) -> BarPeriod | None:
    """The period that `time_ms` falls into; None while the exchange is closed."""
    period = session.period(time_ms)
    if period is None:
        return None
    interval = resolution.interval_ms
    if interval is None:
        span = day_span(session, resolution, period.day)
        return BarPeriod(day_stamp(span.stamp), session.periods(span.last)[-1].close)
    start = time_ms - (time_ms - period.open) % interval
    return BarPeriod(start, min(start + interval, period.close))


def stamps(session: TradingSession, resolution: Resolution, times: IntArray) -> IntArray:
    """The bar time of each of the ascending `times`, all of which lie within sessions."""
    result = np.empty(len(times), dtype=np.int64)
    interval = resolution.interval_ms
    done = 0
    while done < len(times):
        period = _period_of(session, int(times[done]))
        until = int(np.searchsorted(times, period.close, side="left"))
        if interval is None:
            result[done:until] = day_stamp(day_span(session, resolution, period.day).stamp)
        else:
            part = times[done:until]
            result[done:until] = part - (part - period.open) % interval
        done = until
    return result


def in_sessions(session: TradingSession, times: IntArray) -> npt.NDArray[np.bool_]:
    """Which of the ascending `times` lie within sessions."""
    result = np.zeros(len(times), dtype=np.bool_)
    done = 0
    while done < len(times):
        period = session.period_from(int(times[done]))
        if period is None:
            break
        start = int(np.searchsorted(times, period.open, side="left"))
        done = int(np.searchsorted(times, period.close, side="left"))
        result[start:done] = True
    return result


def stamps_of_days(session: TradingSession, resolution: Resolution, days: IntArray) -> IntArray:
    """The bar time of each of the ascending daily bars in `days`, at a resolution of days or longer."""
    if resolution == DAY:
        return days
    result = np.empty(len(days), dtype=np.int64)
    done = 0
    while done < len(days):
        span = day_span(session, resolution, stamp_day(int(days[done])))
        until = int(np.searchsorted(days, day_stamp(span.end), side="left"))
        result[done:until] = day_stamp(span.stamp)
        done = until
    return result


@lru_cache(maxsize=8192)
def day_span(session: TradingSession, resolution: Resolution, day: date) -> DaySpan:
    """The period of days, weeks or months that `day`, open or not, belongs to."""
    if resolution == DAY:
        return DaySpan(day, day + timedelta(days=1), day, day)
    first, end = _calendar_range(resolution, day)
    days = _trading_days(session, first, end)
    if not days:
        return DaySpan(first, end, first, first)
    if resolution.unit is not Unit.DAY:
        return DaySpan(first, end, days[0], days[-1])
    start = max(bisect_right(days, day) - 1, 0) // resolution.count * resolution.count
    following = start + resolution.count
    return DaySpan(
        days[start] if start else first,
        days[following] if following < len(days) else end,
        days[start],
        days[min(following, len(days)) - 1],
    )


def _calendar_range(resolution: Resolution, day: date) -> tuple[date, date]:
    """First day and end of the weeks or months, or of the year whose days are counted."""
    if resolution.unit is Unit.WEEK:
        length = 7 * resolution.count
        first = day - timedelta(days=(day - _MONDAY).days % length)
        return first, first + timedelta(days=length)
    if resolution.unit is Unit.DAY:
        return date(day.year, 1, 1), date(day.year + 1, 1, 1)
    start = (day.month - 1) // resolution.count * resolution.count
    years, month = divmod(min(start + resolution.count, 12), 12)
    return date(day.year, start + 1, 1), date(day.year + years, month + 1, 1)


@lru_cache(maxsize=4096)
def _trading_days(session: TradingSession, first: date, end: date) -> tuple[date, ...]:
    days = (first + timedelta(days=shift) for shift in range((end - first).days))
    return tuple(day for day in days if session.periods(day))


def _period_of(session: TradingSession, time_ms: int) -> SessionPeriod:
    period = session.period(time_ms)
    if period is None:
        raise ValueError(f"the exchange is closed at {time_ms}")
    return period
