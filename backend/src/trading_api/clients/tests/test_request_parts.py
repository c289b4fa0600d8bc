"""Targets, waiting times, and how values become parts of a request."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_api.clients.backoff import FullJitter
from trading_api.clients.endpoint import Endpoint
from trading_api.clients.operation import Operation, path_segment, query_pairs, request_body
from trading_api.models.broker.orders import Side
from trading_api.models.market.bars import BarsSubscriptionRequest


class Size(Enum):
    """A choice that is no text."""

    SMALL = 1


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (None, []),
        ("", [""]),
        (True, ["true"]),
        (False, ["false"]),
        (0, ["0"]),
        (Decimal("0.10"), ["0.10"]),
        (1.5, ["1.5"]),
        (Side.BUY, ["buy"]),
        (Size.SMALL, ["1"]),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), ["2026-01-02T03:04:05Z"]),
        (date(2026, 1, 2), ["2026-01-02"]),
        (UUID(int=1), ["00000000-0000-0000-0000-000000000001"]),
        ([], []),
        (["a,b", "c"], ["a,b", "c"]),
        ((True, Side.SELL), ["true", "sell"]),
    ],
)
def test_values_in_a_query(value: object, texts: list[str]) -> None:
    assert query_pairs({"name": value}) == tuple(("name", text) for text in texts)


def test_a_model_in_a_query_gives_its_fields() -> None:
    request = BarsSubscriptionRequest(symbol="SPY", resolution="1")
    assert query_pairs({"request": request, "more": True}) == (
        ("symbol", "SPY"),
        ("resolution", "1"),
        ("more", "true"),
    )


def test_a_body_is_a_model_or_holds_models() -> None:
    request = BarsSubscriptionRequest(symbol="é", resolution="1")
    one = '{"symbol":"\\u00e9","resolution":"1"}'
    assert request_body(request) == one.encode()
    assert request_body([request, request]) == f"[{one},{one}]".encode()
    assert request_body(None) is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_segment_has_nothing_that_means_something_in_a_path(text: str) -> None:
    segment = path_segment(text)
    assert not set(segment) & set("/.?#;& ")
    assert segment.isascii()


def test_a_path_is_filled_once() -> None:
    operation = Operation[int]("GET", "/a/{first}/b/{second}", int)
    assert operation.filled_path({"first": "{second}", "second": 2}) == "/a/%7Bsecond%7D/b/2"


@pytest.mark.parametrize(
    ("url", "base", "streams"),
    [
        (
            "http://127.0.0.1:8000/api/v1/core/",
            "http://127.0.0.1:8000/api/v1/core",
            "ws://127.0.0.1:8000/api/v1/core/ws",
        ),
        ("HTTPS://desk.example", "https://desk.example", "wss://desk.example/ws"),
        ("http://[::1]:80/x", "http://[::1]:80/x", "ws://[::1]:80/x/ws"),
    ],
)
def test_an_endpoint(url: str, base: str, streams: str) -> None:
    endpoint = Endpoint.of(url)
    assert (endpoint.url, endpoint.ws_url, endpoint.app) == (base, streams, None)
    assert Endpoint.of(endpoint) == endpoint


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8000",
        "ftp://host",
        "http://",
        "http://host:99999",
        "http://host:x",
        "http://h/?a=1",
        "http://h/#a",
        "http://h/a b",
        "http://h/é",
        "http://[::1",
        "/api",
    ],
)
def test_what_is_no_endpoint(url: str) -> None:
    with pytest.raises(ValueError, match="is not the base URL of a module"):
        Endpoint(url)


def test_an_endpoint_in_process_keeps_its_application() -> None:
    async def application(*_: Any) -> None:
        """Answers nothing."""

    assert Endpoint.of(Endpoint("http://here", application)).app is application


@given(st.integers(0, 10**6), st.floats(0, 1, exclude_max=True))
def test_waiting_is_between_nothing_and_the_cap(failures: int, chance: float) -> None:
    assert 0 <= FullJitter(0.5, 30, random=lambda: chance).delay(failures) < 30


def test_the_ceiling_doubles_up_to_the_cap() -> None:
    backoff = FullJitter(0.5, 30, random=lambda: 1)
    assert [backoff.delay(failures) for failures in range(1, 9)] == [0.5, 1, 2, 4, 8, 16, 30, 30]
