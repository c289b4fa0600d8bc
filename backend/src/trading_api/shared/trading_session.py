"""When an exchange is open: the session strings of chart libraries, interpreted in the exchange's zone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LONGEST_CLOSURE_DAYS = 60
"""Athens was closed for five weeks in 2015."""
REMEMBERED_DAYS = 1 << 14
"""More than forty years, so that reading a long history computes each day once."""
_CLOCK = re.compile(r"([0-9]{2})([0-9]{2})(?:(F)([1-6])?)?")


@dataclass(frozen=True, slots=True)
class SessionPeriod:
    """One uninterrupted stretch of trading, [open, close) in ms UTC; `day` is the day on which it ends."""

    open: int
    close: int
    day: date


@dataclass(frozen=True, slots=True)
class _Span:
    """Minutes relative to midnight of the trading day; a start of the day before is negative."""

    start: int
    end: int


class TradingSession:
    """The hours of one exchange.

    `session` is a session string such as `24x7`, `0930-1600`, `1700-1600:23456` or
    `0930-1130,1230-1500`; `holidays` is `YYYYMMDD,...`; `corrections` is `SESSION:YYYYMMDD,...;...`,
    where the session `dayoff` closes the day. Raises ValueError for a string that is none of these.
    """

    def __init__(
        self, session: str, timezone: str, holidays: str | None = None, corrections: str | None = None
    ) -> None:
        self._zone = _zone(timezone)
        self._week = _parse_week(session)
        self._special: dict[date, tuple[_Span, ...]] = {_parse_date(d): () for d in _split(holidays, ",")}
        for correction in _split(corrections, ";"):
            hours, _, days = correction.partition(":")
            spans = () if hours == "dayoff" else _parse_spans(hours)
            self._special.update({_parse_date(day): spans for day in _split(days, ",")})
        spans_of_all = [span for spans in (*self._week, *self._special.values()) for span in spans]
        self._days_ahead = 1 - min((span.start for span in spans_of_all), default=0) // 1440
        self._periods_of = lru_cache(maxsize=REMEMBERED_DAYS)(self._compute_periods)
        self._period_from = lru_cache(maxsize=64)(self._search_period_from)
        self._found: SessionPeriod | None = None

    def is_open(self, time_ms: int) -> bool:
        """Whether the exchange trades at `time_ms`."""
        return self.period(time_ms) is not None

    def period(self, time_ms: int) -> SessionPeriod | None:
        """The open period that contains `time_ms`."""
        found = self._found
        if found is None or not found.open <= time_ms < found.close:
            near = self._near(time_ms, self._days_ahead)
            found = next((p for p in near if p.open <= time_ms < p.close), None)
            self._found = found or self._found
        return found

    def next_open(self, time_ms: int) -> int:
        """The first instant at or after `time_ms` at which the exchange trades."""
        return max(time_ms, self._next_period(time_ms).open)

    def period_from(self, time_ms: int) -> SessionPeriod | None:
        """The period that contains `time_ms`, or the first one after it within a month."""
        return next(
            (found for found in self._near(time_ms, LONGEST_CLOSURE_DAYS) if found.close > time_ms), None
        )

    def day_close(self, time_ms: int) -> int:
        """The end of the trading day that runs at `time_ms`, or of the next one: when `day` orders expire."""
        day = self._next_period(time_ms).day
        return self._periods_of(day)[-1].close

    def periods(self, day: date) -> tuple[SessionPeriod, ...]:
        """The periods of one trading day, in order; none when it is closed."""
        return self._periods_of(day)

    def _next_period(self, time_ms: int) -> SessionPeriod:
        """The period that contains `time_ms`, or else the first one after it."""
        found = self._found
        if found is not None and found.open <= time_ms < found.close:
            return found
        return self._period_from(time_ms)

    def _search_period_from(self, time_ms: int) -> SessionPeriod:
        found = self.period_from(time_ms)
        if found is None:
            raise ValueError(f"the exchange does not open within {LONGEST_CLOSURE_DAYS} days of {time_ms}")
        return found

    def _near(self, time_ms: int, days_ahead: int) -> Iterator[SessionPeriod]:
        today = datetime.fromtimestamp(time_ms / 1000, tz=UTC).astimezone(self._zone).date()
        for shift in range(-1, days_ahead + 1):
            yield from self._periods_of(today + timedelta(days=shift))

    def _compute_periods(self, day: date) -> tuple[SessionPeriod, ...]:
        spans = self._special.get(day)
        if spans is None:
            spans = self._week[day.isoweekday() % 7]
        return tuple(
            SessionPeriod(self._instant(day, s.start), self._instant(day, s.end), day) for s in spans
        )

    def _instant(self, day: date, minutes: int) -> int:
        shift, minute = divmod(minutes, 1440)
        local = datetime.combine(day + timedelta(days=shift), time(minute // 60, minute % 60), self._zone)
        return int(local.timestamp()) * 1000


def _split(text: str | None, separator: str) -> list[str]:
    return [part for part in (text or "").split(separator) if part]


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"'{name}' is not a time zone") from error


def _parse_date(text: str) -> date:
    try:
        if len(text) != 8 or not text.isascii() or not text.isdigit():
            raise ValueError(text)
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise ValueError(f"'{text}' is not a day like 20131225") from error


def _parse_week(session: str) -> list[tuple[_Span, ...]]:
    """Spans by weekday, Sunday first, as the digits 1 to 7 count."""
    if session == "24x7":
        return [(_Span(0, 1440),)] * 7
    week: list[tuple[_Span, ...]] = [()] * 7
    # The group without digits is the default of the working days; those with digits outrank it.
    for group in sorted(session.split("|"), key=lambda group: ":" in group):
        hours, colon, digits = group.partition(":")
        spans = _parse_spans(hours)
        if colon and (not digits or not set(digits) <= set("1234567")):
            raise ValueError(f"'{group}' does not name days by 1 (Sunday) to 7")
        for digit in digits or "23456":
            week[int(digit) - 1] = spans
    return week


def _parse_spans(hours: str) -> tuple[_Span, ...]:
    spans = sorted((_parse_span(part) for part in hours.split(",")), key=lambda span: span.start)
    if any(later.start < earlier.end for earlier, later in pairwise(spans)):
        raise ValueError(f"'{hours}' has sessions that overlap")
    return tuple(spans)


def _parse_span(text: str) -> _Span:
    if text == "0000-0000":
        return _Span(0, 1440)
    start_text, dash, end_text = text.partition("-")
    start, end = _parse_minute(start_text), _parse_minute(end_text)
    if start is None or end is None or not dash:
        raise ValueError(f"'{text}' is not a session like 0930-1600")
    if start >= end:
        start -= 1440
    if start >= end:
        raise ValueError(f"'{text}' ends before it begins")
    return _Span(start, end)


def _parse_minute(text: str) -> int | None:
    found = _CLOCK.fullmatch(text)
    if found is None:
        return None
    hour, minute, back, days = found.groups()
    if int(hour) > 24 or int(minute) > 59 or (int(hour), int(minute)) > (24, 0):
        return None
    return int(hour) * 60 + int(minute) - (1440 * int(days or 1) if back else 0)
