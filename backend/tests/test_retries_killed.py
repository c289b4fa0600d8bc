"""A command repeated under its key while the server dies at any moment has one effect and one answer."""

import json
import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.server_process import ServerProcess
from trading_api.shared.tests.effort import EFFORT

pytestmark = pytest.mark.integration

ORDER = {"symbol": "ALFA", "type": "market", "side": "buy", "qty": 3}
MOST_SECONDS_BEFORE_A_DEATH = 0.25
MOST_SECONDS_OF_CANCELING = 0.15
DEATHS = 2
ORDERS = 500
"""Enough for several slices of a command that cancels them all."""


@pytest.mark.parametrize("seed", range(2 * EFFORT))
def test_retries_of_one_command_leave_one_order(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with ServerProcess(tmp_path) as server:
        place({"side": "sell", "qty": 1}, server.url, "before")
        retries = chance.randint(1, 20)
        for _ in range(DEATHS):
            answered = place_until_killed(server, retries, chance.uniform(0, MOST_SECONDS_BEFORE_A_DEATH))
            server.start()
            last = [place({}, server.url, "key") for _ in range(2)]
            assert all(answer == last[0] for answer in [*answered, *last])
        executions = httpx.get(f"{server.url}/api/v1/broker/executions", trust_env=False).json()["executions"]
        assert [each["qty"] for each in executions] == [3, 1]
        positions = httpx.get(f"{server.url}/api/v1/broker/positions", trust_env=False).json()
        assert [(each["side"], each["qty"]) for each in positions] == [("buy", 2)]


@pytest.mark.parametrize("seed", range(EFFORT))
def test_canceling_of_many_that_was_killed_is_finished_by_its_repetition(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    far = ORDER | {"type": "limit", "limitPrice": 0.01}
    with ServerProcess(tmp_path) as server, ThreadPoolExecutor() as pool:
        with httpx.Client(base_url=server.url, trust_env=False, timeout=30) as client:
            placed = [client.post("/api/v1/broker/orders", json=far) for _ in range(ORDERS)]
        answered = []
        for _ in range(DEATHS):
            answered.append(pool.submit(cancel_all, server.url))
            time.sleep(chance.uniform(0, MOST_SECONDS_OF_CANCELING))
            server.kill()
            server.start()
        first, again = (cancel_all(server.url) for _ in range(2))
        assert first is not None
        assert {each.result() for each in answered} <= {None, first}
        assert again == first
    results = json.loads(first)["results"]
    assert [each["orderId"] for each in results] == [each.json()["orderId"] for each in placed]
    assert {each["order"]["status"] for each in results} == {"canceled"}


def cancel_all(url: str) -> str | None:
    """The answer to canceling all orders; None if the server died over it."""
    headers = {"Idempotency-Key": "cancel"}
    try:
        answer = httpx.delete(f"{url}/api/v1/broker/orders", headers=headers, trust_env=False, timeout=30)
    except httpx.TransportError:
        return None
    assert answer.status_code == 207, answer.text
    return answer.text


def place(changes: dict[str, Any], url: str, key: str) -> str:
    """The answer to a market order."""
    headers = {"Idempotency-Key": key}
    answer = httpx.post(
        f"{url}/api/v1/broker/orders", json=ORDER | changes, headers=headers, trust_env=False, timeout=30
    )
    assert answer.status_code == 201, answer.text
    return answer.text


def place_until_killed(server: ServerProcess, retries: int, seconds: float) -> list[str]:
    """Send the same order `retries` times at once and kill the server after some time: what it answered."""
    answered: list[str] = []
    url = server.url

    def send() -> None:
        try:
            answered.append(place({}, url, "key"))
        except httpx.TransportError:
            return

    with ThreadPoolExecutor(retries) as pool:
        for _ in range(retries):
            pool.submit(send)
        time.sleep(seconds)
        server.kill()
    return answered
