"""`python -m benchmarks.market_data.replay`: a recording through the whole system at full speed.

The BTCUSDT recording, from the datafeed over its stream to the broker with one account, of which six limit
orders work. The same is played again at a hundred times the speed of the market: the account's journal has to
be the same, but for what is named by chance. Processor time of one process; the median.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from httpx import ASGITransport, AsyncClient

from benchmarks.market_data.recorded import SYMBOL, recorded_symbol, recordings
from trading_api.app_factory import AppFactory, ModularFastAPI
from trading_api.modules.broker import BrokerModule
from trading_api.settings import Settings

BROKER, DATAFEED = "/api/v1/broker", "/api/v1/datafeed"
START = "2024-08-08T23:54:15Z"
ORDERS = (
    ("buy", 61_700), ("buy", 61_650), ("buy", 61_600), ("sell", 61_880), ("sell", 61_900), ("sell", 61_950),
)  # fmt: skip
ROUNDS = 5
LEAST = 20_000
"""Events a second."""
BY_CHANCE = frozenset({"epoch", "hash"})
PACED = 100
"""Market seconds a second, for comparison."""


def main() -> int:
    """Measure and show; 1 if a bar is missed or the fills are others."""
    folder = recordings()
    if folder is None:
        print("replay: skipped, no recorded market data (set TRADING_MARKET_DATA)")
        return 0
    rounds = [asyncio.run(played(folder, 0)) for _ in range(ROUNDS)]
    paced, _ = asyncio.run(played(folder, PACED))
    rate = statistics.median(rate for _, rate in rounds)
    same = all(journal == paced for journal, _ in rounds)
    fills = sum(event["type"] == "ExecutionRecorded" for event in paced)
    print(
        f"{SYMBOL} at speed 0, whole system, median of {ROUNDS}: {rate:,.0f} events/s (at least {LEAST:,});"
        f" {len(paced)} journal events with {fills} fills, {'the same' if same else 'OTHERS'} at {PACED}x"
    )
    return int(rate < LEAST or not same)


async def played(folder: Path, speed: int) -> tuple[list[dict[str, Any]], float]:
    """The account's journal after the recording, and the events played a second."""
    with tempfile.TemporaryDirectory() as data_dir:
        settings = Settings.model_validate(
            {
                "data_dir": data_dir,
                "terminal_dir": data_dir,
                "market": "replay",
                "market_data": _only_hftbacktest(folder, Path(data_dir)),
                "replay_start": START,
                "replay_paused": True,
            }
        )
        app = AppFactory(installed=False).create(settings)
        caller = AsyncClient(transport=ASGITransport(app), base_url="http://localhost")
        async with app.router.lifespan_context(app), caller as client:
            return await _play(app, client, folder, speed)


def _only_hftbacktest(folder: Path, data_dir: Path) -> Path:
    """A folder of recordings that holds this one alone."""
    alone = data_dir / "recordings"
    alone.mkdir()
    (alone / "hftbacktest").symlink_to((folder / "hftbacktest").resolve(), target_is_directory=True)
    return alone


async def _play(
    app: ModularFastAPI, client: AsyncClient, folder: Path, speed: int
) -> tuple[list[dict[str, Any]], float]:
    market = next(module for module in app.modules if isinstance(module, BrokerModule)).service.market
    await _replay(client, {"step": "1S"})
    while (await _state(client))["playing"]:  # noqa: ASYNC110  # a replay tells nobody that it has paused
        await asyncio.sleep(0.01)
    for side, price in ORDERS:
        order = {"symbol": SYMBOL, "side": side, "type": "limit", "qty": 0.01, "limitPrice": price}
        (await client.post(f"{BROKER}/orders", json=order)).raise_for_status()
    state = await _state(client)
    left = int(np.count_nonzero(recorded_symbol(folder).times > state["time"]))
    began = time.process_time()
    await _replay(client, {"speed": speed, "playing": True})
    while market.now().time < state["end"]:  # noqa: ASYNC110  # what is measured sets no event
        await asyncio.sleep(0.001)
    taken = time.process_time() - began
    if not market.followed:
        raise SystemExit("the broker could not keep up")
    return await _journal(client), left / taken


async def _replay(client: AsyncClient, control: dict[str, Any]) -> None:
    (await client.post(f"{DATAFEED}/replay", json=control)).raise_for_status()


async def _state(client: AsyncClient) -> dict[str, Any]:
    state: dict[str, Any] = (await client.get(f"{DATAFEED}/replay")).json()
    return state


async def _journal(client: AsyncClient) -> list[dict[str, Any]]:
    events = (await client.get(f"{BROKER}/events", params={"after": 0, "limit": 500})).json()["events"]
    return [{name: value for name, value in event.items() if name not in BY_CHANCE} for event in events]


if __name__ == "__main__":
    sys.exit(main())
