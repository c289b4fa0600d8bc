"""Modules that answer what a test tells them, in process, over HTTP, or not at all."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn

from trading_api.clients.endpoint import Endpoint, Message, Receive, Scope, Send
from trading_api.models.common import Problem

BASE = "/api/v1/desk"
LOST = b""
"""What a `LossyServer` sends to close a connection without an answer."""


@dataclass(frozen=True)
class Reply:
    """One scripted answer."""

    status: int = 200
    body: bytes = b""
    media_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    def raw(self, *, announced: int | None = None) -> bytes:
        """The answer as bytes of HTTP/1.1, perhaps announcing another length than it has."""
        length = len(self.body) if announced is None else announced
        lines = [f"HTTP/1.1 {self.status} X", f"content-type: {self.media_type}", f"content-length: {length}"]
        return "\r\n".join([*lines, "connection: close", "", ""]).encode() + self.body


def answered(content: Any, status: int = 200, **headers: str) -> Reply:
    """An answer of JSON; underscores of header names stand for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, json.dumps(content).encode(), headers=named)


def refused(code: str, status: int, *, retryable: bool = False, **more: Any) -> Reply:
    """A problem."""
    problem = Problem(
        type=f"urn:trading-pro:{code}",
        title=code,
        status=status,
        detail=f"It is {code}.",
        code=code,
        request_id="r1",
        retryable=retryable,
        **more,
    )
    return Reply(status, problem.model_dump_json(by_alias=True).encode(), "application/problem+json")


@dataclass(frozen=True)
class Seen:
    """One request."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


@dataclass
class ScriptedModule:
    """An ASGI application that gives the next reply to each request; the last one again and again."""

    replies: list[Reply] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        body = b""
        more = True
        while more:
            message: Message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        raw_path = scope["raw_path"].decode().removeprefix(BASE)
        self.seen.append(Seen(scope["method"], raw_path, scope["query_string"].decode(), headers, body))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        sent = {"content-type": reply.media_type, "content-length": str(len(reply.body))} | reply.headers
        named = [(name.encode(), value.encode()) for name, value in sent.items()]
        await send({"type": "http.response.start", "status": reply.status, "headers": named})
        await send({"type": "http.response.body", "body": reply.body})

    @asynccontextmanager
    async def in_process(self) -> AsyncIterator[Endpoint]:
        """This module without a socket."""
        yield Endpoint(f"http://in-process{BASE}", self)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[Endpoint]:
        """This module behind a real server on a free port."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            config = uvicorn.Config(self, log_config=None, lifespan="off", ws="none")
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve(sockets=[listener]), name="served-module")
            try:
                yield Endpoint(f"http://127.0.0.1:{listener.getsockname()[1]}{BASE}")
            finally:
                server.should_exit = True
                await serving


@dataclass
class LossyServer:
    """Reads one request a connection, sends the next bytes, and closes."""

    script: list[bytes]
    requests: list[bytes] = field(default_factory=list)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Its base URL, while it listens."""
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}{BASE}"

    def header(self, name: str) -> list[str | None]:
        """The value that each request had in a header."""
        prefix = f"{name.lower()}: "
        return [
            next((line[len(prefix) :] for line in text.splitlines() if line.lower().startswith(prefix)), None)
            for text in (request.decode() for request in self.requests)
        ]

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(
            (
                int(line.partition(b":")[2])
                for line in head.splitlines()
                if line.lower().startswith(b"content-l")
            ),
            0,
        )
        self.requests.append(head + await reader.readexactly(length))
        writer.write(self.script.pop(0) if len(self.script) > 1 else self.script[0])
        await writer.drain()
        writer.close()
