"""How fresh the data is, as the service, its topics and its metrics say; time is moved by hand."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from trading_api.models.market.quotes import QuotesSubscriptionRequest
from trading_api.models.market.status import FeedStatus, FeedStatusSubscriptionRequest, SymbolState
from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.datafeed.calendars.versions import calendars_version, time_zones_version
from trading_api.modules.datafeed.directory import SymbolDirectory
from trading_api.modules.datafeed.feed_metrics import FeedCollector
from trading_api.modules.datafeed.feed_watch import FeedWatch
from trading_api.modules.datafeed.providers.base import DataKind, Emit, HistoryChanged, Instrument
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.modules.datafeed.service import DatafeedService
from trading_api.modules.datafeed.streams import DatafeedStreams
from trading_api.modules.datafeed.tests.by_hand import EndOfTest, HandClock, HandPacer, HandTimers
from trading_api.modules.datafeed.tests.test_freshness import ms
from trading_api.modules.datafeed.ws_generated import FEED_STATUS, QUOTES
from trading_api.shared.trading_session import TradingSession

MONDAY = ms("2024-12-23T15:00:00")


class Exchange(SimulatedProvider):
    """A live market of New York hours, of which only the test hears anything; it knows what was said last."""

    name = "exchange"
    kind: DataKind = "live"

    def __init__(self, clock: HandClock) -> None:
        super().__init__(1, clock, HandPacer(0))
        self.clock = clock
        self.said: dict[str, Quote] = {}
        self.problems: dict[str, str] = {}
        self.wanted: list[str] = []
        hours = TradingSession("0930-1600", "America/New_York", "20241225", "0930-1300:20241224")
        self._own = [replace(each, session=hours) for each in super().instruments()[:2]]

    def instruments(self) -> list[Instrument]:
        return self._own

    def position(self) -> int:
        return self.clock.now

    def quote(self, ticker: str, until: int) -> Quote | None:
        return self.said.get(ticker)

    def trade(self, ticker: str, until: int) -> Trade | None:
        return None

    def state(self, ticker: str, until: int) -> SymbolState:
        if ticker not in self.wanted:
            return "idle"
        return "failed" if ticker in self.problems else "live"

    def problem(self, ticker: str) -> str | None:
        return self.problems.get(ticker)

    def follow(self, ticker: str) -> None:
        self.wanted.append(ticker)

    def unfollow(self, ticker: str) -> None:
        self.wanted.remove(ticker)

    async def run(self, emit: Emit) -> None:
        await asyncio.Event().wait()


class Room:
    """The exchange's live topics with their watch."""

    def __init__(self, now: int = MONDAY) -> None:
        self.clock = HandClock(now)
        self.exchange = Exchange(self.clock)
        self.timers = HandTimers()
        self.down: str | None = None
        self.watch = FeedWatch(self.exchange, self.clock.now_ms, lambda: self.down)
        directory = SymbolDirectory(self.exchange.instruments())
        self.first, self.second = (each.ticker for each in self.exchange.instruments())
        self.streams = DatafeedStreams(
            self.exchange, lambda: directory, self.clock.now_ms, self.timers, self.watch
        )
        self.statuses: list[FeedStatus] = []
        self.quotes: list[Any] = []
        self.feed_status = FEED_STATUS.topic(FeedStatusSubscriptionRequest())

    async def open(self, *symbols: str) -> None:
        await self.streams.create_topic(self.feed_status, self._told)
        for symbol in symbols:
            topic = QUOTES.topic(QuotesSubscriptionRequest(symbol=symbol))
            await self.streams.create_topic(topic, self._quoted)
        self.pass_time(1)
        self.statuses.clear()

    def _told(self, update: Any) -> None:
        self.statuses.append(update.data)

    def _quoted(self, update: Any) -> None:
        self.quotes.append(update.data)

    async def close(self, symbol: str) -> None:
        await self.streams.remove_topic(QUOTES.topic(QuotesSubscriptionRequest(symbol=symbol)))

    def say(self, symbol: str, late: int = 5) -> None:
        """A quote of `late` ms ago comes in now."""
        now = self.clock.now
        self.exchange.said[symbol] = Quote(symbol, now - late, Decimal(10), Decimal(11), received=now)
        self.streams.tick(self.exchange.said[symbol])

    def pass_time(self, seconds: float) -> None:
        """Nothing comes for so long; the watch looks once a second."""
        for _ in range(int(seconds)):
            self.clock.now += 1000
            self.watch.look()
            self.timers.pass_time(1)

    def state(self, symbol: str) -> str:
        status = self.watch.status(self.watch.followed)
        return next(each.status for each in status.symbols if each.symbol == symbol)


