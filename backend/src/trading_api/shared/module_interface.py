"""What a module is, and what it is given."""

import asyncio
from abc import ABC, abstractmethod
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, ClassVar

import httpx
from fastapi import APIRouter

from trading_api.models.health import ReadinessCheck
from trading_api.settings import Settings
from trading_api.shared.bus.memory import MemoryBus
from trading_api.shared.clock import Clock
from trading_api.shared.db.engine import Database
from trading_api.shared.ws.router import WsRouter
from trading_api.shared.ws.topics import TopicSource


@dataclass(frozen=True)
class ModuleContext:
    """What the application lends to its modules; nothing in it outlives the application."""

    settings: Settings
    clock: Clock
    bus: MemoryBus
    database: Database
    http: httpx.AsyncClient
    """Reaches the other modules; base URL `.../api/v1`."""
    modules: tuple[type["Module"], ...]
    started: asyncio.Event
    """Set once every module is up; whoever produces data waits for it, so that nobody misses any."""


class Module(ABC):
    """One independent application: its routes, its streams and the service behind both.

    The package `modules/<snake_name>` exports `<PascalName>Module`; `name` is the same in hyphens.
    Constructing a module does no I/O; `lifespan` starts and stops everything it owns.
    """

    name: ClassVar[str]
    description: ClassVar[str]
    router: ClassVar[APIRouter]
    ws_routes: ClassVar[tuple[WsRouter[Any, Any], ...]] = ()

    def __init__(self, context: ModuleContext) -> None:
        self.context = context

    @property
    @abstractmethod
    def service(self) -> Any:
        """What the routes call; they find it as `request.app.state.service`."""

    @property
    def topics(self) -> TopicSource | None:
        """The source of the module's streams; needed with `ws_routes`."""
        return None

    @abstractmethod
    def lifespan(self) -> AbstractAsyncContextManager[None]:
        """Runs for as long as the module serves."""

    def readiness(self) -> list[ReadinessCheck]:
        """What the module needs to serve, checked now."""
        return []
