"""What an application tells Prometheus: its requests, and its streams by module.

Streams are counted by themselves, in plain numbers; they are read only when somebody asks for them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from fastapi.routing import APIRoute
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector
from starlette.types import Scope

from trading_api.shared.ws.application import WsApplication
from trading_api.shared.ws.tally import BOUNDS_SECONDS, Delays

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
NO_MODULE = "app"
"""Module of the requests that belong to none: probes, merged documents, the terminal."""
NO_OPERATION = "other"
UNANSWERED = 500
"""Status of a request that raised before it was answered."""

Family: TypeAlias = CounterMetricFamily | GaugeMetricFamily | HistogramMetricFamily
Rows: TypeAlias = Iterable[tuple[tuple[str, ...], float]]


class Metrics:
    """The metrics of one application; two applications in one process share none."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        """Where all of them are registered."""
        self._streams: dict[str, WsApplication] = {}
        self._modules: dict[str, str] = {}
        labels = ("module", "operation", "status")
        self._requests = Counter(
            "trading_http_requests", "HTTP requests that ended.", labels, registry=self.registry
        )
        self._durations = Histogram(
            "trading_http_request_duration_seconds",
            "Time from a request to the end of its answer.",
            labels[:2],
            registry=self.registry,
        )
        self._counted: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self.registry.register(StreamCollector(self._streams))

    def add_module(self, base_path: str, label: str) -> None:
        """Requests below `base_path` are those of the module."""
        self._modules[base_path] = label

    def add_streams(self, label: str, streams: WsApplication) -> None:
        """Tell of the streams of a module."""
        self._streams[label] = streams

    def text(self) -> bytes:
        """Everything in the text format of Prometheus."""
        return generate_latest(self.registry)

    def count_request(self, scope: Scope, status: int, seconds: float) -> None:
        """Count a request that has ended; `scope` is as routing left it."""
        route = scope.get("route")
        operation = (route.operation_id or route.name) if isinstance(route, APIRoute) else NO_OPERATION
        module = self._modules.get(scope.get("root_path", ""), NO_MODULE)
        labels = (module, operation, status)
        if labels not in self._counted:  # finding a series by its labels takes longer than counting
            counter = self._requests.labels(module, operation, str(status))
            self._counted[labels] = counter, self._durations.labels(module, operation)
        counter, durations = self._counted[labels]
        counter.inc()
        durations.observe(seconds)


class StreamCollector(Collector):
    """Reads the numbers of the streams of all modules when it is asked."""

    def __init__(self, streams: Mapping[str, WsApplication]) -> None:
        self._streams = streams

    def collect(self) -> Iterator[Family]:
        """One family a number; each is labelled with its module."""
        each = self._streams.items()
        yield _gauge("connections", "Connections open now.", ((m, s.connection_count) for m, s in each))
        yield _gauge("topics", "Topics that somebody holds now.", ((m, s.hub.topic_count) for m, s in each))
        yield _gauge(
            "queue_high_water_bytes",
            "Most bytes that ever waited for one client.",
            ((m, s.tally.queue_high_water) for m, s in each),
        )
        yield _counter("opened", "Connections ever.", (((m,), s.tally.opened) for m, s in each))
        yield _counter("updates", "Updates published.", (((m,), s.hub.updates) for m, s in each))
        yield _counter(
            "deliveries",
            "Updates times the subscriptions that were live.",
            (((m,), s.hub.deliveries) for m, s in each),
        )
        yield _counter(
            "written_bytes", "Bytes of frames written.", (((m,), s.tally.written_bytes) for m, s in each)
        )
        yield _counter(
            "conflated",
            "Updates of which a client got a newer one instead.",
            (((m, reason), count) for m, s in each for reason, count in s.tally.conflated.items()),
            "reason",
        )
        yield _counter(
            "closes",
            "Connections that ended, by the server's close code or else the client's.",
            (((m, code), count) for m, s in each for code, count in s.tally.closes.items()),
            "code",
        )
        yield _counter(
            "recoveries",
            "Subscriptions that asked to recover, by what they got.",
            (((m, outcome), count) for m, s in each for outcome, count in s.tally.recoveries.items()),
            "outcome",
        )
        yield _histogram(
            "write_delay_seconds",
            "From an update's publication until it was written to all who keep up; one in 64 is timed.",
            ((m, s.tally.delays) for m, s in each),
        )


def _gauge(name: str, help_text: str, rows: Iterable[tuple[str, float]]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"trading_ws_{name}", help_text, labels=["module"])
    for module, value in rows:
        family.add_metric([module], value)
    return family


def _counter(name: str, help_text: str, rows: Rows, *labels: str) -> CounterMetricFamily:
    family = CounterMetricFamily(f"trading_ws_{name}", help_text, labels=["module", *labels])
    for values, value in rows:
        family.add_metric(values, value)
    return family


def _histogram(name: str, help_text: str, rows: Iterable[tuple[str, Delays]]) -> HistogramMetricFamily:
    family = HistogramMetricFamily(f"trading_ws_{name}", help_text, labels=["module"])
    for module, delays in rows:
        family.add_metric([module], list(_cumulated(delays)), delays.seconds)
    return family


def _cumulated(delays: Delays) -> Iterator[tuple[str, float]]:
    count = 0
    for bound, here in zip([*map(str, BOUNDS_SECONDS), "+Inf"], delays.counts, strict=True):
        count += here
        yield bound, count
