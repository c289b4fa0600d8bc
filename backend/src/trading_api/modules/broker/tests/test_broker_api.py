"""Every route of the broker through the whole application, on the simulated market."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from trading_api.app_factory import AppFactory
from trading_api.modules.broker.engine import RefusalCode
from trading_api.modules.broker.tests.api_cases import API, FAR_LIMIT, MARKET_ORDER, place, problem, running
from trading_api.settings import Settings
from trading_api.shared.errors import StartupError


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """An application of its own."""
    with running(tmp_path) as client:
        yield client


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One application for all tests in which nothing is placed; at the end nothing has been."""
    with running(tmp_path_factory.mktemp("untouched")) as client:
        yield client
        assert client.get(f"{API}/account").json()["offset"] == 1
        assert client.get(f"{API}/orders").json() == []


def test_a_market_order_is_filled_at_the_quoted_ask(client: TestClient) -> None:
    answer = client.post(f"{API}/orders", json=MARKET_ORDER | {"clientOrderId": "mine"})
    assert answer.status_code == 201
    order = answer.json()["order"]
    assert answer.json()["orderId"] == order["id"]
    assert answer.headers["x-stream-offset"] == "6"
    assert (order["status"], order["filledQty"], order["clientOrderId"]) == ("filled", 10, "mine")
    assert "limitPrice" not in order
    (execution,) = client.get(f"{API}/executions").json()["executions"]
    assert (execution["price"], execution["orderId"]) == (order["avgPrice"], order["id"])
    (position,) = client.get(f"{API}/positions").json()
    assert (position["qty"], position["side"], position["avgPrice"]) == (10, "buy", order["avgPrice"])
    equity = client.get(f"{API}/account").json()["equity"]
    assert equity["equity"] == pytest.approx(equity["balance"] + equity["unrealizedPL"])
    assert equity["positions"] == [{"id": position["id"], "unrealizedPL": equity["unrealizedPL"]}]


def test_a_limit_order_works_and_is_canceled(client: TestClient) -> None:
    order = place(client, FAR_LIMIT | {"duration": {"type": "day"}})
    assert (order["status"], order["limitPrice"], order["duration"]) == ("working", 1.5, {"type": "day"})
    assert client.get(f"{API}/orders/{order['id']}").json() == order
    canceled = client.delete(f"{API}/orders/{order['id']}")
    assert (canceled.status_code, canceled.json()["status"]) == (200, "canceled")
    assert canceled.headers["x-stream-offset"] == str(canceled.json()["offset"])
    assert client.get(f"{API}/orders").json() == [canceled.json()]
    again = client.delete(f"{API}/orders/{order['id']}")
    assert problem(again) == (409, "order-final")
    assert "canceled" in again.json()["detail"]


def test_history_and_executions_come_in_pages(client: TestClient) -> None:
    placed = [place(client, MARKET_ORDER | {"side": side})["id"] for side in ("buy", "sell") * 3]
    for path, key, name in (("orders/history", "orders", "id"), ("executions", "executions", "orderId")):
        seen, cursor = [], None
        for _ in range(3):
            params = {"limit": 2} | ({"cursor": cursor} if cursor else {})
            page = client.get(f"{API}/{path}", params=params).json()
            seen += [item[name] for item in page[key]]
            cursor = page.get("nextCursor")
        assert seen == placed[::-1]
        assert cursor is None
    assert client.get(f"{API}/executions", params={"symbol": "EURUSD"}).json() == {"executions": []}


def test_a_preview_estimates_and_places_nothing(untouched: TestClient) -> None:
    answer = untouched.post(f"{API}/orders/preview", json=MARKET_ORDER)
    assert answer.status_code == 200
    shown = answer.json()
    assert shown["estimatedValue"] == pytest.approx(10 * shown["estimatedPrice"])
    assert (shown["errors"], shown["commission"]) == ([], 0)
    assert untouched.get(f"{API}/orders").json() == []
    refused = untouched.post(f"{API}/orders/preview", json=FAR_LIMIT | {"qty": 0.5, "limitPrice": 1.555})
    assert refused.status_code == 200
    assert len(refused.json()["errors"]) == 3
    assert "estimatedPrice" not in refused.json()


