"""The route of the journal: page by page, or followed as Server-Sent Events."""

from typing import Annotated

from fastapi import Header, Query, Request, Response
from starlette.responses import StreamingResponse

from trading_api.models.broker.events import EventsPage
from trading_api.modules.broker.api_parameters import UNAVAILABLE, AccountId, Limit, Service
from trading_api.modules.broker.errors import AccountUnknown
from trading_api.modules.broker.ledger import DEFAULT_ACCOUNT
from trading_api.shared.routing import ModuleRouter, Responses, problems

router = ModuleRouter()

EVENT_STREAM = "text/event-stream"
STREAM_EXAMPLE = (
    "id: 5fb6f146f57e2eeb:7\nevent: TradingStateChanged\n"
    'data: {"offset":7,"epoch":"5fb6f146f57e2eeb","type":"TradingStateChanged"}\n\n'
)
STREAM_DOC: Responses = {
    200: {"content": {EVENT_STREAM: {"schema": {"type": "string"}, "example": STREAM_EXAMPLE}}}
}

After = Annotated[int, Query(ge=0, lt=2**53, description="Events after this offset.", examples=[6])]
LastEventId = Annotated[
    str | None,
    Header(
        alias="Last-Event-ID",
        max_length=100,
        description="Of the last event that was seen; outranks `after` in a stream.",
        examples=["5fb6f146f57e2eeb:6"],
    ),
]


@router.get(
    "/events",
    response_model=EventsPage,
    responses=problems(AccountUnknown, *UNAVAILABLE) | STREAM_DOC,
)
async def list_events(
    request: Request,
    service: Service,
    after: After = 0,
    limit: Limit = 100,
    account_id: AccountId = DEFAULT_ACCOUNT,
    last_event_id: LastEventId = None,
) -> Response:
    """The account's journal, raw and in order.

    With `Accept: text/event-stream` it goes on as Server-Sent Events. The id of an event is its epoch and
    offset; an id of another epoch begins with the first event of this one, for the account was reset.
    """
    if EVENT_STREAM in request.headers.get("accept", ""):
        events = await service.follow_events(account_id, last_event_id, after)
        return StreamingResponse(events, headers={"Cache-Control": "no-store"}, media_type=EVENT_STREAM)
    page = await service.events(account_id, after, limit)
    return Response(page.model_dump_json(by_alias=True, exclude_none=True), media_type="application/json")
