"""Market data: instruments, bars, quotes and the tape, from a simulated or a recorded market."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, ClassVar

from fastapi import APIRouter
from prometheus_client.registry import Collector

from trading_api.models.health import ReadinessCheck
from trading_api.modules.datafeed.execution_log import ExecutionLog
from trading_api.modules.datafeed.feed_metrics import FeedCollector
from trading_api.modules.datafeed.providers.choice import choose_provider
from trading_api.modules.datafeed.routes import router
from trading_api.modules.datafeed.service import DatafeedService
from trading_api.modules.datafeed.ws_generated import ROUTES
from trading_api.shared.module_interface import Module, ModuleContext
from trading_api.shared.ws.router import WsRouter
from trading_api.shared.ws.topics import TopicSource


class DatafeedModule(Module):
    """Answers about the past of a market and streams its present."""

    name: ClassVar[str] = "datafeed"
    description: ClassVar[str] = "Instruments, bars, quotes and the market's time."
    router: ClassVar[APIRouter] = router
    ws_routes: ClassVar[tuple[WsRouter[Any, Any], ...]] = ROUTES

    def __init__(self, context: ModuleContext) -> None:
        super().__init__(context)
        provider = choose_provider(context.settings, context.clock)
        self._service = DatafeedService(
            provider,
            context.clock,
            context.started,
            ExecutionLog(context.endpoint),
            _milliseconds(context.settings.stale_seconds),
        )

    @property
    def service(self) -> DatafeedService:
        return self._service

    @property
    def topics(self) -> TopicSource:
        return self._service.streams

    def lifespan(self) -> AbstractAsyncContextManager[None]:
        return self._service.running()

    def readiness(self) -> list[ReadinessCheck]:
        return self._service.readiness()

    def collectors(self) -> Sequence[Collector]:
        return [FeedCollector(self._service.watch)]


def _milliseconds(seconds: float | None) -> int | None:
    return None if seconds is None else round(seconds * 1000)
