"""The topics `depth` and `trades`: whoever joins, whenever, has the provider's book after every change."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trading_api.clients.book import BookCopy
from trading_api.clients.stream_feed import Feed
from trading_api.clients.stream_subscription import SnapshotReceived, UpdateReceived
from trading_api.models.market.quotes import (
    DepthSubscriptionRequest,
    DepthUpdate,
    TradeData,
    TradesSubscriptionRequest,
)
from trading_api.models.market.ticks import BookLevel, Trade
from trading_api.models.streaming import Update
from trading_api.modules.datafeed.directory import SymbolDirectory
from trading_api.modules.datafeed.providers.base import Book, BookChanged, HistoryChanged
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.modules.datafeed.streams import DatafeedStreams
from trading_api.modules.datafeed.tests.by_hand import HandClock, HandPacer, HandTimers
from trading_api.modules.datafeed.tests.small_market import Played, write_small_market
from trading_api.modules.datafeed.ws_generated import DEPTH, TRADES
from trading_api.shared.ws.topics import Topic, TopicUpdate

NOON = 1_795_262_400_000


class Booked(SimulatedProvider):
    """A market whose book is what a test says."""

    def __init__(self) -> None:
        super().__init__(1, HandClock(NOON), HandPacer(0))
        self.sides: tuple[dict[int, int], dict[int, int]] = ({}, {})

    def book(self, ticker: str, until: int, levels: int) -> Book | None:
        bids = sorted(((p, s) for p, s in self.sides[0].items() if s), reverse=True)[:levels]
        asks = sorted((p, s) for p, s in self.sides[1].items() if s)[:levels]
        return Book(NOON, _levels(bids), _levels(asks))


def _levels(levels: list[tuple[int, int]]) -> tuple[BookLevel, ...]:
    return tuple(BookLevel(Decimal(price), Decimal(size) / 8) for price, size in levels)


@dataclass
class Listener:
    """A client's copy, fed as the wire feeds it."""

    copy: BookCopy = field(default_factory=BookCopy)
    reached: int = 0

    def begin(self, whole: DepthUpdate) -> None:
        assert self.copy.apply(SnapshotReceived([_over_the_wire(whole)]))
        self.reached = whole.offset

    def hear(self, update: DepthUpdate) -> None:
        assert update.offset == self.reached + 1
        assert self.copy.apply(UpdateReceived(_over_the_wire(update)))
        self.reached = update.offset


def _over_the_wire(update: DepthUpdate) -> DepthUpdate:
    assert [level.price for level in update.bids] == sorted(level.price for level in update.bids)
    return DepthUpdate.model_validate(update.to_wire())


class Stage:
    """The streams of a provider with one topic."""

    def __init__(self, provider: Any, topic: Topic) -> None:
        self.provider, self.topic = provider, topic
        self.timers = HandTimers()
        directory = SymbolDirectory(provider.instruments())
        self.streams = DatafeedStreams(provider, lambda: directory, provider.position, self.timers)
        self.hear: Callable[[Any], None] = lambda update: None

    async def open(self) -> None:
        def publish(update: Any) -> None:
            assert isinstance(update, TopicUpdate)
            self.hear(update.data)

        await self.streams.create_topic(self.topic, publish)

    async def snapshot(self) -> list[Any]:
        return list((await self.streams.snapshot(self.topic, None)).data)


changes = st.lists(
    st.one_of(
        st.tuples(st.sampled_from("ba"), st.integers(1, 40), st.integers(0, 3)),
        st.tuples(st.sampled_from("jtr"), st.just(0), st.just(0)),
    ),
    max_size=80,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=changes, levels=st.none() | st.integers(1, 30))
