"""What quotes, trades and time do to open orders."""

from decimal import Decimal

from trading_api.models.broker.orders import OrderStatus, OrderType
from trading_api.models.market.ticks import ClockMoved, Quote
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.checks import check_buying_power
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.fills import (
    Fill,
    execute,
    fill_price,
    matching,
    rule_of,
    session_open,
)
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.lifecycle import end
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.symbol_book import Wait


def see_quote(draft: Draft, quote: Quote, instruments: Instruments, market: Market) -> None:
    """Ends what is due, then fills what the quote fills."""
    instrument = instruments[quote.symbol]
    _expire(draft, quote.symbol, instrument, quote.time)
    orders = matching(draft.state, quote)
    if orders and session_open(instrument, quote):
        market = market.with_quote(quote)
        for order in orders:
            _fill(draft, order, quote, instrument, market)


def pass_time(draft: Draft, clock: ClockMoved, instruments: Instruments) -> None:
    """Ends the orders that are due in every symbol."""
    for symbol in draft.state.symbols:
        _expire(draft, symbol, instruments[symbol], clock.time)


def _fill(draft: Draft, order: Order, quote: Quote, instrument: Instrument, market: Market) -> None:
    price = fill_price(order, quote)
    if price is None:
        return
    fill = Fill(order, order.remaining_qty, price, quote.time, because(rule_of(order), quote))
    if order.type is OrderType.MARKET:
        trial = Draft(draft.state)
        execute(trial, fill, instrument, market)
        without = Draft(draft.state)
        end(without, order, OrderStatus.CANCELED, quote.time, instrument, fill.cause)
        failures = check_buying_power(without.state, trial.state, order.symbol, market)
        if failures:
            reason = f"{failures[0].code}: {failures[0].message}"
            cause = because(Rule.BUYING_POWER_GONE, quote, failures[0].message)
            end(draft, order, OrderStatus.REJECTED, quote.time, instrument, cause, reason)
            return
    execute(draft, fill, instrument, market)


def _expire(draft: Draft, symbol: str, instrument: Instrument, time: int) -> None:
    """Ends the orders that were due by `time`, each at its own moment."""
    for rung in list(draft.state.book(symbol).waiting(Wait.TIME).up_to(Decimal(time))):
        order = draft.state.orders[rung.order_id]
        end(draft, order, OrderStatus.EXPIRED, int(rung.key), instrument, because(Rule.DURATION_ENDED))
