"""The port of a market data provider. A provider never knows who listens to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

from trading_api.models.market.bars import Bar
from trading_api.models.market.status import ReplayControl, ReplayState, SymbolState
from trading_api.models.market.symbols import SymbolInfo
from trading_api.models.market.ticks import BookLevel, ClockMoved, Depth, Quote, Trade
from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import Resolution
from trading_api.shared.trading_session import TradingSession

DataKind: TypeAlias = Literal["simulated", "replayed", "live", "delayed", "end-of-day"]


@dataclass(frozen=True, slots=True)
class HistoryChanged:
    """What was said of the past of `symbol`, or of all (None), has changed: after a jump, or a filled gap.

    Live series begin anew from what history says now.
    """

    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class BookChanged:
    """The book of `symbol` is another one from `time` on (ms UTC); whoever wants it asks for it."""

    symbol: str
    time: int
    received: int | None = None


Message: TypeAlias = Quote | Trade | Depth | BookChanged | ClockMoved | HistoryChanged
Emit: TypeAlias = Callable[[Message], None]


@dataclass(frozen=True)
class Instrument:
    """A symbol with what is needed to read its columns and build its bars."""

    info: SymbolInfo
    session: TradingSession
    price_unit: Decimal
    size_unit: Decimal
    has_trades: bool
    """Without trades, bars are built from bids and have no volume."""
    has_volume: bool
    has_book: bool = False
    """Whether changes of its book are emitted, and not its best prices alone."""
    stale_after_ms: int | None = None
    """Silence within a session after which it counts as stale; None: that of its kind."""

    @property
    def ticker(self) -> str:
        """The name in every request between modules and in every tick."""
        return self.info.ticker

    def price(self, units: int) -> Decimal:
        """`units` of the instrument's price unit as a price, with the decimals of its tick if it can."""
        ticks, rest = divmod(units, self._units_per_tick)
        return units * self.price_unit if rest else ticks * self.info.trading.tick_size

    @cached_property
    def _units_per_tick(self) -> int:
        return int(self.info.trading.tick_size / self.price_unit)

    def size(self, units: int) -> Decimal:
        """`units` of the instrument's size unit as a quantity."""
        return units * self.size_unit

    def bars(self, columns: BarColumns) -> list[Bar]:
        """Columns as bars with exact prices."""
        rows = zip(
            columns.time.tolist(),
            columns.open.tolist(),
            columns.high.tolist(),
            columns.low.tolist(),
            columns.close.tolist(),
            columns.volume.tolist(),
            strict=True,
        )
        return [
            Bar.model_construct(
                time=time,
                open=self.price(opened),
                high=self.price(high),
                low=self.price(low),
                close=self.price(close),
                volume=self.size(volume) if self.has_volume else None,
            )
            for time, opened, high, low, close, volume in rows
        ]

    def price_of(self, tick: Quote | Trade) -> Decimal | None:
        """The price that `tick` gives to this instrument's bars; None if it is not of that kind."""
        if isinstance(tick, Trade):
            return tick.price if self.has_trades else None
        return None if self.has_trades else tick.bid

    def volume_of(self, tick: Quote | Trade) -> Decimal | None:
        """The volume that `tick` adds to this instrument's bars."""
        return tick.size if self.has_volume and isinstance(tick, Trade) else None


@dataclass(frozen=True, slots=True)
class Book:
    """What is offered at `time`, best price first on both sides."""

    time: int
    bids: tuple[BookLevel, ...]
    asks: tuple[BookLevel, ...]


class ReplayControls(Protocol):
    """The controls of a provider that plays a recording."""

    def state(self) -> ReplayState:
        """Where the replay is and how it runs."""

    def change(self, control: ReplayControl) -> None:
        """Do what is asked for; raises TradingError for what cannot be done, and then does nothing."""


class Provider(Protocol):
    """A market: its instruments, their past up to a moment, and their ticks from then on.

    `position()` is the moment up to which, and including which, every tick has been emitted. The
    readers take such a moment as `until` and see nothing after it; they may be called from any thread.
    """

    @property
    def name(self) -> str:
        """What the provider calls itself in the status."""

    @property
    def kind(self) -> DataKind:
        """What its prices are."""

    @property
    def replay(self) -> ReplayControls | None:
        """Its controls, if it plays a recording."""

    def load(self) -> None:
        """Read what is needed before serving; raises StartupError with one sentence."""

    def instruments(self) -> Sequence[Instrument]:
        """Everything it has, known once loaded."""

    def position(self) -> int:
        """See the class; ms UTC."""

    def quote(self, ticker: str, until: int) -> Quote | None:
        """The last quote."""

    def trade(self, ticker: str, until: int) -> Trade | None:
        """The last trade."""

    def trades(self, ticker: str, until: int, limit: int) -> Sequence[Trade]:
        """The last trades, oldest first, at most `limit`, as far as they are remembered."""

    def book(self, ticker: str, until: int, levels: int) -> Book | None:
        """The best `levels` prices of each side, as many as are known."""

    def state(self, ticker: str, until: int) -> SymbolState:
        """Whether prices of the symbol flow, and of which kind."""

    def first(self, ticker: str, base: Resolution) -> int | None:
        """Time of the oldest bar of `base` (SECOND, MINUTE or DAY); None: it has none, at any time."""

    def last(self, ticker: str, base: Resolution) -> int | None:
        """Time after which there is no bar of `base` now; None: that is not known.

        Nobody then looks for bars in what may be years without any.
        """

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        """Bars of `base` with start <= time < stop, ascending, and nothing of after `until` in them.

        Days are stamped 00:00 UTC of the trading day. The last row may still be open. One that is over never
        changes, unless HistoryChanged says so.
        """

    async def fetch(self, ticker: str, base: Resolution, start: int, stop: int) -> None:
        """Bring these rows into reach, which somebody is about to read; called on the loop."""

    def follow(self, ticker: str) -> None:
        """Somebody wants its ticks from now on."""

    def unfollow(self, ticker: str) -> None:
        """Nobody wants its ticks any more."""

    def actions(self, ticker: str) -> Sequence[CorporateAction]:
        """All corporate actions of the symbol, those to come included; the same whenever it is asked."""

    def problem(self, ticker: str) -> str | None:
        """Why no data of the symbol comes, in a sentence; None while it does."""

    async def run(self, emit: Emit) -> None:
        """Emit ticks in the order of their event times until cancelled.

        All ticks of one moment are emitted without a pause between them, `position()` then being that
        moment.
        """


class BaseProvider:
    """What most providers have in common: all is in reach, all is followed, nothing fails, no replay."""

    def trades(self, ticker: str, until: int, limit: int) -> Sequence[Trade]:
        """None are remembered."""
        return ()

    @property
    def replay(self) -> ReplayControls | None:
        """No recording is played."""
        return None

    def last(self, ticker: str, base: Resolution) -> int | None:
        """There may be bars up to now."""
        return None

    async def fetch(self, ticker: str, base: Resolution, start: int, stop: int) -> None:
        """Nothing has to be fetched."""

    def follow(self, ticker: str) -> None:
        """Its ticks come anyway."""

    def unfollow(self, ticker: str) -> None:
        """Its ticks come anyway."""

    def actions(self, ticker: str) -> Sequence[CorporateAction]:
        """None are known."""
        return ()

    def problem(self, ticker: str) -> str | None:
        """None is known."""
        return None
