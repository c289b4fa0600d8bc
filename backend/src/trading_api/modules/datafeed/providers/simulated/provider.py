"""The simulated market as a provider: prices on demand for any past moment, and a tape in real time."""

import asyncio
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import count

from trading_api.models.market.status import SymbolState
from trading_api.models.market.ticks import BookLevel, ClockMoved, Quote, Trade
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import DAY_MS, Resolution
from trading_api.modules.datafeed.pacing import Pacer
from trading_api.modules.datafeed.providers.base import (
    BaseProvider,
    Book,
    DataKind,
    Emit,
    Instrument,
)
from trading_api.modules.datafeed.providers.simulated.catalogue import CATALOGUE, SimulatedInstrument
from trading_api.modules.datafeed.providers.simulated.history import SimulatedHistory
from trading_api.modules.datafeed.providers.simulated.tape import FIRST_DAY, generator
from trading_api.shared.clock import Clock

BOOK_LEVELS = 10


class _Listed:
    """One instrument with its behaviour and its past."""

    def __init__(self, seed: int, spec: SimulatedInstrument, offset_ms: int) -> None:
        self.spec = spec
        self.instrument = spec.instrument()
        self.offset_ms = offset_ms
        self.history = SimulatedHistory(seed, spec, offset_ms)


class SimulatedProvider(BaseProvider):
    """Every instrument prints once a second, each at its own moment within the second."""

    name = "simulated"
    kind: DataKind = "simulated"

    def __init__(self, seed: int, clock: Clock, pacer: Pacer) -> None:
        self._seed = seed
        self._clock = clock
        self._pacer = pacer
        self._played: int | None = None
        self._listed = {
            spec.name: _Listed(seed, spec, row * 1000 // len(CATALOGUE)) for row, spec in enumerate(CATALOGUE)
        }

    def load(self) -> None:
        """Nothing has to be read."""

    def instruments(self) -> Sequence[Instrument]:
        return [listed.instrument for listed in self._listed.values()]

    def position(self) -> int:
        return self._clock.now_ms() if self._played is None else self._played

    def quote(self, ticker: str, until: int) -> Quote | None:
        listed = self._listed[ticker]
        found = listed.history.last_print(until)
        return None if found is None else _quote(listed, *found)

    def trades(self, ticker: str, until: int, limit: int) -> Sequence[Trade]:
        found: list[Trade] = []
        while len(found) < limit and (trade := self.trade(ticker, until)) is not None:
            found.append(trade)
            until = trade.time - 1
        return found[::-1]

    def trade(self, ticker: str, until: int) -> Trade | None:
        listed = self._listed[ticker]
        found = listed.history.last_print(until)
        return None if found is None else _trade(listed, *found)

    def book(self, ticker: str, until: int, levels: int) -> Book | None:
        """The best level is the quote's; the others follow from the moment as well."""
        quote = self.quote(ticker, until)
        if quote is None:
            return None
        listed = self._listed[ticker]
        raw = generator(self._seed, ticker, "book", quote.time).random_raw(2 * BOOK_LEVELS).tolist()
        return Book(
            quote.time,
            tuple(_levels(listed, quote.bid, quote.bid_size, -1, raw[:BOOK_LEVELS]))[:levels],
            tuple(_levels(listed, quote.ask, quote.ask_size, 1, raw[BOOK_LEVELS:]))[:levels],
        )

    def state(self, ticker: str, until: int) -> SymbolState:
        return "simulated"

    def first(self, ticker: str, base: Resolution) -> int | None:
        return FIRST_DAY * DAY_MS

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        return self._listed[ticker].history.rows(base, start, stop, until)

    async def run(self, emit: Emit) -> None:
        """Everything missed while the process was held up is played, in order, before it goes on."""
        self._played = self._clock.now_ms()
        await asyncio.to_thread(self._prepare, self._played // DAY_MS)
        for time_ms, listed in self._schedule(self._played):
            await self._reach(time_ms)
            self._played = time_ms
            if listed is None:
                emit(ClockMoved(time_ms))
                await self._end_second(time_ms)
            else:
                _emit_print(listed, time_ms, emit)

    def _schedule(self, after: int) -> Iterator[tuple[int, _Listed | None]]:
        """What happens after `after`: in each second the prints, and its end (None)."""
        for second in count(after // 1000):
            start = second * 1000
            for listed in self._listed.values():
                if start + listed.offset_ms > after:
                    yield start + listed.offset_ms, listed
            yield start + 999, None

    async def _end_second(self, time_ms: int) -> None:
        await asyncio.sleep(0)  # whoever is behind must still let others run
        if (time_ms + 1) % DAY_MS == 0:
            await asyncio.to_thread(self._prepare, (time_ms + 1) // DAY_MS)

    async def _reach(self, time_ms: int) -> None:
        while (missing := time_ms - self._clock.now_ms()) > 0:
            await self._pacer.wait(missing / 1000)

    def _prepare(self, day: int) -> None:
        for listed in self._listed.values():
            listed.history.tape(max(day, FIRST_DAY))


def _emit_print(listed: _Listed, time_ms: int, emit: Emit) -> None:
    found = listed.history.last_print(time_ms)
    if found is None:
        return
    quote, trade = _quote(listed, *found), _trade(listed, *found)
    if quote is not None:
        emit(quote)
    if trade is not None:
        emit(trade)


def _quote(listed: _Listed, day: int, row: int) -> Quote | None:
    if not listed.spec.has_quotes:
        return None
    tape, instrument = listed.history.tape(day), listed.instrument
    shown = int(tape.shown[row])
    lot = listed.spec.quote_lot
    return Quote(
        symbol=instrument.ticker,
        time=listed.history.print_time(day, row),
        bid=instrument.price(int(tape.bid[row])),
        ask=instrument.price(int(tape.ask[row])),
        bid_size=instrument.size(lot * (1 + (shown & 15))),
        ask_size=instrument.size(lot * (1 + (shown >> 4))),
    )


def _trade(listed: _Listed, day: int, row: int) -> Trade | None:
    """The print; that of an index is a calculated value of size 0."""
    if not listed.spec.has_trades:
        return None
    tape, instrument = listed.history.tape(day), listed.instrument
    return Trade(
        symbol=instrument.ticker,
        time=listed.history.print_time(day, row),
        price=instrument.price(int(tape.last[row])),
        size=instrument.size(int(tape.size[row])),
    )


def _levels(
    listed: _Listed, price: Decimal, size: Decimal | None, direction: int, raw: list[int]
) -> Iterator[BookLevel]:
    """Ten levels from the best price outwards, one to three ticks apart."""
    instrument = listed.instrument
    if size is not None:
        yield BookLevel(price, size)
    for number in raw[1:]:
        price += direction * instrument.price(1 + number % 3)
        yield BookLevel(price, instrument.size(listed.spec.quote_lot * (1 + (number >> 8) % 32)))
