"""The same modules, asked through their clients: in one process, and each in a process of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.deployments import START_MS, Deployment, OneProcess, ProcessEach, Server
from trading_api.clients.broker_client import BrokerClient, BrokerErrorCode
from trading_api.clients.broker_ws_client import BrokerWsClient
from trading_api.clients.datafeed_client import DatafeedClient, DatafeedErrorCode
from trading_api.clients.errors import Refused
from trading_api.clients.stream import SnapshotReceived, Subscription, UpdateReceived
from trading_api.models.broker.accounts import EquityData, EquitySubscriptionRequest
from trading_api.models.broker.orders import (
    OrdersSubscriptionRequest,
    OrderStatus,
    OrderType,
    PlacedOrder,
    PreOrder,
    Side,
)
from trading_api.models.market.status import ReplayControl

pytestmark = pytest.mark.integration

ACCOUNT = "DEMO"
PATIENCE_SECONDS = 30
LIMIT = Decimal("99.90")
FIRST_BELOW = Decimal("99.81")
"""The first ask at or below LIMIT, in the second minute of the play."""


@pytest.fixture(params=[OneProcess, ProcessEach])
def deployment(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Deployment]:
    with request.param(tmp_path) as running:
        yield running


@dataclass
class Clients:
    """A client of everything that a deployment serves."""

    datafeed: DatafeedClient
    broker: BrokerClient
    streams: BrokerWsClient


@asynccontextmanager
async def clients_of(deployment: Deployment) -> AsyncIterator[Clients]:
    async with (
        DatafeedClient(deployment.datafeed_url) as datafeed,
        BrokerClient(deployment.broker_url) as broker,
        BrokerWsClient(deployment.broker_url) as streams,
    ):
        yield Clients(datafeed, broker, streams)


def order(side: Side, limit: Decimal | None = None, symbol: str = "SPY") -> PreOrder:
    kind = OrderType.MARKET if limit is None else OrderType.LIMIT
    return PreOrder(symbol=symbol, type=kind, side=side, qty=Decimal(10), limit_price=limit)


@dataclass
class Journal:
    """The orders of the account as the stream tells them: the state at first, then every change once."""

    subscription: Subscription[PlacedOrder]
    orders: dict[str, PlacedOrder] = field(default_factory=dict)
    offsets: list[int] = field(default_factory=list)
    snapshots: int = 0

    async def read_until(self, reached: Callable[["Journal"], bool]) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not reached(self):
                match await anext(self.subscription):
                    case SnapshotReceived(items=items):
                        self.snapshots += 1
                        self.orders = {item.id: item for item in items}
                    case UpdateReceived(data=data, offset=offset):
                        assert offset == data.offset
                        self.offsets.append(data.offset)
                        self.orders[data.id] = data

    async def read_to(self, offset: int) -> None:
        await self.read_until(lambda journal: offset in journal.offsets)

    def has(self, order_id: str, status: OrderStatus) -> bool:
        return order_id in self.orders and self.orders[order_id].status is status


@asynccontextmanager
async def orders_of(clients: Clients) -> AsyncIterator[Journal]:
    async with clients.streams.subscribe_orders(OrdersSubscriptionRequest(account_id=ACCOUNT)) as updates:
        journal = Journal(updates)
        await journal.read_until(lambda journal: journal.snapshots == 1)
        yield journal


async def readiness(deployment: Deployment) -> dict[str, Any]:
    """What the broker's server says of itself."""
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(f"{deployment.broker_server.url}/readyz")
    said: dict[str, Any] = answer.json()
    assert (answer.status_code == 200) is said["ready"]
    return said


