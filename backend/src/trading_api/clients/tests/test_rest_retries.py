"""When a client asks again, and what it says when it gives up."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from trading_api.clients.backoff import FullJitter
from trading_api.clients.broker_client import BrokerClient
from trading_api.clients.datafeed_client import DatafeedClient
from trading_api.clients.endpoint import Endpoint
from trading_api.clients.errors import AnswerInvalid, ClientError, OutcomeUnknown, Refused, Unreachable
from trading_api.clients.tests.scripted_module import (
    LOST,
    LossyServer,
    Reply,
    ScriptedModule,
    answered,
    refused,
)
from trading_api.clients.tests.test_rest import PLACED, PRE_ORDER

BUSY = refused("unavailable", 503, retryable=True)
DOWN = refused("unavailable", 503)
FINAL = refused("quantity-step", 422)
CUT = answered(PLACED, 201).raw(announced=10_000)
BACKOFF = FullJitter(base=1, cap=8, random=lambda: 0.5)


class Patience:
    """Sleeps by noting how long it was asked to."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        """Return at once."""
        self.slept.append(seconds)


@pytest.fixture
def patience() -> Patience:
    return Patience()


@pytest.fixture(params=["in_process", "served"])
async def target(request: pytest.FixtureRequest) -> AsyncIterator[tuple[ScriptedModule, Endpoint]]:
    module = ScriptedModule()
    async with getattr(module, request.param)() as endpoint:
        yield module, endpoint


def broker(target: str | Endpoint, patience: Patience) -> BrokerClient:
    """A client that waits for nothing."""
    return BrokerClient(target, sleep=patience, backoff=BACKOFF)


async def test_a_retryable_refusal_is_tried_again_with_the_same_key(
    target: tuple[ScriptedModule, Endpoint], patience: Patience
) -> None:
    module, endpoint = target
    module.replies = [BUSY, BUSY, answered(PLACED, 201), BUSY, answered(PLACED, 201)]
    async with broker(endpoint, patience) as client:
        await client.place_order(PRE_ORDER)
        await client.place_order(PRE_ORDER, idempotency_key="mine")
    keys = [seen.headers["idempotency-key"] for seen in module.seen]
    assert keys == [keys[0]] * 3 + ["mine"] * 2
    assert len(keys[0]) == 32
    assert len({seen.body for seen in module.seen}) == 1
    assert patience.slept == [0.5, 1.0, 0.5]


async def test_each_call_has_a_key_of_its_own(
    target: tuple[ScriptedModule, Endpoint], patience: Patience
) -> None:
    module, endpoint = target
    module.replies = [answered(PLACED, 201)]
    async with broker(endpoint, patience) as client:
        await client.place_order(PRE_ORDER)
        await client.place_order(PRE_ORDER)
        module.replies = [answered([])]
        await client.list_orders()
    keys = [seen.headers.get("idempotency-key") for seen in module.seen]
    assert keys[0] != keys[1]
    assert keys[2] is None


@pytest.mark.parametrize(
    ("replies", "code", "tries"), [([BUSY], "unavailable", 3), ([DOWN], "unavailable", 1), ([FINAL], None, 1)]
)
async def test_a_refusal_is_raised_when_trying_cannot_help_or_has_not_helped(
    target: tuple[ScriptedModule, Endpoint],
    patience: Patience,
    replies: list[Reply],
    code: str | None,
    tries: int,
) -> None:
    module, endpoint = target
    module.replies = replies
    async with broker(endpoint, patience) as client:
        for call in (client.list_orders, lambda: client.preview_order(PRE_ORDER)):
            module.seen.clear()
            with pytest.raises(Refused) as caught:
                await call()
            assert caught.value.code == (code or "quantity-step")
            assert len(module.seen) == tries


@pytest.mark.parametrize("lost", [LOST, CUT], ids=["no answer", "half an answer"])
async def test_a_lost_answer_of_what_changes_nothing_is_asked_for_again(
    patience: Patience, lost: bytes
) -> None:
    server = LossyServer([lost, lost, answered([]).raw()])
    async with server.serving() as url, broker(url, patience) as client:
        assert await client.list_orders() == []
    assert len(server.requests) == 3


@pytest.mark.parametrize("lost", [LOST, CUT], ids=["no answer", "half an answer"])
async def test_a_lost_answer_to_a_key_is_asked_for_again_with_it(patience: Patience, lost: bytes) -> None:
    server = LossyServer([lost, answered(PLACED, 201).raw()])
    async with server.serving() as url, broker(url, patience) as client:
        assert (await client.place_order(PRE_ORDER)).order_id == "O2"
    first, second = server.header("idempotency-key")
    assert first is not None
    assert first == second
    assert server.requests[0] == server.requests[1]


def _list(client: BrokerClient) -> Any:
    return client.list_orders()


def _preview(client: BrokerClient) -> Any:
    return client.preview_order(PRE_ORDER)


def _place(client: BrokerClient) -> Any:
    return client.place_order(PRE_ORDER)


@pytest.mark.parametrize(
    ("call", "script", "error", "tries"),
    [
        (_list, [LOST], Unreachable, 3),
        (_list, [LOST, DOWN.raw()], Refused, 2),
        (_list, [LOST, BUSY.raw()], Refused, 3),
        (_preview, [LOST], OutcomeUnknown, 1),
        (_preview, [CUT], OutcomeUnknown, 1),
        (_preview, [BUSY.raw(), LOST], OutcomeUnknown, 2),
        (_place, [LOST], OutcomeUnknown, 3),
        # The last try was refused for now, so it does not tell what became of the first.
        (_place, [LOST, BUSY.raw()], OutcomeUnknown, 3),
        # The module knows the key, so a refusal for good means that the first try was refused as well.
        (_place, [LOST, FINAL.raw()], Refused, 2),
        (_place, [LOST, Reply(200, b"<html>").raw()], AnswerInvalid, 2),
    ],
)
async def test_what_is_raised_in_the_end(
    patience: Patience,
    call: Callable[[BrokerClient], Any],
    script: list[bytes],
    error: type[ClientError],
    tries: int,
) -> None:
    server = LossyServer(script)
    async with server.serving() as url, broker(url, patience) as client:
        with pytest.raises(error) as caught:
            await call(client)
    assert type(caught.value) is error
    assert len(server.requests) == tries
    assert len(patience.slept) == tries - 1


@pytest.mark.parametrize("call", [_list, _preview, _place])
async def test_what_was_never_sent_may_always_be_tried_again(
    patience: Patience, call: Callable[[BrokerClient], Any]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with broker(url, patience) as client:
        with pytest.raises(Unreachable, match="no connection") as caught:
            await call(client)
    assert (caught.value.status, caught.value.retryable) == (0, True)
    assert patience.slept == [0.5, 1.0]


async def test_a_module_that_disappears_after_a_lost_answer_leaves_the_outcome_unknown() -> None:
    server = LossyServer([LOST])
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(server.serving())

        async def close_server(_: float) -> None:
            await stack.aclose()

        async with BrokerClient(url, sleep=close_server) as client:
            with pytest.raises(OutcomeUnknown, match="no connection"):
                await client.place_order(PRE_ORDER)
    assert len(server.requests) == 1


@pytest.mark.parametrize(("call", "error"), [(_list, Unreachable), (_preview, OutcomeUnknown)])
async def test_an_answer_that_does_not_come_in_time_is_lost(
    patience: Patience, call: Callable[[BrokerClient], Any], error: type[ClientError]
) -> None:
    async def silent(*_: Any) -> None:
        await asyncio.Event().wait()

    endpoint = Endpoint("http://in-process", silent)
    async with BrokerClient(endpoint, timeout=0.02, sleep=patience) as client:
        with pytest.raises(error, match="no answer: TimeoutError"):
            await call(client)


async def test_a_canceled_call_is_not_tried_again(patience: Patience) -> None:
    asked = asyncio.Event()

    async def silent(*_: Any) -> None:
        asked.set()
        await asyncio.Event().wait()

    async with DatafeedClient(Endpoint("http://in-process", silent), sleep=patience) as client:
        call = asyncio.create_task(client.time())
        await asked.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    assert patience.slept == []


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_gateway_says_nothing_of_what_the_module_did(
    target: tuple[ScriptedModule, Endpoint], patience: Patience, status: int
) -> None:
    module, endpoint = target
    module.replies = [Reply(status, b"<html>Bad Gateway</html>", "text/html")]
    async with broker(endpoint, patience) as client:
        for call, error, tries in (
            (client.list_orders, Unreachable, 3),
            (lambda: client.preview_order(PRE_ORDER), OutcomeUnknown, 1),
            (lambda: client.place_order(PRE_ORDER), OutcomeUnknown, 3),
        ):
            module.seen.clear()
            with pytest.raises(error, match=f"but {status} of a gateway"):
                await call()
            assert len(module.seen) == tries
