"""The client's side of the streaming protocol on any number of connections, one after the other. No I/O.

Frames and the time come in; frames to send are in `take_outgoing`, what they brought is in the feeds.
Times are seconds of any clock that never goes back.
"""

from collections import deque
from dataclasses import dataclass

from trading_api.clients.errors import AnswerInvalid, ClientError, SubscriptionRefused
from trading_api.clients.stream_feed import Feed
from trading_api.clients.stream_frames import (
    MAX_SENT_BYTES,
    PING_FRAME,
    ErrorHeard,
    NoticeHeard,
    PingHeard,
    ReplyHeard,
    UpdateHeard,
    pong_frame,
    read_frame,
    subscribe_frame,
    unsubscribe_frame,
)
from trading_api.clients.stream_topic import Topic
from trading_api.models.common import RequestModel
from trading_api.models.streaming import SubscriptionReply, Update
from trading_api.models.topics import topic_name

SILENCE_SECONDS = 30.0
"""A connection on which nothing was heard for so long is dead."""
REPLY_SECONDS = 10.0
IDLE_SECONDS = 25.0
"""The server closes a connection on which it hears nothing for 30 s."""
FRAMES_A_SECOND = 40
"""The server takes 100 a second; two windows of ours fit into any second, however they fall."""
PLANNED_CHANGES = frozenset({"draining", "end-of-life"})
"""Notices of a connection that ends on purpose, for another to take its place."""
EXCUSED_SECONDS = 1.0
"""So long after an announced end, what was read is not shown as stale."""
RETRYABLE_REFUSALS = frozenset({"internal-error", "rate-limited"})


class ConnectionBroken(Exception):
    """The connection is of no more use; another may be."""


@dataclass(frozen=True, slots=True)
class _Awaited:
    topic: Topic
    since: float


