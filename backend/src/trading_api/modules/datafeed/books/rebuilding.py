"""A book out of an exchange's messages: what is emitted never crosses, and never has a gap."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeAlias

from trading_api.modules.datafeed.books.order_book import Level, OrderBook
from trading_api.modules.datafeed.books.sequencing import Place, binance_spot, bitstamp, okx, okx_checksum

MOST_HELD = 10_000
"""Changes that are kept for a snapshot that has yet to come."""
Levels: TypeAlias = tuple[Level[Decimal], ...]


@dataclass(frozen=True, slots=True)
class BookMessage:
    """What an exchange says of one book: the whole of it, or what has changed.

    `number` is the last update in it, `first` the first and `previous` the one before, where it says so.
    """

    symbol: str
    received: int
    time: int | None
    whole: bool
    bids: Levels
    asks: Levels
    number: int | None = None
    first: int | None = None
    previous: int | None = None
    checksum: int | None = None


class Rule(Protocol):
    """How an exchange numbers its changes."""

    def __call__(self, reached: int, message: BookMessage, /) -> Place:
        """Where a change belongs in a book that has reached a number."""


def _of_binance(reached: int, message: BookMessage) -> Place:
    return binance_spot(reached, message.first or 0, message.number or 0)


def _of_bitstamp(reached: int, message: BookMessage) -> Place:
    return bitstamp(reached, message.number or 0)


def _of_okx(reached: int, message: BookMessage) -> Place:
    return okx(reached, message.previous, message.number)


def _of_bitmex(reached: int, message: BookMessage) -> Place:
    return Place.NEXT


RULES: dict[str, Rule] = {
    "BINANCE": _of_binance,
    "BITSTAMP": _of_bitstamp,
    "OKX": _of_okx,
    "BITMEX": _of_bitmex,
}


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What has changed; `whole`: nothing else is in the book any more. Why it is withheld, if it is."""

    bids: Levels
    asks: Levels
    whole: bool = False
    problem: str | None = None


class BookBuilder:
    """One book, as far as its messages prove it.

    Changes that come before the first snapshot, or after a gap, wait for the next one. A change that is
    missing, a wrong checksum, or a bid above an ask: the book is withheld until then, and `problem` says so.
    """

    def __init__(self, rule: Rule) -> None:
        self._rule = rule
        self._held: list[BookMessage] = []
        self._reached: int | None = None
        self.book: OrderBook[Decimal] = OrderBook()
        self.problem: str | None = "No snapshot of its book has come yet."
        self.applied = 0
        self.dropped = 0
        self.checked = 0

    def take(self, message: BookMessage) -> Iterator[Rebuilt]:
        """What follows from one message."""
        if message.whole:
            yield self._begin(message)
        elif self.problem is not None:
            self._hold(message)
        else:
            yield from self._follow(message)

    def _begin(self, message: BookMessage) -> Rebuilt:
        """The snapshot, and what was held and is later than it, as one."""
        held, self._held = self._held, []
        self.problem = None
        self._reached = message.number or 0
        self.book.replace(message.bids, message.asks)
        doubt = self._doubt(message)
        for change in held:
            if doubt is None and self._is_next(change):
                doubt = self._apply(change)
        if doubt is not None:
            return self._withhold(doubt)
        return Rebuilt(tuple(self.book.bids()), tuple(self.book.asks()), whole=True)

    def _follow(self, message: BookMessage) -> Iterator[Rebuilt]:
        if not self._is_next(message):
            if self.problem is not None:
                self._hold(message)
                yield self._withhold(self.problem)
            return
        doubt = self._apply(message)
        yield Rebuilt(message.bids, message.asks) if doubt is None else self._withhold(doubt)

    def _is_next(self, message: BookMessage) -> bool:
        """Whether it is to be applied; a gap is a problem from now on."""
        place = self._rule(self._reached or 0, message)
        if place is Place.OLD:
            self.dropped += 1
        elif place is Place.LATER:
            begins = message.first if message.first is not None else message.previous
            self.problem = f"Its book is withheld: changes from {self._reached} to {begins} are missing."
        return place is Place.NEXT

    def _apply(self, message: BookMessage) -> str | None:
        self.book.apply(message.bids, message.asks)
        self._reached = message.number if message.number is not None else self._reached
        self.applied += 1
        return self._doubt(message)

    def _doubt(self, message: BookMessage) -> str | None:
        if message.checksum is not None:
            self.checked += 1
            found = okx_checksum(self.book.bids(25), self.book.asks(25))
            if found != message.checksum:
                return f"Its book is withheld: the checksum is {found} and not {message.checksum}."
        if self.book.is_crossed:
            return f"Its book is withheld: {self.book.bids(1)[0][0]} is bid above the best ask."
        return None

    def _withhold(self, problem: str) -> Rebuilt:
        self.problem = problem
        self.book.replace((), ())
        return Rebuilt((), (), whole=True, problem=problem)

    def _hold(self, message: BookMessage) -> None:
        self._held.append(message)
        if len(self._held) > MOST_HELD:
            del self._held[0]
