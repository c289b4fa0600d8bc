"""A journal whose topics fail in every way that a source may fail, by their names."""

import asyncio

from trading_api.models.streaming import Recover
from trading_api.shared.errors import NotFound
from trading_api.shared.tests.journal_source import JournalSource, LinesRequest
from trading_api.shared.ws.topics import Publish, Snapshot, Topic

GOOD = ["a", "b"]
BLIND, SHY, STUCK = "blind", "shy", "stuck"


class FaultySource(JournalSource):
    """`blind` has no snapshot, `shy` refuses to show it, `stuck` fails to end; every call has waits in it."""

    async def create_topic(self, topic: Topic, publish: Publish) -> None:
        await asyncio.sleep(0)
        await super().create_topic(topic, publish)
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            await super().remove_topic(topic)
            raise

    async def remove_topic(self, topic: Topic) -> None:
        await asyncio.sleep(0)
        await super().remove_topic(topic)
        await asyncio.sleep(0)
        if _name(topic) == STUCK:
            raise ZeroDivisionError

    async def snapshot(self, topic: Topic, recover: Recover | None) -> Snapshot:
        await asyncio.sleep(0)
        if _name(topic) == BLIND:
            raise ZeroDivisionError
        if _name(topic) == SHY:
            raise NotFound("The journal does not show itself.")
        found = await super().snapshot(topic, recover)
        await asyncio.sleep(0)
        return found


def _name(topic: Topic) -> str:
    assert isinstance(topic.request, LinesRequest)
    return topic.request.name
