"""Answers out of the bars that are kept are those that would have been read."""

import asyncio

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trading_api.modules.datafeed.adjusted_history import AdjustedHistory
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import DAY_MS, Resolution
from trading_api.modules.datafeed.bars.window import BarSlice, BarWindow
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.modules.datafeed.requests import resolution_of
from trading_api.modules.datafeed.tests.by_hand import HandClock, HandPacer

START = 1_740_000_000_000
NOW = START + 40 * DAY_MS


class Counting(SimulatedProvider):
    """A market that counts how often its rows are read."""

    reads = 0

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        self.reads += 1
        return super().rows(ticker, base, start, stop, until)


class Market:
    """A simulated market whose time a test sets, and its history with and without what is kept."""

    def __init__(self) -> None:
        self.clock = HandClock(NOW)
        self.provider = Counting(1, self.clock, HandPacer(0))
        self.provider.load()
        self.history = AdjustedHistory(self.provider)
        self.instrument: Instrument = self.provider.instruments()[0]

    async def asked(self, resolution: str, window: BarWindow) -> BarSlice:
        return (await self.history.bars(self.instrument, resolution_of(resolution), window))[1]

    def read(self, resolution: str, window: BarWindow) -> BarSlice:
        until = self.provider.position()
        return self.history.read(self.instrument, resolution_of(resolution), window, until)[1]


def same(one: BarSlice, other: BarSlice) -> bool:
    names = ("time", "open", "high", "low", "close", "volume")
    columns = (np.array_equal(getattr(one.bars, name), getattr(other.bars, name)) for name in names)
    return all(columns) and one.previous == other.previous


moments = st.integers(-2 * 1440, 45 * 1440).map(lambda minute: START + minute * 60_000)
windows = st.builds(
    lambda one, other, count: BarWindow(min(one, other), max(one, other) + 60_000, count),
    moments,
    moments,
    st.sampled_from([0, 0, 1, 7, 300]),
)
steps = st.lists(
    st.tuples(st.sampled_from(["60", "1D", "1W"]), windows, st.integers(-3, 6)), min_size=2, max_size=8
)


@given(steps)
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_asked_in_whatever_order(asked: list[tuple[str, BarWindow, int]]) -> None:
    market = Market()

    async def ask() -> None:
        for resolution, window, days in asked:
            market.clock.now += days * DAY_MS  # also backwards, as a replay jumps
            assert same(await market.asked(resolution, window), market.read(resolution, window))

    asyncio.run(ask())


async def test_the_settled_past_is_read_once() -> None:
    market = Market()
    window = BarWindow(NOW - 20 * DAY_MS, NOW - 10 * DAY_MS)
    first = await market.asked("60", window)
    reads = market.provider.reads
    assert same(await market.asked("60", window), first)
    inner = BarWindow(NOW - 15 * DAY_MS, NOW - 12 * DAY_MS, 10)
    assert len((await market.asked("60", inner)).bars) == 72
    assert market.provider.reads == reads
    await market.asked("60", BarWindow(NOW - 21 * DAY_MS, NOW - 12 * DAY_MS))
    assert market.provider.reads > reads


async def test_what_may_still_change_is_read_again() -> None:
    market = Market()
    window = BarWindow(NOW - 10 * DAY_MS, NOW + DAY_MS)
    before = await market.asked("60", window)
    market.clock.now += 3_600_000
    after = await market.asked("60", window)
    assert len(after.bars) == len(before.bars) + 1
    assert same(after, market.read("60", window))


async def test_a_past_that_has_changed_is_forgotten() -> None:
    market = Market()
    window = BarWindow(NOW - 20 * DAY_MS, NOW - 10 * DAY_MS)
    await market.asked("60", window)
    reads = market.provider.reads
    market.history.forget("nobody")
    await market.asked("60", window)
    assert market.provider.reads == reads
    for ticker in (market.instrument.ticker, None):
        market.history.forget(ticker)
        await market.asked("60", window)
        assert market.provider.reads > reads
        reads = market.provider.reads
