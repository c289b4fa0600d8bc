"""One application for clients of streams: in this process, or in a process of its own that can be killed."""

import asyncio
from abc import ABC, abstractmethod
from contextlib import AsyncExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.deployments import Server
from trading_api.app_factory import AppFactory, ModularFastAPI
from trading_api.clients.endpoint import Endpoint, Receive, Scope, Send
from trading_api.settings import Settings


class StreamServer(ABC):
    """Runs the simulated market over one data folder, at one address, over any number of lives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @abstractmethod
    def endpoint(self, module: str) -> Endpoint:
        """Where a module is."""

    @abstractmethod
    async def start(self) -> None:
        """Start it and wait until it serves."""

    @abstractmethod
    async def kill(self) -> None:
        """End it at once; nobody says goodbye to anyone."""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.kill()


class OwnProcess(StreamServer):
    """A real server, killed as `kill -9` does."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._server = Server(folder)

    def endpoint(self, module: str) -> Endpoint:
        return Endpoint(f"{self._server.url}/api/v1/{module}")

    async def start(self) -> None:
        await asyncio.to_thread(self._server.start)

    async def kill(self) -> None:
        await asyncio.to_thread(self._server.kill)


class InProcess(StreamServer):
    """The application itself; killing it cuts everything that it serves and starts it afresh later."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._app: ModularFastAPI | None = None
        self._life = AsyncExitStack()
        self._served: set[asyncio.Task[None]] = set()

    def endpoint(self, module: str) -> Endpoint:
        return Endpoint(f"http://localhost/api/v1/{module}", self._serve)

    async def start(self) -> None:
        settings = Settings.model_validate({"data_dir": self.folder, "terminal_dir": self.folder})
        app = AppFactory(installed=False).create(settings)
        await self._life.enter_async_context(app.router.lifespan_context(app))
        self._app = app

    async def kill(self) -> None:
        self._app = None
        for task in self._served:
            task.cancel()
        await self._life.aclose()

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._app is None:
            raise ConnectionError("nobody serves")
        serving = asyncio.create_task(self._app(scope, receive, send), name="served in process")
        self._served.add(serving)
        try:
            await asyncio.wait([serving])
            if serving.cancelled():
                raise ConnectionError("the server was killed")
            serving.result()
        finally:
            self._served.discard(serving)
            serving.cancel()
