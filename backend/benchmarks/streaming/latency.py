"""How long an update takes from when it is due to a client, at a rate that the server can keep."""

import asyncio
import itertools
import statistics
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.streaming.client import LoadConnection, LoadError
from benchmarks.streaming.control import Mode
from benchmarks.streaming.cores import no_collection
from benchmarks.streaming.crowd import Crowd, connect, spread
from benchmarks.streaming.server_process import BARE, Contender, Disturbance, ServerProcess, running
from benchmarks.streaming.throughput import SPARSE, Scene
from benchmarks.streaming.ticks import Tick, now, update_text

WARM_UP_SECONDS = 1.0
ONE_PROBE_IN = 10
ECHO_PAUSE_SECONDS = 0.001
LEAST_DELAYS = 1000
"""Fewer say nothing about one in a thousand."""


@dataclass(frozen=True)
class Delays:
    """Quantiles in ms."""

    p50: float
    p99: float
    p999: float
    count: int
    kept_rate: float = 1.0
    """Share of the wanted rate that was really published."""
    disturbed: float = 0.0
    """Share of the time in which another process had the core of the server or of the load."""


def quantiles(nanoseconds: Sequence[int], kept_rate: float = 1.0, disturbed: float = 0.0) -> Delays:
    """The quantiles of many delays. Raises LoadError if there are too few."""
    if len(nanoseconds) < LEAST_DELAYS:
        raise LoadError(f"only {len(nanoseconds)} delays were heard")
    cuts = statistics.quantiles(nanoseconds, n=1000)
    p50, p99, p999 = (cuts[place] / 1e6 for place in (499, 989, 998))
    return Delays(p50, p99, p999, len(nanoseconds), kept_rate, disturbed)


async def at_rate(
    contender: Contender, deliveries_a_second: float, seconds: float, scene: Scene = SPARSE
) -> Delays:
    """Delays at that rate, heard by one client in ten while all are served."""
    with running(contender, scene.topics) as server:
        crowd = await connect(server, spread(scene.clients, scene.topics, scene.each))
        try:
            start(server, deliveries_a_second, scene)
            await asyncio.sleep(WARM_UP_SECONDS)
            with no_collection():
                return await hear(server, crowd, crowd.connections[::ONE_PROBE_IN], seconds)
        finally:
            crowd.close()


def start(server: ServerProcess, deliveries_a_second: float, scene: Scene) -> None:
    """Let the server publish so many updates that these are the deliveries they make."""
    subscribers = scene.clients * scene.each / scene.topics
    server.control.rate = max(1, int(deliveries_a_second / subscribers))
    server.control.mode = Mode.PACED


async def hear(
    server: ServerProcess, crowd: Crowd, probes: Sequence[LoadConnection], seconds: float
) -> Delays:
    """What `probes` hear within `seconds`."""
    published, disturbance = server.control.updates, Disturbance(server)
    heard = [array("q") for _ in probes]
    for probe, delays in zip(probes, heard, strict=True):
        probe.reader.delays = delays
    await asyncio.sleep(seconds)
    for probe in probes:
        probe.reader.delays = None
    published = server.control.updates - published
    crowd.raise_if_lost()
    kept = published / (server.control.rate * seconds)
    return quantiles(list(itertools.chain.from_iterable(heard)), kept, disturbance.share())


async def echo(seconds: float, clients: int = SPARSE.clients) -> Delays:
    """Round trips of the same bytes to a bare protocol, one at a time, over as many connections."""
    with running(BARE, topics=1) as server:
        crowd = await connect(server, [[] for _ in range(clients)])
        try:
            with no_collection():
                disturbance = Disturbance(server)
                trips = await _round_trips(crowd, seconds)
                return quantiles(trips, disturbed=disturbance.share())
        finally:
            crowd.close()


async def _round_trips(crowd: Crowd, seconds: float) -> list[int]:
    trips = []
    came = asyncio.Event()
    for connection in crowd.connections:
        connection.reader.delays = array("q")
        connection.on_round = came.set
    connections = itertools.cycle(crowd.connections)
    until = now() + int(seconds * 1e9)
    for number in itertools.count(1):
        connection = next(connections)
        connection.awaited = number
        came.clear()
        connection.send(update_text(Tick(0, number, now())))
        await came.wait()
        assert connection.reader.delays is not None
        trips.append(connection.reader.delays[-1])
        if now() > until and number > LEAST_DELAYS:
            break
        await asyncio.sleep(ECHO_PAUSE_SECONDS)
    return trips
