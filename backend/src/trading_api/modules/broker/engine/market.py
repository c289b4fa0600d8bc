"""What is known of the market at the moment of a decision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from trading_api.models.broker.orders import Side
from trading_api.models.market.ticks import Bar, Depth, Quote, Trade
from trading_api.modules.broker.engine.replacing import replace


@dataclass(frozen=True, slots=True)
class Silence:
    """Why the last quote of a symbol is not of now: its feed's `status`, and how long it may be silent.

    `since` is the time of the last that was heard of it (ms UTC).
    """

    status: str
    limit_ms: int | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Market:
    """The market's time, and the last quote, trade, book and bar of each symbol that has one.

    `silent` has the symbols of which no data comes although their exchange is open.
    """

    time: int
    quotes: Mapping[str, Quote]
    trades: Mapping[str, Trade] = field(default_factory=dict)
    depths: Mapping[str, Depth] = field(default_factory=dict)
    bars: Mapping[str, Bar] = field(default_factory=dict)
    silent: Mapping[str, Silence] = field(default_factory=dict)

    def quote(self, symbol: str) -> Quote | None:
        """The last quote of `symbol`."""
        return self.quotes.get(symbol)

    def with_quote(self, quote: Quote) -> "Market":
        """This market at the moment of `quote`."""
        if self.time == quote.time and self.quotes.get(quote.symbol) is quote:
            return self
        return replace(self, time=quote.time, quotes={**self.quotes, quote.symbol: quote})

    def with_trade(self, trade: Trade) -> "Market":
        """This market at the moment of `trade`."""
        return replace(self, time=trade.time, trades={**self.trades, trade.symbol: trade})

    def with_depth(self, depth: Depth) -> "Market":
        """This market at the moment of `depth`, whose top is the last quote then."""
        return replace(self.with_quote(depth.best), depths={**self.depths, depth.symbol: depth})

    def with_bar(self, bar: Bar) -> "Market":
        """This market when `bar` is over: its close is what is bid, asked and was traded last."""
        close = Quote(bar.symbol, bar.end, bar.close, bar.close)
        last = Trade(bar.symbol, bar.end, bar.close, Decimal(0))
        return replace(self.with_quote(close).with_trade(last), bars={**self.bars, bar.symbol: bar})

    def closing_price(self, symbol: str, side: Side) -> Decimal | None:
        """What a position on `side` could be closed at: longs at the bid, shorts at the ask."""
        quote = self.quote(symbol)
        return None if quote is None else taking_price(quote, opposite(side))


def taking_price(quote: Quote, side: Side) -> Decimal | None:
    """What an order on `side` pays or gets at once: the ask or the bid; None where that side is empty."""
    price = quote.ask if side is Side.BUY else quote.bid
    return price if price > 0 else None


def opposite(side: Side) -> Side:
    """The other side."""
    return Side.SELL if side is Side.BUY else Side.BUY


def at_least_as_good(side: Side, price: Decimal, limit: Decimal) -> bool:
    """Whether an order on `side` with `limit` may trade at `price`."""
    return price <= limit if side is Side.BUY else price >= limit
