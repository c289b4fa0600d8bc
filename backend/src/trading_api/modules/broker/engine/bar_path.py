"""Bars: the path that the price takes within one, and what it does to open orders on its way."""

from collections.abc import Iterator
from decimal import Decimal

from trading_api.models.broker.accounts import FillModelKind
from trading_api.models.market.ticks import Bar, Quote
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.fill_models import view_of_bar
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.matching import match
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.stops import Sighting, trail, trigger_reached
from trading_api.modules.broker.engine.symbol_book import Wait
from trading_api.modules.broker.engine.ticks import expire


def see_bar(draft: Draft, bar: Bar, instruments: Instruments, market: Market) -> None:
    """Fills and triggers along the bar's path, in accounts that fill against bars.

    At the open prices may gap; from there they go through every price in between. What happens at the
    open has the bar's time, what happens later that of its end. Orders placed since it began see the next.
    """
    instrument = instruments[bar.symbol]
    expire(draft, bar.symbol, instrument, bar.time)
    if draft.state.terms.fills.model is not FillModelKind.BARS or not instrument.session.is_open(bar.time):
        return
    market = market.with_bar(bar)
    _step(draft, bar, bar.open, bar.time, instrument, market)
    before = bar.open
    for turn in turns_of(bar):
        for price in _crossed(draft.state, bar.symbol, before, turn):
            _step(draft, bar, price, bar.end, instrument, market, passes=True)
        _step(draft, bar, turn, bar.end, instrument, market)
        before = turn


def turns_of(bar: Bar) -> tuple[Decimal, Decimal, Decimal]:
    """Where the path goes from the open: the nearer of high and low, the other, the close.

    From the middle it goes to the high first.
    """
    if bar.high - bar.open <= bar.open - bar.low:
        return (bar.high, bar.low, bar.close)
    return (bar.low, bar.high, bar.close)


def _step(
    draft: Draft,
    bar: Bar,
    price: Decimal,
    time: int,
    instrument: Instrument,
    market: Market,
    *,
    passes: bool = False,
) -> None:
    market = market.with_quote(Quote(bar.symbol, time, price, price))
    view = view_of_bar(bar, price, time, passes=passes)
    sighting = Sighting(bar, bar.symbol, time, bar.time, price, price)
    trigger_reached(draft, sighting, view)
    trail(draft, sighting, instrument)
    match(draft, bar.symbol, view, instrument, market)


def _crossed(state: AccountState, symbol: str, before: Decimal, after: Decimal) -> Iterator[Decimal]:
    """Prices strictly between at which orders wait, in the order in which the path meets them."""
    book, rises = state.book(symbol), after > before
    sign = 1 if rises else -1
    waits = (Wait.BID, Wait.RISE) if rises else (Wait.ASK, Wait.FALL)
    keys = {rung.key for wait in waits for rung in book.waiting(wait).up_to(sign * after)}
    for key in sorted(keys):
        if sign * before < key < sign * after:
            yield sign * key
