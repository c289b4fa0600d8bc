"""All connections of a load: opening them, and telling the server which round every one of them has."""

import asyncio
import random
import socket
import time
from collections.abc import Iterable, Sequence

from benchmarks.streaming.client import LoadConnection, LoadError, OnMessage
from benchmarks.streaming.control import Control, Mode
from benchmarks.streaming.server_process import ServerProcess
from benchmarks.streaming.ticks import subscription_text

AT_ONCE = 128
CONNECT_SECONDS = 240.0
DRAIN_SECONDS = 60.0


class Crowd:
    """Connections that follow the same server; only `counted` ones decide how fast it may publish."""

    def __init__(self, control: Control, connections: Sequence[LoadConnection]) -> None:
        self.connections = list(connections)
        self.counted = list(connections)
        self._control = control
        self._step = 1
        self._waiting = 0

    @property
    def updates(self) -> int:
        """Updates that have come to all counted connections together."""
        return sum(connection.reader.updates for connection in self.counted)

    def follow(self, window: int) -> None:
        """From now on acknowledge rounds, a quarter of `window` at a time."""
        self._step = max(1, window // 4)
        self._control.window = window
        for connection in self.counted:
            connection.on_round = self._on_round
        self._advance()

    def raise_if_lost(self) -> None:
        """Raises LoadError if a counted connection has ended."""
        for connection in self.counted:
            if connection.gone is not None:
                raise LoadError(connection.gone)

    async def drain(self) -> int:
        """Stop publishing and wait until nothing more comes; returns the last round."""
        self._control.mode = Mode.IDLE
        deadline, before = time.monotonic() + DRAIN_SECONDS, -1
        while (self.updates != before or self._behind()) and time.monotonic() < deadline:
            before = self.updates
            await asyncio.sleep(0.2)
        self.raise_if_lost()
        return self._control.published

    def close(self) -> None:
        """Drop all connections without a word."""
        for connection in self.connections:
            connection.transport.abort()

    def _behind(self) -> bool:
        return any(connection.reader.last_round < self._control.published for connection in self.counted)

    def _on_round(self) -> None:
        self._waiting -= 1
        if self._waiting == 0:
            self._advance()

    def _advance(self) -> None:
        acked = min(connection.seen for connection in self.counted)
        self._control.acked = acked
        awaited = acked + self._step
        self._waiting = 0
        for connection in self.counted:
            connection.awaited = awaited
            self._waiting += connection.seen < awaited


async def connect(server: ServerProcess, wanted: Iterable[Sequence[str]], at_once: int = AT_ONCE) -> Crowd:
    """A connection for each of `wanted`, subscribed with those messages; all are ready. Raises LoadError."""
    room = asyncio.Semaphore(at_once)

    async def one(requests: Sequence[str]) -> LoadConnection:
        async with room:
            connection = await open_connection(server, requests)
            await connection.ready
            return connection

    async with asyncio.timeout(CONNECT_SECONDS):
        connections = await asyncio.gather(*(one(requests) for requests in wanted))
    return Crowd(server.control, connections)


async def open_connection(
    server: ServerProcess,
    requests: Sequence[str],
    receive_buffer: int | None = None,
    on_message: OnMessage | None = None,
) -> LoadConnection:
    """One connection, not yet ready; with `receive_buffer`, the kernel holds back about that many bytes."""
    sock = socket.socket(socket.AF_INET)
    sock.setblocking(False)
    if receive_buffer is not None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    loop = asyncio.get_running_loop()
    try:
        await loop.sock_connect(sock, ("127.0.0.1", server.port))
        _, connection = await loop.create_connection(
            lambda: LoadConnection(server.contender.path, requests, on_message), sock=sock
        )
    except OSError as error:
        sock.close()
        raise LoadError(f"{server.contender.name} cannot be reached: {error}") from error
    return connection


def spread(clients: int, topics: int, each: int) -> list[list[str]]:
    """Subscriptions of `clients` to `each` of `topics`: all topics alike, no two clients alike."""
    chosen = random.Random(1).sample(range(topics), each)
    return [[subscription_text((client + topic) % topics) for topic in chosen] for client in range(clients)]
