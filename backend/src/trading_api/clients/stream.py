"""What all generated clients of streams do: one WebSocket to one module, for as long as somebody reads.

The conversation itself is `stream_protocol`; here are the tasks, the sockets and the waiting.
"""

import asyncio
import logging
import random as randomness
import time
import weakref
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Self, TypeAlias

from pydantic import ValidationError

from trading_api.clients.backoff import FullJitter
from trading_api.clients.endpoint import Endpoint, Target
from trading_api.clients.errors import (
    VERSION_CODES,
    AnswerInvalid,
    ClientError,
    StreamClosed,
    refusal,
)
from trading_api.clients.stream_feed import Feed
from trading_api.clients.stream_protocol import ConnectionBroken, StreamProtocol
from trading_api.clients.stream_subscription import (
    Data,
    Received,
    SnapshotReceived,
    Subscription,
    UpdateReceived,
)
from trading_api.clients.ws_in_process import InProcessSocket
from trading_api.clients.ws_transport import HandshakeRefused, NetworkSocket, Socket, SocketClosed
from trading_api.models.common import Problem, RequestModel
from trading_api.models.streaming import SubscribeOptions

__all__ = ["Received", "SnapshotReceived", "StreamClient", "Subscription", "UpdateReceived"]

SHORTEST_DELAY_SECONDS = 0.5
LONGEST_DELAY_SECONDS = 30.0
WATCH_SECONDS = 1.0
SHORTEST_PLANNED_SECONDS = 0.1
"""Before the next connection, where the server has announced the end of the last."""
PATIENCE_SECONDS = 1.0
"""So long a full reader holds up the others; then it misses what comes and recovers it afterwards."""
FINAL_CODES = range(4500, 4600)
PASSING_STATUSES = frozenset({408, 425, 429})

Connect: TypeAlias = Callable[[Endpoint], Awaitable[Socket]]
Sleep: TypeAlias = Callable[[float], Coroutine[object, object, None]]

log = logging.getLogger(__name__)


async def open_socket(endpoint: Endpoint) -> Socket:
    """Connect to the module's streams. Raises SocketClosed or HandshakeRefused."""
    if endpoint.app is not None:
        return await InProcessSocket.connect(endpoint.app, endpoint.ws_url)
    return await NetworkSocket.connect(endpoint.ws_url)


