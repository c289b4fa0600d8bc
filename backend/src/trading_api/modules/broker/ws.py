"""WebSocket routes of the broker."""

from typing import Any

from trading_api.models.broker.accounts import EquityData, EquitySubscriptionRequest
from trading_api.models.broker.executions import Execution, ExecutionsSubscriptionRequest
from trading_api.models.broker.orders import OrdersSubscriptionRequest, PlacedOrder
from trading_api.models.broker.positions import Position, PositionsSubscriptionRequest
from trading_api.models.streaming import Delivery
from trading_api.shared.ws.router import WsRouter

ROUTES: tuple[WsRouter[Any, Any], ...] = (
    WsRouter("orders", OrdersSubscriptionRequest, PlacedOrder, Delivery.JOURNAL),
    WsRouter("positions", PositionsSubscriptionRequest, Position, Delivery.JOURNAL),
    WsRouter("executions", ExecutionsSubscriptionRequest, Execution, Delivery.JOURNAL),
    WsRouter("equity", EquitySubscriptionRequest, EquityData, Delivery.LATEST),
)
