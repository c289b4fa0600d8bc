"""What the broker's routes take and answer alike."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Depends, Header, Path, Query, Request, Response

from trading_api.modules.broker.errors import MarketDataUnavailable, StorageUnavailable
from trading_api.modules.broker.service import BrokerService
from trading_api.modules.broker.use_cases import Answered, Commanded
from trading_api.shared.routing import Responses

STREAM_OFFSET = "X-Stream-Offset"
REPLAYED = "Idempotent-Replayed"
COMMAND_HEADERS: dict[str, dict[str, Any]] = {
    STREAM_OFFSET: {
        "description": "Journal offset at which the command was done; the private streams pass it.",
        "schema": {"type": "integer"},
    },
    REPLAYED: {
        "description": "`true` if this is the answer that the same command had before.",
        "schema": {"const": "true", "type": "string"},
    },
}

UNAVAILABLE = (StorageUnavailable, MarketDataUnavailable)
"""Any request may be the first, which opens the account: in the journal, at the market's time."""


async def _service(request: Request) -> BrokerService:
    service: BrokerService = request.app.state.service
    return service


Service = Annotated[BrokerService, Depends(_service)]
AccountId = Annotated[
    str,
    Query(alias="accountId", min_length=1, max_length=48, description="Default: the demo account."),
]
OrderId = Annotated[str, Path(alias="orderId", min_length=1, max_length=64, examples=["O2"])]
PositionId = Annotated[str, Path(alias="positionId", min_length=1, max_length=64, examples=["P6"])]
Symbol = Annotated[str, Query(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["SPY"])]
Limit = Annotated[int, Query(ge=1, le=500, description="Most entries of a page.")]
Cursor = Annotated[
    str | None,
    Query(
        max_length=200,
        description="`nextCursor` of the page before.",
        examples=["NWZiNmYxNDZmNTdlMmVlYjoz"],
    ),
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x20-\x7e]{1,64}$",
        description="Chosen by the caller; repeating the request with it gives the first answer again.",
        examples=["3f0e9c1b6f2f4c56"],
    ),
]


def commanding(status: int = 200) -> Responses:
    """OpenAPI of the headers that every answer to a command has; for `responses=`."""
    headers: Mapping[str, dict[str, Any]] = COMMAND_HEADERS
    return {status: {"headers": dict(headers)}}


def sent(done: Commanded[Answered]) -> Response:
    """The answer to a command as it is kept, with its headers."""
    headers = {STREAM_OFFSET: str(done.offset)}
    if done.repeated:
        headers[REPLAYED] = "true"
    return Response(done.body, done.status, headers, "application/json")
