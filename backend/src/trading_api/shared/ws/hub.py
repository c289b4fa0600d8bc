"""Topic -> connections and connection -> topics: who receives what, and what has to run for it."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import partial

import structlog

from trading_api.models.streaming import CloseCode, Recover
from trading_api.shared.ws import frames
from trading_api.shared.ws.connection import Connection, Flusher
from trading_api.shared.ws.frames import Frame, MessageId, UpdateFrames
from trading_api.shared.ws.pacing import Pacer
from trading_api.shared.ws.tally import SAMPLED_UPDATES
from trading_api.shared.ws.topics import EpochEnded, Snapshot, Topic, TopicSource, TopicUpdate

log = structlog.get_logger(__name__)

MOST_HELD = 10_000
"""Updates of one topic that may be held for a client while it recovers."""
MISSED_A_TURN = 100
"""So many missed updates are sent before others have their turn."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a client wants a topic: from where on, and how often at most."""

    recover: Recover | None = None
    max_rate_hz: float | None = None


class _ActiveTopic:
    """A topic that somebody holds.

    While a subscriber is among `held` it is not live: no update may overtake the reply.
    """

    __slots__ = (
        "conflatable",
        "created",
        "flusher",
        "held",
        "last_offset",
        "live",
        "lock",
        "pacers",
        "topic",
        "updates",
    )

    def __init__(self, topic: Topic, flusher: Flusher, *, conflatable: bool) -> None:
        self.topic = topic
        self.flusher = flusher
        self.conflatable = conflatable
        self.updates = UpdateFrames(topic, conflatable=conflatable)
        self.lock = asyncio.Lock()
        self.held: dict[Connection, deque[TopicUpdate]] = {}
        self.live: dict[Connection, Callable[[Frame], None]] = {}
        """Who gets every update; each is put there by a call that costs next to nothing."""
        self.pacers: dict[Connection, Pacer] = {}
        """Who gets updates at a rate of their own."""
        self.created = False
        self.last_offset: int | None = None

    def hold(self, connection: Connection) -> deque[TopicUpdate]:
        """The connection waits for its reply; what is published meanwhile is held."""
        self.leave(connection)
        held: deque[TopicUpdate] = deque(maxlen=1 if self.conflatable else None)
        self.held[connection] = held
        return held

    def go_live(self, connection: Connection, max_rate_hz: float | None) -> None:
        """From now on the connection gets updates, at most so many a second."""
        self.held.pop(connection, None)
        if max_rate_hz is None:
            self.live[connection] = connection.put
        else:
            self.pacers[connection] = Pacer(connection.send, 1 / max_rate_hz, self.flusher.tally)

    def leave(self, connection: Connection) -> None:
        """The connection gets nothing any more."""
        self.held.pop(connection, None)
        self.live.pop(connection, None)
        pacer = self.pacers.pop(connection, None)
        if pacer is not None:
            pacer.stop()

    def is_wanted(self) -> bool:
        """Whether anybody holds it."""
        return bool(self.held or self.live or self.pacers)

    def end_epoch(self) -> None:
        """Nobody is sent anything of the new epoch before it has been told its state."""
        self.last_offset = None
        for connection in (*self.held, *self.live):
            self.leave(connection)
            connection.close(CloseCode.EPOCH_ENDED, "the journal begins anew; subscribe again")

    def publish(self, item: TopicUpdate) -> int:
        """Send one update to all; returns how many are live. An offset is published once."""
        if not _after(item, self.last_offset):
            return 0
        prev, self.last_offset = self.last_offset, item.offset
        for connection, held in self.held.items():
            held.append(item)
            if len(held) > MOST_HELD:
                connection.close(CloseCode.TOO_SLOW, "the client recovers too slowly")
        if not self.live and not self.pacers:
            return 0
        frame = self.updates.encode(item, prev)
        for put in self.live.values():
            put(frame)
        self.flusher.mark_all(self.live)
        for pacer in self.pacers.values():
            pacer.send(frame)
        return len(self.live) + len(self.pacers)


