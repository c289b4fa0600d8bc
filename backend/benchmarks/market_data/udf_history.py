"""`python -m benchmarks.market_data.udf_history`: a long answer of `/udf/history` beside encoding its arrays.

The same request again and again to the whole application in this process, without a socket, over bars of
a minute in the store; and between two of them `orjson` alone with the arrays of the answer. All are
processor times.
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
import orjson

from benchmarks.market_data.asking import answer
from trading_api.app_factory import AppFactory, ModularFastAPI
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import MINUTE, MINUTE_MS
from trading_api.modules.datafeed.bars.window import MAX_BARS
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.settings import Settings

BARS, REQUESTS, ROUNDS = min(20_000, MAX_BARS), 100, 5
STORED = 60_000
MOST = 1.3
SYMBOL = StoredSymbol("BENCH", "LONG", price_places=2, size_places=0)
END = 1_700_006_400_000
PATH = "/api/v1/datafeed/udf/history"
START = END // 1000 - 60
QUERY = f"symbol=LONG&resolution=1&from={START}&to={END // 1000}&countback={BARS}&currencyCode=USD"


def main() -> int:
    """Measure and show; 1 if the bar is missed."""
    with tempfile.TemporaryDirectory() as folder:
        ratios, ours, bare = asyncio.run(measured(Path(folder)))
    ratio = statistics.median(ratios)
    print(
        f"{BARS} bars, warm: UDF {ours:.3f} ms, bare encoding {bare:.3f} ms, ratio {ratio:.2f} (bar {MOST})"
    )
    return int(ratio > MOST)


async def measured(folder: Path) -> tuple[list[float], float, float]:
    """The ratio of each round, and the medians of the last in ms."""
    settings = Settings(
        data_dir=folder, terminal_dir=folder, market="stored", enabled_modules="core,datafeed"
    )
    BarStore(settings.store_dir).write(SYMBOL, MINUTE, walk())
    app = AppFactory(installed=False).create(settings)
    ratios, ours, bare = [], 0.0, 0.0
    async with app.router.lifespan_context(app):
        told = json.loads(await answer(app, PATH, QUERY))
        assert len(told["t"]) == BARS
        arrays = {name: np.array(column) for name, column in told.items() if name != "s"}
        for _ in range(ROUNDS):
            ours, bare = await one_round(app, arrays)
            ratios.append(ours / bare)
    return ratios, ours, bare


async def one_round(app: ModularFastAPI, arrays: dict[str, Any]) -> tuple[float, float]:
    """Medians in ms of the request and of the encoding, taken in turns."""
    ours, bare = [], []
    for _ in range(REQUESTS):
        started = time.process_time()
        await answer(app, PATH, QUERY)
        between = time.process_time()
        orjson.dumps({"s": "ok", **arrays}, option=orjson.OPT_SERIALIZE_NUMPY)
        ours.append(between - started)
        bare.append(time.process_time() - between)
    return statistics.median(ours) * 1e3, statistics.median(bare) * 1e3


def walk() -> BarColumns:
    """Minutes of a price that wanders, up to END."""
    chance = np.random.default_rng(1)
    time_ms = END - MINUTE_MS * np.arange(STORED, 0, -1, dtype=np.int64)
    close = 10_000 + np.cumsum(chance.integers(-5, 6, STORED)).clip(-9_000)
    low, high = close - chance.integers(0, 9, STORED), close + chance.integers(0, 9, STORED)
    return BarColumns(time_ms, close, high, low, close, chance.integers(1, 10**6, STORED))


if __name__ == "__main__":
    sys.exit(main())
