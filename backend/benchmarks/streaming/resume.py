"""A thousand clients that lost their connections come back at once, and each has missed a hundred events."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.streaming.client import LoadConnection, LoadError
from benchmarks.streaming.control import UNLIMITED, Mode
from benchmarks.streaming.cores import no_collection
from benchmarks.streaming.crowd import open_connection
from benchmarks.streaming.server_process import BARE, Contender, ServerProcess, running
from benchmarks.streaming.ticks import JOURNAL_ROUTE, subscription_text

CLIENTS, MISSED = 1_000, 100
ROUNDS_BEFORE, ROUNDS_MEANWHILE = 5, 5
"""Events of every journal before the clients come, and while they come back."""
MEANWHILE_RATE = 2_000
"""Events a second, of all journals together, while the clients come back."""
CATCH_UP_SECONDS = 120.0
SETTLE_SECONDS = 0.5


@dataclass(frozen=True)
class Resumed:
    """How it went."""

    seconds: float
    """Until the last client had all that it had missed."""
    recovered: int
    lost: int
    repeated: int


class Reader:
    """What one client knows of its journal; every update must follow the one before."""

    def __init__(self, topic: int) -> None:
        self.topic = topic
        self.epoch = ""
        self.offset = self.due = 0
        self.recovered = False
        self.lost = self.repeated = 0
        self.caught_up_at = 0.0

    def hear(self, message: dict[str, Any]) -> None:
        """Take a reply or an update."""
        payload = message["payload"]
        if message["type"] == f"{JOURNAL_ROUTE}.subscribe.response":
            self.recovered = bool(payload.get("recovered"))
            if not self.recovered:
                self.lost += payload["offset"] - self.offset if self.epoch else 0
                self.epoch, self.offset = payload["epoch"], payload["offset"]
        elif message["type"] == f"{JOURNAL_ROUTE}.update":
            self._on_update(payload["offset"], payload["prev"])

    def question(self) -> str:
        """The message with which it comes back."""
        recover = {"epoch": self.epoch, "offset": self.offset}
        return subscription_text(self.topic, JOURNAL_ROUTE, {"recover": recover})

    def _on_update(self, offset: int, prev: int) -> None:
        if offset <= self.offset:
            self.repeated += 1
            return
        self.lost += max(offset - self.offset - 1, int(prev != self.offset))
        self.offset = offset
        if offset >= self.due and not self.caught_up_at:
            self.caught_up_at = time.perf_counter()


async def resume(contender: Contender, rounds_meanwhile: int = ROUNDS_MEANWHILE) -> Resumed:
    """Connect all, drop all, let events happen, and bring all back while more of them happen."""
    readers = [Reader(topic) for topic in range(CLIENTS)]
    with running(contender, CLIENTS, JOURNAL_ROUTE) as server, no_collection():
        await _publish(server, ROUNDS_BEFORE)
        plain = [subscription_text(reader.topic, JOURNAL_ROUTE) for reader in readers]
        _drop(await _connect(server, readers, plain))
        await asyncio.sleep(SETTLE_SECONDS)
        for reader in readers:
            reader.due = reader.offset + MISSED
        await _publish(server, MISSED)
        server.control.rate, server.control.goal = MEANWHILE_RATE, server.control.goal + rounds_meanwhile
        server.control.mode = Mode.PACED
        begun = time.perf_counter()
        connections = await _connect(server, readers, [reader.question() for reader in readers])
        await _all_have(readers, connections, rounds_meanwhile)
        _drop(connections)
    return Resumed(
        max(reader.caught_up_at for reader in readers) - begun,
        sum(reader.recovered for reader in readers),
        sum(reader.lost for reader in readers),
        sum(reader.repeated for reader in readers),
    )


async def _publish(server: ServerProcess, rounds: int) -> None:
    """Let every journal have so many more events."""
    control = server.control
    control.goal = control.published + rounds
    control.window = UNLIMITED
    if server.contender is BARE:
        return  # it makes up what it is asked for
    control.mode = Mode.SATURATE
    await control.reached_goal()
    control.mode = Mode.IDLE
    await asyncio.sleep(SETTLE_SECONDS)


async def _connect(
    server: ServerProcess, readers: Sequence[Reader], questions: Sequence[str]
) -> list[LoadConnection]:
    """All at once."""

    async def one(reader: Reader, question: str) -> LoadConnection:
        connection = await open_connection(server, [question], on_message=reader.hear)
        await connection.ready
        return connection

    return await asyncio.gather(*map(one, readers, questions))


async def _all_have(
    readers: Sequence[Reader], connections: Sequence[LoadConnection], rounds_meanwhile: int
) -> None:
    """Wait until everything has come, and as long again for what comes too often."""
    async with asyncio.timeout(CATCH_UP_SECONDS):
        while any(reader.offset < reader.due + rounds_meanwhile for reader in readers):
            for connection in connections:
                if connection.gone is not None:
                    raise LoadError(connection.gone)
            await asyncio.sleep(0.05)
    await asyncio.sleep(SETTLE_SECONDS)


def _drop(connections: Sequence[LoadConnection]) -> None:
    for connection in connections:
        connection.transport.abort()
