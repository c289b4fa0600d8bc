"""Stops: what they look at, when they trigger, and how a trailing one follows."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.broker.orders import Side
from trading_api.models.market.ticks import Quote, Tick, Trade
from trading_api.modules.broker.engine.causes import Cause, Rule, because
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.exact import on_grid
from trading_api.modules.broker.engine.fill_models import View
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.lifecycle import put_terms, trigger
from trading_api.modules.broker.engine.market import Market, taking_price
from trading_api.modules.broker.engine.replacing import replace
from trading_api.modules.broker.engine.symbol_book import Wait


@dataclass(frozen=True, slots=True)
class Sighting:
    """The prices at which stops look: buys at `rise`, sells at `fall`; None where there is none.

    Orders that came into the market after `since` do not see it.
    """

    tick: Tick
    symbol: str
    time: int
    since: int
    rise: Decimal | None
    fall: Decimal | None


def sighting_of_quote(quote: Quote) -> Sighting:
    """Where nothing prints, buys look at the ask and sells at the bid."""
    rise, fall = taking_price(quote, Side.BUY), taking_price(quote, Side.SELL)
    return Sighting(quote, quote.symbol, quote.time, quote.time, rise, fall)


def sighting_of_trade(trade: Trade) -> Sighting:
    """Where trades are printed, both look at them."""
    return Sighting(trade, trade.symbol, trade.time, trade.time, trade.price, trade.price)


def stop_reference(instrument: Instrument, market: Market) -> Tick | None:
    """What stops look at: the last trade; the last quote where nothing prints, or nothing has yet."""
    trade = market.trades.get(instrument.symbol) if instrument.prints else None
    return market.quote(instrument.symbol) if trade is None else trade


def reference_price(instrument: Instrument, market: Market, side: Side) -> Decimal | None:
    """The price at which a stop on `side` looks; None if none is known."""
    match stop_reference(instrument, market):
        case Trade() as trade:
            return trade.price
        case Quote() as quote:
            return taking_price(quote, side)
    return None


def reaches(side: Side, price: Decimal, stop: Decimal) -> bool:
    """Whether a stop on `side` triggers at `price`."""
    return price >= stop if side is Side.BUY else price <= stop


def trailing_stop_price(side: Side, price: Decimal, amount: Decimal, tick_size: Decimal) -> Decimal:
    """`amount` away from `price`, on the tick grid: a buy's above, a sell's below."""
    buys = side is Side.BUY
    return on_grid(price + amount if buys else price - amount, tick_size, up=buys)


def triggering_tick(order: Order, instrument: Instrument, market: Market) -> Tick | None:
    """What triggers `order` although it has only just come: it was beyond the price of this session."""
    if order.stop_price is None or order.triggered:
        return None
    seen = stop_reference(instrument, market)
    price = reference_price(instrument, market, order.side)
    if seen is None or price is None:
        return None
    reached = reaches(order.side, price, order.stop_price)
    return seen if reached and instrument.trades_throughout(seen.time, market.time) else None


def trigger_stop(draft: Draft, order: Order, time: int, view: View | None, cause: Cause) -> Order:
    """The stop becomes a market order, or a limit order that takes liquidity if `view` suits it."""
    marketable = view is not None and view.suits(order.side, order.limit_price)
    return trigger(draft, replace(order, marketable=marketable), time, cause)


def trigger_reached(draft: Draft, sighting: Sighting, view: View | None) -> list[str]:
    """Trigger the stops that are reached; returns the ids, those reached first first."""
    reached = list(_waiting(draft, sighting, Wait.RISE, Wait.FALL))
    for order in reached:
        trigger_stop(draft, order, sighting.time, view, because(Rule.STOP_REACHED, sighting.tick))
    return [order.id for order in reached]


def trail(draft: Draft, sighting: Sighting, instrument: Instrument) -> None:
    """Move trailing stops after the price, never back."""
    for order in list(_waiting(draft, sighting, Wait.HIGHER, Wait.LOWER)):
        price = sighting.rise if order.side is Side.BUY else sighting.fall
        if price is None or order.trailing_amount is None or order.stop_price is None:
            continue
        stop = trailing_stop_price(order.side, price, order.trailing_amount, instrument.tick_size)
        if stop != order.stop_price and not reaches(order.side, stop, order.stop_price):
            moved = replace(order, stop_price=stop, reserve_price=stop)
            put_terms(draft, moved, sighting.time, because(Rule.TRAIL_FOLLOWED, sighting.tick))


def _waiting(draft: Draft, sighting: Sighting, rising: Wait, falling: Wait) -> Iterator[Order]:
    """Orders that wait for the price to rise or fall so far and may see it."""
    book = draft.state.book(sighting.symbol)
    upward = sighting.rise if rising is Wait.RISE else sighting.fall
    downward = sighting.fall if falling is Wait.FALL else sighting.rise
    rungs = [
        *(() if upward is None else book.waiting(rising).up_to(upward)),
        *(() if downward is None else book.waiting(falling).up_to(-downward)),
    ]
    for rung in rungs:
        order = draft.state.orders[rung.order_id]
        if order.active_time <= sighting.since:
            yield order
