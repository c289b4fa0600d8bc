"""Asking a module over REST: the same in process and through a real server."""

import json
from collections.abc import AsyncIterator
from decimal import Decimal
from enum import StrEnum
from typing import Any

import httpx
import pytest

from trading_api.clients.broker_client import BrokerClient, BrokerErrorCode
from trading_api.clients.datafeed_client import DatafeedClient, DatafeedErrorCode
from trading_api.clients.endpoint import Endpoint
from trading_api.clients.errors import AnswerInvalid, Refused, VersionUnsupported
from trading_api.clients.operation import Operation
from trading_api.clients.rest import RestClient
from trading_api.clients.tests.scripted_module import Reply, ScriptedModule, answered, refused
from trading_api.models.broker.orders import OrderType, PreOrder, Side
from trading_api.models.market.status import ReplayControl

ORDER = {
    "offset": 4,
    "id": "O2",
    "symbol": "SPY",
    "type": "limit",
    "side": "buy",
    "qty": 100,
    "limitPrice": 170.1,
    "duration": {"type": "gtc"},
    "status": "working",
    "filledQty": 0,
    "createTime": 1380893400000,
    "updateTime": 1380893400000,
}
PLACED = {"orderId": "O2", "order": ORDER}
QUOTE = {"s": "ok", "n": "SPY", "v": {"bid": 170.1, "ask": 170.2}}
PRE_ORDER = PreOrder(symbol="SPY", type=OrderType.MARKET, side=Side.BUY, qty=Decimal(100))


@pytest.fixture
def module() -> ScriptedModule:
    return ScriptedModule()


@pytest.fixture(params=["in_process", "served"])
async def endpoint(request: pytest.FixtureRequest, module: ScriptedModule) -> AsyncIterator[Endpoint]:
    async with getattr(module, request.param)() as reached:
        yield reached


@pytest.fixture
async def datafeed(endpoint: Endpoint) -> AsyncIterator[DatafeedClient]:
    async with DatafeedClient(endpoint) as client:
        yield client


@pytest.fixture
async def broker(endpoint: Endpoint) -> AsyncIterator[BrokerClient]:
    async with BrokerClient(endpoint) as client:
        yield client


async def test_answers_are_models(module: ScriptedModule, datafeed: DatafeedClient) -> None:
    module.replies = [answered([QUOTE])]
    (quote,) = await datafeed.quotes(symbols=["SPY", "A,B & C"])
    assert (quote.n, quote.v.bid) == ("SPY", Decimal("170.1"))
    (seen,) = module.seen
    assert (seen.method, seen.path, seen.body) == ("GET", "/quotes", b"")
    assert httpx.QueryParams(seen.query).multi_items() == [("symbols", "SPY"), ("symbols", "A,B & C")]


async def test_what_is_not_given_is_not_sent(module: ScriptedModule, broker: BrokerClient) -> None:
    module.replies = [answered([])]
    assert await broker.list_orders() == []
    assert await broker.list_orders(account_id="DEMO") == []
    assert [seen.query for seen in module.seen] == ["", "accountId=DEMO"]


async def test_bodies_are_wire_json_without_absent_fields(
    module: ScriptedModule, broker: BrokerClient, datafeed: DatafeedClient
) -> None:
    module.replies = [answered(PLACED, 201), answered({})]
    placed = await broker.place_order(PRE_ORDER)
    assert (placed.order_id, placed.order.limit_price) == ("O2", Decimal("170.1"))
    with pytest.raises(AnswerInvalid):
        await datafeed.change_replay(ReplayControl(playing=True))
    first, second = module.seen
    assert json.loads(first.body) == {"symbol": "SPY", "type": "market", "side": "buy", "qty": 100}
    assert (second.method, second.body) == ("PUT", b'{"playing":true}')
    assert first.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("symbol", "segment"),
    [
        ("SIM:A/B ?é..", "SIM%3AA%2FB%20%3F%C3%A9%2E%2E"),
        ("..", "%2E%2E"),
        (".", "%2E"),
        ("%2E", "%252E"),
        ("#?&=;", "%23%3F%26%3D%3B"),
        ("\x00", "%00"),
    ],
)
async def test_a_value_in_a_path_stays_one_segment(
    module: ScriptedModule, datafeed: DatafeedClient, symbol: str, segment: str
) -> None:
    module.replies = [refused("symbol-unknown", 404)]
    with pytest.raises(Refused):
        await datafeed.resolve(symbol=symbol)
    assert module.seen[0].path == f"/resolve/{segment}"


