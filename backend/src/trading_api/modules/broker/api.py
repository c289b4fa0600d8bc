"""REST routes of the broker: parse, call the service, return."""

from trading_api.modules.broker import api_accounts, api_journal, api_orders, api_positions
from trading_api.shared.routing import ModuleRouter

router = ModuleRouter(tags=["broker"])
for part in (api_orders, api_positions, api_accounts, api_journal):
    router.include_router(part.router)
