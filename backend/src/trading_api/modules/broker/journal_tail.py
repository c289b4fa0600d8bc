"""The journal of an account as it grows, for those who follow it event by event."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from trading_api.models.broker.events import EventsPage, JournalEvent
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.engine import Event
from trading_api.modules.broker.engine.events import AccountClosed
from trading_api.modules.broker.repository import BrokerRepository, JournalEntry
from trading_api.modules.broker.repository.tables import AccountKey

PAGE = 500
ID = re.compile(r"[0-9a-f]{1,64}:[0-9]{1,18}")
HEARTBEAT_SECONDS = 15.0
"""A follower that hears nothing for so long is sent a comment, which shows that the connection lives."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Up to where a follower has read, in one epoch of an account."""

    epoch: str
    offset: int

    @classmethod
    def of(cls, event_id: str | None, epoch: str, after: int) -> "Reached":
        """Where to begin: after the event of `event_id`; without one, after an offset of this epoch."""
        if event_id is None:
            return cls(epoch, after)
        known, _, offset = event_id.partition(":")
        if not ID.fullmatch(event_id):
            return cls(epoch, 0)
        return cls(known, int(offset))

    def after(self, page: EventsPage) -> "Reached":
        """Where the page leads: on in this epoch, or into the next if it is closed."""
        last = page.events[-1] if page.events else None
        if last is not None and last.type == AccountClosed.__name__:
            return Reached(str(last.data["next_epoch"]), 0)
        return Reached(self.epoch, page.last_offset)


class JournalTail:
    """Reads journals, and wakes those who wait for what comes next.

    It holds nothing for a slow follower: each reads at its own pace, from the journal.
    """

    def __init__(self, repository: BrokerRepository) -> None:
        self._repository = repository
        self._grown: dict[str, asyncio.Event] = {}
        self._ended = asyncio.Event()

    def announce(self, book: AccountBook, _events: Sequence[Event]) -> None:
        """Events have been committed."""
        grown = self._grown.pop(book.key.account_id, None)
        if grown is not None:
            grown.set()

    def end(self) -> None:
        """End every follower, now and from now on."""
        self._ended.set()
        for grown in self._grown.values():
            grown.set()
        self._grown.clear()

    async def page(self, key: AccountKey, after: int, limit: int) -> EventsPage:
        """The events after an offset, at most `limit`."""
        entries = await self._repository.journal(key, after, limit)
        last = entries[-1].offset if entries else after
        events = [_wire_event(key, entry) for entry in entries]
        return EventsPage(epoch=key.epoch, events=events, last_offset=last)

    async def follow(
        self, book: AccountBook, event_id: str | None, after: int, heartbeat: float = HEARTBEAT_SECONDS
    ) -> AsyncIterator[str]:
        """Server-Sent Events from a position on, without an end until the client or the server goes."""
        position = Reached.of(event_id, book.key.epoch, after)
        yield f"retry: 1000\n: journal of {book.key.account_id} in epoch {position.epoch}\n\n"
        while not self._ended.is_set():
            grown = self._grown.setdefault(book.key.account_id, asyncio.Event())
            present = book.key
            key = AccountKey(present.account_id, position.epoch)
            page = await self.page(key, position.offset, PAGE)
            for event in page.events:
                yield _frame(event)
            position = position.after(page)
            if page.events:
                continue
            if position.epoch != present.epoch:
                position = Reached(present.epoch, 0)  # no epoch of this account
            elif not await _within(grown, heartbeat):
                yield ": heartbeat\n\n"


async def _within(grown: asyncio.Event, seconds: float) -> bool:
    try:
        async with asyncio.timeout(seconds):
            await grown.wait()
    except TimeoutError:
        return False
    return True


def _frame(event: JournalEvent) -> str:
    data = json.dumps(event.to_wire(), separators=(",", ":"), ensure_ascii=False)
    return f"id: {event.epoch}:{event.offset}\nevent: {event.type}\ndata: {data}\n\n"


def _wire_event(key: AccountKey, entry: JournalEntry) -> JournalEvent:
    return JournalEvent(
        offset=entry.offset,
        epoch=key.epoch,
        type=entry.type,
        time=entry.time,
        data=json.loads(entry.payload),
        hash=entry.hash,
    )