async def test_a_refusal_has_what_the_problem_says(module: ScriptedModule, datafeed: DatafeedClient) -> None:
    fields = [{"field": "symbol", "message": "no such symbol", "code": "symbol-unknown", "value": "NOPE"}]
    module.replies = [refused("symbol-unknown", 404, fields=fields)]
    with pytest.raises(Refused, match=r"^symbol-unknown: It is symbol-unknown\.$") as caught:
        await datafeed.resolve(symbol="NOPE")
    error = caught.value
    assert (error.code, error.status, error.request_id) == (DatafeedErrorCode.SYMBOL_UNKNOWN, 404, "r1")
    assert (error.retryable, [problem.value for problem in error.fields]) == (False, ["NOPE"])
    assert len(module.seen) == 1


@pytest.mark.parametrize(("code", "status"), [("api-version-unknown", 404), ("api-version-sunset", 410)])
async def test_a_version_that_is_not_served(
    module: ScriptedModule, datafeed: DatafeedClient, code: str, status: int
) -> None:
    module.replies = [refused(code, status)]
    with pytest.raises(VersionUnsupported) as caught:
        await datafeed.time()
    assert (caught.value.code, caught.value.status) == (code, status)


async def test_a_newer_server_may_say_more(module: ScriptedModule, broker: BrokerClient) -> None:
    newer = ORDER | {"status": "suspended", "type": "iceberg", "hidden": {"qty": 1}}
    module.replies = [answered(newer), refused("brand-new", 409)]
    order = await broker.get_order(order_id="O2")
    assert order.status == "suspended"
    assert not order.status.known
    assert not order.type.known
    assert order.side.known
    with pytest.raises(Refused) as caught:
        await broker.get_order(order_id="O2")
    assert caught.value.code == "brand-new"
    assert caught.value.code not in list(BrokerErrorCode)


HTML = Reply(200, b"<!doctype html><title>Trading Pro</title>", "text/html")
INVALID: list[tuple[Reply, int, str]] = [
    (HTML, 200, r"the answer \(200, text/html\) does not fit: Invalid JSON"),
    (Reply(404, HTML.body, "text/html"), 404, r"\(404, text/html\) is no problem document\.$"),
    (Reply(500, b"oops", "text/plain"), 500, r"\(500, text/plain\) is no problem document\.$"),
    (
        Reply(307, b"", headers={"location": "/other"}),
        307,
        r"\(307, application/json\) is no problem document",
    ),
    (answered({"detail": "Not Found"}, 404), 404, "is no problem document"),
    (Reply(200, b'[{"s":"ok","n":"SPY"'), 200, "does not fit: Invalid JSON"),
    (Reply(200, b"\xff\xfe"), 200, "does not fit: Invalid JSON"),
    (Reply(200, b""), 200, "does not fit: Invalid JSON"),
    (Reply(204, b""), 204, "does not fit: Input should be a valid (list|array)"),
    (answered([QUOTE, {"s": "ok", "v": {}}]), 200, r"does not fit at 1\.n: Field required\.$"),
    (answered([QUOTE | {"v": {"bid": "many"}}]), 200, r"does not fit at 0\.v\.bid: Input should be a number"),
    (answered({"quotes": []}), 200, "does not fit: Input should be a valid (list|array)"),
    (refused("not-found", 404), 404, r"says that the URL is not of the module: It is not-found\.$"),
    (refused("method-not-allowed", 405), 405, "says that the URL is not of the module"),
]


