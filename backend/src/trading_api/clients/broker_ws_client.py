"""Client of the streams of `broker`, generated; `make generate` writes it anew."""

from trading_api.clients.stream import StreamClient, Subscription
from trading_api.models.broker.accounts import EquityData, EquitySubscriptionRequest
from trading_api.models.broker.connection import BrokerConnectionStatus, BrokerConnectionSubscriptionRequest
from trading_api.models.broker.executions import Execution, ExecutionsSubscriptionRequest
from trading_api.models.broker.orders import OrdersSubscriptionRequest, PlacedOrder
from trading_api.models.broker.positions import Position, PositionsSubscriptionRequest


class BrokerWsClient(StreamClient):
    """Streams of `broker`; `StreamClient` says what all streams have in common."""

    def subscribe_orders(
        self,
        request: OrdersSubscriptionRequest,
    ) -> Subscription[PlacedOrder]:
        """Every change of an account's orders."""
        return self._journal(
            "orders",
            request,
            PlacedOrder,
        )

    def subscribe_positions(
        self,
        request: PositionsSubscriptionRequest,
    ) -> Subscription[Position]:
        """Every change of an account's positions."""
        return self._journal(
            "positions",
            request,
            Position,
        )

    def subscribe_executions(
        self,
        request: ExecutionsSubscriptionRequest,
    ) -> Subscription[Execution]:
        """Every execution of an account, or those of one symbol."""
        return self._journal(
            "executions",
            request,
            Execution,
        )

    def subscribe_equity(
        self,
        request: EquitySubscriptionRequest,
        *,
        every: bool = False,
        max_rate_hz: float | None = None,
    ) -> Subscription[EquityData]:
        """What an account is worth, as it changes."""
        return self._latest(
            "equity",
            request,
            EquityData,
            every=every,
            max_rate_hz=max_rate_hz,
        )

    def subscribe_broker_connection(
        self,
        request: BrokerConnectionSubscriptionRequest,
        *,
        every: bool = False,
        max_rate_hz: float | None = None,
    ) -> Subscription[BrokerConnectionStatus]:
        """State of the broker for an account, as it changes."""
        return self._latest(
            "broker-connection",
            request,
            BrokerConnectionStatus,
            every=every,
            max_rate_hz=max_rate_hz,
        )
