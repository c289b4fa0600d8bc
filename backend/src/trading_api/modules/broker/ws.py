"""Declarations of the broker's streams; `make generate` makes `ws_generated` of them."""

from typing import TypeAlias

from trading_api.models.broker.accounts import EquityData, EquitySubscriptionRequest
from trading_api.models.broker.connection import BrokerConnectionStatus, BrokerConnectionSubscriptionRequest
from trading_api.models.broker.executions import Execution, ExecutionsSubscriptionRequest
from trading_api.models.broker.orders import OrdersSubscriptionRequest, PlacedOrder
from trading_api.models.broker.positions import Position, PositionsSubscriptionRequest
from trading_api.shared.ws.router import WsRouter

OrdersWsRouter: TypeAlias = WsRouter[OrdersSubscriptionRequest, PlacedOrder]
PositionsWsRouter: TypeAlias = WsRouter[PositionsSubscriptionRequest, Position]
ExecutionsWsRouter: TypeAlias = WsRouter[ExecutionsSubscriptionRequest, Execution]
EquityWsRouter: TypeAlias = WsRouter[EquitySubscriptionRequest, EquityData]
BrokerConnectionWsRouter: TypeAlias = WsRouter[BrokerConnectionSubscriptionRequest, BrokerConnectionStatus]
