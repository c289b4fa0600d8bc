"""Order books out of the messages of Binance, Bitstamp, OKX and BitMEX.

The snapshots of Binance and Bitstamp are answers to requests, which cryptofeed keeps beside the messages in
`BINANCE.http.0.0`, and hftbacktest among them.
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeAlias

from trading_api.modules.datafeed.books.rebuilding import BookMessage, Levels
from trading_api.modules.datafeed.formats.reading import RecordingError, text_lines
from trading_api.modules.datafeed.formats.recorded_text import RecordedMessage

Content: TypeAlias = dict[str, Any]
_ANSWERED = re.compile(r"(?P<url>https?://\S+) -> (?P<seconds>\d{9,11})(?:\.(?P<part>\d+))?: (?P<text>\{.*)")
_SYMBOL_IN_URL = re.compile(r"[?&]symbol=(?P<query>[A-Za-z0-9]+)|/order_book/(?P<place>[a-z0-9]+)")
_UNREADABLE = (ValueError, TypeError, AttributeError, IndexError, InvalidOperation, OverflowError)


class BookReader:
    """Reads the messages of one file; ids of BitMEX mean prices that only earlier messages tell."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.symbol: str | None = None
        """That of snapshots that bear none."""
        self._bitmex: dict[tuple[str, int], tuple[str, Decimal]] = {}

    def messages(self, recorded: RecordedMessage) -> list[BookMessage]:
        """What a message says of books; raises RecordingError for one that lacks what its kind has."""
        try:
            return list(self._read(recorded.received, recorded.content))
        except KeyError as error:
            raise RecordingError(self._path, recorded.line, f"lacks the field {error}") from error
        except _UNREADABLE as error:
            raise RecordingError(self._path, recorded.line, f"is no message of a book ({error})") from error

    def _read(self, received: int, content: Content) -> Iterator[BookMessage]:
        if "lastUpdateId" in content:
            if self.symbol is not None:
                yield _snapshot(self.symbol, received, content)
        elif "stream" in content:
            yield from _binance(received, content)
        elif "channel" in content:
            yield from _bitstamp(received, content)
        elif "arg" in content:
            yield from _okx(received, content)
        elif "table" in content:
            yield from self._of_bitmex(received, content)

    def _of_bitmex(self, received: int, content: Content) -> Iterator[BookMessage]:
        if not content["table"].startswith("orderBookL2"):
            return
        action = content["action"]
        changed: dict[str, dict[str, list[tuple[Decimal, Decimal]]]] = {}
        for row in content["data"]:
            key = (row["symbol"], int(row["id"]))
            if action in {"partial", "insert"}:
                self._bitmex[key] = (row["side"], Decimal(str(row["price"])))
            known = self._bitmex.pop(key, None) if action == "delete" else self._bitmex.get(key)
            if known is None:
                continue  # a change of a level of before the snapshot
            size = Decimal(0) if action == "delete" else Decimal(str(row["size"]))
            sides = changed.setdefault(row["symbol"], {"Buy": [], "Sell": []})
            sides[known[0]].append((known[1], size))
        for symbol, sides in changed.items():
            bids, asks = tuple(sides["Buy"]), tuple(sides["Sell"])
            yield BookMessage(symbol, received, None, action == "partial", bids, asks)


def answered_snapshots(path: Path) -> list[BookMessage]:
    """The books that requests were answered with, as cryptofeed keeps them; raises RecordingError."""
    found = []
    for number, line in text_lines(path):
        answered = _ANSWERED.fullmatch(line)
        named = _SYMBOL_IN_URL.search(answered["url"]) if answered else None
        if answered is None or named is None:
            continue
        received = int(answered["seconds"]) * 1000 + int((answered["part"] or "0").ljust(3, "0")[:3])
        try:
            content = json.loads(answered["text"], parse_float=str)
            found.append(_snapshot((named["query"] or named["place"]).upper(), received, content))
        except KeyError as error:
            raise RecordingError(path, number, f"lacks the field {error}") from error
        except _UNREADABLE as error:
            raise RecordingError(path, number, f"is no answer with a book ({error})") from error
    return found


def _snapshot(symbol: str, received: int, content: Content) -> BookMessage:
    number = int(content.get("lastUpdateId") or content["microtimestamp"])
    return BookMessage(
        symbol, received, None, True, _levels(content["bids"]), _levels(content["asks"]), number
    )


def _binance(received: int, content: Content) -> Iterator[BookMessage]:
    data = content["data"]
    if data.get("e") == "depthUpdate":
        levels = (_levels(data["b"]), _levels(data["a"]))
        yield BookMessage(data["s"], received, int(data["E"]), False, *levels, int(data["u"]), int(data["U"]))


def _bitstamp(received: int, content: Content) -> Iterator[BookMessage]:
    channel, data = content["channel"], content["data"]
    if content["event"] == "data" and channel.startswith("diff_order_book_"):
        micros = int(data["microtimestamp"])
        levels = (_levels(data["bids"]), _levels(data["asks"]))
        symbol = channel.removeprefix("diff_order_book_").upper()
        yield BookMessage(symbol, received, micros // 1000, False, *levels, micros)


def _okx(received: int, content: Content) -> Iterator[BookMessage]:
    if not content["arg"]["channel"].startswith("books"):
        return
    for row in content.get("data", ()):
        yield BookMessage(
            content["arg"]["instId"],
            received,
            int(row["ts"]),
            content["action"] == "snapshot",
            _levels(row["bids"]),
            _levels(row["asks"]),
            row.get("seqId"),
            previous=row.get("prevSeqId"),
            checksum=row.get("checksum"),
        )


def _levels(rows: list[list[str]]) -> Levels:
    return tuple([(Decimal(row[0]), Decimal(row[1])) for row in rows])
