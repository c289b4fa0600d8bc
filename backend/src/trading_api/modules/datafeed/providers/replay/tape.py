"""The events of all recordings in one order of time, and the playing of them."""

from collections.abc import Collection, Sequence

import numpy as np
import numpy.typing as npt

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.providers.base import Emit, Instrument
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries, Tick

BLOCK = 512
"""So many ticks are made at once: what arrays do for one they do for all of them."""
_NEVER = 2**62


class RecordedTape:
    """Sorted by event time; events of one moment keep the order of their own recording."""

    def __init__(self, series: Sequence[RecordedSeries]) -> None:
        self.series = tuple(series)
        counts = [len(one.times) for one in series]
        times = np.concatenate([one.times for one in series])
        order = np.argsort(times, kind="stable")
        self.times: IntArray = times[order]
        self.first, self.last = int(self.times[0]), int(self.times[-1])
        self._owners = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[order]
        self._events = np.concatenate([np.arange(count, dtype=np.int32) for count in counts])[order]

    def __len__(self) -> int:
        return len(self.times)

    def of(self, tickers: Collection[str]) -> "RecordedTape":
        """The events of these symbols alone."""
        return RecordedTape([one for one in self.series if one.instrument.ticker in tickers])

    def after(self, moment: int) -> int:
        """The first event after `moment`."""
        return int(np.searchsorted(self.times, moment, side="right"))

    def instrument(self, event: int) -> Instrument:
        """Whose event it is."""
        return self.series[int(self._owners[event])].instrument

    def block(self, start: int) -> tuple[list[int], list[Tick]]:
        """Times and ticks from event `start` on, about BLOCK, and all of the last moment among them."""
        stop = min(start + BLOCK, len(self))
        if stop < len(self):
            stop = self.after(int(self.times[stop - 1]))
        owners, events = self._owners[start:stop], self._events[start:stop]
        ticks: list[Tick | None] = [None] * (stop - start)
        for owner in np.unique(owners).tolist():
            places: npt.NDArray[np.intp] = np.flatnonzero(owners == owner)
            for place, tick in zip(places.tolist(), self.series[owner].ticks(events[places]), strict=True):
                ticks[place] = tick
        return self.times[start:stop].tolist(), [tick for tick in ticks if tick is not None]


class Reel:
    """A tape that is played from a moment on."""

    def __init__(self, tape: RecordedTape, position: int) -> None:
        self._tape = tape
        self._start = self._at = 0
        self._times: list[int] = []
        self._ticks: list[Tick] = []
        self._load(tape.after(position))

    @property
    def time(self) -> int | None:
        """When the next event happens; None at the end."""
        time = self._times[self._at]
        return None if time == _NEVER else time

    @property
    def event(self) -> int:
        """The next event."""
        return self._start + self._at

    def play(self, moment: int, emit: Emit) -> int:
        """Emit all events up to `moment`, in order; how many that were."""
        played = 0
        while self._times[self._at] <= moment:
            played += self._play_block(moment, emit)
        return played

    def _play_block(self, moment: int, emit: Emit) -> int:
        times, ticks = self._times, self._ticks
        first = at = self._at
        while times[at] <= moment:
            emit(ticks[at])
            at += 1
        self._at = at
        if at == len(ticks):
            self._load(self._start + at)
        return at - first

    def _load(self, start: int) -> None:
        self._start, self._at = start, 0
        self._times, self._ticks = self._tape.block(start)
        self._times.append(_NEVER)