async def test_a_copy_equals_the_book_after_every_change(
    steps: list[tuple[str, int, int]], levels: int | None
) -> None:
    """b, a: a bid or an ask changes; j: somebody joins; t: time passes; r: the past changes."""
    provider = Booked()
    stage = Stage(provider, DEPTH.topic(DepthSubscriptionRequest(symbol="ALFA", levels=levels)))
    await stage.open()
    listeners: list[Listener] = []

    def hear(update: DepthUpdate) -> None:
        for listener in listeners:
            listener.hear(update)

    stage.hear = hear
    for what, price, size in [*steps, ("j", 0, 0), ("b", 7, 1), ("t", 0, 0)]:
        if what == "j":
            listeners.append(Listener())
            (whole,) = await stage.snapshot()
            listeners[-1].begin(whole)
        elif what == "t":
            stage.timers.pass_time(1)
            book = provider.book("ALFA", NOON, levels or 10_000)
            assert book is not None
            for listener in listeners:
                assert listener.copy.bids() == [(level.price, level.size) for level in book.bids]
                assert listener.copy.asks() == [(level.price, level.size) for level in book.asks]
        elif what == "r":
            stage.streams.history_changed(HistoryChanged())
        else:
            provider.sides["ba".index(what)][price] = size
            stage.streams.tick(BookChanged("ALFA", NOON))


async def test_changes_in_quick_succession_are_told_as_one() -> None:
    provider = Booked()
    stage = Stage(provider, DEPTH.topic(DepthSubscriptionRequest(symbol="ALFA")))
    await stage.open()
    heard: list[DepthUpdate] = []
    stage.hear = heard.append
    for size in (1, 2, 3):
        provider.sides[0][5] = size
        stage.streams.tick(BookChanged("ALFA", NOON))
    stage.timers.pass_time(1)
    stage.streams.tick(BookChanged("ALFA", NOON))
    stage.timers.pass_time(1)
    assert [[(level.price, level.volume) for level in one.bids] for one in heard] == [
        [(Decimal(5), Decimal(3) / 8)]
    ]


async def test_the_best_prices_are_a_book_where_nothing_more_is_known(tmp_path: Path) -> None:
    played = Played(write_small_market(tmp_path), seconds=600, speed=1000)
    stage = Stage(played.provider, DEPTH.topic(DepthSubscriptionRequest(symbol="SPY")))
    await stage.open()
    listener = Listener()
    listener.begin((await stage.snapshot())[0])
    stage.hear = listener.hear
    await played.run()
    for message in played.messages:
        if not hasattr(message, "jumped"):
            stage.streams.tick(message)
    stage.timers.pass_time(1)
    assert listener.copy.bids() == [(Decimal("102.09"), Decimal(300))]
    assert listener.copy.asks() == [(Decimal("102.11"), Decimal(500))]


def asks_again(feed: Feed) -> bool:
    return feed.wants_snapshot


def test_a_client_that_misses_a_change_asks_for_the_book_again() -> None:
    feed = Feed(journal=False, every=True, chained=True, changed=lambda: None)
    feed.put_snapshot([{"offset": 4}], None)
    assert feed.put_update(Update(topic="d", payload={}, offset=5, prev=4))
    assert not feed.put_update(Update(topic="d", payload={}, offset=5, prev=4))
    assert not feed.behind
    assert not feed.put_update(Update(topic="d", payload={}, offset=7, prev=6))
    assert asks_again(feed)
    feed.put_snapshot([{"offset": 7}], None)
    assert feed.put_update(Update(topic="d", payload={}, offset=8, prev=7))
    feed.doubt()
    assert asks_again(feed)


async def test_trades_come_after_the_last_hundred() -> None:
    provider = SimulatedProvider(1, HandClock(NOON), HandPacer(0))
    stage = Stage(provider, TRADES.topic(TradesSubscriptionRequest(symbol="SIM:ALFA")))
    await stage.open()
    before: list[TradeData] = await stage.snapshot()
    assert len(before) == 100
    assert before[-1].symbol == "SIM:ALFA"
    times = [trade.time for trade in before]
    assert times == sorted(times)
    heard: list[TradeData] = []
    stage.hear = heard.append
    new = Trade("ALFA", NOON + 1, Decimal(100), Decimal(3), side="buy")
    stage.streams.tick(new)
    assert [(one.price, one.size, one.side) for one in heard] == [(Decimal(100), Decimal(3), "buy")]
    assert (await stage.snapshot())[-1] == heard[0]
    assert len(await stage.snapshot()) == 100


@pytest.mark.parametrize("levels", [0, 1001])
def test_how_many_levels_may_be_asked_for(levels: int) -> None:
    with pytest.raises(ValueError, match="levels"):
        DepthSubscriptionRequest(symbol="ALFA", levels=levels)
