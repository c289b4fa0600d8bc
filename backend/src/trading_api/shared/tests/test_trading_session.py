"""Session strings, read as an exchange means them."""

from datetime import UTC, date, datetime

import pytest

from trading_api.shared.trading_session import TradingSession


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


NEW_YORK = TradingSession("0930-1600", "America/New_York", "20131225", "0930-1300:20131224")


@pytest.mark.parametrize(
    ("time", "is_open"),
    [
        ("2013-10-04T13:29:59", False),
        ("2013-10-04T13:30:00", True),
        ("2013-10-04T19:59:59", True),
        ("2013-10-04T20:00:00", False),
        ("2013-10-05T15:00:00", False),
        ("2013-11-04T14:29:59", False),
        ("2013-11-04T14:30:00", True),
        ("2013-12-25T16:00:00", False),
        ("2013-12-24T17:59:59", True),
        ("2013-12-24T18:00:00", False),
    ],
)
def test_hours_follow_the_zone_with_its_summer_time_holidays_and_half_days(time: str, is_open: bool) -> None:
    assert NEW_YORK.is_open(ms(time)) is is_open


def test_a_day_closes_at_the_end_of_the_session_that_runs_or_comes_next() -> None:
    friday_close = ms("2013-10-04T20:00:00")
    assert NEW_YORK.day_close(ms("2013-10-04T12:00:00")) == friday_close
    assert NEW_YORK.day_close(friday_close - 1) == friday_close
    assert NEW_YORK.day_close(friday_close) == ms("2013-10-07T20:00:00")


def test_next_open_is_now_while_open_and_the_opening_otherwise() -> None:
    assert NEW_YORK.next_open(ms("2013-10-04T15:00:00")) == ms("2013-10-04T15:00:00")
    assert NEW_YORK.next_open(ms("2013-10-04T21:00:00")) == ms("2013-10-07T13:30:00")


def test_round_the_clock() -> None:
    session = TradingSession("24x7", "Etc/UTC")
    period = session.period(ms("2024-08-10T12:00:00"))
    assert period is not None
    assert (period.open, period.close) == (ms("2024-08-10T00:00:00"), ms("2024-08-11T00:00:00"))
    assert session.next_open(period.close) == period.close


def test_an_overnight_session_belongs_to_the_day_it_ends() -> None:
    period = TradingSession("1800-1700", "America/New_York").period(ms("2013-10-07T00:00:00"))
    assert period is not None
    assert (period.day, period.open) == (date(2013, 10, 7), ms("2013-10-06T22:00:00"))


def test_breaks_days_and_days_back() -> None:
    tokyo = TradingSession("0900-1130,1230-1500", "Asia/Tokyo")
    assert not tokyo.is_open(ms("2024-01-10T03:00:00"))
    assert tokyo.day_close(ms("2024-01-10T01:00:00")) == ms("2024-01-10T06:00:00")
    mondays = TradingSession("1900F3-1900:2", "Etc/UTC")
    assert mondays.is_open(ms("2024-01-05T19:00:00"))
    assert not mondays.is_open(ms("2024-01-05T18:59:00"))


def test_a_correction_may_have_several_sessions_and_begin_days_before() -> None:
    session = TradingSession(
        "0900-1500",
        "Asia/Tokyo",
        None,
        "0900-1130,1230-1400:20240105,20240109;1800F2-1000:20240110;dayoff:20240111",
    )
    assert [session.periods(date(2024, 1, day)) == () for day in (4, 5, 9, 11)] == [False, False, False, True]
    assert not session.is_open(ms("2024-01-05T02:45:00"))
    assert session.day_close(ms("2024-01-05T01:00:00")) == ms("2024-01-05T05:00:00")
    assert session.periods(date(2024, 1, 10))[0].open == ms("2024-01-08T09:00:00")


def test_days_named_by_digits_outrank_the_group_without() -> None:
    session = TradingSession("0930-1400:3|0930-1600|1000-1200:17", "Etc/UTC")
    hours = [
        sum(p.close - p.open for p in session.periods(date(2024, 1, 7 + n))) // 1_800_000 for n in range(7)
    ]
    assert hours == [4, 13, 9, 13, 13, 13, 4]


def test_hours_keep_their_wall_time_when_the_clocks_change() -> None:
    overnight = TradingSession("1800-1700", "America/New_York")
    spring, autumn = overnight.periods(date(2024, 3, 11))[0], overnight.periods(date(2024, 11, 4))[0]
    assert (spring.open, spring.close) == (ms("2024-03-10T22:00:00"), ms("2024-03-11T21:00:00"))
    assert (autumn.open, autumn.close) == (ms("2024-11-03T23:00:00"), ms("2024-11-04T22:00:00"))
    through = TradingSession("0000-0000:1234567", "America/New_York")
    lengths = [through.periods(day)[0] for day in (date(2024, 3, 10), date(2024, 11, 3))]
    assert [(period.close - period.open) // 3_600_000 for period in lengths] == [23, 25]


@pytest.mark.parametrize(
    ("session", "timezone", "holidays", "corrections", "reason"),
    [
        ("0930-1600:8", "Etc/UTC", None, None, "'0930-1600:8' does not name days"),
        ("0930-1600:", "Etc/UTC", None, None, "does not name days"),
        ("0930-1200,1100-1600", "Etc/UTC", None, None, "overlap"),
        ("1900-1900F", "Etc/UTC", None, None, "ends before it begins"),
        ("0930-1600", "Mars/Base", None, None, "'Mars/Base' is not a time zone"),
        ("0930-1600", "Etc/UTC", "2024-01-01", None, "'2024-01-01' is not a day"),
        ("0930-1600", "Etc/UTC", "20240230", None, "'20240230' is not a day"),
        ("0930-1600", "Etc/UTC", None, "0930-1300:202401", "'202401' is not a day"),
        ("0930-1600", "Etc/UTC", None, "never:20240101", "'never' is not a session"),
    ],
)
def test_wrong_hours_are_refused_by_what_is_wrong(
    session: str, timezone: str, holidays: str | None, corrections: str | None, reason: str
) -> None:
    with pytest.raises(ValueError, match=reason):
        TradingSession(session, timezone, holidays, corrections)


@pytest.mark.parametrize(
    "session", ["0930", "9:30-16:00", "0930-2560", "abcd-efgh", "", "2430-2500", "0930-1600-1700"]
)
def test_what_is_no_session_is_refused(session: str) -> None:
    with pytest.raises(ValueError, match="is not a session"):
        TradingSession(session, "Etc/UTC")


def test_an_exchange_that_never_opens_is_an_error_and_not_a_hang() -> None:
    closed = TradingSession("0930-1600:2", "Etc/UTC", ",".join(f"2024010{day}" for day in range(1, 10)))
    assert closed.next_open(ms("2024-01-02T00:00:00")) == ms("2024-01-15T09:30:00")
