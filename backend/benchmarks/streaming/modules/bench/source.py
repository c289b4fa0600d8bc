"""Where the streams of the bench come from: made as fast as they are asked for, journals kept in memory."""

from collections.abc import Sequence

from benchmarks.streaming.modules.bench.routes import EVENTS, TICKS, EventData, SymbolRequest, TickData
from benchmarks.streaming.ticks import ASK, BID, JOURNAL_ROUTE, SEQ_BASE, Tick, symbol, topic_of
from trading_api.models.streaming import Recover
from trading_api.shared.ws.topics import Publish, Snapshot, Topic, TopicUpdate

EPOCH = "bench"


class BenchSource:
    """Publishes ticks, or with `journal` events, to the topics that somebody holds."""

    def __init__(self, topics: int, *, journal: bool) -> None:
        self._journal = journal
        self._events: list[list[TopicUpdate]] = [[] for _ in range(topics if journal else 0)]
        self._ticks: dict[int, TickData] = {}
        self._live: dict[int, Publish] = {}

    async def create_topic(self, topic: Topic, publish: Publish) -> None:
        self._live[_number(topic)] = publish

    async def remove_topic(self, topic: Topic) -> None:
        del self._live[_number(topic)]

    async def snapshot(self, topic: Topic, recover: Recover | None) -> Snapshot:
        number = _number(topic)
        if topic.route != JOURNAL_ROUTE:
            tick = self._ticks.get(number)
            return Snapshot([] if tick is None else [tick])
        events = self._events[number]
        if recover is None or recover.epoch != EPOCH:
            return Snapshot([], len(events), EPOCH)
        return Snapshot([], len(events), EPOCH, missed=events[recover.offset :])

    async def publish(self, turn: Sequence[Tick]) -> None:
        """Publish what is due."""
        for tick in turn:
            update = self._event(tick) if self._journal else self._tick(tick)
            publish = self._live.get(tick.topic)
            if publish is not None:
                publish(update)

    def _tick(self, tick: Tick) -> TopicUpdate:
        data = TickData(
            symbol=symbol(tick.topic), bid=BID, ask=ASK, stamp=tick.stamp, seq=SEQ_BASE + tick.round
        )
        self._ticks[tick.topic] = data
        return TICKS.update(data)

    def _event(self, tick: Tick) -> TopicUpdate:
        events = self._events[tick.topic]
        name = symbol(tick.topic)
        update = EVENTS.update(EventData(offset=len(events) + 1, symbol=name, text=f"{name} {tick.stamp}"))
        events.append(update)
        return update


def _number(topic: Topic) -> int:
    assert isinstance(topic.request, SymbolRequest)
    return topic_of(topic.request.symbol)
