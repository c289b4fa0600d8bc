"""Reading a server's frames faster than a server can write them.

All updates of a run have one length. Once one was read byte by byte, the headers of all that follow are
compared in one step, every header byte of every frame, and only then counted.
"""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.streaming import wire
from benchmarks.streaming.ticks import SEQ_BASE, SEQ_DIGITS, STAMP_DIGITS, UPDATE_START, now
from benchmarks.streaming.wire import WireError

Other = Callable[[int, bytes], None]
"""Called with kind and payload of every frame that is no update."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Where things are in a frame of an update."""

    size: int
    header: bytes
    seq: slice
    stamp: slice

    @classmethod
    def of(cls, frame: bytes, header: int) -> "_Shape":
        seq, stamp = frame.index(b'"seq":') + 6, frame.index(b'"stamp":') + 8
        return cls(
            len(frame), frame[:header], slice(seq, seq + SEQ_DIGITS), slice(stamp, stamp + STAMP_DIGITS)
        )

    def all_alike(self, buffer: bytearray, count: int) -> bool:
        if count == 1:
            return buffer.startswith(self.header)
        span, size = count * self.size, self.size
        return all(buffer[place:span:size].count(byte) == count for place, byte in enumerate(self.header))


class _Frame(NamedTuple):
    start: int
    payload: int
    end: int


class FrameReader:
    """Counts the updates of one connection, and the rounds they belong to.

    With `delays` it notes how long each update took from when it was due, in ns.
    """

    __slots__ = ("_other", "_shape", "delays", "last_round", "updates")

    def __init__(self, other: Other) -> None:
        self._other = other
        self._shape: _Shape | None = None
        self.updates = 0
        self.last_round = 0
        self.delays: array[int] | None = None

    @property
    def update_bytes(self) -> int:
        """Length of an update's frame; 0 before the first."""
        return 0 if self._shape is None else self._shape.size

    def read(self, buffer: bytearray, end: int) -> int:
        """Read whole frames from the start of `buffer`; returns where the first incomplete one begins."""
        shape, place = self._shape, 0
        if shape is not None:
            count = end // shape.size
            if count and shape.all_alike(buffer, count):
                place = count * shape.size
                self._count(shape, buffer, count, place - shape.size)
                if place == end:
                    return end
        while (frame := _frame_at(buffer, place, end)) is not None:
            self._read_one(buffer, frame)
            place = frame.end
        return place

    def _count(self, shape: _Shape, buffer: bytearray, count: int, last: int) -> None:
        self.updates += count
        self.last_round = int(buffer[last + shape.seq.start : last + shape.seq.stop]) - SEQ_BASE
        if self.delays is not None:
            heard, first, stop = now(), shape.stamp.start, shape.stamp.stop
            for start in range(0, last + 1, shape.size):
                self.delays.append(heard - int(buffer[start + first : start + stop]))

    def _read_one(self, buffer: bytearray, frame: _Frame) -> None:
        kind, payload = buffer[frame.start], bytes(buffer[frame.payload : frame.end])
        if kind != wire.TEXT or not payload.startswith(UPDATE_START):
            self._other(kind, payload)
            return
        whole = bytes(buffer[frame.start : frame.end])
        shape = self._shape
        if shape is None or shape.size != len(whole):
            shape = self._shape = _Shape.of(whole, frame.payload - frame.start)
        self._count(shape, bytearray(whole), 1, 0)


def _frame_at(buffer: bytearray, start: int, end: int) -> _Frame | None:
    """The frame at `start`, if all of it is there."""
    if end - start < 2:
        return None
    size, payload = buffer[start + 1], start + 2
    if size == 126:
        size, payload = int.from_bytes(buffer[start + 2 : start + 4], "big"), start + 4
    elif size == 127:
        size, payload = int.from_bytes(buffer[start + 2 : start + 10], "big"), start + 10
    elif size > 127:
        raise WireError("a server's frame is masked")
    return _Frame(start, payload, payload + size) if payload + size <= end else None
