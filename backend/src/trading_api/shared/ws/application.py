"""The WebSocket endpoint of a module: accepts connections and speaks the streaming protocol on each."""

import asyncio
import time
from collections.abc import Callable, Sequence
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
from trading_api.shared.ws.tally import WsTally
from trading_api.shared.ws.topics import TopicSource

GOODBYE_SECONDS = 5.0
"""How long a client may take over leaving."""
SECONDS_A_CLIENT = 0.002
"""Of a shutdown: so that clients do not all come back at once."""
SHORTEST_RETRY_MS = 500
"""After which a client that is sent away by a shutdown may come back: something else must take over first."""
GOING = "the server goes away"
NOTICE = "The server goes away; connect again."
ROUNDS = 15
"""Parts into which connections are divided for their heartbeats."""


class WsApplication:
    """All connections of one module's WebSocket.

    `count_all` counts the connections of the whole process, which `limits` bound; without it there are
    no others. What happened is in `tally` and in the hub's counters.
    """

    def __init__(
        self,
        routes: Sequence[WsRouter[Any, Any]],
        source: TopicSource,
        clock: Clock,
        limits: WsLimits | None = None,
        count_all: Callable[[], int] | None = None,
    ) -> None:
        self._routes = {route.route: route for route in routes}
        self._clock = clock
        self._limits = limits or WsLimits()
        self._count_all = count_all or (lambda: self.connection_count)
        self.tally = WsTally()
        self._flusher = Flusher(self.tally)
        self._open: dict[Connection, Session] = {}
        self._farewells: set[asyncio.Task[None]] = set()
        self._watch: asyncio.TimerHandle | None = None
        self._rounds: tuple[set[Session], ...] = tuple(set() for _ in range(ROUNDS))
        self._turn = 0
        self._draining = False
        self._present = 0
        self._all_left = asyncio.Event()
        self._all_left.set()
        conflatable = [route.route for route in routes if route.conflatable]
        self.hub = Hub(source, conflatable, self._flusher)

    @property
    def connection_count(self) -> int:
        """Connections open now."""
        return len(self._open)

    async def endpoint(self, socket: WebSocket) -> None:
        """Serve one connection until either side ends it; afterwards nothing of it is left."""
        await socket.accept()
        connection = Connection(socket, self._flusher, self._limits.waiting_bytes)
        session = Session(connection, self.hub, self._routes, self._limits, self._rounds[self._turn])
        if self._draining:
            connection.close(CloseCode.DRAINING, GOING)
        elif self._count_all() >= self._limits.connections:
            connection.close(CloseCode.TOO_MANY_CONNECTIONS, "too many connections")
        self._open[connection] = session
        self._present += 1
        self._all_left.clear()
        self.tally.opened += 1
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
        """Send all clients away, over the time that so many should take; new ones are sent away at once."""
        self._draining = True
        leaving = list(self._open.values())
        if self._limits.drain_seconds > 0:
            spread = self._drain(leaving)
        else:
            spread = 0.0
            for session in leaving:
                session.end(CloseCode.GOING_AWAY, GOING)
        with suppress(TimeoutError):
            async with asyncio.timeout(spread + GOODBYE_SECONDS):
                await self._all_left.wait()

    def _drain(self, leaving: Sequence[Session]) -> float:
        """Give notice to all now and close one after the other; returns the seconds until the last."""
        spread = min(self._limits.drain_seconds, len(leaving) * SECONDS_A_CLIENT)
        loop = asyncio.get_running_loop()
        for index, session in enumerate(leaving):
            session.give_notice("draining", NOTICE, max(SHORTEST_RETRY_MS, 1000 * spread))
            loop.call_later(spread * index / len(leaving), session.end, CloseCode.DRAINING, GOING)
        return spread

    async def _leave(self, connection: Connection) -> None:
        session = self._open.pop(connection)
        self.tally.count_close(connection.close_code, session.peer_code)
        session.together.discard(session)
        if not self._open and self._watch is not None:
            self._watch.cancel()
            self._watch = None
        await self.hub.drop(connection)
        self._present -= 1
        if self._present == 0:
            self._all_left.set()

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
