"""The recorded changes of one order book, and the book at any moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from threading import Lock

import numpy as np
import numpy.typing as npt

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.books.order_book import Level, OrderBook
from trading_api.modules.datafeed.books.rebuilding import Rebuilt

_NEAR = 1_000
"""A book that is so many changes behind is brought up to date; else it is read from the last whole one on."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """The levels of all changes: those of change n are at [start[n], start[n + 1]), bids before `asks[n]`."""

    start: IntArray
    asks: IntArray
    price: IntArray
    size: IntArray


class RecordedBook:
    """Changes as columns of integers: prices and sizes with `places` decimals. To be read by any thread."""

    def __init__(self, changes: Sequence[Rebuilt], places: int) -> None:
        lengths = [(len(change.bids), len(change.asks)) for change in changes]
        start = np.concatenate([[0], np.cumsum([sum(pair) for pair in lengths])]).astype(np.int64)
        levels = [level for change in changes for side in (change.bids, change.asks) for level in side]
        self._rows = _Rows(
            start,
            start[:-1] + np.array([bids for bids, _ in lengths], dtype=np.int64),
            np.array([_units(price, places) for price, _ in levels], dtype=np.int64),
            np.array([_units(size, places) for _, size in levels], dtype=np.int64),
        )
        self._is_whole: npt.NDArray[np.bool_] = np.array([change.whole for change in changes], dtype=np.bool_)
        self.problems = {row: change.problem for row, change in enumerate(changes) if change.problem}
        self._lock = Lock()
        self._book: OrderBook[int] = OrderBook()
        self._applied = 0

    def __len__(self) -> int:
        return len(self._is_whole)

    def change(self, row: int) -> tuple[list[Level[int]], list[Level[int]]]:
        """Bids and asks of one change."""
        rows = self._rows
        start, asks, stop = int(rows.start[row]), int(rows.asks[row]), int(rows.start[row + 1])
        price, size = rows.price[start:stop].tolist(), rows.size[start:stop].tolist()
        levels = list(zip(price, size, strict=True))
        return levels[: asks - start], levels[asks - start :]

    def best(self, count: int, levels: int | None) -> tuple[list[Level[int]], list[Level[int]]]:
        """The best so many levels of each side, or all, after the first `count` changes."""
        with self._lock:
            self._reach(count)
            return self._book.bids(levels), self._book.asks(levels)

    def problem(self, count: int) -> str | None:
        """Why there is no book after the first `count` changes."""
        if count == 0:
            return None
        return self.problems.get(self._last_whole(count))

    def _reach(self, count: int) -> None:
        if count == 0:
            self._book.replace((), ())
            self._applied = 0
            return
        whole = self._last_whole(count)
        if not whole < self._applied <= count or count - self._applied > _NEAR:
            self._book.replace(*self.change(whole))
            self._applied = whole + 1
        for row in range(self._applied, count):
            self._book.apply(*self.change(row))
        self._applied = count

    def _last_whole(self, count: int) -> int:
        return int(np.flatnonzero(self._is_whole[:count])[-1])


def _units(number: Decimal, places: int) -> int:
    return int(number.scaleb(places))
