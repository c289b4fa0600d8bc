"""REST routes of the broker: parse, call the service, return."""

from typing import Annotated

from fastapi import Depends, Header, Path, Query, Request, Response

from trading_api.models.broker.accounts import AccountInfo, AccountMetainfo
from trading_api.models.broker.executions import ExecutionsPage
from trading_api.models.broker.orders import (
    CANCELED_ORDER,
    OrdersPage,
    PlacedOrder,
    PlaceOrderResult,
    PreOrder,
)
from trading_api.models.broker.positions import Position
from trading_api.models.broker.previews import OrderPreview
from trading_api.modules.broker.errors import (
    REFUSALS,
    AccountUnknown,
    CursorInvalid,
    IdempotencyKeyReused,
    MarketDataUnavailable,
    OrderFinal,
    OrderUnknown,
    StorageUnavailable,
    SymbolUnknown,
)
from trading_api.modules.broker.ledger import DEFAULT_ACCOUNT
from trading_api.modules.broker.service import BrokerService, Commanded
from trading_api.shared.errors import BodyTooLarge, JsonInvalid, ValidationFailed
from trading_api.shared.routing import ModuleRouter, answering, problems

STREAM_OFFSET = "X-Stream-Offset"
STREAM_OFFSET_DOC = {
    STREAM_OFFSET: {
        "description": "Journal offset at which the command was done; the private streams pass it.",
        "schema": {"type": "integer"},
    }
}

REPLAYED = "Idempotent-Replayed"
COMMAND_HEADERS = STREAM_OFFSET_DOC | {
    REPLAYED: {
        "description": "`true` if this is the answer that the same command had before.",
        "schema": {"const": "true", "type": "string"},
    }
}

UNAVAILABLE = (StorageUnavailable, MarketDataUnavailable)
"""Any request may be the first, which opens the account: in the journal, at the market's time."""

router = ModuleRouter(tags=["broker"])


def _service(request: Request) -> BrokerService:
    service: BrokerService = request.app.state.service
    return service


Service = Annotated[BrokerService, Depends(_service)]
AccountId = Annotated[
    str,
    Query(alias="accountId", min_length=1, max_length=48, description="Default: the demo account."),
]
OrderId = Annotated[str, Path(alias="orderId", min_length=1, max_length=64, examples=["O2"])]
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


@router.post(
    "/orders",
    status_code=201,
    responses=problems(
        JsonInvalid,
        BodyTooLarge,
        ValidationFailed,
        AccountUnknown,
        SymbolUnknown,
        IdempotencyKeyReused,
        *REFUSALS.values(),
        *UNAVAILABLE,
    )
    | {201: {"headers": COMMAND_HEADERS}},
)
async def place_order(
    pre_order: PreOrder,
    service: Service,
    response: Response,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> PlaceOrderResult:
    """Place an order: durable when answered. A refusal lists every failed check among its fields."""
    order = _with_headers(await service.place(account_id, pre_order, idempotency_key), response)
    return PlaceOrderResult(order_id=order.id, order=order)


@router.post(
    "/orders/preview",
    responses=problems(JsonInvalid, BodyTooLarge, AccountUnknown, SymbolUnknown, *UNAVAILABLE),
)
async def preview_order(
    pre_order: PreOrder, service: Service, account_id: AccountId = DEFAULT_ACCOUNT
) -> OrderPreview:
    """What an order would cost, and every reason for which it would be refused; nothing is placed."""
    return await service.preview(account_id, pre_order)


@router.get("/orders", responses=problems(AccountUnknown, *UNAVAILABLE))
async def list_orders(service: Service, account_id: AccountId = DEFAULT_ACCOUNT) -> list[PlacedOrder]:
    """Open orders, and those that became final in the present trading day."""
    return await service.orders(account_id)


@router.get(
    "/orders/history", responses=problems(ValidationFailed, AccountUnknown, CursorInvalid, *UNAVAILABLE)
)
async def orders_history(
    service: Service, limit: Limit = 100, cursor: Cursor = None, account_id: AccountId = DEFAULT_ACCOUNT
) -> OrdersPage:
    """Final orders, newest first."""
    return await service.history(account_id, limit, cursor)


@router.get("/orders/{orderId}", responses=problems(AccountUnknown, OrderUnknown, *UNAVAILABLE))
async def get_order(
    order_id: OrderId, service: Service, account_id: AccountId = DEFAULT_ACCOUNT
) -> PlacedOrder:
    """One order."""
    return await service.order(account_id, order_id)


@router.delete(
    "/orders/{orderId}",
    responses=problems(
        AccountUnknown,
        OrderUnknown,
        OrderFinal,
        IdempotencyKeyReused,
        ValidationFailed,
        *UNAVAILABLE,
    )
    | answering(CANCELED_ORDER, headers=COMMAND_HEADERS),
)
async def cancel_order(
    order_id: OrderId,
    service: Service,
    response: Response,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> PlacedOrder:
    """Cancel an open order: durable when answered."""
    return _with_headers(await service.cancel(account_id, order_id, idempotency_key), response)


@router.get("/positions", responses=problems(AccountUnknown, *UNAVAILABLE))
async def list_positions(service: Service, account_id: AccountId = DEFAULT_ACCOUNT) -> list[Position]:
    """Open positions."""
    return await service.positions(account_id)


@router.get("/executions", responses=problems(ValidationFailed, AccountUnknown, CursorInvalid, *UNAVAILABLE))
async def list_executions(
    service: Service,
    symbol: Annotated[str | None, Query(min_length=1, max_length=64, examples=["SPY"])] = None,
    limit: Limit = 100,
    cursor: Cursor = None,
    account_id: AccountId = DEFAULT_ACCOUNT,
) -> ExecutionsPage:
    """Executions, newest first."""
    return await service.executions(account_id, symbol, limit, cursor)


@router.get("/accounts", responses=problems(*UNAVAILABLE))
async def list_accounts(service: Service) -> list[AccountMetainfo]:
    """All accounts."""
    return await service.accounts()


@router.get("/account", responses=problems(AccountUnknown, *UNAVAILABLE))
async def get_account(service: Service, account_id: AccountId = DEFAULT_ACCOUNT) -> AccountInfo:
    """An account and what it is worth."""
    return await service.account(account_id)


def _with_headers(done: Commanded, response: Response) -> PlacedOrder:
    response.headers[STREAM_OFFSET] = str(done.offset)
    if done.repeated:
        response.headers[REPLAYED] = "true"
    return done.order
