"""Bars of any resolution out of base bars, beside a slow and obvious model."""

import itertools
from datetime import UTC, date, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trading_api.modules.datafeed.bars.columns import BarColumns, join
from trading_api.modules.datafeed.bars.history import ROWS_AT_ONCE, built_from, reach, read
from trading_api.modules.datafeed.bars.resolution import (
    BASES,
    DAY,
    DAY_MS,
    MINUTE,
    RESOLUTIONS,
    SECOND,
    Resolution,
    parse_resolution,
)
from trading_api.modules.datafeed.bars.window import MAX_BARS, BarSlice, BarWindow
from trading_api.modules.datafeed.tests.history_model import (
    ALL_RESOLUTIONS,
    SESSIONS,
    KnownRows,
    Row,
    answer,
    built,
    columns_of,
    dense,
    markets,
    rows_of,
)
from trading_api.shared.trading_session import TradingSession

FIRST_DAY, LAST_DAY = (
    int(datetime(*day, tzinfo=UTC).timestamp()) * 1000 for day in ((2013, 10, 27), (2020, 1, 1))
)
END_OF_TIME = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp()) * 1000
LATER = LAST_DAY
SOME = st.lists(st.sampled_from(ALL_RESOLUTIONS), min_size=4, max_size=4, unique=True)
MANY = settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def ask(
    source: KnownRows,
    session: TradingSession,
    resolution: Resolution,
    window: BarWindow,
    until: int = LATER,
) -> BarSlice:
    return read(source, "ANY", session, resolution, window, until)


def moments(rows: list[Row]) -> st.SearchStrategy[int]:
    """Times near rows, and any others."""
    anywhere = st.one_of(st.integers(FIRST_DAY, LAST_DAY), st.sampled_from([0, END_OF_TIME]))
    if not rows:
        return anywhere
    shifts = st.sampled_from([-DAY_MS, -1_000, -1, 0, 1, 1_000, 60_000, 3_600_000, DAY_MS])
    return st.one_of(anywhere, st.builds(lambda row, shift: row[0] + shift, st.sampled_from(rows), shifts))


@pytest.mark.parametrize("base", BASES, ids=str)
@pytest.mark.parametrize("name", SESSIONS)
@MANY
@given(data=st.data())
def test_answers_equal_those_of_the_model(name: str, base: Resolution, data: st.DataObject) -> None:
    session = SESSIONS[name]
    rows = data.draw(markets(session, base))
    source = KnownRows({base: columns_of(rows)})
    until = data.draw(st.one_of(st.just(LATER), moments(rows).map(lambda time: min(time, LATER))))
    known = [row for row in rows if row[0] <= until]
    for resolution in data.draw(SOME):
        if BASES.index(resolution.base) < BASES.index(base):
            assert built_from(source, "ANY", resolution) is None
            continue
        bars = built(session, resolution, base, known)
        start, end = sorted([data.draw(moments(rows)), data.draw(moments(rows))])
        window = BarWindow(start, end, data.draw(st.integers(0, 40)))
        found = ask(source, session, resolution, window, until)
        assert (rows_of(found.bars), found.previous) == answer(bars, window), (str(resolution), window)


@pytest.mark.parametrize("base", BASES, ids=str)
@pytest.mark.parametrize("name", SESSIONS)
@settings(parent=MANY, max_examples=4)
@given(data=st.data())
def test_pieces_equal_the_whole(name: str, base: Resolution, data: st.DataObject) -> None:
    session = SESSIONS[name]
    rows = data.draw(markets(session, base))
    source = KnownRows({base: columns_of(rows)})
    borders = sorted(data.draw(st.lists(moments(rows), min_size=3, max_size=6)))
    for resolution in data.draw(SOME):
        if BASES.index(resolution.base) >= BASES.index(base):
            whole = rows_of(ask(source, session, resolution, BarWindow(borders[0], borders[-1])).bars)
            pieces = [
                rows_of(ask(source, session, resolution, BarWindow(start, end)).bars)
                for start, end in itertools.pairwise(borders)
            ]
            assert [row for piece in pieces for row in piece] == whole


