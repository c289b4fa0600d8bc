"""Which bars answer a request, against a slow and obvious model of the rules."""

import itertools
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_api.modules.datafeed.bars.columns import BarColumns, aggregate, no_bars, of_prints
from trading_api.modules.datafeed.bars.resolution import (
    DAY,
    RESOLUTIONS,
    Resolution,
    Unit,
    parse_resolution,
    period_at,
    stamps,
)
from trading_api.modules.datafeed.bars.window import MAX_BARS, BarWindow, cut
from trading_api.shared.trading_session import TradingSession

TIMES = st.lists(st.integers(0, 500), unique=True, max_size=60).map(sorted)
SESSIONS = [
    TradingSession("24x7", "Etc/UTC"),
    TradingSession("0930-1600", "America/New_York"),
    TradingSession("1700-1600", "America/Chicago"),
    TradingSession("0900-1130,1230-1500", "Asia/Tokyo"),
]


def bars_at(times: list[int]) -> BarColumns:
    column = np.array(times, dtype=np.int64)
    return BarColumns(column, column, column, column, column, column)


def utc(*when: int) -> int:
    return int(datetime(*when, tzinfo=UTC).timestamp()) * 1000  # type: ignore[misc,arg-type]


@given(TIMES, st.integers(0, 520), st.integers(0, 520), st.integers(0, 70))
def test_the_window_and_at_least_count_back_bars(
    times: list[int], first: int, end: int, count_back: int
) -> None:
    answer = cut(bars_at(times), BarWindow(first, end, count_back))
    before_end = [time for time in times if time < end]
    wanted = [time for time in before_end if time >= first]
    if len(wanted) < count_back:
        wanted = before_end[-count_back:]
    assert answer.bars.time.tolist() == wanted
    older = [time for time in before_end if time not in wanted]
    assert answer.previous == (older[-1] if older else None)


@given(TIMES, st.lists(st.integers(0, 520), min_size=2, max_size=6).map(sorted))
def test_pieces_equal_the_whole(times: list[int], borders: list[int]) -> None:
    bars = bars_at(times)
    whole = cut(bars, BarWindow(borders[0], borders[-1])).bars.time.tolist()
    pieces = [
        cut(bars, BarWindow(start, end)).bars.time.tolist() for start, end in itertools.pairwise(borders)
    ]
    assert [time for piece in pieces for time in piece] == whole


def test_an_answer_is_bounded_and_keeps_the_newest() -> None:
    answer = cut(bars_at(list(range(MAX_BARS + 10))), BarWindow(0, MAX_BARS + 10))
    assert len(answer.bars) == MAX_BARS
    assert answer.bars.time[-1] == MAX_BARS + 9
    assert answer.previous == 9


def test_nothing_comes_of_nothing() -> None:
    assert len(aggregate(no_bars(), np.zeros(0, dtype=np.int64))) == 0
    answer = cut(no_bars(), BarWindow(0, 10, 5))
    assert (len(answer.bars), answer.previous) == (0, None)


@pytest.mark.parametrize("session", SESSIONS)
@given(data=st.data())
def test_stamps_of_many_equal_the_periods_of_each(session: TradingSession, data: st.DataObject) -> None:
    begin = utc(2026, 3, 1)
    moments = data.draw(st.lists(st.integers(begin, begin + 20 * 86_400_000), max_size=40).map(sorted))
    moments = [moment for moment in moments if session.is_open(moment)]
    for resolution in RESOLUTIONS:
        each = [period_at(session, resolution, moment) for moment in moments]
        assert stamps(session, resolution, np.array(moments, dtype=np.int64)).tolist() == [
            period.stamp for period in each if period is not None
        ]
        for moment, period in zip(moments, each, strict=True):
            assert period is not None
            assert moment < period.end
            if resolution.interval_ms:
                assert period.stamp <= moment


def test_hours_are_counted_from_the_opening_and_end_with_the_session() -> None:
    session = TradingSession("0930-1600", "America/New_York")
    period = period_at(session, Resolution(60, Unit.MINUTE), utc(2013, 10, 4, 19, 45))
    assert period is not None
    assert (period.stamp, period.end) == (utc(2013, 10, 4, 19, 30), utc(2013, 10, 4, 20, 0))


def test_a_daily_bar_carries_the_day_on_which_the_session_ends() -> None:
    session = TradingSession("1700-1600", "America/Chicago")
    period = period_at(session, DAY, utc(2013, 10, 7, 23, 0))  # Monday 18:00 in Chicago
    assert period is not None
    assert period.stamp == utc(2013, 10, 8)
    assert period_at(session, DAY, utc(2013, 10, 7, 21, 30)) is None


def test_aggregation_takes_first_last_extremes_and_sum() -> None:
    times = np.array([0, 1, 2, 3], dtype=np.int64)
    prices = np.array([5, 9, 2, 4], dtype=np.int64)
    bars = aggregate(of_prints(times, prices, prices), np.array([0, 0, 0, 3], dtype=np.int64))
    assert [c.tolist() for c in (bars.time, bars.open, bars.high, bars.low, bars.close, bars.volume)] == [
        [0, 3],
        [5, 4],
        [9, 4],
        [2, 4],
        [2, 4],
        [16, 4],
    ]


def test_names_of_resolutions() -> None:
    assert parse_resolution("D") == parse_resolution("1D") == DAY
    assert str(parse_resolution("60")) == "60"
    for text in ("", "0", "-1", "1H", "1441", "86401S", "13M", "53W", "367D", "1.5", "１"):
        assert parse_resolution(text) is None
