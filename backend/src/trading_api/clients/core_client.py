"""Client of the module `core`, generated; `make generate` writes it anew."""

from enum import StrEnum

from trading_api.clients.operation import Operation
from trading_api.clients.rest import RestClient
from trading_api.models.health import Health, ModuleInfo
from trading_api.models.versioning import ApiVersion

_GET_HEALTH = Operation[Health]("GET", "/health", Health)
_LIST_VERSIONS = Operation[list[ApiVersion]]("GET", "/versions", list[ApiVersion])
_LIST_MODULES = Operation[list[ModuleInfo]]("GET", "/modules", list[ModuleInfo])


class CoreErrorCode(StrEnum):
    """Codes of the problems with which the module `core` refuses."""

    HOST_NOT_ALLOWED = "host-not-allowed"
    INTERNAL_ERROR = "internal-error"


class CoreClient(RestClient):
    """Health, versions and the inventory of modules."""

    error_codes = CoreErrorCode

    async def get_health(self) -> Health:
        """Whether the server answers, since when, and which version it is."""
        return await self._ask(_GET_HEALTH)

    async def list_versions(self) -> list[ApiVersion]:
        """Versions of the API, their life, and the modules that each has."""
        return await self._ask(_LIST_VERSIONS)

    async def list_modules(self) -> list[ModuleInfo]:
        """The enabled modules and where to find them."""
        return await self._ask(_LIST_MODULES)
