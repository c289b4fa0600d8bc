"""`python -m benchmarks.market_data.ticks`: recorded ticks through the datafeed while nobody reads them.

A replay at speed 0: provider, freshness, bars of eight resolutions, and the hub with each topic held open by
a subscriber to whom nothing is written. Once with the recording as it is, once with its trades alone, each of
which goes into all eight bars. Processor time of one process; medians.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import cast

import numpy as np

from benchmarks.market_data.recorded import SYMBOL, recorded_symbol, recordings
from trading_api.models.market.bars import BarsSubscriptionRequest
from trading_api.models.market.status import ReplayControl
from trading_api.modules.datafeed.bars.columns import no_bars
from trading_api.modules.datafeed.pacing import WallPacer
from trading_api.modules.datafeed.providers.replay.minutes import Tops
from trading_api.modules.datafeed.providers.replay.provider import ReplayProvider
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries
from trading_api.modules.datafeed.service import DatafeedService
from trading_api.modules.datafeed.ws_generated import BARS
from trading_api.shared.clock import PlaybackClock
from trading_api.shared.ws.connection import Connection
from trading_api.shared.ws.hub import Hub, Terms

RESOLUTIONS = ("1S", "5S", "15S", "1", "5", "15", "60", "1D")
ROUNDS = 5
LEAST = 100_000
"""Ticks a second of one core."""


class Nobody:
    """A connection to which nothing is written."""

    close_code: int | None = None

    def put(self, frame: bytes) -> None:
        """One frame."""

    send = put

    async def room(self) -> None:
        """There is always room."""

    def flush(self) -> None:
        """Nothing waits."""

    def close(self, code: int, reason: str) -> None:
        """It stays."""


def main() -> int:
    """Measure and show; 1 if a bar is missed."""
    folder = recordings()
    if folder is None:
        print("ticks: skipped, no recorded market data (set TRADING_MARKET_DATA)")
        return 0
    whole = recorded_symbol(folder)
    rate, alone = median_of(whole), median_of(trades_alone(whole))
    print(
        f"{len(whole.times)} ticks of {SYMBOL}, {len(RESOLUTIONS)} resolutions, medians of {ROUNDS}:"
        f" {rate:,.0f} ticks/s, of its trades alone {alone:,.0f} (at least {LEAST:,} both)"
    )
    return int(min(rate, alone) < LEAST)


def trades_alone(series: RecordedSeries) -> RecordedSeries:
    """The recording as if nothing but trades had been recorded."""
    nothing = np.zeros(0, dtype=np.int64)
    return RecordedSeries(series.instrument, series._prints, Tops(*[nothing] * 5), no_bars())


def median_of(series: RecordedSeries) -> float:
    """Ticks a second."""
    return statistics.median(asyncio.run(measured(series)) for _ in range(ROUNDS))


async def measured(series: RecordedSeries) -> float:
    """One round."""
    clock, started = PlaybackClock(), asyncio.Event()
    with tempfile.TemporaryDirectory() as folder:
        provider = ReplayProvider(
            lambda: [series], Path(folder), clock, WallPacer(), speed=Decimal(0), paused=True
        )
        service = DatafeedService(provider, clock, started)
        async with service.running():
            hub, nobody = Hub(service.streams, {"bars"}), cast(Connection, Nobody())
            for resolution in RESOLUTIONS:
                topic = BARS.topic(BarsSubscriptionRequest(symbol=SYMBOL, resolution=resolution))
                await hub.subscribe(nobody, topic, Terms(), None)
            started.set()
            began = time.process_time()
            provider.replay.change(ReplayControl(playing=True))
            while not provider.replay.state().finished:  # noqa: ASYNC110  # what is measured sets no event
                await asyncio.sleep(0.01)
            return len(series.times) / (time.process_time() - began)


if __name__ == "__main__":
    sys.exit(main())
