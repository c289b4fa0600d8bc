"""The service on a real bus and database: commands, ticks, restarts, failures, two processes."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from trading_api.clients.datafeed_client import DatafeedClient
from trading_api.models.market.ticks import MarketTick, Quote
from trading_api.modules.broker.errors import (
    AccountUnknown,
    MarketDataUnavailable,
    OrderFinal,
    OrderRefusal,
    OrderUnknown,
    StorageUnavailable,
    SymbolUnknown,
)
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.tests.journal_cases import opened_repository
from trading_api.modules.broker.tests.service_cases import (
    START,
    Floor,
    SmallDatafeed,
    pre_order,
    symbol_info,
    trading_floor,
    until,
)
from trading_api.shared.errors import StartupError


@pytest.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    async with trading_floor(tmp_path) as running:
        yield running


async def test_the_first_start_opens_the_demo_account(floor: Floor) -> None:
    (meta,) = await floor.service.accounts()
    assert (meta.id, meta.name, meta.currency, meta.type) == ("DEMO", "Demo account", "USD", "paper")
    account = await floor.service.account("DEMO")
    assert (account.offset, account.equity.balance, account.equity.equity) == (
        1,
        Decimal(100_000),
        Decimal(100_000),
    )


async def test_two_first_starts_at_once_open_one_account(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as first, trading_floor(tmp_path) as second:
        accounts = await asyncio.gather(first.service.account("DEMO"), second.service.account("DEMO"))
    assert len({account.epoch for account in accounts}) == 1
    async with opened_repository(tmp_path) as repository:
        (key,) = await repository.account_keys()
        (opening,) = await repository.events(key)
        assert (opening.type, opening.time) == ("AccountOpened", START)


async def test_a_market_order_fills_at_the_last_quote_of_the_bus(floor: Floor) -> None:
    await floor.quote("9.90", "9.92")
    await floor.quote("10.00", "10.02")
    done = await floor.service.place("DEMO", pre_order("buy", 10))
    assert (done.value.order.status, done.value.order.avg_price, done.offset) == (
        "filled",
        Decimal("10.02"),
        6,
    )
    assert done.value.order.create_time == floor.clock.now_ms()
    (position,) = await floor.service.positions("DEMO")
    assert (position.qty, position.avg_price) == (Decimal(10), Decimal("10.02"))


async def test_without_a_tick_yet_the_datafeed_is_asked_for_the_quote(floor: Floor) -> None:
    floor.datafeed.quotes["AAA"] = Quote("AAA", START, Decimal("5.00"), Decimal("5.01"))
    assert (await floor.service.place("DEMO", pre_order("sell", 10))).value.order.avg_price == Decimal("5.00")


async def test_without_any_quote_a_market_order_is_refused(floor: Floor) -> None:
    with pytest.raises(OrderRefusal) as caught:
        await floor.service.place("DEMO", pre_order("buy", 10))
    assert caught.value.problem_code == "quote-unavailable"


async def test_a_symbol_may_be_named_with_its_exchange(floor: Floor) -> None:
    await floor.quote("10.00", "10.02")
    done = await floor.service.place("DEMO", pre_order("buy", 10, symbol="TEST:AAA"))
    assert done.value.order.symbol == "AAA"


async def test_unknown_names_are_errors_of_their_own(floor: Floor) -> None:
    with pytest.raises(SymbolUnknown):
        await floor.service.place("DEMO", pre_order("buy", 10, symbol="NOPE"))
    with pytest.raises(AccountUnknown):
        await floor.service.place("OTHER", pre_order("buy", 10))
    with pytest.raises(OrderUnknown):
        await floor.service.cancel("DEMO", "O99")


async def test_quotes_are_asked_for_in_batches() -> None:
    names = [f"S{number}" for number in range(101)]
    datafeed = SmallDatafeed(quotes={name: Quote(name, START, Decimal(1), Decimal(1)) for name in names})
    async with DatafeedClient(datafeed.address) as client:
        quotes = await MarketView(client).quotes(names)
    assert quotes == datafeed.quotes
    assert datafeed.most_asked == 100


async def test_a_datafeed_that_is_down_refuses_for_now(floor: Floor) -> None:
    floor.datafeed.down = True
    with pytest.raises(MarketDataUnavailable):
        await floor.service.place("DEMO", pre_order("buy", 10))
    floor.datafeed.down = False
    await floor.quote("10.00", "10.02")
    assert (await floor.service.place("DEMO", pre_order("buy", 10))).value.order.status == "filled"


async def test_a_fill_arrives_as_execution_order_equity_position(floor: Floor) -> None:
    listener = await floor.listen("orders", "positions", "executions", "equity")
    await floor.quote("10.00", "10.02")
    await floor.service.place("DEMO", pre_order("buy", 100))
    heard = await listener.next(5)
    assert [route for route, _ in heard] == ["orders", "executions", "orders", "equity", "positions"]
    assert [data.status for route, data in heard if route == "orders"] == ["working", "filled"]
    (equity,) = [data for route, data in heard if route == "equity"]
    assert (equity.unrealized_pl, equity.margin_used) == (Decimal(-2), Decimal(250))


async def test_a_resting_order_fills_by_a_tick_at_the_ticks_time(floor: Floor) -> None:
    listener = await floor.listen("orders", "executions")
    await floor.quote("10.00", "10.02")
    placed = await floor.service.place("DEMO", pre_order("buy", 100, "9.50"))
    await floor.quote("9.60", "9.62")
    crossing = await floor.quote("9.48", "9.50", after=5000)
    await floor.quote("9.90", "9.92")
    heard = await listener.next(3)
    assert [route for route, _ in heard] == ["orders", "executions", "orders"]
    assert (heard[1][1].price, heard[1][1].time) == (Decimal("9.50"), crossing.time)
    assert (await floor.service.order("DEMO", placed.value.order.id)).status == "filled"


async def test_a_command_never_overtakes_a_tick_that_was_published_before(floor: Floor) -> None:
    await floor.quote("10.00", "10.02")
    placed = await floor.service.place("DEMO", pre_order("buy", 100, "9.50"))
    await floor.quote("9.40", "9.42")
    with pytest.raises(OrderFinal, match="is filled"):
        await floor.service.cancel("DEMO", placed.value.order.id)


async def test_a_tick_published_before_a_new_order_is_applied_before_it(floor: Floor) -> None:
    await floor.quote("10.00", "10.02")
    resting = await floor.service.place("DEMO", pre_order("buy", 100, "9.50"))
    await floor.quote("9.40", "9.42")
    placed = await floor.service.place("DEMO", pre_order("sell", 30))
    found = await floor.service.executions("DEMO", None, 10, None)
    assert [item.order_id for item in found.executions] == [placed.value.order.id, resting.value.order.id]
    assert found.executions[0].realized_pl == Decimal("-0.60")


async def test_an_order_past_its_end_is_expired_before_a_command_reaches_it(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        placed = await floor.service.place("DEMO", pre_order("buy", 1, "9.00", day=True))
        await floor.pass_time(24 * 3_600_000)
        with pytest.raises(OrderFinal, match="is expired"):
            await floor.service.cancel("DEMO", placed.value.order.id)


async def test_ticks_that_come_while_an_order_is_written_reach_it(floor: Floor) -> None:
    listener = await floor.listen("executions")
    await floor.quote("10.00", "10.02")
    await floor.service.preview("DEMO", pre_order("buy", 100))
    placing = asyncio.create_task(floor.service.place("DEMO", pre_order("buy", 100, "9.50")))
    await asyncio.wait({placing}, timeout=0)
    assert not placing.done()
    await floor.quote("9.40", "9.45")
    await floor.quote("10.00", "10.02")
    assert (await placing).value.order.status == "working"
    ((_, execution),) = await listener.next()
    assert execution.price == Decimal("9.45")


async def test_a_canceled_order_does_not_fill(floor: Floor) -> None:
    await floor.quote("10.00", "10.02")
    placed = await floor.service.place("DEMO", pre_order("buy", 100, "9.50"))
    canceled = await floor.service.cancel("DEMO", placed.value.order.id)
    assert (canceled.value.status, canceled.offset) == ("canceled", 3)
    await floor.quote("9.40", "9.42")
    await floor.service.place("DEMO", pre_order("buy", 1))
    assert (await floor.service.order("DEMO", placed.value.order.id)).status == "canceled"
    with pytest.raises(OrderFinal, match="is canceled"):
        await floor.service.cancel("DEMO", placed.value.order.id)


async def test_a_day_order_expires_when_the_clock_passes_the_end(tmp_path: Path) -> None:
    datafeed = SmallDatafeed(symbols={"AAA": symbol_info("AAA", "0930-1600")})
    async with trading_floor(tmp_path, datafeed) as floor:
        listener = await floor.listen("orders")
        await floor.quote("10.00", "10.02")
        placed = await floor.service.place("DEMO", pre_order("buy", 1, "9.00", day=True))
        assert placed.value.order.status == "working"
        await floor.pass_time(8 * 3_600_000)
        heard = await listener.next(2)
        assert [data.status for _, data in heard] == ["working", "expired"]


async def test_the_state_after_a_restart_is_the_state_before(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("10.00", "10.02")
        await floor.service.place("DEMO", pre_order("buy", 10, name="one"))
        working = await floor.service.place("DEMO", pre_order("sell", 10, "11.00"))
        before = await _views(floor)
        now = floor.clock.now_ms()
        last = Quote("AAA", now, Decimal("10.00"), Decimal("10.02"))
    async with trading_floor(tmp_path, SmallDatafeed(quotes={"AAA": last}), start=now) as floor:
        assert await _views(floor) == before
        with pytest.raises(OrderRefusal, match="already names"):
            await floor.service.place("DEMO", pre_order("buy", 10, name="one"))
        listener = await floor.listen("executions")
        await floor.quote("11.20", "11.22")
        ((_, execution),) = await listener.next()
        assert (execution.order_id, execution.price) == (working.value.order.id, Decimal("11.20"))


async def _views(floor: Floor) -> list[object]:
    """Everything that the service shows of the account."""
    service = floor.service
    return [
        await service.orders("DEMO"),
        await service.history("DEMO", 100, None),
        await service.executions("DEMO", None, 100, None),
        await service.account("DEMO"),
        await service.positions("DEMO"),
    ]


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        ("UPDATE accounts SET head = '{'", "What is kept of account DEMO is damaged"),
        ("UPDATE positions SET payload = ''", "What is kept of account DEMO is damaged"),
        ('DELETE FROM journal_events WHERE "offset" = 6', "account DEMO does not end with event 6"),
        ("UPDATE accounts SET hash = 'a'", "account DEMO does not end with event 6"),
    ],
)
async def test_a_damaged_journal_stops_the_start_with_a_sentence(
    tmp_path: Path, damage: str, sentence: str
) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("10.00", "10.02")
        await floor.service.place("DEMO", pre_order("buy", 10))
    with closing(sqlite3.connect(tmp_path / "trading.db")) as connection, connection:
        connection.execute(damage)
    with pytest.raises(StartupError, match=sentence):
        async with trading_floor(tmp_path):
            pass


async def test_concurrent_commands_cannot_spend_the_same_money(floor: Floor) -> None:
    await floor.quote("10.00", "10.00")
    orders = [floor.service.place("DEMO", pre_order("buy", 25_000)) for _ in range(3)]
    results = await asyncio.gather(*orders, return_exceptions=True)
    assert sum(isinstance(result, OrderRefusal) for result in results) == 2
    (position,) = await floor.service.positions("DEMO")
    assert position.qty == 25_000


async def test_many_concurrent_commands_and_ticks_leave_one_journal(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("10.00", "10.02")

        async def trade(number: int) -> None:
            side, limit = ("buy", "9.90") if number % 2 else ("sell", "10.10")
            placed = await floor.service.place("DEMO", pre_order(side, 10 + number, limit, name=f"n{number}"))
            await floor.quote("9.80", "9.82") if number % 3 else await floor.quote("10.20", "10.22")
            if number % 5 == 0:
                try:
                    await floor.service.cancel("DEMO", placed.value.order.id)
                except OrderFinal:
                    return

        await asyncio.gather(*(trade(number) for number in range(20)))
        account = await floor.service.account("DEMO")
        positions = await floor.service.positions("DEMO")
    async with opened_repository(tmp_path) as repository:
        (key,) = await repository.account_keys()
        state = await repository.load(key)
        assert (state.offset, state.balance) == (account.offset, account.equity.balance)
        assert [item.id for item in state.open_positions] == [item.id for item in positions]
        assert len(state.client_order_ids) == 20


async def test_a_failed_append_changes_nothing_and_is_retryable(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        listener = await floor.listen("orders", "executions")
        await floor.quote("10.00", "10.02")
        with _broken(tmp_path), pytest.raises(StorageUnavailable):
            await floor.service.place("DEMO", pre_order("buy", 10, name="again"))
        assert listener.pending() == []
        assert await floor.service.positions("DEMO") == []
        done = await floor.service.place("DEMO", pre_order("buy", 10, name="again"))
        assert (done.value.order.status, done.offset) == ("filled", 6)


async def test_a_tick_that_cannot_be_written_waits_and_is_applied_later(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        listener = await floor.listen("executions")
        await floor.quote("10.00", "10.02")
        await floor.service.place("DEMO", pre_order("buy", 10, "9.50"))
        with _broken(tmp_path):
            await floor.quote("9.40", "9.42")
            with pytest.raises(StorageUnavailable):
                await floor.service.place("DEMO", pre_order("buy", 1))
            await floor.quote("10.00", "10.02")
        await floor.pass_time(1)
        ((_, execution),) = await listener.next()
        assert execution.price == Decimal("9.42")
        await until(lambda: all(check.ok for check in floor.service.readiness()))


class _broken:  # noqa: N801  # reads as the state that the block is in
    """While the block lasts executions cannot be written."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "trading.db"

    def __enter__(self) -> None:
        self._rename("executions", "hidden")

    def __exit__(self, *_: object) -> None:
        self._rename("hidden", "executions")

    def _rename(self, old: str, new: str) -> None:
        connection = sqlite3.connect(self._file)
        connection.execute(f"ALTER TABLE {old} RENAME TO {new}")
        connection.close()


