"""The journal on a real SQLite file: conflicts, projections, pages, reopening."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from trading_api.modules.broker.engine import AccountState, CancelOrder
from trading_api.modules.broker.errors import StorageUnavailable
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.modules.broker.repository.tables import AccountKey, JournalConflict
from trading_api.modules.broker.tests.engine_cases import BUY, SELL, order, quote
from trading_api.modules.broker.tests.engine_walks import Step, Walk, walks
from trading_api.modules.broker.tests.journal_cases import KEY, Journal, JournaledDesk, opened_repository
from trading_api.shared.db.engine import Database


@pytest.fixture
async def repository(tmp_path: Path) -> AsyncIterator[Journal]:
    async with opened_repository(tmp_path) as opened:
        yield opened


def busy_desk() -> JournaledDesk:
    """Two round trips, a canceled and a working order."""
    desk = JournaledDesk()
    desk.see(quote("9.98", "10.02"))
    for side in (BUY, SELL, SELL, BUY):
        desk.do(order(side, "10"))
    desk.do(CancelOrder(desk.place(order(BUY, "1", "9.00", name="gone")).id))
    desk.place(order(BUY, "1", "9.00", name="open"))
    desk.do(order(BUY, "3"))
    return desk


async def written_desk(repository: Journal) -> JournaledDesk:
    """The busy desk, in the journal."""
    desk = busy_desk()
    await desk.write(repository)
    return desk


async def test_events_come_back_as_they_were_written(repository: Journal) -> None:
    desk = await written_desk(repository)
    assert await repository.account_keys() == [KEY]
    assert await repository.events(KEY) == desk.events
    assert await repository.events(KEY, after=20) == desk.events[20:]
    fills = await repository.events(KEY, types={"ExecutionRecorded"})
    assert len(fills) == 5
    assert await repository.last_offset(KEY, {"ExecutionRecorded"}) == fills[-1].offset
    assert await repository.last_offset(KEY, {"OrderExpired"}) == 0


async def test_the_projections_equal_the_state(repository: Journal) -> None:
    desk = await written_desk(repository)
    assert await repository.load(KEY) == desk.state
    assert await repository.open_positions(KEY) == list(desk.state.open_positions)
    listed = await repository.day_orders(KEY, now=desk.time)
    assert [item for item in listed if not item.is_final] == list(desk.state.open_orders)
    assert [item.offset for item in listed] == sorted(item.offset for item in listed)
    last = desk.events[-1].offset
    assert last == desk.state.offset


async def test_the_days_orders_end_when_the_next_trading_day_opens(repository: Journal) -> None:
    desk = await written_desk(repository)
    assert len(await repository.day_orders(KEY, now=86_399_999)) == 7
    assert await repository.day_orders(KEY, now=86_400_000) == list(desk.state.open_orders)


async def test_orders_are_found_by_id_within_their_epoch(repository: Journal) -> None:
    desk = await written_desk(repository)
    (working,) = desk.state.open_orders
    assert await repository.order(KEY, working.id) == working
    assert await repository.order(KEY, "O999") is None
    assert await repository.order(AccountKey("DEMO", "other epoch"), working.id) is None


async def test_pages_follow_one_another_without_gap_or_repetition(repository: Journal) -> None:
    await written_desk(repository)
    orders = await repository.final_orders(KEY, limit=100, before=None)
    executions = await repository.executions(KEY, limit=100)
    assert [item.offset for item in orders] == sorted((item.offset for item in orders), reverse=True)
    assert len(orders) == 6
    first = await repository.final_orders(KEY, limit=4, before=None)
    assert first + await repository.final_orders(KEY, limit=4, before=first[-1].offset) == orders
    begin = await repository.executions(KEY, limit=2)
    assert begin + await repository.executions(KEY, limit=9, before=begin[-1].offset) == executions
    assert await repository.executions(KEY, limit=9, symbol="STK") == executions
    assert await repository.executions(KEY, limit=9, symbol="OTHER") == []


async def test_an_append_that_expects_another_offset_writes_nothing(repository: Journal) -> None:
    desk = await written_desk(repository)
    written = desk.written
    desk.do(order(SELL, "1"))
    for expected in (written - 1, written + 1):
        with pytest.raises(JournalConflict):
            await repository.append(KEY, expected, desk.events[written:])
    with pytest.raises(JournalConflict):
        await repository.append(KEY, 0, desk.events[:1])
    assert len(await repository.events(KEY)) == written
    await desk.write(repository)
    assert await repository.load(KEY) == desk.state


async def test_a_failure_amid_an_append_leaves_nothing_behind(tmp_path: Path, repository: Journal) -> None:
    desk = await written_desk(repository)
    written = desk.written
    desk.do(order(SELL, "1"))
    with sqlite3.connect(tmp_path / "trading.db") as direct:
        direct.execute("ALTER TABLE positions RENAME TO lost")
    with pytest.raises(StorageUnavailable):
        await desk.write(repository)
    with sqlite3.connect(tmp_path / "trading.db") as direct:
        direct.execute("ALTER TABLE lost RENAME TO positions")
    direct.close()
    assert len(await repository.events(KEY)) == written
    await desk.write(repository)
    assert await repository.load(KEY) == desk.state


async def test_reopening_the_file_gives_the_same_state(tmp_path: Path) -> None:
    desk = busy_desk()
    async with opened_repository(tmp_path) as repository:
        await desk.write(repository)
    async with opened_repository(tmp_path) as repository:
        assert await repository.load(KEY) == desk.state
        desk.do(order(SELL, "5"))
        await desk.write(repository)
        assert await repository.load(KEY) == desk.state


async def test_a_database_without_tables_is_unavailable(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}")
    with pytest.raises(StorageUnavailable):
        await BrokerRepository(database).account_keys()
    await database.close()


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=walks)
async def test_projections_equal_the_state_after_random_walks(
    steps: list[Step], tmp_path_factory: pytest.TempPathFactory
) -> None:
    walk, desk = Walk(), JournaledDesk()
    for step in steps:
        walk.take(step)
    desk.events += walk.desk.events
    async with opened_repository(tmp_path_factory.mktemp("walk")) as repository:
        await desk.write(repository)
        loaded = await repository.load(KEY)
        assert loaded == await repository.replay(KEY) == walk.desk.state
        assert _found_at_once(loaded) == _found_at_once(walk.desk.state)
        listed = await repository.day_orders(KEY, now=2**62)
        assert {item.id: item for item in listed} == dict(walk.desk.state.orders)
        positions = {item.id: item for item in await repository.open_positions(KEY)}
        assert positions == dict(walk.desk.state.positions)
        assert await repository.executions(KEY, limit=1000) == walk.executions[::-1]


def _found_at_once(state: AccountState) -> object:
    """What a tick or a check finds of the state without a search, which equality leaves out."""
    books = {
        symbol: (
            {wait: list(ladder) for wait, ladder in book.ladders.items() if ladder.first},
            list(book.order_ids),
            book.position_ids,
            [(each.qty, each.value) for each in (book.buys, book.sells)],
            (book.closing_buys, book.closing_sells, book.margin_rates, book.reach),
        )
        for symbol, book in state.books.items()
    }
    return books, dict(state.children)
