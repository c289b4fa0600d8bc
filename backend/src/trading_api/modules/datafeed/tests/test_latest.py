"""Bounded rates that lose no last value."""

from trading_api.modules.datafeed.latest import LatestValue
from trading_api.modules.datafeed.tests.by_hand import HandTimers


def test_first_at_once_then_at_most_one_an_interval_and_always_the_last() -> None:
    timers, flushed = HandTimers(), []
    latest = LatestValue(lambda: flushed.append(timers.now), 0.1, timers)
    latest.changed()
    latest.changed()
    timers.pass_time(0)
    assert flushed == [0.0]
    latest.changed()
    latest.changed()
    timers.pass_time(0.05)
    assert flushed == [0.0]
    timers.pass_time(0.05)
    assert flushed == [0.0, 0.1]
    timers.pass_time(1)
    assert len(flushed) == 2


def test_stopping_forgets_what_waits() -> None:
    timers, flushed = HandTimers(), []
    latest = LatestValue(lambda: flushed.append(timers.now), 0.1, timers)
    latest.changed()
    assert latest.pending
    latest.stop()
    timers.pass_time(1)
    assert flushed == []
    assert not latest.pending
