"""What every request and every WebSocket passes on its way in, and its answer on the way back.

Each gate is one layer of the application, because a layer costs about as much as all that is done in it.
"""

import random
import re
import time

from fastapi import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trading_api.shared.errors import BodyTooLarge, TradingError
from trading_api.shared.http.origins import Headers, LocalOrigins, first_headers
from trading_api.shared.http.problems import problem_response
from trading_api.shared.http.versions import ServedVersions
from trading_api.shared.observability.metrics import UNANSWERED, Metrics
from trading_api.shared.versions import DEPRECATION_STATE

SANE_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
ANSWERS = {"websocket.accept", "websocket.http.response.start"}


class RequestGate:
    """Gives each request an id (the caller's if it is sane), and counts it.

    Refuses foreign callers, versions that are not served, and bodies of more than `max_body` bytes: at once
    where the length is announced, else while reading. Announces the end of versions; an operation that is
    deprecated by itself says so in the state of its request.
    """

    def __init__(
        self, app: ASGIApp, origins: LocalOrigins, versions: ServedVersions, metrics: Metrics, max_body: int
    ) -> None:
        self._app = app
        self._origins = origins
        self._versions = versions
        self._metrics = metrics
        self._max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status = time.perf_counter(), UNANSWERED
        headers, state = first_headers(scope), scope.setdefault("state", {})
        state["request_id"] = request_id = _request_id(headers)
        served = self._versions.at(scope["path"])

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
                if announced := state.get(DEPRECATION_STATE, served.deprecation):
                    message["headers"] += announced.raw_headers()
            await send(message)

        try:
            refusal = self._origins.refusal(headers) or served.refusal or self._too_large(headers)
            if refusal is None:
                await self._app(scope, self._bounded(receive), send_with_headers)
            else:
                await problem_response(Request(scope), refusal)(scope, receive, send_with_headers)
        finally:
            self._metrics.count_request(scope, status, time.perf_counter() - began)

    def _too_large(self, headers: Headers) -> TradingError | None:
        announced = headers.get(b"content-length", b"0")
        if not announced.isdigit() or int(announced) <= self._max_body:
            return None
        return BodyTooLarge(f"The body has {announced.decode()} bytes; at most {self._max_body} are read.")

    def _bounded(self, receive: Receive) -> Receive:
        received = 0

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max_body:
                raise HTTPException(413)
            return message

        return receive_bounded


class StreamGate:
    """Refuses WebSockets of foreign callers and of versions that are not served; announces their end."""

    def __init__(self, app: ASGIApp, origins: LocalOrigins, versions: ServedVersions) -> None:
        self._app = app
        self._origins = origins
        self._versions = versions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        served = self._versions.at(scope["path"])
        announced = served.deprecation

        async def send_announced(message: Message) -> None:
            if announced is not None and message["type"] in ANSWERS:
                message["headers"] = [*message.get("headers", ()), *announced.raw_headers()]
            await send(message)

        foreign = self._origins.refusal(first_headers(scope))
        if foreign is not None:
            await _close(foreign.detail, receive, send)
        elif served.refusal is not None:
            await _refuse(served.refusal, scope, receive, send_announced)
        else:  # a stream's frames go without a detour
            await self._app(scope, receive, send if announced is None else send_announced)


async def _refuse(refusal: TradingError, scope: Scope, receive: Receive, send: Send) -> None:
    if "websocket.http.response" not in scope.get("extensions", {}):
        await _close(refusal.problem_code, receive, send)
        return
    await receive()
    await problem_response(HTTPConnection(scope), refusal)(scope, receive, send)


async def _close(reason: str, receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 1008, "reason": reason})


def _request_id(headers: Headers) -> str:
    """Ids tell requests apart and protect nothing, so they need not be unguessable, which takes long."""
    given = headers.get(b"x-request-id", b"")
    if SANE_REQUEST_ID.fullmatch(given):
        return given.decode("ascii")
    return f"{random.getrandbits(128):032x}"
