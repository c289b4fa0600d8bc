"""One client's connection: what goes out at once, and what waits while the client does not keep up."""

import asyncio
import time
from collections.abc import Coroutine, Iterable, Mapping
from itertools import islice
from typing import Any

import structlog
from starlette.websockets import WebSocket

from trading_api.models.streaming import CloseCode
from trading_api.shared.ws.frames import Frame
from trading_api.shared.ws.outlet import outlet_of
from trading_api.shared.ws.tally import WsTally

log = structlog.get_logger(__name__)

BATCH_BYTES = 64 * 1024
"""So much is written at once; what `Connection.send` brings does not wait for the end of the turn then."""
WRITERS, TURNS = 16, 4
"""So many connections write in one turn, or as many more as it takes for all to write within TURNS."""
INTERNAL_ERROR = 1011
"""Close code of a server that met what it did not expect (RFC 6455, 7.4.1)."""


class Flusher:
    """Lets connections write at the end of the event loop's turn, each all its frames at once.

    When many have something to write, a turn serves a part of them, those first who wait longest. New
    updates are taken in between, and what several turns bring to one connection becomes one write.
    """

    def __init__(self, tally: WsTally | None = None) -> None:
        self.tally = tally or WsTally()
        self._marked: dict[Connection, object] = {}
        self._timed_from: float | None = None
        self._timed_left = self._timed_bytes = 0

    def mark(self, connection: "Connection") -> None:
        """`connection` has something to write."""
        self.mark_all({connection: None})

    def mark_all(self, connections: "Mapping[Connection, object]") -> None:
        """Each of `connections` has something to write."""
        if not self._marked and connections:
            asyncio.get_running_loop().call_soon(self._flush)
        self._marked.update(connections)

    def time_from(self, began: float) -> None:
        """Tally the time from `began`, of `time.perf_counter`, until all marked ones have written."""
        if self._marked and self._timed_from is None:
            self._timed_from, self._timed_left = began, len(self._marked)
            self._timed_bytes = self.tally.written_bytes

    def _flush(self) -> None:
        count = max(WRITERS, -(-len(self._marked) // TURNS))
        writers = list(islice(self._marked, count))
        for connection in writers:
            del self._marked[connection]
        if self._marked:
            asyncio.get_running_loop().call_soon(self._flush)
        for connection in writers:
            try:
                connection.flush()
            except Exception:  # one broken connection must not silence those after it
                log.exception("frames not written")
                connection.close(INTERNAL_ERROR, "the server failed to write")
        if self._timed_from is not None:
            self._count_timed(self._timed_from, len(writers))

    def _count_timed(self, began: float, writers: int) -> None:
        self._timed_left -= writers
        if self._timed_left <= 0:
            if self.tally.written_bytes > self._timed_bytes:  # else all of them were slow
                self.tally.delays.observe(time.perf_counter() - began)
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
        "put",
    )

    def __init__(self, socket: WebSocket, flusher: Flusher, max_waiting: int) -> None:
        self._flusher = flusher
        self._tally = flusher.tally
        self._max_waiting = max_waiting
        self._outlet = outlet_of(socket, self)
        self._ready: list[Frame] = []
        self.put = self._ready.append
        """Sends one frame as `send` does, in the time of a list's append; the caller marks the connection."""
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
        self._ready.append(frame)
        self._ready_size += len(frame)
        if self._blocked or self._ready_size >= BATCH_BYTES:
            self.flush()
        else:
            self._flusher.mark(self)

    def paused(self) -> None:
        """The client does not keep up with what is written."""
        self._blocked = True

    def drained(self) -> None:
        """The client has caught up with what was written: write what waits."""
        if self.close_code is not None:
            return
        self._blocked = False
        while self._backlog and not self._blocked:
            self._write_backlog(_batch(self._backlog.values()))
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
        """Write what was sent since the last time; what a client does not keep up with has to wait."""
        ready, self._ready_size = self._ready, 0
        if not ready:
            return
        if not self._blocked and len(joined := b"".join(ready)) <= BATCH_BYTES:
            try:
                self._write(ready, joined)
            finally:
                ready.clear()
            return
        left = iter(ready.copy())
        ready.clear()
        while not self._blocked and (batch := _batch(left)):
            self._write(batch, b"".join(batch))
        for frame in left:
            self._keep(frame)

    def close(self, code: int, reason: str) -> None:
        """Close after the frames that were sent before; the first call counts."""
        if self.close_code is None:
            self.flush()
        if self.close_code is None:
            self.close_code = code
            self._blocked = True
            if self._backlog:
                self._write_backlog(list(self._backlog.values()))
            self._outlet.close(code, reason)
            if self._less is not None:
                self._less.set()

    def _keep(self, frame: Frame) -> None:
        if self.close_code is not None:
            return
        key = object() if frame.key is None else frame.key
        replaced = self._backlog.pop(key, None)
        if replaced is not None:
            self.conflated += 1
            self._tally.conflated["slow"] += 1
            self._backlog_size -= len(replaced)
        self._backlog[key] = frame
        self._backlog_size += len(frame)
        waiting = self._waiting
        self._tally.queue_high_water = max(self._tally.queue_high_water, waiting)
        if waiting > self._max_waiting:
            self._backlog, self._backlog_size = {}, 0
            self.close(CloseCode.TOO_SLOW, "the client reads too slowly")

    def _write_backlog(self, first: list[Frame]) -> None:
        for key in list(islice(self._backlog, len(first))):
            del self._backlog[key]
        joined = b"".join(first)
        self._backlog_size -= len(joined)
        self._write(first, joined)

    def _write(self, frames: list[Frame], joined: bytes) -> None:
        self._tally.written_bytes += len(joined)
        self.frames_sent += len(frames)
        self._outlet.write(frames, joined)


def _batch(frames: Iterable[Frame]) -> list[Frame]:
    """The first of `frames`, as many as are written at once."""
    batch, size = [], 0
    for frame in frames:
        batch.append(frame)
        size += len(frame)
        if size >= BATCH_BYTES:
            break
    return batch
