"""Routes that change, cancel, confirm and explain orders."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from trading_api.modules.broker.tests.api_cases import (
    API,
    FAR_LIMIT,
    MARKET_ORDER,
    offset,
    place,
    problem,
    quote,
    running,
)

EURO_LIMIT = {"symbol": "EURUSD", "type": "limit", "side": "buy", "qty": 10_000, "limitPrice": 0.5}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with running(tmp_path) as client:
        yield client


def test_an_order_that_is_not_there_is_not_changed(client: TestClient) -> None:
    elsewhere = {"accountId": "SOMEBODY"}
    change = {"qty": 5}
    foreign = client.put(f"{API}/orders/O2", json=change, params=elsewhere)
    assert problem(foreign) == (404, "account-unknown")
    assert problem(client.put(f"{API}/orders/O2", json=change)) == (404, "order-unknown")
    assert problem(client.get(f"{API}/orders/O2/explain")) == (404, "order-unknown")


def test_a_change_keeps_the_id(client: TestClient) -> None:
    order = place(client, FAR_LIMIT)
    answer = client.put(f"{API}/orders/{order['id']}", json={"limitPrice": 1.6, "qty": 20})
    assert answer.status_code == 200, answer.text
    changed = answer.json()
    assert (changed["id"], changed["limitPrice"], changed["qty"]) == (order["id"], 1.6, 20)
    assert offset(answer) == changed["offset"]
    assert client.get(f"{API}/orders/{order['id']}").json() == changed
    same = client.put(f"{API}/orders/{order['id']}", json={})
    assert same.json() == changed
    assert offset(same) == offset(answer)


def test_a_change_of_a_final_order_is_refused(client: TestClient) -> None:
    filled = place(client, MARKET_ORDER)
    answer = client.put(f"{API}/orders/{filled['id']}", json={"qty": 20})
    assert problem(answer) == (409, "order-final")
    assert "filled" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"qty": 0}, "quantity-not-positive", "qty"),
        ({"limitPrice": 1.605}, "price-tick", "limitPrice"),
        ({"limitPrice": -1}, "price-not-positive", "limitPrice"),
        ({"limitPrice": "low"}, "validation-failed", "limitPrice"),
        ({"price": 1}, "validation-failed", "price"),
        ({"duration": {"type": "gtd"}}, "duration-end-missing", "duration"),
        ({"brackets": {"stopLoss": 2}}, "stop-loss-wrong-side", "stopLoss"),
        ({"brackets": {"stopLoss": 1, "trailingStopPips": 3}}, "stops-conflict", None),
    ],
)
def test_a_change_is_checked(
    client: TestClient, change: dict[str, Any], code: str, field: str | None
) -> None:
    order = place(client, FAR_LIMIT)
    answer = client.put(f"{API}/orders/{order['id']}", json=change)
    assert problem(answer) == (422, code)
    assert field is None or answer.json()["fields"][0]["field"] == field
    assert client.get(f"{API}/orders/{order['id']}").json() == order


def test_brackets_wait_with_their_order_and_end_with_it(client: TestClient) -> None:
    order = place(client, FAR_LIMIT | {"takeProfit": 2, "stopLoss": 1})
    assert (order["takeProfit"], order["stopLoss"]) == (2, 1)
    brackets = [item for item in client.get(f"{API}/orders").json() if item.get("parentId") == order["id"]]
    assert [(b["status"], b["parentType"], b["side"]) for b in brackets] == [
        ("inactive", "order", "sell"),
        ("inactive", "order", "sell"),
    ]
    client.delete(f"{API}/orders/{order['id']}")
    ended = [client.get(f"{API}/orders/{b['id']}").json()["status"] for b in brackets]
    assert ended == ["canceled", "canceled"]


def test_many_orders_are_canceled_with_one_result_each(client: TestClient) -> None:
    bid, _ = quote(client)
    buys = [place(client, FAR_LIMIT)["id"] for _ in range(2)]
    sell = place(client, FAR_LIMIT | {"side": "sell", "limitPrice": round(bid * 3, 2)})["id"]
    other = place(client, FAR_LIMIT | {"symbol": "FUND"})["id"]
    answer = client.delete(f"{API}/orders", params={"symbol": "SIM:ALFA", "side": "buy"})
    assert answer.status_code == 207
    results = answer.json()["results"]
    assert [(item["orderId"], item["status"], item["order"]["status"]) for item in results] == [
        (buys[0], 200, "canceled"),
        (buys[1], 200, "canceled"),
    ]
    headers = {"Idempotency-Key": "all"}
    rest = client.delete(f"{API}/orders", headers=headers)
    assert [item["orderId"] for item in rest.json()["results"]] == [sell, other]
    again = client.delete(f"{API}/orders", headers=headers)
    assert (again.status_code, again.json()) == (207, rest.json())
    assert client.delete(f"{API}/orders").json() == {"results": []}
    assert problem(client.delete(f"{API}/orders", params={"symbol": "NOPE"})) == (404, "symbol-unknown")
    assert problem(client.delete(f"{API}/orders", params={"side": "both"})) == (422, "validation-failed")


def test_placing_on_the_terms_that_were_shown(client: TestClient) -> None:
    shown = client.post(f"{API}/orders/preview", json=FAR_LIMIT).json()
    confirmed = FAR_LIMIT | {"confirmId": shown["confirmId"]}
    other = client.post(f"{API}/orders", json=confirmed | {"qty": 11})
    assert problem(other) == (422, "confirm-mismatch")
    assert "qty was 10 and is 11" in other.json()["detail"]
    assert client.post(f"{API}/orders", json=confirmed).status_code == 201


def test_terms_that_have_moved_are_told_with_both_figures(client: TestClient) -> None:
    shown = client.post(f"{API}/orders/preview", json=EURO_LIMIT).json()
    client.put(f"{API}/leverage/set", json={"symbol": "EURUSD", "leverage": 1})
    confirmed = EURO_LIMIT | {"confirmId": shown["confirmId"]}
    stale = client.post(f"{API}/orders", json=confirmed)
    assert problem(stale) == (409, "confirm-stale")
    assert "margin was 250 and is 5000." in stale.json()["detail"]
    assert client.get(f"{API}/orders").json() == []
    client.put(f"{API}/account/terms", json={"confirmToleranceBps": 10_000})
    assert problem(client.post(f"{API}/orders", json=confirmed)) == (409, "confirm-stale")


def test_a_damaged_confirmation_is_refused(client: TestClient) -> None:
    good = client.post(f"{API}/orders/preview", json=FAR_LIMIT).json()["confirmId"]
    data = bytearray(urlsafe_b64decode(good))
    data[-1] ^= 1
    for damaged in (urlsafe_b64encode(bytes(data)).decode(), good[:-4], "x", "é", "AAAA", good.swapcase()):
        answer = client.post(f"{API}/orders", json=FAR_LIMIT | {"confirmId": damaged})
        assert problem(answer) == (422, "confirm-invalid"), damaged
    assert client.get(f"{API}/orders").json() == []


def test_a_refused_order_has_nothing_to_confirm(client: TestClient) -> None:
    assert "confirmId" not in client.post(f"{API}/orders/preview", json=FAR_LIMIT | {"qty": 0}).json()


def test_a_preview_says_where_the_market_has_gone(client: TestClient) -> None:
    seen = MARKET_ORDER | {"currentQuotes": {"bid": 1, "ask": 1.01}}
    warnings = client.post(f"{API}/orders/preview", json=seen).json()["warnings"]
    assert any(text.startswith("The ask you saw was 1.01; it is ") for text in warnings)


def test_a_working_order_says_what_it_waits_for(client: TestClient) -> None:
    order = place(client, FAR_LIMIT)
    told = client.get(f"{API}/orders/{order['id']}/explain").json()
    assert told["order"]["id"] == order["id"]
    assert told["waitingFor"].startswith("limit 1.50, best ask ")
    (step,) = told["steps"]
    assert (step["event"], step["rule"], step["offset"]) == ("OrderAccepted", "checks-passed", 2)
    assert step["text"].startswith(
        "Accepted, all checks passed: buy 10 ALFA limit 1.50, gtc; the market showed bid "
    )


def test_a_filled_order_says_why(client: TestClient) -> None:
    order = place(client, MARKET_ORDER)
    told = client.get(f"{API}/orders/{order['id']}/explain").json()
    assert "waitingFor" not in told
    assert [step["event"] for step in told["steps"]] == ["OrderAccepted", "OrderFilled"]
    filled = told["steps"][-1]
    assert filled["text"].startswith(f"Bought 10 at {order['avgPrice']:.2f}")
    assert filled["seen"]["ask"] == order["avgPrice"]
