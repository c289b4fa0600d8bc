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


@pytest.mark.parametrize("session", ["0930", "9:30-16:00", "0930-2560", "abcd-efgh"])
def test_what_is_no_session_is_refused(session: str) -> None:
    with pytest.raises(ValueError, match="is not a session"):
        TradingSession(session, "Etc/UTC")


def test_an_exchange_that_never_opens_is_an_error_and_not_a_hang() -> None:
    closed = TradingSession("0930-1600:2", "Etc/UTC", ",".join(f"2024010{day}" for day in range(1, 10)))
    assert closed.next_open(ms("2024-01-02T00:00:00")) == ms("2024-01-15T09:30:00")
