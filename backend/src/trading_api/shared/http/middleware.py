"""Pure ASGI middleware: request ids, the size of bodies, and who may call a server without logins."""

import re
import secrets
from collections.abc import Collection
from functools import lru_cache
from urllib.parse import urlsplit

from fastapi import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trading_api.shared.errors import BodyTooLarge, HostNotAllowed
from trading_api.shared.http.problems import problem_response

SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIdMiddleware:
    """Gives each request an id (the caller's if it is sane), in the scope's state and in the answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = _header(scope, b"x-request-id") or ""
        request_id = given if SANE_REQUEST_ID.fullmatch(given) else secrets.token_hex(16)
        scope.setdefault("state", {})["request_id"] = request_id
        header = (b"x-request-id", request_id.encode())

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        await self._app(scope, receive, send_with_id)


class BodyLimitMiddleware:
    """Refuses bodies of more than `max_bytes`: at once where the length is announced, else while reading."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = _header(scope, b"content-length") or "0"
        if announced.isdigit() and int(announced) > self._max:
            problem = BodyTooLarge(f"The body has {announced} bytes; at most {self._max} are read.")
            await problem_response(Request(scope), problem)(scope, receive, send)
            return
        received = 0

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._max:
                raise HTTPException(413)
            return message

        await self._app(scope, receive_bounded, send)


class LocalOriginMiddleware:
    """Refuses requests that name a foreign host or come from a foreign page.

    Without logins the network address is the only protection, and any page open in a browser on this
    machine could use it; a page's requests name its origin, and a rebound DNS name shows in the host.
    """

    def __init__(self, app: ASGIApp, allowed_hosts: Collection[str]) -> None:
        self._app = app
        self._allowed = frozenset(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        reason = self._reason_to_refuse(_header(scope, b"host") or "", _header(scope, b"origin"))
        if reason is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1008, "reason": reason})
        else:
            response: Response = problem_response(Request(scope), HostNotAllowed(reason))
            await response(scope, receive, send)

    def _reason_to_refuse(self, host: str, origin: str | None) -> str | None:
        if _host_name(f"//{host}") not in self._allowed:
            return f"The host '{host[:100]}' is not served here."
        if origin is not None and _host_name(origin) not in self._allowed:
            return f"Pages of '{origin[:100]}' may not use this server."
        return None


def _header(scope: Scope, name: bytes) -> str | None:
    """The first header of this name; every request passes here, so no object is made of all its headers."""
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)


@lru_cache(maxsize=256)
def _host_name(url: str) -> str:
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return f"[{name}]" if ":" in name else name
