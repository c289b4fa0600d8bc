"""The datafeed's client against a datafeed in process: answers, refusals, silence."""

from collections.abc import Callable

import httpx
import pytest

from trading_api.clients.datafeed_client import DatafeedClient, SymbolUnknownError
from trading_api.clients.errors import ClientError
from trading_api.modules.broker.tests.service_cases import SmallDatafeed, symbol_info


async def test_symbols_and_quotes_come_as_models() -> None:
    async with SmallDatafeed().client() as http:
        client = DatafeedClient(http)
        assert await client.resolve("AAA") == symbol_info("AAA")
        assert [quote.s for quote in await client.quotes(["AAA", "NOPE"])] == ["error", "error"]


@pytest.mark.parametrize("symbol", ["NOPE", "..", ".", "%2E%2E", "?", "#", "\x00"])
async def test_an_unknown_symbol_has_an_error_of_its_own(symbol: str) -> None:
    async with SmallDatafeed().client() as http:
        with pytest.raises(SymbolUnknownError) as caught:
            await DatafeedClient(http).resolve(symbol)
    assert (caught.value.code, caught.value.status) == ("symbol-unknown", 404)


async def test_a_problem_keeps_its_code_and_whether_to_try_again() -> None:
    async with SmallDatafeed(down=True).client() as http:
        with pytest.raises(ClientError) as caught:
            await DatafeedClient(http).quotes(["AAA"])
    assert not isinstance(caught.value, SymbolUnknownError)
    assert (caught.value.code, caught.value.status, caught.value.retryable) == ("unavailable", 503, True)


def _silent(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("nobody there", request=request)


@pytest.mark.parametrize(
    ("answer", "code", "status", "retryable"),
    [
        (_silent, "unreachable", 0, True),
        (lambda _: httpx.Response(500, text="oops"), "answer-invalid", 500, False),
        (lambda _: httpx.Response(200, json=[{"s": "ok"}]), "answer-invalid", 200, False),
        (lambda _: httpx.Response(200, text="<html>"), "answer-invalid", 200, False),
    ],
)
async def test_silence_and_nonsense_are_client_errors(
    answer: Callable[[httpx.Request], httpx.Response], code: str, status: int, retryable: bool
) -> None:
    transport = httpx.MockTransport(answer)
    async with httpx.AsyncClient(transport=transport, base_url="http://elsewhere/api/v1") as http:
        with pytest.raises(ClientError) as caught:
            await DatafeedClient(http).quotes(["AAA"])
    assert (caught.value.code, caught.value.status, caught.value.retryable) == (code, status, retryable)


async def test_names_are_escaped_in_paths() -> None:
    seen: list[bytes] = []

    def record(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path)
        return httpx.Response(200, json=symbol_info("AAA").to_wire())

    async with httpx.AsyncClient(
        transport=httpx.MockTransport(record), base_url="http://elsewhere/api/v1"
    ) as http:
        await DatafeedClient(http).resolve("SIM:A/B ?é..")
    assert seen == [b"/api/v1/datafeed/resolve/SIM%3AA%2FB%20%3F%C3%A9%2E%2E"]