async def test_a_symbol_becomes_stale_by_itself_and_is_well_at_once_when_it_speaks() -> None:
    room = Room()
    await room.open(room.first)
    room.say(room.first)
    room.timers.pass_time(1)
    assert [each.status for status in room.statuses for each in status.symbols] == ["live"]
    room.statuses.clear()
    room.pass_time(30)
    assert room.statuses == []
    room.pass_time(1)
    (status,) = room.statuses
    (symbol,) = status.symbols
    assert (symbol.symbol, symbol.status, symbol.stale_after_ms) == (room.first, "stale", 30_000)
    assert (symbol.last_event_time, symbol.last_receipt_time) == (
        room.clock.now - 31_005,
        room.clock.now - 31_000,
    )
    assert room.quotes[-1].v.stale is True
    assert room.quotes[-1].v.market_status == "open"
    room.say(room.first)
    room.timers.pass_time(0.25)
    assert [each.status for each in room.statuses[-1].symbols] == ["live"]
    room.timers.pass_time(1)
    values = room.quotes[-1].v
    assert (values.stale, values.time, values.received_time) == (None, room.clock.now - 5, room.clock.now)


async def test_it_says_so_only_when_something_changes() -> None:
    room = Room()
    await room.open(room.first)
    for _ in range(100):
        room.say(room.first)
        room.pass_time(1)
    assert len(room.statuses) == 1  # that it has begun to speak


async def test_the_end_of_the_session_the_weekend_and_the_opening_are_told_and_none_is_stale() -> None:
    room = Room(ms("2024-12-24T17:59:50"))  # a half day, before Christmas
    await room.open(room.first)
    room.say(room.first)
    room.pass_time(20)
    assert [each.status for status in room.statuses for each in status.symbols] == ["live", "closed"]
    assert room.quotes[-1].v.market_status == "closed"
    for moment in ("2024-12-24T20:00:00", "2024-12-25T15:00:00", "2024-12-26T14:29:59"):
        room.clock.now = ms(moment)
        room.watch.look()
        assert room.state(room.first) == "closed"
    assert len(room.statuses) == 2
    room.pass_time(1)
    assert room.state(room.first) == "waiting"
    room.pass_time(31)
    assert room.state(room.first) == "stale"
    assert [status.symbols[0].status for status in room.statuses[2:]] == ["waiting", "stale"]


async def test_one_symbol_s_trouble_is_its_own_and_the_feed_s_is_everybody_s() -> None:
    room = Room()
    await room.open(room.first, room.second)
    room.say(room.first)
    room.say(room.second)
    room.exchange.problems[room.first] = "the exchange refuses it: 429"
    room.pass_time(1)
    first, second = room.statuses[-1].symbols
    assert (first.status, first.problem) == ("failed", "the exchange refuses it: 429")
    assert (second.status, second.problem) == ("live", None)
    del room.exchange.problems[room.first]
    room.down = "the exchange provider has stopped"
    room.pass_time(1)
    assert room.statuses[-1].problem == room.down
    assert [each.status for each in room.statuses[-1].symbols] == ["live", "live"]


async def test_only_what_somebody_wants_is_followed_and_told() -> None:
    room = Room()
    await room.open(room.first, room.second)
    assert room.exchange.wanted == [room.first, room.second]
    await room.close(room.first)
    assert room.exchange.wanted == [room.second]
    room.pass_time(1)
    assert [each.symbol for each in room.statuses[-1].symbols] == [room.second]
    whole = room.watch.status(room.exchange.instruments())
    assert [each.status for each in whole.symbols] == ["idle", "waiting"]
    assert (whole.calendars, whole.time_zones) == (calendars_version(), time_zones_version())


async def test_an_old_quote_of_a_symbol_that_nobody_follows_is_stale() -> None:
    room = Room()
    room.say(room.first)
    room.clock.now += 31_000
    standing = room.watch.standing(room.exchange.instruments()[0])
    assert (standing.state, standing.stale) == ("idle", True)


