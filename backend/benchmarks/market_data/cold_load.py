"""How long the first look at a chart of five million stored minutes takes, nothing being in memory.

Each look is the first one at a symbol of its own: by the provider with a connection of its own, encoding
included, and over HTTP at a server that has just been started.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
import orjson

from trading_api.modules.datafeed.adjusted_history import AdjustedHistory
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.encoding import page_text
from trading_api.modules.datafeed.bars.resolution import MINUTE, parse_resolution
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.calendars.calendars import Calendars
from trading_api.modules.datafeed.calendars.hours import ROUND_THE_CLOCK
from trading_api.modules.datafeed.providers.stored.provider import StoredProvider
from trading_api.modules.datafeed.store.built_days import build_days
from trading_api.modules.datafeed.store.hours import StoredHours
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import INSTRUMENT_FILE, StoredSymbol
from trading_api.shared.clock import SystemClock

ROWS = 5_000_000
SYMBOLS = 100
BARS = 300
RESOLUTIONS = ("1", "5", "60", "240", "1D", "1W")
AT_MOST_MS = 50.0
FIRST_MS = 1_262_304_000_000
COMMAND = Path(sys.executable).with_name("trading-pro")
ADDRESS = re.compile(r"http://\S+:\d+")


def fill(root: Path) -> None:
    """One symbol in full, and others that share its files."""
    walk = np.random.default_rng(1)
    time_ms = FIRST_MS + np.arange(ROWS, dtype=np.int64) * 60_000
    price = 4_000_000 + np.cumsum(walk.integers(-50, 51, ROWS)).astype(np.int64)
    volume = walk.integers(0, 10**11, ROWS).astype(np.int64)
    symbol = StoredSymbol("MADE", "S000", 2, 8, type="crypto", calendar="24x7")
    store = BarStore(root)
    store.write(symbol, MINUTE, BarColumns(time_ms, price, price + 30, price - 30, price + 5, volume))
    build_days(store, symbol, ROUND_THE_CLOCK)
    source = store.folder("MADE", "S000")
    for number in range(1, SYMBOLS):
        folder = root / "MADE" / f"S{number:03}"
        for path in source.rglob("*"):
            copy = folder / path.relative_to(source)
            if path.is_file():
                copy.parent.mkdir(parents=True, exist_ok=True)
                os.link(path, copy)
        known = orjson.loads((source / INSTRUMENT_FILE).read_bytes())
        (folder / INSTRUMENT_FILE).unlink()
        (folder / INSTRUMENT_FILE).write_bytes(orjson.dumps({**known, "ticker": folder.name}))
    store.close()


def by_provider(root: Path, resolution: str) -> Iterator[float]:
    """ms of each look."""
    wanted = parse_resolution(resolution)
    assert wanted is not None
    for number in range(SYMBOLS):
        store = BarStore(root)
        provider = StoredProvider(store, StoredHours(store, Calendars(root.parent)), SystemClock())
        provider.load()
        instrument = provider.instruments()[number]
        until = provider.position()
        started = time.perf_counter()
        own, found = AdjustedHistory(provider).read(instrument, wanted, BarWindow(until, until, BARS), until)
        page_text(found.bars, own.price_unit, own.size_unit, no_data=False, next_time=None)
        yield (time.perf_counter() - started) * 1_000
        store.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server that has just been started."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRADING_")}
    with subprocess.Popen(
        [COMMAND, "serve", "--market", "stored", "--port", "0", "--data-dir", folder],
        env=environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield next(found[0] for line in process.stdout if (found := ADDRESS.search(line)))
        process.terminate()


def by_http(folder: Path, resolution: str) -> Iterator[float]:
    """ms of each look."""
    with served(folder) as address, httpx.Client(base_url=address) as client:
        client.get("/api/v1/datafeed/config").raise_for_status()
        for number in range(SYMBOLS):
            query = (
                f"symbol=S{number:03}&resolution={resolution}&count_back={BARS}&to_time={int(time.time())}"
            )
            started = time.perf_counter()
            answer = client.get(f"/api/v1/datafeed/bars?{query}")
            yield (time.perf_counter() - started) * 1_000
            answer.raise_for_status()


def report(way: str, resolution: str, taken: Sequence[float]) -> bool:
    """Print it; whether it took too long."""
    worst = statistics.quantiles(taken, n=100)[98]
    print(f"{way:9} {resolution:>4}: p50 {statistics.median(taken):5.1f} ms   p99 {worst:5.1f} ms")
    return worst > AT_MOST_MS


def main() -> int:
    """Print both by resolution; exit code 1 if a p99 is too high."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder, "store"))
        print(f"{BARS} bars of {ROWS:,} minutes, {SYMBOLS} symbols; p99 at most {AT_MOST_MS:.0f} ms")
        for resolution in RESOLUTIONS:
            missed += report("provider", resolution, list(by_provider(Path(folder, "store"), resolution)))
            missed += report("HTTP", resolution, list(by_http(Path(folder), resolution)))
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
