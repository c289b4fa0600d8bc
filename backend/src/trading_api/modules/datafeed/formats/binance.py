"""Recordings of Binance's spot streams, as the hftbacktest project keeps them.

One message a line: local receive time in ns UTC, a space, the exchange's JSON. Trades carry their own
time. A best-bid-and-ask message (`bookTicker`) carries none: its time is the receive time corrected by
the recorder's clock error, which is the median of trade event time minus receive time, and kept between
the times of the trades before and after it, so that the recorded order stands.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.formats.reading import scaled

PLACES = 8
_NS_PER_MS = 1_000_000


@dataclass(frozen=True, slots=True)
class TradeMessage:
    """One trade; times in ms UTC, numbers times 10**PLACES."""

    symbol: str
    received: int
    event_time: int
    trade_time: int
    price: int
    size: int
    side: int = 0
    """Who took what was offered: 1 a buyer, -1 a seller, 0 unknown."""


@dataclass(frozen=True, slots=True)
class TickerMessage:
    """A new best bid and ask; numbers times 10**PLACES, 0 for a side that has none."""

    symbol: str
    received: int
    bid: int
    bid_size: int
    ask: int
    ask_size: int
    time: int | None = None
    """ms UTC, from exchanges that tell it."""


def trade_of(received: int, data: dict[str, Any]) -> TradeMessage:
    """A message of the stream `trade` or `aggTrade`; raises KeyError, ValueError and TypeError."""
    return TradeMessage(
        data["s"],
        received,
        int(data["E"]),
        int(data["T"]),
        scaled(data["p"], PLACES),
        scaled(data["q"], PLACES),
        0 if "m" not in data else -1 if data["m"] else 1,
    )


def ticker_of(received: int, data: dict[str, Any]) -> TickerMessage:
    """A message of the stream `bookTicker`; raises as above."""
    return TickerMessage(
        data["s"],
        received,
        scaled(data["b"], PLACES),
        scaled(data["B"], PLACES),
        scaled(data["a"], PLACES),
        scaled(data["A"], PLACES),
    )


def event_times(recorded: list[TradeMessage | TickerMessage]) -> IntArray:
    """The event time of each message, ascending; see the module. Without trades, the receive times."""
    received = np.array([message.received for message in recorded], dtype=np.int64)
    errors = [m.event_time - m.received for m in recorded if isinstance(m, TradeMessage)]
    estimate = received + (int(np.median(errors)) if errors else 0)
    exact = [_time_told(message) for message in recorded]
    times = np.array(exact, dtype=np.int64)
    is_told = times >= 0
    earliest = np.maximum.accumulate(np.where(is_told, times, 0))
    far = np.iinfo(np.int64).max
    latest = np.minimum.accumulate(np.where(is_told, times, far)[::-1])[::-1]
    bounded = np.where(is_told, earliest, np.minimum(np.maximum(estimate, earliest), latest))
    result: IntArray = np.maximum.accumulate(bounded)
    return result


def _time_told(message: TradeMessage | TickerMessage) -> int:
    if isinstance(message, TradeMessage):
        return message.trade_time
    return -1 if message.time is None else message.time
