"""Routes of positions and of leverage."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from trading_api.modules.broker.tests.api_cases import (
    API,
    MARKET_ORDER,
    held,
    offset,
    place,
    problem,
    quote,
    running,
)

ELSEWHERE = {"accountId": "SOMEBODY"}
COMMANDS: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "positions/P6/close", {}),
    ("POST", "positions/P6/reverse", {}),
    ("PUT", "positions/P6/brackets", {"takeProfit": 1.5}),
]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with running(tmp_path) as client:
        yield client


@pytest.mark.parametrize(("method", "path", "body"), COMMANDS)
def test_a_position_of_another_account_is_unknown(
    client: TestClient, method: str, path: str, body: dict[str, Any]
) -> None:
    place(client, MARKET_ORDER)
    url = f"{API}/{path}"
    assert problem(client.request(method, url, json=body, params=ELSEWHERE)) == (404, "account-unknown")
    assert client.post(f"{API}/accounts", json={"id": "SOMEBODY"}).status_code == 201
    assert problem(client.request(method, url, json=body, params=ELSEWHERE)) == (404, "position-unknown")
    assert held(client)["qty"] == 10


def test_a_position_is_closed_in_part_and_whole(client: TestClient) -> None:
    place(client, MARKET_ORDER)
    position = held(client)
    part = client.post(f"{API}/positions/{position['id']}/close", json={"amount": 4})
    assert part.status_code == 201
    order = part.json()["order"]
    assert (order["side"], order["type"], order["filledQty"], order["isClose"]) == ("sell", "market", 4, True)
    assert part.json()["orderId"] == order["id"]
    assert held(client)["qty"] == 6
    assert offset(part) == client.get(f"{API}/account").json()["offset"]
    assert client.post(f"{API}/positions/{position['id']}/close").json()["order"]["filledQty"] == 6
    assert client.get(f"{API}/positions").json() == []
    gone = client.post(f"{API}/positions/{position['id']}/close")
    assert problem(gone) == (404, "position-unknown")


def test_closing_again_under_its_key_gives_the_same_answer(client: TestClient) -> None:
    place(client, MARKET_ORDER)
    url, headers = f"{API}/positions/{held(client)['id']}/close", {"Idempotency-Key": "k"}
    first = client.post(url, headers=headers)
    again = client.post(url, headers=headers)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    assert offset(again) == offset(first)
    assert problem(client.post(url, headers=headers, json={"amount": 1})) == (422, "idempotency-key-reused")


def test_more_than_is_held_is_not_closed(client: TestClient) -> None:
    place(client, MARKET_ORDER)
    url = f"{API}/positions/{held(client)['id']}/close"
    assert client.post(url, json={"amount": 11}).status_code == 422
    assert problem(client.post(url, json={"amount": "all"})) == (422, "validation-failed")
    assert problem(client.post(url, json={"sum": 1})) == (422, "validation-failed")
    assert held(client)["qty"] == 10


def test_a_position_is_reversed(client: TestClient) -> None:
    place(client, MARKET_ORDER)
    answer = client.post(f"{API}/positions/{held(client)['id']}/reverse")
    assert (answer.status_code, answer.json()["order"]["filledQty"]) == (201, 20)
    assert (held(client)["side"], held(client)["qty"]) == ("sell", 10)


def test_a_position_is_protected_and_shows_by_what(client: TestClient) -> None:
    place(client, MARKET_ORDER)
    bid, _ = quote(client)
    url = f"{API}/positions/{held(client)['id']}/brackets"
    answer = client.put(url, json={"takeProfit": round(bid * 2, 2), "stopLoss": round(bid / 2, 2)})
    assert answer.status_code == 200, answer.text
    assert answer.json()["stopLoss"] == round(bid / 2, 2)
    assert held(client)["takeProfit"] == round(bid * 2, 2)
    brackets = [order for order in client.get(f"{API}/orders").json() if "parentId" in order]
    assert {(b["parentId"], b["parentType"], b["status"], b["qty"]) for b in brackets} == {
        (held(client)["id"], "position", "working", 10)
    }
    assert [b.get("stopType") for b in brackets] == [None, "stop_loss"]
    assert client.put(url, json={}).status_code == 200
    assert "stopLoss" not in held(client)
    wrong = client.put(url, json={"stopLoss": round(bid * 2, 2)})
    assert problem(wrong) == (422, "stop-loss-wrong-side")
    assert wrong.json()["fields"][0]["field"] == "stopLoss"


def test_leverage_changes_margin(client: TestClient) -> None:
    place(client, MARKET_ORDER | {"symbol": "EURUSD", "qty": 10_000})
    info = client.get(f"{API}/leverage/info", params={"symbol": "EURUSD"}).json()
    assert (info["min"], info["step"]) == (1, 1)
    assert info["leverage"] <= info["max"]
    used = client.get(f"{API}/account").json()["equity"]["marginUsed"]
    wanted = {"symbol": "EURUSD", "leverage": 1}
    shown = client.post(f"{API}/leverage/preview", json=wanted).json()
    assert shown["errors"] == []
    assert shown["marginAfter"] > shown["marginBefore"]
    answer = client.put(f"{API}/leverage/set", json=wanted)
    assert (answer.status_code, answer.json()) == (200, {"leverage": 1})
    now = client.get(f"{API}/account").json()["equity"]["marginUsed"]
    assert now == pytest.approx(used * info["leverage"], rel=0.01)
    assert client.get(f"{API}/leverage/info", params={"symbol": "EURUSD"}).json()["leverage"] == 1


def test_leverage_has_bounds(client: TestClient) -> None:
    wanted = {"symbol": "ALFA", "leverage": 100_000}
    assert problem(client.put(f"{API}/leverage/set", json=wanted)) == (422, "leverage-out-of-range")
    assert len(client.post(f"{API}/leverage/preview", json=wanted).json()["errors"]) == 1
    for method, path in (("PUT", "set"), ("POST", "preview")):
        unknown = client.request(method, f"{API}/leverage/{path}", json=wanted | {"symbol": "NOPE"})
        assert problem(unknown) == (404, "symbol-unknown")
        foreign = client.request(method, f"{API}/leverage/{path}", json=wanted, params=ELSEWHERE)
        assert problem(foreign) == (404, "account-unknown")
    assert problem(client.get(f"{API}/leverage/info", params={"symbol": "NOPE"})) == (404, "symbol-unknown")
    assert problem(client.get(f"{API}/leverage/info")) == (422, "validation-failed")
