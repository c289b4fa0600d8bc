"""One connection over a scripted network, served until the client is gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.websockets import WebSocket, WebSocketDisconnect

from trading_api.shared.tests.in_memory_socket import settle
from trading_api.shared.tests.scripted_network import ScriptedNetwork
from trading_api.shared.ws.connection import Connection, Flusher
from trading_api.shared.ws.frames import Frame
from trading_api.shared.ws.tally import WsTally


def text_frame(text: str, key: str | None = None) -> Frame:
    """One message of that text."""
    return Frame.of(text.encode(), key)


@asynccontextmanager
async def wired_connection(
    network: ScriptedNetwork, max_waiting: int = 1024 * 1024, flusher: Flusher | None = None
) -> AsyncIterator[Connection]:
    """An accepted connection; at the end the client is gone and nothing runs any more."""
    socket = network.socket()
    await socket.accept()
    connection = Connection(socket, flusher or Flusher(WsTally()), max_waiting)
    serving = asyncio.create_task(connection.serve(_read(socket)), name="serving")
    await settle()
    try:
        yield connection
    finally:
        network.lose()
        await asyncio.wait_for(serving, 5)


async def _read(socket: WebSocket) -> None:
    try:
        while (await socket.receive())["type"] != "websocket.disconnect":
            pass
    except WebSocketDisconnect:
        return
