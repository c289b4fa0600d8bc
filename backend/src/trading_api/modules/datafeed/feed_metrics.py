"""What the datafeed tells Prometheus: symbols by state, and how long each is silent."""

from collections import Counter
from collections.abc import Iterator, Sequence

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from trading_api.models.market.status import FeedStatus
from trading_api.modules.datafeed.feed_watch import FeedWatch

MOST_SYMBOLS = 1000
"""So many followed symbols have a series of their own, the longest followed ones."""


class FeedCollector(Collector):
    """Reads the state of everything that is followed when it is asked."""

    def __init__(self, watch: FeedWatch) -> None:
        self._watch = watch

    def describe(self) -> Sequence[GaugeMetricFamily]:
        """The families without their values, which do not exist before the market is read."""
        return [_up(), _states(), _silence()]

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Whether the provider runs, its symbols by state, and the seconds since the last event of each."""
        status = self._watch.status(self._watch.followed)
        up, states, silence = _up(), _states(), _silence()
        up.add_metric([status.provider], 0 if status.problem else 1)
        for state, count in sorted(Counter(each.status for each in status.symbols).items()):
            states.add_metric([status.provider, state], count)
        for symbol, seconds in _silences(status):
            silence.add_metric([status.provider, symbol], seconds)
        yield from (up, states, silence)


def _silences(status: FeedStatus) -> Iterator[tuple[str, float]]:
    for each in status.symbols[:MOST_SYMBOLS]:
        if each.last_receipt_time is not None:
            yield each.symbol, max(0, status.time - each.last_receipt_time) / 1000


def _up() -> GaugeMetricFamily:
    return GaugeMetricFamily("trading_feed_up", "Whether the provider runs.", labels=["provider"])


def _states() -> GaugeMetricFamily:
    return GaugeMetricFamily(
        "trading_feed_symbols", "Followed symbols by the state of their data.", labels=["provider", "state"]
    )


def _silence() -> GaugeMetricFamily:
    return GaugeMetricFamily(
        "trading_feed_silence_seconds",
        "Market time since anything came in of a followed symbol.",
        labels=["provider", "symbol"],
    )
