"""Messages and operations of a module's WebSocket, as an AsyncAPI document names them.

For every route: `<route>.subscribe`, `<route>.unsubscribe`, their `.response`, and `<route>.update`. For
every connection: `ping` with its `pong`, `client.ping` with its `client.pong`, `error` and `server.notice`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel

from trading_api.models.streaming import (
    Delivery,
    ErrorMessage,
    Ping,
    Recover,
    ServerNotice,
    SubscribeOptions,
    SubscriptionReply,
    Update,
)
from trading_api.shared.codegen.examples import ExampleMissing, Examples
from trading_api.shared.codegen.schemas import REFERENCE, Document, drop_made_up_titles
from trading_api.shared.ws.limits import WsLimits
from trading_api.shared.ws.router import WsRouter

Schema = dict[str, Any]
AnyRoute = WsRouter[Any, Any]

FRAME_MODELS = (ErrorMessage, Ping, Recover, ServerNotice)
"""What messages that belong to no route are made of."""
EXAMPLE_EPOCH = "5fb6f146f57e2eeb"
EXAMPLE_ID = "7"
ID_SCHEMA = {
    "anyOf": [{"type": "string"}, {"type": "integer"}],
    "description": "Chosen by the client and echoed in the reply.",
}
ANYTHING = {"description": "Anything; it comes back in the pong."}
UPDATES = {
    Delivery.JOURNAL: "Every event, in order, once; `prev` is the `offset` of the topic's update before.",
    Delivery.LATEST: "The newest value; a slow client may miss the ones between.",
    Delivery.BOOK: "Changes since the snapshot.",
}
SUBSCRIPTIONS = {
    Delivery.JOURNAL: "With `recover`, the updates after that offset follow instead of a snapshot.",
    Delivery.LATEST: "The reply's `snapshot` holds the last value, if there is one.",
    Delivery.BOOK: "The reply's `snapshot` holds the book.",
}


class StreamMessages:
    """The messages and operations of `routes`, whose models are among `schemas`."""

    def __init__(self, routes: Sequence[AnyRoute], schemas: Mapping[str, Schema]) -> None:
        self._routes = sorted(routes, key=lambda route: route.route)
        self._examples = Examples(schemas)
        self.faults: list[str] = []
        """Sentences that say which routes have messages without examples, and why."""

    def messages(self) -> Document:
        """Every message by its name in the channel."""
        found: Document = {}
        for route in self._routes:
            found |= self._messages_of(route)
        found["ping"] = _message("ping", _frame("ping", _reference(Ping)), self._model_example(Ping))
        found["pong"] = _message("pong", _frame("pong", ANYTHING, has_id=True, closed=True), {})
        found["client.ping"] = _message(
            "ping", _frame("ping", ANYTHING, has_id=True, closed=True), {"sent": 1}
        )
        found["client.pong"] = _message("pong", _frame("pong", ANYTHING, has_id=True), {"sent": 1})
        error = _frame("error", _reference(ErrorMessage), has_id=True)
        found["error"] = _message("error", error, self._model_example(ErrorMessage))
        notice = _frame("server.notice", _reference(ServerNotice))
        found["server.notice"] = _message("server.notice", notice, self._model_example(ServerNotice))
        return found

    def operations(self, channel: str) -> Document:
        """What the server receives and sends on `channel`, with the reply to each request."""
        found: Document = {}
        for route in self._routes:
            found |= _operations_of(channel, route)
        quiet = "After 15 s without another frame; 30 s of silence mean a dead connection."
        found["ping"] = _operation(channel, "send", "ping", "Tell that the connection lives", quiet, "pong")
        echo = "The pong has the payload of the ping."
        found["client.ping"] = _operation(
            channel, "receive", "client.ping", "Ask whether the connection lives", echo, "client.pong"
        )
        refusal = "The connection stays open; 20 such errors within a minute close it."
        found["error"] = _operation(channel, "send", "error", "Refuse a message", refusal)
        notice = "What is about to happen to the connection."
        found["server.notice"] = _operation(channel, "send", "server.notice", "Give notice", notice)
        return found

    def _messages_of(self, route: AnyRoute) -> Document:
        name, data, request = route.route, _reference(route.data), _reference(route.request)
        subscribe = _frame(f"{name}.subscribe", request, has_id=True, closed=True)
        if option := _option(route):
            subscribe["properties"]["options"] = option
        frames = {
            "subscribe": subscribe,
            "subscribe.response": _reply_frame(f"{name}.subscribe.response", data),
            "unsubscribe": _frame(f"{name}.unsubscribe", request, has_id=True, closed=True),
            "unsubscribe.response": _reply_frame(f"{name}.unsubscribe.response", None),
            "update": _frame(f"{name}.update", _update_payload(route)),
        }
        try:
            payloads = self._payloads(route)
        except ExampleMissing as missing:
            self.faults.append(f"Route '{name}': {missing}.")
            payloads = {}
        return {
            f"{name}.{action}": _message(f"{name}.{action}", frame, *payloads.get(action, ()))
            for action, frame in frames.items()
        }

    def _payloads(self, route: AnyRoute) -> dict[str, list[Any]]:
        """Examples of the payload of each message of `route`."""
        request, value = self._model_example(route.request), self._model_example(route.data)
        topic = route.topic(route.request.model_validate(request)).name
        accepted = _reply_example("subscribed", topic, recovered=False, snapshot=[value])
        update = {"topic": topic, "payload": value}
        if route.delivery is Delivery.JOURNAL:
            offset = value.get("offset", 1)
            accepted |= {"epoch": EXAMPLE_EPOCH, "offset": offset}
            update |= {"offset": offset, "prev": offset - 1}
        most = WsLimits().topics
        full = _refusal_example(topic, "too-many-topics", f"A connection holds at most {most} topics.")
        unknown = _refusal_example(topic, "not-subscribed", f"{topic} is not subscribed.")
        return {
            "subscribe": [request],
            "subscribe.response": [accepted, full],
            "unsubscribe": [request],
            "unsubscribe.response": [_reply_example("unsubscribed", topic), unknown],
            "update": [update],
        }

    def _model_example(self, model: type[BaseModel]) -> Any:
        return self._examples.of(_reference(model), model.__name__)


def _operations_of(channel: str, route: AnyRoute) -> Document:
    name, delivery = route.route, route.delivery
    about = (route.request.__doc__ or "").strip()
    told = {"x-route": name, "x-delivery": delivery.value}
    subscribe = _operation(
        channel,
        "receive",
        f"{name}.subscribe",
        f"Subscribe to {name}",
        f"{about} {SUBSCRIPTIONS[delivery]}".strip(),
        f"{name}.subscribe.response",
    )
    unsubscribe = _operation(
        channel,
        "receive",
        f"{name}.unsubscribe",
        f"Unsubscribe from {name}",
        "No update of the topic follows the reply.",
        f"{name}.unsubscribe.response",
    )
    update = _operation(channel, "send", f"{name}.update", f"Update {name}", UPDATES[delivery])
    return {
        f"{name}.subscribe": subscribe | told,
        f"{name}.unsubscribe": unsubscribe | told,
        f"{name}.update": update | told,
    }


def _operation(
    channel: str, action: str, message: str, title: str, description: str, reply: str | None = None
) -> Document:
    operation = {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "title": title,
        "summary": title,
        "description": description,
        "tags": [{"name": channel}],
        "messages": [{"$ref": f"#/channels/{channel}/messages/{message}"}],
    }
    if reply is not None:
        operation["reply"] = {
            "channel": {"$ref": f"#/channels/{channel}"},
            "messages": [{"$ref": f"#/channels/{channel}/messages/{reply}"}],
        }
    return operation


def _message(name: str, frame: Schema, *payloads: Any) -> Document:
    message: Document = {"name": name, "title": name, "contentType": "application/json", "payload": frame}
    identified = "id" in frame["properties"]
    if identified:
        message["correlationId"] = {
            "location": "$message.payload#/id",
            "description": "Equal in a request and its reply.",
        }
    kind = frame["properties"]["type"]["const"]
    envelopes = [{"type": kind, "payload": payload} for payload in payloads]
    if identified:
        envelopes = [envelope | {"id": EXAMPLE_ID} for envelope in envelopes]
    if envelopes:
        message["examples"] = [
            {"name": f"{name} {number}", "payload": envelope} for number, envelope in enumerate(envelopes, 1)
        ]
    return message


def _frame(kind: str, payload: Schema, *, has_id: bool = False, closed: bool = False) -> Schema:
    """The envelope of a message; a `closed` one, from a client, has no other fields."""
    properties = {"type": {"type": "string", "const": kind}, "payload": payload}
    if has_id:
        properties["id"] = ID_SCHEMA
    frame: Schema = {"type": "object", "properties": properties, "required": ["type", "payload"]}
    return frame | {"additionalProperties": False} if closed else frame


def _option(route: AnyRoute) -> Schema | None:
    """What may be said of how to deliver the route, if anything."""
    if route.delivery is Delivery.JOURNAL:
        properties = {"recover": _reference(Recover)}
    elif route.conflatable:
        properties = {"maxRateHz": _inline(SubscribeOptions)["properties"]["maxRateHz"]}
    else:
        return None
    return {
        "type": "object",
        "description": "How to deliver; never part of a topic.",
        "properties": properties,
    }


def _reply_frame(kind: str, data: Schema | None) -> Schema:
    payload = _inline(SubscriptionReply)
    if data is None:
        for name in ("epoch", "offset", "recovered", "snapshot"):
            del payload["properties"][name]
    else:
        payload["properties"]["snapshot"]["items"] = data
    return _frame(kind, payload, has_id=True)


def _update_payload(route: AnyRoute) -> Schema:
    payload = _inline(Update)
    payload["properties"]["payload"] = _reference(route.data)
    if route.delivery is not Delivery.JOURNAL:
        del payload["properties"]["offset"], payload["properties"]["prev"]
    return payload


def _reply_example(message: str, topic: str, **more: Any) -> Document:
    return {"status": "ok", "message": message, "topic": topic, **more}


def _refusal_example(topic: str, code: str, message: str) -> Document:
    return {"status": "error", "message": message, "topic": topic, "code": code}


def _inline(model: type[BaseModel]) -> Schema:
    schema = model.model_json_schema(mode="validation")
    drop_made_up_titles(schema)
    del schema["title"]
    return schema


def _reference(model: type[BaseModel]) -> Schema:
    return {"$ref": f"{REFERENCE}{model.__name__}"}
