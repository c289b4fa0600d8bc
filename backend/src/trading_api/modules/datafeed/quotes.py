"""The quote of an instrument as watchlists read it."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.market.bars import Bar
from trading_api.models.market.quotes import QuoteData, QuoteValues
from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.datafeed.adjusted_history import AdjustedHistory
from trading_api.modules.datafeed.bars.resolution import DAY, DAY_MS, stamp_day
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.feed_watch import Standing
from trading_api.modules.datafeed.providers.base import Instrument

_HUNDREDTH = Decimal("0.01")


@dataclass(slots=True)
class QuoteView:
    """What is known of an instrument at one moment."""

    quote: Quote | None
    trade: Trade | None
    day: Bar | None
    """The newest daily bar; the last price is its close."""
    previous_close: Decimal | None


def view_at(history: AdjustedHistory, instrument: Instrument, until: int) -> QuoteView:
    """What was known at `until`. Reads history: call it in a thread."""
    ticker, provider = instrument.ticker, history.provider
    end = until + 2 * DAY_MS  # a trading day may bear the date of tomorrow
    days = history.read_bars(instrument, DAY, BarWindow(end, end, count_back=2), until)
    return QuoteView(
        quote=provider.quote(ticker, until),
        trade=provider.trade(ticker, until),
        day=days[-1] if days else None,
        previous_close=days[-2].close if len(days) > 1 else None,
    )


def quote_data(name: str, instrument: Instrument, view: QuoteView, standing: Standing) -> QuoteData:
    """The quote under the name `name` that was asked for; `standing` says how fresh it is."""
    info = instrument.info
    since = _day_begin(instrument, view.day)
    quote = view.quote if view.quote is not None and view.quote.time >= since else None
    trade = view.trade if view.trade is not None and view.trade.time >= since else None
    values = QuoteValues.model_validate(
        {
            **_prices(view),
            **_top(quote),
            **_times(quote, trade),
            "short_name": info.name,
            "exchange": info.exchange,
            "description": info.description,
            "original_name": f"{info.exchange}:{info.name}",
            "data_kind": info.data_kind,
            "market_status": "open" if standing.is_open else "closed",
            "stale": standing.stale or None,
        }
    )
    return QuoteData(s="ok", n=name, v=values)


def unknown_quote(name: str) -> QuoteData:
    """The answer for a name that no instrument has."""
    return QuoteData(s="error", n=name, v=QuoteValues())


def _day_begin(instrument: Instrument, day: Bar | None) -> int:
    """When the trading day of the newest bar began; older ticks are no longer quoted."""
    if day is None:
        return 0
    periods = instrument.session.periods(stamp_day(day.time))
    return periods[0].open if periods else day.time


def _prices(view: QuoteView) -> dict[str, Decimal | None]:
    day = view.day
    if day is None:
        return {}
    prices: dict[str, Decimal | None] = {
        "lp": day.close,
        "open_price": day.open,
        "high_price": day.high,
        "low_price": day.low,
        "volume": day.volume,
    }
    if view.previous_close is not None:
        change = day.close - view.previous_close
        prices |= {
            "prev_close_price": view.previous_close,
            "ch": change,
            "chp": (change * 100 / view.previous_close).quantize(_HUNDREDTH),
        }
    return prices


def _times(quote: Quote | None, trade: Trade | None) -> dict[str, int | None]:
    newest = max((tick for tick in (quote, trade) if tick is not None), key=_time_of, default=None)
    return {} if newest is None else {"time": newest.time, "received_time": newest.received}


def _time_of(tick: Quote | Trade) -> int:
    return tick.time


def _top(quote: Quote | None) -> dict[str, Decimal | None]:
    if quote is None:
        return {}
    return {
        "bid": quote.bid,
        "ask": quote.ask,
        "bid_size": quote.bid_size,
        "ask_size": quote.ask_size,
        "spread": quote.ask - quote.bid,
    }
