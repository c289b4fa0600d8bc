"""What the server knows about itself."""

import time
from importlib.metadata import version

from trading_api.models.health import Health, ModuleInfo
from trading_api.models.versioning import ApiVersion
from trading_api.modules.core.versions import versions_on
from trading_api.shared.clock import Clock
from trading_api.shared.module_interface import Module
from trading_api.shared.versions import day_of


class CoreService:
    """Health, versions and modules of one application."""

    def __init__(self, clock: Clock, wall_clock: Clock, modules: tuple[type[Module], ...]) -> None:
        self._clock = clock
        self._wall_clock = wall_clock
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
        return versions_on(day_of(self._wall_clock.now_ms()), self._modules)

    def modules(self) -> list[ModuleInfo]:
        """The enabled modules."""
        return [_info(module) for module in self._modules]


def _info(module: type[Module]) -> ModuleInfo:
    url = module.base_path()
    return ModuleInfo(
        name=module.name,
        description=module.description,
        url=url,
        docs_url=f"{url}/docs",
        openapi_url=f"{url}/openapi.json",
        ws_url=f"{url}/ws" if module.ws_routes else None,
        asyncapi_url=f"{url}/ws/asyncapi.json" if module.ws_routes else None,
        streams_docs_url=f"{url}/ws/asyncapi" if module.ws_routes else None,
    )
