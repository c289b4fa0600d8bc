"""The datafeed's live topics: bars, quotes and ticks, for as long as somebody wants them."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from trading_api.models.common import WireModel
from trading_api.models.market.bars import Adjustment, Bar, BarsSubscriptionRequest
from trading_api.models.market.quotes import (
    DepthSubscriptionRequest,
    QuoteData,
    QuotesSubscriptionRequest,
    TradesSubscriptionRequest,
)
from trading_api.models.market.status import FeedStatusSubscriptionRequest
from trading_api.models.market.ticks import (
    ClockMoved,
    Depth,
    Quote,
    TicksSubscriptionRequest,
    Trade,
)
from trading_api.models.streaming import Recover
from trading_api.modules.datafeed.adjusted_history import AdjustedHistory
from trading_api.modules.datafeed.bars.builder import BarBuilder
from trading_api.modules.datafeed.bars.resolution import DAY, DAY_MS, Resolution
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.depth_stream import BookTerms, LiveDepth
from trading_api.modules.datafeed.directory import SymbolDirectory
from trading_api.modules.datafeed.feed_watch import FeedWatch
from trading_api.modules.datafeed.latest import LatestValue, Timers
from trading_api.modules.datafeed.providers.base import BookChanged, HistoryChanged, Instrument, Provider
from trading_api.modules.datafeed.quotes import QuoteView, quote_data, view_at
from trading_api.modules.datafeed.requests import resolution_of
from trading_api.modules.datafeed.status_stream import LiveFeedStatus
from trading_api.modules.datafeed.tick_stream import LiveTicks
from trading_api.modules.datafeed.trade_stream import LiveTrades
from trading_api.shared.ws.topics import Publish, Snapshot, Topic, TopicUpdate

UPDATE_INTERVAL = 0.1
"""Seconds between two updates of one topic; a chart or a list is not read faster."""

Hear: TypeAlias = Callable[[Quote | Trade], None]


class _Live(Protocol):
    """A topic that somebody wants."""

    @property
    def instruments(self) -> Sequence[Instrument]:
        """Whose ticks it wants."""

    @property
    def hears(self) -> tuple[type, ...]:
        """Which kinds of ticks."""

    def tick(self, tick: Quote | Trade) -> None:
        """A tick of one of its instruments, of a kind that it hears."""

    def clock_moved(self, moved: ClockMoved, new_day: bool) -> None:
        """The market's time has moved, perhaps to another day."""

    def begin_anew(self) -> None:
        """History is another one now; what is known comes from there."""

    def freshness_changed(self) -> None:
        """One of its instruments has become silent, or speaks again."""

    def snapshot(self) -> list[WireModel]:
        """The last value, if there is one."""

    def stop(self) -> None:
        """Nobody wants it any more."""


class _LiveBars:
    """One symbol at one resolution, continuing the bar that history has for the running period."""

    def __init__(
        self,
        history: AdjustedHistory,
        instrument: Instrument,
        resolution: Resolution,
        adjustment: Adjustment | None,
        publish: Publish,
        timers: Timers | None,
    ) -> None:
        self.instruments = (instrument,)
        self.hears: tuple[type, ...] = (Trade,) if instrument.has_trades else (Quote,)
        self._instrument = instrument
        self._publish = publish
        self._history = history
        self._resolution = resolution
        self._adjustment = adjustment
        self._latest = LatestValue(self._send, UPDATE_INTERVAL, timers)
        self._read()

    def tick(self, tick: Quote | Trade) -> None:
        if tick.time >= self._valid_until:
            self.begin_anew()
        if self._stale:
            self._read()
        price = self._instrument.price_of(tick)
        if price is None or tick.time <= self._known_until:
            return
        begun = self._builder.take(tick.time, price, self._instrument.volume_of(tick))
        if begun and self._latest.pending and self._builder.closed is not None:
            # The closed bar's last state must not be lost to the conflation.
            self._publish(TopicUpdate(self._builder.closed))
        self._latest.changed()

    def clock_moved(self, moved: ClockMoved, new_day: bool) -> None:
        """A new day may bring older days into view, of which a week is built too."""
        if new_day and self._resolution.base == DAY:
            self.begin_anew()

    def begin_anew(self) -> None:
        self._stale = True
        self._latest.changed()

    def freshness_changed(self) -> None:
        """A bar says nothing of it."""

    def snapshot(self) -> list[WireModel]:
        current = self._current()
        return [] if current is None else [current]

    def stop(self) -> None:
        self._latest.stop()

    def _read(self) -> None:
        self._stale = False
        instrument = self._instrument
        position = self._history.provider.position()
        self._known_until = newest_price(self._history.provider, instrument)
        self._valid_until = self._history.valid_until(instrument, position)
        current = current_bar(self._history, instrument, self._resolution, self._adjustment)
        self._builder = BarBuilder(instrument.session, self._resolution, current)

    def _current(self) -> Bar | None:
        if self._stale:
            self._read()
        return self._builder.current

    def _send(self) -> None:
        current = self._current()
        if current is not None:
            self._publish(TopicUpdate(current))


