"""The provider's life under the service, and the live topics."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from trading_api.models.common import RequestModel
from trading_api.models.market.bars import Bar, BarsSubscriptionRequest
from trading_api.models.market.quotes import QuoteData, QuotesSubscriptionRequest
from trading_api.models.market.ticks import (
    ClockMoved,
    MarketTick,
    Quote,
    TicksSubscriptionRequest,
    Trade,
)
from trading_api.models.topics import topic_name
from trading_api.modules.datafeed.adjusted_history import AdjustedHistory
from trading_api.modules.datafeed.bars.resolution import RESOLUTIONS
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.directory import SymbolDirectory
from trading_api.modules.datafeed.errors import SymbolUnknown
from trading_api.modules.datafeed.feed_watch import FeedWatch
from trading_api.modules.datafeed.providers.base import Emit, Message, Provider
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.modules.datafeed.quotes import quote_data, view_at
from trading_api.modules.datafeed.service import DatafeedService
from trading_api.modules.datafeed.streams import DatafeedStreams
from trading_api.modules.datafeed.tests.asked import ask, timed
from trading_api.modules.datafeed.tests.by_hand import EndOfTest, HandClock, HandPacer, HandTimers
from trading_api.modules.datafeed.tests.small_market import (
    FRIDAY,
    MINUTE,
    MONDAY,
    OPEN,
    Played,
    trade_row,
    write_small_market,
    write_zip,
)
from trading_api.shared.errors import Unavailable
from trading_api.shared.ws.topics import Topic

NOON = int(datetime(2026, 11, 20, 12, tzinfo=UTC).timestamp()) * 1000


def topic(route: str, request: RequestModel) -> Topic:
    return Topic(route, request, topic_name(route, request))


def bars_topic(symbol: str, resolution: str) -> Topic:
    return topic("bars", BarsSubscriptionRequest(symbol=symbol, resolution=resolution))


def quotes_topic(symbol: str) -> Topic:
    return topic("quotes", QuotesSubscriptionRequest(symbol=symbol))


class Stage:
    """Live topics on a provider, and what they have published."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.timers = HandTimers()
        self.directory = SymbolDirectory(provider.instruments())
        self.watch = FeedWatch(provider, provider.position)
        self.streams = DatafeedStreams(
            provider, lambda: self.directory, provider.position, self.timers, self.watch
        )
        self.published: dict[str, list[Any]] = {}

    async def open(self, wanted: Topic) -> None:
        updates = self.published.setdefault(wanted.name, [])

        def publish(update: Any) -> None:
            updates.append(update.data)

        await self.streams.create_topic(wanted, publish)

    def emit(self, emitted: Message) -> None:
        message = timed(emitted)
        if isinstance(message, ClockMoved):
            self.streams.clock_moved(message)
        else:
            self.streams.tick(message)
        self.timers.pass_time(0.01)

    async def value(self, wanted: Topic) -> Any:
        return (await self.streams.snapshot(wanted, None)).data[0]


async def test_live_topics_equal_what_is_answered_afterwards() -> None:
    clock = HandClock(NOON - 100_000)
    provider = SimulatedProvider(1, clock, HandPacer(200, clock))
    stage = Stage(provider)
    wanted = [bars_topic(symbol, r) for symbol in ("ALFA", "EURUSD") for r in map(str, RESOLUTIONS)]
    for one in [*wanted, quotes_topic("sim:alfa"), quotes_topic("EURUSD"), quotes_topic("INDX")]:
        await stage.open(one)
    with pytest.raises(EndOfTest):
        await provider.run(stage.emit)
    stage.timers.pass_time(1)
    until = provider.position()
    for one in wanted:
        request = one.request
        assert isinstance(request, BarsSubscriptionRequest)
        last: dict[int, Bar] = {bar.time: bar for bar in stage.published[one.name]}
        assert await stage.value(one) == last[max(last)]
        for bar in last.values():
            assert bar in _history(stage, request.symbol, request.resolution)
    for name in ("sim:alfa", "EURUSD", "INDX"):
        instrument = stage.directory.get(name)
        standing = FeedWatch(provider, provider.position).standing(instrument)
        view = view_at(AdjustedHistory(provider), instrument, until)
        expected = quote_data(name, instrument, view, standing)
        assert expected.n == name
        assert stage.published[quotes_topic(name).name][-1] == expected
        assert await stage.value(quotes_topic(name)) == expected