@pytest.mark.parametrize(("reply", "status", "reason"), INVALID)
async def test_an_answer_that_is_not_of_the_contract(
    module: ScriptedModule, datafeed: DatafeedClient, reply: Reply, status: int, reason: str
) -> None:
    module.replies = [
        Reply(reply.status, reply.body, reply.media_type, reply.headers | {"x-request-id": "r7"})
    ]
    with pytest.raises(AnswerInvalid, match=reason) as caught:
        await datafeed.quotes(symbols=["SPY"])
    error = caught.value
    assert (error.code, error.status, error.request_id) == ("answer-invalid", status, "r7")
    assert error.retryable is False
    assert error.detail.startswith("GET http://")
    assert "/api/v1/desk/quotes?symbols=SPY: the answer" in error.detail
    assert len(module.seen) == 1


async def test_a_code_that_a_module_declares_is_its_own(module: ScriptedModule, endpoint: Endpoint) -> None:
    class OwnErrorCode(StrEnum):
        NOT_FOUND = "not-found"

    class OwnClient(RestClient):
        error_codes = OwnErrorCode

        async def time(self) -> int:
            return await self._ask(Operation[int]("GET", "/time", int))

    module.replies = [refused("not-found", 404)]
    async with OwnClient(endpoint) as client:
        with pytest.raises(Refused):
            await client.time()


async def test_declared_headers_reach_who_asks_for_them(module: ScriptedModule, broker: BrokerClient) -> None:
    offsets: list[int] = []
    replayed: list[str] = []
    headers = {"X_Stream_Offset": "17", "Idempotent_Replayed": "true"}
    module.replies = [answered(PLACED, 201, **headers), answered(PLACED, 201)]
    for _ in range(2):
        await broker.place_order(
            PRE_ORDER, on_stream_offset=offsets.append, on_idempotent_replayed=replayed.append
        )
    assert (offsets, replayed) == ([17], ["true"])


async def test_a_header_of_a_wrong_kind(module: ScriptedModule, broker: BrokerClient) -> None:
    module.replies = [answered(PLACED, 201, X_Stream_Offset="many")]
    assert (await broker.place_order(PRE_ORDER)).order_id == "O2"
    offsets: list[int] = []
    with pytest.raises(AnswerInvalid, match="has a header X-Stream-Offset that does not fit"):
        await broker.place_order(PRE_ORDER, on_stream_offset=offsets.append)
    assert offsets == []


@pytest.mark.parametrize("key", ["a\nb", "\x7f", "é"])
async def test_a_key_that_no_header_can_hold(module: ScriptedModule, broker: BrokerClient, key: str) -> None:
    with pytest.raises(ValueError, match="Idempotency-Key can hold printable ASCII only"):
        await broker.place_order(PRE_ORDER, idempotency_key=key)
    assert module.seen == []


async def test_no_proxy_of_the_environment_is_asked(
    module: ScriptedModule, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    module.replies = [answered(5)]
    async with module.served() as served, DatafeedClient(served.url) as client:
        assert await client.time() == 5


async def test_a_closed_client_says_so(module: ScriptedModule, endpoint: Endpoint) -> None:
    client = DatafeedClient(endpoint)
    await client.aclose()
    with pytest.raises(RuntimeError, match="closed"):
        await client.time()


async def test_an_application_that_fails_in_process_is_an_invalid_answer() -> None:
    async def broken(*_: Any) -> None:
        raise ZeroDivisionError

    async with DatafeedClient(Endpoint("http://in-process", broken)) as client:
        with pytest.raises(AnswerInvalid) as caught:
            await client.time()
    assert caught.value.status == 500
