"""`python -m benchmarks.market_data.bars`: 20,000 bars of `GET /bars` beside a route that only encodes.

Both are asked in turns in this process, without a socket. The route beside sends the same page, made by
`orjson` of the same arrays, an object for each bar as the page has them. All are processor times.
"""

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
from fastapi import FastAPI, Response
from starlette.types import ASGIApp

from benchmarks.market_data.asking import answer
from benchmarks.market_data.udf_history import END, START, SYMBOL, walk
from trading_api.app_factory import AppFactory
from trading_api.modules.datafeed.bars.resolution import MINUTE
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.settings import Settings

BARS, REQUESTS, ROUNDS, MOST = 20_000, 30, 5, 1.3
PATH = "/api/v1/datafeed/bars"
QUERY = f"symbol=LONG&resolution=1&from_time={START}&to_time={END // 1000}&count_back={BARS}"
FIELDS = ("time", "open", "high", "low", "close", "volume")


def main() -> int:
    """Measure and show; 1 if the bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        rounds = asyncio.run(measured(Path(folder)))
    ratio = statistics.median(ours / bare for ours, bare in rounds)
    ours, bare = rounds[-1]
    print(f"{BARS} bars, warm: REST {ours:.2f} ms, bare route {bare:.2f} ms, ratio {ratio:.2f} (bar {MOST})")
    return int(ratio > MOST)


async def measured(folder: Path) -> list[tuple[float, float]]:
    """Medians of each round in ms, of the whole application and of the bare route."""
    settings = Settings(
        data_dir=folder, terminal_dir=folder, market="stored", enabled_modules="core,datafeed"
    )
    BarStore(settings.store_dir).write(SYMBOL, MINUTE, walk())
    app = AppFactory(installed=False).create(settings)
    async with app.router.lifespan_context(app):
        page = json.loads(await answer(app, PATH, QUERY))
        assert len(page["bars"]) == BARS
        bare = bare_app([np.array([bar[name] for bar in page["bars"]]) for name in FIELDS])
        assert json.loads(await answer(bare, PATH, QUERY)) == page
        return [await one_round(app, bare) for _ in range(ROUNDS)]


def bare_app(columns: list[npt.NDArray[Any]]) -> FastAPI:
    """An application with one route that encodes `columns`."""
    app = FastAPI()

    @app.get(PATH)
    async def encoded() -> Response:
        rows = zip(*(column.tolist() for column in columns), strict=True)
        bars = [
            {"time": at, "open": opened, "high": high, "low": low, "close": close, "volume": volume}
            for at, opened, high, low, close, volume in rows
        ]
        page = {"bars": bars, "noData": False}
        return Response(orjson.dumps(page), media_type="application/json")

    return app


async def one_round(ours: ASGIApp, bare: ASGIApp) -> tuple[float, float]:
    """Medians in ms, taken in turns."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(REQUESTS):
        for app, times in zip((ours, bare), taken, strict=True):
            started = time.process_time()
            await answer(app, PATH, QUERY)
            times.append((time.process_time() - started) * 1e3)
    return statistics.median(taken[0]), statistics.median(taken[1])


if __name__ == "__main__":
    sys.exit(main())