async def test_a_tick_that_raises_is_recorded_and_the_next_one_is_applied(floor: Floor) -> None:
    listener = await floor.listen("executions")
    await floor.quote("10.00", "10.02")
    await floor.service.place("DEMO", pre_order("buy", 10, "9.50"))
    floor.datafeed.tell(MarketTick.of(Quote("AAA", 10**18, Decimal("9.30"), Decimal("9.32"))))
    await floor.quote("9.40", "9.42")
    ((_, execution),) = await listener.next()
    assert execution.price == Decimal("9.42")
    checks = {check.name: check for check in floor.service.readiness()}
    assert all(check.ok for check in checks.values())
    assert "ValueError" in (checks["broker-ticks"].detail or "")


async def test_two_processes_on_one_journal_agree(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as first, trading_floor(tmp_path) as second:
        listener = await second.listen("orders")
        for floor in (first, second):
            await floor.quote("10.00", "10.02")
        one = await first.service.place("DEMO", pre_order("buy", 10, "9.00", name="a"))
        two = await second.service.place("DEMO", pre_order("buy", 10, "9.00", name="b"))
        assert (one.offset, two.offset) == (2, 3)
        assert [data.client_order_id for _, data in await listener.next(2)] == ["a", "b"]
        with pytest.raises(OrderRefusal, match="already names order=O3"):
            await first.service.place("DEMO", pre_order("buy", 10, "9.00", name="b"))


async def test_a_stopped_service_listens_no_more(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("10.00", "10.02")
    assert not floor.datafeed.followed
    assert [(check.ok, check.detail) for check in floor.service.readiness()] == [
        (False, "the datafeed's ticks or its status do not arrive"),
        (False, "the task that applies ticks has ended"),
    ]
