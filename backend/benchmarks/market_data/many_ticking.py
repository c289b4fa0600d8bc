"""A market of another package, as `memory` measures it: 10,000 symbols, of which 100 tick each second."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from benchmarks.market_data.listings import instrument, listed
from trading_api.models.market.status import SymbolState
from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.datafeed.bars.columns import BarColumns, aggregate, of_prints
from trading_api.modules.datafeed.bars.resolution import BASES, Resolution
from trading_api.modules.datafeed.providers.base import BaseProvider, Book, DataKind, Emit, Instrument
from trading_api.modules.datafeed.providers.context import ProviderContext
from trading_api.modules.datafeed.providers.simulated.catalogue import CATALOGUE

LISTED, TICKING = 10_000, 100
SECOND = 1_000
HISTORY = 3_600
LENGTHS = dict(zip(BASES, (SECOND, 60_000, 86_400_000), strict=True))
CENT, ONE = Decimal("0.01"), Decimal(1)


def provider(context: ProviderContext) -> "ManyTicking":
    """The factory that the entry point names."""
    return ManyTicking(context)


class ManyTicking(BaseProvider):
    """An hour of seconds and what follows, of one walk that all symbols share."""

    name = "many-ticking"
    kind: DataKind = "simulated"

    def __init__(self, context: ProviderContext) -> None:
        self._clock, self._pacer = context.clock, context.pacer
        self._instruments: list[Instrument] = []
        self._begin = self._played = 0
        self._prices = np.zeros(0, dtype=np.int64)

    def load(self) -> None:
        alike = replace(CATALOGUE[0].instrument(), price_unit=CENT, size_unit=ONE)
        self._instruments = [instrument(one, alike) for one in listed(LISTED)]
        self._played = self._clock.now_ms() // SECOND * SECOND
        self._begin = self._played - HISTORY * SECOND
        self._prices = 10_000 + np.arange(HISTORY + 1, dtype=np.int64) % 100

    def instruments(self) -> Sequence[Instrument]:
        return self._instruments

    def position(self) -> int:
        return self._played

    def trade(self, ticker: str, until: int) -> Trade | None:
        at = min((until - self._begin) // SECOND, len(self._prices) - 1)
        return None if at < 0 else Trade(ticker, self._begin + at * SECOND, int(self._prices[at]) * CENT, ONE)

    def quote(self, ticker: str, until: int) -> Quote | None:
        trade = self.trade(ticker, until)
        if trade is None:
            return None
        return Quote(ticker, trade.time, trade.price - CENT, trade.price + CENT, ONE, ONE)

    def book(self, ticker: str, until: int, levels: int) -> Book | None:
        return None

    def state(self, ticker: str, until: int) -> SymbolState:
        return "simulated"

    def first(self, ticker: str, base: Resolution) -> int | None:
        return self._begin // LENGTHS[base] * LENGTHS[base]

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        prices = self._prices[: (until - self._begin) // SECOND + 1]
        times = self._begin + np.arange(len(prices), dtype=np.int64) * SECOND
        bars = aggregate(of_prints(times, prices, np.ones_like(prices)), times - times % LENGTHS[base])
        low, high = np.searchsorted(bars.time, [start, stop], side="left")
        return bars.part(int(low), int(high))

    async def run(self, emit: Emit) -> None:
        while True:
            await self._pacer.wait(1.0)
            while self._played + SECOND <= self._clock.now_ms():
                self._played += SECOND
                self._prices = np.append(self._prices, 10_000 + self._played // SECOND % 100)
                for one in self._instruments[:TICKING]:
                    for tick in (
                        self.quote(one.ticker, self._played),
                        self.trade(one.ticker, self._played),
                    ):
                        if tick is not None:
                            emit(tick)
                emit(ClockMoved(self._played))
