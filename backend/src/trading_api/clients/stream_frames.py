"""Frames of the streaming protocol as a client reads and writes them. No I/O.

The server may be newer: what is not known is None, and what is known but does not fit is said to be so.
"""

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import ValidationError
from pydantic_core import from_json

from trading_api.models.common import NEWER_SERVER
from trading_api.models.streaming import ErrorMessage, ServerNotice, SubscriptionReply, Update

MAX_SENT_BYTES = 64 * 1024
"""The server reads no larger frame."""


@dataclass(frozen=True, slots=True)
class Point:
    """How far a journal has been seen."""

    epoch: str
    offset: int


@dataclass(frozen=True, slots=True)
class ReplyHeard:
    """The answer to the subscription with this id; `reply` is None if it does not fit the contract."""

    message_id: str
    reply: SubscriptionReply | None


@dataclass(frozen=True, slots=True)
class UpdateHeard:
    """One update; `update` is None if all but its topic does not fit the contract."""

    topic: str
    update: Update | None


@dataclass(frozen=True, slots=True)
class PingHeard:
    """The server's heartbeat, to be echoed."""

    payload: Any
    offsets: dict[str, int]


@dataclass(frozen=True, slots=True)
class ErrorHeard:
    """The server did not take the message with this id."""

    message_id: str
    error: ErrorMessage


@dataclass(frozen=True, slots=True)
class NoticeHeard:
    """The server says what is about to happen to the connection."""

    notice: ServerNotice


Heard: TypeAlias = ReplyHeard | UpdateHeard | PingHeard | ErrorHeard | NoticeHeard


def read_frame(text: str | bytes) -> Heard | None:
    """What a frame says; None for what is not of the protocol or needs no attention."""
    if isinstance(text, bytes):
        return None
    try:
        frame = from_json(text, allow_inf_nan=False)
    except ValueError:
        return None
    if not isinstance(frame, dict) or not isinstance(kind := frame.get("type"), str):
        return None
    payload, message_id = frame.get("payload"), frame.get("id")
    if kind.endswith(".update"):
        return _read_update(payload)
    if kind == "ping":
        return PingHeard(payload, _read_offsets(payload))
    if kind == "server.notice":
        return _read_notice(payload)
    if isinstance(message_id, str) and kind.endswith(".subscribe.response"):
        return ReplyHeard(message_id, _read_reply(payload))
    if isinstance(message_id, str) and kind == "error":
        return ErrorHeard(message_id, _read_error(payload))
    return None


def subscribe_frame(
    route: str,
    request: dict[str, Any],
    message_id: str,
    recover: Point | None,
    max_rate_hz: float | None = None,
) -> str:
    """Asks for a topic, from `recover` on and at most so often, if that is given."""
    frame: dict[str, Any] = {"type": f"{route}.subscribe", "payload": request, "id": message_id}
    options: dict[str, Any] = {}
    if recover is not None:
        options["recover"] = {"epoch": recover.epoch, "offset": recover.offset}
    if max_rate_hz is not None:
        options["maxRateHz"] = max_rate_hz
    return _text(frame | {"options": options} if options else frame)


def unsubscribe_frame(route: str, request: dict[str, Any], message_id: str) -> str:
    """Lets go of a topic."""
    return _text({"type": f"{route}.unsubscribe", "payload": request, "id": message_id})


def pong_frame(payload: Any) -> str:
    """The answer to a ping."""
    return _text({"type": "pong", "payload": payload})


PING_FRAME = '{"type":"ping"}'


def _read_update(payload: Any) -> UpdateHeard | None:
    topic = payload.get("topic") if isinstance(payload, dict) else None
    if not isinstance(topic, str):
        return None
    try:
        return UpdateHeard(topic, Update.model_validate(payload, strict=True, extra="ignore"))
    except ValidationError:
        return UpdateHeard(topic, None)


def _read_offsets(payload: Any) -> dict[str, int]:
    offsets = payload.get("offsets") if isinstance(payload, dict) else None
    if not isinstance(offsets, dict):
        return {}
    return {topic: offset for topic, offset in offsets.items() if type(offset) is int}


def _read_reply(payload: Any) -> SubscriptionReply | None:
    try:
        return SubscriptionReply.model_validate(payload, context=NEWER_SERVER, extra="ignore")
    except ValidationError:
        return None


def _read_notice(payload: Any) -> NoticeHeard | None:
    try:
        return NoticeHeard(ServerNotice.model_validate(payload, context=NEWER_SERVER, extra="ignore"))
    except ValidationError:
        return None


def _read_error(payload: Any) -> ErrorMessage:
    try:
        return ErrorMessage.model_validate(payload, extra="ignore")
    except ValidationError:
        return ErrorMessage(code="refused", message="The server refused without saying why.")


def _text(frame: dict[str, Any]) -> str:
    return json.dumps(frame, separators=(",", ":"), ensure_ascii=False)
