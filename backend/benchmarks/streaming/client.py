"""One connection of the load."""

import asyncio
import json
from collections.abc import Callable, Sequence
from typing import Any, cast

from benchmarks.streaming import wire
from benchmarks.streaming.frame_reader import FrameReader

BUFFER = bytearray(1024 * 1024)
"""One for all connections: what arrives is read before the next one's turn."""
VIEW = memoryview(BUFFER)
PONG = wire.client_frame(b'{"type":"pong"}')

OnMessage = Callable[[dict[str, Any]], None]


class LoadError(Exception):
    """A server did not do what it is measured at."""


class LoadConnection(asyncio.BufferedProtocol):
    """Shakes hands, sends its subscriptions, and counts; `ready` once all of them were answered with ok.

    `on_round` is called when `awaited` or a later round has come, `on_message` with every message that is
    neither an update nor a ping.
    """

    def __init__(self, path: str, requests: Sequence[str], on_message: OnMessage | None = None) -> None:
        self._path = path
        self._requests = requests
        self._on_message = on_message
        self._carry = b""
        self._shaken = False
        self._answers = len(requests)
        self.transport: asyncio.Transport
        self.reader = FrameReader(self._on_other)
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.gone: str | None = None
        self.seen = 0
        self.awaited = 0
        self.on_round: Callable[[], None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are asyncio's in all but their class.
        self.transport = cast(asyncio.Transport, transport)
        host, port = transport.get_extra_info("peername")[:2]
        self.transport.write(wire.upgrade_request(f"{host}:{port}", self._path))

    def get_buffer(self, sizehint: int) -> memoryview:
        if not self._carry:
            return VIEW
        kept = len(self._carry)
        BUFFER[:kept] = self._carry
        return VIEW[kept:]

    def buffer_updated(self, nbytes: int) -> None:
        end = len(self._carry) + nbytes
        if not self._shaken:
            end = self._shake(end)
        rest = self.reader.read(BUFFER, end) if self._shaken else 0
        self._carry = b"" if rest == end else bytes(VIEW[rest:end])
        seen = self.reader.last_round
        if self.seen < self.awaited <= seen and self.on_round is not None:
            self.seen = seen
            self.on_round()
        else:
            self.seen = seen

    def connection_lost(self, exc: Exception | None) -> None:
        self.gone = self.gone or f"the connection was lost: {exc}"
        if not self.ready.done():
            self.ready.set_exception(LoadError(self.gone))

    def send(self, text: str) -> None:
        """Send one message."""
        self.transport.write(wire.client_frame(text.encode()))

    def _shake(self, end: int) -> int:
        """Take the handshake off the front of the buffer; returns how much is left."""
        head = bytes(VIEW[:end])
        after = head.find(b"\r\n\r\n") + 4
        if after < 4:
            return end
        fault = wire.refusal(head[:after])
        if fault is not None:
            self._fail(fault)
            return 0
        self._shaken = True
        rest = head[after:]
        BUFFER[: len(rest)] = rest
        self.transport.write(b"".join(wire.client_frame(text.encode()) for text in self._requests))
        if not self._requests:
            self.ready.set_result(None)
        return len(rest)

    def _on_other(self, kind: int, payload: bytes) -> None:
        if kind == wire.CLOSE:
            code, reason = int.from_bytes(payload[:2], "big"), payload[2:].decode()
            self._fail(f"the server closed with {code} {reason}")
        elif kind == wire.PING:
            self.transport.write(wire.client_frame(payload, wire.PONG))
        elif kind == wire.TEXT:
            self._on_text(json.loads(payload))
        else:
            self._fail(f"a frame of the kind {kind:#x}")

    def _on_text(self, message: dict[str, Any]) -> None:
        if message["type"] == "ping":
            self.transport.write(PONG)
            return
        if message["type"].endswith(".subscribe.response") and message["payload"]["status"] == "ok":
            self._answers -= 1
            if self._answers == 0 and not self.ready.done():
                self.ready.set_result(None)
        elif message["type"].endswith((".response", "error")):
            self._fail(f"the server answered {message}")
        if self._on_message is not None:
            self._on_message(message)

    def _fail(self, reason: str) -> None:
        self.gone = self.gone or reason
        if not self.ready.done():
            self.ready.set_exception(LoadError(reason))
        self.transport.close()
