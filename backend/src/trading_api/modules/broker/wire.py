"""The engine's values as the contract's models, and back."""

from trading_api.models.broker.accounts import AccountInfo, AccountMetainfo, EquityData, PositionProfit
from trading_api.models.broker.executions import Execution as WireExecution
from trading_api.models.broker.orders import DurationType, OrderDuration, PlacedOrder, PreOrder
from trading_api.models.broker.positions import Position as WirePosition
from trading_api.modules.broker.engine import AccountState, Execution, Order, PlaceOrder, Position, Worth

CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def command_of(pre_order: PreOrder, symbol: str) -> PlaceOrder:
    """The command in `pre_order`, with the symbol's ticker."""
    return PlaceOrder(
        symbol=symbol,
        type=pre_order.type,
        side=pre_order.side,
        qty=pre_order.qty,
        limit_price=pre_order.limit_price,
        duration=pre_order.duration.type if pre_order.duration else DurationType.GTC,
        client_order_id=pre_order.client_order_id,
    )


def placed_order(order: Order) -> PlacedOrder:
    """An order."""
    return PlacedOrder(
        id=order.id,
        symbol=order.symbol,
        type=order.type,
        side=order.side,
        qty=order.qty,
        limit_price=order.limit_price,
        duration=OrderDuration(type=order.duration),
        client_order_id=order.client_order_id,
        status=order.status,
        filled_qty=order.filled_qty,
        avg_price=order.avg_price,
        create_time=order.create_time,
        update_time=order.update_time,
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
        update_time=position.update_time,
        offset=position.offset,
    )


def equity_data(worth: Worth, time: int) -> EquityData:
    """What an account is worth."""
    return EquityData(
        balance=worth.balance,
        equity=worth.equity,
        unrealized_pl=worth.unrealized_pl,
        realized_pl=worth.realized_pl,
        margin_used=worth.margin.used,
        margin_available=worth.available,
        positions=[PositionProfit(id=key, unrealized_pl=profit) for key, profit in worth.profits.items()],
        time=time,
    )


def account_metainfo(state: AccountState) -> AccountMetainfo:
    """Name and currency of an account."""
    return AccountMetainfo(
        id=state.account_id,
        name=state.name,
        type="paper",
        currency=state.currency,
        currency_sign=CURRENCY_SIGNS.get(state.currency, state.currency),
    )


def account_info(state: AccountState, worth: Worth, time: int) -> AccountInfo:
    """An account in full."""
    return AccountInfo(
        **account_metainfo(state).model_dump(),
        trading_state="active",
        epoch=state.epoch,
        offset=state.offset,
        equity=equity_data(worth, time),
    )
