"""What happens to an account leaves in order, once, with and without our protocol class below."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.bytes_client import BytesClient, decoded, message
from tests.deployments import Server
from tests.plain_server import PlainServerProcess
from tests.server_process import ServerProcess
from tests.test_restart import FILLED, WORKING, Broker, place_until_killed
from trading_api.shared.tests.wire_frames import TEXT

pytestmark = pytest.mark.integration

ACCOUNT = {"accountId": "DEMO"}
JOURNALS = ("orders", "executions", "positions")


@pytest.fixture(params=[ServerProcess, PlainServerProcess], ids=["serve", "plain"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path, process=request.param)
    server.start()
    yield server
    server.kill()


class Reader:
    """Follows the journals of the account on one connection after another, and proves that none has a gap."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._epoch = ""
        self.last: dict[str, int] = {}
        self.updates: dict[str, list[dict[str, Any]]] = {route: [] for route in JOURNALS}

    def connect(self) -> BytesClient:
        """Subscribe to all, from where it is."""
        client = BytesClient.upgraded(self._server.url, "broker")
        for route in JOURNALS:
            since = {"epoch": self._epoch, "offset": self.last.get(route)}
            options = {"options": {"recover": since}} if route in self.last else {}
            client.ask(f"{route}.subscribe", ACCOUNT, **options)
            reply = client.message(f"{route}.subscribe.response")["payload"]
            assert (reply["status"], reply["recovered"]) == ("ok", route in self.last)
            self._epoch = reply["epoch"]
            self.last.setdefault(route, reply["offset"])
        return client

    def take(self, client: BytesClient) -> None:
        """Note what has come on the connection."""
        for frame in client.frames:
            heard: dict[str, Any] = decoded(frame) if frame.opcode == TEXT else {"type": ""}
            route, _, kind = heard["type"].partition(".")
            if kind == "update" and route in JOURNALS:
                body = heard["payload"]
                assert body["prev"] == self.last[route], f"{route}: {body} does not follow"
                assert body["offset"] > body["prev"]
                self.last[route] = body["offset"]
                self.updates[route].append(body["payload"])
        client.frames.clear()

    def catch_up(self, client: BytesClient) -> None:
        """Read until the server has answered what was asked last; all before that has come then."""
        client.ask("ping", "all")
        while client.message("pong")["payload"] != "all":
            pass
        self.take(client)


def test_a_fill_leaves_as_execution_order_equity_position(server: Server) -> None:
    with BytesClient.upgraded(server.url, "broker") as client, Broker(server.url) as broker:
        for route in ("positions", "equity", "orders", "executions"):
            client.ask(f"{route}.subscribe", ACCOUNT)
            assert client.message(f"{route}.subscribe.response")["payload"]["status"] == "ok"
        for number in range(1, 21):
            client.frames.clear()
            placed = broker.place(FILLED)
            client.message("positions.update")
            heard = [decoded(frame) for frame in client.frames if frame.opcode == TEXT]
            fill = [each["type"].removesuffix(".update") for each in heard][-4:]
            assert fill == ["executions", "orders", "equity", "positions"], f"fill {number}"
            execution, order, _, position = (each["payload"] for each in heard[-4:])
            assert execution["payload"]["orderId"] == order["payload"]["id"] == placed["id"]
            assert order["payload"]["status"] == "filled"
            assert position["payload"]["qty"] == number
            assert execution["offset"] < order["offset"] < position["offset"]


def test_nothing_is_lost_or_repeated_over_any_number_of_deaths(server: Server) -> None:
    reader = Reader(server)
    with reader.connect() as client:
        place_until_killed(server, clients=3, answers=30)
        client.read_to_end_of_frames()
        reader.take(client)
    server.start()
    with reader.connect() as client, Broker(server.url) as broker:
        for _ in range(3):
            broker.place(FILLED)
        server.kill()
        client.read_to_end_of_frames()
        reader.take(client)
    server.start()
    with reader.connect() as client, Broker(server.url) as broker:
        broker.place(FILLED)
        reader.catch_up(client)
        orders = {order["id"]: order for order in broker.working() + broker.final()}
        assert reader.updates["executions"] == broker.executions()[::-1]
        assert {order["id"]: order for order in reader.updates["orders"]} == orders
        assert reader.updates["positions"][-1:] == broker.get("/positions")


def test_a_slow_client_is_sent_away_and_comes_back_to_all_it_missed(server: Server) -> None:
    reader = Reader(server)
    flood = message("ping", "x" * 64_000)
    with reader.connect() as client, Broker(server.url) as broker:
        for _ in range(5):
            broker.place(FILLED)
        client.send(flood * 90)
        for _ in range(5):
            broker.place(FILLED)
        assert client.close_code() == 4408
        reader.take(client)
        seen = len(reader.updates["executions"])
        broker.place(WORKING)
    with reader.connect() as client, Broker(server.url) as broker:
        reader.catch_up(client)
        assert 5 <= seen <= 10
        assert reader.updates["executions"] == broker.executions()[::-1]
        assert len(reader.updates["orders"]) == 2 * 10 + 1
        assert [each["qty"] for each in reader.updates["positions"]] == list(range(1, 11))
