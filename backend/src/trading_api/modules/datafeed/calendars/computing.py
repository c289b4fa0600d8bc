"""Computes the hours of an exchange calendar and prints them: `computing.py NAME FIRST_YEAR LAST_YEAR`.

Runs as a process of its own, for the libraries behind it take more memory and time to load than the rest
of the server. It imports nothing of the project, so that the child starts as fast as it can.
"""

import difflib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import exchange_calendars

DAYS = "1234567"
"""Sunday to Saturday, as session strings count."""
WORKDAYS = "23456"
PATTERN_DAYS = 364
"""The regular week is that of so many days before the last day that is known."""

Schedule = dict[date, str]
"""The session string of each day that has a session."""


def main(name: str, first_year: int, last_year: int) -> int:
    """Print the hours, or `{"problem": ...}` and return 1."""
    try:
        answer = hours_of(name, first_year, last_year)
    except LookupError as error:
        answer = {"problem": error.args[0]}
    except Exception as error:  # noqa: BLE001  # of another library, and told to the parent
        answer = {"problem": f"cannot be computed ({type(error).__name__}: {str(error)[:120]})"}
    sys.stdout.write(json.dumps(answer))
    return 1 if "problem" in answer else 0


def hours_of(name: str, first_year: int, last_year: int) -> dict[str, Any]:
    """Session, time zone, holidays and corrections of all days between that the calendar knows.

    Raises LookupError with what is wrong about `name`.
    """
    known = exchange_calendars.get_calendar_names(include_aliases=True)
    if name not in known:
        raise LookupError(f"is not known{_suggestion(name, known)}")
    kind = exchange_calendars.calendar_utils._default_calendar_factories[
        exchange_calendars.resolve_alias(name)
    ]
    lowest, highest = kind.bound_min(), kind.bound_max()
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    first = first if lowest is None else max(first, lowest.date())
    last = last if highest is None else min(last, highest.date())
    calendar = exchange_calendars.get_calendar(name, start=first.isoformat(), end=last.isoformat())
    schedule = dict(_days(calendar))
    return {"timezone": _zone_name(str(calendar.tz)), **expressed(schedule, first, last)}


def expressed(schedule: Schedule, first: date, last: date) -> dict[str, Any]:
    """The regular week of `schedule`, and in which days from `first` to `last` it is another."""
    week = regular_week(schedule, last)
    holidays: list[str] = []
    corrections: dict[str, list[str]] = defaultdict(list)
    for day in _range(first, last):
        found = schedule.get(day)
        if found == week[_digit(day)]:
            continue
        if found is None:
            holidays.append(f"{day:%Y%m%d}")
        else:
            corrections[found].append(f"{day:%Y%m%d}")
    return {
        "session": _session(week),
        "holidays": ",".join(holidays) or None,
        "corrections": ";".join(f"{hours}:{','.join(days)}" for hours, days in corrections.items()) or None,
    }


def regular_week(schedule: Schedule, last: date) -> dict[str, str | None]:
    """What is most frequent on each day of the week; None where there is mostly no session."""
    seen: dict[str, Counter[str | None]] = defaultdict(Counter)
    for day in _range(last - timedelta(days=PATTERN_DAYS - 1), last):
        seen[_digit(day)][schedule.get(day)] += 1
    return {digit: seen[digit].most_common(1)[0][0] for digit in DAYS}


def _session(week: dict[str, str | None]) -> str:
    groups: dict[str, str] = defaultdict(str)
    for digit, hours in week.items():
        if hours is not None:
            groups[hours] += digit
    return "|".join(hours if days == WORKDAYS else f"{hours}:{days}" for hours, days in groups.items())


def _days(calendar: Any) -> Iterator[tuple[date, str]]:
    schedule, zone = calendar.schedule, calendar.tz
    columns = [schedule[name].dt.tz_convert(zone) for name in ("open", "break_start", "break_end", "close")]
    paused = schedule["break_start"].notna()
    for stamp, pauses, opened, pause, resumed, closed in zip(schedule.index, paused, *columns, strict=True):
        day = stamp.date()
        if pauses:
            yield day, f"{_span(day, opened, pause)},{_span(day, resumed, closed)}"
        else:
            yield day, _span(day, opened, closed)


def _span(day: date, opened: datetime, closed: datetime) -> str:
    """From `opened` to `closed`, in the exchange's zone, of the trading day `day`."""
    start, end = _clock(opened), _clock(closed)
    if (opened.date(), closed.date()) == (day, day) and start < end:
        return f"{start}-{end}"
    if (opened.date(), closed.date()) == (day, day + timedelta(days=1)) and start == end == "0000":
        return "0000-0000"
    days_back = (day - opened.date()).days
    if closed.date() != day or days_back < 1:
        raise ValueError(f"the session {day} from {opened} to {closed} has no session string")
    if days_back == 1:
        return f"{start}-{end}" if start >= end else f"{start}F-{end}"
    return f"{start}F{days_back}-{end}"


def _clock(moment: datetime) -> str:
    if moment.second or moment.microsecond:
        raise ValueError(f"{moment} is not a whole minute")
    return f"{moment:%H%M}"


def _digit(day: date) -> str:
    return DAYS[day.isoweekday() % 7]


def _range(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _zone_name(name: str) -> str:
    return "Etc/UTC" if name == "UTC" else name


def _suggestion(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name.upper(), list(known), n=3)
    return f"; did you mean {' or '.join(near)}?" if near else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
