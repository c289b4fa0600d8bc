"""The whole application with ten thousand symbols that can be traded: the broker follows all of them."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from trading_api.app_factory import AppFactory
from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.datafeed.bars.resolution import Resolution
from trading_api.modules.datafeed.providers.base import Emit, Instrument
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.settings import Settings

BROKER, DATAFEED = "/api/v1/broker", "/api/v1/datafeed"
LISTED = 10_000
LAST = f"S{LISTED - 1}"

pytestmark = pytest.mark.integration


class ManySymbols(SimulatedProvider):
    """All of one kind and of one price; two seconds of them are played."""

    def instruments(self) -> Sequence[Instrument]:
        alike = next(each for each in super().instruments() if each.ticker == "ALFA")
        tickers = [f"S{number}" for number in range(LISTED)]
        infos = [alike.info.model_copy(update={"name": name, "ticker": name}) for name in tickers]
        return [replace(alike, info=info) for info in infos]

    def quote(self, ticker: str, until: int) -> Quote | None:
        return Quote(ticker, until, Decimal(100), Decimal("100.01"), Decimal(1000), Decimal(1000))

    def trade(self, ticker: str, until: int) -> Trade | None:
        return Trade(ticker, until, Decimal(100), Decimal(1))

    def book(self, ticker: str, until: int, levels: int) -> None:
        return None

    def first(self, ticker: str, base: Resolution) -> int | None:
        return None

    async def run(self, emit: Emit) -> None:
        emit(Quote(LAST, self.position(), Decimal(100), Decimal("100.01"), Decimal(1000), Decimal(1000)))
        emit(ClockMoved(self.position()))
        await self._pacer.wait(3600)


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr("trading_api.modules.datafeed.providers.choice.SimulatedProvider", ManySymbols)
    settings = Settings(data_dir=tmp_path, terminal_dir=tmp_path)
    app = AppFactory(installed=False).create(settings)
    with TestClient(app, base_url="http://localhost") as running:
        yield running


def ready(client: TestClient) -> bool:
    checks = client.get("/readyz").json()["checks"]
    return bool(next(each["ok"] for each in checks if each["name"] == "broker-market-feed"))


def snapshot(client: TestClient, topic: str) -> list[dict[str, Any]]:
    with client.websocket_connect(f"ws://localhost{DATAFEED}/ws") as socket:
        socket.send_json({"type": f"{topic}.subscribe", "payload": {}})
        items: list[dict[str, Any]] = socket.receive_json()["payload"]["snapshot"]
        return items


def test_the_broker_follows_the_market_and_trades_what_no_snapshot_told(client: TestClient) -> None:
    assert ready(client)
    for symbol in ("S0", "S5000", LAST):
        order = {"symbol": symbol, "side": "buy", "type": "market", "qty": 1, "client_order_id": symbol}
        answer = client.post(f"{BROKER}/orders", json=order)
        assert answer.status_code == 201, answer.text
    held = client.get(f"{BROKER}/positions").json()
    assert {each["symbol"] for each in held} == {"S0", "S5000", LAST}
    assert ready(client)


def test_what_is_told_at_once_is_bounded(client: TestClient) -> None:
    ticks = snapshot(client, "ticks")
    assert (ticks[0]["kind"], len(ticks)) == ("clock", 1 + 1000)
    (status,) = snapshot(client, "feed-status")
    assert len(status["symbols"]) == 1000
    assert status["untold"] == LISTED - 1000
