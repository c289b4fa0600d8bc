"""The library `websockets`: its asyncio server on uvloop, without compression, and its `broadcast`."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Sequence

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

from benchmarks.streaming.pace import keep_pace
from benchmarks.streaming.servers import launch
from benchmarks.streaming.ticks import Tick, subscribed_text, topic_of, update_text

subscribers: defaultdict[int, set[ServerConnection]] = defaultdict(set)


async def converse(connection: ServerConnection) -> None:
    """Take the subscriptions of one client."""
    async for text in connection:
        message = json.loads(text)
        if message["type"] == "ticks.subscribe":
            subscribers[topic_of(message["payload"]["symbol"])].add(connection)
            await connection.send(subscribed_text())


async def publish(turn: Sequence[Tick]) -> None:
    """Publish what is due."""
    for tick in turn:
        broadcast(subscribers[tick.topic], update_text(tick))


async def main() -> None:
    """Serve until killed."""
    listener = launch.listening_socket()
    async with serve(converse, sock=listener, compression=None, ping_interval=None):
        launch.announce(listener)
        await asyncio.gather(keep_pace(publish))


if __name__ == "__main__":
    uvloop.run(main())
