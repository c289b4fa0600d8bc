"""Many orders are canceled in slices: others have a turn in between, and it is one command all the same."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from trading_api.models.broker.accounts import (
    AccountOpening,
    AccountReset,
    TradingState,
    TradingStateChange,
)
from trading_api.models.broker.orders import CancelOrdersResult
from trading_api.modules.broker import sweeping
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.engine.events import OrderAccepted, OrderCanceled
from trading_api.modules.broker.errors import IdempotencyKeyReused, OrderRefusal, StorageUnavailable
from trading_api.modules.broker.tests.api_cases import API, FAR_LIMIT, place, problem, running
from trading_api.modules.broker.tests.service_cases import Floor, pre_order, trading_floor, until
from trading_api.modules.broker.tests.test_pipelining import book_of, found, stalled
from trading_api.modules.broker.use_cases import Commanded

HALT = TradingStateChange(trading_state=TradingState.HALTED, cancel_orders=True)


@pytest.fixture(autouse=True)
def slices_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "SLICE", 3)


@pytest.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    async with trading_floor(tmp_path) as running:
        await running.quote("10.00", "10.02")
        yield running


async def resting(floor: Floor, count: int = 10) -> list[str]:
    """Ids of so many orders that wait."""
    placed = [await floor.service.place("DEMO", pre_order("buy", 1, "9.00")) for _ in range(count)]
    return [each.value.order.id for each in placed]


async def begin_and_vanish(floor: Floor, key: str) -> None:
    """Begin to cancel all orders under a key, and be gone after the first slice."""
    book = await book_of(floor)
    before = len(book.state.orders)
    task = asyncio.create_task(floor.service.cancel_orders("DEMO", None, None, key))
    await until(lambda: len(book.state.orders) < before)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert 0 < len(book.head.orders) < before


def statuses(done: Commanded[CancelOrdersResult]) -> dict[str, int]:
    """The results by order, in their order."""
    return {result.order_id: result.status for result in done.value.results}


async def journal(floor: Floor, book: AccountBook) -> list[str]:
    """What became of orders, oldest first."""
    events = await floor.service._repository.events(book.key)
    return [event.type for event in events if isinstance(event, OrderAccepted | OrderCanceled)]


async def test_a_halt_is_in_force_at_once_and_others_go_on_between_the_slices(
    tmp_path: Path, floor: Floor
) -> None:
    await floor.service.open_account(AccountOpening(id="OTHER"))
    ids = await resting(floor)
    book, other = await book_of(floor), await floor.service._ledger.book("OTHER")
    with stalled(tmp_path):
        halting = asyncio.create_task(floor.service.set_trading_state("DEMO", HALT))
        await until(lambda: len(book.steps) == 1)
        assert (book.head.trading_state, len(book.head.orders)) == ("halted", len(ids) - 3)
        refused = asyncio.create_task(floor.service.place("DEMO", pre_order("buy", 1, "9.00")))
        elsewhere = asyncio.create_task(floor.service.place("OTHER", pre_order("buy", 1, "9.00")))
        await until(lambda: len(other.steps) == 1)
        assert len(book.head.orders) == len(ids) - 3
    with pytest.raises(OrderRefusal, match="halted"):
        await refused
    assert (await elsewhere).value.order.status == "working"
    assert (await halting).value.canceled_orders == ids
    assert not book.state.orders


async def test_an_order_placed_in_between_is_not_meant(tmp_path: Path, floor: Floor) -> None:
    ids = await resting(floor)
    book = await book_of(floor)
    with stalled(tmp_path):
        canceling = asyncio.create_task(floor.service.cancel_orders("DEMO", None, None))
        await until(lambda: len(book.steps) == 1)
        placing = asyncio.create_task(floor.service.place("DEMO", pre_order("buy", 1, "9.00")))
        await until(lambda: len(book.steps) == 2)
    placed = (await placing).value.order
    assert statuses(await canceling) == dict.fromkeys(ids, 200)
    assert list(book.state.orders) == [placed.id]
    accepted, canceled = ["OrderAccepted"], ["OrderCanceled"]
    assert await journal(floor, book) == accepted * 10 + canceled * 3 + accepted + canceled * 7


async def test_an_order_that_fills_before_its_turn_says_so(tmp_path: Path, floor: Floor) -> None:
    ids = await resting(floor, 6)
    filled = (await floor.service.place("DEMO", pre_order("buy", 1, "9.50"))).value.order.id
    book = await book_of(floor)
    with stalled(tmp_path):
        canceling = asyncio.create_task(floor.service.cancel_orders("DEMO", None, None))
        await until(lambda: len(book.steps) == 1)
        await floor.quote("9.40", "9.45")
        await until(lambda: len(book.steps) == 2)
    done = await canceling
    assert statuses(done) == dict.fromkeys(ids, 200) | {filled: 409}
    last = done.value.results[-1]
    assert (last.code, last.detail) == ("order-final", f"The order {filled} is filled.")


async def test_what_a_dead_process_began_is_finished_by_the_repetition(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("10.00", "10.02")
        ids = await resting(floor)
        protected = pre_order("buy", 1, "9.00").model_copy(
            update={"take_profit": Decimal(11), "stop_loss": Decimal(8)}
        )
        parent = (await floor.service.place("DEMO", protected)).value.order
        brackets = [order.id for order in await floor.service.orders("DEMO") if order.parent_id == parent.id]
        await begin_and_vanish(floor, "key")
    assert found(tmp_path) == []
    async with trading_floor(tmp_path) as floor:
        await floor.quote("10.00", "10.02")
        (later,) = await resting(floor, 1)
        with pytest.raises(IdempotencyKeyReused):
            await floor.service.cancel_orders("DEMO", "AAA", None, "key")
        done = await floor.service.cancel_orders("DEMO", None, None, "key")
        assert (done.status, done.repeated) == (207, False)
        assert statuses(done) == dict.fromkeys([*ids, parent.id, *brackets], 200)
        assert list((await book_of(floor)).state.orders) == [later]
        again = await floor.service.cancel_orders("DEMO", None, None, "key")
        assert (again.repeated, again.body, again.offset) == (True, done.body, done.offset)
    assert found(tmp_path) == []


async def test_a_halt_that_was_begun_is_not_repeated_but_finished(tmp_path: Path, floor: Floor) -> None:
    ids = await resting(floor)
    book = await book_of(floor)
    task = asyncio.create_task(floor.service.set_trading_state("DEMO", HALT, "key"))
    await until(lambda: book.state.trading_state == "halted")
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await floor.service.set_trading_state("DEMO", TradingStateChange(trading_state=TradingState.ACTIVE))
    done = await floor.service.set_trading_state("DEMO", HALT, "key")
    assert done.value.canceled_orders == ids
    assert (book.state.trading_state, len(book.state.orders)) == ("active", 0)


async def test_repetitions_at_the_same_time_have_one_answer(tmp_path: Path, floor: Floor) -> None:
    ids = await resting(floor)
    async with trading_floor(tmp_path) as other_process:
        await other_process.quote("10.00", "10.02")
        services = [floor.service, other_process.service] * 3
        done = await asyncio.gather(*(each.cancel_orders("DEMO", None, None, "key") for each in services))
    assert [statuses(each) for each in done] == [dict.fromkeys(ids, 200)] * 6
    assert sum(not each.repeated for each in done) in {1, 2}  # in each process one may have gone on


async def test_what_a_full_disk_interrupts_is_finished_by_the_repetition(
    tmp_path: Path, floor: Floor
) -> None:
    ids = await resting(floor)
    book = await book_of(floor)
    with closing(sqlite3.connect(tmp_path / "trading.db", isolation_level=None)) as direct:
        direct.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON orders WHEN new.order_id = 'O7'"
            " BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
        with pytest.raises(StorageUnavailable):
            await floor.service.cancel_orders("DEMO", None, None, "key")
        assert len(book.state.orders) == len(ids) - 3
        direct.execute("DROP TRIGGER full")
    done = await floor.service.cancel_orders("DEMO", None, None, "key")
    assert statuses(done) == dict.fromkeys(ids, 200)


async def test_a_reset_in_between_leaves_nothing_to_cancel(tmp_path: Path, floor: Floor) -> None:
    ids = await resting(floor)
    await begin_and_vanish(floor, "key")
    await floor.service.reset_account("DEMO", AccountReset())
    await resting(floor, 12)
    done = await floor.service.cancel_orders("DEMO", None, None, "key")
    assert list(statuses(done)) == ids[:3]
    assert len((await book_of(floor)).state.orders) == 12


def test_the_routes_answer_for_all_slices_at_once(tmp_path: Path) -> None:
    with running(tmp_path) as client:
        ids = [place(client, FAR_LIMIT)["id"] for _ in range(8)]
        key = {"Idempotency-Key": "halt"}
        body = {"tradingState": "halted", "cancelOrders": True}
        halted, again = (client.put(f"{API}/account/trading-state", json=body, headers=key) for _ in range(2))
        assert halted.json() == {"tradingState": "halted", "canceledOrders": ids}
        assert (again.json(), again.headers["idempotent-replayed"]) == (halted.json(), "true")
        assert again.headers["x-stream-offset"] == halted.headers["x-stream-offset"]
        assert problem(client.post(f"{API}/orders", json=FAR_LIMIT)) == (422, "trading-halted")
        client.put(f"{API}/account/trading-state", json={"tradingState": "active"})
        ids = [place(client, FAR_LIMIT)["id"] for _ in range(8)]
        canceled = client.delete(f"{API}/orders", params={"side": "buy"})
        assert canceled.status_code == 207
        assert [each["order"] for each in canceled.json()["results"]] == [
            client.get(f"{API}/orders/{order_id}").json() for order_id in ids
        ]
        assert client.delete(f"{API}/orders").json() == {"results": []}
