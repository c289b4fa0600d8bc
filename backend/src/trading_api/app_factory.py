"""The whole assembly: modules, their mounts, their documents and their life.

One call of `AppFactory.create` gives one application that shares nothing with any other.
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

from fastapi import FastAPI, Response
from starlette.types import Receive, Scope, Send

import trading_api.modules
from trading_api.models.health import Readiness, ReadinessCheck
from trading_api.settings import Settings
from trading_api.shared.clock import Clock, PlaybackClock, SystemClock
from trading_api.shared.codegen.asyncapi import merged_asyncapi, module_asyncapi
from trading_api.shared.codegen.contract_faults import refuse_contract_faults
from trading_api.shared.codegen.openapi import API_PREFIX, merged_openapi, module_openapi
from trading_api.shared.db.engine import Database
from trading_api.shared.errors import StartupError
from trading_api.shared.http.direct_routes import DirectRoutes
from trading_api.shared.http.documents import ALL, Part, add_documents, parts_of
from trading_api.shared.http.gates import RequestGate, StreamGate
from trading_api.shared.http.origins import LocalOrigins
from trading_api.shared.http.problems import install_problem_handlers
from trading_api.shared.http.stream_paths import StreamPaths
from trading_api.shared.http.terminal_files import mount_terminal
from trading_api.shared.http.versions import ServedVersions
from trading_api.shared.module_interface import Module, ModuleAddress, ModuleContext, api_versions
from trading_api.shared.module_registry import ModuleRegistry
from trading_api.shared.observability.metrics import CONTENT_TYPE, Metrics
from trading_api.shared.versions import day_of
from trading_api.shared.ws.application import WsApplication
from trading_api.shared.ws.limits import WsLimits

MAX_BODY_BYTES = 1024 * 1024
CHECKOUT = Path(__file__).parents[3]
TERMINAL_DIR = CHECKOUT / "frontend" / "dist"


class ModularFastAPI(FastAPI):
    """The application that holds the modules, each an application of its own below `/api/v1`."""

    def __init__(self, context: ModuleContext, modules: Sequence[Module]) -> None:
        super().__init__(
            title="Trading Pro", openapi_url=None, docs_url=None, redoc_url=None, lifespan=_lifespan
        )
        self.context = context
        self.modules = tuple(modules)
        self.streams = StreamPaths(super().__call__)
        self.metrics = Metrics()
        install_problem_handlers(self)
        served = ServedVersions(context.modules, lambda: day_of(context.wall_clock.now_ms()))
        origins = LocalOrigins(context.settings.allowed_hosts.split(","))
        self._direct = DirectRoutes(super().__call__)
        self._requests = RequestGate(self._direct, origins, served, self.metrics, MAX_BODY_BYTES)
        self._sockets = StreamGate(self.streams, origins, served)
        parts = self._add_merged_documents(served)
        self._add_probes()
        for module in self.modules:
            for shape in type(module).all_versions():
                sub_application = self._module_app(module, shape, parts[shape.version])
                self.mount(shape.base_path(), sub_application, name=shape.label())
                self._direct.add(sub_application, shape.base_path())
        mount_terminal(self, context.settings.terminal_dir or TERMINAL_DIR)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._sockets(scope, receive, send)
        elif scope["type"] == "http":
            await self._requests(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def close_sockets(self) -> None:
        """Tell every streaming client that the server goes away; a server calls it before it stops."""
        await asyncio.gather(*(module.unfollow() for module in self.modules))
        await asyncio.gather(*(streams.shut_down() for streams in self.streams.all))

    def _module_app(self, module: Module, shape: type[Module], parts: dict[str, Part]) -> FastAPI:
        """The application of `module` in the version that `shape` is."""
        app = FastAPI(
            title=f"Trading Pro {shape.label()}",
            openapi_url=None,
            docs_url=None,
            redoc_url=None,
        )
        app.state.service = module.service
        install_problem_handlers(app)
        openapi, asyncapi = cache(partial(module_openapi, shape)), cache(partial(module_asyncapi, shape))
        add_documents(app, "", parts, shape.name, openapi, asyncapi)
        app.include_router(shape.router)
        if module.undocumented is not None and not shape.is_other_version:
            app.include_router(module.undocumented)
        self.metrics.add_module(shape.base_path(), shape.label())
        if not shape.is_other_version:
            for collector in module.collectors():
                self.metrics.registry.register(collector)
        if shape.ws_routes:
            topics = module.topics_at(shape.version)
            if topics is None:
                raise StartupError(f"Module '{module.name}' declares streams but has no source for them.")
            sockets = WsApplication(
                shape.ws_routes,
                topics,
                self.context.clock,
                WsLimits.of(self.context.settings),
                lambda: sum(each.connection_count for each in self.streams.all),
            )
            self.streams.add(f"{shape.base_path()}/ws", sockets)
            self.metrics.add_streams(shape.label(), sockets)
        return app

    def _add_merged_documents(self, served: ServedVersions) -> dict[str, dict[str, Part]]:
        """Returns what has documents, by version."""
        modules = self.context.modules
        parts = {version: parts_of(modules, version) for version in api_versions(modules)}
        openapi, asyncapi = cache(merged_openapi), cache(merged_asyncapi)
        for version, documented in parts.items():
            add_documents(
                self,
                f"/api/{version}",
                documented,
                ALL,
                partial(lambda version: openapi(served.living(version), version), version),
                partial(lambda version: asyncapi(served.living(version), version), version),
            )
        return parts

    def _add_probes(self) -> None:
        @self.get("/metrics", include_in_schema=False)
        async def metrics() -> Response:
            return Response(self.metrics.text(), media_type=CONTENT_TYPE)

        @self.get("/livez", include_in_schema=False)
        async def livez() -> dict[str, str]:
            return {"status": "ok"}

        @self.get("/readyz", include_in_schema=False, response_model_exclude_none=True)
        async def readyz(response: Response) -> Readiness:
            checks = [ReadinessCheck(name="started", ok=self.context.started.is_set())]
            checks += [check for module in self.modules for check in module.readiness()]
            readiness = Readiness(ready=all(check.ok for check in checks), checks=checks)
            response.status_code = 200 if readiness.ready else 503
            return readiness


class AppFactory:
    """Makes applications from settings.

    Raises StartupError if a module is unknown, badly named, defined twice or cannot be imported, and for a
    fault in what the modules declare.
    """

    def __init__(
        self,
        packages: Sequence[ModuleType] = (trading_api.modules,),
        *,
        installed: bool = True,
        wall_clock: Clock | None = None,
    ) -> None:
        self.registry = ModuleRegistry(packages, installed=installed)
        self.wall_clock = wall_clock or SystemClock()

    def create(self, settings: Settings) -> ModularFastAPI:
        """A new application; nothing runs until its lifespan begins."""
        classes = self.registry.enabled(settings.enabled_modules)
        refuse_contract_faults(classes)
        addresses = _Addresses(settings, {module.name for module in classes})
        context = ModuleContext(
            settings=settings,
            clock=_clock(settings),
            database=Database(settings.database_url),
            endpoint=addresses.of,
            modules=classes,
            started=asyncio.Event(),
            wall_clock=self.wall_clock,
        )
        app = ModularFastAPI(context, [module(context) for module in classes])
        addresses.app = app
        return app


class _Addresses:
    """Knows where each module is: in this application, which exists only after its modules, or elsewhere."""

    app: ModularFastAPI

    def __init__(self, settings: Settings, enabled: Collection[str]) -> None:
        self._host = settings.allowed_hosts.split(",")[0]
        self._elsewhere = settings.modules_elsewhere
        self._enabled = enabled

    def of(self, name: str) -> ModuleAddress:
        """The address of a module; what TRADING_MODULE_URLS says outranks that it is enabled here."""
        base = f"{API_PREFIX}/{name}"
        url = self._elsewhere.get(name)
        if url is not None:
            return ModuleAddress(url if urlsplit(url).path else f"{url}{base}")
        if name in self._enabled:
            return ModuleAddress(f"http://{self._host}{base}", self._serve)
        raise StartupError(
            f"The module '{name}' is needed but not enabled; TRADING_MODULE_URLS can say where it runs"
            f" ({name}=http://host:port)."
        )

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.app(scope, receive, send)


def _clock(settings: Settings) -> Clock:
    return PlaybackClock() if settings.market == "replay" else SystemClock()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    if not isinstance(app, ModularFastAPI):
        raise TypeError("the lifespan belongs to a ModularFastAPI")
    context = app.context
    context.database.prepare()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(context.database.close)
        for module in app.modules:
            await stack.enter_async_context(module.lifespan())
        await asyncio.gather(*(module.follow() for module in app.modules))
        context.started.set()
        yield
        await app.close_sockets()
