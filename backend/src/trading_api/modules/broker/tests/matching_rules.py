"""What a quote or a trade does to orders, reckoned one order at a time and without any index."""

from decimal import Decimal

from trading_api.models.broker.orders import OrderStatus, Side
from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.broker.engine import AccountState, Event, Instrument, Order
from trading_api.modules.broker.engine.events import ORDER_EVENTS
from trading_api.modules.broker.engine.market import at_least_as_good, taking_price


def check_nothing_missed(
    before: AccountState,
    after: AccountState,
    tick: Quote | Trade,
    events: tuple[Event, ...],
    instrument: Instrument,
) -> None:
    """Every order that `tick` concerns has changed, and a tick that reaches nothing has changed none."""
    reach = before.book(tick.symbol).reach
    takes = reach.takes(tick, instrument.prints) if isinstance(tick, Quote) else reach.takes_trade(tick)
    liquidates = bool(before.positions)
    assert takes or liquidates or not any(isinstance(event, ORDER_EVENTS) for event in events)
    if not instrument.session.is_open(tick.time):
        return
    for order in after.orders_of(tick.symbol):
        if order == before.orders.get(order.id):
            assert not _concerns(tick, order, instrument), (tick, order)


def _concerns(tick: Quote | Trade, order: Order, instrument: Instrument) -> bool:
    """Whether `tick` is to fill, trigger or move `order` at the top of the book."""
    prints = instrument.prints
    if order.active_time > tick.time or order.status is not OrderStatus.WORKING:
        return False
    stop = None if order.triggered else order.stop_price
    if isinstance(tick, Trade):
        price = tick.price if stop is not None and prints else None
    else:
        price = None if stop is not None and prints else taking_price(tick, order.side)
    if price is None:
        return False
    if stop is None:
        return order.limit_price is None or at_least_as_good(order.side, price, order.limit_price)
    return _reached(order.side, price, stop) or _lags(order, price, stop, instrument.tick_size)


def _lags(order: Order, price: Decimal, stop: Decimal, tick_size: Decimal) -> bool:
    """Whether a trailing stop is a tick farther from `price` than it trails."""
    if order.trailing_amount is None:
        return False
    distance = stop - price if order.side is Side.BUY else price - stop
    return distance >= order.trailing_amount + tick_size


def _reached(side: Side, price: Decimal, stop: Decimal) -> bool:
    return price >= stop if side is Side.BUY else price <= stop
