"""The physical limit: a uvloop protocol that writes the same bytes with `transport.write` and checks nothing.

It frames each update once, writes all of a turn to a connection at once, and echoes what begins as an echo.
"""

import asyncio
import json
import os
from collections.abc import Sequence
from typing import cast

import uvloop

from benchmarks.streaming import wire
from benchmarks.streaming.pace import keep_pace
from benchmarks.streaming.servers import launch
from benchmarks.streaming.ticks import (
    JOURNAL_ROUTE,
    ROUTE,
    Template,
    Tick,
    subscribed_text,
    topic_of,
)

ECHO_START = b'{"type":"ticks.update"'
EVENT = (
    '{{"type":"events.update","payload":'
    '{{"topic":"events:{0}","payload":{{"offset":{1}}},"offset":{1},"prev":{2}}}}}'
)
EVENTS_MISSED = 100


class BareConnection(asyncio.Protocol):
    """One client's connection."""

    __slots__ = ("_data", "_open", "_shaken", "topics", "transport")

    def __init__(self, everyone: set["BareConnection"]) -> None:
        self._open = everyone
        self._data = bytearray()
        self._shaken = False
        self.topics: tuple[int, ...] = ()
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are asyncio's in all but their class.
        self.transport = cast(asyncio.Transport, transport)
        self._open.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._open.discard(self)

    def data_received(self, data: bytes) -> None:
        if not self._shaken:
            self._shaken = True
            self.transport.write(wire.upgrade_response(data))
            return
        self._data += data
        for kind, payload in wire.client_frames(self._data):
            if kind == wire.TEXT:
                self._on_text(payload)

    def _on_text(self, payload: bytes) -> None:
        if payload.startswith(ECHO_START):
            self.transport.write(wire.server_frame(payload))
            return
        message = json.loads(payload)
        asked = message.get("payload", {}).get("symbol")
        if message["type"] == f"{ROUTE}.subscribe":
            self.topics = (*self.topics, topic_of(asked))
            self.transport.write(wire.server_frame(subscribed_text().encode()))
        elif message["type"] == f"{JOURNAL_ROUTE}.subscribe":
            self._recover(asked, message.get("options"))

    def _recover(self, asked: str, options: dict[str, dict[str, int]] | None) -> None:
        start = options["recover"]["offset"] if options else 0
        missed = range(start + 1, start + 1 + EVENTS_MISSED) if options else range(0)
        payload = {"status": "ok", "epoch": "bench", "offset": start, "recovered": options is not None}
        texts = [json.dumps({"type": f"{JOURNAL_ROUTE}.subscribe.response", "payload": payload})]
        texts += [EVENT.format(asked, offset, offset - 1) for offset in missed]
        self.transport.write(b"".join(wire.server_frame(text.encode()) for text in texts))


async def serve() -> None:
    """Serve until killed."""
    everyone: set[BareConnection] = set()
    templates = [Template(topic) for topic in range(int(os.environ["BENCH_TOPICS"]))]

    async def publish(turn: Sequence[Tick]) -> None:
        frames: dict[int, bytes] = {}
        for tick in turn:
            frame = wire.server_frame(templates[tick.topic].filled(tick))
            frames[tick.topic] = frames.get(tick.topic, b"") + frame
        get = frames.get
        for connection in everyone:
            written = b"".join([found for topic in connection.topics if (found := get(topic)) is not None])
            if written:
                connection.transport.write(written)

    listener = launch.listening_socket()
    await asyncio.get_running_loop().create_server(
        lambda: BareConnection(everyone), sock=listener, backlog=launch.BACKLOG
    )
    launch.announce(listener)
    if os.environ["BENCH_ROUTE"] == JOURNAL_ROUTE:
        await asyncio.Event().wait()
    await keep_pace(publish)


if __name__ == "__main__":
    uvloop.run(serve())
