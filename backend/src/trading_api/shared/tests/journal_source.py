"""A small journal with the promises of the broker's, as a source of topics."""

from trading_api.models.common import RequestModel, WireModel
from trading_api.models.streaming import Delivery, Recover
from trading_api.shared.errors import NotFound
from trading_api.shared.ws.router import WsRouter
from trading_api.shared.ws.topics import Publish, Snapshot, Topic, TopicUpdate


class Line(WireModel):
    """One entry."""

    text: str


class LinesRequest(RequestModel):
    """Which journal."""

    name: str


class LinesWsRouter(WsRouter[LinesRequest, Line]):
    """Every entry, in order."""

    route = "lines"
    request = LinesRequest
    data = Line

    @property
    def delivery(self) -> Delivery:
        return Delivery.JOURNAL


class LastWsRouter(WsRouter[LinesRequest, Line]):
    """The newest entry."""

    route = "last"
    request = LinesRequest
    data = Line


LINES = LinesWsRouter()
LAST = LastWsRouter()
EPOCH = "e1"


class JournalSource:
    """Journals by name; `refused` has none, `broken` fails, and every await really yields."""

    def __init__(self) -> None:
        self.active: dict[str, Publish] = {}
        self.entries: dict[str, list[TopicUpdate]] = {}
        self.created = 0
        self.removed = 0

    def append(self, name: str, text: str) -> None:
        """Write an entry and announce it."""
        entries = self.entries.setdefault(name, [])
        offset = (entries[-1].offset or 0) + 3 if entries else 1
        update = TopicUpdate(Line(text=text), offset)
        entries.append(update)
        for topic, publish in tuple(self.active.items()):
            if topic == f'lines:{{"name":"{name}"}}':
                publish(update)
            elif topic == f'last:{{"name":"{name}"}}':
                publish(TopicUpdate(update.data))

    async def create_topic(self, topic: Topic, publish: Publish) -> None:
        name = _name(topic)
        if name == "refused":
            raise NotFound("There is no journal named refused.")
        if name == "broken":
            raise ZeroDivisionError
        assert topic.name not in self.active
        self.active[topic.name] = publish
        self.created += 1

    async def remove_topic(self, topic: Topic) -> None:
        del self.active[topic.name]
        self.removed += 1

    async def snapshot(self, topic: Topic, recover: Recover | None) -> Snapshot:
        entries = self.entries.get(_name(topic), [])
        if topic.route == "last":
            return Snapshot([entry.data for entry in entries[-1:]])
        offset = entries[-1].offset if entries else 0
        if recover and recover.epoch == EPOCH:
            missed = [entry for entry in entries if (entry.offset or 0) > recover.offset]
            return Snapshot([], offset, EPOCH, missed)
        return Snapshot([entry.data for entry in entries], offset, EPOCH)


def _name(topic: Topic) -> str:
    assert isinstance(topic.request, LinesRequest)
    return topic.request.name
