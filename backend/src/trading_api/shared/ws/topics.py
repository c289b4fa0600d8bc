"""Topics: their names, and what a module does for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from trading_api.models.common import RequestModel, WireModel
from trading_api.models.streaming import Recover

__all__ = ["EpochEnded", "Publish", "Recover", "Snapshot", "Topic", "TopicSource", "TopicUpdate"]


@dataclass(frozen=True)
class Topic:
    """One stream: a route and the request that chooses what flows."""

    route: str
    request: RequestModel
    name: str


@dataclass(frozen=True)
class TopicUpdate:
    """One new value of a topic; `offset` is its place in the journal, for journal topics."""

    data: WireModel
    offset: int | None = None


@dataclass(frozen=True)
class Snapshot:
    """State of a topic at `offset`, the topic's last update, within `epoch`.

    `missed` is set when a recovery was possible: every update after the client's offset, in order;
    `data` is empty then.
    """

    data: Sequence[WireModel]
    offset: int | None = None
    epoch: str | None = None
    missed: Sequence[TopicUpdate] | None = None


@dataclass(frozen=True)
class EpochEnded:
    """The journal behind a topic begins anew: offsets of before mean nothing any more.

    Whoever holds the topic is sent away (4402), subscribes again with what it knows, and gets the new state.
    """


Publish = Callable[[TopicUpdate | EpochEnded], None]


class TopicSource(Protocol):
    """What a module's service does for its topics. Of one topic, calls of these two never overlap."""

    async def create_topic(self, topic: Topic, publish: Publish) -> None:
        """The first subscriber has come: call `publish` with every update from now on.

        May refuse with a TradingError. If it raises anything, or is cancelled, it leaves nothing begun.
        """

    async def remove_topic(self, topic: Topic) -> None:
        """The last subscriber has gone: stop everything that `create_topic` began.

        Never cancelled. If it raises, that is logged and the topic counts as ended.
        """

    async def snapshot(self, topic: Topic, recover: Recover | None) -> Snapshot:
        """State of the topic now, or what a recovering client has missed; may refuse with a TradingError."""