class StreamProtocol:
    """What is subscribed, and the conversation about it on the present connection."""

    def __init__(self) -> None:
        self._topics: dict[str, Topic] = {}
        self._awaited: dict[str, _Awaited] = {}
        self._outgoing: deque[str] = deque()
        self._budget = FRAMES_A_SECOND
        self._open = False
        self._broken = ""
        self._return_at: float | None = None
        self._last_updated: Topic | None = None
        self._last_id = 0
        self._last_heard = 0.0
        self._last_sent = 0.0
        self._last_reply = 0.0

    @property
    def wanted(self) -> bool:
        """Whether there is anything to be connected for."""
        return bool(self._topics)

    @property
    def return_at(self) -> float | None:
        """From when on the server wants to be connected to again; None if it has not announced an end."""
        return self._return_at

    @property
    def crowded(self) -> bool:
        """Whether a reader of what came last has as much waiting as it may."""
        return self._last_updated is not None and any(feed.full for feed in self._last_updated.feeds)

    @property
    def pressing(self) -> bool:
        """Whether a reader of what came last should have a turn before more is heard."""
        return self._last_updated is not None and any(feed.pressing for feed in self._last_updated.feeds)

    @property
    def roomy(self) -> bool:
        """Whether no reader of what came last has more than half of that waiting."""
        return self._last_updated is None or not any(feed.half_full for feed in self._last_updated.feeds)

    def add(self, route: str, request: RequestModel, feed: Feed, now: float) -> str:
        """Subscribe for `feed`; returns the topic's name.

        Raises ValueError for a request too large to send.
        """
        name, wire = topic_name(route, request), request.to_wire()
        if len(subscribe_frame(route, wire, "0" * 20, None).encode()) > MAX_SENT_BYTES - 1024:
            raise ValueError(f"The request for '{route}' is too large: a frame holds {MAX_SENT_BYTES} bytes.")
        topic = self._topics.setdefault(name, Topic(name, route, wire, journal=feed.journal))
        topic.feeds.append(feed)
        self._ask(topic, now)
        return name

    def remove(self, name: str, feed: Feed, now: float) -> None:
        """The reader has gone; the last one unsubscribes."""
        topic = self._topics.get(name)
        if topic is None or feed not in topic.feeds:
            return
        topic.feeds.remove(feed)
        if not topic.feeds:
            self._give_up(topic, now)
        else:
            self._ask(topic, now)  # those who stay may need fewer updates

    def attend(self, name: str, now: float) -> None:
        """A reader of the topic has room again: ask for what it could not take."""
        topic = self._topics.get(name)
        if topic is not None:
            self._ask(topic, now)

    def connecting(self, now: float) -> None:
        """A connection is being made."""
        self._last_heard = now

    def opened(self, now: float) -> None:
        """The connection is open: subscribe to everything, from where each reader is."""
        self._open = True
        self._last_heard = self._last_sent = self._last_reply = now
        for topic in self._topics.values():
            self._ask(topic, now)

    def lost(self, now: float) -> None:
        """The connection is gone, with all that was asked on it."""
        excused_until = 0.0 if self._return_at is None else now + EXCUSED_SECONDS
        for topic in self._topics.values():
            topic.lost(excused_until)
        self._forget_connection()

    def close(self) -> None:
        """Nobody reads any more."""
        for topic in self._topics.values():
            for feed in tuple(topic.feeds):
                feed.close()
        self._topics.clear()

    def fail(self, failure: ClientError) -> None:
        """Nothing more will come, on any connection."""
        for topic in self._topics.values():
            topic.fail(failure)
        self._topics.clear()
        self._forget_connection()

    def heard(self, text: str | bytes, now: float) -> None:
        """A frame has come. Raises ConnectionBroken if it shows that the connection is of no use."""
        self._last_heard = now
        match read_frame(text):
            case UpdateHeard(name, update):
                self._on_update(name, update, now)
            case PingHeard(payload, offsets):
                self._on_ping(payload, offsets, now)
            case ReplyHeard(message_id, reply):
                self._on_reply(message_id, reply, now)
            case ErrorHeard(message_id, error):
                self._on_refusal(self._take_awaited(message_id, now), error.code, error.message)
            case NoticeHeard(notice):
                if notice.code in PLANNED_CHANGES:
                    self._return_at = now + (notice.retry_after_ms or 0) / 1000
            case None:
                pass
        self._raise_if_broken()

    def tick(self, now: float) -> None:
        """To be called once a second, from `connecting` on.

        Raises ConnectionBroken after too much silence.
        """
        if now - self._last_heard >= SILENCE_SECONDS:
            raise ConnectionBroken(f"nothing was heard for {SILENCE_SECONDS:.0f} seconds")
        if any(now - max(each.since, self._last_reply) >= REPLY_SECONDS for each in self._awaited.values()):
            raise ConnectionBroken("a subscription had no answer")
        self._budget = FRAMES_A_SECOND
        if self._open and now - self._last_sent >= IDLE_SECONDS:
            self._send(PING_FRAME, now)
        self._raise_if_broken()

    def take_outgoing(self) -> list[str]:
        """Frames to send now, in order; what is over the rate stays until the next tick."""
        taken = [self._outgoing.popleft() for _ in range(min(self._budget, len(self._outgoing)))]
        self._budget -= len(taken)
        return taken

    def _forget_connection(self) -> None:
        self._open, self._broken, self._last_updated, self._return_at = False, "", None, None
        self._awaited.clear()
        self._outgoing.clear()
        self._budget = FRAMES_A_SECOND

    def _on_update(self, name: str, update: Update | None, now: float) -> None:
        topic = self._topics.get(name)
        if topic is None:
            return
        self._last_updated = topic
        try:
            if update is None:
                raise AnswerInvalid(f"{name}: an update does not fit the contract")
            topic.update(update)
        except AnswerInvalid as failure:
            self._end(topic, failure, now)
        else:
            self._ask(topic, now)

    def _on_ping(self, payload: object, offsets: dict[str, int], now: float) -> None:
        """All that was sent before the ping has come, so an offset beyond ours is of an update we miss."""
        self._send(pong_frame(payload), now)
        for name in self._topics.keys() & offsets.keys():
            self._topics[name].note_offset(offsets[name])
            self._ask(self._topics[name], now)

    def _on_reply(self, message_id: str, reply: SubscriptionReply | None, now: float) -> None:
        topic = self._take_awaited(message_id, now)
        if topic is None:
            return
        if reply is not None and reply.status == "error":
            self._on_refusal(topic, reply.code or "refused", reply.message)
            return
        try:
            if reply is None:
                raise AnswerInvalid(f"{topic.name}: the answer does not fit the contract")
            topic.accept(reply)
        except AnswerInvalid as failure:
            self._end(topic, failure, now)
        else:
            self._ask(topic, now)

    def _on_refusal(self, topic: Topic | None, code: str, detail: str) -> None:
        if topic is not None:
            self._topics.pop(topic.name, None)
            topic.fail(SubscriptionRefused(code, detail, retryable=code in RETRYABLE_REFUSALS))

    def _ask(self, topic: Topic, now: float) -> None:
        """Send the topic's question, if it has one and the connection is open."""
        question = topic.question() if self._open else None
        if question is None:
            return
        message_id = self._take_id()
        topic.ask(question, message_id)
        if topic.exhausted:
            self._broken = f"{topic.name}: updates are missing, and recovering does not bring them"
        self._awaited[message_id] = _Awaited(topic, now)
        frame = subscribe_frame(
            topic.route, topic.request, message_id, question.recover, question.max_rate_hz
        )
        self._send(frame, now)

    def _take_awaited(self, message_id: str, now: float) -> Topic | None:
        awaited = self._awaited.pop(message_id, None)
        if awaited is None:
            return None
        self._last_reply = now
        return awaited.topic

    def _end(self, topic: Topic, failure: ClientError, now: float) -> None:
        self._give_up(topic, now)
        topic.fail(failure)

    def _give_up(self, topic: Topic, now: float) -> None:
        self._topics.pop(topic.name, None)
        if topic.pending is not None:
            self._awaited.pop(topic.pending, None)
        if self._open:
            self._send(unsubscribe_frame(topic.route, topic.request, self._take_id()), now)

    def _raise_if_broken(self) -> None:
        if self._broken:
            raise ConnectionBroken(self._broken)

    def _take_id(self) -> str:
        self._last_id += 1
        return str(self._last_id)

    def _send(self, frame: str, now: float) -> None:
        self._outgoing.append(frame)
        self._last_sent = now