class _LiveQuote:
    """The quote of one symbol under the name that was asked for."""

    _stale: bool
    _known_until: int
    _valid_until: float
    _view: QuoteView
    _day: BarBuilder

    def __init__(
        self,
        history: AdjustedHistory,
        watch: FeedWatch,
        instrument: Instrument,
        name: str,
        publish: Publish,
        timers: Timers | None,
    ) -> None:
        self.hears: tuple[type, ...] = (Quote, Trade)
        self.instruments = (instrument,)
        self._instrument = instrument
        self._history = history
        self._watch = watch
        self._name = name
        self._latest = LatestValue(lambda: publish(TopicUpdate(self._value())), UPDATE_INTERVAL, timers)
        self._read()

    def tick(self, tick: Quote | Trade) -> None:
        self._latest.changed()
        self._stale = self._stale or tick.time >= self._valid_until
        if self._stale or tick.time <= self._known_until:
            return  # what is read from history for the next update has this tick in it
        view = self._view
        if isinstance(tick, Quote):
            view.quote = tick
        else:
            view.trade = tick
        price = self._instrument.price_of(tick)
        if price is not None:
            before = view.day
            view.day = self._day.add(tick.time, price, self._instrument.volume_of(tick))
            if before is not None and view.day is not None and view.day.time != before.time:
                view.previous_close = before.close

    def clock_moved(self, moved: ClockMoved, new_day: bool) -> None:
        """A new day may bring older history into view."""
        if new_day:
            self.begin_anew()

    def begin_anew(self) -> None:
        self._stale = True
        self._latest.changed()

    def freshness_changed(self) -> None:
        self._latest.changed()

    def snapshot(self) -> list[WireModel]:
        return [self._value()]

    def stop(self) -> None:
        self._latest.stop()

    def _read(self) -> None:
        self._stale = False
        position = self._history.provider.position()
        self._known_until = newest_price(self._history.provider, self._instrument)
        self._valid_until = self._history.valid_until(self._instrument, position)
        self._view = view_at(self._history, self._instrument, position)
        self._day = BarBuilder(self._instrument.session, DAY, self._view.day)

    def _value(self) -> QuoteData:
        if self._stale:
            self._read()
        standing = self._watch.standing(self._instrument)
        return quote_data(self._name, self._instrument, self._view, standing)


def current_bar(
    history: AdjustedHistory,
    instrument: Instrument,
    resolution: Resolution,
    adjustment: Adjustment | None = None,
) -> Bar | None:
    """The newest bar, which may still be open."""
    until = history.provider.position()
    end = until + 2 * DAY_MS
    window = BarWindow(end, end, count_back=1)
    return next(iter(history.read_bars(instrument, resolution, window, until, adjustment)), None)


def newest_price(provider: Provider, instrument: Instrument) -> int:
    """Time of the newest tick that history has in its bars, those being emitted included; ms UTC.

    That may be before `position()`: what a live exchange says arrives later than it happens.
    """
    until = provider.position()
    last = provider.trade if instrument.has_trades else provider.quote
    found = last(instrument.ticker, until)
    return until if found is None else found.time


