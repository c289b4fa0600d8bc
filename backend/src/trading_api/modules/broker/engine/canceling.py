"""Canceling orders."""

from trading_api.models.broker.orders import OrderStatus, Side
from trading_api.modules.broker.engine.brackets import mirror, put_parent_terms
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.commands import CancelOrder, CancelOrders
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.entities import Order
from trading_api.modules.broker.engine.instruments import Instruments
from trading_api.modules.broker.engine.lifecycle import cancel_all, end
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.refusals import OrderNotOpen
from trading_api.modules.broker.engine.state import AccountState


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
    """Cancel open orders; brackets go on protecting positions, those of a canceled order end with it.

    Of `order_ids` those that are not open any more are passed over.
    """
    state = draft.state
    if command.order_ids is None:
        orders = cancelable(state, command.symbol, command.side)
    else:
        found = (state.orders.get(order_id) for order_id in command.order_ids)
        orders = [order for order in found if order is not None and not order.is_bracket]
    cause = because(Rule.CANCELED_BY_USER)
    if command.trading_state is not None:
        cause = because(Rule.TRADING_HALTED, note=f"tradingState={command.trading_state}")
    cancel_all(draft, orders, market.time, instruments, lambda _: cause)


def cancelable(
    state: AccountState, symbol: str | None = None, side: Side | None = None, until: int | None = None
) -> list[Order]:
    """The open orders of a symbol, of a side, or all, that are no brackets; oldest first.

    With `until` only those that were accepted up to this offset.
    """
    orders = state.open_orders if symbol is None else state.orders_of(symbol)
    return [
        order
        for order in orders
        if not order.is_bracket
        and (side is None or order.side is side)
        and (until is None or order.created_offset <= until)
    ]


def _cancel(draft: Draft, order: Order, instruments: Instruments, market: Market) -> None:
    cause = because(Rule.CANCELED_BY_USER)
    end(draft, order, OrderStatus.CANCELED, market.time, instruments[order.symbol], cause)
