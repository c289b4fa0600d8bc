"""The broker's service on a real database, beside a small datafeed that the tests control."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message, Scope
from starlette.websockets import WebSocket

from trading_api.models.broker.accounts import EquitySubscriptionRequest
from trading_api.models.broker.connection import BrokerConnectionSubscriptionRequest
from trading_api.models.broker.executions import ExecutionsSubscriptionRequest
from trading_api.models.broker.orders import (
    DurationType,
    OrderDuration,
    OrdersSubscriptionRequest,
    OrderType,
    PreOrder,
    Side,
)
from trading_api.models.broker.positions import PositionsSubscriptionRequest
from trading_api.models.common import Problem, RequestModel
from trading_api.models.market.quotes import QuoteData, QuoteValues
from trading_api.models.market.status import FeedStatus, FeedStatusSubscriptionRequest, SymbolStatus
from trading_api.models.market.symbols import QuantityRules, SymbolInfo, TradingRules
from trading_api.models.market.ticks import ClockMoved, MarketTick, Quote, TicksSubscriptionRequest, Trade
from trading_api.models.streaming import Recover
from trading_api.models.topics import topic_name
from trading_api.modules.broker.service import BrokerService
from trading_api.modules.broker.tests.journal_cases import database_url
from trading_api.modules.broker.ws_generated import ROUTES
from trading_api.settings import Settings
from trading_api.shared.clock import PlaybackClock
from trading_api.shared.db.engine import Database
from trading_api.shared.module_interface import ModuleAddress, ModuleContext
from trading_api.shared.ws.application import WsApplication
from trading_api.shared.ws.router import WsRouter
from trading_api.shared.ws.topics import Publish, Snapshot, Topic, TopicUpdate

START = 1_380_893_400_000
PATIENCE = 30

REQUESTS = {
    "orders": OrdersSubscriptionRequest,
    "positions": PositionsSubscriptionRequest,
    "executions": ExecutionsSubscriptionRequest,
    "equity": EquitySubscriptionRequest,
    "broker-connection": BrokerConnectionSubscriptionRequest,
}


def symbol_info(symbol: str, session: str = "24x7") -> SymbolInfo:
    """A stock."""
    number = Decimal
    return SymbolInfo(
        name=symbol,
        ticker=symbol,
        description=symbol,
        type="stock",
        exchange="TEST",
        listed_exchange="TEST",
        session=session,
        timezone="Etc/UTC",
        format="price",
        pricescale=100,
        minmov=1,
        has_intraday=True,
        has_daily=True,
        supported_resolutions=["1"],
        volume_precision=0,
        visible_plots_set="ohlcv",
        data_status="streaming",
        currency_code="USD",
        data_kind="simulated",
        trading=TradingRules(
            tradable=True,
            qty=QuantityRules(min=number(1), max=number(10**6), step=number(1), default=number(100)),
            tick_size=number("0.01"),
            pip_size=number("0.01"),
            point_value=number(1),
            margin_rate=number("0.25"),
            currency="USD",
        ),
    )


class FeedStatusWsRouter(WsRouter[FeedStatusSubscriptionRequest, FeedStatus]):
    """The datafeed's route `feed-status`, as the broker's client knows it."""

    route = "feed-status"
    request = FeedStatusSubscriptionRequest
    data = FeedStatus


class TicksWsRouter(WsRouter[TicksSubscriptionRequest, MarketTick]):
    """The datafeed's route `ticks`, as the broker's client knows it."""

    route = "ticks"
    request = TicksSubscriptionRequest
    data = MarketTick


@dataclass
class SmallDatafeed:
    """A datafeed in which only the test moves anything: ticks for those who follow, answers from `quotes`."""

    symbols: dict[str, SymbolInfo] = field(
        default_factory=lambda: {name: symbol_info(name) for name in ("AAA", "BBB")}
    )
    quotes: dict[str, Quote] = field(default_factory=dict)
    down: bool = False
    """Whether it refuses requests."""
    gone: bool = False
    """Whether it refuses whoever wants to follow."""
    most_asked: int = 0
    clock: PlaybackClock = field(default_factory=lambda: PlaybackClock(START))

    def __post_init__(self) -> None:
        self._last: dict[str, Quote] = {}
        self._printed: dict[str, Trade] = {}
        self._publishers: dict[str, Publish] = {}
        self._silent: dict[str, SymbolStatus] = {}
        self._sockets = WsApplication([TicksWsRouter(), FeedStatusWsRouter()], self, self.clock)

    @property
    def address(self) -> ModuleAddress:
        """Where this datafeed is: in this process."""
        routes = [
            Route("/resolve/{symbol:path}", self._resolve),
            Route("/quotes", self._quotes),
            WebSocketRoute("/ws", self._follow),
        ]
        return ModuleAddress("http://in-process", Starlette(routes=routes))

    def say(self, tick: Quote | Trade | ClockMoved) -> None:
        """This happens, and whoever follows is told of it."""
        self.clock.advance_to(tick.time)
        if isinstance(tick, Quote):
            self._last[tick.symbol] = tick
        elif isinstance(tick, Trade):
            self._printed[tick.symbol] = tick
        self.tell(MarketTick.of(tick))

    def tell(self, tick: MarketTick) -> None:
        """Tell whoever follows, true or not."""
        if publish := self._publishers.get("ticks"):
            publish(TopicUpdate(tick))

    def fall_silent(self, symbol: str, *, silent: bool = True) -> None:
        """Nothing has come of `symbol` for longer than its 30 s, or it is well again."""
        self._silent.pop(symbol, None)
        last = self._last.get(symbol)
        if silent:
            self._silent[symbol] = SymbolStatus(
                symbol=symbol,
                status="stale",
                last_event_time=None if last is None else last.time,
                stale_after_ms=30_000,
            )
        if publish := self._publishers.get("feed-status"):
            publish(TopicUpdate(self._status()))

    def _status(self) -> FeedStatus:
        return FeedStatus(
            provider="small", kind="simulated", time=self.clock.now_ms(), symbols=list(self._silent.values())
        )

    @property
    def followed(self) -> bool:
        """Whether anyone follows."""
        return "ticks" in self._publishers

    async def vanish(self) -> None:
        """Leave everyone, and come back for nobody until `gone` is false."""
        self.down = self.gone = True
        await self._sockets.shut_down()
        self._sockets = WsApplication([TicksWsRouter(), FeedStatusWsRouter()], self, self.clock)

    def begin_anew(self, start: int) -> None:
        """What happened has not happened yet."""
        self.clock = PlaybackClock(start)
        self._last.clear()
        self._printed.clear()

    async def create_topic(self, topic: Topic, publish: Publish) -> None:
        self._publishers[topic.route] = publish

    async def remove_topic(self, topic: Topic) -> None:
        self._publishers.pop(topic.route, None)

    async def snapshot(self, topic: Topic, recover: Recover | None) -> Snapshot:
        if topic.route == "feed-status":
            return Snapshot([self._status()])
        now = ClockMoved(self.clock.now_ms())
        quotes = [MarketTick.of(quote) for quote in self._last.values()]
        trades = [MarketTick.of(trade) for trade in self._printed.values()]
        return Snapshot([MarketTick.of(now), *quotes, *trades])

    async def _follow(self, socket: WebSocket) -> None:
        if self.gone:
            await socket.close()
        else:
            await self._sockets.endpoint(socket)

    async def _resolve(self, request: Request) -> JSONResponse:
        symbol = request.path_params["symbol"].removeprefix("TEST:")
        if self.down:
            return _problem("unavailable", 503)
        if symbol not in self.symbols:
            return _problem("symbol-unknown", 404)
        return JSONResponse(self.symbols[symbol].to_wire())

    async def _quotes(self, request: Request) -> JSONResponse:
        if self.down:
            return _problem("unavailable", 503)
        names = request.query_params.getlist("symbols")
        self.most_asked = max(self.most_asked, len(names))
        return JSONResponse([self._quote(name).to_wire() for name in names])

    def _quote(self, symbol: str) -> QuoteData:
        quote = self.quotes.get(symbol)
        if quote is None:
            return QuoteData(s="error", n=symbol, v=QuoteValues())
        stale = True if symbol in self._silent else None
        values = QuoteValues(bid=quote.bid, ask=quote.ask, time=quote.time, stale=stale)
        return QuoteData(s="ok", n=symbol, v=values)


def _problem(code: str, status: int) -> JSONResponse:
    problem = Problem(
        type=f"urn:trading-pro:{code}",
        title=code,
        status=status,
        detail=code,
        code=code,
        request_id="1",
        retryable=False,
    )
    return JSONResponse(problem.to_wire(), status_code=status, media_type="application/problem+json")


@dataclass
class Floor:
    """A running service and the market around it."""

    service: BrokerService
    datafeed: SmallDatafeed

    @property
    def clock(self) -> PlaybackClock:
        """The market's time."""
        return self.datafeed.clock

    async def quote(self, bid: str, ask: str, *, symbol: str = "AAA", after: int = 1) -> Quote:
        """Publish a quote, `after` ms of market time after the last, and see it reach the service."""
        quote = Quote(symbol, self.clock.now_ms() + after, Decimal(bid), Decimal(ask))
        self.datafeed.say(quote)
        await self._seen()
        return quote

    async def trade(self, price: str, *, symbol: str = "AAA", after: int = 1) -> Trade:
        """Publish a print, `after` ms of market time after the last tick, and see it reach the service."""
        trade = Trade(symbol, self.clock.now_ms() + after, Decimal(price), Decimal(100))
        self.datafeed.say(trade)
        await self._seen()
        return trade

    async def pass_time(self, after: int) -> None:
        """The market's clock moves on."""
        self.datafeed.say(ClockMoved(self.clock.now_ms() + after))
        await self._seen()

    async def settle(self) -> None:
        """Let the ticks published so far be applied: the lock of an account is handed over in turn."""
        for _ in range(2):
            await self.snapshot("orders")

    async def _seen(self) -> None:
        await until(lambda: self.service.market.now().time >= self.clock.now_ms())

    async def listen(self, *routes: str, **request: Any) -> "Listener":
        """Subscribe to routes of the default account."""
        listener = Listener()
        for route in routes:
            await self.service.topics.create_topic(topic(route, **request), listener.hear(route))
        return listener

    async def snapshot(self, route: str, **request: Any) -> Snapshot:
        """The state of a topic of the default account."""
        return await self.service.topics.snapshot(topic(route, **request), None)


