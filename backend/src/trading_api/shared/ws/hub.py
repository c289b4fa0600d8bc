"""Topic -> connections and connection -> topics: who receives what, and what has to run for it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from trading_api.models.streaming import Delivery
from trading_api.shared.ws import frames
from trading_api.shared.ws.connection import Connection
from trading_api.shared.ws.frames import MessageId
from trading_api.shared.ws.topics import Recover, Snapshot, Topic, TopicSource, TopicUpdate


@dataclass
class _Subscriber:
    """While `held` is a list the subscriber is not live: no update may overtake the reply."""

    held: list[TopicUpdate] | None = field(default_factory=list)


@dataclass
class _ActiveTopic:
    topic: Topic
    delivery: Delivery
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    subscribers: dict[Connection, _Subscriber] = field(default_factory=dict)
    created: bool = False
    last_offset: int | None = None


class Hub:
    """Counts the subscribers of each topic and fans its updates out.

    The first subscriber of a topic creates it at the source; the last one to leave, in whatever way,
    removes it. An update is encoded once for all its connections.
    """

    def __init__(self, source: TopicSource, deliveries: Mapping[str, Delivery]) -> None:
        self._source = source
        self._deliveries = deliveries
        self._topics: dict[str, _ActiveTopic] = {}
        self._topics_of: dict[Connection, set[str]] = {}

    @property
    def topic_names(self) -> list[str]:
        """Topics that somebody holds now."""
        return sorted(self._topics)

    def topics_of(self, connection: Connection) -> frozenset[str]:
        """Names of the topics that `connection` holds."""
        return frozenset(self._topics_of.get(connection, ()))

    def journal_offsets(self, connection: Connection) -> dict[str, int]:
        """The last offset of each journal topic of which `connection` has been sent everything."""
        held = [self._topics[name] for name in sorted(self.topics_of(connection))]
        live = [active for active in held if active.subscribers[connection].held is None]
        return {a.topic.name: a.last_offset for a in live if a.last_offset is not None}

    async def subscribe(
        self, connection: Connection, topic: Topic, recover: Recover | None, message_id: MessageId
    ) -> None:
        """Answer with the snapshot, then let updates flow; a second subscription counts once.

        Raises whatever the source refuses with; no half subscription is left then.
        """
        active = self._topics.setdefault(topic.name, _ActiveTopic(topic, self._deliveries[topic.route]))
        active.subscribers[connection] = subscriber = _Subscriber()
        self._topics_of.setdefault(connection, set()).add(topic.name)
        try:
            async with active.lock:
                snapshot = await self._snapshot(active, recover)
            # Outside of the lock: a slow client that has missed much delays no other.
            await self._go_live(active, connection, subscriber, snapshot, recover, message_id)
        except BaseException:
            await asyncio.shield(self._leave(connection, topic.name))
            raise

    async def unsubscribe(self, connection: Connection, topic: Topic) -> bool:
        """Let go of a topic; False if the connection did not hold it."""
        if topic.name not in self.topics_of(connection):
            return False
        await self._leave(connection, topic.name)
        return True

    async def drop(self, connection: Connection) -> None:
        """The connection is gone: it leaves all its topics."""
        for name in sorted(self.topics_of(connection)):
            await self._leave(connection, name)

    async def _snapshot(self, active: _ActiveTopic, recover: Recover | None) -> Snapshot:
        if not active.created:
            active.last_offset = None
            await self._source.create_topic(active.topic, lambda item: self._publish(active, item))
            active.created = True
        snapshot = await self._source.snapshot(active.topic, recover)
        if active.last_offset is None:
            active.last_offset = snapshot.offset
        return snapshot

    async def _go_live(
        self,
        active: _ActiveTopic,
        connection: Connection,
        subscriber: _Subscriber,
        snapshot: Snapshot,
        recover: Recover | None,
        message_id: MessageId,
    ) -> None:
        """Answer; what was missed follows as fast as the client reads, and meanwhile updates are held."""
        if active.delivery is Delivery.LATEST and subscriber.held:
            snapshot, subscriber.held = replace(snapshot, data=[subscriber.held[-1].data]), []
        start = recover.offset if recover else None
        connection.send(frames.subscribed(active.topic, snapshot, start, message_id))
        prev = snapshot.offset if snapshot.missed is None else start
        for item in snapshot.missed or ():
            await connection.room()
            connection.send(frames.update(active.topic, item, prev))
            prev = item.offset
        while newer := [item for item in subscriber.held or () if _after(item, snapshot.offset)]:
            subscriber.held = []
            for item in newer:
                await connection.room()
                connection.send(frames.update(active.topic, item, prev))
                prev = item.offset
        subscriber.held = None

    def _publish(self, active: _ActiveTopic, item: TopicUpdate) -> None:
        """Fan one update out; an offset that was published before is not published again."""
        if not _after(item, active.last_offset):
            return
        prev, active.last_offset = active.last_offset, item.offset
        frame: str | None = None
        for connection, subscriber in active.subscribers.items():
            if subscriber.held is not None:
                subscriber.held.append(item)
                continue
            frame = frame or frames.update(active.topic, item, prev)
            connection.send(frame)

    async def _leave(self, connection: Connection, name: str) -> None:
        names = self._topics_of.get(connection, set())
        names.discard(name)
        if not names:
            self._topics_of.pop(connection, None)
        active = self._topics.get(name)
        if active is None:
            return
        active.subscribers.pop(connection, None)
        async with active.lock:
            if active.subscribers:
                return
            self._topics.pop(name, None)
            if active.created:
                active.created = False
                await self._source.remove_topic(active.topic)


def _after(item: TopicUpdate, offset: int | None) -> bool:
    return item.offset is None or offset is None or item.offset > offset
