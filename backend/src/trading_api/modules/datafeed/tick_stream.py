"""The topic `ticks`: every quote, trade and movement of the clock, in order."""

from collections.abc import Callable, Iterable, Sequence
from heapq import nlargest
from operator import attrgetter
from typing import TypeVar

from trading_api.models.common import WireModel
from trading_api.models.market.ticks import ClockMoved, Depth, MarketTick, Quote, Trade
from trading_api.modules.datafeed.providers.base import Instrument, Provider
from trading_api.shared.ws.topics import Publish, TopicUpdate

TOLD_LEVELS = 25
"""Of each side of a book; no order of a paper account goes deeper."""
MOST_TICKS, MOST_BOOKS = 1_000, 100
"""A snapshot holds so many, the newest: what may wait for a client is bounded, and a market's size is not."""
_Tick = TypeVar("_Tick", Quote, Trade, Quote | Trade, Depth)


class LiveTicks:
    """The ticks of some instruments, each as soon as the provider emits it.

    Delivery is `latest`, and nothing conflates it today: a client gets every tick for as long as it keeps
    up. One that does not is closed (4408), and its next snapshot says how things stand.
    """

    def __init__(
        self,
        provider: Provider,
        instruments: Sequence[Instrument],
        market_time: Callable[[], int],
        publish: Publish,
        *,
        depth: bool = False,
    ) -> None:
        self.hears: tuple[type, ...] = (Quote, Trade)
        self.instruments = instruments
        self._provider = provider
        self._market_time = market_time
        self._publish = publish
        self._depth = depth

    def book_changed(self, symbol: str) -> None:
        """The book of one of the instruments is another one."""
        if self._depth:
            self._publish(TopicUpdate(MarketTick.of(self._book(symbol, self._provider.position()))))

    def tick(self, tick: Quote | Trade) -> None:
        self._publish(TopicUpdate(MarketTick.of(tick)))

    def clock_moved(self, moved: ClockMoved, new_day: bool) -> None:
        self._publish(TopicUpdate(MarketTick.of(moved)))
        if moved.jumped:
            for tick in self._last():
                self._publish(TopicUpdate(tick))

    def begin_anew(self) -> None:
        """Ticks go on from here."""

    def freshness_changed(self) -> None:
        """Silence is no tick."""

    def snapshot(self) -> list[WireModel]:
        """The market's time, and the last quote and the last trade of each instrument that has one.

        Of very many, the newest; `/quotes` answers for the others.
        """
        return [MarketTick.of(ClockMoved(self._market_time())), *self._last()]

    def _last(self) -> list[MarketTick]:
        until = self._provider.position()
        tickers = [each.ticker for each in self.instruments]
        quotes = [self._provider.quote(ticker, until) for ticker in tickers]
        trades = [self._provider.trade(ticker, until) for ticker in tickers]
        with_book = [each.ticker for each in self.instruments if each.has_book and self._depth]
        books = [self._book(ticker, until) for ticker in with_book]
        ticks = _newest((tick for tick in (*quotes, *trades) if tick is not None), MOST_TICKS)
        return [MarketTick.of(tick) for tick in (*ticks, *_newest(books, MOST_BOOKS))]

    def _book(self, ticker: str, until: int) -> Depth:
        """The best levels; none while the book is not known."""
        book = self._provider.book(ticker, until, TOLD_LEVELS)
        if book is None:
            return Depth(ticker, until, (), ())
        return Depth(ticker, book.time, book.bids, book.asks)

    def stop(self) -> None:
        """Nothing is left to stop."""


def _newest(ticks: Iterable[_Tick], most: int) -> list[_Tick]:
    """All of them, as they come, unless there are too many."""
    found = list(ticks)
    return found if len(found) <= most else nlargest(most, found, key=attrgetter("time"))
