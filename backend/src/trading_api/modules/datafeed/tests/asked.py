"""Asking a provider for bars as the service does."""

from trading_api.models.market.ticks import ClockMoved, Depth, Quote, Trade
from trading_api.modules.datafeed.bars.history import BaseBars, read
from trading_api.modules.datafeed.bars.window import BarSlice, BarWindow
from trading_api.modules.datafeed.providers.base import (
    BookChanged,
    HistoryChanged,
    Instrument,
    Message,
    Provider,
)
from trading_api.modules.datafeed.requests import resolution_of


def ask(source: BaseBars, instrument: Instrument, resolution: str, window: BarWindow, until: int) -> BarSlice:
    """The answer of `source` for one of its instruments."""
    return read(source, instrument.ticker, instrument.session, resolution_of(resolution), window, until)


def ask_for(provider: Provider, ticker: str, resolution: str, window: BarWindow, until: int) -> BarSlice:
    """The answer of a provider for one of its tickers."""
    instrument = next(found for found in provider.instruments() if found.ticker == ticker)
    return ask(provider, instrument, resolution, window, until)


def timed(message: Message) -> Quote | Trade | ClockMoved:
    """A message of a market without books that goes on without a jump."""
    assert not isinstance(message, Depth | BookChanged | HistoryChanged)
    return message
