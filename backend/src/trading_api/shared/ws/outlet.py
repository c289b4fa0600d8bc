"""Where the frames of one connection go: straight to the transport, or through ASGI.

A server whose scope has the extension EXTENSION takes finished bytes. Under any other ASGI server a task
sends the frames one by one; nobody above can tell the difference, except by the time it takes.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from trading_api.shared.ws.frames import Frame

EXTENSION = "trading_pro.frames"
HIGH_WATER_BYTES = 64 * 1024
"""A client for whom more waits does not keep up."""


class FrameTransport(Protocol):
    """What a server offers under EXTENSION; see `uvicorn_protocol`."""

    drained: Callable[[], None] | None
    """Called when the client has read enough for `congested` to be false again."""

    @property
    def congested(self) -> bool:
        """Whether so much waits that nothing should be written now."""

    @property
    def waiting_bytes(self) -> int:
        """Bytes written and not yet taken by the network."""

    def write_frames(self, data: bytes) -> None:
        """Write whole frames; nothing happens once the connection is closing."""

    def close_stream(self, code: int, reason: str) -> None:
        """Send a close frame and end the connection within a bound, even if the client does not read."""


class Outlet(Protocol):
    """The way out of one connection."""

    @property
    def congested(self) -> bool:
        """Whether the client does not keep up."""

    @property
    def waiting_bytes(self) -> int:
        """Bytes written and not yet taken by the network."""

    def write(self, frames: Sequence[Frame]) -> None:
        """Send these, in order."""

    def close(self, code: int, reason: str) -> None:
        """Close after what has been written."""

    async def serve(self, reading: Coroutine[Any, Any, None]) -> None:
        """Run `reading` until it ends or nothing can be sent any more."""


def outlet_of(socket: WebSocket, drained: Callable[[], None]) -> Outlet:
    """The best way out that the server of `socket` offers; `drained` is called when congestion ends."""
    transport: FrameTransport | None = socket.scope.get("extensions", {}).get(EXTENSION)
    return AsgiOutlet(socket, drained) if transport is None else DirectOutlet(transport, drained)


class DirectOutlet:
    """Frames become one write to the transport."""

    __slots__ = ("_transport",)

    def __init__(self, transport: FrameTransport, drained: Callable[[], None]) -> None:
        self._transport = transport
        transport.drained = drained

    @property
    def congested(self) -> bool:
        return self._transport.congested

    @property
    def waiting_bytes(self) -> int:
        return self._transport.waiting_bytes

    def write(self, frames: Sequence[Frame]) -> None:
        self._transport.write_frames(b"".join([frame.wire for frame in frames]))

    def close(self, code: int, reason: str) -> None:
        self._transport.close_stream(code, reason)

    async def serve(self, reading: Coroutine[Any, Any, None]) -> None:
        await reading


class AsgiOutlet:
    """Frames are sent one by one as ASGI messages, by a task that lives as long as the connection."""

    def __init__(self, socket: WebSocket, drained: Callable[[], None]) -> None:
        self._socket = socket
        self._drained = drained
        self._frames: deque[Frame] = deque()
        self._wake = asyncio.Event()
        self._close: tuple[int, str] | None = None
        self.waiting_bytes = 0

    @property
    def congested(self) -> bool:
        return self.waiting_bytes > HIGH_WATER_BYTES

    def write(self, frames: Sequence[Frame]) -> None:
        self._frames.extend(frames)
        self.waiting_bytes += sum(len(frame.text) for frame in frames)
        self._wake.set()

    def close(self, code: int, reason: str) -> None:
        self._close = (code, reason)
        self._wake.set()

    async def serve(self, reading: Coroutine[Any, Any, None]) -> None:
        tasks = [
            asyncio.create_task(reading, name="ws-read"),
            asyncio.create_task(self._send_until_closed(), name="ws-write"),
        ]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _send_until_closed(self) -> None:
        # Starlette raises RuntimeError when the other side is gone between two sends.
        with suppress(WebSocketDisconnect, RuntimeError):
            while True:
                while self._frames:
                    await self._socket.send_text(self._frames[0].text)
                    self.waiting_bytes -= len(self._frames.popleft().text)
                if self._close is not None:
                    await self._socket.close(*self._close)
                    return
                self._drained()
                if not self._frames:
                    self._wake.clear()
                    await self._wake.wait()
