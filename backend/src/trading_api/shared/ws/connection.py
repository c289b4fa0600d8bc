"""One client's connection: what goes out at once, and what waits while the client does not keep up."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

import structlog
from starlette.websockets import WebSocket

from trading_api.models.streaming import CloseCode
from trading_api.shared.ws.frames import Frame
from trading_api.shared.ws.outlet import outlet_of
from trading_api.shared.ws.tally import WsTally

log = structlog.get_logger(__name__)

BATCH_BYTES = 64 * 1024
"""So much is written at once, without waiting for the end of the turn."""
INTERNAL_ERROR = 1011
"""Close code of a server that met what it did not expect (RFC 6455, 7.4.1)."""


class Flusher:
    """Lets connections write at the end of the event loop's turn: all frames of the turn in one write."""

    def __init__(self, tally: WsTally | None = None) -> None:
        self.tally = tally or WsTally()
        self._marked: list[Connection] = []
        self._timed_from: float | None = None

    def mark(self, connection: "Connection") -> None:
        """`connection` has something to write."""
        if not self._marked:
            asyncio.get_running_loop().call_soon(self._flush)
        self._marked.append(connection)

    def time_from(self, began: float) -> None:
        """Tally the time from `began`, of `time.perf_counter`, until this turn's frames are written."""
        if self._marked and self._timed_from is None:
            self._timed_from = began

    def _flush(self) -> None:
        marked, self._marked = self._marked, []
        for connection in marked:
            try:
                connection.flush()
            except Exception:  # one broken connection must not silence those after it
                log.exception("frames not written")
                connection.close(INTERNAL_ERROR, "the server failed to write")
        if self._timed_from is not None:
            self.tally.delays.observe(time.perf_counter() - self._timed_from)
            self._timed_from = None


class Connection:
    """Frames leave in the order of `send`; a client that does not keep up delays nobody.

    Its frames wait up to `max_waiting` bytes, of those with one key only the newest. Beyond, the
    connection is closed.
    """

    __slots__ = (
        "__weakref__",
        "_backlog",
        "_backlog_size",
        "_blocked",
        "_flusher",
        "_less",
        "_max_waiting",
        "_outlet",
        "_ready",
        "_ready_size",
        "_tally",
        "close_code",
        "conflated",
        "frames_sent",
    )

    def __init__(self, socket: WebSocket, flusher: Flusher, max_waiting: int) -> None:
        self._flusher = flusher
        self._tally = flusher.tally
        self._max_waiting = max_waiting
        self._outlet = outlet_of(socket, self)
        self._ready: list[Frame] = []
        self._ready_size = 0
        self._backlog: dict[object, Frame] = {}
        self._backlog_size = 0
        self._blocked = False
        self._less: asyncio.Event | None = None
        self.close_code: int | None = None
        self.frames_sent = 0
        self.conflated = 0

    @property
    def behind(self) -> bool:
        """Whether the client does not keep up, so that frames wait."""
        return self._blocked

    @property
    def _waiting(self) -> int:
        return self._backlog_size + self._outlet.waiting_bytes

    async def serve(self, reading: Coroutine[Any, Any, None]) -> None:
        """Run `reading`, which takes what the client sends, until the connection ends."""
        await self._outlet.serve(reading)

    def send(self, frame: Frame) -> None:
        """Send one frame; after a close has been asked for, frames are dropped."""
        if self._blocked:
            self._keep(frame)
            return
        if not self._ready:
            self._flusher.mark(self)
        self._ready.append(frame)
        self._ready_size += frame.size
        if self._ready_size >= BATCH_BYTES:
            self.flush()

    def paused(self) -> None:
        """The client does not keep up with what is written."""
        self._blocked = True

    def drained(self) -> None:
        """The client has caught up with what was written: write what waits."""
        if self.close_code is not None:
            return
        self._blocked = False
        while self._backlog and not self._blocked:
            size = count = 0
            for frame in self._backlog.values():
                size, count = size + frame.size, count + 1
                if size >= BATCH_BYTES:
                    break
            self._write_backlog(count)
        self._blocked = self._blocked or bool(self._backlog)
        if self._less is not None:
            self._less.set()

    async def room(self) -> None:
        """Wait until no more than half of what may wait does, or nothing more will be accepted."""
        while self.close_code is None and self.behind and self._waiting > self._max_waiting // 2:
            self._less = self._less or asyncio.Event()
            self._less.clear()
            await self._less.wait()

    def flush(self) -> None:
        """Write what has been sent in this turn."""
        if self._ready:
            self._tally.written_bytes += self._ready_size
            frames, self._ready, self._ready_size = self._ready, [], 0
            self.frames_sent += len(frames)
            self._outlet.write(frames)

    def close(self, code: int, reason: str) -> None:
        """Close after the frames that were sent before; the first call counts."""
        if self.close_code is None:
            self.flush()
            self.close_code = code
            self._blocked = True
            if self._backlog:
                self._write_backlog(len(self._backlog))
            self._outlet.close(code, reason)
            if self._less is not None:
                self._less.set()

    def _keep(self, frame: Frame) -> None:
        """Let the frame wait, after those of this turn that are on their way."""
        if self.close_code is not None:
            return
        self.flush()
        key = frame if frame.key is None else frame.key
        replaced = self._backlog.pop(key, None)
        if replaced is not None:
            self.conflated += 1
            self._tally.conflated["slow"] += 1
            self._backlog_size -= replaced.size
        self._backlog[key] = frame
        self._backlog_size += frame.size
        waiting = self._waiting
        self._tally.queue_high_water = max(self._tally.queue_high_water, waiting)
        if waiting > self._max_waiting:
            self._backlog, self._backlog_size = {}, 0
            self.close(CloseCode.TOO_SLOW, "the client reads too slowly")

    def _write_backlog(self, count: int) -> None:
        keys = [key for key, _ in zip(self._backlog, range(count), strict=False)]
        frames = [self._backlog.pop(key) for key in keys]
        size = sum(frame.size for frame in frames)
        self._tally.written_bytes += size
        self._backlog_size -= size
        self.frames_sent += len(frames)
        self._outlet.write(frames)
