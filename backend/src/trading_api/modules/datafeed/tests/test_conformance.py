"""This project's own providers under the suite that those of others have to pass."""

from pathlib import Path

import pytest

from trading_api.modules.datafeed.conformance.suite import ProviderConformance, Subject
from trading_api.modules.datafeed.providers.replay.provider import ReplayProvider
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.modules.datafeed.tests.by_hand import EndOfTest, HandClock, HandPacer
from trading_api.modules.datafeed.tests.small_market import write_small_market
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
        replay = ReplayProvider(
            write_small_market(tmp_path), tmp_path / "state", PlaybackClock(), HandPacer(2_000)
        )
        return Subject(replay, ticks=30, ends=(EndOfTest,))
