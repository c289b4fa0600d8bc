"""The engine's entities as the contract's models, and the contract's requests as commands."""

from typing import Any

from trading_api.models.broker.executions import Execution as WireExecution
from trading_api.models.broker.orders import (
    BracketTerms,
    DurationType,
    MessageType,
    OrderChange,
    OrderDuration,
    OrderMessage,
    PlacedOrder,
    PreOrder,
)
from trading_api.models.broker.positions import Position as WirePosition
from trading_api.modules.broker.engine import Execution, Order, PlaceOrder, Position
from trading_api.modules.broker.engine.commands import ModifyOrder
from trading_api.modules.broker.engine.entities import Brackets

UNTIL_CANCELED = OrderDuration(type=DurationType.GTC)


def command_of(pre_order: PreOrder, symbol: str) -> PlaceOrder:
    """The command in `pre_order`, with the symbol's ticker."""
    duration = pre_order.duration or UNTIL_CANCELED
    return PlaceOrder(
        symbol=symbol,
        type=pre_order.type,
        side=pre_order.side,
        qty=pre_order.qty,
        limit_price=pre_order.limit_price,
        duration=duration.type,
        client_order_id=pre_order.client_order_id,
        stop_price=pre_order.stop_price,
        trailing_amount=pre_order.trailing_amount,
        gtd_time=duration.datetime,
        brackets=brackets_of(pre_order),
        is_close=bool(pre_order.is_close),
        position_id=pre_order.position_id,
    )


def modification_of(order_id: str, change: OrderChange) -> ModifyOrder:
    """The command in `change`."""
    duration = change.duration
    return ModifyOrder(
        order_id=order_id,
        qty=change.qty,
        limit_price=change.limit_price,
        stop_price=change.stop_price,
        trailing_amount=change.trailing_amount,
        type=change.type,
        duration=None if duration is None else duration.type,
        gtd_time=None if duration is None else duration.datetime,
        brackets=None if change.brackets is None else brackets_of(change.brackets),
    )


def brackets_of(terms: PreOrder | BracketTerms) -> Brackets:
    """The brackets in a request."""
    return Brackets(terms.take_profit, terms.stop_loss, terms.guaranteed_stop, terms.trailing_stop_pips)


def placed_order(order: Order) -> PlacedOrder:
    """An order."""
    is_gtd = order.duration is DurationType.GTD
    return PlacedOrder(
        id=order.id,
        symbol=order.symbol,
        type=order.type,
        side=order.side,
        qty=order.qty,
        limit_price=order.limit_price,
        stop_price=order.stop_price,
        trailing_amount=order.trailing_amount,
        **_bracket_fields(order.brackets),
        duration=OrderDuration(type=order.duration, datetime=order.expire_time if is_gtd else None),
        client_order_id=order.client_order_id,
        status=order.status,
        filled_qty=order.filled_qty,
        avg_price=order.avg_price,
        create_time=order.create_time,
        update_time=order.update_time,
        is_close=order.is_close or None,
        position_id=order.position_id,
        parent_id=order.parent_id,
        parent_type=order.parent_type,
        stop_type=order.stop_type,
        triggered=order.triggered or None,
        message=_message(order),
        reject_reason=order.reject_reason,
        offset=order.offset,
    )


def wire_execution(execution: Execution) -> WireExecution:
    """An execution."""
    return WireExecution(
        id=execution.id,
        order_id=execution.order_id,
        symbol=execution.symbol,
        side=execution.side,
        qty=execution.qty,
        price=execution.price,
        time=execution.time,
        commission=execution.commission,
        realized_pl=execution.realized_pl,
        liquidity=execution.liquidity,
        conversion=execution.conversion,
        position_id=execution.position_id,
        offset=execution.offset,
    )


def wire_position(position: Position) -> WirePosition:
    """A position."""
    return WirePosition(
        id=position.id,
        symbol=position.symbol,
        qty=position.qty,
        side=position.side,
        avg_price=position.avg_price,
        realized_pl=position.realized_pl,
        **_bracket_fields(position.brackets),
        update_time=position.update_time,
        offset=position.offset,
    )


def _bracket_fields(brackets: Brackets) -> dict[str, Any]:
    return {
        "take_profit": brackets.take_profit,
        "stop_loss": brackets.stop_loss,
        "guaranteed_stop": brackets.guaranteed_stop,
        "trailing_stop_pips": brackets.trailing_stop_pips,
    }


def _message(order: Order) -> OrderMessage | None:
    if order.reject_reason is None:
        return None
    return OrderMessage(type=MessageType.ERROR, text=order.reject_reason)
