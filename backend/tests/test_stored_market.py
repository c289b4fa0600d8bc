"""The bars store as the market of a server in a process of its own."""

from pathlib import Path

import httpx
import numpy as np
import pytest

from tests.server_process import ServerProcess
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import MINUTE
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.settings import Settings

pytestmark = pytest.mark.integration

NOON = 1_735_732_800_000


def test_a_stored_market_stops_quietly(tmp_path: Path) -> None:
    times = NOON + np.arange(600, dtype=np.int64) * 60_000
    price = np.full(600, 10_000, dtype=np.int64)
    store = BarStore(Settings(data_dir=tmp_path).store_dir)
    store.write(
        StoredSymbol("MADE", "ONE", 2, 0, calendar="24x7"),
        MINUTE,
        BarColumns(times, price, price, price, price, price),
    )
    store.close()
    with ServerProcess(tmp_path, "--market", "stored") as server:
        query = f"symbol=ONE&resolution=60&count_back=10&to_time={NOON // 1000 + 36_000}"
        page = httpx.get(f"{server.url}/api/v1/datafeed/bars?{query}").raise_for_status().json()
        assert len(page["bars"]) == 10
        assert server.terminate() == 0
    assert len(server.said) == 1, "".join(server.said)
