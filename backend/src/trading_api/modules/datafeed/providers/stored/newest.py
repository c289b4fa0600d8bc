"""The newest prices of a stored symbol, each with the time at which it was known."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.datafeed.bars.resolution import BASES, DAY_MS, Resolution, stamp_day
from trading_api.modules.datafeed.store.index import Index, Part
from trading_api.modules.datafeed.store.tables import (
    BARS,
    QUOTE_SERIES,
    QUOTES,
    TRADE_SERIES,
    TRADES,
    Side,
    Table,
    bar_series,
)
from trading_api.shared.trading_session import TradingSession

_NO_SIZE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Newest:
    """The last price that was traded and the last that was quoted, as far as they are stored."""

    trade: Trade | None
    quote: Quote | None


def newest_of(ticker: str, index: Index, session: TradingSession, main: Side) -> Newest:
    """Read from `index` alone; of bars it is their close, and its size, which no bar tells, is 0."""
    return Newest(
        max(_trades(ticker, index, session, main), key=lambda trade: trade.time, default=None),
        max(_quotes(ticker, index, session), key=lambda quote: quote.time, default=None),
    )


def _trades(ticker: str, index: Index, session: TradingSession, main: Side) -> Iterator[Trade]:
    part = index.newest(TRADE_SERIES)
    if part is not None:
        price, size = _value(part, TRADES, "price"), _value(part, TRADES, "size")
        yield Trade(ticker, part.last, price, size)
    for base in BASES:
        part = index.newest(bar_series(base, main))
        if part is not None:
            yield Trade(ticker, _end(base, part.last, session), _value(part, BARS, "close"), _NO_SIZE)


def _quotes(ticker: str, index: Index, session: TradingSession) -> Iterator[Quote]:
    part = index.newest(QUOTE_SERIES)
    if part is not None:
        bid, ask, bid_size, ask_size = (_value(part, QUOTES, name) for name in QUOTES.columns)
        yield Quote(ticker, part.last, bid, ask, bid_size, ask_size)
    for base in BASES:
        bids, asks = (index.newest(bar_series(base, side)) for side in (Side.BID, Side.ASK))
        if bids is not None and asks is not None and bids.last == asks.last:
            prices = (_value(bids, BARS, "close"), _value(asks, BARS, "close"))
            yield Quote(ticker, _end(base, bids.last, session), *prices)


def _end(base: Resolution, time_ms: int, session: TradingSession) -> int:
    """The last millisecond of a bar, when its close is known."""
    if base.interval_ms is not None:
        return time_ms + base.interval_ms - 1
    periods = session.periods(stamp_day(time_ms))
    return periods[-1].close - 1 if periods else time_ms + DAY_MS - 1


def _value(part: Part, table: Table, name: str) -> Decimal:
    units = part.newest[list(table.columns).index(name)]
    return Decimal(units).scaleb(-part.places.of(table.columns[name]))
