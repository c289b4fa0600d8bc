"""The bars of one live symbol in memory: what was fetched, what was streamed, and what runs now."""

import threading
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from trading_api.modules.datafeed.bars.columns import BarColumns, aggregate, join, no_bars
from trading_api.modules.datafeed.bars.resolution import (
    DAY,
    DAY_MS,
    MINUTE,
    MINUTE_MS,
    SECOND,
    SECOND_MS,
    Resolution,
)
from trading_api.modules.datafeed.providers.live.parsing import Print

LENGTHS = {SECOND: SECOND_MS, MINUTE: MINUTE_MS, DAY: DAY_MS}
DAYS_OF_MINUTES = 3
"""Days that are built from minutes as long as the exchange's own have not been fetched."""
RECENT = 20_000
"""Prints kept, from which a bar is told as it was a moment ago."""


@dataclass(slots=True)
class Row:
    """One bar that grows; in whole units."""

    time: int
    open: int
    high: int
    low: int
    close: int
    volume: int

    def add(self, print_: Print) -> None:
        """Take one more print in."""
        self.high = max(self.high, print_.price)
        self.low = min(self.low, print_.price)
        self.close = print_.price
        self.volume += print_.size

    @property
    def values(self) -> tuple[int, int, int, int, int, int]:
        """As columns hold it."""
        return self.time, self.open, self.high, self.low, self.close, self.volume


def row_of(prints: Iterable[Print], time: int) -> Row | None:
    """The bar of these prints; None without any."""
    row: Row | None = None
    for each in prints:
        if row is None:
            row = Row(time, each.price, each.price, each.price, each.price, each.size)
        else:
            row.add(each)
    return row


@dataclass
class _BaseRows:
    """Rows of one base: those that are over, and the one that runs."""

    length: int
    closed: BarColumns = field(default_factory=no_bars)
    tail: list[tuple[int, int, int, int, int, int]] = field(default_factory=list)
    running: Row | None = None

    def add(self, print_: Print) -> None:
        start = print_.time - print_.time % self.length
        if self.running is not None and self.running.time == start:
            self.running.add(print_)
            return
        if self.running is not None:
            self.tail.append(self.running.values)
        self.running = self._begun(start)
        if self.running is None:
            self.running = row_of((print_,), start)
        else:
            self.running.add(print_)

    def _begun(self, start: int) -> Row | None:
        """What was fetched of the row that runs from `start` on; it is taken out of those that are over."""
        closed = self.closed if not self.tail else no_bars()
        if len(closed) == 0 or int(closed.time[-1]) != start:
            return None
        self.closed = closed.part(0, len(closed) - 1)
        return Row(*(int(getattr(closed, name)[-1]) for name in BarColumns.__slots__))

    def rebuild(self, prints: Sequence[Print]) -> None:
        """The rows from the first of these prints on are theirs."""
        if not prints:
            return
        first = prints[0].time - prints[0].time % self.length
        closed = self.all_closed()
        self.closed = closed.part(0, int(np.searchsorted(closed.time, first, side="left")))
        self.running = None
        for each in prints:
            self.add(each)

    def merge(self, columns: BarColumns) -> None:
        """Put rows in; they outrank those of the same time, the running one included."""
        if len(columns) == 0:
            return
        self.closed = merged(self.all_closed(), columns)
        self.tail = []
        if self.running is not None and self.running.time <= int(columns.time[-1]):
            self.running = None

    def all_closed(self) -> BarColumns:
        if self.tail:
            self.closed, self.tail = merged(self.closed, _columns(self.tail)), []
        return self.closed

    def part(self, start: int, stop: int) -> BarColumns:
        closed = self.all_closed()
        first, end = np.searchsorted(closed.time, [start, stop], side="left")
        found = closed.part(int(first), int(end))
        if self.running is not None and start <= self.running.time < stop:
            return merged(found, _columns([self.running.values]))
        return found

    def forget(self, before: int) -> None:
        closed = self.all_closed()
        self.closed = closed.part(int(np.searchsorted(closed.time, before, side="left")), len(closed))


def merged(older: BarColumns, newer: BarColumns) -> BarColumns:
    """Rows of both, ascending; where both have a time, that of `newer`."""
    if len(older) == 0 or len(newer) == 0:
        return newer if len(older) == 0 else older
    both = join([older, newer])
    if older.time[-1] < newer.time[0]:
        return both
    order = np.argsort(both.time, kind="stable")
    times = both.time[order]
    last = np.append(times[1:] != times[:-1], True)
    return both.take(order[last])


