"""The paper broker: orders, positions and money of accounts that trade on the datafeed's prices."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter

from trading_api.models.health import ReadinessCheck
from trading_api.modules.broker.api import router
from trading_api.modules.broker.api_debug import router as debug_router
from trading_api.modules.broker.service import BrokerService
from trading_api.modules.broker.topics import BrokerTopics
from trading_api.modules.broker.ws_generated import ROUTES
from trading_api.shared.module_interface import Module, ModuleContext


class BrokerModule(Module):
    """Orders, positions, executions and accounts, each change an event of a durable journal."""

    name = "broker"
    description = "Paper trading: orders, positions, executions and accounts."
    router = router
    ws_routes = ROUTES

    def __init__(self, context: ModuleContext) -> None:
        super().__init__(context)
        self._service = BrokerService(context)

    @property
    def service(self) -> BrokerService:
        return self._service

    @property
    def topics(self) -> BrokerTopics:
        return self._service.topics

    @asynccontextmanager
    async def lifespan(self) -> AsyncIterator[None]:
        async with self._service.running():
            yield

    @property
    def undocumented(self) -> APIRouter | None:
        return debug_router if self.context.settings.debug_endpoints else None

    async def follow(self) -> None:
        await self._service.follow()

    async def unfollow(self) -> None:
        await self._service.unfollow()

    def readiness(self) -> list[ReadinessCheck]:
        return self._service.readiness()
