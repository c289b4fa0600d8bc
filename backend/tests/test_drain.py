"""A server that is asked to stop sends its clients away in order; the next one finds each where it was."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.deployments import Server
from tests.journal_client import JournalClient

pytestmark = pytest.mark.integration

CLIENTS = 200
ROUTES = ("orders", "executions", "positions")
ORDER = {"symbol": "ALFA", "type": "market", "side": "buy", "qty": 1}
BEFORE, AFTER = 10, 5


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    server = Server(tmp_path)
    await asyncio.to_thread(server.start)
    yield server
    server.kill()


async def place(http: httpx.AsyncClient) -> dict[str, Any]:
    """One order that fills at once."""
    answer = await http.post("/orders", json=ORDER)
    assert answer.status_code == 201, answer.text
    order: dict[str, Any] = answer.json()["order"]
    return order


async def place_until_it_stops(http: httpx.AsyncClient, answered: list[dict[str, Any]]) -> None:
    try:
        while True:
            answered.append(await place(http))
    except httpx.TransportError:
        return


async def test_no_client_misses_or_repeats_anything_over_a_restart(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "trading_api.clients")
    clients = [JournalClient(route_of(number)) for number in range(CLIENTS)]
    await asyncio.gather(*(client.connect(server.url) for client in clients))
    answered: list[dict[str, Any]] = []
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1/broker", trust_env=False, timeout=30) as http:
        answered += [await place(http) for _ in range(BEFORE)]
        placing = asyncio.create_task(place_until_it_stops(http, answered))
        assert await asyncio.to_thread(server.terminate) == 0
        await placing
        await asyncio.to_thread(server.start)
        answered += [await place(http) for _ in range(AFTER)]
        stored = {each["id"]: each for each in (await http.get("/orders/history?limit=500")).json()["orders"]}
    told = [record.getMessage() for record in caplog.records]
    assert sum("changes: 4410" in each for each in told) == CLIENTS
    last = {"orders": answered[-1]["offset"], "executions": 0, "positions": 0}
    fills = len(stored)
    await asyncio.gather(
        *(client.wait_for(offset=last[route_of(n)], count=fills) for n, client in enumerate(clients))
    )
    assert_that_all_heard_all(clients, answered, stored)
    for client in clients:
        await client.disconnect()


def route_of(number: int) -> str:
    """Clients follow the routes in turn."""
    return ROUTES[number % len(ROUTES)]


def assert_that_all_heard_all(
    clients: list[JournalClient], answered: list[dict[str, Any]], stored: dict[str, dict[str, Any]]
) -> None:
    """Clients of one route heard the same, which is all that is stored; what was answered is part of it."""
    orders, executions, positions = (clients[number].updates for number in range(len(ROUTES)))
    for number, client in enumerate(clients):
        assert client.updates == (orders, executions, positions)[number % len(ROUTES)]
    assert {each["id"]: each for each in orders} == stored
    assert {each["id"] for each in answered} <= set(stored)
    assert [each["orderId"] for each in executions] == list(stored)[::-1]
    assert [each["qty"] for each in positions] == [*range(1, len(executions) + 1)]
