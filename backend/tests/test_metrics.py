"""`GET /metrics`: what Prometheus reads of requests and streams, by module."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient, WebSocketTestSession

from trading_api.app_factory import AppFactory
from trading_api.settings import Settings

BROKER = "/api/v1/broker"
SOCKET = f"ws://localhost{BROKER}/ws"
ORDER = {"symbol": "ALFA", "type": "market", "side": "buy", "qty": 1}


def running(folder: Path) -> TestClient:
    settings = Settings(data_dir=folder, terminal_dir=folder)
    return TestClient(AppFactory(installed=False).create(settings), base_url="http://localhost")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with running(tmp_path) as client:
        yield client


def measured(client: TestClient, name: str, **labels: str) -> float:
    """The value of one sample; 0 where there is none."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    for family in text_string_to_metric_families(answer.text):
        for sample in family.samples:
            if sample.name == f"trading_{name}" and sample.labels == labels:
                return float(sample.value)
    return 0


def test_requests_are_counted_by_module_operation_and_status(client: TestClient) -> None:
    client.post(f"{BROKER}/orders", json=ORDER)
    client.get(f"{BROKER}/orders/unknown")
    client.get(f"{BROKER}/orders/unknown-too")
    client.get(f"{BROKER}/no/such/place")
    client.get("/livez")

    def requests(module: str, operation: str, status: int) -> float:
        return measured(client, "http_requests_total", module=module, operation=operation, status=str(status))

    assert requests("broker", "place_order", 201) == 1
    assert requests("broker", "get_order", 404) == 2
    assert requests("broker", "other", 404) == 1
    assert requests("app", "livez", 200) == 1
    took = "http_request_duration_seconds"
    assert measured(client, f"{took}_count", module="broker", operation="get_order") == 2
    assert measured(client, f"{took}_sum", module="broker", operation="place_order") > 0


def subscribe_orders(socket: WebSocketTestSession, **options: object) -> dict[str, object]:
    socket.send_json(
        {"type": "orders.subscribe", "payload": {"accountId": "DEMO"}, "id": 1, "options": options}
    )
    reply: dict[str, object] = socket.receive_json()["payload"]
    assert reply["status"] == "ok"
    return reply


def test_streams_are_counted_by_module(client: TestClient) -> None:
    def streams(name: str, **labels: str) -> float:
        return measured(client, f"ws_{name}", module="broker", **labels)

    with client.websocket_connect(SOCKET) as socket:
        reply = subscribe_orders(socket)
        for _ in range(3):
            client.post(f"{BROKER}/orders", json=ORDER)
        heard = [socket.receive_json() for _ in range(3)]
        assert (streams("connections"), streams("topics"), streams("opened_total")) == (1, 1, 1)
        assert streams("updates_total") == streams("deliveries_total") >= 3
        assert streams("written_bytes_total") > sum(len(str(each["payload"]["payload"])) for each in heard)
        assert streams("write_delay_seconds_count") == 1
        assert streams("write_delay_seconds_bucket", le="+Inf") == 1
    point = {"epoch": reply["epoch"], "offset": reply["offset"]}
    with client.websocket_connect(SOCKET) as socket:
        assert subscribe_orders(socket, recover=point)["recovered"]
    with client.websocket_connect(SOCKET) as socket:
        assert not subscribe_orders(socket, recover=point | {"epoch": "other"})["recovered"]
    assert streams("recoveries_total", outcome="recovered") == 1
    assert streams("recoveries_total", outcome="snapshot") == 1
    assert streams("closes_total", code="1000") == 3
    assert (streams("connections"), streams("topics")) == (0, 0)
    assert (streams("conflated_total", reason="slow"), streams("conflated_total", reason="rate")) == (0, 0)


def test_two_applications_share_no_numbers(client: TestClient, tmp_path: Path) -> None:
    client.get(f"{BROKER}/orders")
    labels = {"module": "broker", "operation": "list_orders", "status": "200"}
    with running(tmp_path / "other") as other:
        assert measured(other, "http_requests_total", **labels) == 0
        other.get(f"{BROKER}/orders")
        assert measured(other, "http_requests_total", **labels) == 1
    assert measured(client, "http_requests_total", **labels) == 1
