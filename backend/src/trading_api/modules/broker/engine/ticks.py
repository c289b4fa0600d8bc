"""What quotes, trades, books and time do to open orders."""

from decimal import Decimal

from trading_api.models.broker.accounts import FillModelKind
from trading_api.models.broker.orders import OrderStatus
from trading_api.models.market.ticks import ClockMoved, Depth, Quote, Trade
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.fill_models import View, standing_view, view_of_depth, view_of_quote
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.lifecycle import end
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.matching import match, meet
from trading_api.modules.broker.engine.stops import (
    Sighting,
    sighting_of_quote,
    sighting_of_trade,
    trail,
    trigger_reached,
)
from trading_api.modules.broker.engine.symbol_book import Wait


def see_quote(draft: Draft, quote: Quote, instruments: Instruments, market: Market) -> None:
    """Ends what is due, triggers stops where nothing prints, then fills what the quote fills.

    Accounts that fill against books or bars ignore quotes of symbols that have shown one.
    """
    instrument = instruments[quote.symbol]
    if not draft.state.book(quote.symbol).reach.takes(quote, instrument.prints):
        return
    expire(draft, quote.symbol, instrument, quote.time)
    model = draft.state.terms.fills.model
    finer = {FillModelKind.DEPTH: market.depths, FillModelKind.BARS: market.bars}.get(model, {})
    if quote.symbol not in finer:
        view = view_of_quote(quote, draft.state.terms.fills)
        _see(draft, view, sighting_of_quote(quote), instrument, market.with_quote(quote))


def see_depth(draft: Draft, depth: Depth, instruments: Instruments, market: Market) -> None:
    """A book, of which only accounts that fill against books see more than the top."""
    if draft.state.terms.fills.model is not FillModelKind.DEPTH:
        see_quote(draft, depth.best, instruments, market)
        return
    instrument = instruments[depth.symbol]
    expire(draft, depth.symbol, instrument, depth.time)
    sighting = sighting_of_quote(depth.best)
    _see(draft, view_of_depth(depth), sighting, instrument, market.with_depth(depth))


def see_trade(draft: Draft, trade: Trade, instruments: Instruments, market: Market) -> None:
    """Ends what is due and triggers stops, which fill at the quote that stands."""
    instrument = instruments[trade.symbol]
    if not draft.state.book(trade.symbol).reach.takes_trade(trade):
        return
    expire(draft, trade.symbol, instrument, trade.time)
    if not instrument.prints or not instrument.session.is_open(trade.time):
        return
    if draft.state.terms.fills.model is FillModelKind.BARS and trade.symbol in market.bars:
        return
    market, sighting = market.with_trade(trade), sighting_of_trade(trade)
    view = standing_view(draft.state, instrument, market)
    triggered = trigger_reached(draft, sighting, view)
    trail(draft, sighting, instrument)
    if view is not None:
        for order_id in triggered:
            meet(draft, order_id, view, instrument, market)


def pass_time(draft: Draft, clock: ClockMoved, instruments: Instruments) -> None:
    """Ends the orders that are due in every symbol."""
    for symbol in draft.state.symbols:
        expire(draft, symbol, instruments[symbol], clock.time)


def expire(draft: Draft, symbol: str, instrument: Instrument, time: int) -> None:
    """Ends the orders that were due by `time`, each at its own moment."""
    for rung in list(draft.state.book(symbol).waiting(Wait.TIME).up_to(Decimal(time))):
        order = draft.state.orders.get(rung.order_id)
        if order is not None:
            end(draft, order, OrderStatus.EXPIRED, int(rung.key), instrument, because(Rule.DURATION_ENDED))


def _see(draft: Draft, view: View, sighting: Sighting, instrument: Instrument, market: Market) -> None:
    if not instrument.session.is_open(view.time):
        return
    if not instrument.prints:
        trigger_reached(draft, sighting, view)
        trail(draft, sighting, instrument)
    match(draft, instrument.symbol, view, instrument, market)
