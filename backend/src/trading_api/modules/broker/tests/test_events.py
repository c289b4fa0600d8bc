"""The journal as it is written: page by page, and followed as Server-Sent Events."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from trading_api.models.broker.accounts import AccountReset
from trading_api.modules.broker.errors import AccountUnknown
from trading_api.modules.broker.tests.service_cases import PATIENCE, Floor, pre_order, trading_floor


@pytest.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    async with trading_floor(tmp_path) as running:
        await running.quote("10.00", "10.02")
        await running.service.accounts()
        yield running


class Follower:
    """One who reads the journal as a stream."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    async def begin(self, event_id: str | None = None, after: int = 0) -> None:
        """Ask for the stream, and read its greeting."""
        self._chunks = await self._floor.service.follow_events("DEMO", event_id, after)
        assert (await self._chunk()).startswith("retry: 1000\n: journal of DEMO in epoch ")

    async def next(self) -> dict[str, Any]:
        """The next event."""
        lines = (await self._chunk()).splitlines()
        assert [line.split(":")[0] for line in lines] == ["id", "event", "data", ""]
        event: dict[str, Any] = json.loads(lines[2].removeprefix("data: "))
        assert lines[0] == f"id: {event['epoch']}:{event['offset']}"
        assert lines[1] == f"event: {event['type']}"
        return event

    async def ends(self) -> bool:
        """Whether nothing more comes, ever."""
        async with asyncio.timeout(PATIENCE):
            return await anext(self._chunks, None) is None

    async def _chunk(self) -> str:
        async with asyncio.timeout(PATIENCE):
            return await anext(self._chunks)


async def test_the_journal_is_read_page_by_page(floor: Floor) -> None:
    await floor.service.place("DEMO", pre_order("buy", 10))
    page = await floor.service.events("DEMO", 0, 4)
    assert [event.type for event in page.events] == [
        "AccountOpened",
        "OrderAccepted",
        "ExecutionRecorded",
        "OrderFilled",
    ]
    rest = await floor.service.events("DEMO", page.last_offset, 4)
    assert [event.type for event in rest.events] == ["BalanceChanged", "PositionChanged"]
    assert (rest.last_offset, (await floor.service.events("DEMO", 6, 4)).events) == (6, [])
    filled = page.events[3]
    assert (filled.offset, filled.data["order"]["avg_price"]) == (4, "10.02")
    assert len({event.hash for event in (*page.events, *rest.events)}) == 6


async def test_the_journal_of_nobody_is_unknown(floor: Floor) -> None:
    with pytest.raises(AccountUnknown):
        await floor.service.events("SOMEBODY", 0, 10)
    with pytest.raises(AccountUnknown):
        await floor.service.follow_events("SOMEBODY", None, 0)


async def test_a_follower_gets_what_was_and_what_comes(floor: Floor) -> None:
    follower = Follower(floor)
    await follower.begin()
    assert (await follower.next())["type"] == "AccountOpened"
    coming = asyncio.create_task(follower.next())
    await asyncio.sleep(0)
    placed = await floor.service.place("DEMO", pre_order("buy", 10, "9.00"))
    assert (await coming)["data"]["order"]["id"] == placed.value.order.id
    await floor.service.cancel("DEMO", placed.value.order.id)
    assert (await follower.next())["type"] == "OrderCanceled"


async def test_a_follower_goes_on_after_the_last_event_that_it_saw(floor: Floor) -> None:
    await floor.service.place("DEMO", pre_order("buy", 10))
    epoch = (await floor.service.account("DEMO")).epoch
    follower = Follower(floor)
    await follower.begin(f"{epoch}:4")
    assert [(await follower.next())["offset"] for _ in range(2)] == [5, 6]
    by_offset = Follower(floor)
    await by_offset.begin(after=5)
    assert (await by_offset.next())["offset"] == 6


@pytest.mark.parametrize("event_id", ["x", "other:3", "", ":", "0:99999999999999999999", "abc:1"])
async def test_an_id_that_means_nothing_begins_at_the_beginning(floor: Floor, event_id: str) -> None:
    follower = Follower(floor)
    await follower.begin(event_id)
    assert (await follower.next())["offset"] == 1


async def test_a_reset_leads_a_follower_into_the_next_epoch(floor: Floor) -> None:
    before = (await floor.service.account("DEMO")).epoch
    follower = Follower(floor)
    await follower.begin(after=1)
    await floor.service.reset_account("DEMO", AccountReset())
    await floor.service.reset_account("DEMO", AccountReset())
    seen = [await follower.next() for _ in range(4)]
    assert [event["type"] for event in seen] == [
        "AccountClosed",
        "AccountOpened",
        "AccountClosed",
        "AccountOpened",
    ]
    assert seen[0]["epoch"] == before
    assert seen[0]["data"]["next_epoch"] == seen[1]["epoch"]
    late = Follower(floor)
    await late.begin(f"{before}:1")
    assert [(await late.next())["type"] for _ in range(2)] == ["AccountClosed", "AccountOpened"]


async def test_a_follower_without_news_hears_that_the_connection_lives(floor: Floor) -> None:
    book = await floor.service._ledger.book("DEMO")  # the heartbeat is no setting
    chunks = floor.service._tail.follow(book, None, after=1, heartbeat=0)
    await anext(chunks)
    assert await anext(chunks) == ": heartbeat\n\n"


async def test_followers_end_with_the_server(floor: Floor) -> None:
    follower = Follower(floor)
    await follower.begin(after=1)
    ending = asyncio.create_task(follower.ends())
    await asyncio.sleep(0)
    await floor.service.unfollow()
    assert await ending
