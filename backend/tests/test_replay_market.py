"""Orders on recorded markets: they fill when the replayed market reaches them, at its time and price."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from tests.journal_client import JournalClient
from tests.recorded_data import QuoteMinute, quote_minutes, recorded_data
from tests.server_process import ServerProcess
from trading_api.app_factory import AppFactory
from trading_api.settings import Settings

pytestmark = pytest.mark.integration

BROKER, DATAFEED = "/api/v1/broker", "/api/v1/datafeed"
START = "2013-10-04T13:35:00Z"
START_MS = 1_380_893_700_000
MINUTE_MS = 60_000
BUY_AT, SELL_AT = Decimal("167.60"), Decimal("168.00")


@pytest.fixture(scope="module")
def recordings() -> Path:
    return recorded_data()


@pytest.fixture
def client(recordings: Path, tmp_path: Path) -> Iterator[TestClient]:
    with replaying(recordings, tmp_path, START) as client:
        yield client


@contextmanager
def replaying(recordings: Path, folder: Path, start: str) -> Iterator[TestClient]:
    """A server with a replay that is paused at `start`."""
    settings = Settings.model_validate(
        {
            "data_dir": folder,
            "terminal_dir": folder,
            "market": "replay",
            "market_data": recordings,
            "replay_start": start,
            "replay_speed": 1000,
            "replay_paused": True,
        }
    )
    app = AppFactory(installed=False).create(settings)
    with TestClient(app, base_url="http://localhost") as client:
        yield client


def step(client: TestClient, resolution: str) -> int:
    """Play to the end of a bar; the time then."""
    state = client.post(f"{DATAFEED}/replay", json={"step": resolution}).json()
    while state["playing"]:
        state = client.get(f"{DATAFEED}/replay").json()
    time: int = state["time"]
    return time


def place(
    client: TestClient | httpx.Client, side: str, kind: str, limit: Decimal | None = None
) -> dict[str, Any]:
    order = {"symbol": "SPY", "side": side, "type": kind, "qty": 100}
    answer = client.post(f"{BROKER}/orders", json=order | ({"limitPrice": float(limit)} if limit else {}))
    assert answer.status_code == 201, answer.text
    placed: dict[str, Any] = answer.json()["order"]
    return placed


async def test_limit_orders_fill_in_the_minute_that_reaches_them(recordings: Path, tmp_path: Path) -> None:
    after = [each for each in quote_minutes(recordings, "SPY", date(2013, 10, 4)) if each.time >= START_MS]
    buy_minute = next(each for each in after if each.ask_low <= BUY_AT)
    sell_minute = next(each for each in after if each.bid_high >= SELL_AT)
    assert START_MS < buy_minute.time < sell_minute.time
    replay = (
        "--market",
        "replay",
        "--data",
        str(recordings),
        "--start",
        START,
        "--speed",
        "1000",
        "--paused",
    )
    stream = JournalClient("executions")
    with (
        ServerProcess(tmp_path, *replay) as server,
        httpx.Client(base_url=server.url, trust_env=False) as client,
    ):
        buy, sell = place(client, "buy", "limit", BUY_AT), place(client, "sell", "limit", SELL_AT)
        assert (buy["status"], sell["status"]) == ("working", "working")
        await stream.connect(server.url)
        assert client.put(f"{DATAFEED}/replay", json={"playing": True}).json()["playing"] is True
        await stream.wait_for(count=2)
        await stream.disconnect()
        assert client.get(f"{BROKER}/positions").json() == []
        gain = client.get(f"{BROKER}/account").json()["equity"]["balance"] - 100_000
    bought, sold = stream.updates
    assert_filled_in(bought, buy, buy_minute)
    assert_filled_in(sold, sell, sell_minute)
    assert Decimal(str(bought["price"])) == BUY_AT
    assert Decimal(str(sold["price"])) >= SELL_AT
    assert Decimal(str(round(gain, 6))) == 100 * (Decimal(str(sold["price"])) - BUY_AT)


def assert_filled_in(execution: dict[str, Any], order: dict[str, Any], minute: QuoteMinute) -> None:
    assert execution["orderId"] == order["id"]
    assert minute.time <= execution["time"] < minute.time + MINUTE_MS


def test_a_market_order_takes_the_recorded_quote_of_the_moment(client: TestClient) -> None:
    (quote,) = client.get(f"{DATAFEED}/quotes", params={"symbols": "SPY"}).json()
    assert quote["v"]["data_kind"] == "replayed"
    bought, sold = place(client, "buy", "market"), place(client, "sell", "market")
    assert (bought["avgPrice"], sold["avgPrice"]) == (quote["v"]["ask"], quote["v"]["bid"])
    assert bought["createTime"] == client.get(f"{DATAFEED}/replay").json()["time"] == START_MS


def test_nothing_of_the_future_is_visible(client: TestClient) -> None:
    far = START_MS // 1000 + 10 * 86_400
    for resolution in ("1", "60", "1D"):
        page = client.get(
            f"{DATAFEED}/bars",
            params={"symbol": "SPY", "resolution": resolution, "to_time": far, "count_back": 50},
        ).json()
        assert page["bars"]
        assert page["bars"][-1]["time"] <= START_MS
        assert page.get("nextTime", 0) * 1000 <= START_MS


def test_after_a_jump_back_accounts_stay_as_they_are_and_trade_on(client: TestClient) -> None:
    bought = place(client, "buy", "market")
    state = client.post(f"{DATAFEED}/replay", json={"time": START_MS - 2 * MINUTE_MS}).json()
    assert state["time"] == client.get(f"{DATAFEED}/time").json() * 1000 == START_MS - 2 * MINUTE_MS
    (quote,) = client.get(f"{DATAFEED}/quotes", params={"symbols": "SPY"}).json()
    sold = place(client, "sell", "market")
    assert (sold["status"], sold["avgPrice"]) == ("filled", quote["v"]["bid"])
    assert sold["createTime"] == bought["createTime"] == START_MS
    waiting = place(client, "buy", "limit", Decimal(160))
    assert waiting["status"] == "working"
    assert client.get(f"{BROKER}/account").json()["equity"]["time"] <= START_MS
    assert client.get("/readyz").json()["ready"] is True


def test_a_market_order_walks_the_recorded_book(recordings: Path, tmp_path: Path) -> None:
    with replaying(recordings, tmp_path, "2024-08-08T23:54:20Z") as client:
        terms = {"fills": {"model": "depth"}}
        opening = {"id": "DEEP", "openingBalance": 10_000_000, "terms": terms}
        assert client.post(f"{BROKER}/accounts", json=opening).status_code == 201
        step(client, "1S")
        book = client.get(f"{DATAFEED}/depth", params={"symbol": "BTCUSDT", "levels": 1000}).json()
        assert (len(book["bids"]), len(book["asks"])) == (1000, 1000)
        best, *_, fifth = book["asks"][:5]
        qty = float(sum(Decimal(str(level["volume"])) for level in book["asks"][:5]))
        order = {"symbol": "BTCUSDT", "side": "buy", "type": "market", "qty": qty}
        placed = client.post(f"{BROKER}/orders", params={"accountId": "DEEP"}, json=order).json()["order"]
        assert placed["status"] == "filled"
        assert best["price"] < placed["avgPrice"] < fifth["price"]
        answer = client.get(f"{BROKER}/executions", params={"accountId": "DEEP"}).json()
        filled = sorted((each["price"], each["qty"]) for each in answer["executions"])
        assert filled == [(level["price"], level["volume"]) for level in book["asks"][:5]]
        trades = client.get(f"{DATAFEED}/trades", params={"symbol": "BTCUSDT", "limit": 5}).json()
        assert len(trades) == 5
        assert trades[-1]["time"] <= book["time"] + 1_000
        assert {trade["side"] for trade in trades} <= {"buy", "sell"}
