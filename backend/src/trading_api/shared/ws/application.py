"""The WebSocket endpoint of a module: accepts connections and speaks the streaming protocol on each."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from trading_api.models.streaming import CloseCode
from trading_api.shared.clock import Clock
from trading_api.shared.errors import TradingError
from trading_api.shared.ws import frames, protocol
from trading_api.shared.ws.connection import Connection
from trading_api.shared.ws.frames import MessageId
from trading_api.shared.ws.hub import Hub
from trading_api.shared.ws.protocol import Beat, Heartbeat, Rate, Subscribe, Unsubscribe
from trading_api.shared.ws.router import WsRouter
from trading_api.shared.ws.topics import TopicSource

MAX_CONNECTIONS = 10_000
GOODBYE_SECONDS = 5.0

log = structlog.get_logger(__name__)


class WsApplication:
    """All connections of one module's WebSocket."""

    def __init__(self, routes: Sequence[WsRouter[Any, Any]], source: TopicSource, clock: Clock) -> None:
        self._routes = {route.route: route for route in routes}
        self._clock = clock
        self._open: dict[Connection, asyncio.Event] = {}
        self._farewells: set[asyncio.Task[None]] = set()
        self.hub = Hub(source, {route.route: route.delivery for route in routes})

    @property
    def connection_count(self) -> int:
        """Connections open now."""
        return len(self._open)

    async def endpoint(self, socket: WebSocket) -> None:
        """Serve one connection until either side ends it; afterwards nothing of it is left."""
        await socket.accept()
        connection = Connection(socket)
        if len(self._open) >= MAX_CONNECTIONS:
            connection.close(CloseCode.TOO_MANY_CONNECTIONS, "too many connections")
        self._open[connection] = asyncio.Event()
        session = _Session(socket, connection, self.hub, self._routes, self._clock)
        tasks = [
            asyncio.create_task(connection.write_until_closed(), name="ws-write"),
            asyncio.create_task(session.read(), name="ws-read"),
            asyncio.create_task(session.watch(), name="ws-watch"),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            # A server that cancels this endpoint may do so at every wait; leaving must not be cut short.
            farewell = asyncio.create_task(self._leave(connection, tasks), name="ws-farewell")
            self._farewells.add(farewell)
            farewell.add_done_callback(self._farewells.discard)
            await asyncio.shield(farewell)

    async def _leave(self, connection: Connection, tasks: Sequence[asyncio.Task[None]]) -> None:
        left = self._open.pop(connection)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.hub.drop(connection)
        left.set()

    async def shut_down(self) -> None:
        """Close every connection with 1001 and see it leave its topics; a client may take 5 s over it."""
        leaving = dict(self._open)
        for connection in leaving:
            connection.close(CloseCode.GOING_AWAY, "the server shuts down")
        with suppress(TimeoutError):
            async with asyncio.timeout(GOODBYE_SECONDS):
                for left in leaving.values():
                    await left.wait()


class _Session:
    """The conversation on one connection."""

    def __init__(
        self,
        socket: WebSocket,
        connection: Connection,
        hub: Hub,
        routes: dict[str, WsRouter[Any, Any]],
        clock: Clock,
    ) -> None:
        self._socket, self._connection, self._hub = socket, connection, hub
        self._routes, self._clock = routes, clock
        self._last_heard = time.monotonic()
        self._messages = Rate(protocol.MAX_MESSAGES_PER_SECOND, 1_000)
        self._bad_messages = Rate(protocol.MAX_BAD_MESSAGES_PER_MINUTE - 1, 60_000)

    async def read(self) -> None:
        """Answer messages until the client goes or is sent away."""
        try:
            while not self._connection.closing:
                message = await self._socket.receive()
                if message["type"] == "websocket.disconnect":
                    return
                self._last_heard = time.monotonic()
                await self._answer(message.get("text"))
        except WebSocketDisconnect:
            return
        await asyncio.Event().wait()  # the writer finishes the close

    async def watch(self) -> None:
        """Send a ping into silence, ours or theirs; close a connection after too much of theirs."""
        sent = self._connection.frames_sent
        while True:
            await asyncio.sleep(protocol.HEARTBEAT_SECONDS)
            silent = time.monotonic() - self._last_heard
            match protocol.heartbeat(silent, self._connection.frames_sent - sent):
                case Beat.CLOSE:
                    self._connection.close(CloseCode.NO_HEARTBEAT, "nothing was heard for 30 seconds")
                case Beat.PING:
                    offsets = self._hub.journal_offsets(self._connection)
                    self._connection.send(frames.ping(self._clock.now_ms(), offsets))
                case Beat.NONE:
                    pass
            sent = self._connection.frames_sent

    async def _answer(self, text: str | None) -> None:
        now = int(time.monotonic() * 1000)
        if self._messages.exceeded(now):
            self._refuse("rate-limited", "More than 100 messages in a second.", None, None)
            return
        if text is None:
            self._refuse("message-invalid", "Messages are text frames.", None, None)
            return
        kind: str | None = None
        message_id: MessageId = None
        try:
            envelope = protocol.read_envelope(text)
            kind, message_id = envelope.type, envelope.id
            await self._serve(protocol.read_request(envelope, self._routes), message_id)
        except TradingError as problem:
            self._refuse(problem.problem_code, problem.detail, kind, message_id)

    async def _serve(self, request: protocol.Request, message_id: MessageId) -> None:
        match request:
            case Heartbeat(kind="ping", payload=payload):
                self._connection.send(frames.message("pong", payload, message_id))
            case Heartbeat():
                pass
            case Subscribe():
                await self._subscribe(request, message_id)
            case Unsubscribe(topic=topic):
                if await self._hub.unsubscribe(self._connection, topic):
                    self._connection.send(frames.unsubscribed(topic, message_id))
                else:
                    detail = f"{topic.name} is not subscribed."
                    self._reply_error(
                        topic.route, "unsubscribe", topic.name, "not-subscribed", detail, message_id
                    )

    async def _subscribe(self, request: Subscribe, message_id: MessageId) -> None:
        topic, held = request.topic, self._hub.topics_of(self._connection)
        try:
            if topic.name not in held and len(held) >= protocol.MAX_TOPICS:
                raise protocol.TooManyTopics(f"A connection holds at most {protocol.MAX_TOPICS} topics.")
            await self._hub.subscribe(self._connection, topic, request.recover, message_id)
        except TradingError as problem:
            self._reply_error(
                topic.route, "subscribe", topic.name, problem.problem_code, problem.detail, message_id
            )
        except Exception:
            log.exception("subscription failed", topic=topic.name)
            detail = f"{topic.name} cannot be served because of an error in the server."
            self._reply_error(topic.route, "subscribe", topic.name, "internal-error", detail, message_id)

    def _reply_error(
        self, route: str, action: str, topic: str, code: str, detail: str, message_id: MessageId
    ) -> None:
        self._connection.send(frames.refused(route, action, topic, code, detail, message_id))

    def _refuse(self, code: str, detail: str, kind: str | None, message_id: MessageId) -> None:
        self._connection.send(frames.error(code, detail, kind, message_id))
        if self._bad_messages.exceeded(int(time.monotonic() * 1000)):
            self._connection.close(CloseCode.TOO_MANY_BAD_MESSAGES, "too many bad messages")
