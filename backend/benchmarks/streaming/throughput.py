"""Saturation: how many deliveries a second a server makes when it publishes as fast as it can."""

import asyncio
import time
from dataclasses import dataclass, replace

from benchmarks.streaming.control import Mode
from benchmarks.streaming.cores import no_collection
from benchmarks.streaming.crowd import Crowd, connect, spread
from benchmarks.streaming.server_process import Contender, ServerProcess, running

WARM_UP_SECONDS = 1.0


@dataclass(frozen=True)
class Scene:
    """Who follows what; a round, one update of every topic, is published in one turn of the event loop."""

    clients: int
    topics: int
    each: int
    window: int
    """Rounds that may be under way."""


SPARSE = Scene(clients=500, topics=500, each=20, window=8)
DENSE = Scene(clients=100, topics=1, each=1, window=64)


@dataclass(frozen=True)
class Saturation:
    """What one server did in one measurement."""

    deliveries_a_second: float
    server_microseconds: float
    """Processor time of the server for one delivery."""
    server_busy: float
    load_busy: float
    """Shares of the cores that were used; if only the load's is near 1, it and not the server is measured."""
    disturbed: float
    """Share of the time in which another process had the server's core."""
    missing: int
    """Updates that were published and never came, or were left out for newer ones."""


async def saturate(contender: Contender, scene: Scene, seconds: float) -> Saturation:
    """Run the server with that scene, measure it for `seconds`, and account for every update."""
    with running(contender, scene.topics) as server:
        crowd = await connect(server, spread(scene.clients, scene.topics, scene.each))
        try:
            crowd.follow(scene.window)
            server.control.mode = Mode.SATURATE
            await asyncio.sleep(WARM_UP_SECONDS)
            with no_collection():
                measured = await _measure(server, crowd, seconds)
            rounds = await crowd.drain()
            missing = rounds * scene.clients * scene.each - crowd.updates
        finally:
            crowd.close()
    return replace(measured, missing=missing)


async def _measure(server: ServerProcess, crowd: Crowd, seconds: float) -> Saturation:
    updates, cpu, delayed = crowd.updates, server.cpu_seconds(), server.delayed_seconds()
    begun, load = time.perf_counter(), time.process_time()
    await asyncio.sleep(seconds)
    wall, load = time.perf_counter() - begun, time.process_time() - load
    updates, cpu = crowd.updates - updates, server.cpu_seconds() - cpu
    delayed = server.delayed_seconds() - delayed
    crowd.raise_if_lost()
    return Saturation(
        updates / wall, cpu / max(1, updates) * 1e6, cpu / wall, load / wall, delayed / wall, missing=0
    )
