"""Where the frames of one connection go: straight to the transport, or through ASGI.

A server whose scope has the extension EXTENSION takes finished bytes. Under any other ASGI server a task
sends the frames one by one; nobody above can tell the difference, except by the time it takes.
"""

import asyncio
from collections import deque
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any, Protocol

from starlette.websockets import WebSocket, WebSocketDisconnect

from trading_api.shared.ws.frames import Frame

EXTENSION = "trading_pro.frames"
HIGH_WATER_BYTES = 64 * 1024
"""A client for whom more waits does not keep up."""
GOODBYE_SECONDS = 5.0
"""How long a client may take to read what was sent before it is closed."""


class Flow(Protocol):
    """Whoever writes to an outlet, and is told when to stop and when to go on."""

    def paused(self) -> None:
        """The client does not keep up."""

    def drained(self) -> None:
        """The client has caught up, or is gone."""


class FrameTransport(Protocol):
    """What a server offers under EXTENSION; see `uvicorn_protocol`."""

    flow: Flow | None
    """Who is told of the client's pace."""

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
    def waiting_bytes(self) -> int:
        """Bytes written and not yet taken by the network."""

    def write(self, frames: Sequence[Frame], joined: bytes) -> None:
        """Send these, in order; `joined` are the same bytes."""

    def close(self, code: int, reason: str) -> None:
        """Close after what has been written."""

    async def serve(self, reading: Coroutine[Any, Any, None]) -> None:
        """Run `reading` until it ends or nothing can be sent any more."""


def outlet_of(socket: WebSocket, flow: Flow) -> Outlet:
    """The best way out that the server of `socket` offers, for `flow` to write to."""
    transport: FrameTransport | None = socket.scope.get("extensions", {}).get(EXTENSION)
    return AsgiOutlet(socket, flow) if transport is None else DirectOutlet(transport, flow)


class DirectOutlet:
    """Frames become one write to the transport."""

    __slots__ = ("_transport",)

    def __init__(self, transport: FrameTransport, flow: Flow) -> None:
        self._transport = transport
        transport.flow = flow

    @property
    def waiting_bytes(self) -> int:
        return self._transport.waiting_bytes

    def write(self, frames: Sequence[Frame], joined: bytes) -> None:
        self._transport.write_frames(joined)

    def close(self, code: int, reason: str) -> None:
        self._transport.close_stream(code, reason)

    async def serve(self, reading: Coroutine[Any, Any, None]) -> None:
        await reading


class AsgiOutlet:
    """Frames are sent one by one as ASGI messages, by a task that lives as long as the connection."""

    def __init__(self, socket: WebSocket, flow: Flow) -> None:
        self._socket = socket
        self._flow = flow
        self._frames: deque[Frame] = deque()
        self._wake = asyncio.Event()
        self._close: tuple[int, str] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._patience: asyncio.TimerHandle | None = None
        self._ended = False
        self.waiting_bytes = 0

    def write(self, frames: Sequence[Frame], joined: bytes) -> None:
        if self._ended:
            return
        self._frames.extend(frames)
        self.waiting_bytes += len(joined)
        self._wake.set()
        if self.waiting_bytes > HIGH_WATER_BYTES:
            self._flow.paused()

    def close(self, code: int, reason: str) -> None:
        self._close = (code, reason)
        self._wake.set()
        self._patience = asyncio.get_running_loop().call_later(GOODBYE_SECONDS, self._give_up)

    async def serve(self, reading: Coroutine[Any, Any, None]) -> None:
        self._writer = asyncio.create_task(self._send_until_closed(), name="ws-write")
        tasks = [asyncio.create_task(reading, name="ws-read"), self._writer]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if not task.cancelled():
                    task.result()
        finally:
            if self._patience is not None:
                self._patience.cancel()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _give_up(self) -> None:
        """The client does not read: end without a close frame."""
        if self._writer is not None:
            self._writer.cancel()

    async def _send_until_closed(self) -> None:
        # Starlette raises RuntimeError when the other side is gone between two sends.
        with suppress(WebSocketDisconnect, RuntimeError):
            await self._send_all()
        self._ended = True
        self._frames.clear()
        self.waiting_bytes = 0
        self._flow.drained()

    async def _send_all(self) -> None:
        while True:
            while self._frames:
                await self._socket.send_text(self._frames[0].text)
                self.waiting_bytes -= len(self._frames.popleft())
            if self._close is not None:
                await self._socket.close(*self._close)
                return
            self._flow.drained()
            if not self._frames:
                self._wake.clear()
                await self._wake.wait()
