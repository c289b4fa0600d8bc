"""In one process the modules reach each other without a socket, under any host name, and miss nothing."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from trading_api.app_factory import AppFactory
from trading_api.modules import broker
from trading_api.modules.broker import BrokerModule
from trading_api.modules.datafeed.tests.small_market import MINUTES, OPEN, write_zip
from trading_api.settings import Settings

BROKER, DATAFEED = "/api/v1/broker", "/api/v1/datafeed"
MINUTE = 60_000
START = "2013-10-04T13:31:00Z"
CALM = "1020000,1020000,1020000,1020000,300"
DIP = "990000,1020000,990000,1020000,300"
"""Open, high, low, close and size of one side in a minute: at 99.00 when it opens, at 102.00 ever after."""
LIMIT = {"symbol": "SPY", "side": "buy", "type": "limit", "qty": 1, "limitPrice": 99.5}


def write_dip(folder: Path) -> Path:
    """Quotes around 102, with a dip in the very first one at START."""
    minutes = [CALM, DIP, CALM, CALM]
    rows = [f"{OPEN + number * MINUTE},{side},{side}\n" for number, side in enumerate(minutes)]
    write_zip(folder / MINUTES / "20131004_quote.zip", "".join(rows))
    return folder


@contextmanager
def serving(folder: Path, host: str = "localhost", **more: Any) -> Iterator[TestClient]:
    settings = Settings.model_validate(
        {"data_dir": folder / "data", "terminal_dir": folder, "allowed_hosts": host} | more
    )
    with TestClient(AppFactory(installed=False).create(settings), base_url=f"http://{host}") as client:
        yield client


def test_an_order_from_before_meets_the_very_first_tick(tmp_path: Path) -> None:
    market: dict[str, Any] = {
        "market": "replay",
        "market_data": write_dip(tmp_path / "market"),
        "replay_start": START,
    }
    with serving(tmp_path, replay_paused=True, **market) as client:
        placed = client.post(f"{BROKER}/orders", json=LIMIT).json()["order"]
        assert placed["status"] == "working"
    with serving(tmp_path, replay_speed=1000, **market) as client:
        while not client.get(f"{DATAFEED}/replay").json()["finished"]:
            pass
        # What was played is on its way to the broker; how many answers that takes is the machine's affair.
        answers = (client.get(f"{BROKER}/orders/{placed['id']}").json() for _ in range(1000))
        filled = next(order for order in answers if order["status"] != "working")
    assert (filled["status"], filled["avgPrice"]) == ("filled", 99)
    assert filled["updateTime"] == placed["createTime"]


def test_the_market_is_followed_before_anything_of_it_is_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[bool, bool]] = []

    class Watched(BrokerModule):
        """Notes how things stand once it follows."""

        async def follow(self) -> None:
            await super().follow()
            seen.append((self.service.market.followed, self.context.started.is_set()))

    monkeypatch.setattr(broker, "BrokerModule", Watched)
    with serving(tmp_path) as client:
        assert client.get("/readyz").json()["ready"] is True
    assert seen == [(True, False)]


@pytest.mark.parametrize("host", ["localhost", "trading.example", "[::1]"])
def test_the_modules_find_each_other_under_the_name_that_is_served(tmp_path: Path, host: str) -> None:
    with serving(tmp_path, host) as client:
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["ready"]) == (200, True)
        order = {"symbol": "ALFA", "side": "buy", "type": "market", "qty": 1}
        assert client.post(f"{BROKER}/orders", json=order).json()["order"]["status"] == "filled"


def test_a_server_that_stops_leaves_no_task(tmp_path: Path) -> None:
    left: list[str] = []

    async def serve() -> None:
        app = AppFactory(installed=False).create(Settings(data_dir=tmp_path, terminal_dir=tmp_path))
        async with app.router.lifespan_context(app):
            assert len(asyncio.all_tasks()) > 1
        left.extend(task.get_name() for task in asyncio.all_tasks() - {asyncio.current_task()})

    asyncio.run(serve())
    assert left == []
