"""The broker's topics: snapshots, updates, recovery, and the pace of the equity."""

from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from trading_api.models.market.ticks import Quote
from trading_api.models.streaming import Recover
from trading_api.modules.broker.account_streams import EQUITY_INTERVAL_MS
from trading_api.modules.broker.errors import AccountUnknown
from trading_api.modules.broker.tests.service_cases import (
    Floor,
    SmallDatafeed,
    Socket,
    pre_order,
    symbol_info,
    topic,
    trading_floor,
)
from trading_api.shared.ws.topics import Snapshot

JOURNAL_ROUTES = ("orders", "positions", "executions")


@pytest.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    async with trading_floor(tmp_path) as running:
        await running.quote("10.00", "10.02")
        await running.quote("20.00", "20.02", symbol="BBB")
        yield running


async def trade(floor: Floor) -> None:
    """A round trip in AAA, a purchase in BBB, a working and a canceled order."""
    place = floor.service.place
    await place("DEMO", pre_order("buy", 10))
    await place("DEMO", pre_order("sell", 10))
    await place("DEMO", pre_order("buy", 5, symbol="BBB"))
    await place("DEMO", pre_order("buy", 5, "9.00"))
    gone = await place("DEMO", pre_order("buy", 5, "8.00"))
    await floor.service.cancel("DEMO", gone.value.order.id)


def statuses(snapshot: Snapshot) -> list[Any]:
    """Status of each order of a snapshot."""
    return [getattr(item, "status", None) for item in snapshot.data]


async def test_snapshots_show_what_is_open_and_what_ended_today(floor: Floor) -> None:
    await trade(floor)
    orders = await floor.snapshot("orders")
    assert statuses(orders) == ["filled", "filled", "filled", "working", "canceled"]
    positions = await floor.snapshot("positions")
    assert [item.symbol for item in positions.data if hasattr(item, "symbol")] == ["BBB"]
    executions = await floor.snapshot("executions")
    assert [item.offset for item in executions.data if hasattr(item, "offset")] == [3, 8, 13]
    assert (orders.offset, positions.offset, executions.offset) == (19, 16, 13)
    assert len({orders.epoch, positions.epoch, executions.epoch}) == 1


async def test_an_empty_journal_topic_begins_at_0(floor: Floor) -> None:
    for route in JOURNAL_ROUTES:
        snapshot = await floor.snapshot(route)
        assert (snapshot.data, snapshot.offset) == ([], 0)


async def test_executions_of_one_symbol(floor: Floor) -> None:
    listener = await floor.listen("executions", symbol="BBB")
    await trade(floor)
    assert [update.data.to_wire()["symbol"] for _, update in listener.pending()] == ["BBB"]
    snapshot = await floor.snapshot("executions", symbol="BBB")
    assert ([item.to_wire()["symbol"] for item in snapshot.data], snapshot.offset) == (["BBB"], 13)


async def test_updates_follow_the_snapshot_with_journal_offsets(floor: Floor) -> None:
    listener = await floor.listen("orders")
    assert (await floor.snapshot("orders")).offset == 0
    await trade(floor)
    heard = [update for _, update in listener.pending()]
    assert [update.offset for update in heard] == [2, 4, 7, 9, 12, 14, 17, 18, 19]
    assert [update.offset for update in heard] == [update.data.to_wire()["offset"] for update in heard]
    assert (await floor.snapshot("orders")).offset == 19


async def test_a_closed_position_is_sent_once_with_quantity_0(floor: Floor) -> None:
    listener = await floor.listen("positions")
    await trade(floor)
    sent = [update.data.to_wire() for _, update in listener.pending()]
    assert [(item["symbol"], item["qty"]) for item in sent] == [("AAA", 10), ("AAA", 0), ("BBB", 5)]


@pytest.mark.parametrize("route", JOURNAL_ROUTES)
async def test_recovery_gives_exactly_what_was_missed_from_any_offset(floor: Floor, route: str) -> None:
    listener = await floor.listen(route)
    await trade(floor)
    heard = [update for _, update in listener.pending()]
    epoch = (await floor.snapshot(route)).epoch
    assert epoch is not None
    for offset in range(20):
        found = await floor.service.topics.snapshot(topic(route), Recover(epoch=epoch, offset=offset))
        later = [update for update in heard if update.offset is not None and update.offset > offset]
        assert found.missed == later
        assert (found.data, found.epoch) == ([], epoch)
        assert found.offset == (later[-1].offset if later else offset)


