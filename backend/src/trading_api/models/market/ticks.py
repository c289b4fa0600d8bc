"""What a market says at one instant: as the engines take it, and as it crosses from module to module."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Literal, Self, assert_never

from pydantic import Field, model_validator

from trading_api.models.common import EventModel, Number, RequestModel, TimeMs, WireEnum


@dataclass(frozen=True, slots=True)
class BookLevel:
    """One price of the book and the quantity shown there."""

    price: Decimal
    size: Decimal


@dataclass(frozen=True, slots=True)
class Quote:
    """Best bid and ask of `symbol` at `time` (ms UTC, event time); a size is None where the feed has none.

    `received` is when it came in, as the quote's age is reckoned from; None: at its own time. It is the same
    with trades and books.
    """

    symbol: str
    time: int
    bid: Decimal
    ask: Decimal
    bid_size: Decimal | None = None
    ask_size: Decimal | None = None
    received: int | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Trade:
    """One print of `symbol` at `time` (ms UTC, event time)."""

    symbol: str
    time: int
    price: Decimal
    size: Decimal
    received: int | None = field(default=None, compare=False)
    side: Literal["buy", "sell"] | None = field(default=None, compare=False)
    """Who took what was offered, where the feed says so."""


@dataclass(frozen=True, slots=True)
class Depth:
    """The book of `symbol` at `time` (ms UTC, event time), the best level of each side first."""

    symbol: str
    time: int
    bids: tuple[BookLevel, ...]
    asks: tuple[BookLevel, ...]
    received: int | None = field(default=None, compare=False)

    @property
    def best(self) -> Quote:
        """Its top; a side without a level is 0, as in a quote."""
        nothing = BookLevel(Decimal(0), Decimal(0))
        bid = self.bids[0] if self.bids else nothing
        ask = self.asks[0] if self.asks else nothing
        return Quote(self.symbol, self.time, bid.price, ask.price, bid.size, ask.size, self.received)


@dataclass(frozen=True, slots=True)
class Bar:
    """Prices of `symbol` from `time` (ms UTC) on, for `length` ms; told once it is over."""

    symbol: str
    time: int
    length: int
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal

    @property
    def end(self) -> int:
        """Its last millisecond."""
        return self.time + self.length - 1


@dataclass(frozen=True, slots=True)
class ClockMoved:
    """The market's time has reached `time` (ms UTC); sent also when nothing trades, so that timers run.

    `jumped`: a replay has gone there, forwards or backwards, and what lies between did not happen.
    """

    time: int
    jumped: bool = False


Tick = Quote | Trade | Depth | Bar


class TickKind(WireEnum):
    """What a tick tells of."""

    QUOTE = "quote"
    TRADE = "trade"
    DEPTH = "depth"
    CLOCK = "clock"


_Pair = Annotated[list[Number], Field(min_length=2, max_length=2)]
_OF_A_BOOK = "Of a book: prices with their sizes, best first."


class MarketTick(EventModel):
    """A quote (`symbol`, `bid`, `ask`, sizes where known), a trade (`symbol`, `price`, `size`), a book's
    best levels (`symbol`, `bids`, `asks`; none while it is not known), or the clock.

    A client leaves out what it does not know the kind of.
    """

    kind: TickKind = Field(examples=["quote"])
    time: TimeMs
    symbol: str | None = Field(default=None, examples=["SPY"])
    bid: Number | None = Field(default=None, examples=[168.11])
    ask: Number | None = Field(default=None, examples=[168.12])
    bid_size: Number | None = Field(default=None, examples=[300])
    ask_size: Number | None = Field(default=None, examples=[500])
    price: Number | None = Field(default=None, description="Of a trade.")
    size: Number | None = Field(default=None, description="Of a trade.")
    bids: list[_Pair] | None = Field(default=None, description=_OF_A_BOOK, examples=[[[168.11, 300]]])
    asks: list[_Pair] | None = Field(default=None, description=_OF_A_BOOK, examples=[[[168.12, 500]]])
    jumped: bool | None = Field(
        default=None, description="True if the clock was set to another moment, before or after the last."
    )

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.kind.known and self.tick() is None:
            raise ValueError(f"this is no whole {self.kind.value}")
        return self

    @classmethod
    def of(cls, tick: Quote | Trade | Depth | ClockMoved) -> "MarketTick":
        """The wire form of `tick`, which is not checked again."""
        match tick:
            case Quote():
                return cls._made(
                    kind=TickKind.QUOTE,
                    time=tick.time,
                    symbol=tick.symbol,
                    bid=tick.bid,
                    ask=tick.ask,
                    bid_size=tick.bid_size,
                    ask_size=tick.ask_size,
                )
            case Trade():
                return cls._made(
                    kind=TickKind.TRADE,
                    time=tick.time,
                    symbol=tick.symbol,
                    price=tick.price,
                    size=tick.size,
                )
            case Depth():
                return cls._made(
                    kind=TickKind.DEPTH,
                    time=tick.time,
                    symbol=tick.symbol,
                    bids=[[level.price, level.size] for level in tick.bids],
                    asks=[[level.price, level.size] for level in tick.asks],
                )
            case ClockMoved():
                return cls._made(kind=TickKind.CLOCK, time=tick.time, jumped=tick.jumped or None)
        assert_never(tick)

    @classmethod
    def _made(cls, **values: object) -> "MarketTick":
        """What `model_construct` makes, which asks each field for its default, and for every tick anew."""
        made = cls.__new__(cls)
        object.__setattr__(made, "__dict__", {**_NOTHING_SAID, **values})
        object.__setattr__(made, "__pydantic_fields_set__", set(values))
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made

    def tick(self) -> Quote | Trade | Depth | ClockMoved | None:
        """What the market says; None if only a newer server knows its kind."""
        if self.kind is TickKind.CLOCK:
            return ClockMoved(self.time, self.jumped is True)
        if self.symbol is None:
            return None
        if self.kind is TickKind.QUOTE and self.bid is not None and self.ask is not None:
            return Quote(self.symbol, self.time, self.bid, self.ask, self.bid_size, self.ask_size)
        if self.kind is TickKind.TRADE and self.price is not None and self.size is not None:
            return Trade(self.symbol, self.time, self.price, self.size)
        if self.kind is TickKind.DEPTH and self.bids is not None and self.asks is not None:
            return Depth(self.symbol, self.time, _levels(self.bids), _levels(self.asks))
        return None


_NOTHING_SAID = dict.fromkeys(MarketTick.model_fields)


def _levels(pairs: list[list[Decimal]]) -> tuple[BookLevel, ...]:
    return tuple([BookLevel(price, size) for price, size in pairs])


class TicksSubscriptionRequest(RequestModel):
    """Every tick of some symbols, or of all that orders can be for; the market's clock comes with either.

    The snapshot has the newest thousand quotes and trades and the newest hundred books.
    """

    symbols: list[Annotated[str, Field(min_length=1, max_length=64)]] | None = Field(
        default=None,
        min_length=1,
        max_length=1000,
        description="Names, tickers or EXCHANGE:NAME; default: all that can be traded, and forex.",
        examples=[["SPY", "EURUSD"]],
    )
    depth: bool | None = Field(
        default=None, description="Whether the best levels of books come too, of symbols that have one."
    )
