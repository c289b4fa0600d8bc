"""One small market, served by all modules in one process or by each module in a process of its own."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from tests.server_process import ServerProcess
from trading_api.modules.datafeed.tests.small_market import MINUTES, OPEN, quote_row, trade_row, write_zip

MINUTE = 60_000
OPENED = 1_380_893_400_000
"""2013-10-04 9:30 in New York, when the recording of SPY begins."""
START = "2013-10-04T13:31:00Z"
START_MS = OPENED + MINUTE
PRICES = (10_000, 10_010, 10_000, 9_950, 9_900, 9_950, 10_000)
"""Around which SPY trades in each minute from 9:30 on, in cents; the server starts a minute later, paused."""


def write_market(folder: Path) -> Path:
    """The recordings."""
    rows = [(OPEN + minute * MINUTE, price) for minute, price in enumerate(PRICES)]
    for kind, row in (("trade", trade_row), ("quote", quote_row)):
        write_zip(folder / MINUTES / f"20131004_{kind}.zip", "".join(row(*each) for each in rows))
    return folder


class Server:
    """One server process that keeps its port over any number of lives."""

    def __init__(
        self,
        folder: Path,
        *options: str,
        variables: Callable[[], dict[str, str]] = dict[str, str],
        process: type[ServerProcess] = ServerProcess,
    ) -> None:
        self._folder = folder
        self._options = options
        self._variables = variables
        self._kind = process
        self._port = 0
        self._process: ServerProcess | None = None

    @property
    def url(self) -> str:
        """Where it is, or was."""
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it serves."""
        self._process = self._kind(
            self._folder, *self._options, "--port", str(self._port), **self._variables()
        )
        self._process.start()
        self._port = urlsplit(self._process.url).port or 0

    def kill(self) -> None:
        """Kill it as `kill -9` does, if it runs."""
        if self._process is not None:
            self._process.kill()
        self._process = None

    def terminate(self) -> int:
        """Ask it to stop, as a service manager does; returns the exit code."""
        assert self._process is not None
        process, self._process = self._process, None
        return process.terminate()


class Deployment(ABC):
    """Servers with which a test talks through the modules' clients; none is left running."""

    def __init__(self, folder: Path) -> None:
        market = write_market(folder / "market")
        replay = f"--market replay --start {START} --speed 1000 --paused".split()
        self._replay = [*replay, "--data", str(market)]

    @property
    @abstractmethod
    def servers(self) -> tuple[Server, ...]:
        """The processes, in the order in which they start."""

    @property
    @abstractmethod
    def datafeed_server(self) -> Server:
        """The process that has the datafeed."""

    @property
    @abstractmethod
    def broker_server(self) -> Server:
        """The process that has the broker."""

    @property
    def datafeed_url(self) -> str:
        """Base URL of the datafeed."""
        return f"{self.datafeed_server.url}/api/v1/datafeed"

    @property
    def broker_url(self) -> str:
        """Base URL of the broker."""
        return f"{self.broker_server.url}/api/v1/broker"

    def __enter__(self) -> Self:
        try:
            for server in self.servers:
                server.start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        for server in self.servers:
            server.kill()


class OneProcess(Deployment):
    """All modules in one process."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._server = Server(folder / "data", *self._replay)

    @property
    def servers(self) -> tuple[Server, ...]:
        return (self._server,)

    @property
    def datafeed_server(self) -> Server:
        return self._server

    @property
    def broker_server(self) -> Server:
        return self._server


class ProcessEach(Deployment):
    """The datafeed in one process, the broker in another, which is told where the datafeed is."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._datafeed = Server(
            folder / "datafeed",
            *self._replay,
            variables=lambda: {"ENABLED_MODULES": "datafeed"},
        )
        self._broker = Server(
            folder / "broker",
            variables=lambda: {
                "ENABLED_MODULES": "broker",
                "TRADING_MODULE_URLS": f"datafeed={self.datafeed_url}",
            },
        )

    @property
    def servers(self) -> tuple[Server, ...]:
        return (self._datafeed, self._broker)

    @property
    def datafeed_server(self) -> Server:
        return self._datafeed

    @property
    def broker_server(self) -> Server:
        return self._broker
