"""What a connection costs that does nothing: memory of the server, and the time to open it."""

import asyncio
import time
from dataclasses import dataclass

from benchmarks.streaming.crowd import connect
from benchmarks.streaming.server_process import Contender, running

FIRST_CONNECTIONS = 20
"""Opened before the memory is read, so that what the first connection loads is not counted."""
SETTLE_SECONDS = 1.0


@dataclass(frozen=True)
class Idle:
    """What `connections` cost."""

    connections: int
    bytes_each: float
    connects_a_second: float


async def idle(contender: Contender, connections: int) -> Idle:
    """Open that many connections and let them be."""
    with running(contender, topics=1) as server:
        first = await connect(server, [[]] * FIRST_CONNECTIONS)
        await asyncio.sleep(SETTLE_SECONDS)
        before, begun = server.resident_bytes(), time.perf_counter()
        crowd = await connect(server, [[]] * (connections - FIRST_CONNECTIONS))
        seconds = time.perf_counter() - begun
        await asyncio.sleep(SETTLE_SECONDS)
        taken, opened = server.resident_bytes() - before, len(crowd.connections)
        for each in (first, crowd):
            each.raise_if_lost()
            each.close()
    return Idle(connections, taken / opened, opened / seconds)
