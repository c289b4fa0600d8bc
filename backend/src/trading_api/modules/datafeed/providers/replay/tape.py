"""The events of all recordings in one order of time."""

from collections.abc import Iterator, Sequence

import numpy as np

from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries


class RecordedTape:
    """Sorted by event time; events of one moment keep the order of their own recording."""

    def __init__(self, series: Sequence[RecordedSeries]) -> None:
        self._series = tuple(series)
        counts = [len(one.times) for one in series]
        times = np.concatenate([one.times for one in series])
        order = np.argsort(times, kind="stable")
        self.times: list[int] = times[order].tolist()
        self._owners: list[int] = np.repeat(np.arange(len(counts)), counts)[order].tolist()
        self._kinds: list[int] = np.concatenate([one.kinds for one in series])[order].tolist()
        self._rows: list[int] = np.concatenate([one.places for one in series])[order].tolist()

    def __len__(self) -> int:
        return len(self.times)

    def ticks(self, start: int, stop: int) -> Iterator[Quote | Trade]:
        """Events `start` up to but not including `stop`."""
        for event in range(start, stop):
            yield self._series[self._owners[event]].tick(self._kinds[event], self._rows[event])
