"""The direct way of a request to its operation.

FastAPI looks for a route in two applications, one in the other, each in layers that catch errors and clean
up; that takes longer than most operations. Requests that fit the form of an operation are answered here,
as FastAPI would; all others go its way, and it finds the words for what does not fit.
"""

import re
from collections import deque
from collections.abc import Mapping

from fastapi import FastAPI
from fastapi.routing import RouteContext, iter_route_contexts
from starlette.convertors import StringConvertor
from starlette.requests import Request
from starlette.routing import compile_path
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from trading_api.shared.http.direct_operation import DirectOperation
from trading_api.shared.http.direct_parameters import Misfit
from trading_api.shared.http.problems import defect_response

NO_PATH: Mapping[str, str] = {}
Found = tuple[DirectOperation | None, Mapping[str, str]]
"""An operation, if there is one, and the parameters in the path."""


class DirectRoutes:
    """Answers what it can, and leaves the rest to `otherwise`; for requests only."""

    def __init__(self, otherwise: ASGIApp) -> None:
        self._otherwise = otherwise
        self._exact: dict[tuple[str, str], DirectOperation | None] = {}
        self._patterns: dict[str, list[tuple[re.Pattern[str], DirectOperation | None]]] = {}

    def add(self, app: FastAPI, base_path: str) -> None:
        """Know the routes of `app`, which is mounted at `base_path`; of those that fit the first counts."""
        for route in iter_route_contexts(app.routes):
            if route.path is not None:
                self._add(app, base_path, route)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        operation, path = self._find(scope)
        if operation is None:
            await self._otherwise(scope, receive, send)
            return
        try:
            body = b""
            if operation.has_body:
                receive = _Again(receive)
                body = await receive.body()
            arguments = operation.read(scope, path, body)
            scope["path_params"] = path
            response = await operation.answer(scope, receive, send, arguments)
        except Misfit:
            await self._otherwise(scope, receive, send)
            return
        except Exception as error:
            request = Request(scope)
            refusal = operation.refusal(request, error)
            if refusal is None:
                await defect_response(request, error)(scope, receive, send)
                raise
            response = refusal
        await response(scope, receive, send)

    def _add(self, app: FastAPI, base_path: str, route: RouteContext) -> None:
        path = f"{base_path}{route.path}"
        pattern, _, convertors = compile_path(path)
        plain = all(type(each) is StringConvertor for each in convertors.values())
        can_be = plain and DirectOperation.can_be(route)
        operation = DirectOperation(app, base_path, route) if can_be else None
        for method in route.methods or ():
            patterns = self._patterns.setdefault(method, [])
            if convertors:
                patterns.append((pattern, operation))
            elif not any(earlier.match(path) for earlier, _ in patterns):
                self._exact.setdefault((method, path), operation)

    def _find(self, scope: Scope) -> Found:
        method, path = scope["method"], scope["path"]
        if scope.get("root_path"):
            return None, NO_PATH
        if (method, path) in self._exact:
            return self._exact[method, path], NO_PATH
        for pattern, operation in self._patterns.get(method, ()):
            if found := pattern.match(path):
                return operation, found.groupdict()
        return None, NO_PATH


class _Again:
    """Reads a body, and is the `receive` of whoever reads it again."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._kept: deque[Message] = deque()

    async def __call__(self) -> Message:
        return self._kept.popleft() if self._kept else await self._receive()

    async def body(self) -> bytes:
        """All of it; raises Misfit if the client has gone."""
        pieces: list[bytes] = []
        more = True
        while more:
            message = await self._receive()
            self._kept.append(message)
            if message["type"] != "http.request":
                raise Misfit
            pieces.append(message.get("body", b""))
            more = message.get("more_body", False)
        return b"".join(pieces)
