"""FastWS, served by uvicorn with uvloop and without compression."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, Literal

import uvicorn
import uvloop
from fastapi import Depends, FastAPI

# The peers are installed in an environment of their own.
from fastws import Client, FastWS  # type: ignore[import-not-found]
from pydantic import BaseModel

from benchmarks.streaming.pace import keep_pace
from benchmarks.streaming.servers import launch
from benchmarks.streaming.ticks import Tick, fields, symbol, topic_name


class Subscription(BaseModel):
    """What a client subscribes with."""

    symbol: str


class Subscribed(BaseModel):
    """The answer to a subscription."""

    status: Literal["ok"] = "ok"


class TickData(BaseModel):
    """A newest value."""

    symbol: str
    bid: float
    ask: float
    stamp: int
    seq: int


class UpdatePayload(BaseModel):
    """A newest value and its topic."""

    topic: str
    payload: TickData


class Update(BaseModel):
    """The message that carries it."""

    type: Literal["ticks.update"] = "ticks.update"
    payload: UpdatePayload


streams = FastWS(asyncapi_url=None, asyncapi_docs_url=None)
app = FastAPI()


async def subscribe(payload: Subscription, client: Client) -> Subscribed:
    """Follow a topic."""
    client.subscribe(topic_name(payload.symbol))
    return Subscribed()


streams.send("ticks.subscribe", reply="ticks.subscribe.response")(subscribe)


@app.websocket("/ws")
async def endpoint(client: Annotated[Client, Depends(streams.manage)]) -> None:
    """Serve one client."""
    await streams.serve(client)


async def publish(turn: Sequence[Tick]) -> None:
    """Publish what is due."""
    for tick in turn:
        topic = topic_name(symbol(tick.topic))
        payload = UpdatePayload(topic=topic, payload=TickData(**fields(tick)))
        await streams.broadcast(topic, Update(payload=payload))


async def serve() -> None:
    """Serve until killed."""
    listener = launch.listening_socket()
    config = uvicorn.Config(app, log_level="warning", ws_per_message_deflate=False)
    publishing = asyncio.create_task(keep_pace(publish), name="publishing")
    launch.announce(listener)
    await uvicorn.Server(config).serve(sockets=[listener])
    publishing.cancel()


if __name__ == "__main__":
    uvloop.run(serve())
