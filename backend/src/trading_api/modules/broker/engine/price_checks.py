"""What is checked of an order's prices: which its type needs, and on which side of the market a stop is."""

from collections.abc import Iterator
from decimal import Decimal

from trading_api.models.broker.orders import OrderType, Side
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.engine.commands import PlaceOrder
from trading_api.modules.broker.engine.exact import is_multiple
from trading_api.modules.broker.engine.instruments import Instrument
from trading_api.modules.broker.engine.market import Market, taking_price
from trading_api.modules.broker.engine.refusals import CheckFailure, RefusalCode
from trading_api.modules.broker.engine.state import AccountState
from trading_api.modules.broker.engine.stops import reaches, reference_price, trailing_stop_price

NEEDED: dict[OrderType, frozenset[str]] = {
    OrderType.MARKET: frozenset(),
    OrderType.LIMIT: frozenset({"limitPrice"}),
    OrderType.STOP: frozenset({"stopPrice"}),
    OrderType.STOP_LIMIT: frozenset({"limitPrice", "stopPrice"}),
    OrderType.TRAILING_STOP: frozenset({"trailingAmount"}),
}
"""The prices that an order of a type has; it has no others."""


def check_prices(
    state: AccountState, command: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """Whether the order has the prices of its type, each of which can be traded at, and a stop can wait."""
    unsound = [*_check_given(command, instrument)]
    yield from unsound
    if not unsound and command.type in {OrderType.STOP, OrderType.STOP_LIMIT}:
        if not state.terms.allow_immediate_stops:
            yield from _check_stop_side(command, instrument, market)
    elif not unsound and command.type is OrderType.TRAILING_STOP:
        yield from _check_trailing(command, instrument, market)


def check_quote(
    state: AccountState, command: PlaceOrder, instrument: Instrument, market: Market
) -> Iterator[CheckFailure]:
    """A market order in session needs a price of now to fill at; out of session it waits for the first."""
    if command.type is not OrderType.MARKET or not instrument.session.is_open(market.time):
        return
    quote = market.quote(instrument.symbol)
    if quote is None or taking_price(quote, command.side) is None:
        wanted = "ask" if command.side is Side.BUY else "bid"
        message = f"no {wanted} is quoted for symbol={instrument.symbol} at time={market.time}"
        yield CheckFailure("symbol", RefusalCode.QUOTE_UNAVAILABLE, message, instrument.symbol)
    elif not state.terms.allow_stale_quotes:
        yield from _check_silence(quote, market)


def _check_silence(quote: Quote, market: Market) -> Iterator[CheckFailure]:
    silence = market.silent.get(quote.symbol)
    if silence is None:
        return
    limit = "" if silence.limit_ms is None else f" limitMs={silence.limit_ms}"
    message = (
        f"the quote of symbol={quote.symbol} is not of now: quoteTime={quote.time} time={market.time}"
        f" status={silence.status}{limit}"
    )
    yield CheckFailure("symbol", RefusalCode.QUOTE_STALE, message, quote.symbol)


def _check_given(command: PlaceOrder, instrument: Instrument) -> Iterator[CheckFailure]:
    given = {
        "limitPrice": command.limit_price,
        "stopPrice": command.stop_price,
        "trailingAmount": command.trailing_amount,
    }
    for field, price in given.items():
        needed = field in NEEDED[command.type]
        if price is None and needed:
            message = f"type={command.type} needs a {field}"
            yield CheckFailure(field, RefusalCode.PRICE_MISSING, message)
        elif price is not None and not needed:
            message = f"type={command.type} takes no {field}={price}"
            yield CheckFailure(field, RefusalCode.PRICE_NOT_ALLOWED, message, price)
        elif price is not None:
            yield from _check_price(field, price, instrument)


def _check_price(field: str, price: Decimal, instrument: Instrument) -> Iterator[CheckFailure]:
    if price <= 0:
        message = f"{field}={price} must be above 0"
        yield CheckFailure(field, RefusalCode.PRICE_NOT_POSITIVE, message, price)
    elif not is_multiple(price, instrument.tick_size):
        message = f"{field}={price} must be a multiple of tick={instrument.tick_size:f}"
        yield CheckFailure(field, RefusalCode.PRICE_TICK, message, price)


def _check_stop_side(command: PlaceOrder, instrument: Instrument, market: Market) -> Iterator[CheckFailure]:
    price, stop = reference_price(instrument, market, command.side), command.stop_price
    if price is None or stop is None or not reaches(command.side, price, stop):
        return
    beyond = "above" if command.side is Side.BUY else "below"
    message = f"stopPrice={stop} of side={command.side} must be {beyond} the market={price:f}"
    yield CheckFailure("stopPrice", RefusalCode.STOP_WOULD_TRIGGER, message, stop)


def _check_trailing(command: PlaceOrder, instrument: Instrument, market: Market) -> Iterator[CheckFailure]:
    """It needs a price to trail, and room for its stop above 0."""
    price, amount = reference_price(instrument, market, command.side), command.trailing_amount
    if price is None or amount is None:
        message = f"symbol={instrument.symbol} has no price that a stop could trail at time={market.time}"
        yield CheckFailure("symbol", RefusalCode.QUOTE_UNAVAILABLE, message, instrument.symbol)
    elif trailing_stop_price(command.side, price, amount, instrument.tick_size) <= 0:
        message = f"trailingAmount={amount} reaches from the market={price:f} to 0"
        yield CheckFailure("trailingAmount", RefusalCode.PRICE_NOT_POSITIVE, message, amount)
