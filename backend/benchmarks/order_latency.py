"""Placing orders through the whole server, durable when answered, beside an empty POST of the same body.

Both servers have one core, 32 clients on keep-alive connections another; runs alternate and medians count,
so that what else the machine does meets both. Exit code 1 if a bar is missed.
"""

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROUNDS, SECONDS, WARM_UP_SECONDS = 5, 3.0, 1.0
CONNECTIONS = 32
LEAST_RATE, MOST_DELAY = 0.6, 1.7
"""What must be reached of the empty POST's requests a second, and of its median."""

BODY = json.dumps({"symbol": "ALFA", "type": "limit", "side": "buy", "qty": 1, "limitPrice": 0.01}).encode()
EMPTY = """
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

class Order(BaseModel):
    symbol: str
    type: str
    side: str
    qty: float
    limitPrice: float

app = FastAPI()

@app.post("/api/v1/broker/orders", status_code=201)
async def place_order(order: Order) -> Order:
    return order

class Server(uvicorn.Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print(f"http://127.0.0.1:{self.servers[0].sockets[0].getsockname()[1]} ", flush=True)

Server(uvicorn.Config(app, port=0, log_level="warning")).run()
"""


@dataclass(frozen=True)
class Measured:
    """One run: requests a second, and seconds from request to answer."""

    rate: float
    delays: list[float]

    def delay(self, percent: int) -> float:
        """A percentile in ms."""
        return statistics.quantiles(self.delays, n=100)[percent - 1] * 1000


class Client(asyncio.Protocol):
    """Sends the order again as soon as it is answered, until `until`."""

    def __init__(self, host: str, until: float, delays: list[float]) -> None:
        head = f"POST /api/v1/broker/orders HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n"
        self._request = f"{head}content-length: {len(BODY)}\r\n\r\n".encode() + BODY
        self._until = until
        self._delays = delays
        self._received = b""
        self.ended = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, found, body = self._received.partition(b"\r\n\r\n")
        if not found or len(body) < int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]):
            return
        assert head.startswith(b"HTTP/1.1 201"), self._received
        self._received = b""
        now = time.perf_counter()
        self._delays.append(now - self._sent)
        if now < self._until:
            self._send()
        else:
            self._transport.close()

    def connection_lost(self, reason: Exception | None) -> None:
        self.ended.set_result(reason)

    def _send(self) -> None:
        self._sent = time.perf_counter()
        self._transport.write(self._request)


async def load(url: str, seconds: float) -> Measured:
    """What all clients together measure."""
    host, _, port = urlsplit(url).netloc.partition(":")
    delays: list[float] = []
    until = time.perf_counter() + seconds
    loop = asyncio.get_running_loop()
    made = [
        await loop.create_connection(lambda: Client("localhost", until, delays), host, int(port))
        for _ in range(CONNECTIONS)
    ]
    await asyncio.gather(*(client.ended for _, client in made))
    return Measured(len(delays) / seconds, delays)


@contextmanager
def running(*command: str) -> Iterator[str]:
    """Run a server on the first core, which prints its address; yields the address."""
    pinned = ["taskset", "--cpu-list", "0"] if shutil.which("taskset") and os.cpu_count() != 1 else []
    with subprocess.Popen([*pinned, *command], stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield next(word for line in server.stdout for word in line.split() if word.startswith("http://"))
        finally:
            server.kill()


@contextmanager
def ours() -> Iterator[str]:
    """The whole server on an empty journal."""
    trading_pro = str(Path(sys.executable).with_name("trading-pro"))
    with (
        tempfile.TemporaryDirectory() as folder,
        running(trading_pro, "serve", "--port", "0", "--data-dir", folder) as url,
    ):
        yield url


def empty() -> AbstractContextManager[str]:
    """FastAPI that answers what it was sent."""
    return running(sys.executable, "-c", EMPTY)


def measured(server: Callable[[], AbstractContextManager[str]]) -> Measured:
    """One run against a new server, which has been warmed up."""
    with server() as url:
        asyncio.run(load(url, WARM_UP_SECONDS))
        return asyncio.run(load(url, SECONDS))


def report(name: str, runs: list[Measured]) -> tuple[float, float]:
    """Print the medians of all runs; returns requests a second and the median delay in ms."""
    rate = statistics.median(run.rate for run in runs)
    p50, p99 = (statistics.median(run.delay(percent) for run in runs) for percent in (50, 99))
    print(f"{name:12} {rate:8,.0f} requests/s   p50 {p50:6.2f} ms   p99 {p99:6.2f} ms")
    return rate, p50


def main() -> int:
    """Measure both in turn and print their ratios."""
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, os.sched_getaffinity(0) - {0} or {0})
    pairs = [(measured(empty), measured(ours)) for _ in range(ROUNDS)]
    print(f"{CONNECTIONS} connections; an order is durable (SQLite, synchronous=FULL) when it is answered")
    rate, p50 = report("an order", [pair[1] for pair in pairs])
    empty_rate, empty_p50 = report("empty POST", [pair[0] for pair in pairs])
    reached = rate >= LEAST_RATE * empty_rate and p50 <= MOST_DELAY * empty_p50
    print(
        f"requests a second: {rate / empty_rate:.2f} (at least {LEAST_RATE});"
        f" median: {p50 / empty_p50:.2f} (at most {MOST_DELAY}): {'reached' if reached else 'MISSED'}"
    )
    return int(not reached)


if __name__ == "__main__":
    sys.exit(main())
