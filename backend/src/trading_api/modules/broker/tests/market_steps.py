"""Books and bars as steps of a random walk."""

from dataclasses import dataclass

from hypothesis import strategies as st

from trading_api.models.market.ticks import Bar, BookLevel, Depth
from trading_api.modules.broker.engine import Instrument


@dataclass(frozen=True)
class DepthStep:
    """A book of some levels on each side, of `size` steps each."""

    symbol: str
    ticks: int
    levels: int
    size: int

    def of(self, item: Instrument, time: int) -> Depth:
        """The book at `time`."""
        best, size = 100 + self.ticks, self.size * item.qty_step
        bids = [BookLevel((best - level) * item.tick_size, size) for level in range(self.levels)]
        asks = [BookLevel((best + 1 + level) * item.tick_size, size) for level in range(self.levels)]
        return Depth(self.symbol, time, tuple(bids), tuple(asks))


@dataclass(frozen=True)
class BarStep:
    """A bar that begins now; prices in ticks, high and low as distances."""

    symbol: str
    open: int
    rise: int
    fall: int
    close: int
    length: int

    def of(self, item: Instrument, time: int) -> Bar:
        """The bar that begins at `time`."""
        first, last = 100 + self.open, 100 + self.close
        high, low = max(first, last) + self.rise, min(first, last) - self.fall
        prices = [ticks * item.tick_size for ticks in (first, high, low, last)]
        return Bar(self.symbol, time, self.length, *prices)


MarketStep = DepthStep | BarStep


def market_steps(symbols: st.SearchStrategy[str]) -> st.SearchStrategy[MarketStep]:
    """Books and bars of these."""
    near = st.integers(0, 8)
    return st.one_of(
        st.builds(DepthStep, symbols, near, st.integers(0, 3), st.integers(1, 9)),
        st.builds(BarStep, symbols, near, near, near, near, st.sampled_from([1, 5, 60_000])),
    )