@pytest.mark.parametrize("name", SESSIONS)
@settings(parent=MANY, max_examples=4)
@given(data=st.data())
def test_a_chart_that_is_scrolled_to_the_left_sees_every_bar_once_and_comes_to_an_end(
    name: str, data: st.DataObject
) -> None:
    session, base = SESSIONS[name], data.draw(st.sampled_from(BASES))
    rows = data.draw(markets(session, base))
    source = KnownRows({base: columns_of(rows)})
    resolution = data.draw(st.sampled_from([one for one in ALL_RESOLUTIONS if one.base == base]))
    count_back = data.draw(st.integers(0, 9))
    seen: list[Row] = []
    to_ms, steps = END_OF_TIME, 0
    while True:
        span = data.draw(st.sampled_from([1_000, 3_600_000, 5 * DAY_MS, 400 * DAY_MS]))
        found = ask(source, session, resolution, BarWindow(max(to_ms - span, 0), to_ms, count_back))
        part = rows_of(found.bars)
        steps += 1
        if not part and found.previous is None:
            break
        seen = part + seen
        to_ms = part[0][0] if part else found.previous + 1  # type: ignore[operator]
    assert seen == built(session, resolution, base, rows)
    assert steps <= 2 * len(seen) + 2


def test_a_bar_is_the_same_whatever_it_is_built_from() -> None:
    for name, session in SESSIONS.items():
        seconds = dense(session, SECOND, date(2013, 10, 31), 4)
        keep = np.random.default_rng(7).random(len(seconds)) < 0.002
        seconds = seconds.take(np.flatnonzero(keep))
        of_seconds = KnownRows({SECOND: seconds})
        everything = BarWindow(0, int(seconds.time[-1]) + DAY_MS)
        minutes, days = (join_all(ask_all(of_seconds, session, resolution)) for resolution in (MINUTE, DAY))
        of_minutes, of_days = KnownRows({MINUTE: minutes}), KnownRows({DAY: days})
        for resolution in ALL_RESOLUTIONS:
            expected = rows_of(ask(of_seconds, session, resolution, everything).bars)
            for source in (of_minutes, of_days):
                if built_from(source, "ANY", resolution) is not None:
                    found = ask(source, session, resolution, everything)
                    assert rows_of(found.bars) == expected, (name, str(resolution))


def ask_all(source: KnownRows, session: TradingSession, resolution: Resolution) -> list[BarColumns]:
    """Everything, in answers as long as there are, the newest first."""
    parts, to_ms = [], LAST_DAY
    while len(part := ask(source, session, resolution, BarWindow(0, to_ms)).bars):
        parts.append(part)
        to_ms = int(part.time[0])
    return parts


def join_all(parts: list[BarColumns]) -> BarColumns:
    return join(parts[::-1])


