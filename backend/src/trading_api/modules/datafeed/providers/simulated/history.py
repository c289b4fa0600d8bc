"""Bars of the simulated market, built from the same prints that are played live."""

from functools import lru_cache

import numpy as np

from trading_api.modules.datafeed.bars.columns import BarColumns, aggregate, join, of_prints
from trading_api.modules.datafeed.bars.resolution import (
    DAY,
    DAY_MS,
    MINUTE,
    MINUTE_MS,
    SECOND_MS,
    Resolution,
)
from trading_api.modules.datafeed.providers.simulated.catalogue import SimulatedInstrument
from trading_api.modules.datafeed.providers.simulated.tape import (
    FIRST_DAY,
    SECONDS,
    DayTape,
    day_tape,
    prints_until,
)

_CACHED_TAPES = 3
_CACHED_MINUTE_DAYS = 48
_CACHED_DAYS = 8_000


class SimulatedHistory:
    """One instrument's past. Days are computed when they are first asked for; from any thread."""

    def __init__(self, seed: int, spec: SimulatedInstrument, offset_ms: int) -> None:
        self._seed = seed
        self._spec = spec
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

    def rows(self, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        """Bars of `base` in [start, stop), with nothing after `until` in them."""
        newest = min(until, stop - 1) // DAY_MS
        days = range(max(start // DAY_MS, FIRST_DAY), newest + 1)
        rows = join([self._rows_of_day(base, day, until) for day in days])
        return rows.part(*np.searchsorted(rows.time, [start, stop], side="left").tolist())

    def _rows_of_day(self, base: Resolution, day: int, until: int) -> BarColumns:
        count = prints_until(day, self._offset_ms, until)
        if base == DAY:
            return self._day(day) if count == SECONDS else _bars(self.tape(day), day, count, DAY_MS)
        if base == MINUTE:
            return self._minutes(day) if count == SECONDS else _bars(self.tape(day), day, count, MINUTE_MS)
        return _bars(self.tape(day), day, count, SECOND_MS)

    def _compute_tape(self, day: int) -> DayTape:
        return day_tape(self._seed, self._spec, day)

    def _compute_minutes(self, day: int) -> BarColumns:
        return _bars(self._compute_tape(day), day, SECONDS, MINUTE_MS)

    def _compute_day(self, day: int) -> BarColumns:
        return _bars(self._compute_tape(day), day, SECONDS, DAY_MS)


def _bars(tape: DayTape, day: int, count: int, length_ms: int) -> BarColumns:
    """Bars of the first `count` prints; a print belongs to the period of its second."""
    price, size = tape.columns(count)
    moments = day * DAY_MS + np.arange(count, dtype=np.int64) * SECOND_MS
    starts = moments - moments % length_ms
    return aggregate(of_prints(starts, price, size), starts)
