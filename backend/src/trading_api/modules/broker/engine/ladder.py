"""A sorted sequence that never changes: adding and removing give a new one that shares most of the old."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from decimal import Decimal
from operator import itemgetter
from typing import NamedTuple

CHUNK = 512
FIRST = itemgetter(0)


class Rung(NamedTuple):
    """An order's place: by `key`, among equal keys by age."""

    key: Decimal
    age: int
    order_id: str


class Ladder:
    """Rungs in ascending order, in chunks of which a change copies one."""

    __slots__ = ("_chunks",)

    def __init__(self, chunks: tuple[tuple[Rung, ...], ...] = ()) -> None:
        self._chunks = chunks

    @property
    def first(self) -> Rung | None:
        """The lowest rung."""
        return self._chunks[0][0] if self._chunks else None

    def __iter__(self) -> Iterator[Rung]:
        for chunk in self._chunks:
            yield from chunk

    def up_to(self, key: Decimal) -> Iterator[Rung]:
        """Rungs whose key is at most `key`."""
        for rung in self:
            if rung.key > key:
                return
            yield rung

    def adding(self, rung: Rung) -> "Ladder":
        """With one rung more."""
        if not self._chunks:
            return Ladder(((rung,),))
        last = len(self._chunks) - 1
        if rung > self._chunks[last][-1]:
            return self._replacing(last, (*self._chunks[last], rung))
        index = self._chunk_of(rung)
        chunk = self._chunks[index]
        at = bisect_right(chunk, rung)
        return self._replacing(index, (*chunk[:at], rung, *chunk[at:]))

    def removing(self, rung: Rung) -> "Ladder":
        """Without `rung`; ValueError if it is not there."""
        index = self._chunk_of(rung) if self._chunks else 0
        chunk = self._chunks[index] if self._chunks else ()
        at = bisect_left(chunk, rung)
        if at == len(chunk) or chunk[at] != rung:
            raise ValueError(f"{rung} is not on the ladder")
        return self._replacing(index, chunk[:at] + chunk[at + 1 :])

    def _chunk_of(self, rung: Rung) -> int:
        return max(0, bisect_right(self._chunks, rung, key=FIRST) - 1)

    def _replacing(self, index: int, chunk: tuple[Rung, ...]) -> "Ladder":
        half = len(chunk) // 2
        parts = (chunk[:half], chunk[half:]) if len(chunk) > CHUNK else (chunk,) if chunk else ()
        return Ladder(self._chunks[:index] + parts + self._chunks[index + 1 :])