class DatafeedStreams:
    """Source of the datafeed's topics. A symbol that no topic wants costs one dictionary look-up."""

    def __init__(
        self,
        provider: Provider,
        directory: Callable[[], SymbolDirectory],
        market_time: Callable[[], int],
        timers: Timers | None = None,
        watch: FeedWatch | None = None,
    ) -> None:
        self._provider = provider
        self.history = AdjustedHistory(provider)
        self._watch = watch or FeedWatch(provider, market_time)
        self._watch.listen(self._freshness_changed)
        self._market_time = market_time
        self._timers = timers
        self._directory = directory
        self._live: dict[str, _Live] = {}
        self._by_ticker: dict[str, list[_Live]] = {}
        self._hearers: dict[type, dict[str, list[Hear]]] = {Quote: {}, Trade: {}}
        self._day = 0

    def tick(self, tick: Quote | Trade | Depth | BookChanged) -> None:
        """Pass a tick on to whoever wants such ticks of its symbol."""
        self._watch.heard(tick)
        if isinstance(tick, Depth | BookChanged):
            for live in self._by_ticker.get(tick.symbol, ()):
                if isinstance(live, LiveDepth | LiveTicks):
                    live.book_changed(tick.symbol)
            return
        for hear in self._hearers[type(tick)].get(tick.symbol, ()):
            hear(tick)

    def clock_moved(self, moved: ClockMoved) -> None:
        """The market's time has moved."""
        self._watch.clock_moved()
        day = moved.time // DAY_MS
        new_day, self._day = day != self._day, day
        for live in self._live.values():
            live.clock_moved(moved, new_day)

    def history_changed(self, changed: HistoryChanged) -> None:
        """What live series began from is no longer so."""
        self._watch.history_changed(changed)
        self.history.forget(changed.symbol)
        followers = self._live.values() if changed.symbol is None else self._by_ticker.get(changed.symbol, ())
        for live in list(followers):
            live.begin_anew()

    async def create_topic(self, topic: Topic, publish: Publish) -> None:
        """Start following; raises SymbolUnknown."""
        request = topic.request
        if isinstance(request, TicksSubscriptionRequest):
            # Without a pause up to the snapshot: no subscriber has to wait while ticks go by.
            wanted, depth = self._wanted(request), request.depth is True
            live: _Live = LiveTicks(self._provider, wanted, self._market_time, publish, depth=depth)
        elif isinstance(request, TradesSubscriptionRequest):
            instrument = self._directory().get(request.symbol)
            live = LiveTrades(self._provider, instrument, request.symbol, publish)
        elif isinstance(request, DepthSubscriptionRequest):
            live = self._live_depth(request, publish)
        elif isinstance(request, FeedStatusSubscriptionRequest):
            live = LiveFeedStatus(self._watch, publish, self._timers)
        else:
            assert isinstance(request, BarsSubscriptionRequest | QuotesSubscriptionRequest)
            live = await self._live_symbol(request, publish)
        self._live[topic.name] = live
        for instrument in live.instruments:
            followers = self._by_ticker.setdefault(instrument.ticker, [])
            followers.append(live)
            self._let_hear(instrument.ticker)
            if len(followers) == 1:
                self._watch.follow(instrument)

    async def remove_topic(self, topic: Topic) -> None:
        """Stop following; nothing of the topic is left."""
        live = self._live.pop(topic.name, None)
        if live is None:
            return
        live.stop()
        for instrument in live.instruments:
            followers = self._by_ticker[instrument.ticker]
            followers.remove(live)
            self._let_hear(instrument.ticker)
            if not followers:
                del self._by_ticker[instrument.ticker]
                self._watch.unfollow(instrument)

    async def snapshot(self, topic: Topic, recover: Recover | None) -> Snapshot:
        """The last value; nothing is replayed on a public stream."""
        live = self._live[topic.name]
        return live.state() if isinstance(live, LiveDepth) else Snapshot(live.snapshot())

    def close(self) -> None:
        """Stop everything."""
        for live in self._live.values():
            live.stop()
        self._live.clear()
        self._by_ticker.clear()
        for hearers in self._hearers.values():
            hearers.clear()

    def _let_hear(self, ticker: str) -> None:
        """What each kind of tick of the symbol is passed on to."""
        for kind, hearers in self._hearers.items():
            wanted: list[Hear] = [live.tick for live in self._by_ticker[ticker] if kind in live.hears]
            hearers[ticker] = wanted
            if not wanted:
                del hearers[ticker]

    def _freshness_changed(self, tickers: Sequence[str]) -> None:
        for live in [live for ticker in tickers for live in self._by_ticker.get(ticker, ())]:
            live.freshness_changed()

    def _live_depth(self, request: DepthSubscriptionRequest, publish: Publish) -> LiveDepth:
        instrument = self._directory().get(request.symbol)
        terms = BookTerms(request.symbol, request.levels, UPDATE_INTERVAL)
        return LiveDepth(self._provider, instrument, terms, publish, self._timers)

    async def _live_symbol(
        self, request: BarsSubscriptionRequest | QuotesSubscriptionRequest, publish: Publish
    ) -> _Live:
        instrument = self._directory().get(request.symbol)
        resolution = (
            resolution_of(request.resolution) if isinstance(request, BarsSubscriptionRequest) else DAY
        )
        # Whatever has to be computed is computed off the loop; what follows reads it without a pause, so
        # that no tick comes between history and the live series.
        await asyncio.to_thread(current_bar, self.history, instrument, resolution)
        if isinstance(request, BarsSubscriptionRequest):
            wanted = request.adjustment
            return _LiveBars(self.history, instrument, resolution, wanted, publish, self._timers)
        return _LiveQuote(self.history, self._watch, instrument, request.symbol, publish, self._timers)

    def _wanted(self, request: TicksSubscriptionRequest) -> Sequence[Instrument]:
        directory = self._directory()
        if request.symbols is None:
            return [each for each in directory.instruments if _matters_to_orders(each)]
        found = {each.ticker: each for each in (directory.get(name, "symbols") for name in request.symbols)}
        return list(found.values())


def _matters_to_orders(instrument: Instrument) -> bool:
    """Whether it can be traded, or tells what a currency is worth."""
    return instrument.info.trading.tradable or instrument.info.type == "forex"
