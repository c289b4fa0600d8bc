"""The module that is always there: health, versions and the inventory of modules."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from trading_api.modules.core.api import router
from trading_api.modules.core.service import CoreService
from trading_api.shared.module_interface import Module, ModuleContext


class CoreModule(Module):
    """Health, versions, modules."""

    name = "core"
    description = "Health, versions and the inventory of modules."
    router = router

    def __init__(self, context: ModuleContext) -> None:
        super().__init__(context)
        self._service = CoreService(context.clock, context.wall_clock, context.modules)

    @property
    def service(self) -> CoreService:
        return self._service

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        yield
