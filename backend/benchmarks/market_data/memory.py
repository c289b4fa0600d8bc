"""`python -m benchmarks.market_data.memory`: what a server occupies that lists ten thousand symbols.

A real server, all modules, in a process of its own; one client follows the bars and the quotes of a
hundred symbols. Once with the bars store, once with the market of another package, whose hundred tick.
"""

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import orjson

from benchmarks.market_data.listings import listed
from benchmarks.market_data.many_ticking import LISTED, TICKING
from trading_api.clients.datafeed_ws_client import DatafeedWsClient
from trading_api.models.market.bars import BarsSubscriptionRequest
from trading_api.models.market.quotes import QuotesSubscriptionRequest
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import DAY, DAY_MS, MINUTE
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import INSTRUMENT_FILE, StoredSymbol

AT_MOST_MB = 200.0
SETTLED_SECONDS = 15.0
EXCHANGES = {"XNYS": "XNYS", "MADE": "24x7"}
DAYS, MINUTES = 30, 60
MARKETS = {
    "stored": [f"S{number:05}" for number in range(TICKING)],
    "many-ticking": [one.ticker for one in listed(TICKING)],
}
LAST_DAY_MS = 1_735_603_200_000
COMMAND = Path(sys.executable).with_name("trading-pro")
ADDRESS = re.compile(r"http://\S+:\d+")
BACKEND = Path(__file__).parents[2]


def fill(root: Path) -> None:
    """So many stored symbols with a month of days and an hour of minutes, in files that they share."""
    store = BarStore(root)
    days = _bars(LAST_DAY_MS - np.arange(DAYS - 1, -1, -1, dtype=np.int64) * DAY_MS)
    minutes = _bars(LAST_DAY_MS + 15 * 3_600_000 + np.arange(MINUTES, dtype=np.int64) * 60_000)
    for shift, (exchange, calendar) in enumerate(EXCHANGES.items()):
        names = [f"S{number:05}" for number in range(shift, LISTED, len(EXCHANGES))]
        written = StoredSymbol(exchange, names[0], 2, 0, calendar=calendar)
        store.write(written, DAY, days)
        store.write(written, MINUTE, minutes)
        for name in names[1:]:
            share(store.folder(exchange, names[0]), name)
    store.close()


def share(source: Path, name: str) -> None:
    """Another symbol of the same files."""
    folder = source.with_name(name)
    for path in source.rglob("*"):
        if path.is_file():
            copy = folder / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, copy)
    told = orjson.loads((source / INSTRUMENT_FILE).read_bytes())
    (folder / INSTRUMENT_FILE).unlink()
    told |= {"ticker": name, "description": f"Stored as {name}"}
    (folder / INSTRUMENT_FILE).write_bytes(orjson.dumps(told))


def _bars(times: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> BarColumns:
    price = 10_000 + np.arange(len(times), dtype=np.int64)
    return BarColumns(times, price, price + 30, price - 30, price + 5, price)


def offer(folder: Path) -> None:
    """Make `folder` look like one into which the package with the market was installed."""
    distribution = folder / "many_ticking-1.dist-info"
    distribution.mkdir(parents=True)
    (distribution / "METADATA").write_text("Metadata-Version: 2.1\nName: many-ticking\nVersion: 1\n")
    (distribution / "entry_points.txt").write_text(
        "[trading_api.providers]\nmany-ticking = benchmarks.market_data.many_ticking:provider\n"
    )


@contextmanager
def served(market: str, data: Path, packages: Path) -> Iterator[tuple[int, str]]:
    """Process and address of a server that has just been started."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRADING_")}
    paths = [str(packages), str(BACKEND), *filter(None, [environment.get("PYTHONPATH")])]
    with subprocess.Popen(
        [COMMAND, "serve", "--market", market, "--port", "0", "--data-dir", data],
        env=environment | {"PYTHONUNBUFFERED": "1", "PYTHONPATH": os.pathsep.join(paths)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            address = next(found[0] for line in process.stdout if (found := ADDRESS.search(line)))
            yield process.pid, address
        finally:
            process.terminate()


async def follow(address: str, tickers: Sequence[str]) -> None:
    """Follow the bars and the quotes of these symbols for a while."""
    async with DatafeedWsClient(f"{address}/api/v1/datafeed") as streams:

        async def one(ticker: str) -> None:
            bars = streams.subscribe_bars(BarsSubscriptionRequest(symbol=ticker, resolution="1"))
            quotes = streams.subscribe_quotes(QuotesSubscriptionRequest(symbol=ticker))
            async with bars, quotes:
                await anext(aiter(bars))
                await anext(aiter(quotes))
                begun.release()
                await asyncio.sleep(SETTLED_SECONDS)

        begun = asyncio.Semaphore(0)
        async with asyncio.timeout(60 + SETTLED_SECONDS), asyncio.TaskGroup() as group:
            for ticker in tickers:
                group.create_task(one(ticker))


def occupied_mb(process: int) -> dict[str, float]:
    """Resident memory now and at most, as the kernel counts it."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    return {
        name: int(size) / 1024
        for name, size in re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status, re.MULTILINE)
    }


def measured(market: str, tickers: Sequence[str], data: Path, packages: Path) -> float:
    """MB at rest, after a start and while a hundred are followed; each is printed."""
    with served(market, data, packages) as (process, address):
        begin = occupied_mb(process)
        asyncio.run(follow(address, tickers))
        end = occupied_mb(process)
    print(
        f"{market:13} {LISTED:,} listed: {begin['VmRSS']:5.1f} MB; {len(tickers)} followed: "
        f"{end['VmRSS']:5.1f} MB, most {end['VmHWM']:5.1f} MB"
    )
    return end["VmRSS"]


def main() -> int:
    """Print both; exit code 1 if one takes too much."""
    with tempfile.TemporaryDirectory() as folder:
        data, packages = Path(folder, "data"), Path(folder, "packages")
        fill(data / "store")
        offer(packages)
        taken = [measured(market, tickers, data, packages) for market, tickers in MARKETS.items()]
    print(f"at most {AT_MOST_MB:.0f} MB")
    return int(max(taken) > AT_MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
