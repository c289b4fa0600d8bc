"""Bars of the simulated market, built from the same prints that are played live."""

from functools import lru_cache

import numpy as np

from trading_api.models.market.bars import Resolution
from trading_api.modules.datafeed.bars.columns import BarColumns, aggregate, join, of_prints
from trading_api.modules.datafeed.bars.resolution import DAY_MS, MINUTE_MS, stamps
from trading_api.modules.datafeed.bars.window import MAX_BARS, BarSlice, BarWindow, cut
from trading_api.modules.datafeed.providers.simulated.catalogue import SimulatedInstrument
from trading_api.modules.datafeed.providers.simulated.tape import (
    FIRST_DAY,
    SECONDS,
    DayTape,
    day_tape,
    prints_until,
)
from trading_api.shared.trading_session import TradingSession

_CACHED_TAPES = 3
_CACHED_MINUTE_DAYS = 48
_CACHED_DAYS = 8_000


class SimulatedHistory:
    """One instrument's past. Days are computed when they are first asked for; from any thread."""

    def __init__(self, seed: int, spec: SimulatedInstrument, session: TradingSession, offset_ms: int) -> None:
        self._seed = seed
        self._spec = spec
        self._session = session
        self._offset_ms = offset_ms
        self.tape = lru_cache(maxsize=_CACHED_TAPES)(self._compute_tape)
        self._minutes = lru_cache(maxsize=_CACHED_MINUTE_DAYS)(self._compute_minutes)
        self._day = lru_cache(maxsize=_CACHED_DAYS)(self._compute_day)

    def last_print(self, until: int) -> tuple[int, int] | None:
        """Day and row of the last print at `until`."""
        second = (until - self._offset_ms) // 1000
        day, row = divmod(second, SECONDS)
        return (day, row) if day >= FIRST_DAY else None

    def print_time(self, day: int, row: int) -> int:
        """When print `row` of `day` happens, ms UTC."""
        return day * DAY_MS + row * 1000 + self._offset_ms

    def bars(self, resolution: Resolution, window: BarWindow, until: int) -> BarSlice:
        """The answer to `window` with nothing after `until`."""
        newest = min(until, window.to_ms - 1) // DAY_MS
        parts: list[BarColumns] = []
        found = 0
        for day in range(newest, FIRST_DAY - 1, -1):
            part = self._bars_of_day(resolution, day, until)
            if len(part) == 0:
                continue
            parts.append(part)
            found += int(np.searchsorted(part.time, window.to_ms, side="left"))
            if found > MAX_BARS or (found > window.count_back and part.time[0] < window.from_ms):
                break
        return cut(join(parts[::-1]), window)

    def _bars_of_day(self, resolution: Resolution, day: int, until: int) -> BarColumns:
        count = prints_until(day, self._offset_ms, until)
        if count < SECONDS:
            return self._aggregated(resolution, _minutes(self.tape(day), day, count))
        return self._day(day) if resolution == "1D" else self._aggregated(resolution, self._minutes(day))

    def _aggregated(self, resolution: Resolution, minutes: BarColumns) -> BarColumns:
        if resolution == "1":
            return minutes
        return aggregate(minutes, stamps(self._session, resolution, minutes.time))

    def _compute_tape(self, day: int) -> DayTape:
        return day_tape(self._seed, self._spec, day)

    def _compute_minutes(self, day: int) -> BarColumns:
        return _minutes(self._compute_tape(day), day, SECONDS)

    def _compute_day(self, day: int) -> BarColumns:
        price, size = self._compute_tape(day).columns(SECONDS)
        start = np.full(SECONDS, day * DAY_MS, dtype=np.int64)
        return aggregate(of_prints(start, price, size), start)


def _minutes(tape: DayTape, day: int, count: int) -> BarColumns:
    """Minutes of the first `count` prints; a print belongs to the minute of its second."""
    price, size = tape.columns(count)
    starts = day * DAY_MS + np.arange(count, dtype=np.int64) // 60 * MINUTE_MS
    return aggregate(of_prints(starts, price, size), starts)
