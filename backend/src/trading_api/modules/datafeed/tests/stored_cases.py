"""Rows and symbols for the tests of the store."""

from collections.abc import Mapping, Sequence

import numpy as np

from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import Resolution
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import QuoteColumns, Side, TradeColumns

SPY = StoredSymbol("ARCA", "SPY", price_places=2, size_places=0, type="fund")


def bars_of(prices: Mapping[int, int]) -> BarColumns:
    """Bars by time, each of one price, in the order given."""
    time = np.array(list(prices), dtype=np.int64)
    price = np.array(list(prices.values()), dtype=np.int64)
    return BarColumns(time, price, price, price, price, np.ones(len(time), dtype=np.int64))


def bars_at(times: Sequence[int], price: int) -> BarColumns:
    """Bars of one price."""
    return bars_of(dict.fromkeys(times, price))


def trades_at(times: Sequence[int], prices: Sequence[int]) -> TradeColumns:
    """Trades of size 1, bought and sold by turns."""
    sides = [1 - 2 * (row % 2) for row in range(len(times))]
    time, price, side = (np.array(column, dtype=np.int64) for column in (times, prices, sides))
    return TradeColumns(time, price, np.ones(len(times), dtype=np.int64), side)


def quotes_at(times: Sequence[int], bids: Sequence[int]) -> QuoteColumns:
    """Quotes one unit wide."""
    time, bid = (np.array(column, dtype=np.int64) for column in (times, bids))
    size = np.full(len(times), 3, dtype=np.int64)
    return QuoteColumns(time, bid, bid + 1, size, size)


def everything(
    store: BarStore, symbol: StoredSymbol, base: Resolution, side: Side = Side.TRADE
) -> BarColumns:
    """All bars of a series."""
    return store.rows(symbol.exchange, symbol.ticker, base, 0, 2**60, side)


def rows_of(bars: BarColumns) -> list[tuple[int, int]]:
    """Times and closes."""
    return list(zip(bars.time.tolist(), bars.close.tolist(), strict=True))
