"""The topic `depth`: the book of one symbol once, then what has changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from trading_api.models.common import WireModel
from trading_api.models.market.book_checksum import book_checksum
from trading_api.models.market.quotes import DepthLevel, DepthUpdate
from trading_api.models.market.ticks import BookLevel, ClockMoved, Quote, Trade
from trading_api.modules.datafeed.latest import LatestValue, Timers
from trading_api.modules.datafeed.providers.base import Book, Instrument, Provider
from trading_api.shared.ws.topics import Publish, Snapshot, TopicUpdate

MOST_LEVELS = 10_000
"""Of each side; no exchange streams more."""
_Side: TypeAlias = dict[Decimal, Decimal]
_Level: TypeAlias = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class BookTerms:
    """Under which name a book is told, how much of it, and how many seconds lie between two changes."""

    name: str
    levels: int | None
    interval: float


class LiveDepth:
    """The book as the provider has it, compared with what was said of it last, a few times a second at most.

    Each change carries the checksum of the book after it. Where the past has changed the book is told anew.
    """

    def __init__(
        self,
        provider: Provider,
        instrument: Instrument,
        terms: BookTerms,
        publish: Publish,
        timers: Timers | None,
    ) -> None:
        self.hears: tuple[type, ...] = (Quote,)
        self.instruments = (instrument,)
        self._provider = provider
        self._ticker = instrument.ticker
        self._name = terms.name
        self._levels = terms.levels or MOST_LEVELS
        self._publish = publish
        self._latest = LatestValue(self._send, terms.interval, timers)
        self._is_anew = False
        self._offset = 1
        self._time, self._bids, self._asks = self._read()

    def tick(self, tick: Quote | Trade) -> None:
        """A new best price, which may be all that is known of the book."""
        if isinstance(tick, Quote):
            self._latest.changed()

    def book_changed(self, symbol: str) -> None:
        """Its book is another one."""
        self._latest.changed()

    def clock_moved(self, moved: ClockMoved, new_day: bool) -> None:
        """A book does not change by itself."""

    def freshness_changed(self) -> None:
        """A book says nothing of it."""

    def begin_anew(self) -> None:
        """What was said counts no longer."""
        self._is_anew = True
        self._latest.changed()

    def snapshot(self) -> list[WireModel]:
        """The book as it was published last, from which the next change goes on."""
        return [self._update(self._bids.items(), self._asks.items(), snapshot=True)]

    def state(self) -> Snapshot:
        """The same with its place."""
        return Snapshot(self.snapshot(), offset=self._offset)

    def stop(self) -> None:
        self._latest.stop()

    def _send(self) -> None:
        time, bids, asks = self._read()
        is_anew, self._is_anew = self._is_anew, False
        changed_bids, changed_asks = _changed(self._bids, bids), _changed(self._asks, asks)
        self._time, self._bids, self._asks = time, bids, asks
        if is_anew:
            changed_bids, changed_asks = list(bids.items()), list(asks.items())
        elif not changed_bids and not changed_asks:
            return
        self._offset += 1
        self._publish(
            TopicUpdate(self._update(changed_bids, changed_asks, snapshot=is_anew), offset=self._offset)
        )

    def _read(self) -> tuple[int, _Side, _Side]:
        position = self._provider.position()
        book: Book | None = self._provider.book(self._ticker, position, self._levels)
        if book is None:
            return position, {}, {}
        return book.time, _side(book.bids), _side(book.asks)

    def _update(self, bids: Iterable[_Level], asks: Iterable[_Level], *, snapshot: bool) -> DepthUpdate:
        return DepthUpdate.model_construct(
            offset=self._offset,
            symbol=self._name,
            time=self._time,
            snapshot=snapshot,
            bids=_ascending(bids),
            asks=_ascending(asks),
            checksum=book_checksum(list(self._bids.items()), list(self._asks.items())),
        )


def _side(levels: Sequence[BookLevel]) -> _Side:
    return {level.price: level.size for level in levels}


def _changed(before: _Side, after: _Side) -> list[tuple[Decimal, Decimal]]:
    """Prices with another size, 0 for those that are gone."""
    found = [(price, size) for price, size in after.items() if before.get(price) != size]
    found += [(price, Decimal(0)) for price in before if price not in after]
    return found


def _ascending(levels: Iterable[tuple[Decimal, Decimal]]) -> list[DepthLevel]:
    return [DepthLevel.model_construct(price=price, volume=size) for price, size in sorted(levels)]
