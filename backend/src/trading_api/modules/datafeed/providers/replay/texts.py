"""Recorded websocket texts as series: trades, best prices and books, each at its own time.

`hftbacktest/**/*.gz` and `cryptofeed/EXCHANGE.ws.*`, beside which `EXCHANGE.http.*` holds the snapshots of
books. Where no best prices were recorded, they are those of the book.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np

from trading_api.modules.datafeed.bars.columns import IntArray, no_bars
from trading_api.modules.datafeed.books.rebuilding import RULES, BookBuilder, BookMessage, Rebuilt
from trading_api.modules.datafeed.formats.binance import PLACES, TickerMessage, TradeMessage
from trading_api.modules.datafeed.formats.recorded_books import BookReader, answered_snapshots
from trading_api.modules.datafeed.formats.recorded_text import RecordedMessage, recorded_messages
from trading_api.modules.datafeed.formats.recorded_ticks import exchange_of, ticks_of
from trading_api.modules.datafeed.importing.exchanges import EXCHANGES
from trading_api.modules.datafeed.importing.integers import fewest_places
from trading_api.modules.datafeed.importing.pairs import pair_of
from trading_api.modules.datafeed.providers.replay.listing import HoursOf, instrument_of
from trading_api.modules.datafeed.providers.replay.minutes import Prints, Tops
from trading_api.modules.datafeed.providers.replay.moments import UNTOLD, event_moments
from trading_api.modules.datafeed.providers.replay.recorded_book import RecordedBook
from trading_api.modules.datafeed.providers.replay.series import BOOK, QUOTE, TRADE, RecordedSeries
from trading_api.modules.datafeed.store.errors import NameProblem
from trading_api.modules.datafeed.store.symbols import StoredSymbol, stored_name

_TEXT = re.compile(r"(?P<exchange>[A-Z]+)\.ws\.\d+\.\d+")
_PLAIN_STREAM = re.compile(r"(?P<symbol>[a-z0-9]+)@")

Said: TypeAlias = TradeMessage | TickerMessage | BookMessage


@dataclass(slots=True)
class _Recorded:
    """What was said of one symbol, in recorded order."""

    messages: list[Said] = field(default_factory=list)


def text_series(root: Path, hours: HoursOf) -> Iterator[RecordedSeries]:
    """One series a symbol; raises RecordingError."""
    found: dict[tuple[str, str], _Recorded] = {}
    for path in sorted((root / "hftbacktest").rglob("*.gz")):
        _gather(path, [], found)
    for path in sorted((root / "cryptofeed").glob("*")):
        named = _TEXT.fullmatch(path.name)
        if named is not None:
            answers = sorted(path.parent.glob(f"{named['exchange']}.http.*"))
            _gather(path, [one for answer in answers for one in answered_snapshots(answer)], found)
    for (exchange, symbol), recorded in sorted(found.items()):
        series = _series(exchange, symbol, recorded.messages, hours)
        if series is not None:
            yield series


def _gather(path: Path, snapshots: Sequence[BookMessage], found: dict[tuple[str, str], _Recorded]) -> None:
    """All messages of one file; an answer is put where it came in."""
    reader, exchange = BookReader(path), path.name.partition(".")[0]
    waiting = sorted(snapshots, key=lambda one: one.received)[::-1]
    for recorded in recorded_messages(path):
        exchange = exchange_of(recorded.content) or exchange
        while waiting and waiting[-1].received <= recorded.received:
            _keep(found, exchange, waiting.pop())
        for said in _said(path, reader, recorded):
            _keep(found, exchange, said)
    for answer in reversed(waiting):
        _keep(found, exchange, answer)


def _keep(found: dict[tuple[str, str], _Recorded], exchange: str, said: Said) -> None:
    found.setdefault((exchange, said.symbol), _Recorded()).messages.append(said)


def _said(path: Path, reader: BookReader, recorded: RecordedMessage) -> Iterator[Said]:
    stream = recorded.content.get("stream")
    if isinstance(stream, str) and (named := _PLAIN_STREAM.match(stream)):
        reader.symbol = named["symbol"].upper()
    yield from reader.messages(recorded)
    yield from ticks_of(path, recorded)


def _series(exchange: str, symbol: str, messages: list[Said], hours: HoursOf) -> RecordedSeries | None:
    times = _times(messages)
    builder = BookBuilder(RULES[exchange])
    rows = _Rows(makes_tops=not any(isinstance(one, TickerMessage) for one in messages))
    for when, message in zip(times.tolist(), messages, strict=True):
        if isinstance(message, TradeMessage):
            rows.add_trade(when, message)
        elif isinstance(message, TickerMessage):
            rows.add_top(when, (message.bid, message.ask, message.bid_size, message.ask_size))
        else:
            for change in builder.take(message):
                rows.add_book(when, change, builder)
    return rows.series(exchange, symbol, hours)


def _times(messages: Sequence[Said]) -> IntArray:
    received = np.array([one.received for one in messages], dtype=np.int64)
    traded = [one.trade_time if isinstance(one, TradeMessage) else UNTOLD for one in messages]
    told = [UNTOLD if isinstance(one, TradeMessage) or one.time is None else one.time for one in messages]
    errors = [one.event_time - one.received for one in messages if isinstance(one, TradeMessage)]
    errors = errors or [
        one.time - one.received for one in messages if isinstance(one, BookMessage) and one.time is not None
    ]
    error = int(np.median(errors)) if errors else 0
    return event_moments(received, np.array(traded), np.array(told), error)


class _Rows:
    """Columns that are filled row by row, and the order of them all."""

    def __init__(self, *, makes_tops: bool) -> None:
        self._makes_tops = makes_tops
        self._order: list[tuple[int, int]] = []
        self._trades: list[tuple[int, int, int, int]] = []
        self._tops: list[tuple[int, ...]] = []
        self._changes: list[Rebuilt] = []
        self._change_times: list[int] = []

    def add_trade(self, when: int, message: TradeMessage) -> None:
        if message.price > 0:
            self._order.append((TRADE, len(self._trades)))
            self._trades.append((when, message.price, message.size, message.side))

    def add_top(self, when: int, top: tuple[int, int, int, int]) -> None:
        """Moments at which the bid is above the ask are left out."""
        if 0 < top[0] <= top[1] and (not self._tops or not self._makes_tops or self._tops[-1][1:] != top):
            self._order.append((QUOTE, len(self._tops)))
            self._tops.append((when, *top))

    def add_book(self, when: int, change: Rebuilt, builder: BookBuilder) -> None:
        self._order.append((BOOK, len(self._changes)))
        self._changes.append(change)
        self._change_times.append(when)
        bids, asks = builder.book.bids(1), builder.book.asks(1)
        if self._makes_tops and bids and asks:
            (bid, bid_size), (ask, ask_size) = bids[0], asks[0]
            numbers = [int(number.scaleb(PLACES)) for number in (bid, ask, bid_size, ask_size)]
            self.add_top(when, (numbers[0], numbers[1], numbers[2], numbers[3]))

    def series(self, exchange: str, symbol: str, hours: HoursOf) -> RecordedSeries | None:
        """None for what has neither trades nor best prices, such as a book without a snapshot."""
        if not self._trades and not self._tops:
            return None
        prints = Prints(*_columns(self._trades, 4).T)
        tops = Tops(*_columns(self._tops, 5).T)
        places, _ = fewest_places(None, np.concatenate([prints.price, tops.bid, tops.ask]))
        stored = _symbol(exchange, symbol, places)
        if stored is None:
            return None
        return RecordedSeries(
            replace(instrument_of(stored, hours, price_places=PLACES), has_book=bool(self._changes)),
            prints,
            tops,
            no_bars(),
            order=_columns(self._order, 2),
            book=RecordedBook(self._changes, PLACES) if self._changes else None,
            book_times=np.array(self._change_times, dtype=np.int64),
        )


def _symbol(exchange: str, name: str, places: int) -> StoredSymbol | None:
    try:
        ticker = stored_name(name)
    except NameProblem:
        return None
    base, quote = pair_of(name) if "-" not in name else tuple(name.split("-")[:2])
    customs = EXCHANGES[exchange]
    return StoredSymbol(
        exchange=exchange,
        ticker=ticker,
        price_places=places,
        size_places=PLACES,
        name=ticker,
        description=f"{base} against {quote} at {exchange.capitalize()}",
        type=customs.type,
        calendar=customs.calendar,
        timezone=customs.zone,
        currency=quote,
    )


def _columns(rows: Sequence[tuple[int, ...]], width: int) -> IntArray:
    return np.array(rows, dtype=np.int64).reshape(-1, width)
