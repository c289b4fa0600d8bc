"""The recording of one symbol: what it shows at any moment, and nothing of what comes after."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from trading_api.models.market.status import SymbolState
from trading_api.models.market.ticks import BookLevel, Quote, Trade
from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray, aggregate, join, of_prints
from trading_api.modules.datafeed.bars.resolution import BASES, DAY, DAY_MS, Resolution, stamps
from trading_api.modules.datafeed.providers.base import Book, BookChanged, Instrument
from trading_api.modules.datafeed.providers.replay.minutes import Prints, Tops
from trading_api.modules.datafeed.providers.replay.recorded_book import RecordedBook

QUOTE, TRADE, BOOK = 0, 1, 2
REMEMBERED_NUMBERS = 1 << 14
_NO_TIMES: IntArray = np.zeros(0, dtype=np.int64)
Tick: TypeAlias = Quote | Trade | BookChanged
_SIDES: dict[int, Literal["buy", "sell"] | None] = {1: "buy", -1: "sell", 0: None}


class RecordedSeries:
    """Trades and quotes in memory as columns, and daily bars for the days that have neither.

    `order` gives the recorded order of all events: the kind and row of each. A day that has intraday
    recordings takes its daily bar from them alone, so that a closed bar never changes.
    """

    def __init__(
        self,
        instrument: Instrument,
        prints: Prints,
        tops: Tops,
        daily: BarColumns,
        order: IntArray | None = None,
        book: RecordedBook | None = None,
        book_times: IntArray | None = None,
        actions: Sequence[CorporateAction] = (),
    ) -> None:
        self.instrument = instrument
        self.actions = actions
        self._prints = prints
        self._tops = tops
        self._price, self._size = _Numbers(instrument.price), _Numbers(instrument.size)
        self._book = book
        self._book_times = _NO_TIMES if book_times is None else book_times
        sized = bool(np.any(tops.bid_size) or np.any(tops.ask_size))
        self._top_size: Callable[[int], Decimal | None] = self._size.__getitem__ if sized else _no_size
        self.kinds, self.places = _by_time(prints, tops) if order is None else (order[:, 0], order[:, 1])
        self.times: IntArray = np.select(
            [self.kinds == QUOTE, self.kinds == TRADE],
            [_at(tops.time, self.places), _at(prints.time, self.places)],
            _at(self._book_times, self.places),
        )
        self._charted = prints if instrument.has_trades else _bids(tops)
        self._stamps = {name: stamps(instrument.session, name, self._charted.time) for name in BASES}
        played_days = np.unique(stamps(instrument.session, DAY, self.times))
        kept = np.flatnonzero(~np.isin(daily.time, played_days))
        self._daily = daily.take(kept)

    def rename(self, ticker: str) -> None:
        """Be known under another name."""
        instrument = self.instrument
        self.instrument = replace(instrument, info=instrument.info.model_copy(update={"ticker": ticker}))

    def ticks(self, events: npt.NDArray[np.int32]) -> list[Tick]:
        """The events of these numbers, by the order of time."""
        kinds, rows = self.kinds[events], self.places[events]
        made: dict[int, Iterator[Tick]] = {
            QUOTE: self._quotes(rows[kinds == QUOTE]),
            TRADE: self._trades(rows[kinds == TRADE]),
            BOOK: self._changes(rows[kinds == BOOK]),
        }
        return [next(made[kind]) for kind in kinds.tolist()]

    def quote(self, until: int) -> Quote | None:
        """The last quote at `until`."""
        count = int(np.searchsorted(self._tops.time, until, side="right"))
        return self._quote(count - 1) if count else None

    def trade(self, until: int) -> Trade | None:
        """The last trade at `until`."""
        count = int(np.searchsorted(self._prints.time, until, side="right"))
        return self._trade(count - 1) if count else None

    def trades(self, until: int, limit: int) -> list[Trade]:
        """The last so many trades at `until`, oldest first."""
        count = int(np.searchsorted(self._prints.time, until, side="right"))
        return list(self._trades(np.arange(max(0, count - limit), count)))

    def book(self, until: int, levels: int) -> Book | None:
        """The recorded book, or else the best prices as a book of one level."""
        if self._book is None:
            return _book_of(self.quote(until))
        count = int(np.searchsorted(self._book_times, until, side="right"))
        if count == 0:
            return None
        bids, asks = self._book.best(count, levels)
        return Book(int(self._book_times[count - 1]), self._levels(bids), self._levels(asks))

    def book_problem(self, until: int) -> str | None:
        """Why its book is withheld."""
        if self._book is None:
            return None
        return self._book.problem(int(np.searchsorted(self._book_times, until, side="right")))

    def state(self, until: int) -> SymbolState:
        """Replayed while a session runs in which something has been recorded."""
        if not len(self.times):
            return "end-of-day"
        count = int(np.searchsorted(self.times, until, side="right"))
        if count == 0:
            return "waiting"
        period = self.instrument.session.period(until)
        return "closed" if period is None or self.times[count - 1] < period.open else "replayed"

    def first(self, base: Resolution) -> int | None:
        """Time of the oldest bar."""
        times = [self._stamps[base], self._daily.time if base == DAY else self._daily.time[:0]]
        return min((int(part[0]) for part in times if len(part)), default=None)

    def rows(self, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        """Bars of `base` in [start, stop), with nothing after `until` in them."""
        bars = self._played(base, start, stop, until)
        if base != DAY:
            return bars
        both = self._with_daily(bars, until)
        return both.part(*np.searchsorted(both.time, [start, stop], side="left").tolist())

    def _played(self, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        prints, stamped = self._charted, self._stamps[base]
        first, last = np.searchsorted(stamped, [start, stop], side="left").tolist()
        last = min(last, int(np.searchsorted(prints.time, until, side="right")))
        rows = slice(first, last)
        played = of_prints(prints.time[rows], prints.price[rows], prints.size[rows])
        return aggregate(played, stamped[rows])

    def _with_daily(self, played: BarColumns, until: int) -> BarColumns:
        over = until // DAY_MS * DAY_MS  # days end at 00:00 UTC at the latest, when live series are read anew
        older = self._daily.part(0, int(np.searchsorted(self._daily.time, over, side="left")))
        both = join([older, played])
        return both.take(np.argsort(both.time, kind="stable"))

    def _quote(self, row: int) -> Quote:
        (quote,) = self._quotes(np.array([row]))
        return quote

    def _trade(self, row: int) -> Trade:
        (trade,) = self._trades(np.array([row]))
        return trade

    def _quotes(self, rows: IntArray) -> Iterator[Quote]:
        tops, price, size, ticker = self._tops, self._price, self._top_size, self.instrument.ticker
        columns = (tops.time, tops.bid, tops.ask, tops.bid_size, tops.ask_size)
        for time, bid, ask, bid_size, ask_size in zip(*(c[rows].tolist() for c in columns), strict=True):
            yield Quote(ticker, time, price[bid], price[ask], size(bid_size), size(ask_size))

    def _trades(self, rows: IntArray) -> Iterator[Trade]:
        prints, price, size, ticker = self._prints, self._price, self._size, self.instrument.ticker
        columns = (prints.time, prints.price, prints.size, prints.side)
        for time, at, amount, side in zip(*(c[rows].tolist() for c in columns), strict=True):
            yield Trade(ticker, time, price[at], size[amount], None, _SIDES[side])

    def _changes(self, rows: IntArray) -> Iterator[BookChanged]:
        ticker = self.instrument.ticker
        return (BookChanged(ticker, time) for time in self._book_times[rows].tolist())

    def _levels(self, levels: Sequence[tuple[int, int]]) -> tuple[BookLevel, ...]:
        price, size = self._price, self._size
        return tuple([BookLevel(price[at], size[amount]) for at, amount in levels])


class _Numbers(dict[int, Decimal]):
    """Numbers of units as exact numbers; the same few prices come again and again."""

    def __init__(self, number: Callable[[int], Decimal]) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, units: int) -> Decimal:
        if len(self) >= REMEMBERED_NUMBERS:
            self.clear()
        found = self[units] = self._number(units)
        return found


def _bids(tops: Tops) -> Prints:
    nothing = np.zeros_like(tops.time)
    return Prints(tops.time, tops.bid, nothing, nothing)


def _no_size(_: int) -> None:
    """The recording has none."""


def _book_of(quote: Quote | None) -> Book | None:
    if quote is None or quote.bid_size is None or quote.ask_size is None:
        return None
    bid, ask = BookLevel(quote.bid, quote.bid_size), BookLevel(quote.ask, quote.ask_size)
    return Book(quote.time, (bid,), (ask,))


def _at(column: IntArray, rows: IntArray) -> IntArray:
    """Values at `rows`, some of which belong to another column and may lie outside of this one."""
    if len(column) == 0:
        return np.zeros(len(rows), dtype=np.int64)
    found: IntArray = column[np.minimum(rows, len(column) - 1)]
    return found


def _by_time(prints: Prints, tops: Tops) -> tuple[IntArray, IntArray]:
    """Kind and row of all events by time, a quote before a trade of the same moment."""
    times = np.concatenate([tops.time, prints.time])
    kinds = np.repeat(np.array([QUOTE, TRADE], dtype=np.int64), [len(tops.time), len(prints.time)])
    rows = np.concatenate([np.arange(len(tops.time)), np.arange(len(prints.time))]).astype(np.int64)
    order = np.argsort(times, kind="stable")
    return kinds[order], rows[order]
