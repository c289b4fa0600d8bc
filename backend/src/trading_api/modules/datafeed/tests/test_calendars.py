"""The hours of exchanges, against the library that they are computed with and the days that were recorded."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import exchange_calendars
import pytest

from trading_api.modules.datafeed.calendars import computing
from trading_api.modules.datafeed.calendars.hours import TradingHours
from trading_api.shared.trading_session import SessionPeriod

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")
"""Of exchange_calendars, which uses what this version of pandas deprecates."""
Spans = list[tuple[int, int]]
FIRST_YEAR, LAST_YEAR = 1970, 2027
EXCHANGES = [
    "XNYS",
    "XNAS",
    "ARCX",
    "XTSE",
    "BVMF",
    "XSGO",
    "CMES",
    "us_futures",
    "IEPA",
    "XCBF",
    "XLON",
    "XETR",
    "XPAR",
    "XSTO",
    "XDUB",
    "XSWX",
    "XIST",
    "XTKS",
    "XHKG",
    "XSHG",
    "XKRX",
    "XBOM",
    "XASX",
    "XNZE",
    "XSAU",
    "24/5",
]
"""Every continent, and each peculiarity that the library has: breaks, overnight sessions, moved openings."""
NOT_COMPUTED = {"XTAE", "XCYS", "ASEX", "XBEL", "XBSE"}
"""Those that this version of the library cannot compute itself."""


def hours(name: str) -> TradingHours:
    found = computing.hours_of(name, FIRST_YEAR, LAST_YEAR)
    return TradingHours(found["session"], found["timezone"], found["holidays"], found["corrections"])


def reference(name: str) -> dict[date, Spans]:
    """What the library says of every day that it knows."""
    calendar = exchange_calendars.get_calendar(name)
    kind = type(calendar)
    lowest, highest = kind.bound_min(), kind.bound_max()
    start = max(date(FIRST_YEAR, 1, 1), date.min if lowest is None else lowest.date())
    end = min(date(LAST_YEAR, 12, 31), date.max if highest is None else highest.date())
    schedule = exchange_calendars.get_calendar(name, start=str(start), end=str(end)).schedule
    days: dict[date, Spans] = {start + timedelta(days=n): [] for n in range((end - start).days + 1)}
    milliseconds = schedule.apply(lambda column: column.astype("datetime64[ms, UTC]").astype("int64"))
    breaks = schedule["break_start"].notna()
    for stamp, row, has_break in zip(schedule.index, milliseconds.itertuples(), breaks, strict=True):
        spans = [(row.open, row.close)]
        if has_break:
            spans = [(row.open, row.break_start), (row.break_end, row.close)]
        days[stamp.date()] = spans
    return days


def spans(periods: tuple[SessionPeriod, ...]) -> Spans:
    return [(period.open, period.close) for period in periods]


@pytest.mark.parametrize("name", EXCHANGES)
def test_every_open_close_and_break_is_that_of_the_calendar(name: str) -> None:
    session = hours(name).trading_session
    expected = reference(name)
    assert len(expected) > 2_000
    wrong = {
        day: spans(session.periods(day)) for day in expected if spans(session.periods(day)) != expected[day]
    }
    assert wrong == {}


def test_every_calendar_of_the_library_has_a_session_string_but_those_that_it_cannot_compute() -> None:
    failed = set()
    for name in exchange_calendars.get_calendar_names(include_aliases=False):
        try:
            found = computing.hours_of(name, 2020, LAST_YEAR)
            assert found["session"], name
        except (ValueError, NotImplementedError):
            failed.add(name)
    assert failed == NOT_COMPUTED


def test_the_days_of_new_york_are_those_that_were_recorded(recordings: Path) -> None:
    """Before 2000 the recorded list has not all half days, such as that of the last day of 1999."""
    text = (recordings / "lean" / "market-hours" / "market-hours-slice.json").read_text(encoding="utf-8")
    recorded = json.loads(text)["entries"]["Equity-usa-[*]"]
    closed = {_american(day) for day in recorded["holidays"]}
    early = {_american(day): hour[:5] for day, hour in recorded["earlyCloses"].items()}
    session, zone = hours("XNYS").trading_session, ZoneInfo("America/New_York")
    differing = []
    for number in range((date(LAST_YEAR, 12, 31) - date(1998, 1, 1)).days + 1):
        day = date(1998, 1, 1) + timedelta(days=number)
        found = [f"{datetime.fromtimestamp(p.close / 1000, zone):%H:%M}" for p in session.periods(day)]
        if found != ([] if day in closed or day.weekday() > 4 else [early.get(day, "16:00")]):
            differing.append(f"{day} {found}")
    assert differing == ["1998-11-27 ['13:00']", "1998-12-24 ['13:00']", "1999-12-31 ['13:00']"]


def _american(text: str) -> date:
    month, day, year = map(int, text.split("/"))
    return date(year, month, day)
