"""What a reader of a stream holds: an iterator over what has come, checked against the contract."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Generic, Self, TypeAlias, TypeVar

from pydantic import ValidationError

from trading_api.clients.errors import AnswerInvalid
from trading_api.clients.stream_feed import Feed, Waiting, WaitingUpdate
from trading_api.models.common import NEWER_SERVER, WireModel

Data = TypeVar("Data", bound=WireModel)


@dataclass(frozen=True, slots=True)
class SnapshotReceived(Generic[Data]):
    """The state of the topic, in place of all that was known; `offset` and `epoch` are a journal's."""

    items: list[Data]
    offset: int | None = None
    epoch: str | None = None


@dataclass(frozen=True, slots=True)
class UpdateReceived(Generic[Data]):
    """A new value; `offset` is its place in a journal.

    `skipped` counts newer values than the one before that a slow reader of newest values did not get.
    """

    data: Data
    offset: int | None = None
    skipped: int = 0


Received: TypeAlias = SnapshotReceived[Data] | UpdateReceived[Data]


class Subscription(AsyncIterator[Received[Data]], Generic[Data]):
    """First a SnapshotReceived, then an UpdateReceived each; after a loss it goes on by itself.

    A journal goes on where it was, without a gap; any other topic, and a journal that the server began
    anew, with another SnapshotReceived. Raises SubscriptionRefused, StreamClosed, AnswerInvalid for data
    that does not fit the contract, and VersionUnsupported; each ends it. Closing it unsubscribes.
    """

    def __init__(
        self,
        topic: str,
        data: type[Data],
        feed: Feed,
        changed: asyncio.Event,
        taken: Callable[[], None],
        monotonic: Callable[[], float],
    ) -> None:
        self.topic = topic
        self._data = data
        self._feed = feed
        self._changed = changed
        self._taken = taken
        self._monotonic = monotonic

    @property
    def stale(self) -> bool:
        """Whether what was read may be old: not connected, not answered, ended, or a snapshot waits."""
        return not self._feed.current or self._feed.told_anew

    @property
    def looks_stale(self) -> bool:
        """`stale` for people to see: a change of server that was announced counts once it takes a second.

        Nothing may be decided on it; between two servers what was read may be old, however short it is.
        """
        return self.stale and not self._feed.is_excused(self._monotonic())

    def begin_anew(self) -> None:
        """What was read cannot be right: ask for the state, which comes as a SnapshotReceived."""
        self._feed.doubt()
        self._taken()

    async def __anext__(self) -> Received[Data]:
        """What came next, in order; waits for it. Ends once the subscription or its client is closed."""
        while not self._feed.closed:
            waiting = self._feed.take()
            if waiting is not None:
                self._taken()
                return self._validated(waiting)
            if self._feed.failure is not None:
                raise self._feed.failure
            self._changed.clear()
            await self._changed.wait()
        raise StopAsyncIteration

    async def aclose(self) -> None:
        """Unsubscribe; nothing more is read."""
        self._feed.close()
        self._taken()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def _validated(self, waiting: Waiting) -> Received[Data]:
        try:
            if isinstance(waiting, WaitingUpdate):
                return UpdateReceived(self._read(waiting.payload), waiting.offset, waiting.skipped)
            items = [self._read(item) for item in waiting.items]
        except ValidationError as error:
            failure = AnswerInvalid(f"{self.topic}: {_fault(error)}")
            self._feed.end(failure)
            self._taken()
            raise failure from error
        point = waiting.point
        return (
            SnapshotReceived(items) if point is None else SnapshotReceived(items, point.offset, point.epoch)
        )

    def _read(self, value: Any) -> Data:
        return self._data.model_validate(value, context=NEWER_SERVER, extra="ignore")


def _fault(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{error.title}{place and f'.{place}'}: {first['msg']}"
