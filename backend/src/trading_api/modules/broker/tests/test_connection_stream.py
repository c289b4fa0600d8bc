"""The topic `broker-connection`, and what a reset does to those who listen."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from trading_api.models.broker.accounts import AccountReset, TradingState, TradingStateChange
from trading_api.models.broker.connection import BrokerConnectionStatus
from trading_api.modules.broker.tests.service_cases import (
    Floor,
    Listener,
    SmallDatafeed,
    Socket,
    pre_order,
    topic,
    trading_floor,
)
from trading_api.shared.ws.topics import EpochEnded


@pytest.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    async with trading_floor(tmp_path) as running:
        await running.quote("10.00", "10.02")
        yield running


async def heard(listener: Listener) -> BrokerConnectionStatus:
    """The next state that was published."""
    ((_, status),) = await listener.next()
    assert isinstance(status, BrokerConnectionStatus)
    return status


async def test_the_state_says_what_the_account_may_do(floor: Floor) -> None:
    (status,) = (await floor.snapshot("broker-connection")).data
    assert isinstance(status, BrokerConnectionStatus)
    assert (status.status, status.trading_state, status.message) == ("connected", "active", None)
    listener = await floor.listen("broker-connection")
    await floor.service.set_trading_state("DEMO", TradingStateChange(trading_state=TradingState.HALTED))
    assert (await heard(listener)).trading_state == "halted"
    assert listener.pending() == []


async def test_a_market_that_is_lost_and_found_is_told(tmp_path: Path) -> None:
    datafeed = SmallDatafeed()
    async with trading_floor(tmp_path, datafeed) as floor:
        await floor.quote("10.00", "10.02")
        listener = await floor.listen("broker-connection")
        await datafeed.vanish()
        lost = await heard(listener)
        assert (lost.status, lost.message is None) == ("disconnected", False)
        datafeed.down = datafeed.gone = False
        assert (await heard(listener)).status == "connected"


async def test_nobody_is_told_after_leaving(floor: Floor) -> None:
    listener = await floor.listen("broker-connection")
    await floor.service.topics.remove_topic(topic("broker-connection"))
    await floor.service.set_trading_state("DEMO", TradingStateChange(trading_state=TradingState.HALTED))
    assert listener.pending() == []


async def test_a_reset_ends_the_epoch_of_journal_topics(floor: Floor) -> None:
    await floor.service.place("DEMO", pre_order("buy", 10))
    ended: list[Any] = []
    for route in ("orders", "positions", "executions"):
        await floor.service.topics.create_topic(topic(route), ended.append)
    worth = await floor.listen("equity")
    state = await floor.listen("broker-connection")
    before = (await floor.service.account("DEMO")).epoch
    await floor.service.reset_account("DEMO", AccountReset())
    assert [type(item) for item in ended] == [EpochEnded] * 3
    assert (await heard(state)).epoch != before
    values = [data for _, data in await worth.next()]
    assert values[-1].equity == 100_000


async def test_a_client_is_sent_away_at_a_reset_and_gets_the_new_state(floor: Floor) -> None:
    await floor.service.place("DEMO", pre_order("buy", 10))
    socket = Socket(floor)
    reply = (await socket.subscribe("orders"))["payload"]
    assert len(reply["snapshot"]) == 1
    await floor.service.reset_account("DEMO", AccountReset())
    assert await socket.close_code() == 4402
    again = Socket(floor, socket.application)
    recover = {"epoch": reply["epoch"], "offset": reply["offset"]}
    told = (await again.subscribe("orders", {"recover": recover}))["payload"]
    assert (told["recovered"], told["snapshot"], told["epoch"] == reply["epoch"]) == (False, [], False)
    await floor.service.place("DEMO", pre_order("buy", 10, "9.00"))
    update = (await again.receive())["payload"]
    assert (update["offset"], update["prev"]) == (2, told["offset"])
    await again.close()
