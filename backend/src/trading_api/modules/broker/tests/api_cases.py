"""The broker's routes through the whole application, on the simulated market."""

from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from trading_api.app_factory import AppFactory
from trading_api.settings import Settings

API = "/api/v1/broker"
MARKET_ORDER = {"symbol": "ALFA", "type": "market", "side": "buy", "qty": 10}
FAR_LIMIT = {"symbol": "ALFA", "type": "limit", "side": "buy", "qty": 10, "limitPrice": 1.5}


def running(folder: Path, **chosen: Any) -> TestClient:
    """The application with datafeed and broker on the data in `folder`."""
    given = {"data_dir": folder, "enabled_modules": "datafeed,broker", "terminal_dir": folder} | chosen
    settings = Settings.model_validate(given)
    return TestClient(AppFactory(installed=False).create(settings), base_url="http://localhost")


def place(client: TestClient, order: dict[str, Any]) -> dict[str, Any]:
    """Place an order that is accepted."""
    answer = client.post(f"{API}/orders", json=order)
    assert answer.status_code == 201, answer.text
    placed: dict[str, Any] = answer.json()["order"]
    return placed


def problem(answer: Any) -> tuple[int, str]:
    """Status and code of a problem document."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    return answer.status_code, answer.json()["code"]


def quote(client: TestClient, symbol: str = "ALFA") -> tuple[float, float]:
    """The bid and the ask of a symbol."""
    answer = client.get("/api/v1/datafeed/quotes", params={"symbols": [symbol]}).json()
    return answer[0]["v"]["bid"], answer[0]["v"]["ask"]


def held(client: TestClient, **params: str) -> dict[str, Any]:
    """The one open position."""
    (position,) = client.get(f"{API}/positions", params=params).json()
    found: dict[str, Any] = position
    return found


def offset(answer: Any) -> int:
    """The journal offset at which a command was done."""
    return int(answer.headers["x-stream-offset"])
