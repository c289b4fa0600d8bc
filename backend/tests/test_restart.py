"""What was answered is durable: a server killed with -9 and started again is exactly where it was."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest

from tests.deployments import Server
from tests.journal_client import JournalClient
from tests.server_process import ServerProcess

pytestmark = pytest.mark.integration

Json = dict[str, Any]
WORKING = {"symbol": "ALFA", "type": "limit", "side": "buy", "qty": 1, "limitPrice": 0.01}
FILLED = {"symbol": "ALFA", "type": "market", "side": "buy", "qty": 1}


class Broker:
    """The broker's REST interface, as a client of the default account sees it."""

    def __init__(self, server_url: str) -> None:
        self._http = httpx.Client(base_url=f"{server_url}/api/v1/broker", trust_env=False, timeout=30)

    def __enter__(self) -> "Broker":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str) -> Any:
        return self._http.get(path).raise_for_status().json()

    def place(self, order: Json, name: str | None = None) -> Json:
        answer = self._http.post("/orders", json=order | ({"clientOrderId": name} if name else {}))
        assert answer.status_code == 201, answer.text
        placed: Json = answer.json()["order"]
        return placed

    def working(self) -> list[Json]:
        return [order for order in self.get("/orders") if order["status"] == "working"]

    def final(self) -> list[Json]:
        return self._all("/orders/history", "orders")

    def executions(self) -> list[Json]:
        return self._all("/executions", "executions")

    def state(self) -> Json:
        """Everything of the account that the market's prices do not move."""
        account = self.get("/account")
        equity = account.pop("equity")
        kept = {name: equity[name] for name in ("balance", "realizedPL")}
        return {
            "account": account | kept,
            "working": self.working(),
            "final": self.final(),
            "positions": self.get("/positions"),
            "executions": self.executions(),
        }

    def _all(self, path: str, name: str) -> list[Json]:
        found: list[Json] = []
        page: Json = {"nextCursor": None}
        while "nextCursor" in page:
            cursor = {"cursor": page["nextCursor"]} if page["nextCursor"] else {}
            page = self._http.get(path, params={"limit": "50", **cursor}).raise_for_status().json()
            found += page[name]
        return found


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    with ServerProcess(tmp_path) as server:
        yield server


def restart(server: ServerProcess) -> None:
    """Kill it without a warning and start it again."""
    server.kill()
    server.start()


def test_everything_is_as_before(server: ServerProcess) -> None:
    with Broker(server.url) as broker:
        broker.place(FILLED | {"qty": 10})
        broker.place(FILLED | {"qty": 4, "side": "sell"})
        broker.place(FILLED | {"symbol": "EURUSD", "qty": 2000, "side": "sell"}, "short")
        canceled = broker.place(WORKING)
        broker._http.delete(f"/orders/{canceled['id']}").raise_for_status()
        broker.place(WORKING | {"duration": {"type": "day"}}, "away")
        before = broker.state()
    assert [len(before[name]) for name in ("working", "final", "positions", "executions")] == [1, 4, 2, 3]
    for _ in range(2):
        restart(server)
        with Broker(server.url) as broker:
            assert broker.state() == before
    with Broker(server.url) as broker:
        assert broker.place(FILLED)["id"] not in {order["id"] for order in before["final"]}


def test_no_answered_order_of_a_burst_is_lost_or_repeated(server: ServerProcess) -> None:
    answered = place_until_killed(server, clients=4, answers=60)
    server.start()
    with Broker(server.url) as broker:
        working, final, executions = broker.working(), broker.final(), broker.executions()
        position = sum(position["qty"] for position in broker.get("/positions"))
    stored = {order["id"]: order for order in working + final}
    assert len(stored) == len(working) + len(final)
    assert [stored.get(order["id"]) for order in answered] == answered
    names = [order["clientOrderId"] for order in stored.values()]
    assert len(names) == len(set(names))
    assert sorted(each["orderId"] for each in executions) == sorted(order["id"] for order in final)
    assert position == len(executions)
    offsets = [each["offset"] for each in [*stored.values(), *executions]]
    assert len(offsets) == len(set(offsets))


async def test_a_stream_that_resumes_has_each_event_once(tmp_path: Path) -> None:
    server = Server(tmp_path)
    try:
        await asyncio.to_thread(server.start)
        await assert_that_streams_resume(server)
    finally:
        server.kill()


async def assert_that_streams_resume(server: Server) -> None:
    """The server keeps its address, so that its clients find it again by themselves."""
    clients = {route: JournalClient(route) for route in ("orders", "executions", "positions")}
    for client in clients.values():
        await client.connect(server.url)
    answered = await asyncio.to_thread(place_until_killed, server, clients=3, answers=40)
    await asyncio.to_thread(server.start)
    with Broker(server.url) as broker:
        missed = broker.place(FILLED)
        last = broker.place(FILLED)
        assert last["status"] == "filled"
        position = broker.get("/positions")[0]
        stored = {order["id"]: order for order in broker.working() + broker.final()}
        executions = broker.executions()
    for client, offset in zip(
        clients.values(), (last["offset"], executions[0]["offset"], position["offset"]), strict=True
    ):
        await client.wait_for(offset=offset)
        await client.disconnect()
    seen = {order["id"]: order for order in clients["orders"].updates}
    assert seen == stored
    assert {order["id"] for order in [*answered, missed, last]} <= set(seen)
    assert clients["executions"].updates == executions[::-1]
    assert clients["positions"].updates[-1] == position
    assert [each["qty"] for each in clients["positions"].updates] == [*range(1, len(executions) + 1)]


def place_until_killed(server: ServerProcess | Server, *, clients: int, answers: int) -> list[Json]:
    """Place orders from many clients at once, kill the server amid them; returns the answered ones."""
    answered: list[Json] = []
    enough = Event()
    url = server.url

    def place(client: int) -> None:
        with Broker(url) as broker:
            for number in range(10_000):
                order = WORKING if number % 2 else FILLED
                answered.append(broker.place(order, f"{client}-{number}"))
                if len(answered) >= answers:
                    enough.set()

    with ThreadPoolExecutor(clients) as pool:
        placing: list[Future[None]] = [pool.submit(place, client) for client in range(clients)]
        assert enough.wait(60), f"only {len(answered)} orders were answered"
        server.kill()
        for each in placing:
            assert isinstance(each.exception(30), httpx.TransportError)
    return answered
