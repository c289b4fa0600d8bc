"""Canceling orders."""

from trading_api.models.broker.orders import OrderStatus
from trading_api.modules.broker.engine.causes import Rule, because
from trading_api.modules.broker.engine.commands import CancelOrder
from trading_api.modules.broker.engine.draft import Draft
from trading_api.modules.broker.engine.instruments import Instruments
from trading_api.modules.broker.engine.lifecycle import end
from trading_api.modules.broker.engine.market import Market
from trading_api.modules.broker.engine.refusals import OrderNotOpen


def cancel_order(draft: Draft, command: CancelOrder, instruments: Instruments, market: Market) -> None:
    """Cancel one open order; raises OrderNotOpen."""
    order = draft.state.orders.get(command.order_id)
    if order is None:
        raise OrderNotOpen(command.order_id)
    cause = because(Rule.CANCELED_BY_USER)
    end(draft, order, OrderStatus.CANCELED, market.time, instruments[order.symbol], cause)
