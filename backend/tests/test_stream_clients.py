"""The generated clients of streams against the application: in process, and over sockets with kill -9."""

import asyncio
import gc
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.stream_servers import InProcess, OwnProcess, StreamServer
from trading_api.clients.broker_client import BrokerClient
from trading_api.clients.broker_ws_client import BrokerWsClient
from trading_api.clients.datafeed_ws_client import DatafeedWsClient
from trading_api.clients.endpoint import Endpoint
from trading_api.clients.errors import AnswerInvalid, ClientError, SubscriptionRefused, VersionUnsupported
from trading_api.clients.stream import SnapshotReceived, Subscription, UpdateReceived
from trading_api.clients.stream_subscription import Data
from trading_api.models.broker.executions import ExecutionsSubscriptionRequest
from trading_api.models.broker.orders import OrdersSubscriptionRequest, OrderType, PlacedOrder, PreOrder, Side
from trading_api.models.market.bars import BarsSubscriptionRequest
from trading_api.models.market.quotes import QuotesSubscriptionRequest
from trading_api.models.market.ticks import TicksSubscriptionRequest

pytestmark = pytest.mark.integration

PATIENCE_SECONDS = 40
ORDERS = OrdersSubscriptionRequest(account_id="DEMO")
QUOTES = QuotesSubscriptionRequest(symbol="ALFA")


