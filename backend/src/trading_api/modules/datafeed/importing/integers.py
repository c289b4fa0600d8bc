"""Columns of integers between the rows of a file and what is stored."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray, aggregate
from trading_api.modules.datafeed.formats.lean import CRYPTO_PLACES
from trading_api.modules.datafeed.store.tables import QuoteColumns

LEAST_PLACES = 2


def table_of_rows(rows: Iterable[tuple[int, ...]], width: int) -> IntArray:
    """Rows of `width` integers as a table."""
    found = np.fromiter((number for row in rows for number in row), dtype=np.int64)
    return found.reshape(-1, width)


def fewest_places(known: int | None, prices: IntArray) -> tuple[int, IntArray]:
    """Prices and their decimals: `known`, or as few as prices of `CRYPTO_PLACES` need, at least two."""
    if known is not None:
        return known, prices
    common = int(np.gcd.reduce(prices, axis=None, initial=0))
    places = CRYPTO_PLACES
    while places > LEAST_PLACES and common % 10 == 0:
        common //= 10
        places -= 1
    fewer: IntArray = prices // 10 ** (CRYPTO_PLACES - places)
    return places, fewer


def bars_of(time: IntArray, prices: IntArray, volume: IntArray) -> BarColumns:
    """Bars of a table with the columns open, high, low and close."""
    return BarColumns(time, prices[:, 0], prices[:, 1], prices[:, 2], prices[:, 3], volume)


def present(bars: BarColumns) -> BarColumns:
    """The bars that are not of zeros."""
    return bars.take(np.flatnonzero(bars.close))


def without_volume(bars: BarColumns) -> BarColumns:
    """The same prices."""
    return BarColumns(bars.time, bars.open, bars.high, bars.low, bars.close, np.zeros_like(bars.time))


def built(prints: BarColumns, length_ms: int) -> BarColumns:
    """Bars of a length that divides the day, which is counted in UTC."""
    return aggregate(prints, prints.time // length_ms * length_ms)


def best_prices(
    time: IntArray, bid: IntArray, ask: IntArray, bid_size: IntArray, ask_size: IntArray
) -> tuple[QuoteColumns, int]:
    """What is best after each row, which may tell one side only (0: no news of it).

    Left out are rows before both sides are known, and those with the bid above the ask, which are counted.
    """
    bids, asks = _last_known(bid), _last_known(ask)
    columns = [
        np.where(bids < 0, 0, bid[bids]),
        np.where(asks < 0, 0, ask[asks]),
        np.where(bids < 0, 0, bid_size[bids]),
        np.where(asks < 0, 0, ask_size[asks]),
    ]
    known = (bids >= 0) & (asks >= 0)
    crossed = known & (columns[0] > columns[1])
    kept = known & ~crossed
    return QuoteColumns(time[kept], *(column[kept] for column in columns)), int(np.count_nonzero(crossed))


def _last_known(side: IntArray) -> npt.NDArray[np.intp]:
    """For each row, the last row up to it that tells this side; -1 before the first."""
    rows = np.where(side > 0, np.arange(len(side)), -1)
    found: npt.NDArray[np.intp] = np.maximum.accumulate(rows) if len(rows) else rows
    return found
