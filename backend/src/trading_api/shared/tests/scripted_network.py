"""The network below one connection, in memory: it takes bytes when the test says that the client reads."""

import asyncio

from starlette.types import Message, Scope
from starlette.websockets import WebSocket

from trading_api.shared.tests.wire_frames import CLOSE, read_frames
from trading_api.shared.ws.outlet import EXTENSION, Flow

HIGH_WATER = 64 * 1024
LOW_WATER = 16 * 1024


class ScriptedNetwork:
    """Keeps what is written; `direct` offers finished frames as our server does, else it speaks plain ASGI.

    Like a transport it is congested from more than HIGH_WATER bytes on, until no more than LOW_WATER wait.
    """

    def __init__(self, *, direct: bool) -> None:
        self.direct = direct
        self.flow: Flow | None = None
        self.writes: list[bytes] = []
        self.texts: list[str] = []
        self.close_code: int | None = None
        self.reading = True
        self.waiting_bytes = 0
        self._writable = asyncio.Event()
        self._writable.set()
        self._is_lost = False
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self._inbox.put_nowait({"type": "websocket.connect"})

    def socket(self) -> WebSocket:
        """The connection as an application gets it."""
        extensions: dict[str, object] = {EXTENSION: self} if self.direct else {}
        scope: Scope = {
            "type": "websocket",
            "path": "/ws",
            "headers": [],
            "query_string": b"",
            "extensions": extensions,
        }
        return WebSocket(scope, self._inbox.get, self._send)

    def say(self, text: str) -> None:
        """The client sends one text message."""
        self._inbox.put_nowait({"type": "websocket.receive", "text": text})

    def stop_reading(self) -> None:
        """The client reads nothing from now on."""
        self.reading = False

    def read(self, count: int | None = None) -> None:
        """The client reads so many of the waiting bytes; without a number, all that ever comes."""
        self.reading = self.reading or count is None
        self.waiting_bytes -= self.waiting_bytes if count is None else min(count, self.waiting_bytes)
        if self.waiting_bytes <= LOW_WATER and self.congested:
            self._writable.set()
            if self.flow is not None:
                self.flow.drained()

    def lose(self, code: int = 1006) -> None:
        """The connection is gone."""
        self._is_lost = True
        self.waiting_bytes = 0
        self._writable.set()
        self._inbox.put_nowait({"type": "websocket.disconnect", "code": code})
        flow, self.flow = self.flow, None
        if flow is not None:
            flow.drained()

    @property
    def congested(self) -> bool:
        """Whether the client has to read before more is taken."""
        return not self._writable.is_set()

    def write_frames(self, data: bytes) -> None:
        if self._is_lost or self.close_code is not None:
            return
        frames, rest = read_frames(data)
        assert rest == b"", "only whole frames are written"
        assert all(frame.opcode != CLOSE for frame in frames)
        self.texts += [frame.payload.decode() for frame in frames]
        self._write(data)

    def close_stream(self, code: int, reason: str) -> None:
        if self.close_code is None and not self._is_lost:
            self.close_code = code
            self._inbox.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})

    async def _send(self, message: Message) -> None:
        await self._writable.wait()
        if self._is_lost:
            raise ConnectionError("the client is gone")
        assert self.close_code is None, f"{message} after the close frame"
        if message["type"] == "websocket.send":
            self.texts.append(message["text"])
            self._write(message["text"].encode())
        elif message["type"] == "websocket.close":
            self.close_stream(message["code"], message["reason"])

    def _write(self, data: bytes) -> None:
        self.writes.append(data)
        if not self.reading:
            self.waiting_bytes += len(data)
            if self.waiting_bytes > HIGH_WATER:
                self._writable.clear()
                if self.flow is not None:
                    self.flow.paused()
                if self.flow is not None:
                    self.flow.paused()
