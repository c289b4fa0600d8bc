"""Generated clients name topics as every other client does."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import trading_api.models
from trading_api.clients.broker_ws_client import BrokerWsClient
from trading_api.clients.datafeed_ws_client import DatafeedWsClient
from trading_api.clients.endpoint import Endpoint
from trading_api.clients.stream import StreamClient, Subscription
from trading_api.clients.tests.scripted_server import URL
from trading_api.clients.ws_transport import Socket
from trading_api.models.common import RequestModel

VECTORS = json.loads((Path(trading_api.models.__path__[0]) / "topic_vectors.json").read_text("utf-8"))
CLIENTS: list[type[StreamClient]] = [BrokerWsClient, DatafeedWsClient]


async def no_connection(endpoint: Endpoint) -> Socket:
    """Never comes about."""
    await asyncio.Event().wait()
    raise AssertionError


def client_class(route: str) -> type[StreamClient] | None:
    """The client that has the route."""
    return next((each for each in CLIENTS if hasattr(each, method_name(route))), None)


def method_name(route: str) -> str:
    return f"subscribe_{route.replace('-', '_')}"


OURS = [vector for vector in VECTORS if client_class(vector["route"])]


def test_there_are_vectors_of_every_kind() -> None:
    assert {vector["route"] for vector in OURS} >= {"bars", "quotes", "orders", "executions"}
    assert any(not vector["topic"].isascii() for vector in OURS)


@pytest.mark.parametrize("vector", OURS, ids=lambda vector: vector["topic"])
async def test_topic_names(vector: dict[str, Any]) -> None:
    kind = client_class(vector["route"])
    assert kind is not None
    async with kind(URL, connect=no_connection) as client:
        subscribe: Callable[[RequestModel], Subscription[Any]] = getattr(client, method_name(vector["route"]))
        request: type[RequestModel] = get_type_hints(subscribe)["request"]
        assert subscribe(request.model_validate(vector["request"])).topic == vector["topic"]


@pytest.mark.parametrize(
    ("client", "route", "has_rate"),
    [
        (DatafeedWsClient, "bars", True),
        (DatafeedWsClient, "quotes", True),
        (DatafeedWsClient, "ticks", False),
        (BrokerWsClient, "equity", True),
        (BrokerWsClient, "orders", False),
    ],
)
def test_a_rate_can_be_asked_of_newest_values_alone(
    client: type[StreamClient], route: str, has_rate: bool
) -> None:
    assert ("max_rate_hz" in get_type_hints(getattr(client, method_name(route)))) is has_rate