@pytest.mark.parametrize("text", ["1S", "1", "7", "60", "240", "720", "1D", "3D", "1W", "1M"])
@pytest.mark.parametrize("name", SESSIONS)
def test_what_is_read_is_in_proportion_to_the_answer(name: str, text: str) -> None:
    session, resolution = SESSIONS[name], parse_resolution(text)
    assert resolution is not None
    days = {SECOND: 3, MINUTE: 60, DAY: 4_000}[resolution.base]
    bars = dense(session, resolution.base, date(2013, 11, 4), days)
    source = KnownRows({resolution.base: bars})
    middle, end = int(bars.time[len(bars) // 2]), int(bars.time[-1]) + 1
    for window in (
        BarWindow(0, END_OF_TIME),
        BarWindow(middle, end),
        BarWindow(end, end, 3),
        BarWindow(middle - 1, middle, 100),
        BarWindow(middle, middle, MAX_BARS),
        BarWindow(end, END_OF_TIME),
    ):
        source.read = source.calls = 0
        found = ask(source, session, resolution, window, end + 3_600_000)
        within = (
            np.searchsorted(bars.time, [int(found.bars.time[0]), int(found.bars.time[-1])]).tolist()
            if len(found.bars)
            else [0, 0]
        )
        assert source.read <= 2 * (within[1] - within[0]) + 10 * longest(resolution) + 200, window
        assert source.calls <= 12


def longest(resolution: Resolution) -> int:
    """Base bars in one bar."""
    return {SECOND: 1, MINUTE: resolution.count, DAY: resolution.about_ms // DAY_MS}[resolution.base]


@pytest.mark.parametrize("text", ["1S", "1", "60", "1D"])
def test_few_bars_far_apart_are_found_with_few_readings(text: str) -> None:
    session, resolution = SESSIONS["always"], parse_resolution(text)
    assert resolution is not None
    week = 7 * DAY_MS
    rows = [(FIRST_DAY // week * week + 4 * DAY_MS + at * week, 1, 1, 1, 1, 1) for at in range(300)]
    source = KnownRows({resolution.base: columns_of(rows)})
    found = ask(source, session, resolution, BarWindow(0, END_OF_TIME, MAX_BARS))
    assert len(found.bars) == len(rows)
    assert source.calls <= {"1S": 400, "1": 20, "60": 20, "1D": 10}[text]


def test_a_year_without_trades_is_passed_quickly_and_little_is_read_behind_it() -> None:
    session = SESSIONS["always"]
    bars = dense(session, MINUTE, date(2013, 1, 1), 300)
    late = (int(bars.time[-1]) + 400 * DAY_MS, 1, 1, 1, 1, 1)
    source = KnownRows({MINUTE: join([bars, columns_of([late])])})
    found = ask(source, session, MINUTE, BarWindow(late[0], END_OF_TIME, 300))
    assert len(found.bars) == 300
    assert source.calls <= 10
    assert source.read <= 8 * ROWS_AT_ONCE


@pytest.mark.parametrize("text", ["240", "12M"])
def test_no_reading_is_longer_than_what_fits_into_memory(text: str) -> None:
    session, resolution = SESSIONS["always"], parse_resolution(text)
    assert resolution is not None
    bars = dense(session, MINUTE, date(2013, 1, 1), 200)

    class Narrow(KnownRows):
        def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
            found = super().rows(ticker, base, start, stop, until)
            assert len(found) <= ROWS_AT_ONCE
            return found

    until = int(bars.time[-1])
    found = ask(Narrow({MINUTE: bars}), session, resolution, BarWindow(0, END_OF_TIME), until)
    assert rows_of(found.bars) == built(session, resolution, MINUTE, rows_of(bars))[-MAX_BARS:]


def test_what_is_fetched_reaches_as_far_as_what_is_read() -> None:
    for name, session in SESSIONS.items():
        for resolution in RESOLUTIONS:
            bars = dense(session, resolution.base, date(2013, 11, 4), 3 if resolution.base == SECOND else 40)
            source = KnownRows({resolution.base: bars})
            until = int(bars.time[-1])
            window = BarWindow(until - 3_600_000, until, 20)
            reached = reach(source, "ANY", session, resolution, window, until)
            assert reached is not None
            base, start, stop = reached
            cut = KnownRows({base: bars.part(*map(int, np.searchsorted(bars.time, [start, stop])))})
            assert rows_of(ask(cut, session, resolution, window, until).bars) == rows_of(
                ask(source, session, resolution, window, until).bars
            ), (name, str(resolution))


def test_a_row_on_a_day_that_the_calendar_calls_closed_belongs_to_its_week() -> None:
    session = TradingSession("0930-1600", "America/New_York", "20131104")
    week = [int(datetime(2013, 11, day, tzinfo=UTC).timestamp()) * 1000 for day in (4, 5, 6)]
    source = KnownRows({DAY: columns_of([(day, 5, 6, 4, 5, 1) for day in week])})
    weekly = parse_resolution("1W")
    assert weekly is not None
    for window in (BarWindow(0, END_OF_TIME), BarWindow(week[1], week[1] + 1), BarWindow(0, week[2], 1)):
        assert rows_of(ask(source, session, weekly, window).bars) == [(week[1], 5, 6, 4, 5, 3)]
