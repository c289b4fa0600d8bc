"""This project's own providers under the suite that those of others have to pass."""

from pathlib import Path

import numpy as np
import pytest

from trading_api.modules.datafeed.bars.columns import of_prints
from trading_api.modules.datafeed.bars.resolution import MINUTE
from trading_api.modules.datafeed.conformance.suite import ProviderConformance, Subject
from trading_api.modules.datafeed.providers.choice import make_provider
from trading_api.modules.datafeed.providers.context import ProviderContext
from trading_api.modules.datafeed.providers.replay.provider import ReplayProvider
from trading_api.modules.datafeed.providers.replay.recordings import read_recordings
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.tests.by_hand import EndOfTest, HandClock, HandPacer
from trading_api.modules.datafeed.tests.small_market import write_small_market
from trading_api.settings import Settings
from trading_api.shared.clock import PlaybackClock

NOON = 1_760_011_200_000
"""2025-10-09 12:00 UTC."""


class TestSimulated(ProviderConformance):
    @pytest.fixture
    def subject(self) -> Subject:
        clock = HandClock(NOON)
        return Subject(SimulatedProvider(1, clock, HandPacer(200, clock)), ticks=3_000, ends=(EndOfTest,))


class TestReplay(ProviderConformance):
    @pytest.fixture
    def subject(self, tmp_path: Path) -> Subject:
        root = write_small_market(tmp_path)
        replay = ReplayProvider(
            lambda: read_recordings(root), tmp_path / "state", PlaybackClock(), HandPacer(2_000)
        )
        return Subject(replay, ticks=30, ends=(EndOfTest,))


class TestStored(ProviderConformance):
    @pytest.fixture
    def subject(self, tmp_path: Path) -> Subject:
        store = BarStore(tmp_path / "store")
        minutes = NOON - 60_000 * np.arange(2_000, 0, -1, dtype=np.int64)
        prices = 10_000 + np.arange(2_000, dtype=np.int64) % 7
        symbol = StoredSymbol("HERE", "COIN", price_places=2, size_places=0, calendar="24x7")
        store.write(symbol, MINUTE, of_prints(minutes, prices, np.ones_like(prices)))
        settings = Settings(market="stored", data_dir=tmp_path)
        clock = HandClock(NOON)
        pacer = HandPacer(100, clock)
        return Subject(
            make_provider(ProviderContext(settings, clock, pacer, tmp_path, store)),
            seconds=0.2,
            ends=(EndOfTest,),
        )