class StreamClient:
    """Base of the clients of streams; an async context manager, to be used in one event loop.

    All subscriptions share one connection. A reader of newest values who is slow gets the newest and
    misses the ones between; with `every`, and on a journal, a reader gets all, and one who is very slow
    gets them by asking again: from a journal what was missed, from any other topic its state.

    It connects when something is subscribed, and again after every loss, without end, at the time that
    the server names if it has announced the loss: only a close code
    of 4500 to 4599, a version that is not served, or an address that refuses from the start are final.
    """

    def __init__(
        self,
        target: Target,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        random: Callable[[], float] = randomness.random,
        connect: Connect = open_socket,
    ) -> None:
        self._endpoint = Endpoint.of(target)
        self._monotonic, self._sleep, self._connect = monotonic, sleep, connect
        self._jitter = FullJitter(
            SHORTEST_DELAY_SECONDS, LONGEST_DELAY_SECONDS - SHORTEST_DELAY_SECONDS, random
        )
        self._protocol = StreamProtocol()
        self._wanted, self._outgoing, self._room = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._failure: ClientError | None = None
        self._failures = 0
        self._random = random
        self._return_at: float | None = None
        self._was_open = self._connected = self._closed = False

    @property
    def connected(self) -> bool:
        """Whether there is a connection that is not known to be dead."""
        return self._connected

    async def aclose(self) -> None:
        """End all subscriptions and the connection; no task is left."""
        self._closed = True
        self._protocol.close()
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            if not self._task.cancelled():
                self._task.result()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    def _journal(self, route: str, request: RequestModel, data: type[Data]) -> Subscription[Data]:
        """Subscribe to a topic of which every event is delivered."""
        return self._subscribe(route, request, data, journal=True, every=True)

    def _book(self, route: str, request: RequestModel, data: type[Data]) -> Subscription[Data]:
        """Subscribe to a topic that is told whole once and then by its changes, with no gap."""
        return self._subscribe(route, request, data, journal=False, every=True, chained=True)

    def _latest(
        self,
        route: str,
        request: RequestModel,
        data: type[Data],
        *,
        every: bool,
        max_rate_hz: float | None = None,
    ) -> Subscription[Data]:
        """Subscribe to a topic of newest values; ValueError for a rate that no server takes.

        Readers of one topic share what the one with the highest need gets.
        """
        rate = SubscribeOptions(max_rate_hz=max_rate_hz).max_rate_hz
        return self._subscribe(route, request, data, journal=False, every=every, max_rate_hz=rate)

    def _subscribe(
        self,
        route: str,
        request: RequestModel,
        data: type[Data],
        *,
        journal: bool,
        every: bool,
        max_rate_hz: float | None = None,
        chained: bool = False,
    ) -> Subscription[Data]:
        loop = asyncio.get_running_loop()
        if self._closed:
            raise RuntimeError(f"{type(self).__name__} is closed")
        changed = asyncio.Event()
        feed = Feed(
            journal=journal, every=every, chained=chained, changed=changed.set, max_rate_hz=max_rate_hz
        )
        topic = self._protocol.add(route, request, feed, self._monotonic())
        if self._failure is not None:
            self._protocol.fail(self._failure)
        elif self._task is None:
            self._task = asyncio.create_task(self._run(), name=f"{type(self).__name__} connection")
        self._wanted.set()
        self._outgoing.set()
        taken = partial(self._taken, topic, feed)
        subscription = Subscription(topic, data, feed, changed, taken, self._monotonic)
        # An iterator that is dropped half read, as by `break`, must not stay subscribed.
        weakref.finalize(subscription, self._abandon, loop, topic, feed).atexit = False
        return subscription

    def _abandon(self, loop: asyncio.AbstractEventLoop, topic: str, feed: Feed) -> None:
        if not feed.closed:
            with suppress(RuntimeError):  # the loop has ended, and the connection with it
                loop.call_soon_threadsafe(self._drop, topic, feed)

    def _drop(self, topic: str, feed: Feed) -> None:
        feed.close()
        self._taken(topic, feed)

    def _taken(self, topic: str, feed: Feed) -> None:
        """The reader has taken something, or has ended."""
        self._room.set()
        if feed.closed or feed.failure is not None:
            self._protocol.remove(topic, feed, self._monotonic())
        elif feed.behind:
            self._protocol.attend(topic, self._monotonic())
        else:
            return
        self._outgoing.set()

    async def _run(self) -> None:
        try:
            while True:
                while not self._protocol.wanted:
                    self._wanted.clear()
                    await self._wanted.wait()
                await self._connect_once()
                if self._failure is not None:
                    self._protocol.fail(self._failure)
                    return
                await self._sleep(self._pause())
        except Exception as error:
            self._failure = ClientError("stream-failed", f"{self._endpoint.ws_url}: {error!r}")
            self._protocol.fail(self._failure)
            raise

    def _pause(self) -> float:
        """Seconds until the next connection."""
        if self._return_at is None:
            self._failures += 1
            return SHORTEST_DELAY_SECONDS + self._jitter.delay(self._failures)
        wait = max(self._return_at - self._monotonic(), SHORTEST_PLANNED_SECONDS)
        return min(wait * (1 + self._random()), LONGEST_DELAY_SECONDS)

    async def _connect_once(self) -> None:
        """One connection from the handshake to its loss; sets `_failure` if there shall be no other."""
        self._protocol.connecting(self._monotonic())
        name = type(self).__name__
        try:
            await _until_first_ends({f"{name} watch": self._watch(), f"{name} talk": self._talk()})
        except (SocketClosed, ConnectionBroken) as lost:
            if isinstance(lost, SocketClosed) and lost.code in FINAL_CODES:
                detail = f"{self._endpoint.ws_url}: the server closed the stream for good: {lost}"
                self._failure = StreamClosed(detail, lost.code)
            self._log_loss(lost)
        except HandshakeRefused as refused:
            self._failure = self._final_refusal(refused)
            self._log_loss(refused)
        finally:
            self._connected = False
            self._return_at = self._protocol.return_at
            self._protocol.lost(self._monotonic())

    async def _talk(self) -> None:
        socket = await self._connect(self._endpoint)
        name = type(self).__name__
        try:
            self._connected = self._was_open = True
            self._protocol.opened(self._monotonic())
            self._outgoing.set()
            await _until_first_ends(
                {f"{name} read": self._read(socket), f"{name} write": self._write(socket)}
            )
        finally:
            self._connected = False
            await socket.aclose()

    async def _read(self, socket: Socket) -> None:
        while True:
            text = await socket.receive()
            self._failures = 0
            self._protocol.heard(text, self._monotonic())
            self._outgoing.set()
            if self._protocol.pressing:
                await asyncio.sleep(0)
            if self._protocol.crowded:
                await _until_first_ends(
                    {"stream room": self._wait_for_room(), "stream patience": self._sleep(PATIENCE_SECONDS)}
                )

    async def _wait_for_room(self) -> None:
        while not self._protocol.roomy:
            self._room.clear()
            await self._room.wait()

    async def _write(self, socket: Socket) -> None:
        while True:
            self._outgoing.clear()
            for frame in self._protocol.take_outgoing():
                await socket.send(frame)
            await self._outgoing.wait()

    async def _watch(self) -> None:
        while True:
            await self._sleep(WATCH_SECONDS)
            self._protocol.tick(self._monotonic())
            self._outgoing.set()

    def _final_refusal(self, refused: HandshakeRefused) -> ClientError | None:
        """The error for a handshake that cannot succeed; None if it may the next time."""
        try:
            error: ClientError = refusal(Problem.model_validate_json(refused.body, extra="ignore"))
        except ValidationError:
            detail = f"{self._endpoint.ws_url}: the server refuses the stream with status {refused.status}"
            error = AnswerInvalid(detail, refused.status)
        if error.code in VERSION_CODES:
            return error
        is_final = refused.status < 500 and refused.status not in PASSING_STATUSES
        return error if is_final and not self._was_open else None

    def _log_loss(self, reason: Exception) -> None:
        if self._protocol.return_at is not None:
            log.info("%s to %s changes: %s", type(self).__name__, self._endpoint.ws_url, reason)
        elif self._failures == 0:
            log.warning("%s to %s is lost: %s", type(self).__name__, self._endpoint.ws_url, reason)


async def _until_first_ends(coroutines: dict[str, Coroutine[object, object, None]]) -> None:
    """Run these at once, named, until one ends or fails; none is left running."""
    tasks = [asyncio.create_task(coroutine, name=name) for name, coroutine in coroutines.items()]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
