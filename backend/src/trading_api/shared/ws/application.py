"""The WebSocket endpoint of a module: accepts connections and speaks the streaming protocol on each."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from starlette.websockets import WebSocket

from trading_api.models.streaming import CloseCode
from trading_api.shared.clock import Clock
from trading_api.shared.ws import protocol
from trading_api.shared.ws.connection import Connection, Flusher
from trading_api.shared.ws.hub import Hub
from trading_api.shared.ws.limits import WsLimits
from trading_api.shared.ws.router import WsRouter
from trading_api.shared.ws.session import Session
from trading_api.shared.ws.topics import TopicSource

GOODBYE_SECONDS = 5.0
"""How long a client may take over leaving."""
SECONDS_A_CLIENT = 0.002
"""Of a shutdown: so that clients do not all come back at once."""
ROUNDS = 15
"""Parts into which connections are divided for their heartbeats."""


class WsApplication:
    """All connections of one module's WebSocket."""

    def __init__(
        self,
        routes: Sequence[WsRouter[Any, Any]],
        source: TopicSource,
        clock: Clock,
        limits: WsLimits | None = None,
    ) -> None:
        self._routes = {route.route: route for route in routes}
        self._clock = clock
        self._limits = limits or WsLimits()
        self._flusher = Flusher()
        self._open: dict[Connection, Session] = {}
        self._farewells: set[asyncio.Task[None]] = set()
        self._watch: asyncio.TimerHandle | None = None
        self._rounds: tuple[set[Session], ...] = tuple(set() for _ in range(ROUNDS))
        self._turn = 0
        self._draining = False
        self.hub = Hub(source, [route.route for route in routes if route.conflatable])

    @property
    def connection_count(self) -> int:
        """Connections open now."""
        return len(self._open)

    async def endpoint(self, socket: WebSocket) -> None:
        """Serve one connection until either side ends it; afterwards nothing of it is left."""
        await socket.accept()
        connection = Connection(socket, self._flusher, self._limits.waiting_bytes)
        session = Session(connection, self.hub, self._routes, self._limits, self._rounds[self._turn])
        if len(self._open) >= self._limits.connections:
            connection.close(CloseCode.TOO_MANY_CONNECTIONS, "too many connections")
        elif self._draining:
            connection.close(CloseCode.DRAINING, "the server goes away")
        self._open[connection] = session
        self._keep_watch()
        try:
            await connection.serve(session.read(socket))
        finally:
            # A server that cancels this endpoint may do so at every wait; leaving must not be cut short.
            farewell = asyncio.create_task(self._leave(connection), name="ws-farewell")
            self._farewells.add(farewell)
            farewell.add_done_callback(self._farewells.discard)
            await asyncio.shield(farewell)

    async def shut_down(self) -> None:
        """Send all clients away: a notice, then 4410, spread over the time that so many should take."""
        self._draining = True
        leaving = list(self._open.items())
        spread = min(self._limits.drain_seconds, len(leaving) * SECONDS_A_CLIENT)
        for index, (_, session) in enumerate(leaving):
            session.give_notice("draining", "The server goes away; connect again.", 1000 * spread)
            asyncio.get_running_loop().call_later(
                spread * index / len(leaving), session.end, CloseCode.DRAINING, "the server goes away"
            )
        with suppress(TimeoutError):
            async with asyncio.timeout(spread + GOODBYE_SECONDS):
                for _, session in leaving:
                    await session.left.wait()

    async def _leave(self, connection: Connection) -> None:
        session = self._open.pop(connection)
        session.together.discard(session)
        if not self._open and self._watch is not None:
            self._watch.cancel()
            self._watch = None
        await self.hub.drop(connection)
        session.left.set()

    def _keep_watch(self) -> None:
        """Look after a part of the connections at a time, so that each has its turn once a heartbeat."""
        if self._watch is None:
            pause = protocol.HEARTBEAT_SECONDS / ROUNDS
            self._watch = asyncio.get_running_loop().call_later(pause, self._look_after_some)

    def _look_after_some(self) -> None:
        self._watch = None
        self._turn = (self._turn + 1) % ROUNDS
        now = time.monotonic()
        for session in tuple(self._rounds[self._turn]):
            session.look_after(now, self._clock.now_ms())
        self._keep_watch()
