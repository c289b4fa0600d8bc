"""One topic of a connection: its readers, and what has to be asked so that each has all of it. No I/O."""

from dataclasses import dataclass
from typing import Any

from trading_api.clients.errors import AnswerInvalid, ClientError
from trading_api.clients.stream_feed import Feed
from trading_api.clients.stream_frames import Point
from trading_api.models.streaming import SubscriptionReply, Update

MOST_FRUITLESS = 3
"""Recoveries in a row that brought no update; one more and the connection is not to be trusted."""


@dataclass(frozen=True, slots=True)
class Question:
    """A subscription to send; with `recover`, for what followed that point."""

    recover: Point | None
    max_rate_hz: float | None = None


class Topic:
    """The readers of one stream. The server counts a connection once, however many of them there are.

    Readers may be at different places of a journal: one that comes late asks for the state, and the
    others then ask for what they would miss by it.
    """

    def __init__(self, name: str, route: str, request: dict[str, Any], *, journal: bool) -> None:
        self.name = name
        self.route = route
        self.request = request
        self.feeds: list[Feed] = []
        self.pending: str | None = None
        self._journal = journal
        self._asked: Point | None = None
        self._asked_rate: float | None = None
        self._fruitless = 0

    @property
    def exhausted(self) -> bool:
        """Whether recoveries do not bring what the updates show to exist."""
        return self._fruitless > MOST_FRUITLESS

    @property
    def max_rate_hz(self) -> float | None:
        """The rate that is enough for every reader; None where one needs all updates."""
        rates = [feed.max_rate_hz for feed in self.feeds]
        known = [rate for rate in rates if rate is not None]
        return max(known) if known and len(known) == len(rates) else None

    def question(self) -> Question | None:
        """What to ask now; None while an answer is awaited or nobody misses anything."""
        if self.pending is not None:
            return None
        rate = self.max_rate_hz
        is_other_rate = rate != self._asked_rate and any(not feed.behind for feed in self.feeds)
        if is_other_rate or any(feed.wants_snapshot for feed in self.feeds):
            return Question(None, rate)
        points = [feed.point for feed in self.feeds if feed.wants_recovery and feed.point is not None]
        if not points:
            return None
        return Question(min((p for p in points if p.epoch == points[0].epoch), key=lambda p: p.offset))

    def ask(self, question: Question, message_id: str) -> None:
        """The question is on its way."""
        self.pending, self._asked = message_id, question.recover
        self._asked_rate = question.max_rate_hz
        self._fruitless += question.recover is not None

    def accept(self, reply: SubscriptionReply) -> None:
        """The server's ok. Raises AnswerInvalid for what leaves open where the topic stands."""
        self.pending = None
        if reply.topic != self.name:
            raise AnswerInvalid(f"{self.name}: the server answers for the topic '{reply.topic[:200]}'")
        if reply.recovered:
            self._resume()
        elif reply.snapshot is None:
            raise self._invalid("snapshot", "is missing")
        else:
            self._restart(reply.snapshot, self._point(reply))

    def update(self, update: Update) -> None:
        """Hand an update to all readers. Raises AnswerInvalid for a journal's without its place."""
        if self._journal and (update.offset is None or update.prev is None):
            raise self._invalid("offset and prev", "are missing from an update")
        for feed in tuple(self.feeds):
            if feed.put_update(update):
                self._fruitless = 0

    def note_offset(self, offset: int) -> None:
        """The server has sent everything up to `offset`: who has not got it misses something."""
        if self.pending is not None:
            return
        for feed in self.feeds:
            if feed.point is not None and feed.point.offset < offset:
                feed.behind = True

    def lost(self, excused_until: float = 0.0) -> None:
        """The connection is gone; whatever follows is missed until the server is asked."""
        self.pending, self._fruitless = None, 0
        for feed in self.feeds:
            if feed.current:
                feed.excused_until = excused_until
            feed.behind = True

    def fail(self, failure: ClientError) -> None:
        """End all readers."""
        for feed in tuple(self.feeds):
            feed.fail(failure)

    def _resume(self) -> None:
        asked = self._asked
        if asked is None:
            raise self._invalid("recovered", "is true, and no recovery was asked for")
        for feed in self.feeds:
            if feed.wants_recovery and feed.point is not None and feed.point.epoch == asked.epoch:
                feed.behind = False

    def _restart(self, items: list[Any], point: Point | None) -> None:
        for feed in tuple(self.feeds):
            if point is None or feed.point is None or feed.point.epoch != point.epoch:
                feed.put_snapshot(items, point)
            elif feed.wants_recovery and self._asked is not None and feed.point.epoch == self._asked.epoch:
                feed.put_snapshot(items, point)  # its recovery was not granted
            else:
                feed.behind = feed.point != point

    def _point(self, reply: SubscriptionReply) -> Point | None:
        if not self._journal:
            return None
        if reply.epoch is None or reply.offset is None:
            raise self._invalid("epoch and offset", "are missing from a journal's snapshot")
        return Point(reply.epoch, reply.offset)

    def _invalid(self, place: str, fault: str) -> AnswerInvalid:
        return AnswerInvalid(f"{self.name}: {place} {fault}")