def test_accounts(untouched: TestClient) -> None:
    (meta,) = untouched.get(f"{API}/accounts").json()
    assert meta == {
        "id": "DEMO",
        "name": "Demo account",
        "type": "paper",
        "currency": "USD",
        "currencySign": "$",
    }
    account = untouched.get(f"{API}/account", params={"accountId": "DEMO"}).json()
    assert (account["offset"], account["tradingState"], account["equity"]["balance"]) == (1, "active", 100000)


@pytest.mark.parametrize(
    "path", ["orders", "orders/history", "orders/O1", "positions", "executions", "account"]
)
def test_an_unknown_account_is_unknown_on_every_route(untouched: TestClient, path: str) -> None:
    params = {"accountId": "SOMEBODY"}
    assert problem(untouched.get(f"{API}/{path}", params=params)) == (404, "account-unknown")


def test_an_unknown_account_cannot_trade(untouched: TestClient) -> None:
    params = {"accountId": "SOMEBODY"}
    assert problem(untouched.post(f"{API}/orders", params=params, json=MARKET_ORDER)) == (
        404,
        "account-unknown",
    )
    shown = untouched.post(f"{API}/orders/preview", params=params, json=MARKET_ORDER)
    assert problem(shown) == (404, "account-unknown")
    assert problem(untouched.delete(f"{API}/orders/O1", params=params)) == (404, "account-unknown")


@pytest.mark.parametrize("order_id", ["O99", "x", "%00", "..%2f"])
def test_an_unknown_order_is_unknown(untouched: TestClient, order_id: str) -> None:
    found = untouched.get(f"{API}/orders/{order_id}")
    assert found.status_code == 404
    assert untouched.delete(f"{API}/orders/{order_id}").status_code == 404


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"symbol": "INDX"}, "symbol-not-tradable", "symbol"),
        ({"qty": 0}, "quantity-not-positive", "qty"),
        ({"qty": -1}, "quantity-not-positive", "qty"),
        ({"qty": 0.5}, "quantity-too-small", "qty"),
        ({"qty": 1e15}, "quantity-too-large", "qty"),
        ({"qty": 1.5}, "quantity-step", "qty"),
        ({"limitPrice": None}, "price-missing", "limitPrice"),
        ({"type": "market"}, "price-not-allowed", "limitPrice"),
        ({"limitPrice": 0}, "price-not-positive", "limitPrice"),
        ({"limitPrice": 1.555}, "price-tick", "limitPrice"),
        ({"limitPrice": 1e-300}, "price-tick", "limitPrice"),
        ({"qty": 900_000}, "buying-power-insufficient", "qty"),
    ],
)
def test_a_refused_order_names_the_field_and_leaves_nothing(
    untouched: TestClient, change: dict[str, Any], code: str, field: str
) -> None:
    answer = untouched.post(f"{API}/orders", json=FAR_LIMIT | change)
    assert problem(answer) == (422, code)
    assert answer.json()["fields"][0]["field"] == field
    assert answer.json()["fields"][0]["code"] == code


def test_all_failures_are_among_the_fields(client: TestClient) -> None:
    place(client, FAR_LIMIT | {"clientOrderId": "mine"})
    answer = client.post(
        f"{API}/orders", json=FAR_LIMIT | {"clientOrderId": "mine", "qty": 0.5, "limitPrice": -1}
    )
    assert [(item["field"], item["code"], item["value"]) for item in answer.json()["fields"]] == [
        ("qty", "quantity-too-small", 0.5),
        ("qty", "quantity-step", 0.5),
        ("limitPrice", "price-not-positive", -1),
        ("clientOrderId", "client-order-id-duplicate", "mine"),
    ]


