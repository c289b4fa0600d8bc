"""A client of a private stream that keeps the protocol's promise to itself: no gap, nothing twice."""

import asyncio
import json
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

PATIENCE_SECONDS = 30


class JournalClient:
    """Follows one topic of the account DEMO over any number of connections."""

    def __init__(self, route: str) -> None:
        self._route = route
        self._epoch: str | None = None
        self._last = 0
        self.snapshot: list[dict[str, Any]] = []
        self.updates: list[dict[str, Any]] = []
        self._arrived = asyncio.Condition()
        self._socket: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None

    async def connect(self, server_url: str) -> None:
        """Connect, and subscribe from where the last connection ended."""
        url = server_url.replace("http", "ws", 1) + "/api/v1/broker/ws"
        self._socket = await connect(url, proxy=None)
        options = {"recover": {"epoch": self._epoch, "offset": self._last}} if self._epoch else {}
        await self._socket.send(
            json.dumps(
                {"type": f"{self._route}.subscribe", "payload": {"accountId": "DEMO"}, "options": options}
            )
        )
        reply = json.loads(await asyncio.wait_for(self._socket.recv(), PATIENCE_SECONDS))["payload"]
        assert reply["status"] == "ok", reply
        if self._epoch is None:
            self._epoch, self._last, self.snapshot = reply["epoch"], reply["offset"], reply["snapshot"]
        else:
            assert (reply["recovered"], reply["epoch"]) == (True, self._epoch), reply
        self._reader = asyncio.create_task(self._read(self._socket), name=f"{self._route} reader")

    async def _read(self, socket: ClientConnection) -> None:
        try:
            while True:
                self._take(json.loads(await socket.recv()))
                async with self._arrived:
                    self._arrived.notify_all()
        except ConnectionClosed:
            return

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] != f"{self._route}.update":
            return
        update = message["payload"]
        assert update["prev"] == self._last, f"{self._route}: a gap between {self._last} and {update}"
        assert update["offset"] > self._last, f"{self._route}: {update} again"
        self._last = update["offset"]
        self.updates.append(update["payload"])

    async def wait_for(self, *, offset: int = 0, count: int = 0) -> None:
        """Wait until the update at `offset` has arrived, and `count` updates in all."""
        async with self._arrived:
            await asyncio.wait_for(
                self._arrived.wait_for(lambda: self._last >= offset and len(self.updates) >= count),
                PATIENCE_SECONDS,
            )

    async def disconnect(self) -> None:
        """Leave; raises what the reader met, if it met anything but the end of the connection."""
        assert self._socket is not None
        assert self._reader is not None
        await self._socket.close()
        await self._reader
