"""A server and a time that do what a test says, for a StreamClient that notices no difference."""

import asyncio
import json
from typing import Any

from trading_api.clients.endpoint import Endpoint
from trading_api.clients.stream import StreamClient, Subscription
from trading_api.clients.tests.stream_talk import LINES, Line, Named, Price
from trading_api.clients.ws_transport import HandshakeRefused, SocketClosed

URL = "http://server.test/api/v1/small"


async def settle() -> None:
    """Let everything that is ready run until nothing is."""
    for _ in range(60):
        await asyncio.sleep(0)


class SmallWsClient(StreamClient):
    """As a generated client is."""

    def subscribe_lines(self, request: Named) -> Subscription[Line]:
        """A journal."""
        return self._journal("lines", request, Line)

    def subscribe_price(
        self, request: Named, *, every: bool = False, max_rate_hz: float | None = None
    ) -> Subscription[Price]:
        """A newest value."""
        return self._latest("price", request, Price, every=every, max_rate_hz=max_rate_hz)


class FakeTime:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self._sleepers: list[tuple[float, asyncio.Event]] = []

    def monotonic(self) -> float:
        """Seconds."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Wait until the time has come."""
        sleeper = (self.now + seconds, asyncio.Event())
        self._sleepers.append(sleeper)
        try:
            await sleeper[1].wait()
        finally:
            self._sleepers.remove(sleeper)

    async def advance(self, seconds: float) -> None:
        """Let time pass, waking everyone at their time."""
        await settle()
        end = self.now + seconds
        while due := [sleeper for sleeper in self._sleepers if sleeper[0] <= end and not sleeper[1].is_set()]:
            self.now, wake = min(due, key=lambda sleeper: sleeper[0])
            wake.set()
            await settle()
        self.now = end


class ScriptedSocket:
    """One connection, seen from the server."""

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.closed = False
        self.unread = 0
        self._frames: asyncio.Queue[str | SocketClosed] = asyncio.Queue()

    async def send(self, text: str) -> None:
        """The client sends."""
        self.sent.append(json.loads(text))

    async def receive(self) -> str | bytes:
        """The client hears."""
        frame = await self._frames.get()
        if isinstance(frame, SocketClosed):
            raise frame
        self.unread -= 1
        return frame

    async def aclose(self) -> None:
        """The client goes."""
        self.closed = True

    def say(self, kind: str, payload: Any = None, message_id: str | None = None) -> None:
        """Send a message."""
        self.unread += 1
        self._frames.put_nowait(json.dumps({"type": kind, "payload": payload, "id": message_id}))

    def notice(self, code: str, **more: Any) -> None:
        """Say what is about to happen."""
        self.say("server.notice", {"code": code, "message": "said before", **more})

    def end(self, code: int, reason: str = "") -> None:
        """Close the connection."""
        self._frames.put_nowait(SocketClosed(code, reason))

    def asked(self, kind: str = ".subscribe") -> list[dict[str, Any]]:
        """What was sent, of one type."""
        return [message for message in self.sent if message["type"].endswith(kind)]

    def confirm(self, topic: str = LINES, **payload: Any) -> None:
        """The ok of the last subscription."""
        route = topic.partition(":")[0]
        body = {"status": "ok", "message": "", "topic": topic, **payload}
        self.say(f"{route}.subscribe.response", body, self.asked()[-1]["id"])

    def update(self, offset: int, prev: int) -> None:
        """A new line."""
        payload = {"text": str(offset), "offset": offset}
        self.say("lines.update", {"topic": LINES, "payload": payload, "offset": offset, "prev": prev})


class ScriptedServer:
    """Takes every connection, unless it has something else to say to the next."""

    def __init__(self) -> None:
        self.time = FakeTime()
        self.sockets: list[ScriptedSocket] = []
        self.refusals: list[SocketClosed | HandshakeRefused | Exception] = []
        self.attempts: list[float] = []
        self.hangs = False

    def client(self, random: float = 0.5) -> SmallWsClient:
        """A client of this server."""
        return SmallWsClient(
            URL,
            monotonic=self.time.monotonic,
            sleep=self.time.sleep,
            random=lambda: random,
            connect=self._connect,
        )

    @property
    def socket(self) -> ScriptedSocket:
        """The newest connection."""
        return self.sockets[-1]

    async def _connect(self, endpoint: Endpoint) -> ScriptedSocket:
        assert endpoint.url == URL
        self.attempts.append(self.time.now)
        if self.hangs:
            await asyncio.Event().wait()
        if self.refusals:
            raise self.refusals.pop(0)
        self.sockets.append(ScriptedSocket())
        return self.socket