@pytest.mark.parametrize("symbol", ["NOPE", "..", "A/B", "?", "SIM:NOPE", "%2e", "é"])
@pytest.mark.parametrize("path", ["orders", "orders/preview"])
def test_an_unknown_symbol_is_unknown(untouched: TestClient, path: str, symbol: str) -> None:
    answer = untouched.post(f"{API}/{path}", json=MARKET_ORDER | {"symbol": symbol})
    assert problem(answer) == (404, "symbol-unknown")
    assert [item["field"] for item in answer.json()["fields"]] == ["symbol"]


@pytest.mark.parametrize("symbol", ["\x00", "A\nB", "A\x7f", "", "A" * 65])
@pytest.mark.parametrize("path", ["orders", "orders/preview"])
def test_a_text_that_names_no_symbol_is_refused(untouched: TestClient, path: str, symbol: str) -> None:
    answer = untouched.post(f"{API}/{path}", json=MARKET_ORDER | {"symbol": symbol})
    assert problem(answer) == (422, "validation-failed")
    assert [item["field"] for item in answer.json()["fields"]] == ["symbol"]


@pytest.mark.parametrize(
    "text",
    [
        '{"symbol":"\\ud800","type":"market","side":"buy","qty":1}',
        '{"symbol":"ALFA","type":"\\ud800","side":"buy","qty":1}',
        '{"symbol":"ALFA","type":"market","side":"buy","qty":1,"\\ud800":1}',
    ],
)
def test_text_that_utf_8_cannot_hold_is_refused_like_any_other(untouched: TestClient, text: str) -> None:
    headers = {"Content-Type": "application/json"}
    assert problem(untouched.post(f"{API}/orders", content=text, headers=headers)) == (
        422,
        "validation-failed",
    )


@pytest.mark.parametrize(
    "number", ["NaN", "Infinity", "1e400", "-1e400", "1e16", '"1"', '"text"', "true", "[1]", "{}"]
)
@pytest.mark.parametrize("field", ["qty", "limitPrice"])
def test_what_is_no_number_is_a_validation_failure(untouched: TestClient, field: str, number: str) -> None:
    kept = "limitPrice" if field == "qty" else "qty"
    body = f'{{"symbol":"ALFA","type":"limit","side":"buy","{field}":{number},"{kept}":1}}'
    answer = untouched.post(f"{API}/orders", content=body, headers={"content-type": "application/json"})
    assert problem(answer) == (422, "validation-failed")
    assert answer.json()["fields"][0]["field"] == field


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"surprise": 1}, "surprise"),
        ({"type": "iceberg"}, "type"),
        ({"side": "hold"}, "side"),
        ({"symbol": ""}, "symbol"),
        ({"symbol": "x" * 65}, "symbol"),
        ({"duration": {"type": "good"}}, "duration.type"),
        ({"duration": {"type": "day", "datetime": -1}}, "duration.datetime"),
        ({"clientOrderId": "with space"}, "clientOrderId"),
        ({"clientOrderId": "x" * 49}, "clientOrderId"),
    ],
)
def test_a_wrong_shape_is_a_validation_failure(
    untouched: TestClient, change: dict[str, Any], field: str
) -> None:
    answer = untouched.post(f"{API}/orders", json=FAR_LIMIT | change)
    assert problem(answer) == (422, "validation-failed")
    assert answer.json()["fields"][0]["field"] == field


def test_a_body_that_is_not_json(untouched: TestClient) -> None:
    answer = untouched.post(f"{API}/orders", content="{", headers={"content-type": "application/json"})
    assert problem(answer) == (400, "json-invalid")


