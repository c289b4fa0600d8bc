"""What the others notice when one client in ten stops reading."""

import asyncio
import statistics
from dataclasses import dataclass

from benchmarks.streaming import latency
from benchmarks.streaming.client import LoadConnection
from benchmarks.streaming.control import Mode
from benchmarks.streaming.cores import no_collection
from benchmarks.streaming.crowd import Crowd, open_connection, spread
from benchmarks.streaming.latency import Delays
from benchmarks.streaming.server_process import Contender, ServerProcess, running
from benchmarks.streaming.throughput import SPARSE, Scene

ONE_SLOW_IN = 10
SEND_BUFFER, RECEIVE_BUFFER = 32 * 1024, 4 * 1024
"""So small that the kernel does not read on behalf of the slow for the length of a measurement."""
SETTLE_SECONDS, LONGEST_SETTLE_SECONDS = 2.0, 20.0
BUFFERED_BYTES = 4 * (SEND_BUFFER + RECEIVE_BUFFER)
"""More than the kernel takes before the server notices that a client does not read."""
UPDATE_BYTES = 190


@dataclass(frozen=True)
class Neighbourhood:
    """Delays of those who read, before and while the others do not."""

    before: Delays
    during: Delays
    slow: int
    slow_closed: int
    """How many of the slow were closed by the server."""
    left_out: float
    """Share of the updates that the slow never got; 0 without closing means that the server kept them all."""

    @property
    def moved(self) -> float:
        """By which share their p99 has risen."""
        return self.during.p99 / self.before.p99 - 1


async def with_slow_clients(
    contender: Contender, deliveries_a_second: float, seconds: float, scene: Scene = SPARSE
) -> Neighbourhood:
    """Measure at that rate, stop reading on one client in ten, and measure again."""
    with running(contender, scene.topics, send_buffer=SEND_BUFFER) as server:
        readers: list[LoadConnection] = []
        slow: list[LoadConnection] = []
        for number, requests in enumerate(spread(scene.clients, scene.topics, scene.each)):
            is_slow = number % ONE_SLOW_IN == 0
            connection = await open_connection(server, requests, RECEIVE_BUFFER if is_slow else None)
            (slow if is_slow else readers).append(connection)
        await asyncio.gather(*(connection.ready for connection in (*readers, *slow)))
        crowd = Crowd(server.control, readers)
        try:
            latency.start(server, deliveries_a_second, scene)
            await asyncio.sleep(SETTLE_SECONDS)
            probes = readers[:: latency.ONE_PROBE_IN]
            with no_collection():
                before = await latency.hear(server, crowd, probes, seconds)
                for connection in slow:
                    connection.transport.pause_reading()
                await asyncio.sleep(_until_noticed(deliveries_a_second / scene.clients))
                during = await latency.hear(server, crowd, probes, seconds)
            await _read_on(server, slow)
        finally:
            crowd.close()
            for connection in slow:
                connection.transport.abort()
    closed = sum(connection.gone is not None for connection in slow)
    left_out = max(0.0, 1 - _updates(slow) / _updates(readers))
    return Neighbourhood(before, during, len(slow), closed, left_out)


def _until_noticed(updates_a_second: float) -> float:
    """Seconds until what a client does not read waits in the server."""
    seconds = BUFFERED_BYTES / UPDATE_BYTES / max(1, updates_a_second)
    return min(max(seconds, SETTLE_SECONDS), LONGEST_SETTLE_SECONDS)


async def _read_on(server: ServerProcess, slow: list[LoadConnection]) -> None:
    """Stop publishing, and let the slow have what still waits for them."""
    server.control.mode = Mode.IDLE
    for connection in slow:
        if connection.gone is None:
            connection.transport.resume_reading()
    await asyncio.sleep(SETTLE_SECONDS)


def _updates(connections: list[LoadConnection]) -> float:
    return statistics.fmean(connection.reader.updates for connection in connections)
