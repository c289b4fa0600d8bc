"""Of which stretches of time everything is known."""

from bisect import bisect_left
from collections.abc import Iterable


class Covered:
    """Stretches [start, stop) in ms, which never touch each other."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans: list[tuple[int, int]] = []
        for start, stop in spans:
            self.add(start, stop)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """All of them, ascending."""
        return list(self._spans)

    def add(self, start: int, stop: int) -> None:
        """All from `start` up to `stop` is known now."""
        if start >= stop:
            return
        joined = [span for span in self._spans if span[0] <= stop and start <= span[1]]
        start = min([start, *(span[0] for span in joined)])
        stop = max([stop, *(span[1] for span in joined)])
        rest = [span for span in self._spans if span not in joined]
        rest.insert(bisect_left(rest, (start, stop)), (start, stop))
        self._spans = rest

    def remove(self, start: int, stop: int) -> None:
        """What lies between `start` and `stop` is not certain any more."""
        cut = []
        for low, high in self._spans:
            cut += [(low, min(high, start)), (max(low, stop), high)]
        self._spans = [(low, high) for low, high in cut if low < high]

    def missing(self, start: int, stop: int) -> list[tuple[int, int]]:
        """The stretches between `start` and `stop` of which not everything is known."""
        found, at = [], start
        for low, high in self._spans:
            if high <= at:
                continue
            if low >= stop:
                break
            if low > at:
                found.append((at, low))
            at = high
        if at < stop:
            found.append((at, stop))
        return found
