"""Routes of positions and of leverage."""

from typing import Annotated

from fastapi import Body, Query, Response

from trading_api.models.broker.leverage import LeverageInfo, LeveragePreview, LeverageResult, LeverageSetting
from trading_api.models.broker.orders import BracketTerms, OrderType, PlaceOrderResult, Side
from trading_api.models.broker.positions import Position, PositionClosing
from trading_api.modules.broker.api_parameters import (
    UNAVAILABLE,
    AccountId,
    IdempotencyKey,
    PositionId,
    Service,
    Symbol,
    commanding,
    sent,
)
from trading_api.modules.broker.engine import RefusalCode
from trading_api.modules.broker.errors import (
    REFUSALS,
    AccountUnknown,
    IdempotencyKeyReused,
    PositionUnknown,
    SymbolUnknown,
)
from trading_api.modules.broker.ledger import DEFAULT_ACCOUNT
from trading_api.shared.routing import ModuleRouter, problems

router = ModuleRouter()

POSITION_PROBLEMS = problems(
    AccountUnknown, PositionUnknown, IdempotencyKeyReused, *REFUSALS.values(), *UNAVAILABLE
)
LEVERAGE_REFUSALS = (
    REFUSALS[RefusalCode.LEVERAGE_OUT_OF_RANGE],
    REFUSALS[RefusalCode.BUYING_POWER_INSUFFICIENT],
)


@router.get("/positions", responses=problems(AccountUnknown, *UNAVAILABLE))
async def list_positions(service: Service, account_id: AccountId = DEFAULT_ACCOUNT) -> list[Position]:
    """Open positions."""
    return await service.positions(account_id)


@router.post(
    "/positions/{positionId}/close",
    status_code=201,
    response_model=PlaceOrderResult,
    responses=POSITION_PROBLEMS | commanding(201),
)
async def close_position(
    position_id: PositionId,
    service: Service,
    closing: Annotated[PositionClosing | None, Body()] = None,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Close a position, or `amount` of it, by a market order: durable when answered."""
    wanted = closing or PositionClosing()
    return sent(await service.close_position(account_id, position_id, wanted, idempotency_key))


@router.post(
    "/positions/{positionId}/reverse",
    status_code=201,
    response_model=PlaceOrderResult,
    responses=POSITION_PROBLEMS | commanding(201),
)
async def reverse_position(
    position_id: PositionId,
    service: Service,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Close a position and open as much on the other side, by a market order: durable when answered."""
    return sent(await service.reverse_position(account_id, position_id, idempotency_key))


@router.put(
    "/positions/{positionId}/brackets",
    response_model=Position,
    responses=POSITION_PROBLEMS | commanding(),
)
async def edit_position_brackets(
    position_id: PositionId,
    brackets: BracketTerms,
    service: Service,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Protect a position by exactly these brackets; what is left out is canceled."""
    return sent(await service.edit_brackets(account_id, position_id, brackets, idempotency_key))


@router.get("/leverage/info", responses=problems(AccountUnknown, SymbolUnknown, *UNAVAILABLE))
async def leverage_info(
    service: Service,
    symbol: Symbol,
    order_type: Annotated[
        OrderType | None, Query(alias="orderType", description="Makes no difference.")
    ] = None,
    side: Annotated[Side | None, Query(description="Makes no difference.")] = None,
    account_id: AccountId = DEFAULT_ACCOUNT,
) -> LeverageInfo:
    """The leverage of a symbol, and what it may be."""
    return await service.leverage(account_id, symbol)


@router.put(
    "/leverage/set",
    response_model=LeverageResult,
    responses=problems(AccountUnknown, SymbolUnknown, IdempotencyKeyReused, *LEVERAGE_REFUSALS, *UNAVAILABLE)
    | commanding(),
)
async def set_leverage(
    setting: LeverageSetting,
    service: Service,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Trade a symbol with another leverage, which changes its margin at once."""
    return sent(await service.set_leverage(account_id, setting, idempotency_key))


@router.post("/leverage/preview", responses=problems(AccountUnknown, SymbolUnknown, *UNAVAILABLE))
async def preview_leverage(
    setting: LeverageSetting, service: Service, account_id: AccountId = DEFAULT_ACCOUNT
) -> LeveragePreview:
    """What another leverage would change; nothing is changed."""
    return await service.preview_leverage(account_id, setting)
