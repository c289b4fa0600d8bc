"""What a market says at one instant; carried between modules on the bus, never on a socket as it is."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BookLevel:
    """One price of the book and the quantity shown there."""

    price: Decimal
    size: Decimal


@dataclass(frozen=True, slots=True)
class Quote:
    """Best bid and ask of `symbol` at `time` (ms UTC, event time); a size is None where the feed has none."""

    symbol: str
    time: int
    bid: Decimal
    ask: Decimal
    bid_size: Decimal | None = None
    ask_size: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Trade:
    """One print of `symbol` at `time` (ms UTC, event time)."""

    symbol: str
    time: int
    price: Decimal
    size: Decimal


@dataclass(frozen=True, slots=True)
class ClockMoved:
    """The market's time has reached `time` (ms UTC); sent also when nothing trades, so that timers run."""

    time: int


Tick = Quote | Trade
