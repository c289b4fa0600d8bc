"""How long an order takes through the whole server, beside an empty POST in the same run."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

WARM_UP, ORDERS = 50, 500
ORDER = {"symbol": "ALFA", "type": "limit", "side": "buy", "qty": 1, "limitPrice": 0.01}
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


@contextmanager
def running(*command: str) -> Iterator[str]:
    """Run a server that prints its address; yields the address."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield next(word for line in server.stdout for word in line.split() if word.startswith("http://"))
        finally:
            server.kill()


def latencies(url: str) -> list[float]:
    """Milliseconds of each of the orders, one after the other on one connection."""
    measured = []
    with httpx.Client(base_url=url, trust_env=False) as client:
        for _ in range(WARM_UP + ORDERS):
            started = time.perf_counter()
            answer = client.post("/api/v1/broker/orders", json=ORDER)
            measured.append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 201, answer.text
    return measured[WARM_UP:]


def report(name: str, measured: list[float]) -> float:
    """Print the quantiles; returns the median."""
    quantiles = statistics.quantiles(measured, n=100)
    print(
        f"{name:12} p50 {quantiles[49]:6.2f} ms   p95 {quantiles[94]:6.2f} ms   p99 {quantiles[98]:6.2f} ms"
    )
    return quantiles[49]


def main() -> None:
    """Measure both and print their ratio."""
    trading_pro = str(Path(sys.executable).with_name("trading-pro"))
    with running(sys.executable, "-c", EMPTY) as url:
        empty = latencies(url)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(trading_pro, "serve", "--port", "0", "--data-dir", folder) as url,
    ):
        placed = latencies(url)
    print(f"{ORDERS} limit orders one after the other, each durable (SQLite, synchronous=FULL) when answered")
    ratio = report("an order", placed) / report("empty POST", empty)
    print(f"an order takes {ratio:.1f} times as long as an empty POST")


if __name__ == "__main__":
    main()