class Listener:
    """Collects the updates of topics, in the order of their arrival."""

    def __init__(self) -> None:
        self._heard: asyncio.Queue[tuple[str, TopicUpdate]] = asyncio.Queue()

    def hear(self, route: str) -> Any:
        """A publisher for one route."""
        return lambda update: self._heard.put_nowait((route, update))

    async def next(self, count: int = 1) -> list[tuple[str, Any]]:
        """The next updates, waiting for them."""
        async with asyncio.timeout(PATIENCE):
            return [(route, update.data) for route, update in [await self._heard.get() for _ in range(count)]]

    def pending(self) -> list[tuple[str, TopicUpdate]]:
        """What has been heard and not taken."""
        return [self._heard.get_nowait() for _ in range(self._heard.qsize())]


class Socket:
    """One connection to the broker's WebSocket, without a network."""

    def __init__(self, floor: Floor, application: WsApplication | None = None) -> None:
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self._received: asyncio.Queue[Message] = asyncio.Queue()
        self._inbox.put_nowait({"type": "websocket.connect"})
        self.application = application or WsApplication(ROUTES, floor.service.topics, floor.clock)
        scope: Scope = {"type": "websocket", "path": "/ws", "headers": [], "query_string": b""}
        socket = WebSocket(scope, self._inbox.get, self._received.put)
        self._serving = asyncio.create_task(self.application.endpoint(socket))

    async def subscribe(self, route: str, options: dict[str, Any] | None = None) -> dict[str, Any]:
        """Subscribe to a route of the default account; returns the reply."""
        message = {"type": f"{route}.subscribe", "payload": {"accountId": "DEMO"}, "options": options or {}}
        self._inbox.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})
        return await self.receive()

    async def receive(self) -> dict[str, Any]:
        """The next message."""
        async with asyncio.timeout(PATIENCE):
            while (message := await self._received.get())["type"] != "websocket.send":
                pass
        received: dict[str, Any] = json.loads(message["text"])
        return received

    async def close_code(self) -> int:
        """The code with which the server closes it."""
        async with asyncio.timeout(PATIENCE):
            while (message := await self._received.get())["type"] != "websocket.close":
                pass
        code: int = message["code"]
        await self.close()
        return code

    async def close(self) -> None:
        """Go away."""
        self._inbox.put_nowait({"type": "websocket.disconnect", "code": 1006})
        await self._serving