def _history(stage: Stage, symbol: str, resolution: str) -> list[Bar]:
    until = stage.provider.position()
    instrument = stage.directory.get(symbol)
    return instrument.bars(
        ask(stage.provider, instrument, resolution, BarWindow(until, until, 300), until).bars
    )


async def test_updates_are_bounded_but_the_end_of_a_bar_is_never_lost(tmp_path: Path) -> None:
    played = Played(write_small_market(tmp_path), seconds=600, speed=1000)
    stage = Stage(played.provider)
    wanted = bars_topic("SPY", "1")
    await stage.open(wanted)
    assert (await stage.streams.snapshot(wanted, None)).data == []
    with pytest.raises(EndOfTest):
        await played.provider.run(stage.emit)
    stage.timers.pass_time(1)
    published: list[Bar] = stage.published[wanted.name]
    assert len(published) <= 10
    last = {bar.time: bar for bar in published}
    assert list(last) == [FRIDAY, FRIDAY + MINUTE, FRIDAY + 10 * MINUTE, MONDAY]
    assert [bar.volume for bar in last.values()] == [1_003] * 4
    assert list(last.values()) == _history(stage, "SPY", "1")


async def test_a_quote_closes_with_the_market_and_takes_the_next_days_reference(tmp_path: Path) -> None:
    played = Played(write_small_market(tmp_path), seconds=600, speed=1000)
    stage = Stage(played.provider)
    await stage.open(quotes_topic("SPY"))
    before: QuoteData = await stage.value(quotes_topic("SPY"))
    assert (before.v.lp, before.v.bid, before.v.market_status) == (Decimal(100), None, "closed")
    seen: list[tuple[str | None, Decimal | None]] = []

    def emit(message: Message) -> None:
        stage.emit(message)
        note()

    def note() -> None:
        stage.timers.pass_time(1)
        values = stage.published[quotes_topic("SPY").name][-1].v
        if not seen or seen[-1] != (values.market_status, values.prev_close_price):
            seen.append((values.market_status, values.prev_close_price))

    with pytest.raises(EndOfTest):
        await played.provider.run(emit)
    stage.watch.look()  # the recording has ended
    note()
    assert seen == [
        ("open", Decimal(100)),
        ("closed", Decimal(100)),
        ("open", Decimal(100)),  # quoted, but not yet traded
        ("open", Decimal("101.10")),
        ("closed", Decimal("101.10")),
    ]


async def test_older_days_that_come_into_view_move_the_quote(tmp_path: Path) -> None:
    root = write_small_market(tmp_path)
    write_zip(root / "lean/equity/usa/minute/ibm/20131009_trade.zip", trade_row(OPEN, 5_000))
    played = Played(root, seconds=600, speed=1000, start=MONDAY)
    stage = Stage(played.provider)
    await stage.open(quotes_topic("SPY"))
    with pytest.raises(EndOfTest):
        await played.provider.run(stage.emit)
    stage.timers.pass_time(1)
    values = stage.published[quotes_topic("SPY").name][-1].v
    # Tuesday was not recorded minute by minute, but by Wednesday its daily bar is history.
    assert (values.lp, values.prev_close_price, values.volume) == (
        Decimal(100),
        Decimal("102.10"),
        Decimal(20131008),
    )
    assert (values.bid, values.market_status) == (None, "closed")


async def test_a_tick_that_history_has_counts_once() -> None:
    clock = HandClock(NOON + 500)
    provider = SimulatedProvider(1, clock, HandPacer(0, clock))
    stage = Stage(provider)
    wanted = [bars_topic("ALFA", "1"), quotes_topic("ALFA")]
    for one in wanted:
        await stage.open(one)
    before = [await stage.value(one) for one in wanted]
    known = provider.trade("ALFA", provider.position())
    assert known is not None
    stage.emit(known)
    assert [await stage.value(one) for one in wanted] == before
    stage.emit(Trade("ALFA", known.time + 1_000, known.price, Decimal(7)))
    after = await stage.value(wanted[0])
    assert after.volume == before[0].volume + 7


