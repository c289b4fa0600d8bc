"""When silence means that data is stale: against a reckoning minute by minute, and on days that matter."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeAlias

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trading_api.modules.datafeed.freshness import Freshness, Watch
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.modules.datafeed.providers.simulated.catalogue import CATALOGUE
from trading_api.shared.trading_session import TradingSession

Hours: TypeAlias = tuple[str, str, str | None, str | None]
MINUTE = 60_000
NEW_YORK: Hours = ("0930-1600", "America/New_York", "20241225,20241128", "0930-1300:20241224,20241129")
TOKYO: Hours = ("0900-1130,1230-1530", "Asia/Tokyo", None, None)
CHICAGO: Hours = ("1700-1600", "America/Chicago", "20241225", "1700-1215:20241224")
ALWAYS: Hours = ("24x7", "Etc/UTC", None, None)


def ms(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def instrument(hours: Hours = NEW_YORK, stale_after_ms: int | None = None) -> Instrument:
    found = CATALOGUE[0].instrument()
    info = found.info.model_copy(update={"ticker": "SPY"})
    return replace(found, info=info, session=TradingSession(*hours), stale_after_ms=stale_after_ms)


def state_at(moment: str, heard: str | None, hours: Hours = NEW_YORK) -> str:
    """The state of a live symbol, followed for a month, that was heard once."""
    watch = Watch("live")
    at = None if heard is None else ms(heard)
    watch.follow(instrument(hours), ms(moment) - 30 * 86_400_000, at, at)
    watch.look(ms(moment))
    found = watch.freshness("SPY")
    assert found is not None
    return found.value


@pytest.mark.parametrize(
    ("moment", "heard", "expected"),
    [
        ("2024-12-23T15:00:30", "2024-12-23T15:00:00", "fresh"),
        ("2024-12-23T15:00:30.001", "2024-12-23T15:00:00", "stale"),
        ("2024-12-23T21:00:00", "2024-12-23T15:00:00", "closed"),  # the session has ended
        ("2024-12-24T14:29:59", "2024-12-23T20:59:59", "closed"),  # not yet open
        ("2024-12-24T14:30:00", "2024-12-23T20:59:59", "waiting"),  # silence counts from the opening
        ("2024-12-24T14:30:30", "2024-12-23T20:59:59", "waiting"),
        ("2024-12-24T14:30:31", "2024-12-23T20:59:59", "stale"),
        ("2024-12-24T14:30:31", "2024-12-24T14:30:01", "fresh"),
        ("2024-12-24T17:59:59", "2024-12-24T17:59:40", "fresh"),
        ("2024-12-24T18:00:00", "2024-12-24T17:00:00", "closed"),  # a half day
        ("2024-12-25T15:00:00", "2024-12-24T17:59:59", "closed"),  # a holiday
        ("2024-12-28T15:00:00", "2024-12-27T20:59:59", "closed"),  # a weekend
        ("2024-12-30T14:31:00", "2024-12-27T20:59:59", "stale"),  # Monday, and nothing comes
        ("2024-12-23T15:00:00", None, "stale"),
    ],
)
def test_silence_counts_from_the_opening_and_never_while_the_exchange_is_closed(
    moment: str, heard: str | None, expected: str
) -> None:
    assert state_at(moment, heard) == expected


@pytest.mark.parametrize(
    ("moment", "heard", "hours", "expected"),
    [
        ("2024-12-23T02:45:00", "2024-12-23T02:29:59", TOKYO, "closed"),  # the lunch break
        ("2024-12-23T03:30:10", "2024-12-23T02:29:59", TOKYO, "waiting"),
        ("2024-12-23T03:30:31", "2024-12-23T02:29:59", TOKYO, "stale"),
        ("2024-12-25T00:00:10", "2024-12-24T23:59:50", ALWAYS, "fresh"),  # midnight is no opening
        ("2024-12-25T00:00:21", "2024-12-24T23:59:50", ALWAYS, "stale"),
        ("2024-12-29T12:00:00", "2024-12-29T11:00:00", ALWAYS, "stale"),  # it has no weekend
        ("2024-12-23T22:30:00", "2024-12-23T21:59:50", CHICAGO, "closed"),  # the daily halt
        ("2024-12-24T18:20:00", "2024-12-24T18:14:50", CHICAGO, "closed"),  # a half day
        ("2024-12-25T23:00:10", "2024-12-24T18:14:50", CHICAGO, "waiting"),  # and Christmas until the evening
    ],
)
def test_breaks_halts_and_midnight(moment: str, heard: str, hours: Hours, expected: str) -> None:
    assert state_at(moment, heard, hours) == expected


def test_what_changed_is_told_once_by_looking_and_at_once_by_hearing() -> None:
    watch, now = Watch("live"), ms("2024-12-23T15:00:00")
    watch.follow(instrument(), now)
    assert watch.freshness("SPY") is Freshness.WAITING
    assert watch.heard("SPY", now + 90, now + 100)
    assert not watch.heard("SPY", now + 190, now + 200)
    assert watch.look(now + 30_200) == []
    assert watch.look(now + 30_201) == ["SPY"]
    assert watch.look(now + 40_000) == []
    assert watch.freshness("SPY") is Freshness.STALE
    assert watch.heard("SPY", now + 50_000, now + 50_010)
    assert watch.freshness("SPY") is Freshness.FRESH
    assert watch.last("SPY") == (now + 50_000, now + 50_010)
    assert watch.look(ms("2024-12-23T21:00:00")) == ["SPY"]
    assert watch.freshness("SPY") is Freshness.CLOSED


def test_the_limit_is_the_symbols_else_the_settings_else_that_of_the_kind() -> None:
    assert Watch("live").limit_of(instrument()) == 30_000
    assert Watch("replayed").limit_of(instrument()) == 300_000
    assert Watch("live", 5_000).limit_of(instrument()) == 5_000
    assert Watch("live", 5_000).limit_of(instrument(stale_after_ms=7_000)) == 7_000
    assert Watch("end-of-day", 5_000).limit_of(instrument(stale_after_ms=7_000)) is None


def test_what_comes_once_a_day_is_never_stale() -> None:
    watch = Watch("end-of-day")
    watch.follow(instrument(), ms("2024-12-23T15:00:00"))
    assert watch.look(ms("2024-12-23T20:59:59")) == []
    assert watch.freshness("SPY") is Freshness.FRESH
    assert watch.look(ms("2024-12-25T15:00:00")) == ["SPY"]
    assert watch.freshness("SPY") is Freshness.CLOSED


def test_what_is_not_followed_is_not_known() -> None:
    watch, now = Watch("live"), ms("2024-12-23T15:00:00")
    assert not watch.heard("SPY", now, now)
    watch.follow(instrument(), now)
    assert (watch.follows("SPY"), list(watch.followed)) == (True, ["SPY"])
    watch.unfollow("SPY")
    assert (watch.freshness("SPY"), watch.last("SPY")) == (None, (None, None))
    assert watch.look(now + 100_000) == []


def test_following_anew_forgets_what_was_heard_in_a_time_that_has_not_come_yet() -> None:
    watch, now = Watch("replayed"), ms("2024-12-23T15:00:00")
    watch.follow(instrument(), now)
    watch.heard("SPY", now + MINUTE, now + MINUTE)
    earlier = ms("2024-12-20T15:00:00")
    watch.follow(instrument(), earlier)
    assert watch.freshness("SPY") is Freshness.WAITING
    assert watch.look(earlier + 300_001) == ["SPY"]


def test_a_symbol_that_comes_and_goes_leaves_nothing_behind() -> None:
    watch, now = Watch("live"), ms("2024-12-23T15:00:00")
    watch.follow(instrument(), now)
    for _ in range(500):
        watch.heard("SPY", now, now)
        watch.look(now + 30_001)
        now += 30_010
    assert len(watch._due) <= 66


def reference(session: TradingSession, limit: int, since: int, heard: list[int], now: int) -> Freshness:
    """Minute by minute: how long has it been open and silent?"""
    if not session.is_open(now):
        return Freshness.CLOSED
    last = max((at for at in heard if at <= now), default=None)
    silent, moment = 0, now
    while session.is_open(moment - 1) and moment > since and moment != last and silent <= limit:
        moment -= MINUTE
        silent += MINUTE
    if silent > limit:
        return Freshness.STALE
    return Freshness.FRESH if moment == last else Freshness.WAITING


SESSIONS = {hours: TradingSession(*hours) for hours in (NEW_YORK, TOKYO, CHICAGO, ALWAYS)}
START = ms("2024-12-23T12:00:00")


@settings(deadline=None, max_examples=150)
@example(hours=ALWAYS, limit=1, steps=[(721, False)])
@given(
    hours=st.sampled_from(list(SESSIONS)),
    limit=st.integers(1, 300),
    steps=st.lists(st.tuples(st.integers(0, 900), st.booleans()), max_size=30),
)
def test_any_mixture_of_silence_and_data_is_judged_as_by_counting(
    hours: Hours, limit: int, steps: list[tuple[int, bool]]
) -> None:
    watch, now = Watch("live", limit * MINUTE), START
    watch.follow(instrument(hours), now)
    told, heard = watch.freshness("SPY"), list[int]()
    for minutes, comes in steps:
        now += minutes * MINUTE
        changed = watch.look(now)
        assert watch.freshness("SPY") is reference(SESSIONS[hours], limit * MINUTE, START, heard, now)
        assert changed == (["SPY"] if watch.freshness("SPY") is not told else [])
        told = watch.freshness("SPY")
        if comes:
            heard.append(now)
            assert watch.heard("SPY", now, now) == (watch.freshness("SPY") is not told)
            told = watch.freshness("SPY")
            assert told is reference(SESSIONS[hours], limit * MINUTE, START, heard, now)
