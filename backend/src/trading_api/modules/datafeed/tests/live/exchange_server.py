"""A local exchange that speaks Binance's spot protocol, plays recorded messages, and misbehaves on request.

REST: exchangeInfo, depth, klines, aggTrades. Streams: SUBSCRIBE and UNSUBSCRIBE on one socket of many, then
the recorded texts as they were. What it tells on request follows from the messages that have been played:
bars from the trades, the book from a recorded snapshot and the changes after it.
"""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from aiohttp import WSMsgType, web

PLACES = Decimal("0.00000001")
_INTERVALS = {"1s": 1_000, "1m": 60_000, "1d": 86_400_000}


@dataclass
class Side:
    """One side of a book: sizes by price, as text."""

    levels: dict[str, str] = field(default_factory=dict)

    def change(self, levels: Iterable[Iterable[str]]) -> None:
        """Set the sizes of prices; 0 takes one away."""
        for price, size in levels:
            if Decimal(size):
                self.levels[price] = size
            else:
                self.levels.pop(price, None)


class Pair:
    """What the exchange knows of one pair."""

    def __init__(self, name: str, base: str, quote: str, tick: str, step: str) -> None:
        self.name, self.base, self.quote, self.tick, self.step = name, base, quote, tick, step
        self.bids, self.asks = Side(), Side()
        self.last_update = 0
        self.trades: list[dict[str, Any]] = []
        self._held: list[dict[str, Any]] = []

    def snapshot(self, told: dict[str, Any]) -> None:
        """The book as it was at one update; changes that came before it count if they are newer."""
        self.bids, self.asks = Side(), Side()
        self.bids.change(told["bids"])
        self.asks.change(told["asks"])
        self.last_update = told["lastUpdateId"]
        for change in self._held:
            self.change(change)
        self._held = []

    def change(self, told: dict[str, Any]) -> None:
        """One change of the book, if it is newer."""
        if not self.last_update:
            self._held.append(told)
        elif told["u"] > self.last_update:
            self.bids.change(told["b"])
            self.asks.change(told["a"])
            self.last_update = told["u"]

    def depth(self, limit: int) -> dict[str, Any]:
        """The answer to a request for the book."""
        bids = sorted(self.bids.levels.items(), key=lambda level: -Decimal(level[0]))
        asks = sorted(self.asks.levels.items(), key=lambda level: Decimal(level[0]))
        return {"lastUpdateId": self.last_update, "bids": bids[:limit], "asks": asks[:limit]}

    def klines(self, length: int, start: int, limit: int) -> list[list[Any]]:
        """The answer to a request for bars; periods without a trade between others are told with volume 0."""
        bars: dict[int, list[Any]] = {}
        for trade in self.trades:
            time, price, size = trade["T"] - trade["T"] % length, Decimal(trade["p"]), Decimal(trade["q"])
            bar = bars.setdefault(time, [price, price, price, price, Decimal(0)])
            bar[1], bar[2], bar[3] = max(bar[1], price), min(bar[2], price), price
            bar[4] += size
        if not bars:
            return []
        rows: list[list[Any]] = []
        last = next(iter(bars.values()))[0]
        for time in range(min(bars), max(bars) + 1, length):
            opened, high, low, close, volume = bars.get(time, [last, last, last, last, Decimal(0)])
            last = close
            values = [str(value.quantize(PLACES)) for value in (opened, high, low, close, volume)]
            rows.append([time, *values, time + length - 1, "0", 1, "0", "0", "0"])
        return [row for row in rows if row[0] >= start][:limit]

    def agg_trades(self, start: int | None, limit: int) -> list[dict[str, Any]]:
        """The answer to a request for trades; each is a group of its own."""
        found = [trade for trade in self.trades if start is None or trade["T"] >= start]
        found = found[-limit:] if start is None else found[:limit]
        return [
            {
                "a": t["t"],
                "p": t["p"],
                "q": t["q"],
                "f": t["t"],
                "l": t["t"],
                "T": t["T"],
                "m": t["m"],
                "M": True,
            }
            for t in found
        ]

    def info(self) -> dict[str, Any]:
        """Its entry in exchangeInfo."""
        return {
            "symbol": self.name,
            "status": "TRADING",
            "baseAsset": self.base,
            "baseAssetPrecision": 8,
            "quoteAsset": self.quote,
            "quotePrecision": 8,
            "quoteAssetPrecision": 8,
            "orderTypes": ["LIMIT", "MARKET"],
            "icebergAllowed": True,
            "isSpotTradingAllowed": True,
            "isMarginTradingAllowed": False,
            "permissions": [],
            "permissionSets": [["SPOT"]],
            "filters": [
                {
                    "filterType": "PRICE_FILTER",
                    "minPrice": self.tick,
                    "maxPrice": "1000000.00000000",
                    "tickSize": self.tick,
                },
                {
                    "filterType": "LOT_SIZE",
                    "minQty": self.step,
                    "maxQty": "9000.00000000",
                    "stepSize": self.step,
                },
                {"filterType": "NOTIONAL", "minNotional": "5.00000000"},
            ],
        }