async def test_a_topic_that_is_removed_leaves_nothing() -> None:
    stage = Stage(SimulatedProvider(1, HandClock(NOON), HandPacer(0)))
    for one in (bars_topic("ALFA", "1"), quotes_topic("ALFA"), quotes_topic("SIM:ALFA")):
        await stage.open(one)
    stage.streams.tick(Trade("ALFA", NOON + 500, Decimal(1), Decimal(1)))
    for one in (bars_topic("ALFA", "1"), quotes_topic("ALFA"), quotes_topic("SIM:ALFA")):
        await stage.streams.remove_topic(one)
        await stage.streams.remove_topic(one)
    stage.streams.tick(Trade("ALFA", NOON + 1_500, Decimal(1), Decimal(1)))
    stage.timers.pass_time(10)
    assert all(updates == [] for updates in stage.published.values())
    with pytest.raises(SymbolUnknown):
        await stage.open(quotes_topic("NOPE"))


class Broken(SimulatedProvider):
    """A market that breaks off after its first tick."""

    async def run(self, emit: Emit) -> None:
        emit(ClockMoved(NOON))
        raise OSError("the line is dead")


@asynccontextmanager
async def running(
    provider: Provider, started: asyncio.Event, hear: Callable[[Quote | Trade | ClockMoved], None]
) -> AsyncIterator[DatafeedService]:
    """A service, every tick of which is heard."""
    service = DatafeedService(provider, HandClock(NOON), started)

    def publish(update: Any) -> None:
        assert isinstance(update.data, MarketTick)
        tick = update.data.tick()
        assert isinstance(tick, Quote | Trade | ClockMoved)
        hear(tick)

    async with service.running():
        await service.streams.create_topic(topic("ticks", TicksSubscriptionRequest()), publish)
        yield service


async def test_nothing_is_played_before_all_modules_are_up_and_nothing_runs_after() -> None:
    started = asyncio.Event()
    heard: list[Quote | Trade | ClockMoved] = []
    clock = HandClock(NOON)
    pacer = HandPacer(5, clock)
    provider = SimulatedProvider(1, clock, pacer)
    async with running(provider, started, heard.append) as service:
        await asyncio.sleep(0)
        assert heard == []
        assert [check.ok for check in service.readiness()] == [True, True]
        played = asyncio.Event()
        pacer.on_wait = lambda: played.set() if heard else None
        started.set()
        await played.wait()
    assert {tick.symbol for tick in heard if isinstance(tick, Trade)} >= {"PENY"}
    count = len(heard)
    await asyncio.sleep(0)
    assert len(heard) == count


async def test_a_provider_that_dies_is_seen(caplog: pytest.LogCaptureFixture) -> None:
    started, moved = asyncio.Event(), asyncio.Event()
    broken = Broken(1, HandClock(NOON), HandPacer(0))
    async with running(broken, started, lambda _: moved.set()) as service:
        for _ in range(10):
            await asyncio.sleep(0)
        assert not moved.is_set()  # not before all modules are up
        started.set()
        await moved.wait()
        await asyncio.sleep(0)
        check, freshness = service.readiness()
        assert freshness.ok
        assert (check.ok, check.name) == (False, "market-data-simulated")
        assert check.detail is not None
        assert "the line is dead" in check.detail
        assert (await service.status()).problem == check.detail
        assert len(await service.quotes(["ALFA"])) == 1


async def test_before_the_data_is_read_everything_is_unavailable() -> None:
    service = DatafeedService(
        SimulatedProvider(1, HandClock(NOON), HandPacer(0)), HandClock(NOON), asyncio.Event()
    )
    with pytest.raises(Unavailable):
        service.resolve("ALFA")
    with pytest.raises(Unavailable):
        await service.quotes(["ALFA"])
    with pytest.raises(Unavailable):
        await service.status()
    with pytest.raises(Unavailable):
        service.replay_state()
    assert [check.ok for check in service.readiness()] == [False, False]
