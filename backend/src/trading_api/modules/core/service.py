"""What the server knows about itself."""

import time
from datetime import date
from importlib.metadata import version

from trading_api.models.health import Health, ModuleInfo
from trading_api.models.versioning import ApiVersion, VersionStatus
from trading_api.shared.clock import Clock
from trading_api.shared.module_interface import Module

VERSIONS = (ApiVersion(version="v1", status=VersionStatus.ALPHA, released=date(2026, 11, 21)),)


class CoreService:
    """Health, versions and modules of one application."""

    def __init__(self, clock: Clock, modules: tuple[type[Module], ...]) -> None:
        self._clock = clock
        self._modules = modules
        self._started = time.monotonic()

    def health(self) -> Health:
        """Alive, and since when."""
        uptime_ms = int((time.monotonic() - self._started) * 1000)
        return Health(
            status="ok",
            module="core",
            version=version("trading-pro"),
            uptime_ms=uptime_ms,
            time=self._clock.now_ms(),
        )

    def versions(self) -> list[ApiVersion]:
        """All versions that this server speaks or has spoken."""
        return list(VERSIONS)

    def modules(self) -> list[ModuleInfo]:
        """The enabled modules."""
        return [_info(module) for module in self._modules]


def _info(module: type[Module]) -> ModuleInfo:
    url = f"/api/v1/{module.name}"
    return ModuleInfo(
        name=module.name,
        description=module.description,
        url=url,
        docs_url=f"{url}/docs",
        openapi_url=f"{url}/openapi.json",
        ws_url=f"{url}/ws" if module.ws_routes else None,
    )
