"""The kinds of rows that are stored, and their columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray
from trading_api.modules.datafeed.bars.resolution import Resolution

Columns: TypeAlias = Mapping[str, IntArray]
"""Equally long columns by name, ascending by `time` (ms UTC)."""


class Side(StrEnum):
    """Of which prices bars are: those of trades, or of the best bids or asks."""

    TRADE = "trade"
    BID = "bid"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class TradeColumns:
    """Trades in recorded order, ascending by `time` (ms UTC).

    `price` and `size` are in the units of the symbol; `side` is who took what was offered: 1 a buyer,
    -1 a seller, 0 where that is not known.
    """

    time: IntArray
    price: IntArray
    size: IntArray
    side: IntArray

    def __len__(self) -> int:
        return len(self.time)


@dataclass(frozen=True, slots=True)
class QuoteColumns:
    """Best prices in recorded order, ascending by `time` (ms UTC); 0 where a side has none."""

    time: IntArray
    bid: IntArray
    ask: IntArray
    bid_size: IntArray
    ask_size: IntArray

    def __len__(self) -> int:
        return len(self.time)


class Scale(StrEnum):
    """In which units a column counts."""

    WHOLE = "whole"
    PRICE = "price"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Places:
    """Decimals of prices and sizes; a unit is one of the last."""

    price: int
    size: int

    def of(self, scale: Scale) -> int:
        """Those of a column."""
        return {Scale.PRICE: self.price, Scale.SIZE: self.size}.get(scale, 0)


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of rows: its columns after `time`, and whether a time has one row at most."""

    columns: Mapping[str, Scale]
    unique: bool


_PRICES = dict.fromkeys(("open", "high", "low", "close"), Scale.PRICE)
BARS = Table({**_PRICES, "volume": Scale.SIZE}, unique=True)
TRADES = Table({"price": Scale.PRICE, "size": Scale.SIZE, "side": Scale.WHOLE}, unique=False)
QUOTES = Table(
    {"bid": Scale.PRICE, "ask": Scale.PRICE, "bid_size": Scale.SIZE, "ask_size": Scale.SIZE}, unique=False
)
TRADE_SERIES = "ticks/trades"
QUOTE_SERIES = "ticks/quotes"
BUILT_DAYS = "1D-built"
"""Daily bars made of the bars within the days, so that years of them need not be read."""


def bar_series(base: Resolution, side: Side = Side.TRADE) -> str:
    """Name of a series of bars, which is that of its folder as well."""
    return str(base) if side is Side.TRADE else f"{base}-{side}"


def table_of(series: str) -> Table:
    """The kind of rows of a series."""
    return {TRADE_SERIES: TRADES, QUOTE_SERIES: QUOTES}.get(series, BARS)


def columns_of(rows: BarColumns | TradeColumns | QuoteColumns) -> dict[str, IntArray]:
    """The columns by name."""
    return {name: getattr(rows, name) for name in type(rows).__slots__}
