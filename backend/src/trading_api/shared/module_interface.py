"""What a module is, and what it is given."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

from fastapi import APIRouter
from prometheus_client.registry import Collector
from starlette.types import ASGIApp

from trading_api.models.health import ReadinessCheck
from trading_api.settings import Settings
from trading_api.shared.clock import Clock, SystemClock
from trading_api.shared.db.engine import Database
from trading_api.shared.versions import API_V1, Lifecycle, version_number
from trading_api.shared.ws.router import WsRouter
from trading_api.shared.ws.topics import TopicSource


@dataclass(frozen=True)
class ModuleAddress:
    """Where a module is, in the shape that its clients take: a base URL, and who answers in this process."""

    url: str
    app: ASGIApp | None = None
    """The application that serves the module here; without it, the module is reached over the network."""


@dataclass(frozen=True)
class ModuleContext:
    """What the application lends to its modules; nothing in it outlives the application."""

    settings: Settings
    clock: Clock
    """The market's time."""
    database: Database
    endpoint: Callable[[str], ModuleAddress]
    """Where the module of that name is; StartupError if it is neither enabled nor in TRADING_MODULE_URLS."""
    modules: tuple[type["Module"], ...]
    started: asyncio.Event
    """Set once every module is up and follows whom it follows; whoever produces data waits for it."""
    wall_clock: Clock = field(default_factory=SystemClock)
    """The real time, which versions of the API live by, whatever the market's time is."""


@dataclass(frozen=True)
class ModuleVersion:
    """One more version of a module's API, served beside the module's own over the same service."""

    version: str
    router: APIRouter
    lifecycle: Lifecycle
    ws_routes: tuple[WsRouter[Any, Any], ...] = ()


class Module(ABC):
    """One independent application: its routes, its streams and the service behind both.

    The package `modules/<snake_name>` exports `<PascalName>Module`; `name` is the same in hyphens.
    Constructing a module does no I/O; `lifespan` starts and stops everything it owns.
    """

    name: ClassVar[str]
    description: ClassVar[str]
    router: ClassVar[APIRouter]
    ws_routes: ClassVar[tuple[WsRouter[Any, Any], ...]] = ()
    version: ClassVar[str] = "v1"
    """The version that `router` and `ws_routes` are."""
    lifecycle: ClassVar[Lifecycle] = API_V1
    other_versions: ClassVar[tuple[ModuleVersion, ...]] = ()
    is_other_version: ClassVar[bool] = False

    @classmethod
    @cache
    def at(cls, version: str) -> "type[Module]":
        """This module as `version` of its API has it: the same class with other routes and streams.

        Raises KeyError for a version that the module does not have.
        """
        if version == cls.version:
            return cls
        other = {each.version: each for each in cls.other_versions}[version]
        changed = {"__module__": cls.__module__, "__doc__": cls.__doc__, "is_other_version": True}
        return type(cls.__name__, (cls,), {**changed, **vars(other), "other_versions": ()})

    @classmethod
    def all_versions(cls) -> "tuple[type[Module], ...]":
        """This module at each version that it has, oldest first."""
        versions = [cls.version, *(each.version for each in cls.other_versions)]
        return tuple(cls.at(version) for version in sorted(versions, key=version_number))

    @classmethod
    def label(cls) -> str:
        """The name from which generated things take theirs: `market-data`, `market-data-v2`."""
        return f"{cls.name}-{cls.version}" if cls.is_other_version else cls.name

    @classmethod
    def base_path(cls) -> str:
        """Where the routes of this version are: `/api/v1/market-data`."""
        return f"/api/{cls.version}/{cls.name}"

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

    def topics_at(self, version: str) -> TopicSource | None:
        """The source of the streams of one version, for a module whose versions stream different data."""
        return self.topics

    @property
    def undocumented(self) -> APIRouter | None:
        """Routes of this process that no document shows, as its settings want them."""
        return None

    @abstractmethod
    def lifespan(self) -> AbstractAsyncContextManager[None]:
        """Runs for as long as the module serves."""

    async def follow(self) -> None:  # noqa: B027  # most modules follow nobody
        """Begin to follow what other modules produce; every lifespan has begun, and nothing is produced yet.

        The start of the server waits for it, so it must end within seconds whether they answer or not.
        """

    async def unfollow(self) -> None:  # noqa: B027
        """Follow nobody any more: the sockets are about to be closed. It may be called more than once."""

    def readiness(self) -> list[ReadinessCheck]:
        """What the module needs to serve, checked now."""
        return []

    def collectors(self) -> Sequence[Collector]:
        """What the module tells Prometheus beside its requests and streams, read when it is asked."""
        return ()


def api_versions(modules: Sequence[type[Module]]) -> list[str]:
    """Every version that one of `modules` has, oldest first."""
    return sorted({each.version for each in every_version(modules)}, key=version_number)


def every_version(modules: Sequence[type[Module]]) -> list[type[Module]]:
    """Each of `modules` at each version that it has."""
    return [each for module in modules for each in module.all_versions()]


def modules_at(modules: Sequence[type[Module]], version: str) -> tuple[type[Module], ...]:
    """Those of `modules` that have `version`, each as it has it."""
    return tuple(each for each in every_version(modules) if each.version == version)
