"""The conversation on one connection."""

import random
import time
from collections.abc import Mapping
from typing import Any, Literal

import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from trading_api.models.streaming import CloseCode
from trading_api.shared.errors import TradingError
from trading_api.shared.ws import frames, protocol
from trading_api.shared.ws.connection import Connection
from trading_api.shared.ws.frames import Frame, MessageId
from trading_api.shared.ws.hub import Hub
from trading_api.shared.ws.limits import WsLimits
from trading_api.shared.ws.protocol import (
    BadMessage,
    Beat,
    Heartbeat,
    Rate,
    Subscribe,
    TokenBucket,
    Unsubscribe,
)
from trading_api.shared.ws.router import WsRouter

log = structlog.get_logger(__name__)

JITTER = 0.1
ABNORMAL = 1006
"""Close code of a connection that ended without one (RFC 6455, 7.4.1)."""


class Session:
    """Answers a client's messages, and looks after the connection when asked to."""

    __slots__ = (
        "__weakref__",
        "_answering",
        "_bad_messages",
        "_connection",
        "_ends",
        "_frames_seen",
        "_hub",
        "_last_heard",
        "_limits",
        "_messages",
        "_routes",
        "peer_code",
        "together",
    )

    def __init__(
        self,
        connection: Connection,
        hub: Hub,
        routes: Mapping[str, WsRouter[Any, Any]],
        limits: WsLimits,
        together: "set[Session]",
    ) -> None:
        now = time.monotonic()
        self._connection, self._hub, self._routes, self._limits = connection, hub, routes, limits
        self._last_heard = now
        self._ends = now + limits.life_seconds * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311
        self._frames_seen = 0
        self._answering = False
        self._messages = TokenBucket(limits.messages_per_second, now)
        self._bad_messages: Rate | None = None
        self.peer_code = ABNORMAL
        """With what the client closed, if it did."""
        self.together = together
        """The sessions that are looked after together."""
        together.add(self)

    async def read(self, socket: WebSocket) -> None:
        """Answer messages until the client goes or is sent away."""
        try:
            while True:
                message = await socket.receive()
                if message["type"] == "websocket.disconnect":
                    self.peer_code = message.get("code") or ABNORMAL
                    return
                if self._connection.close_code is None:
                    self._last_heard = time.monotonic()
                    self._answering = True
                    await self._answer(message.get("text"))
                    self._answering = False
        except WebSocketDisconnect:
            return

    def look_after(self, now: float, market_time: int) -> None:
        """Send a ping into silence, ours or theirs; end a connection that is dead or too old.

        `now` is monotonic; called every HEARTBEAT_SECONDS.
        """
        if now >= self._ends:
            self.give_notice("end-of-life", "The connection has had its time; connect again.", 0)
            self.end(CloseCode.END_OF_LIFE, "connect again")
            return
        sent = self._connection.frames_sent
        if self._answering and sent > self._frames_seen:
            self._last_heard = now  # nothing is read from a client that recovers; what it takes says as much
        match protocol.heartbeat(now - self._last_heard, sent - self._frames_seen):
            case Beat.CLOSE:
                self.end(CloseCode.NO_HEARTBEAT, "nothing was heard for 30 seconds")
            case Beat.PING:
                self._connection.send(frames.ping(market_time, self._hub.journal_offsets(self._connection)))
            case Beat.NONE:
                pass
        self._frames_seen = sent

    def give_notice(self, code: Literal["draining", "end-of-life"], text: str, retry_after_ms: float) -> None:
        """Tell the client what is about to happen."""
        self._connection.send(frames.notice(code, text, int(retry_after_ms)))

    def end(self, code: CloseCode, reason: str) -> None:
        """Send the client away."""
        self._connection.close(code, reason)

    async def _answer(self, text: str | None) -> None:
        if not self._messages.take(self._last_heard):
            most = self._limits.messages_per_second
            self._refuse("rate-limited", f"More than {most} messages in a second.", None, None)
            return
        if text is None:
            self._refuse("message-invalid", "Messages are text frames.", None, None)
            return
        kind: str | None = None
        message_id: MessageId = None
        try:
            envelope = protocol.read_envelope(text, self._limits.frame_bytes)
            kind, message_id = envelope.type, envelope.id
            await self._serve(protocol.read_request(envelope, self._routes), message_id)
        except TradingError as problem:
            self._refuse(problem.problem_code, problem.detail, kind, message_id)

    async def _serve(self, request: protocol.Request, message_id: MessageId) -> None:
        match request:
            case Heartbeat(kind="ping", payload=payload):
                self._connection.send(_pong(payload, message_id))
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
            if topic.name not in held and len(held) >= self._limits.topics:
                raise protocol.TooManyTopics(f"A connection holds at most {self._limits.topics} topics.")
            await self._hub.subscribe(self._connection, topic, request.terms, message_id)
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
        if self._bad_messages is None:
            self._bad_messages = Rate(self._limits.bad_messages_per_minute - 1, 60_000)
        if self._bad_messages.exceeded(int(self._last_heard * 1000)):
            self.end(CloseCode.TOO_MANY_BAD_MESSAGES, "too many bad messages")


def _pong(payload: Any, message_id: MessageId) -> Frame:
    try:
        return frames.message("pong", payload, message_id)
    except ValueError as error:
        raise BadMessage("payload: a number is too large, or none.", code="json-invalid") from error