class ExchangeServer:
    """The server; `async with` runs it on a free port of this machine."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self.pairs = {pair.name: pair for pair in pairs}
        self.requests: list[str] = []
        self.refusals: list[int] = []
        """Seconds to tell in Retry-After; each refuses one request with 429."""
        self.silent_streams: set[str] = set()
        self._sockets: dict[web.WebSocketResponse, set[str]] = {}
        self._transports: dict[web.WebSocketResponse, asyncio.Transport] = {}
        self._heard: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def __aenter__(self) -> "ExchangeServer":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen; again on the same port after a stop."""
        app = web.Application()
        app.router.add_get("/api/v3/{name}", self._answer)
        app.router.add_get("/stream/{number}", self._socket)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        if not self.port:
            self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Cut every connection and listen no more."""
        await self.cut()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def options(self) -> dict[str, Any]:
        """ccxt's settings that lead here instead of to Binance."""
        rest, stream = f"http://127.0.0.1:{self.port}/api/v3", f"ws://127.0.0.1:{self.port}/stream"
        return {
            "rateLimit": 1,
            "options": {"fetchMarkets": {"types": ["spot"]}, "fetchCurrencies": False},
            "has": {"fetchCurrencies": False},
            "urls": {"api": {"public": rest, "ws": {"spot": stream}}},
        }

    def has_subscribed(self, *streams: str) -> bool:
        """Whether some socket follows each of these."""
        followed = set().union(*self._sockets.values()) if self._sockets else set()
        return set(streams) <= followed

    async def subscribed(self, *streams: str) -> None:
        """Wait until each of these is followed."""
        for stream in streams:
            while not self.has_subscribed(stream):
                self._heard[stream].clear()
                await self._heard[stream].wait()

    async def play(self, messages: Iterable[dict[str, Any]]) -> None:
        """Send messages as they were recorded, to whoever follows their streams."""
        for message in messages:
            self.know(message)
            await self.send(message)

    def know(self, message: dict[str, Any]) -> None:
        """What the exchange itself learns from a message, whether anybody hears of it or not."""
        data = message.get("data", message)
        if "lastUpdateId" in data:
            self.pairs[message["pair"]].snapshot(data)
            return
        pair = self.pairs[data["s"]]
        if data.get("e") == "depthUpdate":
            pair.change(data)
        elif data.get("e") == "trade" and data["t"] not in {trade["t"] for trade in pair.trades[-5:]}:
            pair.trades.append(data)

    async def send(self, message: dict[str, Any]) -> None:
        """Send one message without learning from it."""
        stream = message.get("stream", "")
        if stream not in self.silent_streams:
            await self.send_text(stream, json.dumps(message))

    async def send_text(self, stream: str, text: str) -> None:
        """Send any text to whoever follows a stream."""
        for socket, streams in list(self._sockets.items()):
            if stream in streams and not socket.closed:
                await socket.send_str(text)

    async def cut(self, stream: str | None = None) -> None:
        """Cut the connections that follow a stream, or all, without a word."""
        for socket, streams in list(self._sockets.items()):
            if stream is None or stream in streams:
                del self._sockets[socket]
                self._transports.pop(socket).abort()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        name, query = request.match_info["name"], request.query
        self.requests.append(f"{name}?{request.query_string}")
        if self.refusals:
            wait = self.refusals.pop(0)
            refusal = {"code": -1003, "msg": "Too much request weight used; current limit is 6000."}
            return web.json_response(refusal, status=429, headers={"Retry-After": str(wait)})
        if name == "exchangeInfo":
            symbols = [pair.info() for pair in self.pairs.values()]
            return web.json_response({"timezone": "UTC", "rateLimits": [], "symbols": symbols})
        pair = self.pairs[query["symbol"]]
        limit, start = int(query.get("limit", 500)), query.get("startTime")
        if name == "depth":
            return web.json_response(pair.depth(limit))
        if name == "klines":
            return web.json_response(pair.klines(_INTERVALS[query["interval"]], int(start or 0), limit))
        if name == "aggTrades":
            return web.json_response(pair.agg_trades(None if start is None else int(start), limit))
        return web.json_response({"code": -1, "msg": "unknown"}, status=404)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        self._transports[socket] = request.transport
        self._sockets[socket] = set()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._told(socket, json.loads(message.data))
        finally:
            self._sockets.pop(socket, None)
            self._transports.pop(socket, None)
        return socket

    async def _told(self, socket: web.WebSocketResponse, message: dict[str, Any]) -> None:
        followed = self._sockets.get(socket, set())
        if message["method"] == "SUBSCRIBE":
            followed.update(message["params"])
        else:
            followed.difference_update(message["params"])
        await socket.send_str(json.dumps({"result": None, "id": message["id"]}))
        for stream in message["params"]:
            self._heard[stream].set()


def recorded(lines: Iterable[str], pair: str) -> Iterator[dict[str, Any]]:
    """The messages of a recording: a stamp, a space, the exchange's JSON; a snapshot is told its pair."""
    for line in lines:
        _, _, text = line.partition(" ")
        message = json.loads(text)
        yield {"pair": pair, **message} if "lastUpdateId" in message else message