class Hub:
    """Counts the subscribers of each topic and fans its updates out.

    The first subscriber of a topic creates it at the source; the last one to leave, in whatever way,
    removes it. An update is encoded once for all its connections. `conflatable` are the routes of which
    a slow client needs only the newest value.
    """

    def __init__(
        self,
        source: TopicSource,
        conflatable: Collection[str],
        flusher: Flusher | None = None,
    ) -> None:
        self._source = source
        self._conflatable = frozenset(conflatable)
        self._flusher = flusher or Flusher()
        self._tally = self._flusher.tally
        self._topics: dict[str, _ActiveTopic] = {}
        self._topics_of: dict[Connection, set[str]] = {}
        self._removals: set[asyncio.Task[None]] = set()
        self.updates = 0
        self.deliveries = 0

    @property
    def topic_names(self) -> list[str]:
        """Topics that somebody holds now."""
        return sorted(self._topics)

    @property
    def topic_count(self) -> int:
        """How many topics somebody holds now."""
        return len(self._topics)

    def topics_of(self, connection: Connection) -> frozenset[str]:
        """Names of the topics that `connection` holds."""
        return frozenset(self._topics_of.get(connection, ()))

    def journal_offsets(self, connection: Connection) -> dict[str, int]:
        """The last offset of each journal topic of which `connection` has been sent everything."""
        held = [self._topics[name] for name in sorted(self.topics_of(connection))]
        live = [active for active in held if connection in active.live]
        return {a.topic.name: a.last_offset for a in live if a.last_offset is not None}

    async def subscribe(
        self, connection: Connection, topic: Topic, terms: Terms, message_id: MessageId
    ) -> None:
        """Answer with the snapshot, then let updates flow; a second subscription counts once.

        Raises whatever the source refuses with; no half subscription is left then.
        """
        active = self._topics.get(topic.name) or self._begin(topic)
        held = active.hold(connection)
        self._topics_of.setdefault(connection, set()).add(topic.name)
        try:
            async with active.lock:
                snapshot = await self._snapshot(active, terms.recover)
            if terms.recover is not None:
                self._tally.recoveries["snapshot" if snapshot.missed is None else "recovered"] += 1
            # Outside of the lock: a slow client that has missed much delays no other.
            await _go_live(active, connection, held, snapshot, terms, message_id)
        except BaseException:
            await _uncut(self._leave(connection, topic.name))
            raise

    async def unsubscribe(self, connection: Connection, topic: Topic) -> bool:
        """Let go of a topic; False if the connection did not hold it."""
        if topic.name not in self.topics_of(connection):
            return False
        await _uncut(self._leave(connection, topic.name))
        return True

    async def drop(self, connection: Connection) -> None:
        """The connection is gone: it leaves all its topics."""
        for removal in [self._leave(connection, name) for name in sorted(self.topics_of(connection))]:
            await _uncut(removal)

    def _begin(self, topic: Topic) -> _ActiveTopic:
        conflatable = topic.route in self._conflatable
        active = self._topics[topic.name] = _ActiveTopic(topic, self._flusher, conflatable=conflatable)
        return active

    async def _snapshot(self, active: _ActiveTopic, recover: Recover | None) -> Snapshot:
        if not active.created:
            active.last_offset = None
            await self._source.create_topic(active.topic, partial(self._publish, active))
            active.created = True
        snapshot = await self._source.snapshot(active.topic, recover)
        if active.last_offset is None:
            active.last_offset = snapshot.offset
        return snapshot

    def _publish(self, active: _ActiveTopic, item: TopicUpdate | EpochEnded) -> None:
        if isinstance(item, EpochEnded):
            active.end_epoch()
            return
        self.updates += 1
        if self.updates % SAMPLED_UPDATES != 1:
            self.deliveries += active.publish(item)
            return
        began = time.perf_counter()
        self.deliveries += active.publish(item)
        self._flusher.time_from(began)

    def _leave(self, connection: Connection, name: str) -> asyncio.Task[None] | None:
        """Let go of a topic now; returns the end of the topic if nobody else holds it."""
        names = self._topics_of.get(connection, set())
        names.discard(name)
        if not names:
            self._topics_of.pop(connection, None)
        active = self._topics.get(name)
        if active is None:
            return None
        active.leave(connection)
        if active.is_wanted():
            return None
        removal = asyncio.create_task(self._remove_unless_wanted(active), name="ws-topic-end")
        self._removals.add(removal)
        removal.add_done_callback(self._removals.discard)
        return removal

    async def _remove_unless_wanted(self, active: _ActiveTopic) -> None:
        async with active.lock:
            if active.is_wanted():
                return
            if active.created:
                active.created = False
                try:
                    await self._source.remove_topic(active.topic)
                except Exception:  # nobody who leaves can do anything about it
                    log.exception("topic not ended cleanly", topic=active.topic.name)
            # Who came meanwhile waits for the lock, to begin the same topic anew.
            if not active.is_wanted() and self._topics.get(active.topic.name) is active:
                del self._topics[active.topic.name]


async def _uncut(removal: asyncio.Task[None] | None) -> None:
    """Wait for it; it goes on even if whoever waits is cancelled."""
    if removal is not None:
        await asyncio.shield(removal)


async def _go_live(
    active: _ActiveTopic,
    connection: Connection,
    held: deque[TopicUpdate],
    snapshot: Snapshot,
    terms: Terms,
    message_id: MessageId,
) -> None:
    """Answer; what was missed follows as fast as the client reads, and meanwhile updates are held."""
    if active.conflatable and held:
        snapshot = replace(snapshot, data=[held[-1].data])
        held.clear()
    start = terms.recover.offset if terms.recover else None
    connection.send(frames.subscribed(active.topic, snapshot, start, message_id))
    prev = snapshot.offset if snapshot.missed is None else start
    missed = deque(snapshot.missed or ())
    sent = 0
    while (missed or held) and connection.close_code is None:
        item = missed.popleft() if missed else held.popleft()
        if _after(item, prev):
            await connection.room()
            connection.send(active.updates.encode(item, prev))
            prev, sent = item.offset, sent + 1
            if sent % MISSED_A_TURN == 0:
                await asyncio.sleep(0)
    active.go_live(connection, terms.max_rate_hz)


def _after(item: TopicUpdate, offset: int | None) -> bool:
    return item.offset is None or offset is None or item.offset > offset
