"""What an open order still waits for, with the prices that it waits on."""

from datetime import UTC, datetime

from trading_api.models.broker.orders import OrderStatus, OrderType, Side
from trading_api.modules.broker.engine import Instrument, Market, Order
from trading_api.modules.broker.order_words import Write, clock, prices


def waiting_for(order: Order, instrument: Instrument, market: Market) -> str:
    """`limit 189.50, best ask 189.62 at 14:03:07.120`."""
    if order.status is OrderStatus.INACTIVE:
        return f"order {order.parent_id} to be filled"
    price = prices(instrument.tick_size)
    told = [*_hindrances(order, instrument, market), _condition(order, instrument, market, price)]
    return "; ".join(told)


def _hindrances(order: Order, instrument: Instrument, market: Market) -> list[str]:
    told = []
    if not instrument.session.is_open(market.time):
        opening = datetime.fromtimestamp(instrument.session.next_open(market.time) // 1000, tz=UTC)
        told.append(f"the session, which opens {opening:%Y-%m-%d %H:%M} UTC")
    if order.active_time > market.time:
        told.append(f"to be in the market at {clock(order.active_time)}")
    return told


def _condition(order: Order, instrument: Instrument, market: Market, price: Write) -> str:
    if order.stop_price is not None and not order.triggered:
        trails = "" if order.trailing_amount is None else f" trailing by {price(order.trailing_amount)}"
        return f"stop {price(order.stop_price)}{trails}, {_trigger_seen(order, instrument, market, price)}"
    if order.limit_price is not None:
        return f"limit {price(order.limit_price)}, {_taking_seen(order, market, price)}"
    if order.type is OrderType.TRAILING_STOP and not order.triggered:
        return f"a first price to trail, {_trigger_seen(order, instrument, market, price)}"
    return f"the next quote, {_taking_seen(order, market, price)}"


def _trigger_seen(order: Order, instrument: Instrument, market: Market, price: Write) -> str:
    """What triggers it: the last trade, or where nothing prints the side of the quote that it would take."""
    if not instrument.prints:
        return _taking_seen(order, market, price)
    trade = market.trades.get(order.symbol)
    if trade is None:
        return "no trade seen yet"
    return f"last price {price(trade.price)} at {clock(trade.time)}"


def _taking_seen(order: Order, market: Market, price: Write) -> str:
    quote = market.quote(order.symbol)
    name = "ask" if order.side is Side.BUY else "bid"
    taken = None if quote is None else (quote.ask if order.side is Side.BUY else quote.bid)
    if quote is None or taken is None or taken <= 0:
        return f"no {name} quoted"
    return f"best {name} {price(taken)} at {clock(quote.time)}"
