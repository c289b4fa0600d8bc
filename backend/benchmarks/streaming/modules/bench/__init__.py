"""A module that does nothing but publish, through the same doors as every other."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from typing import Any, ClassVar

from benchmarks.streaming.modules.bench.routes import ROUTES
from benchmarks.streaming.modules.bench.source import BenchSource
from benchmarks.streaming.pace import keep_pace
from benchmarks.streaming.ticks import JOURNAL_ROUTE
from trading_api.shared.module_interface import Module, ModuleContext
from trading_api.shared.routing import ModuleRouter
from trading_api.shared.ws.router import WsRouter
from trading_api.shared.ws.topics import TopicSource


class BenchModule(Module):
    """Publishes what the control page of this process asks for."""

    name: ClassVar[str] = "bench"
    description: ClassVar[str] = "What the streaming kernel is measured with."
    router: ClassVar[ModuleRouter] = ModuleRouter()
    ws_routes: ClassVar[tuple[WsRouter[Any, Any], ...]] = ROUTES

    def __init__(self, context: ModuleContext) -> None:
        super().__init__(context)
        journal = os.environ["BENCH_ROUTE"] == JOURNAL_ROUTE
        self._source = BenchSource(int(os.environ["BENCH_TOPICS"]), journal=journal)

    @property
    def service(self) -> BenchSource:
        return self._source

    @property
    def topics(self) -> TopicSource:
        return self._source

    def lifespan(self) -> AbstractAsyncContextManager[None]:
        return self._publishing()

    @asynccontextmanager
    async def _publishing(self) -> AsyncIterator[None]:
        task = asyncio.create_task(keep_pace(self._source.publish), name="bench publishing")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
