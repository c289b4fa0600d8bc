"""Messages of the server, encoded once as text frames."""

import json
from typing import Any

from trading_api.models.streaming import ErrorMessage, Ping, SubscriptionReply
from trading_api.shared.ws.topics import Snapshot, Topic, TopicUpdate

MessageId = str | int | None


def message(kind: str, payload: Any, message_id: MessageId = None) -> str:
    """One frame of the envelope."""
    body: dict[str, Any] = {"type": kind, "payload": payload}
    if message_id is not None:
        body["id"] = message_id
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False)


def subscribed(topic: Topic, snapshot: Snapshot, recovered_from: int | None, message_id: MessageId) -> str:
    """The ok of a subscription; after a recovery, `offset` is where the client said it was."""
    recovered = snapshot.missed is not None
    reply = SubscriptionReply(
        status="ok",
        message="recovered" if recovered else "subscribed",
        topic=topic.name,
        epoch=snapshot.epoch,
        offset=recovered_from if recovered else snapshot.offset,
        recovered=recovered,
        snapshot=[item.to_wire() for item in snapshot.data],
    )
    return message(f"{topic.route}.subscribe.response", reply.to_wire(), message_id)


def refused(route: str, action: str, topic: str, code: str, detail: str, message_id: MessageId) -> str:
    """The error answer to a subscribe or unsubscribe."""
    reply = SubscriptionReply(status="error", message=detail, topic=topic, code=code)
    return message(f"{route}.{action}.response", reply.to_wire(), message_id)


def unsubscribed(topic: Topic, message_id: MessageId) -> str:
    """The ok of an unsubscription."""
    reply = SubscriptionReply(status="ok", message="unsubscribed", topic=topic.name)
    return message(f"{topic.route}.unsubscribe.response", reply.to_wire(), message_id)


def update(topic: Topic, item: TopicUpdate, prev: int | None) -> str:
    """One update of a topic."""
    # This is the shape of `Update`, without its model: a market sends tens of thousands a second.
    body = {"topic": topic.name, "payload": item.data.to_wire(), "offset": item.offset, "prev": prev}
    return message(f"{topic.route}.update", {key: value for key, value in body.items() if value is not None})


def ping(server_time: int, offsets: dict[str, int]) -> str:
    """The heartbeat."""
    return message("ping", Ping(server_time=server_time, offsets=offsets).to_wire())


def error(code: str, detail: str, request_type: str | None, message_id: MessageId) -> str:
    """A message that could not be understood."""
    body = ErrorMessage(code=code, message=detail, request_type=request_type)
    return message("error", body.to_wire(), message_id)
