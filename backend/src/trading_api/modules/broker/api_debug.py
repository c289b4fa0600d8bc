"""What is offered for debugging only, where the setting TRADING_DEBUG_ENDPOINTS says so."""

from fastapi import Response

from trading_api.models.broker.orders import CancelOrdersResult
from trading_api.modules.broker.api_parameters import AccountId, IdempotencyKey, Service, sent
from trading_api.modules.broker.ledger import DEFAULT_ACCOUNT
from trading_api.shared.routing import ModuleRouter

router = ModuleRouter()


@router.post("/debug/execute-orders", status_code=207, response_model=CancelOrdersResult)
async def execute_orders(
    service: Service, account_id: AccountId = DEFAULT_ACCOUNT, idempotency_key: IdempotencyKey = None
) -> Response:
    """Fill every working order now, at the price that is there; one result for each order that changed."""
    return sent(await service.execute_orders(account_id, idempotency_key))
