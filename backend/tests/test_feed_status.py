"""A market that falls silent: everything that tells of it says so, and market orders are refused."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient, WebSocketTestSession

from trading_api.app_factory import AppFactory
from trading_api.modules.datafeed.calendars.versions import calendars_version, time_zones_version
from trading_api.modules.datafeed.providers.base import Emit
from trading_api.modules.datafeed.providers.simulated.provider import SimulatedProvider
from trading_api.settings import Settings

BROKER, DATAFEED = "/api/v1/broker", "/api/v1/datafeed"
ORDER = {"symbol": "ALFA", "side": "buy", "type": "market", "qty": 1}

pytestmark = pytest.mark.integration


async def _silence(self: SimulatedProvider, emit: Emit) -> None:
    await asyncio.Event().wait()


def _told(socket: WebSocketTestSession) -> dict[str, Any]:
    """The next state of the feed."""
    while (message := socket.receive_json())["type"] != "feed-status.update":
        assert message["type"] == "ping"
    payload: dict[str, Any] = message["payload"]["payload"]
    return payload


def _state(status: dict[str, Any]) -> str:
    return str(next(each["status"] for each in status["symbols"] if each["symbol"] == "ALFA"))


def test_silence_is_told_everywhere_and_refuses_market_orders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SimulatedProvider, "run", _silence)
    settings = Settings(data_dir=tmp_path, terminal_dir=tmp_path, stale_seconds=0.5)
    app = AppFactory(installed=False).create(settings)
    with (
        TestClient(app, base_url="http://localhost") as client,
        client.websocket_connect(f"ws://localhost{DATAFEED}/ws") as socket,
    ):
        socket.send_json({"type": "feed-status.subscribe", "payload": {}})
        (status,) = socket.receive_json()["payload"]["snapshot"]
        assert (status["kind"], status["calendars"]) == ("simulated", calendars_version())
        assert status["timeZones"] == time_zones_version()
        while _state(status) != "stale":
            status = _told(socket)
        assert _state(client.get(f"{DATAFEED}/status").json()) == "stale"
        (quote,) = client.get(f"{DATAFEED}/quotes", params={"symbols": "ALFA"}).json()
        assert (quote["v"]["stale"], quote["v"]["market_status"]) == (True, "open")
        ready = client.get("/readyz")
        assert ready.status_code == 200
        details = {check["name"]: check.get("detail", "") for check in ready.json()["checks"]}
        assert details["market-data-freshness"].startswith("silent for too long: ")
        assert 'trading_feed_symbols{provider="simulated",state="stale"}' in client.get("/metrics").text

        # The broker is told at the same time; how many answers it takes until then is the machine's affair.
        previews = (client.post(f"{BROKER}/orders/preview", json=ORDER).json() for _ in range(1000))
        preview = next(preview for preview in previews if preview["errors"])
        assert "the quote of symbol=ALFA is not of now" in preview["errors"][0]
        refused = client.post(f"{BROKER}/orders", json=ORDER)
        assert (refused.status_code, refused.json()["code"]) == (422, "quote-stale")
        assert "limitMs=500" in refused.json()["detail"]
        allowed = client.post(f"{BROKER}/account/reset", json={"terms": {"allowStaleQuotes": True}})
        assert allowed.status_code == 200, allowed.text
        assert client.post(f"{BROKER}/orders", json=ORDER).status_code == 201
        opened = client.post(f"{BROKER}/accounts", json={"id": "OLD", "terms": {"allowStaleQuotes": True}})
        assert opened.status_code == 201, opened.text
        assert client.get(f"{BROKER}/account", params={"accountId": "OLD"}).json()["terms"][
            "allowStaleQuotes"
        ]
