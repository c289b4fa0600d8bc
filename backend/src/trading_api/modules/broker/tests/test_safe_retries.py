"""A command repeated under its idempotency key has one effect and one answer."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from trading_api.app_factory import AppFactory
from trading_api.modules.broker.repository.tables import JournalConflict
from trading_api.modules.broker.safe_retries import KEY_LIFE_MS, Answer, Attempt
from trading_api.modules.broker.tests.engine_cases import BUY, order
from trading_api.modules.broker.tests.journal_cases import KEY, JournaledDesk, opened_repository
from trading_api.modules.broker.tests.service_cases import pre_order, trading_floor
from trading_api.settings import Settings

ORDERS = "/api/v1/broker/orders"
FAR_LIMIT = {"symbol": "ALFA", "type": "limit", "side": "buy", "qty": 10, "limitPrice": 1.5}
REPLAYED = "idempotent-replayed"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(data_dir=tmp_path, enabled_modules="datafeed,broker", terminal_dir=tmp_path)
    with TestClient(AppFactory(installed=False).create(settings), base_url="http://localhost") as client:
        yield client


def test_the_same_request_has_the_same_answer_and_one_order(client: TestClient) -> None:
    headers = {"Idempotency-Key": "key 1"}
    first, again = (client.post(ORDERS, json=FAR_LIMIT, headers=headers) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert (first.json(), first.headers["x-stream-offset"]) == (
        again.json(),
        again.headers["x-stream-offset"],
    )
    assert REPLAYED not in first.headers
    assert again.headers[REPLAYED] == "true"
    assert len(client.get(ORDERS).json()) == 1


def test_without_a_key_or_under_another_it_is_another_order(client: TestClient) -> None:
    keys: list[dict[str, str]] = [{}, {}, {"Idempotency-Key": "a"}, {"Idempotency-Key": "b"}]
    answers = [client.post(ORDERS, json=FAR_LIMIT, headers=headers) for headers in keys]
    assert len({answer.json()["orderId"] for answer in answers}) == 4


def test_a_key_given_to_another_request_is_refused(client: TestClient) -> None:
    headers = {"Idempotency-Key": "key"}
    placed = client.post(ORDERS, json=FAR_LIMIT, headers=headers).json()
    other = client.post(ORDERS, json=FAR_LIMIT | {"qty": 11}, headers=headers)
    cancel = client.delete(f"{ORDERS}/{placed['orderId']}", headers=headers)
    for answer in (other, cancel):
        assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")
        assert "key" in answer.json()["detail"]
    assert client.get(ORDERS).json() == [placed["order"]]


def test_a_repeated_cancel_is_not_an_order_that_is_final(client: TestClient) -> None:
    url = f"{ORDERS}/{client.post(ORDERS, json=FAR_LIMIT).json()['orderId']}"
    first, again = (client.delete(url, headers={"Idempotency-Key": "c"}) for _ in range(2))
    assert (first.status_code, again.status_code, again.headers[REPLAYED]) == (200, 200, "true")
    assert first.json() == again.json()
    assert client.delete(url).status_code == 409


def test_a_refused_order_leaves_its_key_unused(client: TestClient) -> None:
    headers = {"Idempotency-Key": "key"}
    assert client.post(ORDERS, json=FAR_LIMIT | {"qty": -1}, headers=headers).status_code == 422
    assert client.post(ORDERS, json=FAR_LIMIT, headers=headers).status_code == 201


@pytest.mark.parametrize("key", [b"", b"x" * 65, "naïve".encode(), b"tab\there"])
def test_a_bad_key_is_named(client: TestClient, key: bytes) -> None:
    answer = client.post(ORDERS, json=FAR_LIMIT, headers={b"Idempotency-Key": key})
    assert (answer.status_code, answer.json()["fields"][0]["field"]) == (422, "Idempotency-Key")
    assert client.get(ORDERS).json() == []


async def test_concurrent_repetitions_leave_one_order(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor, trading_floor(tmp_path) as other_process:
        await floor.quote("9.99", "10.00")
        services = [floor.service, other_process.service] * 10
        done = await asyncio.gather(
            *(service.place("DEMO", pre_order("buy", 1, "9.00"), "k") for service in services),
            return_exceptions=True,
        )
        placed = [result for result in done if not isinstance(result, BaseException)]
        assert len({result.value.order.id for result in placed}) == 1
        assert sum(not result.repeated for result in placed) == 1
        assert len(await floor.service.orders("DEMO")) == 1


async def test_a_key_survives_a_restart(tmp_path: Path) -> None:
    asked = pre_order("buy", 1, "9.00")
    async with trading_floor(tmp_path) as floor:
        first = await floor.service.place("DEMO", asked, "k")
    async with trading_floor(tmp_path) as floor:
        again = await floor.service.place("DEMO", asked, "k")
    assert again == replace(first, repeated=True)


async def test_keys_are_forgotten_after_a_day(tmp_path: Path) -> None:
    attempt = Attempt.of("k", "place", {"qty": 1}, now=1_000)
    assert attempt is not None
    desk = JournaledDesk()
    async with opened_repository(tmp_path) as repository:
        await desk.write(repository)
        desk.place(order(BUY, "1", "9.00"))
        events = desk.events[desk.written :]
        answer = Answer('{"id": 1}', 201)
        await repository.append(KEY, desk.written, events, attempt, answer)
        last = replace(attempt, now=1_000 + KEY_LIFE_MS - 1)
        kept = await repository.kept_answer(KEY.account_id, last)
        assert kept is not None
        assert (kept.answer, kept.offset) == (answer, events[-1].offset)
        over = replace(attempt, now=1_000 + KEY_LIFE_MS)
        assert await repository.kept_answer(KEY.account_id, over) is None
        desk.written += len(events)
        desk.place(order(BUY, "1", "8.00"))
        with pytest.raises(JournalConflict):
            await repository.append(KEY, desk.written, desk.events[desk.written :], last)
        await repository.append(KEY, desk.written, desk.events[desk.written :], over)
