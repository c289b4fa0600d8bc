"""A client of the streaming protocol that talks ASGI directly, without a network."""

import asyncio
import json
from typing import Any

from starlette.types import Message, Scope
from starlette.websockets import WebSocket

from trading_api.shared.ws.application import WsApplication


class InMemoryClient:
    """One connection to a WsApplication; what it receives is in `received`, in order."""

    def __init__(self, application: WsApplication) -> None:
        self.application = application
        self._inbox: asyncio.Queue[Message] = asyncio.Queue()
        self.received: list[dict[str, Any]] = []
        self.close_code: int | None = None
        self._inbox.put_nowait({"type": "websocket.connect"})
        scope: Scope = {"type": "websocket", "path": "/ws", "headers": [], "query_string": b""}
        self.task = asyncio.create_task(application.endpoint(WebSocket(scope, self._inbox.get, self._send)))

    async def _send(self, message: Message) -> None:
        if message["type"] == "websocket.send":
            self.received.append(json.loads(message["text"]))
        elif message["type"] == "websocket.close":
            self.close_code = message["code"]

    def say(self, text: str) -> None:
        """Send one text frame."""
        self._inbox.put_nowait({"type": "websocket.receive", "text": text})

    def ask(self, kind: str, payload: Any = None, **rest: Any) -> None:
        """Send one message of the envelope."""
        self.say(json.dumps({"type": kind, "payload": payload, **rest}))

    def vanish(self) -> None:
        """Lose the connection without a close frame."""
        self._inbox.put_nowait({"type": "websocket.disconnect", "code": 1006})

    def cancel(self) -> None:
        """Cancel the endpoint, as a server does that gives up on it."""
        self.task.cancel()

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        """Payloads of the received messages of one type."""
        return [message["payload"] for message in self.received if message["type"] == kind]


async def settle() -> None:
    """Let everything that is ready run until nothing is."""
    for _ in range(40):
        await asyncio.sleep(0)
