"""Days that are built once are those that are built at each look, and never those of other bars or hours."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.history import read
from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.calendars.hours import ROUND_THE_CLOCK, TradingHours
from trading_api.modules.datafeed.store.built_days import StoredBars, build_days, has_built_days
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.tests.stored_cases import SPY, bars_at

NEW_YORK = TradingHours("1800-1700", "America/New_York", holidays="20131014")
START = 1_380_000_000_000
NAME = ("ARCA", "SPY")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BarStore]:
    opened = BarStore(tmp_path / "store")
    walk = np.random.default_rng(7)
    time = START + np.unique(walk.integers(0, 60 * 24 * 300, 40_000)) * 60_000
    price = 10_000 + np.cumsum(walk.integers(-5, 6, len(time)))
    opened.write(SPY, MINUTE, BarColumns(time, price, price + 3, price - 3, price, price))
    yield opened
    opened.close()


@pytest.mark.parametrize("hours", [NEW_YORK, ROUND_THE_CLOCK])
def test_they_are_those_that_the_engine_builds(store: BarStore, hours: TradingHours) -> None:
    window = BarWindow(0, 2**42, 5_000)
    expected = read(StoredBars(store, SPY), "", hours.trading_session, DAY, window, 2**42).bars
    assert build_days(store, SPY, hours)
    found = store.built_days(*NAME, 0, 2**60)
    assert len(found) > 200
    for name in ("time", "open", "high", "low", "close", "volume"):
        assert getattr(found, name).tolist() == getattr(expected, name).tolist()


def test_they_hold_for_the_bars_and_the_hours_that_they_were_built_of(store: BarStore) -> None:
    assert not has_built_days(store.index(*NAME), NEW_YORK)
    assert build_days(store, SPY, NEW_YORK)
    assert has_built_days(store.index(*NAME), NEW_YORK)
    assert not has_built_days(store.index(*NAME), ROUND_THE_CLOCK)
    assert not build_days(store, SPY, NEW_YORK)
    store.write(SPY, MINUTE, bars_at([START + 400 * 86_400_000], 9_000))
    assert not has_built_days(store.index(*NAME), NEW_YORK)
    assert build_days(store, SPY, NEW_YORK)
    assert store.built_days(*NAME, 0, 2**60).close.tolist()[-1] == 9_000
    store.write(SPY, DAY, bars_at([START // 86_400_000 * 86_400_000], 9_000))
    assert not build_days(store, SPY, NEW_YORK)
    assert not has_built_days(store.index(*NAME), NEW_YORK)