@pytest.mark.parametrize("path", ["orders/history", "executions"])
@pytest.mark.parametrize("cursor", ["zzz", "é", "MTI6MTI=", "OjE=", "a" * 200])
def test_a_foreign_cursor_is_refused(untouched: TestClient, path: str, cursor: str) -> None:
    answer = untouched.get(f"{API}/{path}", params={"cursor": cursor})
    assert problem(answer) == (422, "cursor-invalid")


@pytest.mark.parametrize("path", ["orders/history", "executions"])
@pytest.mark.parametrize("limit", ["0", "-1", "501", "1.5", "many", "1e400"])
def test_a_limit_out_of_bounds_is_refused(untouched: TestClient, path: str, limit: str) -> None:
    answer = untouched.get(f"{API}/{path}", params={"limit": limit})
    assert problem(answer) == (422, "validation-failed")


def test_the_document_declares_every_refusal(untouched: TestClient) -> None:
    document = untouched.get(f"{API}/openapi.json").json()
    ((_, operations),) = [item for item in document["paths"].items() if item[0].endswith("/orders")]
    described = operations["post"]["responses"]["422"]["description"]
    assert [code.value for code in RefusalCode if f"`{code.value}`" not in described] == []


def test_every_command_may_be_repeated_and_says_where_its_stream_is(untouched: TestClient) -> None:
    document = untouched.get(f"{API}/openapi.json").json()
    commands = [
        (f"{method} {path}", operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method in {"post", "put", "delete"} and not path.endswith("/preview")
    ]
    assert len(commands) == 12
    for name, operation in commands:
        assert "Idempotency-Key" in [each["name"] for each in operation["parameters"]], name
        (status,) = [status for status in operation["responses"] if status.startswith("2")]
        assert set(operation["responses"][status]["headers"]) == {"X-Stream-Offset", "Idempotent-Replayed"}, (
            name
        )


def test_the_journal_of_nobody_is_not_streamed(untouched: TestClient) -> None:
    stream = {"Accept": "text/event-stream"}
    answer = untouched.get(f"{API}/events", params={"accountId": "SOMEBODY"}, headers=stream)
    assert problem(answer) == (404, "account-unknown")


def test_the_account_is_the_same_after_a_restart(tmp_path: Path) -> None:
    paths = ("orders", "orders/history", "executions", "positions")
    with running(tmp_path) as client:
        place(client, MARKET_ORDER)
        place(client, FAR_LIMIT)
        before = [client.get(f"{API}/{path}").json() for path in paths]
        account = client.get(f"{API}/account").json()
    with running(tmp_path) as client:
        assert [client.get(f"{API}/{path}").json() for path in paths] == before
        after = client.get(f"{API}/account").json()
        assert (after["epoch"], after["offset"]) == (account["epoch"], account["offset"])
        assert after["equity"]["balance"] == account["equity"]["balance"]


def test_without_an_answer_of_the_datafeed_an_order_is_refused_as_one_to_try_again(tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        enabled_modules="broker",
        terminal_dir=tmp_path,
        module_urls="datafeed=http://127.0.0.1:1",
    )
    app = AppFactory(installed=False).create(settings)
    with TestClient(app, base_url="http://localhost") as alone:
        answer = alone.post(f"{API}/orders", json=MARKET_ORDER)
    assert problem(answer) == (503, "market-data-unavailable")
    assert answer.json()["retryable"] is True


def test_a_broker_that_is_not_told_of_a_datafeed_does_not_start(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, enabled_modules="broker", terminal_dir=tmp_path)
    with pytest.raises(
        StartupError,
        match=r"^The module 'datafeed' is needed but not enabled; TRADING_MODULE_URLS can say where it runs"
        r" \(datafeed=http://host:port\)\.$",
    ):
        AppFactory(installed=False).create(settings)


def test_a_name_with_a_slash_reaches_the_datafeed(untouched: TestClient) -> None:
    answer = untouched.get("/api/v1/datafeed/resolve/BTC%2FUSD")
    assert problem(answer) == (404, "symbol-unknown")
