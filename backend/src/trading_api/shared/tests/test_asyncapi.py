"""AsyncAPI documents hold every message of a module's WebSocket, its replies, and examples that fit."""

import json
from typing import Annotated, Any, Literal

import jsonschema_rs
import pytest
from pydantic import Field

from trading_api.models.common import RequestModel, WireModel
from trading_api.models.streaming import CloseCode
from trading_api.shared.codegen.asyncapi import asyncapi_faults, merged_asyncapi, module_asyncapi
from trading_api.shared.codegen.schemas import component_schemas
from trading_api.shared.errors import StartupError
from trading_api.shared.routing import ModuleRouter
from trading_api.shared.tests.small_modules import JournalModule, module_of
from trading_api.shared.ws import protocol
from trading_api.shared.ws.limits import WsLimits
from trading_api.shared.ws.router import WsRouter

DOCUMENT = module_asyncapi(JournalModule)
CHANNEL = DOCUMENT["channels"]["journal"]
MESSAGES = CHANNEL["messages"]
EVERY_ROUTE = {"subscribe", "subscribe.response", "unsubscribe", "unsubscribe.response", "update"}
EVERY_CONNECTION = {"ping", "pong", "client.ping", "client.pong", "error", "server.notice"}


def resolved(reference: dict[str, str], document: dict[str, Any] = DOCUMENT) -> Any:
    """What a reference points at."""
    found: Any = document
    for part in reference["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def test_the_document_is_of_one_channel_at_the_modules_socket() -> None:
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert list(DOCUMENT["channels"]) == ["journal"]
    assert CHANNEL["address"] == "/api/v1/journal/ws"
    assert asyncapi_faults(JournalModule) == []


def test_every_message_is_there() -> None:
    routes = {f"{route}.{action}" for route in ("lines", "line-length") for action in EVERY_ROUTE}
    assert set(MESSAGES) == routes | EVERY_CONNECTION


def test_requests_are_received_and_paired_with_their_replies() -> None:
    for name, operation in DOCUMENT["operations"].items():
        (message,) = operation["messages"]
        assert resolved(message) is MESSAGES[name]
        assert operation["action"] == (
            "receive" if name.endswith("subscribe") or name == "client.ping" else "send"
        )
        if "reply" in operation:
            (reply,) = operation["reply"]["messages"]
            assert resolved(reply)["correlationId"] == {
                "location": "$message.payload#/id",
                "description": "Equal in a request and its reply.",
            }
    replies = {
        name: operation["reply"]["messages"][0]["$ref"].rpartition("/")[2]
        for name, operation in DOCUMENT["operations"].items()
        if "reply" in operation
    }
    assert replies == {
        "lines.subscribe": "lines.subscribe.response",
        "lines.unsubscribe": "lines.unsubscribe.response",
        "line-length.subscribe": "line-length.subscribe.response",
        "line-length.unsubscribe": "line-length.unsubscribe.response",
        "ping": "pong",
        "client.ping": "client.pong",
    }


@pytest.mark.parametrize(("route", "delivery"), [("lines", "journal"), ("line-length", "latest")])
def test_operations_say_how_their_route_is_delivered(route: str, delivery: str) -> None:
    for action in ("subscribe", "unsubscribe", "update"):
        operation = DOCUMENT["operations"][f"{route}.{action}"]
        assert (operation["x-route"], operation["x-delivery"]) == (route, delivery)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_every_message_has_examples_that_fit_and_none_other_does(name: str) -> None:
    message = MESSAGES[name]
    validator = jsonschema_rs.validator_for(message["payload"] | {"components": DOCUMENT["components"]})
    assert message["examples"]
    for example in message["examples"]:
        validator.validate(example["payload"])
        assert example["payload"]["type"] == message["name"]
        assert not validator.is_valid(example["payload"] | {"type": "other"})


def test_clients_messages_in_the_examples_are_understood_by_the_server() -> None:
    routes = {route.route: route for route in JournalModule.ws_routes}
    frames = {
        name: message["payload"]["properties"]
        for name, message in MESSAGES.items()
        if name.endswith("subscribe") or name == "client.ping"
    }
    assert len(frames) == 5
    for name in frames:
        for example in MESSAGES[name]["examples"]:
            envelope = protocol.read_envelope(json.dumps(example["payload"]), WsLimits().frame_bytes)
            assert protocol.read_request(envelope, routes) is not None


def test_topics_are_those_that_the_server_would_name() -> None:
    reply, refusal = MESSAGES["lines.subscribe.response"]["examples"]
    update = MESSAGES["lines.update"]["examples"][0]["payload"]["payload"]
    assert reply["payload"]["payload"]["topic"] == 'lines:{"name":"a"}' == update["topic"]
    assert (update["prev"], update["offset"]) == (6, 7)
    assert refusal["payload"]["payload"]["status"] == "error"
    assert "offset" not in MESSAGES["line-length.update"]["examples"][0]["payload"]["payload"]


def test_a_journals_subscription_may_recover_and_no_other() -> None:
    options = MESSAGES["lines.subscribe"]["payload"]["properties"]["options"]["properties"]["recover"]
    assert set(resolved(options)["required"]) == {"epoch", "offset"}
    latest = MESSAGES["line-length.subscribe"]["payload"]["properties"]["options"]["properties"]
    assert set(latest) == {"maxRateHz"}


def test_close_codes_and_limits_are_those_of_the_server() -> None:
    assert {each["code"] for each in CHANNEL["x-close-codes"]} == set(CloseCode)
    reactions = {each["code"]: each["client"] for each in CHANNEL["x-close-codes"]}
    assert reactions[1001] == "reconnect"
    assert reactions[4408] == "reconnect with backoff"
    assert reactions[4501] == "stop and tell the user"
    assert CHANNEL["x-limits"]["topicsPerConnection"] == WsLimits().topics


def test_the_version_is_in_the_address() -> None:
    second = module_of(ModuleRouter(), *JournalModule.ws_routes, version="v2")
    assert module_asyncapi(second)["channels"]["other"]["address"] == "/api/v2/other/ws"


def test_the_merged_document_has_every_channel_and_operation() -> None:
    other = module_of(ModuleRouter(), *JournalModule.ws_routes[:1])
    silent = module_of(ModuleRouter(), name="silent")
    merged = merged_asyncapi([other, silent, JournalModule])
    assert list(merged["channels"]) == ["journal", "other"]
    assert merged["channels"]["journal"] == CHANNEL
    assert set(merged["operations"]) == {f"journal.{name}" for name in DOCUMENT["operations"]} | {
        f"other.{name}" for name in module_asyncapi(other)["operations"]
    }
    assert list(merged["components"]["schemas"]) == sorted(merged["components"]["schemas"])
    for operation in merged["operations"].values():
        assert resolved(operation["messages"][0], merged)


def test_one_name_for_two_schemas_names_both_modules() -> None:
    class Line(WireModel):
        other: int = Field(examples=[1])

    class Request(RequestModel):
        pass

    class OtherWsRouter(WsRouter[Request, Line]):
        route = "lines"
        request = Request
        data = Line

    with pytest.raises(StartupError, match="Modules 'journal' and 'other' define the schema 'Line'"):
        merged_asyncapi([module_of(ModuleRouter(), OtherWsRouter()), JournalModule])


def test_a_field_without_an_example_is_told_and_the_document_made_all_the_same() -> None:
    class Bare(WireModel):
        price: int

    class Request(RequestModel):
        pass

    class BareWsRouter(WsRouter[Request, Bare]):
        route = "bare"
        request = Request
        data = Bare

    module = module_of(ModuleRouter(), BareWsRouter())
    assert asyncapi_faults(module) == ["Route 'bare': Field price of Bare has no example."]
    assert "examples" not in module_asyncapi(module)["channels"]["other"]["messages"]["bare.update"]


def test_choices_told_apart_by_a_field_need_no_discriminator() -> None:
    class Quote(WireModel):
        kind: Literal["quote"]
        discriminator: str

    class Trade(WireModel):
        kind: Literal["trade"]

    class Tick(WireModel):
        tick: Annotated[Quote | Trade, Field(discriminator="kind")]

    schemas = component_schemas([Tick])
    assert set(schemas["Tick"]["properties"]["tick"]) == {"oneOf"}
    assert "discriminator" in schemas["Quote"]["properties"]
