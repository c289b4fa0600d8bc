"""Decisions go on while what was decided before is being written; nobody sees what is not durable."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.errors import OrderFinal, OrderRefusal, StorageUnavailable
from trading_api.modules.broker.ledger import Opening
from trading_api.modules.broker.repository.archive import opened_archive
from trading_api.modules.broker.repository.check import AccountCheck
from trading_api.modules.broker.safe_retries import NO_ANSWER
from trading_api.modules.broker.tests.journal_cases import database_url
from trading_api.modules.broker.tests.service_cases import Floor, pre_order, trading_floor, until
from trading_api.shared.db.engine import Database

PAGES_ENOUGH = 1_000_000


@pytest.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    async with trading_floor(tmp_path) as running:
        await running.quote("10.00", "10.02")
        yield running


@contextmanager
def stalled(folder: Path) -> Iterator[None]:
    """While the block lasts somebody else holds the database, and every append waits."""
    with closing(sqlite3.connect(folder / "trading.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


async def book_of(floor: Floor) -> AccountBook:
    """The default account."""
    return await floor.service._ledger.book("DEMO")


async def test_commands_are_decided_while_others_are_written_and_answered_in_order(
    tmp_path: Path, floor: Floor
) -> None:
    listener = await floor.listen("orders")
    book = await book_of(floor)
    with stalled(tmp_path):
        placing = [
            asyncio.create_task(floor.service.place("DEMO", pre_order("buy", 1, "9.00"))) for _ in range(5)
        ]
        await until(lambda: len(book.steps) == 5)
        assert (len(book.head.orders), len(book.state.orders)) == (5, 0)
        assert await floor.service.orders("DEMO") == []
        assert listener.pending() == []
        assert not any(task.done() for task in placing)
    answers = await asyncio.gather(*placing)
    assert [answer.offset for answer in answers] == [2, 3, 4, 5, 6]
    assert [data.offset for _, data in await listener.next(5)] == [2, 3, 4, 5, 6]
    assert book.state == book.head


async def test_a_repetition_waits_for_the_first_and_has_its_answer(tmp_path: Path, floor: Floor) -> None:
    book = await book_of(floor)
    with stalled(tmp_path):
        placing = [
            asyncio.create_task(floor.service.place("DEMO", pre_order("buy", 1, "9.00"), "key"))
            for _ in range(3)
        ]
        await until(lambda: len(book.steps) == 1)
        await asyncio.sleep(0)
    answers = await asyncio.gather(*placing)
    assert len({answer.body for answer in answers}) == 1
    assert sorted(answer.repeated for answer in answers) == [False, True, True]
    assert len(book.state.orders) == 1


async def test_a_refusal_waits_until_its_reason_is_durable(tmp_path: Path, floor: Floor) -> None:
    book = await book_of(floor)
    with stalled(tmp_path):
        first = asyncio.create_task(floor.service.place("DEMO", pre_order("buy", 1, "9.00", name="n")))
        await until(lambda: len(book.steps) == 1)
        second = asyncio.create_task(floor.service.place("DEMO", pre_order("buy", 1, "9.00", name="n")))
        await asyncio.wait({second}, timeout=0.05)
        assert not second.done()
    await first
    with pytest.raises(OrderRefusal, match="already names"):
        await second


async def test_a_tick_meets_an_order_that_is_being_written(tmp_path: Path, floor: Floor) -> None:
    book = await book_of(floor)
    listener = await floor.listen("executions")
    with stalled(tmp_path):
        placing = asyncio.create_task(floor.service.place("DEMO", pre_order("buy", 1, "9.50")))
        await until(lambda: len(book.steps) == 1)
        await floor.quote("9.40", "9.42")
        await until(lambda: len(book.steps) == 2)
        assert listener.pending() == []
    assert (await placing).value.order.status == "working"
    ((_, execution),) = await listener.next()
    assert execution.price == Decimal("9.42")


async def test_what_rests_on_a_failed_append_fails_with_it_and_the_tick_is_seen_again(
    tmp_path: Path, floor: Floor
) -> None:
    resting = await floor.service.place("DEMO", pre_order("buy", 7, "9.50"))
    book = await book_of(floor)
    listener = await floor.listen("executions")
    with closing(sqlite3.connect(tmp_path / "trading.db")) as direct:
        direct.execute("ALTER TABLE orders RENAME TO hidden")
        await floor.quote("9.40", "9.42")
        placing = [floor.service.place("DEMO", pre_order("buy", 1, "9.00")) for _ in range(3)]
        outcomes = await asyncio.gather(*placing, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [StorageUnavailable] * 3
        direct.execute("ALTER TABLE hidden RENAME TO orders")
    await floor.quote("10.00", "10.02")
    await floor.pass_time(1)
    ((_, execution),) = await listener.next()
    assert (execution.order_id, execution.price) == (resting.value.order.id, Decimal("9.42"))
    with pytest.raises(OrderFinal):
        await floor.service.cancel("DEMO", resting.value.order.id)
    assert book.state == book.head


class CrampedDatabase(Database):
    """A database whose file may only have so many pages, as on a full disk."""

    most_pages: int | None = None

    def writing_engine(self) -> Engine:
        self.writing = super().writing_engine()
        event.listen(self.writing, "checkout", self._bound)
        return self.writing

    def limit(self, more: int) -> None:
        """From now on the file may grow by so many pages, whichever connection writes."""
        with self.writing.connect() as connection:
            (pages,) = connection.exec_driver_sql("PRAGMA page_count").one()
        self.most_pages = pages + more

    def _bound(self, connection: Any, _record: object, _proxy: object) -> None:
        if self.most_pages is not None:
            connection.execute(f"PRAGMA max_page_count={self.most_pages}")


async def test_a_full_disk_fails_retryably_and_half_does_nothing(tmp_path: Path) -> None:
    database = CrampedDatabase(database_url(tmp_path))
    async with trading_floor(tmp_path, database=database) as floor:
        await floor.quote("10.00", "10.02")
        database.limit(12)
        placing = [floor.service.place("DEMO", pre_order("buy", 1, "9.00", name=f"{n}")) for n in range(60)]
        outcomes = await asyncio.gather(*placing, return_exceptions=True)
        refused = [each for each in outcomes if isinstance(each, BaseException)]
        assert {type(each) for each in refused} == {StorageUnavailable}
        assert all(isinstance(each, StorageUnavailable) and each.retryable for each in refused)
        shown = await floor.service.orders("DEMO")
        assert len(shown) == len(outcomes) - len(refused)
        assert refused
        database.limit(PAGES_ENOUGH)
        again = await floor.service.place("DEMO", pre_order("buy", 1, "9.00", name="again"))
        assert again.value.order.status == "working"
    assert found(tmp_path) == []


def found(folder: Path) -> list[str]:
    """What the check of the journal finds."""
    with opened_archive(Database(database_url(folder))) as archive:
        return [str(each) for each in AccountCheck(archive, "DEMO", lambda _: None).findings()]


async def test_a_reset_begins_a_new_epoch_also_for_another_process(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as first, trading_floor(tmp_path) as second:
        for floor in (first, second):
            await floor.quote("10.00", "10.02")
        await first.service.place("DEMO", pre_order("buy", 10, name="n"))
        await second.service.place("DEMO", pre_order("buy", 10, name="m"))
        book = await book_of(first)
        before = book.key.epoch
        done = await first.service._commands.reset(book, Opening(balance=Decimal(500)), lambda _: NO_ANSWER)
        assert (done.offset, book.state.balance, len(book.state.positions)) == (1, Decimal(500), 0)
        assert book.key.epoch != before
        with pytest.raises(OrderRefusal, match="buying power"):
            await second.service.place("DEMO", pre_order("buy", 10_000))
        placed = await second.service.place("DEMO", pre_order("buy", 10, name="n"))
        assert placed.value.order.id == "O2"
        assert (await book_of(second)).key == book.key
    assert found(tmp_path) == []


async def test_the_equity_history_has_every_fill_and_every_minute(floor: Floor) -> None:
    await floor.service.place("DEMO", pre_order("buy", 10))
    for _ in range(4):
        await floor.quote("11.00", "11.02", after=30_000)
        await floor.pass_time(1)
    book = await book_of(floor)
    await floor.settle()
    await floor.service._ledger._writer.settled()  # nobody waits for a sample
    samples = await floor.service._repository.equity_history(book.key, 0, 2**62, 100)
    assert [sample.equity for sample in samples] == [Decimal("99999.80"), *[Decimal("100009.80")] * 2]
    assert len(await floor.service._repository.equity_history(book.key, samples[1].time, 2**62, 1)) == 1
