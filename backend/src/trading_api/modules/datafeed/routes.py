"""All REST routes of the datafeed: its own, and those of the UDF protocol."""

from trading_api.modules.datafeed.api import router as own_routes
from trading_api.modules.datafeed.udf.api import router as udf_routes
from trading_api.shared.routing import ModuleRouter

router = ModuleRouter()
router.include_router(own_routes)
router.include_router(udf_routes, prefix="/udf")
