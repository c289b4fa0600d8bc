"""The suite on the provider that `--provider` names."""

from pathlib import Path

import pytest

from trading_api.modules.datafeed.conformance.suite import ProviderConformance, Subject
from trading_api.modules.datafeed.pacing import WallPacer
from trading_api.modules.datafeed.providers.choice import make_provider
from trading_api.modules.datafeed.providers.context import ProviderContext
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.settings import Settings
from trading_api.shared.clock import PlaybackClock, SystemClock


class TestNamedProvider(ProviderConformance):
    """In real time, with the settings of the environment, in a folder of its own."""

    @pytest.fixture
    def subject(self, pytestconfig: pytest.Config, tmp_path: Path) -> Subject:
        name = str(pytestconfig.getoption("--provider"))
        settings = Settings(market=name)
        clock = PlaybackClock() if name == "replay" else SystemClock()
        context = ProviderContext(settings, clock, WallPacer(), tmp_path, BarStore(settings.store_dir))
        return Subject(make_provider(context), ticks=20, seconds=15)
