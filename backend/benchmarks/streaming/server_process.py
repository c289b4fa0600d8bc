"""A server in a process and on a core of its own, and what the operating system says of it."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from benchmarks.streaming.control import Control
from benchmarks.streaming.cores import SERVER_CORE
from benchmarks.streaming.ticks import ROUTE

BACKEND = Path(__file__).parents[2]
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
STOP_SECONDS = 15.0


@dataclass(frozen=True)
class Contender:
    """A kind of server: its name in tables, the module that runs it, and where its WebSocket is."""

    name: str
    module: str
    path: str = "/ws"
    python: str = sys.executable


OURS = Contender("Trading Pro", "benchmarks.streaming.servers.ours", "/api/v1/bench/ws")
BARE = Contender("bare transport.write", "benchmarks.streaming.servers.bare")


class ServerDied(Exception):
    """A server ended by itself; the text is what it said last."""


class ServerProcess:
    """A running server and the page on which it is told what to publish."""

    def __init__(self, contender: Contender, pid: int, port: int, control: Control) -> None:
        self.contender = contender
        self.port = port
        self.control = control
        self._proc = Path("/proc") / str(pid)

    def cpu_seconds(self) -> float:
        """Processor time that the server has used so far."""
        fields = (self._proc / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND

    def delayed_seconds(self) -> float:
        """How long the server was ready to run and another process had its core."""
        return _delayed_seconds(self._proc)

    def resident_bytes(self) -> int:
        """Memory that the server holds now."""
        return int((self._proc / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


class Disturbance:
    """How much others have taken from the server or from the load, since this was made."""

    def __init__(self, server: ServerProcess) -> None:
        self._server = server
        self._begun = time.monotonic()
        self._before = self._now()

    def share(self) -> float:
        """The larger share of the time that has passed."""
        seconds = time.monotonic() - self._begun
        return max(now - before for now, before in zip(self._now(), self._before, strict=True)) / seconds

    def _now(self) -> tuple[float, float]:
        return self._server.delayed_seconds(), _delayed_seconds(Path("/proc/self"))


@contextmanager
def running(
    contender: Contender, topics: int, route: str = ROUTE, send_buffer: int = 0, burst: int = 1
) -> Iterator[ServerProcess]:
    """Run a server that publishes to `topics`; with `send_buffer`, the kernel takes that many bytes a socket.

    When it saturates, a turn of its event loop publishes `burst` rounds.

    Raises ServerDied if it does not start.
    """
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile("w+") as complaints:
        page = Path(folder) / "control"
        control = Control.create(page)
        environment = {
            **os.environ,
            "BENCH_CONTROL": str(page),
            "BENCH_TOPICS": str(topics),
            "BENCH_BURST": str(burst),
            "BENCH_ROUTE": route,
            "BENCH_SEND_BUFFER": str(send_buffer),
            "BENCH_FOLDER": folder,
        }
        with subprocess.Popen(
            [contender.python, "-m", contender.module],
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            cwd=BACKEND,
            env=environment,
        ) as process:
            try:
                os.sched_setaffinity(process.pid, {SERVER_CORE})
                port = _port(contender, process, complaints)
                yield ServerProcess(contender, process.pid, port, control)
            finally:
                _stop(process)


def _port(contender: Contender, process: subprocess.Popen[str], complaints: IO[str]) -> int:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("ready "):
            return int(line.split()[1])
    complaints.seek(0)
    said = complaints.read().strip().splitlines()
    raise ServerDied(f"{contender.name} does not start: {said[-1] if said else 'it said nothing'}")


def _delayed_seconds(process: Path) -> float:
    return int((process / "schedstat").read_text().split()[1]) / 1e9


def _stop(process: subprocess.Popen[str]) -> None:
    process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