async def until_ready(deployment: Deployment, *, ready: bool) -> dict[str, Any]:
    """Ask until the broker's server is ready, or is not."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            said = await readiness(deployment)
            if said["ready"] is ready:
                return said


async def test_a_market_order_is_filled_at_the_quoted_price_and_seen_on_the_stream(
    deployment: Deployment,
) -> None:
    async with clients_of(deployment) as clients, orders_of(clients) as journal:
        info = await clients.datafeed.resolve(symbol="SPY")
        assert (info.ticker, info.data_kind) == ("SPY", "replayed")
        (quote,) = await clients.datafeed.quotes(symbols=["SPY"])
        placed = (await clients.broker.place_order(order(Side.BUY))).order
        assert (placed.status, placed.avg_price) == (OrderStatus.FILLED, quote.v.ask)
        assert placed.create_time == START_MS
        await journal.read_to(placed.offset)
        assert journal.orders[placed.id] == placed
        assert [each for each in journal.offsets if each < placed.offset] == [placed.offset - 2]
        (position,) = await clients.broker.list_positions()
        assert (position.qty, position.avg_price) == (Decimal(10), quote.v.ask)
        account = await clients.broker.get_account()
        assert quote.v.bid is not None
        assert quote.v.ask is not None
        assert account.equity.unrealized_pl == 10 * (quote.v.bid - quote.v.ask)


async def test_a_limit_order_is_filled_by_the_tick_that_reaches_it(deployment: Deployment) -> None:
    async with clients_of(deployment) as clients, orders_of(clients) as journal:
        placed = (await clients.broker.place_order(order(Side.BUY, LIMIT))).order
        assert placed.status is OrderStatus.WORKING
        await clients.datafeed.change_replay(ReplayControl(playing=True))
        await journal.read_until(lambda journal: journal.has(placed.id, OrderStatus.FILLED))
        filled = journal.orders[placed.id]
        assert filled.avg_price == FIRST_BELOW
        assert START_MS + 60_000 <= filled.update_time < START_MS + 120_000
        assert journal.offsets == [placed.offset, filled.offset]


async def test_the_equity_follows_the_prices(deployment: Deployment) -> None:
    async with clients_of(deployment) as clients:
        await clients.broker.place_order(order(Side.BUY))
        request = EquitySubscriptionRequest(account_id=ACCOUNT)
        async with clients.streams.subscribe_equity(request) as equity:
            first = await next_equity(equity)
            assert (first.unrealized_pl, first.time) == (Decimal("-0.2"), START_MS)
            await clients.datafeed.change_replay(ReplayControl(playing=True))
            moved = await next_equity(equity)
            while moved.unrealized_pl > -10:  # the price falls by a dollar
                assert moved.time > START_MS
                moved = await next_equity(equity)


async def next_equity(equity: Subscription[EquityData]) -> EquityData:
    async with asyncio.timeout(PATIENCE_SECONDS):
        match await anext(equity):
            case SnapshotReceived(items=[data]) | UpdateReceived(data=data):
                return data
    raise AssertionError("no equity")


async def test_what_is_refused_is_refused_alike(deployment: Deployment) -> None:
    async with clients_of(deployment) as clients:
        with pytest.raises(Refused) as caught:
            await clients.datafeed.resolve(symbol="NOPE")
        assert (caught.value.code, caught.value.status) == (DatafeedErrorCode.SYMBOL_UNKNOWN, 404)
        with pytest.raises(Refused) as caught:
            await clients.broker.place_order(order(Side.BUY, symbol="NOPE"))
        refused = caught.value
        assert (refused.code, refused.status) == (BrokerErrorCode.SYMBOL_UNKNOWN, 404)
        assert (refused.detail, refused.retryable) == ("The symbol NOPE is unknown.", False)
        assert [(each.field, each.code, each.value) for each in refused.fields] == [
            ("symbol", "symbol-unknown", "NOPE")
        ]
        assert await clients.broker.list_orders() == []


@pytest.mark.parametrize("killed", ["datafeed_server", "broker_server"])
async def test_nothing_is_lost_or_repeated_when_a_server_is_killed(
    deployment: Deployment, killed: str
) -> None:
    server: Server = getattr(deployment, killed)
    async with clients_of(deployment) as clients, orders_of(clients) as journal:
        await until_ready(deployment, ready=True)
        working = (await clients.broker.place_order(order(Side.BUY, LIMIT))).order
        bought = (await clients.broker.place_order(order(Side.BUY))).order
        await asyncio.to_thread(server.kill)
        if server is not deployment.broker_server:
            await assert_without_market(deployment, clients, working)
        await asyncio.to_thread(server.start)
        await until_ready(deployment, ready=True)
        sold = (await clients.broker.place_order(order(Side.SELL))).order
        assert sold.status is OrderStatus.FILLED
        await clients.datafeed.change_replay(ReplayControl(playing=True))
        await journal.read_until(lambda journal: journal.has(working.id, OrderStatus.FILLED))
        assert journal.orders[working.id].avg_price == FIRST_BELOW
        told = {each.id: each for each in (bought, sold)}
        assert {key: journal.orders[key] for key in told} == told
        assert journal.snapshots == 1
        assert journal.offsets == sorted(set(journal.offsets))
        assert len(journal.offsets) == 6
        kept = {each.id: each for each in await clients.broker.list_orders()}
        assert kept == journal.orders


async def assert_without_market(deployment: Deployment, clients: Clients, working: PlacedOrder) -> None:
    """The broker says what it lacks, refuses what needs it, and keeps what it has."""
    said = await until_ready(deployment, ready=False)
    assert [each["name"] for each in said["checks"] if not each["ok"]] == ["broker-market-feed"]
    for asking in (
        clients.broker.place_order(order(Side.BUY)),
        clients.broker.preview_order(order(Side.BUY)),
        clients.broker.get_account(),
    ):
        with pytest.raises(Refused) as caught:
            await asking
        assert (caught.value.code, caught.value.status) == (BrokerErrorCode.MARKET_DATA_UNAVAILABLE, 503)
        assert caught.value.retryable
    assert await clients.broker.get_order(order_id=working.id) == working
    assert len(await clients.broker.list_positions()) == 1