@pytest.fixture(params=[InProcess, OwnProcess])
async def server(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[StreamServer]:
    """A running server; afterwards no task of any client is left."""
    async with request.param(tmp_path) as running:
        yield running
    gc.collect()
    assert [task for task in asyncio.all_tasks() if task is not asyncio.current_task()] == []


def brokers_streams(server: StreamServer) -> BrokerWsClient:
    return BrokerWsClient(server.endpoint("broker"), random=lambda: 0.0)


def datafeeds_streams(server: StreamServer) -> DatafeedWsClient:
    return DatafeedWsClient(server.endpoint("datafeed"), random=lambda: 0.0)


def order(number: int) -> PreOrder:
    """Orders in turn that fill at once and that wait for ever."""
    working = Decimal("0.01") if number % 2 else None
    kind = OrderType.LIMIT if working else OrderType.MARKET
    return PreOrder(
        symbol="ALFA",
        type=kind,
        side=Side.BUY,
        qty=Decimal(1),
        limit_price=working,
        client_order_id=f"order-{number}",
    )


class Follower:
    """Reads the orders of the account: each change once, in order, whatever happens to the server."""

    def __init__(self, changes: Subscription[PlacedOrder]) -> None:
        self.changes = changes
        self.snapshots = 0
        self.offsets: list[int] = []
        self.orders: dict[str, PlacedOrder] = {}

    async def read_to(self, offset: int) -> None:
        """Read until what happened at `offset` is known."""
        while not self.offsets or self.offsets[-1] < offset:
            match await asyncio.wait_for(anext(self.changes), PATIENCE_SECONDS):
                case SnapshotReceived(items=items, offset=int(begun)):
                    self.snapshots += 1
                    self.offsets = [begun]
                    self.orders = {each.id: each for each in items}
                case UpdateReceived(data=data, offset=int(place)):
                    assert place == data.offset > self.offsets[-1]
                    self.offsets.append(place)
                    self.orders[data.id] = data
                case other:
                    raise AssertionError(other)


async def place_until_killed(server: StreamServer, orders: int) -> list[PlacedOrder]:
    """Place orders, and kill the server amid them; returns the answered ones."""
    answered: list[PlacedOrder] = []
    enough = asyncio.Event()

    async def place(first: int) -> None:
        async with BrokerClient(server.endpoint("broker")) as broker:
            for number in range(first, 10_000, 3):
                placed = await broker.place_order(order(number))
                answered.append(placed.order)
                if len(answered) >= orders:
                    enough.set()

    placing = [asyncio.create_task(place(first)) for first in range(3)]
    await asyncio.wait_for(enough.wait(), PATIENCE_SECONDS)
    await server.kill()
    failed = await asyncio.gather(*placing, return_exceptions=True)
    assert all(isinstance(each, ClientError) for each in failed), failed
    return answered


async def test_a_journal_is_followed_through_the_death_of_the_server(server: StreamServer) -> None:
    async with brokers_streams(server) as streams:
        early = Follower(streams.subscribe_orders(ORDERS))
        await early.read_to(0)
        answered = await place_until_killed(server, 30)
        late = Follower(streams.subscribe_orders(ORDERS))
        await server.start()
        async with BrokerClient(server.endpoint("broker")) as broker:
            last = (await broker.place_order(order(20_000))).order
            assert last.status.value == "filled"
            for follower in (early, late):
                await follower.read_to(last.offset)
            stored = {each.id: each for each in await broker.list_orders()}
        assert early.orders == late.orders == stored
        assert (early.snapshots, late.snapshots) == (1, 1)
        assert {each.id for each in [*answered, last]} <= set(stored)
        changes = sum(1 if each.status.value == "working" else 2 for each in stored.values())
        assert early.offsets[0] == 0
        assert len(early.offsets) == 1 + changes


async def next_of(subscription: Subscription[Data]) -> SnapshotReceived[Data] | UpdateReceived[Data]:
    """What comes next, soon."""
    return await asyncio.wait_for(anext(subscription), PATIENCE_SECONDS)


async def test_newest_values_begin_anew_after_the_death_of_the_server(server: StreamServer) -> None:
    async with datafeeds_streams(server) as streams:
        quotes = streams.subscribe_quotes(QUOTES)
        bars = streams.subscribe_bars(BarsSubscriptionRequest(symbol="ALFA", resolution="1"))
        assert (quotes.stale, bars.stale) == (True, True)
        assert isinstance(await next_of(quotes), SnapshotReceived)
        assert isinstance(await next_of(bars), SnapshotReceived)
        assert (quotes.stale, bars.stale) == (False, False)
        await server.kill()
        while streams.connected:
            await next_of(quotes)
        assert (quotes.stale, bars.stale) == (True, True)
        await server.start()
        while not isinstance(received := await next_of(quotes), SnapshotReceived):
            pass
        assert [each.n for each in received.items] == ["ALFA"]
        assert (quotes.stale, isinstance(await next_of(quotes), UpdateReceived)) == (False, True)


async def test_every_tick_comes_in_order(server: StreamServer) -> None:
    async with datafeeds_streams(server) as streams:
        ticks = streams.subscribe_ticks(TicksSubscriptionRequest(), every=True)
        assert isinstance(await next_of(ticks), SnapshotReceived)
        times = []
        for _ in range(30):
            received = await next_of(ticks)
            assert isinstance(received, UpdateReceived)
            assert received.skipped == 0
            times.append(received.data.time)
        assert times == sorted(times)


@pytest.mark.parametrize(
    ("account", "code", "detail"),
    [
        ("NOPE", "account-unknown", "There is no account NOPE."),
        ("x" * 48, "account-unknown", f"There is no account {'x' * 48}."),
    ],
)
async def test_refusals_say_what_the_module_says(
    server: StreamServer, account: str, code: str, detail: str
) -> None:
    async with brokers_streams(server) as streams:
        orders = streams.subscribe_orders(ORDERS)
        await next_of(orders)
        for _ in range(2):
            with pytest.raises(SubscriptionRefused) as refused:
                await next_of(streams.subscribe_orders(OrdersSubscriptionRequest(account_id=account)))
            assert (refused.value.code, refused.value.detail) == (code, detail)
        invalid = ExecutionsSubscriptionRequest.model_construct(account_id="")
        with pytest.raises(SubscriptionRefused, match="validation-failed: accountId"):
            await next_of(streams.subscribe_executions(invalid))
        assert not orders.stale


async def test_addresses_that_are_not_of_the_module(server: StreamServer) -> None:
    good = server.endpoint("datafeed")
    host = good.url.split("/")[2]
    wrong = [
        Endpoint(good.url.replace("/datafeed", "/nothing"), good.app),
        Endpoint(good.url.replace("/api/v1/datafeed", "/"), good.app),
        Endpoint(good.url.replace("/datafeed", "/core"), good.app),
    ]
    if good.app is not None:
        wrong.append(Endpoint(good.url.replace(host, "foreign.test"), good.app))
    for endpoint in wrong:
        async with DatafeedWsClient(endpoint) as streams:
            with pytest.raises((AnswerInvalid, VersionUnsupported)) as refused:
                await next_of(streams.subscribe_quotes(QUOTES))
            assert not refused.value.retryable
    async with DatafeedWsClient(server.endpoint("broker")) as streams:
        with pytest.raises(SubscriptionRefused, match="message-type-unknown"):
            await next_of(streams.subscribe_quotes(QUOTES))


async def test_readers_come_and_go_on_one_connection(server: StreamServer) -> None:
    async with datafeeds_streams(server) as streams:
        stays = streams.subscribe_quotes(QUOTES)
        for _ in range(5):
            async for _ in streams.subscribe_quotes(QUOTES):
                break
            async with streams.subscribe_quotes(QuotesSubscriptionRequest(symbol="EURUSD")) as other:
                received = await next_of(other)
                assert isinstance(received, SnapshotReceived)
                assert [each.n for each in received.items] == ["EURUSD"]
        while not isinstance(await next_of(stays), UpdateReceived):
            pass
        assert not stays.stale


async def test_a_version_that_nobody_serves(server: StreamServer) -> None:
    good = server.endpoint("datafeed")
    async with DatafeedWsClient(Endpoint(good.url.replace("/v1/", "/v9/"), good.app)) as streams:
        with pytest.raises(VersionUnsupported, match="v9"):
            await next_of(streams.subscribe_quotes(QUOTES))


async def test_a_reader_of_quotes_gets_no_more_than_it_asks_for(server: StreamServer) -> None:
    async with datafeeds_streams(server) as streams, datafeeds_streams(server) as others:
        capped = streams.subscribe_quotes(QUOTES, max_rate_hz=0.001)
        quotes = others.subscribe_quotes(QUOTES)
        assert isinstance(await asyncio.wait_for(anext(capped), PATIENCE_SECONDS), SnapshotReceived)
        await asyncio.wait_for(anext(capped), PATIENCE_SECONDS)
        for _ in range(3):
            await asyncio.wait_for(anext(quotes), PATIENCE_SECONDS)
        more = asyncio.ensure_future(anext(capped))
        for _ in range(3):
            await asyncio.wait_for(anext(quotes), PATIENCE_SECONDS)
        assert not more.done()
        eager = streams.subscribe_quotes(QUOTES, max_rate_hz=1000)
        assert isinstance(await asyncio.wait_for(anext(eager), PATIENCE_SECONDS), SnapshotReceived)
        assert isinstance(await more, SnapshotReceived)
        for _ in range(3):
            assert isinstance(await asyncio.wait_for(anext(capped), PATIENCE_SECONDS), UpdateReceived)
