"""A private stream of the default account, followed over any number of deaths of the server."""

import asyncio
from typing import Any

from trading_api.clients.broker_ws_client import BrokerWsClient
from trading_api.clients.stream import SnapshotReceived, Subscription, UpdateReceived
from trading_api.models.broker.executions import ExecutionsSubscriptionRequest
from trading_api.models.broker.orders import OrdersSubscriptionRequest
from trading_api.models.broker.positions import PositionsSubscriptionRequest

PATIENCE_SECONDS = 30
ACCOUNT = "DEMO"


class JournalClient:
    """Reads one topic; `snapshot` is its state at first, `updates` are what followed, as on the wire."""

    def __init__(self, route: str) -> None:
        self._route = route
        self._streams: BrokerWsClient | None = None
        self._last = 0
        self.snapshot: list[dict[str, Any]] = []
        self.updates: list[dict[str, Any]] = []
        self._arrived = asyncio.Condition()
        self._reader: asyncio.Task[None] | None = None

    async def connect(self, server_url: str) -> None:
        """Subscribe, and read from now on; afterwards it connects again by itself."""
        self._streams = BrokerWsClient(f"{server_url}/api/v1/broker", random=lambda: 0.0)
        subscription = self._subscribed(self._streams)
        begun = await asyncio.wait_for(anext(subscription), PATIENCE_SECONDS)
        assert isinstance(begun, SnapshotReceived)
        assert begun.offset is not None
        self.snapshot, self._last = [item.to_wire() for item in begun.items], begun.offset
        self._reader = asyncio.create_task(self._read(subscription), name=f"{self._route} reader")

    def _subscribed(self, streams: BrokerWsClient) -> Subscription[Any]:
        match self._route:
            case "orders":
                return streams.subscribe_orders(OrdersSubscriptionRequest(account_id=ACCOUNT))
            case "executions":
                return streams.subscribe_executions(ExecutionsSubscriptionRequest(account_id=ACCOUNT))
            case _:
                return streams.subscribe_positions(PositionsSubscriptionRequest(account_id=ACCOUNT))

    async def _read(self, subscription: Subscription[Any]) -> None:
        async for received in subscription:
            assert isinstance(received, UpdateReceived), f"{self._route}: the state came again"
            assert received.offset is not None
            assert received.offset > self._last, f"{self._route}: {received} again"
            self._last = received.offset
            self.updates.append(received.data.to_wire())
            async with self._arrived:
                self._arrived.notify_all()

    async def wait_for(self, *, offset: int = 0, count: int = 0) -> None:
        """Wait until the update at `offset` has arrived, and `count` updates in all."""
        async with self._arrived:
            await asyncio.wait_for(
                self._arrived.wait_for(lambda: self._last >= offset and len(self.updates) >= count),
                PATIENCE_SECONDS,
            )

    async def disconnect(self) -> None:
        """Leave; raises what the reader met, if it met anything but the end."""
        assert self._streams is not None
        assert self._reader is not None
        await self._streams.aclose()
        await self._reader
