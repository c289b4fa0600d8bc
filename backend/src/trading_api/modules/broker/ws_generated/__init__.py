"""Routes of this module, generated from its `ws.py`; `make generate` writes them anew."""

from typing import Any, Final

from trading_api.models.broker.accounts import EquityData, EquitySubscriptionRequest
from trading_api.models.broker.connection import BrokerConnectionStatus, BrokerConnectionSubscriptionRequest
from trading_api.models.broker.executions import Execution, ExecutionsSubscriptionRequest
from trading_api.models.broker.orders import OrdersSubscriptionRequest, PlacedOrder
from trading_api.models.broker.positions import Position, PositionsSubscriptionRequest
from trading_api.shared.ws.router import WsRouter


class OrdersWsRouter(WsRouter[OrdersSubscriptionRequest, PlacedOrder]):
    """The route `orders`."""

    route = "orders"
    request = OrdersSubscriptionRequest
    data = PlacedOrder


class PositionsWsRouter(WsRouter[PositionsSubscriptionRequest, Position]):
    """The route `positions`."""

    route = "positions"
    request = PositionsSubscriptionRequest
    data = Position


class ExecutionsWsRouter(WsRouter[ExecutionsSubscriptionRequest, Execution]):
    """The route `executions`."""

    route = "executions"
    request = ExecutionsSubscriptionRequest
    data = Execution


class EquityWsRouter(WsRouter[EquitySubscriptionRequest, EquityData]):
    """The route `equity`."""

    route = "equity"
    request = EquitySubscriptionRequest
    data = EquityData


class BrokerConnectionWsRouter(WsRouter[BrokerConnectionSubscriptionRequest, BrokerConnectionStatus]):
    """The route `broker-connection`."""

    route = "broker-connection"
    request = BrokerConnectionSubscriptionRequest
    data = BrokerConnectionStatus


ORDERS = OrdersWsRouter()
POSITIONS = PositionsWsRouter()
EXECUTIONS = ExecutionsWsRouter()
EQUITY = EquityWsRouter()
BROKER_CONNECTION = BrokerConnectionWsRouter()

ROUTES: Final[tuple[WsRouter[Any, Any], ...]] = (
    ORDERS,
    POSITIONS,
    EXECUTIONS,
    EQUITY,
    BROKER_CONNECTION,
)