def _columns(rows: Sequence[Sequence[int]]) -> BarColumns:
    table = np.array(rows, dtype=np.int64)
    return BarColumns(*(np.ascontiguousarray(table[:, column]) for column in range(6)))


class LiveSeries:
    """Seconds, minutes and days of one symbol; readers may come from any thread.

    Days that are over are those of the exchange, the running one is built from minutes.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows = {base: _BaseRows(length) for base, length in LENGTHS.items()}
        self._recent: deque[Print] = deque(maxlen=RECENT)
        self._recent_from = 0

    def add(self, print_: Print) -> None:
        """One more print, at or after the time of the one before."""
        with self._lock:
            self._recent.append(print_)
            self._rows[SECOND].add(print_)
            self._rows[MINUTE].add(print_)

    def merge(self, base: Resolution, columns: BarColumns) -> None:
        """Bars of somewhere else, which outrank what is here."""
        with self._lock:
            self._rows[base].merge(columns)

    def begin_anew(self, time: int) -> None:
        """Nothing is known of the prints between the last one here and `time`."""
        with self._lock:
            self._recent_from = time

    def complete_minute(self, start: int, earlier: Sequence[Print], since: int) -> None:
        """The minute from `start` on is that of `earlier` and of the prints here from `since` on."""
        with self._lock:
            before = [each for each in self._recent if each.time < start]
            own = [each for each in self._recent if each.time >= since]
            self._recent = deque([*before, *earlier, *own], maxlen=RECENT)
            self._recent_from = start
            for base in (SECOND, MINUTE):
                self._rows[base].rebuild([each for each in self._recent if each.time >= start])

    def rows(self, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        """Rows with start <= time < stop, nothing after `until`."""
        if base == DAY:
            return self._days(start, stop, until)
        length = LENGTHS[base]
        with self._lock:
            found = self._rows[base].part(start, min(stop, until + 1))
            if len(found) == 0 or not self._recent or self._recent[-1].time <= until:
                return found
            last = int(found.time[-1])
            if last + length <= until + 1:
                return found
            told = self._as_it_was(last, length, until)
        whole = found.part(0, len(found) - 1)
        return whole if told is None else join([whole, _columns([told.values])])

    def closed(self, base: Resolution, start: int, stop: int) -> BarColumns:
        """Rows that are over, with start <= time < stop."""
        with self._lock:
            closed = self._rows[base].all_closed()
            first, end = np.searchsorted(closed.time, [start, stop], side="left")
            return closed.part(int(first), int(end))

    def recent(self, until: int, limit: int) -> list[Print]:
        """The last prints, oldest first."""
        with self._lock:
            newest = (each for each in reversed(self._recent) if each.time <= until)
            return list(islice(newest, limit))[::-1]

    def forget(self, base: Resolution, before: int) -> None:
        """Rows before that time are kept elsewhere by now."""
        with self._lock:
            self._rows[base].forget(before)

    def first(self, base: Resolution) -> int | None:
        """Time of the oldest row here."""
        with self._lock:
            rows = self._rows[base]
            closed = rows.all_closed()
            if len(closed):
                return int(closed.time[0])
            return None if rows.running is None else rows.running.time

    def _as_it_was(self, start: int, length: int, until: int) -> Row | None:
        """The bar of the prints up to `until`; None if they are not all here any more."""
        forgotten = len(self._recent) == RECENT and self._recent[0].time >= start
        if forgotten or start < self._recent_from:
            return None
        return row_of((each for each in self._recent if start <= each.time <= until), start)

    def _days(self, start: int, stop: int, until: int) -> BarColumns:
        with self._lock:
            known = self._rows[DAY].all_closed().time
            over = self._rows[DAY].part(start, min(stop, until - until % DAY_MS))
        today = until - until % DAY_MS
        since = today if len(known) == 0 else min(int(known[-1]) + DAY_MS, today)
        since = max(since, start, today - (DAYS_OF_MINUTES - 1) * DAY_MS)
        minutes = self.rows(MINUTE, since, max(min(stop, today + DAY_MS), since), until)
        return merged(over, aggregate(minutes, minutes.time - minutes.time % DAY_MS))
