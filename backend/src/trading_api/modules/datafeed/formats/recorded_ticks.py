"""Trades and best prices out of the messages of Binance, Bitstamp, OKX and BitMEX.

Which exchange a message is of shows in its fields. What is neither a trade nor a best price (books,
candles, what answers a subscription) gives nothing.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from trading_api.modules.datafeed.formats import binance
from trading_api.modules.datafeed.formats.binance import PLACES, TickerMessage, TradeMessage
from trading_api.modules.datafeed.formats.reading import RecordingError, scaled
from trading_api.modules.datafeed.formats.recorded_text import RecordedMessage, recorded_messages

Tick: TypeAlias = TradeMessage | TickerMessage
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_MS = 7_258_118_400_000
"""The year 2200."""
_SIDES = {"buy": 1, "sell": -1}


def recorded_ticks(path: Path) -> Iterator[tuple[str, Tick]]:
    """The exchange and the tick, in the order of the file; raises RecordingError for a message that lacks
    what its kind has."""
    for message in recorded_messages(path):
        exchange = exchange_of(message.content)
        for tick in ticks_of(path, message):
            yield exchange or "", tick


def ticks_of(path: Path, message: RecordedMessage) -> Iterator[Tick]:
    """The same of one message of the file."""
    exchange = exchange_of(message.content)
    if exchange is None:
        return
    try:
        for tick in _READERS[exchange](message.received, message.content):
            _check(tick)
            yield tick
    except KeyError as error:
        raise RecordingError(path, message.line, f"lacks the field {error}") from error
    except (ValueError, TypeError, AttributeError, IndexError, OverflowError) as error:
        raise RecordingError(path, message.line, f"is no message of {exchange} ({error})") from error


def exchange_of(content: dict[str, Any]) -> str | None:
    """Which exchange writes such messages; None for what tells nothing of a market."""
    if "stream" in content:
        return "BINANCE"
    if "channel" in content and "event" in content:
        return "BITSTAMP"
    if "arg" in content:
        return "OKX"
    return "BITMEX" if "table" in content else None


def _check(tick: Tick) -> None:
    if not str.isprintable(tick.symbol) or not tick.symbol:
        raise ValueError(f"the symbol {tick.symbol!r}")
    time = tick.trade_time if isinstance(tick, TradeMessage) else tick.time
    if time is not None and not 0 <= time < _LAST_MS:
        raise ValueError(f"the time {time}")
    if isinstance(tick, TradeMessage) and tick.price == 0:
        raise ValueError("a trade at the price 0")


def _binance(received: int, content: dict[str, Any]) -> Iterator[Tick]:
    kind, data = content["stream"].partition("@")[2], content["data"]
    if kind in {"trade", "aggTrade"}:
        yield binance.trade_of(received, data)
    elif kind == "bookTicker":
        yield binance.ticker_of(received, data)


def _bitstamp(received: int, content: dict[str, Any]) -> Iterator[Tick]:
    channel, data = content["channel"], content["data"]
    if content["event"] != "trade" or not channel.startswith("live_trades_"):
        return
    time = int(data["microtimestamp"]) // 1000
    price, size = _units(data["price_str"]), _units(data["amount_str"])
    side = {0: 1, 1: -1}[data["type"]]
    symbol = channel.removeprefix("live_trades_").upper()
    yield TradeMessage(symbol, received, time, time, price, size, side)


def _okx(received: int, content: dict[str, Any]) -> Iterator[Tick]:
    channel, rows = content["arg"]["channel"], content.get("data", ())
    for row in rows if channel == "trades" else ():
        time = int(row["ts"])
        price, size = _units(row["px"]), _units(row["sz"])
        yield TradeMessage(row["instId"], received, time, time, price, size, _SIDES[row["side"]])
    for row in rows if channel == "tickers" else ():
        bid, ask = (_units(row["bidPx"]), _units(row["bidSz"])), (_units(row["askPx"]), _units(row["askSz"]))
        yield TickerMessage(row["instId"], received, *bid, *ask, int(row["ts"]))


def _bitmex(received: int, content: dict[str, Any]) -> Iterator[Tick]:
    table, rows = content["table"], content.get("data", ())
    for row in rows if table == "trade" else ():
        time = _iso_ms(row["timestamp"])
        price, size = _units(row["price"]), _units(row["size"])
        yield TradeMessage(row["symbol"], received, time, time, price, size, _SIDES[row["side"].lower()])
    for row in rows if table == "quote" else ():
        bid, ask = (_price(row, "bid"), _size(row, "bid")), (_price(row, "ask"), _size(row, "ask"))
        yield TickerMessage(row["symbol"], received, *bid, *ask, _iso_ms(row["timestamp"]))


_READERS: dict[str, Callable[[int, dict[str, Any]], Iterator[Tick]]] = {
    "BINANCE": _binance,
    "BITSTAMP": _bitstamp,
    "OKX": _okx,
    "BITMEX": _bitmex,
}


def _price(row: dict[str, Any], side: str) -> int:
    return _units(row.get(f"{side}Price"))


def _size(row: dict[str, Any], side: str) -> int:
    return _units(row.get(f"{side}Size"))


def _units(number: object) -> int:
    """A number of a message, written as text or as a number; 0 for a side that has nothing."""
    return 0 if number is None or number == "" else scaled(str(number), PLACES)


def _iso_ms(text: str) -> int:
    when = datetime.fromisoformat(text)
    return (when.replace(tzinfo=when.tzinfo or UTC) - _EPOCH) // timedelta(milliseconds=1)
