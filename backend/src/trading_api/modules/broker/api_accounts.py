"""Routes of accounts."""

from fastapi import Response

from trading_api.models.broker.accounts import (
    AccountInfo,
    AccountMetainfo,
    AccountTerms,
    ChosenTerms,
    TradingStateChange,
    TradingStateResult,
)
from trading_api.modules.broker.api_parameters import (
    UNAVAILABLE,
    AccountId,
    IdempotencyKey,
    Service,
    commanding,
    sent,
)
from trading_api.modules.broker.engine import RefusalCode
from trading_api.modules.broker.errors import REFUSALS, AccountUnknown, IdempotencyKeyReused
from trading_api.modules.broker.ledger import DEFAULT_ACCOUNT
from trading_api.shared.routing import ModuleRouter, problems

router = ModuleRouter()


@router.get("/accounts", responses=problems(*UNAVAILABLE))
async def list_accounts(service: Service) -> list[AccountMetainfo]:
    """All accounts."""
    return await service.accounts()


@router.get("/account", responses=problems(AccountUnknown, *UNAVAILABLE))
async def get_account(service: Service, account_id: AccountId = DEFAULT_ACCOUNT) -> AccountInfo:
    """An account, its terms and what it is worth."""
    return await service.account(account_id)


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
    responses=problems(
        AccountUnknown, IdempotencyKeyReused, REFUSALS[RefusalCode.TERMS_NOT_ALLOWED], *UNAVAILABLE
    )
    | commanding(),
)
async def change_terms(
    terms: ChosenTerms,
    service: Service,
    account_id: AccountId = DEFAULT_ACCOUNT,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    """Trade on these terms from now on; what is absent becomes the default."""
    return sent(await service.change_terms(account_id, terms, idempotency_key))
