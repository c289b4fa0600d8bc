"""Filling everything at once, for debugging."""

from decimal import Decimal

from trading_api.models.broker.orders import OrderStatus
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.fills import Fill, execute
from trading_api.modules.broker.engine.holdings import held_by
from trading_api.modules.broker.engine.instruments import Instrument, Instruments
from trading_api.modules.broker.engine.market import Market, at_least_as_good
from trading_api.modules.broker.engine.replacing import replace
from trading_api.modules.broker.engine.stops import reference_price


def execute_orders(draft: Draft, instruments: Instruments, market: Market) -> None:
    """Fill all working orders, oldest first, whatever they wait for: at the price that is there.

    A limit fills at its limit if the price is not better; an order without a limit in a symbol without a
    price, and one that would reduce what is not held, stay as they are.
    """
    for order in draft.state.open_orders:
        _execute(draft, order.id, instruments[order.symbol], market)


def _execute(draft: Draft, order_id: str, instrument: Instrument, market: Market) -> None:
    order = draft.state.orders.get(order_id)
    if order is None or order.status is not OrderStatus.WORKING:
        return
    price = _price(order, instrument, market)
    held = held_by(draft.state, order) if order.only_reduces else None
    if price is None or (order.only_reduces and held is None):
        return
    qty = order.remaining_qty if held is None else min(order.remaining_qty, held.qty)
    cause = because(Rule.EXECUTED_FOR_DEBUGGING, market.quote(order.symbol))
    execute(draft, Fill(order, qty, price, market.time, cause), instrument, market)


def _price(order: Order, instrument: Instrument, market: Market) -> Decimal | None:
    quoted = replace(instrument, prints=False)
    price = reference_price(quoted, market, order.side) or reference_price(instrument, market, order.side)
    limit = order.limit_price
    if limit is None or (price is not None and at_least_as_good(order.side, price, limit)):
        return price
    return limit
