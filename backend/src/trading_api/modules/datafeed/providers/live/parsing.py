"""ccxt's unified messages as this project's values; what is incomplete is None."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

import numpy as np

from trading_api.models.market.ticks import BookLevel, Depth, Quote, Trade
from trading_api.modules.datafeed.bars.columns import BarColumns, no_bars
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.modules.datafeed.providers.live.library import RawBar, RawBook, RawTicker, RawTrade
from trading_api.modules.datafeed.providers.live.listing import units

_KNOWN_LEVELS = 8192
_SIDES: dict[object, Literal["buy", "sell"]] = {"buy": "buy", "sell": "sell"}


@dataclass(frozen=True, slots=True)
class Print:
    """One trade in whole units of its instrument; `id` is the exchange's, where it tells one."""

    time: int
    price: int
    size: int
    id: str | None
    side: Literal["buy", "sell"] | None


def print_of(raw: RawTrade, instrument: Instrument) -> Print | None:
    """A trade; None if it lacks a time, a price or a size."""
    time, price, size = raw.get("timestamp"), raw.get("price"), raw.get("amount")
    if time is None or price is None or size is None:
        return None
    name = raw.get("id")
    return Print(
        int(time),
        units(price, instrument.price_unit),
        units(size, instrument.size_unit),
        None if name is None else str(name),
        _SIDES.get(raw.get("side")),
    )


def trade_of(print_: Print, instrument: Instrument, received: int | None) -> Trade:
    """A print as a trade."""
    price, size = instrument.price(print_.price), instrument.size(print_.size)
    return Trade(instrument.ticker, print_.time, price, size, received, print_.side)


def quote_of(raw: RawTicker, instrument: Instrument, received: int) -> Quote | None:
    """The best prices; None without both, or with the bid above the ask.

    Without a time of the exchange's own it is that of the receipt.
    """
    bid, ask = raw.get("bid"), raw.get("ask")
    if bid is None or ask is None:
        return None
    best_bid, best_ask = units(bid, instrument.price_unit), units(ask, instrument.price_unit)
    if not 0 < best_bid <= best_ask:
        return None
    return Quote(
        instrument.ticker,
        int(raw.get("timestamp") or received),
        instrument.price(best_bid),
        instrument.price(best_ask),
        _size(raw.get("bidVolume"), instrument),
        _size(raw.get("askVolume"), instrument),
        received,
    )


class BookReader:
    """Reads the books of one instrument; levels that have been seen before cost a look-up."""

    def __init__(self, instrument: Instrument) -> None:
        self._instrument = instrument
        self._level = lru_cache(maxsize=_KNOWN_LEVELS)(self._new_level)

    def depth(self, raw: RawBook, received: int) -> Depth | None:
        """The book; None if a side is empty or its sides cross."""
        bids = tuple(self._level(level[0], level[1]) for level in raw["bids"])
        asks = tuple(self._level(level[0], level[1]) for level in raw["asks"])
        if not bids or not asks or bids[0].price >= asks[0].price:
            return None
        return Depth(self._instrument.ticker, int(raw.get("timestamp") or received), bids, asks, received)

    def _new_level(self, price: object, size: object) -> BookLevel:
        instrument = self._instrument
        return BookLevel(
            instrument.price(units(price, instrument.price_unit)),
            instrument.size(units(size, instrument.size_unit)),
        )


def columns_of(raw: Iterable[RawBar], instrument: Instrument) -> BarColumns:
    """Bars, ascending and each once; those without a trade are left out, as everywhere."""
    price, size = instrument.price_unit, instrument.size_unit
    rows: dict[int, Sequence[int]] = {}
    for bar in raw:
        if any(value is None for value in bar[:6]) or not bar[5]:
            continue
        rows[int(bar[0])] = (
            int(bar[0]),
            *(units(value, price) for value in bar[1:5]),
            units(bar[5], size),
        )
    if not rows:
        return no_bars()
    table = np.array([rows[time] for time in sorted(rows)], dtype=np.int64)
    return BarColumns(*(np.ascontiguousarray(table[:, column]) for column in range(6)))


def _size(value: object, instrument: Instrument) -> Decimal | None:
    return None if value is None else instrument.size(units(value, instrument.size_unit))
