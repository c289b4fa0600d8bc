"""A WebSocket straight into an application of this process, by ASGI: no port, no bytes, the same promises."""

import asyncio
from urllib.parse import unquote, urlsplit

from trading_api.clients.endpoint import ASGIApp, Message, Scope
from trading_api.clients.ws_transport import CLOSE_SECONDS, NO_CLOSE_FRAME, HandshakeRefused, SocketClosed

MOST_FRAMES_WAITING = 256
"""Frames that the application may be ahead of the client; then it waits, as it would for a network.

Each side has a turn after the other, so this is also the most that passes in a turn of the loop.
"""

FORBIDDEN = 403
"""What a server answers for an application that closes a WebSocket without accepting it."""

FAILED = 500
"""What a server answers for an application that fails instead."""


class InProcessSocket:
    """One connection, served by a task of its own."""

    def __init__(self, app: ASGIApp, url: str) -> None:
        self._app = app
        self._scope = _scope(url)
        self._to_app: asyncio.Queue[Message] = asyncio.Queue()
        self._from_app: asyncio.Queue[Message] = asyncio.Queue(MOST_FRAMES_WAITING)
        self._ended: SocketClosed | None = None
        self._served: asyncio.Task[None] | None = None

    @classmethod
    async def connect(cls, app: ASGIApp, url: str) -> "InProcessSocket":
        """Connect without a time limit. Raises SocketClosed or HandshakeRefused."""
        socket = cls(app, url)
        try:
            await socket._open()
        except BaseException:
            await socket.aclose()
            raise
        return socket

    async def send(self, text: str) -> None:
        """See `Socket`."""
        if self._ended is not None:
            raise self._ended
        self._to_app.put_nowait({"type": "websocket.receive", "text": text})

    async def receive(self) -> str | bytes:
        """See `Socket`."""
        if self._ended is None:
            message = await self._from_app.get()
            if message["type"] == "websocket.send":
                text: str | bytes | None = message.get("text")
                return message["bytes"] if text is None else text
            self._ended = SocketClosed(message.get("code", 1000), message.get("reason") or "")
        raise self._ended

    async def aclose(self) -> None:
        """See `Socket`."""
        self._ended = self._ended or SocketClosed(1000, "closed by the client")
        if self._served is None:
            return
        self._to_app.put_nowait({"type": "websocket.disconnect", "code": 1000, "reason": ""})
        while not self._from_app.empty():
            self._from_app.get_nowait()  # whatever the application is still about to send goes nowhere
        try:
            await asyncio.wait([self._served], timeout=CLOSE_SECONDS)
        finally:
            self._served.cancel()
        await asyncio.wait([self._served])

    async def _open(self) -> None:
        self._to_app.put_nowait({"type": "websocket.connect"})
        self._served = asyncio.create_task(self._serve(), name="stream in process")
        message = await self._from_app.get()
        match message["type"]:
            case "websocket.accept":
                return
            case "websocket.close":
                raise HandshakeRefused(FORBIDDEN, (message.get("reason") or "").encode())
            case "websocket.http.response.start":
                raise HandshakeRefused(message["status"], await self._body())
            case _:
                raise HandshakeRefused(FAILED, message["reason"].encode())

    async def _body(self) -> bytes:
        body = b""
        while (message := await self._from_app.get())["type"] == "websocket.http.response.body":
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        return body

    async def _serve(self) -> None:
        reason = "the application ended without closing the connection"
        try:
            await self._app(self._scope, self._to_app.get, self._take)
        except Exception as error:  # noqa: BLE001 - passed on as the reason why the connection ended
            reason = f"the application failed: {error!r}"
        finally:
            if self._ended is None:
                await self._from_app.put({"type": "ended", "code": NO_CLOSE_FRAME, "reason": reason})

    async def _take(self, message: Message) -> None:
        if self._ended is not None:
            raise OSError("the client has gone")  # as ASGI wants it for a connection that is closed
        await self._from_app.put(message)


def _scope(url: str) -> Scope:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "wss" else 80)
    return {
        "type": "websocket",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "scheme": parts.scheme,
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", parts.netloc.rpartition("@")[2].encode())],
        "client": ("127.0.0.1", 0),
        "server": (parts.hostname or "", port),
        "subprotocols": [],
        "state": {},
        "extensions": {"websocket.http.response": {}},
    }
