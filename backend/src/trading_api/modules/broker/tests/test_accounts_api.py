"""Routes of accounts: opening, resetting, terms, trading state, equity history, and what is for debugging."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from trading_api.modules.broker.tests.api_cases import (
    API,
    FAR_LIMIT,
    MARKET_ORDER,
    held,
    place,
    problem,
    running,
)

SWING = {"accountId": "SWING"}
COMMANDS: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "account/reset", {}),
    ("PUT", "account/trading-state", {"tradingState": "halted"}),
    ("PUT", "account/terms", {}),
    ("DELETE", "orders", {}),
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with running(tmp_path) as client:
        yield client


@pytest.mark.parametrize(("method", "path", "body"), COMMANDS)
def test_a_foreign_account_is_unknown(
    client: TestClient, method: str, path: str, body: dict[str, Any]
) -> None:
    answer = client.request(method, f"{API}/{path}", json=body, params={"accountId": "SOMEBODY"})
    assert problem(answer) == (404, "account-unknown")


@pytest.mark.parametrize("path", ["account/history", "events", "orders/O2/explain"])
def test_a_foreign_account_shows_nothing(client: TestClient, path: str) -> None:
    assert problem(client.get(f"{API}/{path}", params={"accountId": "SOMEBODY"})) == (404, "account-unknown")


def test_several_accounts_are_apart(client: TestClient) -> None:
    opened = client.post(
        f"{API}/accounts",
        json={"id": "SWING", "name": "Swing trading", "openingBalance": 5000, "leverage": 2},
    )
    assert opened.status_code == 201
    assert opened.json() == {
        "id": "SWING",
        "name": "Swing trading",
        "type": "paper",
        "currency": "USD",
        "currencySign": "$",
    }
    assert opened.headers["x-stream-offset"] == "1"
    assert [account["id"] for account in client.get(f"{API}/accounts").json()] == ["DEMO", "SWING"]
    assert client.post(f"{API}/orders", json=MARKET_ORDER, params=SWING).status_code == 201
    assert client.get(f"{API}/positions").json() == []
    assert held(client, **SWING)["qty"] == 10
    info = client.get(f"{API}/account", params=SWING).json()
    assert (info["openingBalance"], info["leverage"]) == (5000, 2)


def test_an_id_is_taken_once_and_made_where_none_is_given(client: TestClient) -> None:
    assert client.post(f"{API}/accounts", json={"id": "SWING"}).status_code == 201
    assert problem(client.post(f"{API}/accounts", json={"id": "SWING"})) == (409, "account-exists")
    made = client.post(f"{API}/accounts", json={}).json()
    assert made["name"] == made["id"]
    headers = {"Idempotency-Key": "open"}
    first = client.post(f"{API}/accounts", json={}, headers=headers)
    again = client.post(f"{API}/accounts", json={}, headers=headers)
    assert again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true"
    other = client.post(f"{API}/accounts", json={}, headers={"Idempotency-Key": "other"})
    assert len(client.get(f"{API}/accounts").json()) == 5
    assert len({made["id"], first.json()["id"], other.json()["id"]}) == 3


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "x" * 49}, "id"),
        ({"id": "a b"}, "id"),
        ({"name": "\x00"}, "name"),
        ({"currency": "dollars"}, "currency"),
        ({"openingBalance": -1}, "openingBalance"),
        ({"leverage": 0}, "leverage"),
        ({"terms": {"fills": {"slippageBps": -1}}}, "terms.fills.slippageBps"),
        ({"terms": {"fills": {"touchProbability": 1.1}}}, "terms.fills.touchProbability"),
        ({"terms": {"commission": {"kind": "free"}}}, "terms.commission.kind"),
        ({"terms": {"commission": {"rate": -0.1}}}, "terms.commission.rate"),
        ({"terms": {"risk": {"maxOrdersPerSecond": 0}}}, "terms.risk.maxOrdersPerSecond"),
        ({"terms": {"confirmToleranceBps": -1}}, "terms.confirmToleranceBps"),
        ({"terms": {"surprise": 1}}, "terms.surprise"),
    ],
)
def test_an_account_that_makes_no_sense_is_not_opened(
    client: TestClient, change: dict[str, Any], field: str
) -> None:
    answer = client.post(f"{API}/accounts", json={"id": "SWING"} | change)
    assert problem(answer) == (422, "validation-failed")
    assert answer.json()["fields"][0]["field"] == field


def test_a_reset_begins_anew(client: TestClient) -> None:
    place(client, MARKET_ORDER)
    place(client, FAR_LIMIT)
    before = client.get(f"{API}/account").json()
    answer = client.post(f"{API}/account/reset", json={"openingBalance": 7000})
    assert (answer.status_code, answer.json()["id"]) == (200, "DEMO")
    assert answer.headers["x-stream-offset"] == "1"
    after = client.get(f"{API}/account").json()
    assert after["epoch"] != before["epoch"]
    assert (after["offset"], after["equity"]["equity"], after["name"]) == (1, 7000, before["name"])
    for path in ("orders", "positions"):
        assert client.get(f"{API}/{path}").json() == []
    assert client.get(f"{API}/executions").json() == {"executions": []}
    assert problem(client.get(f"{API}/orders/O2")) == (404, "order-unknown")


def test_a_reset_under_its_key_happens_once(client: TestClient) -> None:
    headers = {"Idempotency-Key": "again"}
    assert client.post(f"{API}/account/reset", headers=headers).status_code == 200
    epoch = client.get(f"{API}/account").json()["epoch"]
    again = client.post(f"{API}/account/reset", headers=headers)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (200, "true")
    assert client.get(f"{API}/account").json()["epoch"] == epoch


def test_a_halted_account_takes_no_orders_and_cancels_on_request(client: TestClient) -> None:
    order = place(client, FAR_LIMIT)
    wanted = {"tradingState": "halted", "cancelOrders": True}
    answer = client.put(f"{API}/account/trading-state", json=wanted)
    assert answer.json() == {"tradingState": "halted", "canceledOrders": [order["id"]]}
    assert problem(client.post(f"{API}/orders", json=MARKET_ORDER)) == (422, "trading-halted")
    assert client.get(f"{API}/account").json()["tradingState"] == "halted"
    again = client.put(f"{API}/account/trading-state", json=wanted)
    assert again.json() == {"tradingState": "halted", "canceledOrders": []}
    assert client.put(f"{API}/account/trading-state", json={"tradingState": "active"}).status_code == 200
    assert client.post(f"{API}/orders", json=MARKET_ORDER).status_code == 201
    odd = client.put(f"{API}/account/trading-state", json={"tradingState": "asleep"})
    assert problem(odd) == (422, "validation-failed")


def test_terms_that_contradict_each_other_open_and_reset_nothing(client: TestClient) -> None:
    terms = {"risk": {"liquidationLevel": 0.6, "maintenanceLevel": 0.5}}
    before = client.get(f"{API}/account").json()["epoch"]
    for answer in (
        client.post(f"{API}/accounts", json={"id": "ODD", "terms": terms}),
        client.post(f"{API}/account/reset", json={"terms": terms}),
        client.put(f"{API}/account/terms", json=terms),
    ):
        assert problem(answer) == (422, "terms-not-allowed")
        assert "liquidationLevel=0.6" in answer.json()["detail"]
    assert [account["id"] for account in client.get(f"{API}/accounts").json()] == ["DEMO"]
    assert client.get(f"{API}/account").json()["epoch"] == before


def test_terms_are_chosen_and_shown(client: TestClient) -> None:
    terms = {"commission": {"kind": "per-order", "rate": 1.5}, "fills": {"slippageTicks": 2}}
    answer = client.put(f"{API}/account/terms", json=terms)
    assert answer.status_code == 200
    shown = client.get(f"{API}/account").json()["terms"]
    assert shown == answer.json()
    assert shown["commission"] == {"kind": "per-order", "rate": 1.5, "makerRate": 0, "minimum": 0}
    assert (shown["fills"]["slippageTicks"], shown["positionMode"]) == (2, "netting")
    assert client.put(f"{API}/account/terms", json=terms).json() == shown
    place(client, MARKET_ORDER)
    (execution,) = client.get(f"{API}/executions").json()["executions"]
    assert execution["commission"] == 1.5
    mode = client.put(f"{API}/account/terms", json={"positionMode": "hedging"})
    assert problem(mode) == (422, "terms-not-allowed")


def test_the_equity_curve_has_a_point_at_every_fill(client: TestClient) -> None:
    assert client.get(f"{API}/account/history").json() == {"points": []}
    for side in ("buy", "sell", "buy"):
        place(client, MARKET_ORDER | {"side": side})
    points = client.get(f"{API}/account/history").json()["points"]
    assert 1 <= len(points) <= 3
    assert points[-1]["equity"] == pytest.approx(points[-1]["balance"] + points[-1]["unrealizedPL"])
    assert [point["time"] for point in points] == sorted(point["time"] for point in points)
    last = points[-1]["time"]
    assert client.get(f"{API}/account/history", params={"from": last + 10**9}).json() == {"points": []}
    page = client.get(f"{API}/account/history", params={"to": last + 1, "limit": 1}).json()
    assert (page["points"], page["earlierTo"]) == ([points[-1]], last)
    assert problem(client.get(f"{API}/account/history", params={"limit": 0})) == (422, "validation-failed")


def test_what_is_for_debugging_is_absent(client: TestClient) -> None:
    assert problem(client.post(f"{API}/debug/execute-orders")) == (404, "not-found")
    assert "debug" not in client.get(f"{API}/openapi.json").text


def test_where_it_is_switched_on_all_orders_are_executed(tmp_path: Path) -> None:
    with running(tmp_path, debug_endpoints=True) as client:
        order = place(client, FAR_LIMIT)
        answer = client.post(f"{API}/debug/execute-orders")
        assert answer.status_code == 207
        assert order["id"] in [result["orderId"] for result in answer.json()["results"]]
        assert client.get(f"{API}/orders/{order['id']}").json()["status"] == "filled"
        assert "debug" not in client.get(f"{API}/openapi.json").text
