"""What waits for one reader of a stream, and how far the reader's knowledge goes. No I/O."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from trading_api.clients.errors import ClientError
from trading_api.clients.stream_frames import Point
from trading_api.models.streaming import Update

MOST_WAITING = 1_000
"""Updates that may wait for a reader who wants every one; beyond, nothing is taken until all are read."""

MOST_OF_LATEST = 16
"""Updates that may wait for a reader of newest values; beyond, all but the newest are left out."""

MOST_OF_A_TURN = 256
"""Updates that a reader of every one may find at once, so that nothing else has to wait for long."""


@dataclass(frozen=True, slots=True)
class WaitingSnapshot:
    """State of the topic, not yet validated."""

    items: list[Any]
    point: Point | None


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """A new value, not yet validated; `skipped` newer ones than the one before were left out."""

    payload: Any
    offset: int | None
    skipped: int = 0


Waiting: TypeAlias = WaitingSnapshot | WaitingUpdate


class Feed:
    """One reader's share of a topic; `changed` is called whenever there may be something to take.

    `max_rate_hz` is how many updates a second the reader needs at most; None for as many as there are.

    A `journal` feed takes an update only if it follows the one before, so what is taken has no gap. With
    `every`, which a journal implies, nothing that was taken is left out: a full feed becomes `behind`
    instead, and is brought up to date once it has been read. A `chained` feed takes an update only if it
    follows the one before as well, and else asks for the state.
    """

    def __init__(
        self,
        *,
        journal: bool,
        every: bool,
        chained: bool = False,
        changed: Callable[[], None],
        most_waiting: int = MOST_WAITING,
        max_rate_hz: float | None = None,
    ) -> None:
        self.journal = journal
        self.max_rate_hz = max_rate_hz
        self.point: Point | None = None
        self.begun = False
        self.behind = True
        self.failure: ClientError | None = None
        self.closed = False
        self.excused_until = 0.0
        """Until then what was current at the loss is not shown as stale: the loss was announced."""
        self._every = every or journal
        self._chained = chained
        self._reached: int | None = None
        self._changed = changed
        self._most = most_waiting
        self._waiting: deque[Waiting] = deque()
        self._paused = False
        self._unread_snapshots = 0

    @property
    def current(self) -> bool:
        """Whether everything that the server has said of the topic was taken."""
        return not self.behind and self.failure is None

    def is_excused(self, now: float) -> bool:
        """Whether it is behind only because an announced change of server is under way."""
        wants_more = self.failure is None and not self.closed and not self.told_anew
        return self.behind and wants_more and now < self.excused_until

    @property
    def told_anew(self) -> bool:
        """Whether a snapshot waits, so that what the reader knows no longer counts."""
        return self._unread_snapshots > 0

    @property
    def wants_snapshot(self) -> bool:
        """Whether the server must be asked for the state."""
        return self.behind and not self._paused and not (self.journal and self.begun)

    @property
    def wants_recovery(self) -> bool:
        """Whether the server must be asked for what followed `point`."""
        return self.behind and not self._paused and self.journal and self.begun

    @property
    def full(self) -> bool:
        """Whether the next update could not be taken, and none was left out yet."""
        return self._every and not self._paused and len(self._waiting) >= self._most

    @property
    def half_full(self) -> bool:
        """Whether so much waits that there is no hurry to hear more."""
        return self._every and not self._paused and len(self._waiting) > self._most // 2

    @property
    def pressing(self) -> bool:
        """Whether the reader should have a turn before more is heard, lest it be slow who only waits."""
        return len(self._waiting) >= (MOST_OF_A_TURN if self._every else MOST_OF_LATEST // 2)

    def take(self) -> Waiting | None:
        """The oldest that waits; None if nothing does."""
        if not self._waiting:
            return None
        oldest = self._waiting.popleft()
        if isinstance(oldest, WaitingSnapshot):
            self._unread_snapshots -= 1
        if not self._waiting:
            self._paused = False
        return oldest

    def put_snapshot(self, items: list[Any], point: Point | None) -> None:
        """The state of the topic; later updates follow `point`."""
        if not self._has_room():
            return
        if not self._every:
            self._waiting.clear()
            self._unread_snapshots = 0
        self._waiting.append(WaitingSnapshot(items, point))
        self._unread_snapshots += 1
        self.point = point
        self._reached = _offset_of(items) if self._chained else None
        self.begun, self.behind = True, False
        self._changed()

    def put_update(self, update: Update) -> bool:
        """One update; False if it was not taken."""
        if self.behind:
            return False  # it may even be of another epoch; whatever it is, asking brings it
        if self.journal:
            return self._put_next(update)
        if self._chained and update.prev != self._reached:
            self.behind = update.offset is None or self._reached is None or update.offset > self._reached
            return False
        if not self._has_room():
            return False
        self._reached = update.offset
        self._append(update)
        return True

    def doubt(self) -> None:
        """What was taken cannot be right: the state must be asked for."""
        self.behind = True

    def close(self) -> None:
        """The reader wants no more."""
        self.closed, self.behind = True, True
        self._waiting.clear()
        self._changed()

    def end(self, failure: ClientError) -> None:
        """End with this error at once."""
        self._waiting.clear()
        self.fail(failure)

    def fail(self, failure: ClientError) -> None:
        """End with this error, after what waits has been read."""
        self.failure = self.failure or failure
        self._changed()

    def _put_next(self, update: Update) -> bool:
        if self.point is None or update.offset is None or update.offset <= self.point.offset:
            return False
        if update.prev != self.point.offset:
            self.behind = True
            return False
        if not self._has_room():
            return False
        self.point = Point(self.point.epoch, update.offset)
        self._append(update)
        return True

    def _append(self, update: Update) -> None:
        skipped = 0
        if not self._every and len(self._waiting) >= MOST_OF_LATEST:
            skipped = self._leave_out_updates()
        self._waiting.append(WaitingUpdate(update.payload, update.offset, skipped))
        self._changed()

    def _leave_out_updates(self) -> int:
        """Keep only the snapshot if it waits; how many updates were left out, now and before."""
        skipped = 0
        kept = []
        for each in self._waiting:
            if isinstance(each, WaitingUpdate):
                skipped += 1 + each.skipped
            else:
                kept.append(each)
        self._waiting = deque(kept)
        return skipped

    def _has_room(self) -> bool:
        if self._paused or (self._every and len(self._waiting) >= self._most):
            self._paused = self.behind = True
            return False
        return True


def _offset_of(items: list[Any]) -> int | None:
    """The place of what a snapshot of a book holds."""
    last = items[-1] if items else None
    offset = last.get("offset") if isinstance(last, dict) else None
    return offset if isinstance(offset, int) else None
