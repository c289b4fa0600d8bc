"""Saturation: how many deliveries a second a server makes when it publishes as fast as it can."""

import asyncio
import time
from dataclasses import dataclass, replace

from benchmarks.streaming.client import LoadError
from benchmarks.streaming.control import Mode
from benchmarks.streaming.cores import no_collection
from benchmarks.streaming.crowd import Crowd, connect, spread
from benchmarks.streaming.server_process import Contender, Disturbance, ServerProcess, running

WARM_UP_SECONDS, WARM_UP_ROUNDS = 1.0, 4
LEAST_ROUNDS = 6
"""Fewer would count work whose updates come after the measurement, or the reverse."""
MOST_SECONDS = 60.0
POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Scene:
    """Who follows what, and how much is published in one turn of the event loop."""

    clients: int
    topics: int
    each: int
    window: int
    """Rounds that may be under way; a round is one update of every topic."""
    burst: int = 1
    """Rounds that are published in one turn of the event loop."""


SPARSE = Scene(clients=500, topics=500, each=20, window=8)
DENSE = Scene(clients=100, topics=1, each=1, window=200, burst=50)
SINGLE = replace(DENSE, window=64, burst=1)


@dataclass(frozen=True)
class Saturation:
    """What one server did in one measurement."""

    deliveries_a_second: float
    server_microseconds: float
    """Processor time of the server for one delivery."""
    server_busy: float
    load_busy: float
    """Shares of the cores that were used."""
    disturbed: float
    """Share of the time in which another process had the core of the server or of the load."""
    blocked: float
    """Share of the time in which the server waited for the clients."""
    frame_bytes: int
    """Length of one update on the wire, the same for every server."""
    missing: int
    """Updates that were published and never came, or were left out for newer ones."""

    @property
    def bound_by_load(self) -> bool:
        """Whether the load and not the server was measured, so that the server may be faster."""
        return self.blocked > 0.1 and self.load_busy > 0.9


async def saturate(contender: Contender, scene: Scene, seconds: float) -> Saturation:
    """Run the server with that scene, measure it for `seconds`, and account for every update."""
    with running(contender, scene.topics, burst=scene.burst) as server:
        crowd = await connect(server, spread(scene.clients, scene.topics, scene.each))
        try:
            crowd.follow(scene.window)
            server.control.mode = Mode.SATURATE
            await _pass(crowd, server, WARM_UP_SECONDS, WARM_UP_ROUNDS)
            with no_collection():
                measured = await _measure(server, crowd, seconds)
            rounds = await crowd.drain()
            missing = rounds * scene.clients * scene.each - crowd.updates
        finally:
            crowd.close()
    return replace(measured, missing=missing)


async def _measure(server: ServerProcess, crowd: Crowd, seconds: float) -> Saturation:
    blocked = server.control.blocked
    updates, cpu, disturbance = crowd.updates, server.cpu_seconds(), Disturbance(server)
    begun, load = time.perf_counter(), time.process_time()
    await _pass(crowd, server, seconds, LEAST_ROUNDS)
    wall, load = time.perf_counter() - begun, time.process_time() - load
    updates, cpu = crowd.updates - updates, server.cpu_seconds() - cpu
    frame_bytes = crowd.counted[0].reader.update_bytes
    return Saturation(
        updates / wall,
        cpu / max(1, updates) * 1e6,
        cpu / wall,
        load / wall,
        disturbance.share(),
        (server.control.blocked - blocked) / 1e9 / wall,
        frame_bytes,
        missing=0,
    )


async def _pass(crowd: Crowd, server: ServerProcess, seconds: float, rounds: int) -> None:
    """Let that much time pass, and more until every client has had that many rounds."""
    begun, first = time.monotonic(), server.control.acked
    while (passed := time.monotonic() - begun) < seconds or server.control.acked < first + rounds:
        crowd.raise_if_lost()
        if passed > MOST_SECONDS:
            raise LoadError(f"fewer than {rounds} rounds came in {MOST_SECONDS:.0f} seconds")
        left = seconds - passed
        await asyncio.sleep(min(POLL_SECONDS, left) if left > 0 else POLL_SECONDS)
