"""Routes of orders and executions."""

from typing import Annotated

from fastapi import Query, Response

from trading_api.models.broker.executions import ExecutionsPage
from trading_api.models.broker.explanations import OrderExplanation
from trading_api.models.broker.orders import (
    CANCELED_ORDER,
    CancelOrdersResult,
    OrderChange,
    OrdersPage,
    PlacedOrder,
    PlaceOrderResult,
    PreOrder,
    Side,
)
from trading_api.models.broker.previews import OrderPreview
from trading_api.modules.broker.api_parameters import (
    COMMAND_HEADERS,
    UNAVAILABLE,
    AccountId,
    Cursor,
    IdempotencyKey,
    Limit,
    OrderId,
    Service,
    Symbol,
    commanding,
    sent,
)
from trading_api.modules.broker.errors import (
    REFUSALS,
    AccountUnknown,
    ConfirmInvalid,
    ConfirmMismatch,
    ConfirmStale,
    CursorInvalid,
    IdempotencyKeyReused,
    OrderFinal,
    OrderUnknown,
    SymbolUnknown,
)
from trading_api.modules.broker.ledger import DEFAULT_ACCOUNT
from trading_api.shared.errors import BodyTooLarge, JsonInvalid, ValidationFailed
from trading_api.shared.routing import ModuleRouter, answering, problems

router = ModuleRouter()


@router.post(
    "/orders",
    status_code=201,
    response_model=PlaceOrderResult,
    responses=problems(
        JsonInvalid,
        BodyTooLarge,
        ValidationFailed,
        AccountUnknown,
        SymbolUnknown,
        ConfirmInvalid,
        ConfirmMismatch,
        ConfirmStale,
        IdempotencyKeyReused,
        *REFUSALS.values(),
        *UNAVAILABLE,
    )
    | commanding(201),
)
async def place_order(
    pre_order: PreOrder,
    service: Service,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Place an order: durable when answered. A refusal lists every failed check among its fields."""
    return sent(await service.place(account_id, pre_order, idempotency_key))


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


@router.delete(
    "/orders",
    status_code=207,
    response_model=CancelOrdersResult,
    responses=problems(AccountUnknown, SymbolUnknown, IdempotencyKeyReused, *UNAVAILABLE) | commanding(207),
)
async def cancel_orders(
    service: Service,
    symbol: Symbol | None = None,
    side: Annotated[Side | None, Query(examples=[Side.BUY])] = None,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Cancel the open orders of a symbol or a side, or all; brackets go on protecting positions."""
    return sent(await service.cancel_orders(account_id, symbol, side, idempotency_key))


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


@router.put(
    "/orders/{orderId}",
    response_model=PlacedOrder,
    responses=problems(
        AccountUnknown, OrderUnknown, OrderFinal, IdempotencyKeyReused, *REFUSALS.values(), *UNAVAILABLE
    )
    | commanding(),
)
async def change_order(
    order_id: OrderId,
    change: OrderChange,
    service: Service,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Change an open order, which keeps its id: durable when answered."""
    return sent(await service.modify(account_id, order_id, change, idempotency_key))


@router.delete(
    "/orders/{orderId}",
    response_model=PlacedOrder,
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
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Cancel an open order: durable when answered."""
    return sent(await service.cancel(account_id, order_id, idempotency_key))


@router.get("/orders/{orderId}/explain", responses=problems(AccountUnknown, OrderUnknown, *UNAVAILABLE))
async def explain_order(
    order_id: OrderId, service: Service, account_id: AccountId = DEFAULT_ACCOUNT
) -> OrderExplanation:
    """Why an order filled or did not: each decision with the market data that caused it."""
    return await service.explanation(account_id, order_id)


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
