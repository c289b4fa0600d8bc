"""The topic `feed-status`: the state of the feed and of what is followed of it, whenever it changes."""

from collections.abc import Sequence

from trading_api.models.common import WireModel
from trading_api.models.market.status import FeedStatus
from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.datafeed.feed_watch import FeedWatch
from trading_api.modules.datafeed.latest import LatestValue, Timers
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.shared.ws.topics import Publish, TopicUpdate

UPDATE_INTERVAL = 0.25
"""Seconds between two updates, each of which is whole."""


class LiveFeedStatus:
    """Says so at once when a symbol becomes stale, speaks again, opens, closes or fails."""

    instruments: Sequence[Instrument] = ()
    hears: tuple[type, ...] = ()

    def __init__(self, watch: FeedWatch, publish: Publish, timers: Timers | None) -> None:
        self._watch = watch
        self._publish = publish
        self._latest = LatestValue(self._send, UPDATE_INTERVAL, timers)
        self._told = _signature(self._value())
        watch.listen(self._changed)

    def tick(self, tick: Quote | Trade) -> None:
        """It follows no symbol itself."""

    def clock_moved(self, moved: ClockMoved, new_day: bool) -> None:
        """The watch sees to it."""

    def begin_anew(self) -> None:
        """The watch sees to it."""

    def freshness_changed(self) -> None:
        """The watch has told it itself."""

    def snapshot(self) -> list[WireModel]:
        return [self._value()]

    def stop(self) -> None:
        self._latest.stop()
        self._watch.unlisten(self._changed)

    def _changed(self, tickers: Sequence[str]) -> None:
        self._latest.changed()

    def _send(self) -> None:
        value = self._value()
        signature = _signature(value)
        if signature != self._told:
            self._told = signature
            self._publish(TopicUpdate(value))

    def _value(self) -> FeedStatus:
        return self._watch.status_of_followed()


def _signature(status: FeedStatus) -> object:
    """What has to be another for an update; the times are another always."""
    return status.problem, [(each.symbol, each.status, each.problem) for each in status.symbols]
