"""Bars as columns of integers, so that thousands of them are built and cut at the speed of arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

IntArray: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BarColumns:
    """Equally long columns, ascending by `time` (ms UTC).

    Prices are multiples of the instrument's price unit and volumes of its size unit.
    """

    time: IntArray
    open: IntArray
    high: IntArray
    low: IntArray
    close: IntArray
    volume: IntArray

    def __len__(self) -> int:
        return len(self.time)

    def part(self, start: int, stop: int) -> "BarColumns":
        """Rows from `start` up to but not including `stop`."""
        return self._picked(slice(start, stop))

    def take(self, rows: npt.NDArray[np.intp]) -> "BarColumns":
        """The given rows, in the given order."""
        return self._picked(rows)

    def _picked(self, rows: "slice | npt.NDArray[np.intp]") -> "BarColumns":
        return BarColumns(
            self.time[rows],
            self.open[rows],
            self.high[rows],
            self.low[rows],
            self.close[rows],
            self.volume[rows],
        )


def of_prints(time: IntArray, price: IntArray, size: IntArray) -> BarColumns:
    """Each print as a bar of its own, ready to be aggregated."""
    return BarColumns(time, price, price, price, price, size)


def no_bars() -> BarColumns:
    """Columns without a row."""
    empty = np.zeros(0, dtype=np.int64)
    return BarColumns(empty, empty, empty, empty, empty, empty)


def join(parts: Sequence[BarColumns]) -> BarColumns:
    """The rows of all parts, in the order of the parts."""
    if not parts:
        return no_bars()
    return BarColumns(
        np.concatenate([part.time for part in parts]),
        np.concatenate([part.open for part in parts]),
        np.concatenate([part.high for part in parts]),
        np.concatenate([part.low for part in parts]),
        np.concatenate([part.close for part in parts]),
        np.concatenate([part.volume for part in parts]),
    )


def aggregate(bars: BarColumns, starts: IntArray) -> BarColumns:
    """One bar for each run of equal values in `starts`, which gives the new bar's time of every row."""
    if len(bars) == 0:
        return bars
    first = np.flatnonzero(np.concatenate([[True], starts[1:] != starts[:-1]]))
    last = np.concatenate([first[1:], [len(bars)]]) - 1
    return BarColumns(
        starts[first],
        bars.open[first],
        np.maximum.reduceat(bars.high, first),
        np.minimum.reduceat(bars.low, first),
        bars.close[last],
        np.add.reduceat(bars.volume, first),
    )