async def test_after_a_jump_of_the_market_s_time_history_says_when_it_spoke_last() -> None:
    room = Room()
    await room.open(room.first)
    room.say(room.first)
    room.clock.now = ms("2024-12-20T15:00:00")
    room.exchange.said[room.first] = Quote(room.first, room.clock.now - 10_000, Decimal(9), Decimal(10))
    room.streams.history_changed(HistoryChanged())
    assert room.state(room.first) == "live"
    room.pass_time(21)
    assert room.state(room.first) == "waiting"
    room.pass_time(10)
    assert room.state(room.first) == "stale"


async def test_the_snapshot_is_whole_and_takes_no_news_from_those_who_listen() -> None:
    room = Room()
    await room.open(room.first)
    room.say(room.first)
    snapshot = await room.streams.snapshot(room.feed_status, None)
    assert isinstance(snapshot.data[0], FeedStatus)
    assert [each.status for each in snapshot.data[0].symbols] == ["live"]
    room.timers.pass_time(1)
    assert [each.status for each in room.statuses[-1].symbols] == ["live"]
    await room.streams.remove_topic(room.feed_status)
    room.pass_time(60)
    assert len(room.statuses) == 1


async def test_the_metrics_count_symbols_by_state_and_tell_their_silence() -> None:
    room = Room()
    await room.open(room.first, room.second)
    room.say(room.first)
    room.pass_time(31)
    registry = CollectorRegistry()
    registry.register(FeedCollector(room.watch))
    text = generate_latest(registry).decode()
    assert 'trading_feed_up{provider="exchange"} 1.0' in text
    assert 'trading_feed_symbols{provider="exchange",state="stale"} 2.0' in text
    assert f'trading_feed_silence_seconds{{provider="exchange",symbol="{room.first}"}} 31.0' in text
    assert f'symbol="{room.second}"' not in text  # of which nothing has ever come


class OneLook(HandPacer):
    """Lets `seconds` pass once the test says so, is looked at once, and waits for ever."""

    def __init__(self, clock: HandClock, seconds: int) -> None:
        super().__init__(0)
        self.go, self.looked = asyncio.Event(), asyncio.Event()
        self._hand, self._seconds = clock, seconds

    async def wait(self, seconds: float) -> None:
        await self.go.wait()
        if self.elapsed:
            self.looked.set()
            await asyncio.Event().wait()
        self.elapsed = self._seconds
        self._hand.now += self._seconds * 1000


async def test_a_silent_symbol_leaves_the_server_ready_and_names_itself() -> None:
    clock = HandClock(MONDAY)
    exchange, pacer = Exchange(clock), OneLook(clock, 31)
    service = DatafeedService(exchange, clock, asyncio.Event(), pacer=pacer)
    ticker = exchange.instruments()[0].ticker
    async with service.running():
        topic = QUOTES.topic(QuotesSubscriptionRequest(symbol=ticker))
        await service.streams.create_topic(topic, lambda update: None)
        pacer.go.set()
        await pacer.looked.wait()
        checks = {check.name: check for check in service.readiness()}
    assert checks["market-data-exchange"].ok
    freshness = checks["market-data-freshness"]
    assert (freshness.ok, freshness.detail) == (True, f"silent for too long: {ticker}")


async def test_a_watch_that_has_ended_is_seen() -> None:
    clock = HandClock(MONDAY)
    service = DatafeedService(Exchange(clock), clock, asyncio.Event(), pacer=HandPacer(0))
    async with service.running():
        await asyncio.sleep(0)
        checks = {check.name: check for check in service.readiness()}
    assert not checks["market-data-freshness"].ok


def test_what_the_clock_brings_is_told_without_waiting_for_the_next_look() -> None:
    """A replay's market time runs faster than the watch looks."""
    room = Room()
    room.watch.follow(room.exchange.instruments()[0])
    room.clock.now += 31_000
    room.streams.clock_moved(ClockMoved(room.clock.now))
    assert room.state(room.first) == "stale"


def test_the_end_of_time_by_hand_ends_the_run() -> None:
    room = Room()
    with pytest.raises(EndOfTest):
        asyncio.run(room.watch.run(HandPacer(3, room.clock)))
    assert room.clock.now == MONDAY + 3_000
