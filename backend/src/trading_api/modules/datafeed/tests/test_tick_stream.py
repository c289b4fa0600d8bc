"""The topic `ticks`: what the provider emits is what flows, in order, after a snapshot of what is."""

import asyncio
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from trading_api.models.common import NEWER_SERVER
from trading_api.models.market.ticks import (
    ClockMoved,
    Depth,
    MarketTick,
    Quote,
    TicksSubscriptionRequest,
    Trade,
)
from trading_api.modules.datafeed.directory import SymbolDirectory
from trading_api.modules.datafeed.errors import SymbolUnknown
from trading_api.modules.datafeed.providers.base import Message
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.modules.datafeed.streams import DatafeedStreams
from trading_api.modules.datafeed.tests.asked import timed
from trading_api.modules.datafeed.tests.by_hand import EndOfTest, HandClock, HandPacer
from trading_api.modules.datafeed.tests.small_market import FRIDAY, Played, write_small_market
from trading_api.modules.datafeed.ws_generated import TICKS
from trading_api.shared.ws.topics import Snapshot

NOON = 1_795_262_400_000

times = st.integers(0, 2**53)
amounts = st.decimals(-(10**9), 10**9, allow_nan=False, places=6)
sizes = st.none() | amounts
ticks = (
    st.builds(Quote, st.text(min_size=1), times, amounts, amounts, sizes, sizes)
    | st.builds(Trade, st.text(min_size=1), times, amounts, amounts)
    | st.builds(ClockMoved, times)
)


class Followed:
    """A topic `ticks` on a market, and what it has published."""

    def __init__(self, provider: Any, now: Any, symbols: list[str] | None = None) -> None:
        self.topic = TICKS.topic(TicksSubscriptionRequest(symbols=symbols))
        self.heard: list[Quote | Trade | Depth | ClockMoved | None] = []
        directory = SymbolDirectory(provider.instruments())
        self.streams = DatafeedStreams(provider, lambda: directory, now)

    async def open(self) -> None:
        await self.streams.create_topic(self.topic, self._hear)

    def emit(self, emitted: Message) -> None:
        message = timed(emitted)
        if isinstance(message, ClockMoved):
            self.streams.clock_moved(message)
        else:
            self.streams.tick(message)

    async def snapshot(self) -> list[Quote | Trade | Depth | ClockMoved | None]:
        return ticks_of(await self.streams.snapshot(self.topic, None))

    def _hear(self, update: Any) -> None:
        assert isinstance(update.data, MarketTick)
        assert update.offset is None
        self.heard.append(update.data.tick())


def ticks_of(snapshot: Snapshot) -> list[Quote | Trade | Depth | ClockMoved | None]:
    return [item.tick() for item in snapshot.data if isinstance(item, MarketTick)]


@given(ticks)
def test_a_tick_survives_the_wire(tick: Quote | Trade | ClockMoved) -> None:
    wire = MarketTick.model_validate(MarketTick.of(tick).to_wire())
    assert wire.tick() == tick


@pytest.mark.parametrize(
    "wire",
    [
        {"kind": "quote", "time": 1, "symbol": "SPY", "bid": 1},
        {"kind": "quote", "time": 1, "bid": 1, "ask": 2},
        {"kind": "trade", "time": 1, "symbol": "SPY", "price": 1},
        {"kind": "clock"},
    ],
)
def test_half_a_tick_is_none(wire: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        MarketTick.model_validate(wire)


def test_a_kind_of_a_newer_server_says_nothing() -> None:
    wire = {"kind": "halt", "time": 1, "symbol": "SPY", "bid": 1, "ask": 2}
    assert MarketTick.model_validate(wire, context=NEWER_SERVER).tick() is None


async def test_every_tick_flows_in_order(tmp_path: Path) -> None:
    played = Played(write_small_market(tmp_path), seconds=600, speed=1000)
    followed = Followed(played.provider, played.clock.now_ms)
    await followed.open()
    emitted: list[Quote | Trade | ClockMoved] = []

    def emit(message: Message) -> None:
        emitted.append(timed(message))
        followed.emit(message)

    with pytest.raises(EndOfTest):
        await played.provider.run(emit)
    assert {type(message) for message in emitted} == {Quote, Trade, ClockMoved}
    assert followed.heard == emitted
    quotes = {message.symbol: message for message in emitted if isinstance(message, Quote)}
    trades = {message.symbol: message for message in emitted if isinstance(message, Trade)}
    now = ClockMoved(played.clock.now_ms())
    assert await followed.snapshot() == [now, *quotes.values(), *trades.values()]


async def test_before_the_first_tick_there_is_a_time_and_no_quote(tmp_path: Path) -> None:
    played = Played(write_small_market(tmp_path))
    followed = Followed(played.provider, played.clock.now_ms)
    await followed.open()
    assert await followed.snapshot() == [ClockMoved(FRIDAY)]


async def test_only_what_is_wanted_flows_and_the_clock_with_it() -> None:
    provider = SimulatedProvider(1, HandClock(NOON), HandPacer(0))
    followed = Followed(provider, provider.position, ["sim:alfa", "ALFA", "EURUSD", "INDX"])
    await followed.open()
    quotes = [provider.quote(name, NOON) for name in ("ALFA", "EURUSD")]
    trades = [provider.trade(name, NOON) for name in ("ALFA", "INDX")]
    assert await followed.snapshot() == [ClockMoved(NOON), *quotes, *trades]
    wanted = Trade("ALFA", NOON + 1, Decimal(1), Decimal(2))
    for message in (wanted, Trade("GIGA", NOON + 1, Decimal(1), Decimal(2)), ClockMoved(NOON + 1)):
        followed.emit(message)
    assert followed.heard == [wanted, ClockMoved(NOON + 1)]


async def test_an_unknown_symbol_is_refused_and_leaves_nothing() -> None:
    provider = SimulatedProvider(1, HandClock(NOON), HandPacer(0))
    followed = Followed(provider, provider.position, ["ALFA", "NOPE"])
    with pytest.raises(SymbolUnknown) as caught:
        await followed.open()
    assert [problem.field for problem in caught.value.fields] == ["symbols"]
    followed.emit(Trade("ALFA", NOON + 1, Decimal(1), Decimal(2)))
    assert followed.heard == []


async def test_a_removed_topic_hears_nothing_more() -> None:
    provider = SimulatedProvider(1, HandClock(NOON), HandPacer(0))
    followed = Followed(provider, provider.position)
    await followed.open()
    await followed.streams.remove_topic(followed.topic)
    for message in (Trade("ALFA", NOON + 1, Decimal(1), Decimal(2)), ClockMoved(NOON + 1)):
        followed.emit(message)
    assert followed.heard == []


async def test_following_and_looking_let_no_tick_pass_by() -> None:
    provider = SimulatedProvider(1, HandClock(NOON), HandPacer(0))
    followed = Followed(provider, provider.position)
    tasks = [asyncio.create_task(followed.open()), asyncio.create_task(asyncio.sleep(0))]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    assert tasks[0] in done
    with pytest.raises(StopIteration):
        followed.streams.snapshot(followed.topic, None).send(None)
