"""Canceling orders."""

from trading_api.models.broker.orders import OrderStatus
from trading_api.modules.broker.engine.brackets import mirror, put_parent_terms
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.commands import CancelOrder, CancelOrders
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.instruments import Instruments
from trading_api.modules.broker.engine.lifecycle import end
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.refusals import OrderNotOpen


def cancel_order(draft: Draft, command: CancelOrder, instruments: Instruments, market: Market) -> None:
    """Cancel one open order, and with it the brackets that wait for it; raises OrderNotOpen.

    What a canceled bracket protected is protected by it no longer, and says so.
    """
    order = draft.state.orders.get(command.order_id)
    if order is None:
        raise OrderNotOpen(command.order_id)
    _cancel(draft, order, instruments, market)
    if order.parent_id is not None:
        mirror(draft, order.parent_id, instruments[order.symbol], market.time)
        put_parent_terms(draft, order, None, market.time)


def cancel_orders(draft: Draft, command: CancelOrders, instruments: Instruments, market: Market) -> None:
    """Cancel the open orders of a symbol, of a side, or all; brackets go on protecting positions."""
    state = draft.state
    for order in state.open_orders if command.symbol is None else state.orders_of(command.symbol):
        if not order.is_bracket and command.side in {None, order.side}:
            _cancel(draft, order, instruments, market)


def _cancel(draft: Draft, order: Order, instruments: Instruments, market: Market) -> None:
    cause = because(Rule.CANCELED_BY_USER)
    end(draft, order, OrderStatus.CANCELED, market.time, instruments[order.symbol], cause)