async def test_recovery_works_after_a_restart(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("10.00", "10.02")
        await floor.service.place("DEMO", pre_order("buy", 10))
        epoch = (await floor.snapshot("orders")).epoch
    assert epoch is not None
    async with trading_floor(tmp_path) as floor:
        found = await floor.service.topics.snapshot(topic("orders"), Recover(epoch=epoch, offset=2))
        assert [update.offset for update in found.missed or ()] == [4]


@pytest.mark.parametrize(("epoch", "offset"), [("another", 2), (None, 10_000), (None, -1)])
async def test_a_recovery_that_is_not_of_this_journal_gets_the_snapshot(
    floor: Floor, epoch: str | None, offset: int
) -> None:
    await trade(floor)
    plain = await floor.snapshot("orders")
    assert plain.epoch is not None
    recover = Recover(epoch=epoch or plain.epoch, offset=offset)
    assert await floor.service.topics.snapshot(topic("orders"), recover) == plain


async def test_unknown_accounts_have_no_topics(floor: Floor) -> None:
    for route in (*JOURNAL_ROUTES, "equity"):
        strange = topic(route, account_id="OTHER")
        with pytest.raises(AccountUnknown):
            await floor.service.topics.create_topic(strange, lambda _: None)
        with pytest.raises(AccountUnknown):
            await floor.service.topics.snapshot(strange, None)


async def test_a_removed_topic_hears_no_more(floor: Floor) -> None:
    listener = await floor.listen("orders", "equity")
    for route in ("orders", "equity"):
        await floor.service.topics.remove_topic(topic(route))
        await floor.service.topics.remove_topic(topic(route))
    await trade(floor)
    assert listener.pending() == []


async def test_the_equity_follows_prices_at_its_pace_and_ends_on_the_last(floor: Floor) -> None:
    await floor.service.place("DEMO", pre_order("buy", 100))
    listener = await floor.listen("equity")
    await floor.quote("10.50", "10.52", after=EQUITY_INTERVAL_MS)
    ((_, first),) = await listener.next()
    assert first.unrealized_pl == Decimal(48)
    await floor.quote("10.60", "10.62")
    await floor.quote("10.70", "10.72")
    await floor.settle()
    assert listener.pending() == []
    await floor.pass_time(EQUITY_INTERVAL_MS)
    ((_, second),) = await listener.next()
    assert (second.unrealized_pl, second.time) == (Decimal(68), floor.clock.now_ms())
    await floor.pass_time(EQUITY_INTERVAL_MS)
    await floor.settle()
    await floor.quote("30.00", "30.02", symbol="BBB", after=EQUITY_INTERVAL_MS)
    await floor.settle()
    assert listener.pending() == []


async def test_the_equity_is_sent_when_an_order_reserves_money(floor: Floor) -> None:
    listener = await floor.listen("equity")
    placed = await floor.service.place("DEMO", pre_order("buy", 100, "9.00"))
    await floor.service.cancel("DEMO", placed.value.order.id)
    heard = await listener.next(2)
    assert [data.margin_available for _, data in heard] == [Decimal(99_775), Decimal(100_000)]


async def test_the_equity_snapshot_asks_for_prices_that_no_tick_has_brought(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("10.00", "10.02")
        await floor.service.place("DEMO", pre_order("buy", 100))
    datafeed = SmallDatafeed(down=True)
    async with trading_floor(tmp_path, datafeed) as floor:
        datafeed.down = False
        datafeed.quotes["AAA"] = Quote("AAA", floor.clock.now_ms(), Decimal("11.02"), Decimal("11.04"))
        snapshot = await floor.snapshot("equity")
        assert snapshot.data[0].to_wire()["unrealizedPL"] == 100
        assert (snapshot.offset, snapshot.epoch) == (None, None)


async def test_the_days_orders_leave_the_snapshot_when_the_next_day_opens(tmp_path: Path) -> None:
    datafeed = SmallDatafeed(symbols={"AAA": symbol_info("AAA", "0930-1600")})
    async with trading_floor(tmp_path, datafeed) as floor:
        await floor.quote("10.00", "10.02")
        await floor.service.place("DEMO", pre_order("buy", 1))
        await floor.pass_time(24 * 3_600_000)
        assert statuses(await floor.snapshot("orders")) == ["filled"]
        await floor.pass_time(3 * 24 * 3_600_000)
        assert statuses(await floor.snapshot("orders")) == []
        assert len((await floor.service.history("DEMO", 10, None)).orders) == 1


async def test_a_socket_hears_the_cascade_with_offsets_that_prove_there_is_no_gap(floor: Floor) -> None:
    socket = Socket(floor)
    for route in ("orders", "executions", "positions", "equity"):
        reply = await socket.subscribe(route)
        assert (reply["type"], reply["payload"]["status"]) == (f"{route}.subscribe.response", "ok")
    done = await floor.service.place("DEMO", pre_order("buy", 10))
    heard = [await socket.receive() for _ in range(5)]
    routes = [message["type"].removesuffix(".update") for message in heard]
    assert routes == ["orders", "executions", "orders", "equity", "positions"]
    assert [message["payload"].get("offset") for message in heard] == [2, 3, 4, None, 6]
    assert [message["payload"].get("prev") for message in heard] == [0, 0, 2, None, 0]
    assert heard[2]["payload"]["payload"] == done.value.order.to_wire()
    await socket.close()
