"""Messages of the server, encoded once for all connections they go to."""

import json
from functools import lru_cache
from typing import Any

from trading_api.models.streaming import ErrorMessage, NoticeCode, Ping, ServerNotice, SubscriptionReply
from trading_api.shared.ws.topics import Snapshot, Topic, TopicUpdate

MessageId = str | int | None

TEXT_FRAME = 0x81
"""First byte of a whole text message in one frame (RFC 6455, 5.2)."""


class Frame(bytes):
    """One text message as it is on the network: one frame, unmasked and uncompressed.

    `key` is set where a newer one may take its place.
    """

    key: str | None = None

    @classmethod
    def of(cls, payload: bytes, key: str | None = None) -> "Frame":
        """The message of that UTF-8."""
        frame = cls(_header(len(payload)) + payload)
        frame.key = key
        return frame

    @property
    def text(self) -> str:
        """The message without its header, for a server that writes its own."""
        start = {126: 4, 127: 10}.get(self[1], 2)
        return self[start:].decode()


@lru_cache(4096)
def _header(length: int) -> bytes:
    if length < 126:
        return bytes((TEXT_FRAME, length))
    if length < 65_536:
        return b"\x81\x7e" + length.to_bytes(2, "big")
    return b"\x81\x7f" + length.to_bytes(8, "big")


def message(kind: str, payload: Any, message_id: MessageId = None) -> Frame:
    """One frame of the envelope; ValueError for a number that JSON cannot hold."""
    body: dict[str, Any] = {"type": kind, "payload": payload}
    if message_id is not None:
        body["id"] = message_id
    return Frame.of(_json(body).encode())


def subscribed(topic: Topic, snapshot: Snapshot, recovered_from: int | None, message_id: MessageId) -> Frame:
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


def refused(route: str, action: str, topic: str, code: str, detail: str, message_id: MessageId) -> Frame:
    """The error answer to a subscribe or unsubscribe."""
    reply = SubscriptionReply(status="error", message=detail, topic=topic, code=code)
    return message(f"{route}.{action}.response", reply.to_wire(), message_id)


def unsubscribed(topic: Topic, message_id: MessageId) -> Frame:
    """The ok of an unsubscription."""
    reply = SubscriptionReply(status="ok", message="unsubscribed", topic=topic.name)
    return message(f"{topic.route}.unsubscribe.response", reply.to_wire(), message_id)


class UpdateFrames:
    """Encodes the updates of one topic: `Update` of the contract, written without a detour."""

    def __init__(self, topic: Topic, *, conflatable: bool) -> None:
        start = f'{{"type":"{topic.route}.update","payload":{{"topic":{_json(topic.name)},"payload":'
        self._start = start.encode()
        self._key = topic.name if conflatable else None

    def encode(self, item: TopicUpdate, prev: int | None) -> Frame:
        """One update, which follows the one at `prev`."""
        data = item.data
        body = data.__pydantic_serializer__.to_json(data, by_alias=True, exclude_none=True)
        offset = b"" if item.offset is None else b',"offset":%d' % item.offset
        before = b"" if prev is None else b',"prev":%d' % prev
        return Frame.of(b"%b%b%b%b}}" % (self._start, body, offset, before), self._key)


def ping(server_time: int, offsets: dict[str, int]) -> Frame:
    """The heartbeat."""
    return message("ping", Ping(server_time=server_time, offsets=offsets).to_wire())


def notice(code: NoticeCode, text: str, retry_after_ms: int) -> Frame:
    """What is about to happen to the connection."""
    body = ServerNotice(code=code, message=text, retry_after_ms=retry_after_ms)
    return message("server.notice", body.to_wire())


def error(code: str, detail: str, request_type: str | None, message_id: MessageId) -> Frame:
    """A message that could not be understood."""
    body = ErrorMessage(code=code, message=detail, request_type=request_type)
    return message("error", body.to_wire(), message_id)


def _json(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
