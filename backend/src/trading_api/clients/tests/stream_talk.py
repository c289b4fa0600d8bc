"""A conversation of a StreamProtocol with a server that says exactly what a test makes it say."""

import json
from typing import Any

from trading_api.clients.stream_feed import Feed, WaitingSnapshot, WaitingUpdate
from trading_api.clients.stream_protocol import StreamProtocol
from trading_api.models.common import JournalModel, RequestModel, WireModel


class Line(JournalModel):
    """One entry of a journal."""

    text: str


class Price(WireModel):
    """A newest value."""

    value: int


class Named(RequestModel):
    """Which journal or price."""

    name: str


LINES, PRICE = 'lines:{"name":"a"}', 'price:{"name":"a"}'


class Reader:
    """One reader of the topic of `route` named `name`."""

    def __init__(
        self, talk: "Talk", route: str, *, every: bool = False, name: str = "a", rate: float | None = None
    ) -> None:
        self._talk = talk
        self.changes = 0
        self.feed = Feed(journal=route == "lines", every=every, changed=self._changed, max_rate_hz=rate)
        self.topic = talk.protocol.add(route, Named(name=name), self.feed, talk.now)

    def _changed(self) -> None:
        self.changes += 1

    def read(self, most: int = 1_000_000) -> list[Any]:
        """What waits: a snapshot as a list, an update as its payload."""
        found: list[Any] = []
        while len(found) < most and (waiting := self.feed.take()) is not None:
            found.append(waiting.items if isinstance(waiting, WaitingSnapshot) else waiting.payload)
            self._talk.protocol.attend(self.topic, self._talk.now)
        return found

    def skipped(self) -> list[int]:
        """How many each waiting update says were left out before it."""
        found = []
        while (waiting := self.feed.take()) is not None:
            if isinstance(waiting, WaitingUpdate):
                found.append(waiting.skipped)
        return found

    def leave(self) -> None:
        """Read no more."""
        self._talk.protocol.remove(self.topic, self.feed, self._talk.now)


class Talk:
    """The protocol, its time, and what it sent."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.protocol = StreamProtocol()
        self.sent: list[dict[str, Any]] = []

    def open(self) -> None:
        """A new connection."""
        self.protocol.connecting(self.now)
        self.protocol.opened(self.now)

    def lose(self) -> None:
        """The connection is gone."""
        self.protocol.lost(self.now)

    def wait(self, seconds: int) -> None:
        """Let time pass, with the ticks that belong to it."""
        for _ in range(seconds):
            self.now += 1
            self.protocol.tick(self.now)
            self.flush()

    def hear(self, kind: str, payload: Any = None, message_id: str | None = None) -> None:
        """A message of the server."""
        self.hear_text(json.dumps({"type": kind, "payload": payload, "id": message_id}))

    def hear_text(self, text: str | bytes) -> None:
        """A frame of the server."""
        self.flush()
        self.protocol.heard(text, self.now)

    def flush(self) -> None:
        """Send what is to be sent."""
        self.sent += [json.loads(frame) for frame in self.protocol.take_outgoing()]

    def all_sent(self, kind: str = "") -> list[dict[str, Any]]:
        """Messages sent until now whose type ends so."""
        self.flush()
        return [message for message in self.sent if message["type"].endswith(kind)]

    def last_id(self) -> str:
        """Id of the last subscription."""
        message_id = self.all_sent(".subscribe")[-1]["id"]
        assert isinstance(message_id, str)
        return message_id

    def confirm(self, topic: str = LINES, **payload: Any) -> None:
        """The ok of the last subscription."""
        route = topic.partition(":")[0]
        body = {"status": "ok", "message": "subscribed", "topic": topic, **payload}
        self.hear(f"{route}.subscribe.response", body, self.last_id())

    def update(self, payload: Any, offset: int | None = None, prev: int | None = None) -> None:
        """An update of the lines, or without an offset of the price."""
        if offset is None:
            self.hear("price.update", {"topic": PRICE, "payload": payload})
        else:
            self.hear("lines.update", {"topic": LINES, "payload": payload, "offset": offset, "prev": prev})

    def rates(self) -> list[Any]:
        """Of each subscription, the rate that it asked for."""
        return [message.get("options", {}).get("maxRateHz") for message in self.all_sent(".subscribe")]

    def recovers(self) -> list[Any]:
        """Of each subscription, from where it asked to recover."""
        return [message.get("options", {}).get("recover") for message in self.all_sent(".subscribe")]


def live_lines() -> tuple[Talk, Reader]:
    """A journal that is live at offset 7 of epoch e1, its snapshot not yet read."""
    talk = Talk()
    reader = Reader(talk, "lines")
    talk.open()
    talk.confirm(epoch="e1", offset=7, snapshot=["a", "b"])
    return talk, reader
