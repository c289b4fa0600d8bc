"""A client of the streaming protocol that talks to an application directly, without a network."""

import asyncio
import json
from typing import Any

from trading_api.shared.tests.scripted_network import ScriptedNetwork
from trading_api.shared.ws.application import WsApplication


class InMemoryClient:
    """One connection to a WsApplication; what it receives is in `received`, in order.

    A `direct` one takes finished frames, as our own server does; any other is plain ASGI.
    """

    def __init__(self, application: WsApplication, *, direct: bool = False) -> None:
        self.application = application
        self.network = ScriptedNetwork(direct=direct)
        self._received: list[dict[str, Any]] = []
        self.task = asyncio.create_task(application.endpoint(self.network.socket()))

    @property
    def received(self) -> list[dict[str, Any]]:
        """The messages, in the order in which they were sent."""
        self._received += [json.loads(text) for text in self.network.texts[len(self._received) :]]
        return self._received

    @property
    def close_code(self) -> int | None:
        """With what the server closed, if it did."""
        return self.network.close_code

    def say(self, text: str) -> None:
        """Send one text frame."""
        self.network.say(text)

    def ask(self, kind: str, payload: Any = None, **rest: Any) -> None:
        """Send one message of the envelope."""
        self.say(json.dumps({"type": kind, "payload": payload, **rest}))

    def vanish(self) -> None:
        """Lose the connection without a close frame."""
        self.network.lose()

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
