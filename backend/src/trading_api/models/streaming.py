"""The envelope of every WebSocket message, the reply of a subscription, and the close codes."""

from enum import IntEnum, StrEnum
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field

from trading_api.models.common import Open, RequestModel, TimeMs, WireModel


class Delivery(StrEnum):
    """How updates of a route reach a client."""

    JOURNAL = "journal"
    """Every event, in order, once; `prev` proves there is no gap."""
    LATEST = "latest"
    """The newest value; a slow client misses the ones between."""
    BOOK = "book"
    """A snapshot, then deltas."""


class CloseCode(IntEnum):
    """Why the server closed: 4400-4499 try again, 4500-4599 final."""

    GOING_AWAY = 1001
    END_OF_LIFE = 4401
    EPOCH_ENDED = 4402
    TOO_SLOW = 4408
    NO_HEARTBEAT = 4409
    DRAINING = 4410
    TOO_MANY_CONNECTIONS = 4429
    NOT_AUTHENTICATED = 4501
    NOT_ALLOWED = 4503
    TOO_MANY_BAD_MESSAGES = 4507
    UNSUPPORTED_PROTOCOL = 4510


class Recover(RequestModel):
    """Where a client's knowledge of a journal topic ends."""

    model_config = ConfigDict(strict=True)

    epoch: str = Field(examples=["5fb6f146f57e2eeb"])
    offset: int = Field(examples=[7])


class SubscribeOptions(RequestModel):
    """How a topic is to be delivered; never a part of its name."""

    recover: Recover | None = Field(default=None, description="For topics delivered as a journal.")
    max_rate_hz: float | None = Field(
        default=None,
        gt=0,
        le=1000,
        description="At most so many updates a second; for topics of newest values.",
        examples=[5],
    )


class ClientMessage(RequestModel):
    """What a client sends: `{route}.subscribe`, `{route}.unsubscribe`, `ping` or `pong`."""

    type: str = Field(max_length=100)
    payload: Any | None = None
    id: str | int | None = None
    options: dict[str, Any] | None = None


class SubscriptionReply(WireModel):
    """Answer to a subscribe message; `snapshot` is the state at `offset`."""

    status: Literal["ok", "error"]
    message: str
    topic: str
    code: str | None = None
    epoch: str | None = None
    offset: int | None = Field(default=None, description="The topic's last update; the next one's `prev`.")
    recovered: bool | None = None
    snapshot: list[Any] | None = None


class Update(WireModel):
    """One update of a topic."""

    topic: str
    payload: Any
    offset: int | None = None
    prev: int | None = None


class Ping(WireModel):
    """The server's heartbeat, with the last offset of each of this connection's journal topics."""

    server_time: TimeMs
    offsets: dict[str, int] = Field(examples=[{'orders:{"accountId":"DEMO"}': 4}])


class ErrorMessage(WireModel):
    """A message of the client could not be understood; the connection stays open."""

    code: str = Field(examples=["message-type-unknown"])
    message: str = Field(examples=["There is no message type 'order.subscribe'."])
    request_type: str | None = Field(default=None, examples=["order.subscribe"])


NoticeCode = Literal["draining", "end-of-life", "token-expiring"]


class ServerNotice(WireModel):
    """What is about to happen to this connection."""

    code: Annotated[NoticeCode, Open()]
    message: str = Field(examples=["The server goes away; connect again."])
    retry_after_ms: int | None = Field(default=None, examples=[2000])
