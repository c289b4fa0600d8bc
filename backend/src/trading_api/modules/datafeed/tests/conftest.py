"""The recorded markets, for the tests that need them."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from trading_api.modules.datafeed.providers.replay.recordings import read_recordings
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries

REPOSITORY = Path(__file__).parents[6]


@pytest.fixture(scope="session")
def recordings() -> Path:
    """The folder of recordings; the test is skipped where there is none."""
    folder = Path(os.environ.get("TRADING_MARKET_DATA") or REPOSITORY / ".." / "shared" / "data")
    if not (folder / "lean").is_dir():
        pytest.skip(f"no recorded market data in {folder} (set TRADING_MARKET_DATA)")
    return folder


@pytest.fixture(scope="session")
def recorded(recordings: Path) -> dict[str, RecordedSeries]:
    """All recordings by ticker."""
    series: Sequence[RecordedSeries] = read_recordings(recordings)
    return {one.instrument.ticker: one for one in series}