async def until(reached: Callable[[], bool]) -> None:
    """Let others run until it is so."""
    async with asyncio.timeout(PATIENCE):
        while not reached():  # noqa: ASYNC110  # what a test waits for sets no event
            await asyncio.sleep(0)


def topic(route: str, **request: Any) -> Topic:
    """A topic of the default account."""
    asked: RequestModel = REQUESTS[route](**{"account_id": "DEMO"} | request)
    return Topic(route, asked, topic_name(route, asked))


def pre_order(
    side: str,
    qty: int,
    limit: str | None = None,
    *,
    symbol: str = "AAA",
    name: str | None = None,
    day: bool = False,
) -> PreOrder:
    """A limit order, or without a limit a market order."""
    return PreOrder(
        symbol=symbol,
        type=OrderType.MARKET if limit is None else OrderType.LIMIT,
        side=Side(side),
        qty=Decimal(qty),
        limit_price=None if limit is None else Decimal(limit),
        duration=OrderDuration(type=DurationType.DAY) if day else None,
        client_order_id=name,
    )


@asynccontextmanager
async def trading_floor(
    folder: Path,
    datafeed: SmallDatafeed | None = None,
    start: int = START,
    database: Database | None = None,
) -> AsyncIterator[Floor]:
    """A service on the database in `folder`, stopped at the end."""
    feed = datafeed or SmallDatafeed()
    feed.clock.advance_to(max(start, feed.clock.now_ms()))
    database = database or Database(database_url(folder))
    context = ModuleContext(
        Settings(data_dir=folder),
        feed.clock,
        database,
        lambda _: feed.address,
        (),
        asyncio.Event(),
    )
    service = BrokerService(context)
    try:
        async with service.running():
            await service.follow()
            yield Floor(service, feed)
    finally:
        await database.close()
