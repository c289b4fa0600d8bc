"""AsyncAPI documents, made from the declared routes alone: no server, no service, no I/O."""

from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

from trading_api.models.streaming import CloseCode
from trading_api.shared.codegen.openapi import release
from trading_api.shared.codegen.schemas import Document, add_schemas, component_schemas
from trading_api.shared.codegen.stream_messages import FRAME_MODELS, StreamMessages
from trading_api.shared.module_interface import Module, modules_at
from trading_api.shared.versions import DEPRECATION_FIELD
from trading_api.shared.ws import protocol
from trading_api.shared.ws.limits import WsLimits

CHANNEL_DESCRIPTION = (
    "One WebSocket for all streams of the module. Frames are text, one JSON object each. A subscription is "
    "live after its `ok` reply; no update of a topic comes before it."
)
CLIENT_REACTIONS = {
    range(1000, 4400): "reconnect",
    range(4400, 4500): "reconnect with backoff",
    range(4500, 4600): "stop and tell the user",
}


def module_asyncapi(module: type[Module]) -> Document:
    """The document of one module's streams: one channel, whose name is the module's."""
    return deepcopy(_written(module)[0])


def asyncapi_faults(module: type[Module]) -> list[str]:
    """What the routes of `module` fail to say, as sentences that name them."""
    return _written(module)[1]


@lru_cache(maxsize=64)
def _written(module: type[Module]) -> tuple[Document, list[str]]:
    """The document, and what is missing in it."""
    name = module.name
    models = {model for route in module.ws_routes for model in (route.request, route.data)}
    schemas = component_schemas([*models, *FRAME_MODELS])
    messages = StreamMessages(module.ws_routes, schemas)
    document = _frame_of_document(f"Trading Pro {name} streams", module.description)
    document["channels"][name] = {
        "address": f"{module.base_path()}/ws",
        "title": f"{name} streams",
        "description": CHANNEL_DESCRIPTION,
        "messages": messages.messages(),
        "bindings": {"ws": {"method": "GET", "bindingVersion": "0.1.0"}},
        "x-close-codes": _close_codes(),
        "x-limits": _limits(),
    }
    if module.lifecycle.deprecation is not None:
        document["channels"][name][DEPRECATION_FIELD] = module.lifecycle.deprecation.told()
    document["operations"] = messages.operations(name)
    document["components"]["schemas"] = schemas
    return document, messages.faults


def merged_asyncapi(modules: Sequence[type[Module]], version: str = "v1") -> Document:
    """One document of the streams of all that have this version of the API.

    An operation is named `<module>.<its name in the module>`. Raises StartupError where two modules define
    one schema differently.
    """
    merged = _frame_of_document("Trading Pro streams", "All enabled modules.")
    owners: dict[str, str] = {}
    for module in sorted(modules_at(modules, version), key=lambda each: each.name):
        if not module.ws_routes:
            continue
        document = module_asyncapi(module)
        merged["channels"] |= document["channels"]
        operations = document["operations"].items()
        merged["operations"] |= {f"{module.name}.{name}": operation for name, operation in operations}
        add_schemas(merged, document, module.name, owners)
    return merged


def _frame_of_document(title: str, description: str) -> Document:
    return {
        "asyncapi": "3.0.0",
        "info": {"title": title, "version": release(), "description": description},
        "defaultContentType": "application/json",
        "servers": {
            "here": {
                "host": "{address}",
                "protocol": "ws",
                "description": "The server that the document comes from; `wss` behind TLS.",
                "variables": {"address": {"default": "127.0.0.1:8000"}},
            }
        },
        "channels": {},
        "operations": {},
        "components": {"schemas": {}},
    }


def _close_codes() -> list[dict[str, Any]]:
    return [
        {
            "code": code.value,
            "meaning": code.name.replace("_", " ").lower(),
            "client": next(text for codes, text in CLIENT_REACTIONS.items() if code in codes),
        }
        for code in CloseCode
    ]


def _limits() -> dict[str, float]:
    limits = WsLimits()
    return {
        "topicsPerConnection": limits.topics,
        "bytesPerInboundFrame": limits.frame_bytes,
        "inboundMessagesPerSecond": limits.messages_per_second,
        "badMessagesPerMinute": limits.bad_messages_per_minute,
        "bytesWaitingPerConnection": limits.waiting_bytes,
        "connectionsPerProcess": limits.connections,
        "secondsBetweenHeartbeats": int(protocol.HEARTBEAT_SECONDS),
        "secondsOfSilence": int(protocol.SILENCE_SECONDS),
        "secondsOfLife": limits.life_seconds,
    }
