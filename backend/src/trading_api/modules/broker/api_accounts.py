"""Routes of accounts."""

from typing import Annotated

from fastapi import Body, Query, Response

from trading_api.models.broker.accounts import (
    AccountInfo,
    AccountMetainfo,
    AccountOpening,
    AccountReset,
    AccountTerms,
    ChosenTerms,
    TradingStateChange,
    TradingStateResult,
)
from trading_api.models.broker.equity import EquityHistory
from trading_api.models.broker.orders import LAST_MS
from trading_api.modules.broker.api_parameters import (
    UNAVAILABLE,
    AccountId,
    IdempotencyKey,
    Service,
    commanding,
    sent,
)
from trading_api.modules.broker.engine import RefusalCode
from trading_api.modules.broker.errors import REFUSALS, AccountExists, AccountUnknown, IdempotencyKeyReused
from trading_api.modules.broker.ledger import DEFAULT_ACCOUNT
from trading_api.shared.routing import ModuleRouter, problems

TERMS_REFUSAL = REFUSALS[RefusalCode.TERMS_NOT_ALLOWED]

router = ModuleRouter()


@router.get("/accounts", responses=problems(*UNAVAILABLE))
async def list_accounts(service: Service) -> list[AccountMetainfo]:
    """All accounts."""
    return await service.accounts()


@router.post(
    "/accounts",
    status_code=201,
    response_model=AccountMetainfo,
    responses=problems(AccountExists, IdempotencyKeyReused, TERMS_REFUSAL, *UNAVAILABLE) | commanding(201),
)
async def open_account(
    opening: AccountOpening, service: Service, idempotency_key: IdempotencyKey = None
) -> Response:
    """Open a paper account with its own money, terms and journal."""
    return sent(await service.open_account(opening, idempotency_key))


@router.get("/account", responses=problems(AccountUnknown, *UNAVAILABLE))
async def get_account(service: Service, account_id: AccountId = DEFAULT_ACCOUNT) -> AccountInfo:
    """An account, its terms and what it is worth."""
    return await service.account(account_id)


@router.post(
    "/account/reset",
    response_model=AccountMetainfo,
    responses=problems(AccountUnknown, IdempotencyKeyReused, TERMS_REFUSAL, *UNAVAILABLE) | commanding(),
)
async def reset_account(
    service: Service,
    reset: Annotated[AccountReset | None, Body()] = None,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Begin the account anew: a new epoch of its journal, without orders, positions or history."""
    return sent(await service.reset_account(account_id, reset or AccountReset(), idempotency_key))


@router.get("/account/history", responses=problems(AccountUnknown, *UNAVAILABLE))
async def account_history(
    service: Service,
    since: Annotated[int, Query(alias="from", ge=0, le=LAST_MS, description="First time, in ms.")] = 0,
    until: Annotated[
        int, Query(alias="to", ge=0, le=LAST_MS, description="Time before which to end, in ms.")
    ] = LAST_MS,
    limit: Annotated[int, Query(ge=1, le=5000, description="Most points, the last of them.")] = 1000,
    account_id: AccountId = DEFAULT_ACCOUNT,
) -> EquityHistory:
    """The equity curve: a point at every fill, and one a minute while positions are open."""
    return await service.equity_history(account_id, since, until, limit)


@router.put(
    "/account/trading-state",
    response_model=TradingStateResult,
    responses=problems(AccountUnknown, IdempotencyKeyReused, *UNAVAILABLE) | commanding(),
)
async def set_trading_state(
    change: TradingStateChange,
    service: Service,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Allow everything, only closing, or no orders at all; on request cancel what works."""
    return sent(await service.set_trading_state(account_id, change, idempotency_key))


@router.put(
    "/account/terms",
    response_model=AccountTerms,
    responses=problems(AccountUnknown, IdempotencyKeyReused, TERMS_REFUSAL, *UNAVAILABLE) | commanding(),
)
async def change_terms(
    terms: ChosenTerms,
    service: Service,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Trade on these terms from now on; what is absent becomes the default."""
    return sent(await service.change_terms(account_id, terms, idempotency_key))
