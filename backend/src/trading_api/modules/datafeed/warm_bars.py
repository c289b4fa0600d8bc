"""Bars that have been asked for and cannot change any more, kept for whoever asks next."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TypeAlias

from trading_api.models.market.bars import Adjustment
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import DAY_MS, Resolution, Unit
from trading_api.modules.datafeed.bars.window import MAX_BARS, BarSlice, BarWindow, choose
from trading_api.modules.datafeed.providers.base import Instrument

MOST_SERIES = 16
_LONGEST_DAYS = {Unit.DAY: 2, Unit.WEEK: 7, Unit.MONTH: 31}
_LATEST_DAYS = 2
"""A day that was not seen live may come into view only when it is over everywhere."""
Key: TypeAlias = tuple[str, Resolution, Adjustment, int]
"""Ticker, resolution, adjustment and how many corporate actions were known."""
Answer: TypeAlias = tuple[Instrument, BarSlice]


@dataclass(frozen=True, slots=True)
class _Series:
    """All bars from the first of `bars` up to but not including `end` (ms UTC), as known at `until`."""

    instrument: Instrument
    bars: BarColumns
    previous: int | None
    end: int
    until: int


class WarmBars:
    """The newest answers by series; whoever learns that a past has changed makes it forget."""

    def __init__(self) -> None:
        self._series: OrderedDict[Key, _Series] = OrderedDict()
        self._lock = Lock()
        self.changes = 0
        """How often something was forgotten; what was read before must not be kept after."""

    def answer(self, key: Key, window: BarWindow, until: int) -> Answer | None:
        """The bars that answer `window`, if all of them are kept."""
        with self._lock:
            series = self._series.get(key)
            if series is None or window.to_ms > series.end or until < series.until:
                return None
            self._series.move_to_end(key)
        start, stop = choose(series.bars.time, window)
        if start == 0 and (stop == 0 or _reaches_back(series, window, stop)):
            return None
        previous = int(series.bars.time[start - 1]) if start else series.previous
        return series.instrument, BarSlice(series.bars.part(start, stop), previous)

    def keep(self, key: Key, window: BarWindow, until: int, answer: Answer, changes: int) -> None:
        """Keep what can be kept of an answer that was read since `changes`, unless more of it is kept."""
        instrument, found = answer
        end = min(window.to_ms, until - _settling_ms(key[1]))
        settled = found.bars.part(0, int(found.bars.time.searchsorted(end, side="left")))
        with self._lock:
            known = self._series.get(key)
            fewer = known is not None and until >= known.until and len(known.bars) > len(settled)
            if not len(settled) or fewer or changes != self.changes:
                return
            self._series[key] = _Series(instrument, settled, found.previous, end, until)
            self._series.move_to_end(key)
            if len(self._series) > MOST_SERIES:
                self._series.popitem(last=False)

    def forget(self, ticker: str | None) -> None:
        """The past of `ticker`, or of all (None), is another one."""
        with self._lock:
            self.changes += 1
            for key in [key for key in self._series if ticker in {None, key[0]}]:
                del self._series[key]


def _reaches_back(series: _Series, window: BarWindow, stop: int) -> bool:
    """Whether bars before the kept ones belong to the answer."""
    if series.previous is None or stop >= MAX_BARS:
        return False
    return window.from_ms <= series.previous or window.count_back > stop


def _settling_ms(resolution: Resolution) -> int:
    """So long after its time a bar is over and its rows are in view."""
    interval = resolution.interval_ms
    length = _LONGEST_DAYS[resolution.unit] * resolution.count * DAY_MS if interval is None else interval
    return length + _LATEST_DAYS * DAY_MS
