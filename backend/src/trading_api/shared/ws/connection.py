"""One client's WebSocket: its queue of outgoing frames, written in order and bounded by bytes."""

import asyncio
from collections import deque

from starlette.websockets import WebSocket, WebSocketDisconnect

from trading_api.models.streaming import CloseCode

MAX_WAITING_BYTES = 1024 * 1024


class Connection:
    """Frames leave in the order of `send`; a client too slow to read them is closed, nobody waits for it."""

    def __init__(self, socket: WebSocket, max_waiting_bytes: int = MAX_WAITING_BYTES) -> None:
        self._socket = socket
        self._max_waiting = max_waiting_bytes
        self._frames: deque[str] = deque()
        self._waiting_bytes = 0
        self._wake = asyncio.Event()
        self._less = asyncio.Event()
        self._close: tuple[int, str] | None = None
        self.frames_sent = 0

    @property
    def closing(self) -> bool:
        """Whether nothing more will be accepted."""
        return self._close is not None

    def send(self, frame: str) -> None:
        """Queue one frame; after a close has been asked for, frames are dropped."""
        if self.closing:
            return
        self._frames.append(frame)
        self._waiting_bytes += len(frame)
        if self._waiting_bytes > self._max_waiting:
            self._frames.clear()
            self.close(CloseCode.TOO_SLOW, "the client reads too slowly")
        self._wake.set()

    async def room(self) -> None:
        """Wait until no more than half of what may wait does, or nothing more will be accepted."""
        while not self.closing and self._waiting_bytes > self._max_waiting // 2:
            self._less.clear()
            await self._less.wait()

    def close(self, code: int, reason: str) -> None:
        """Close after the frames that are already queued; the first call counts."""
        if self._close is None:
            self._close = (code, reason)
            self._wake.set()
            self._less.set()

    async def write_until_closed(self) -> None:
        """Send queued frames until the connection is closed by either side."""
        try:
            while True:
                while self._frames:
                    frame = self._frames.popleft()
                    await self._socket.send_text(frame)
                    self._waiting_bytes -= len(frame)
                    self.frames_sent += 1
                    self._less.set()
                if self._close is not None:
                    await self._socket.close(*self._close)
                    return
                self._wake.clear()
                await self._wake.wait()
        except (WebSocketDisconnect, RuntimeError):
            # Starlette raises RuntimeError when the other side is gone between two sends.
            self._close = self._close or (CloseCode.GOING_AWAY, "")
