"""`python -m benchmarks.restart`: exit code 1 if a restart takes too long, or gives another state."""

import argparse
import asyncio
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx

from benchmarks.restart.history import CACHE, KEY, WORKING, database
from benchmarks.streaming.machine import processor
from benchmarks.streaming.server_process import BACKEND
from trading_api.modules.broker.engine import AccountState, codec, fold
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.shared.db.engine import Database

ROUNDS = 5
MOST_SECONDS = 5.0
PATIENCE_SECONDS = 300.0
PAGE = 20_000
RESULT = BACKEND / "benchmarks" / "results" / "restart.md"


def main() -> int:
    """Measure, show and keep it."""
    options = _options()
    kept = database(CACHE)
    empty, full = [], []
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        data = Path(folder) / "full" / "simulated"
        data.mkdir(parents=True)
        shutil.copy(kept, data)
        for number in range(options.rounds):
            empty.append(_seconds_until_ready(Path(folder) / f"empty{number}", 0))
            full.append(_seconds_until_ready(data.parent, WORKING))
    loaded, replayed, same, events = asyncio.run(_both_ways(kept))
    ready, least = statistics.median(full), statistics.median(empty)
    title = f"{events:,} events, {WORKING:,} working orders"
    in_time, bar = _verdict(ready <= MOST_SECONDS), f"<= {MOST_SECONDS:g} s"
    beside, folded = f"{least:.2f} s with an empty database", f"{replayed:.1f} s by folding every event"
    page = f"""# Restart

Measured on {datetime.now(UTC):%Y-%m-%d}, {processor()}; medians of {options.rounds} starts of
`trading-pro serve`, from the start of the process until `GET /readyz` answers 200.

| figure | {title} | beside | bar | reached |
| --- | --- | --- | --- | --- |
| ready after | {ready:.2f} s | {beside} | {bar} | {in_time} |
| the account loaded in | {loaded:.2f} s | {folded} | the same state | {_verdict(same)} |
"""
    print(page)
    RESULT.write_text(page, "utf-8")
    return int(not (same and ready <= MOST_SECONDS))


def _seconds_until_ready(data_dir: Path, working: int) -> float:
    """A server is started on `data_dir` and stopped again."""
    trading_pro = str(Path(sys.executable).with_name("trading-pro"))
    command = (trading_pro, "serve", "--port", "0", "--data-dir", str(data_dir))
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            url = next(word for line in server.stdout for word in line.split() if word.startswith("http://"))
            with httpx.Client(base_url=url, trust_env=False, timeout=PATIENCE_SECONDS) as client:
                while client.get("/readyz").status_code != 200:
                    time.sleep(0.01)
                seconds = time.perf_counter() - started
                _check(client, working)
        finally:
            server.terminate()
            server.wait(PATIENCE_SECONDS)
    return seconds


def _check(client: httpx.Client, working: int) -> None:
    answer = client.get("/api/v1/broker/orders")
    answer.raise_for_status()
    listed = sum(order["status"] == "working" for order in answer.json())
    if listed != working:
        raise SystemExit(f"{listed} working orders after the restart instead of {working}")


async def _both_ways(path: Path) -> tuple[float, float, bool, int]:
    """Seconds to load, seconds to fold all events, whether both give one state, and how many events."""
    opened = Database(f"sqlite+aiosqlite:///{path}")
    try:
        repository = BrokerRepository(opened)
        started = time.perf_counter()
        loaded = await repository.load(KEY)
        seconds, started = time.perf_counter() - started, time.perf_counter()
        replayed = AccountState(KEY.account_id, KEY.epoch)
        while rows := await repository.journal(KEY, replayed.offset, PAGE):
            replayed = fold(replayed, [codec.EVENT.read(row.payload) for row in rows])
        return seconds, time.perf_counter() - started, loaded == replayed, replayed.offset
    finally:
        await opened.close()


def _verdict(reached: bool) -> str:
    return "yes" if reached else "**no**"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.restart", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
