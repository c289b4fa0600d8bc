"""Playing a bar of a minute or a second as four moments: open, the nearer extreme, the other, close.

Which extreme comes first is decided once a bar, by the trades if there are any, and holds for trades,
bids and asks alike: then the bid never exceeds the ask, because the extremes of the bid never exceed
those of the ask.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trading_api.modules.datafeed.bars.columns import IntArray

OFFSETS_MS = (0, 20_000, 40_000, 59_999)
OFFSETS_OF_SECOND_MS = (0, 333, 666, 999)


@dataclass(frozen=True, slots=True)
class Prints:
    """Trades, ascending by `time` (ms UTC)."""

    time: IntArray
    price: IntArray
    size: IntArray
    side: IntArray
    """Who took what was offered: 1 a buyer, -1 a seller, 0 where that is not known."""


@dataclass(frozen=True, slots=True)
class Tops:
    """Best bids and asks, ascending by `time` (ms UTC)."""

    time: IntArray
    bid: IntArray
    ask: IntArray
    bid_size: IntArray
    ask_size: IntArray


def play_bars(
    trades: IntArray, quotes: IntArray, offsets: tuple[int, ...] = OFFSETS_MS
) -> tuple[Prints, Tops]:
    """Four moments of each row; `trades` has 6 columns and `quotes` 11, the first being ms UTC."""
    trade_up = _high_first(trades[:, 1], trades[:, 2], trades[:, 3])
    middle = quotes[:, 1:4] + quotes[:, 6:9]
    quote_up = _high_first(middle[:, 0], middle[:, 1], middle[:, 2])
    if len(trades):
        row = np.minimum(np.searchsorted(trades[:, 0], quotes[:, 0]), len(trades) - 1)
        quote_up = np.where(trades[row, 0] == quotes[:, 0], trade_up[row], quote_up)
    return _prints(trades, trade_up, offsets), _tops(quotes, quote_up, offsets)


def _high_first(opened: IntArray, high: IntArray, low: IntArray) -> npt.NDArray[np.bool_]:
    first: npt.NDArray[np.bool_] = high - opened <= opened - low
    return first


def _path(ohlc: IntArray, high_first: npt.NDArray[np.bool_]) -> IntArray:
    """The four prices of each row, one after the other."""
    nearer = np.where(high_first, ohlc[:, 1], ohlc[:, 2])
    other = np.where(high_first, ohlc[:, 2], ohlc[:, 1])
    return np.column_stack([ohlc[:, 0], nearer, other, ohlc[:, 3]]).reshape(-1)


def _times(start: IntArray, offsets: tuple[int, ...]) -> IntArray:
    times: IntArray = (start[:, None] + np.array(offsets, dtype=np.int64)).reshape(-1)
    return times


def _prints(rows: IntArray, high_first: npt.NDArray[np.bool_], offsets: tuple[int, ...]) -> Prints:
    """The volume is divided by four, the remainder goes with the close.

    Of a volume too small for that, prints without a size are left out where the close says the same.
    """
    quarter = rows[:, 5] // 4
    size = np.column_stack([quarter, quarter, quarter, rows[:, 5] - 3 * quarter]).reshape(-1)
    price = _path(rows[:, 1:5], high_first)
    kept = (size > 0) | (price != np.repeat(rows[:, 4], 4)) | (np.repeat(rows[:, 5], 4) == 0)
    return Prints(_times(rows[:, 0], offsets)[kept], price[kept], size[kept], np.zeros_like(size[kept]))


def _tops(rows: IntArray, high_first: npt.NDArray[np.bool_], offsets: tuple[int, ...]) -> Tops:
    """Moments at which a recording has the bid above the ask are left out."""
    bid, ask = _path(rows[:, 1:5], high_first), _path(rows[:, 6:10], high_first)
    kept = bid <= ask
    return Tops(
        _times(rows[:, 0], offsets)[kept],
        bid[kept],
        ask[kept],
        np.repeat(rows[:, 5], 4)[kept],
        np.repeat(rows[:, 10], 4)[kept],
    )
