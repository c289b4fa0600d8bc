"""A real server in a process of its own: started on a free port, killed, started again."""

import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

TRADING_PRO = str(Path(sys.executable).with_name("trading-pro"))
STARTS_WITHIN_SECONDS = 60
ADDRESS = re.compile(r"http://\S+:\d+")


def clean_environment(**variables: str) -> dict[str, str]:
    """The environment without the settings of whoever runs the tests."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TRADING_")}
    ours.pop("ENABLED_MODULES", None)
    return ours | variables


class ServerProcess:
    """`trading-pro serve` with `options` and `variables`, over one data folder; leaves nothing running."""

    def __init__(self, data_dir: Path, *options: str, **variables: str) -> None:
        self._data_dir = data_dir
        self._options = options
        self._variables = variables
        self._process: subprocess.Popen[str] | None = None
        self._listener: threading.Thread | None = None
        self.url = ""
        self.said: list[str] = []
        """All lines that it wrote, over all its lives."""

    def command(self) -> list[str]:
        """What is run."""
        return [TRADING_PRO, "serve", "--port", "0", "--data-dir", str(self._data_dir), *self._options]

    def variables(self) -> dict[str, str]:
        """Settings in its environment."""
        return self._variables

    def start(self) -> None:
        """Start it and wait until it says where it serves."""
        self._process = subprocess.Popen(
            self.command(),
            env=clean_environment(PYTHONUNBUFFERED="1", **self.variables()),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        assert self._process.stdout is not None
        too_slow = threading.Timer(STARTS_WITHIN_SECONDS, self._process.kill)
        too_slow.start()
        before = len(self.said)
        for line in self._process.stdout:
            self.said.append(line)
            if found := ADDRESS.search(line):
                self.url = found[0]
                break
        too_slow.cancel()
        assert len(self.said) > before, "the server ended before it said where it serves"
        assert self.url, "".join(self.said)
        self._listener = threading.Thread(
            target=self.said.extend, args=(self._process.stdout,), name="what it says", daemon=True
        )
        self._listener.start()

    def resident_bytes(self) -> int:
        """Memory that it occupies."""
        assert self._process is not None
        pages = Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def kill(self) -> None:
        """Kill it as `kill -9` does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to stop, as Ctrl-C does; returns the exit code."""
        return self._end(signal.SIGINT)

    def terminate(self) -> int:
        """Ask it to stop, as a service manager does; returns the exit code."""
        return self._end(signal.SIGTERM)

    def _end(self, sent: signal.Signals) -> int:
        assert self._process is not None
        self._process.send_signal(sent)
        code = self._process.wait(20)
        assert self._process.stdout is not None
        assert self._listener is not None
        self._listener.join(20)
        self._process.stdout.close()
        self._process = None
        self.url = ""
        return code

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self.kill()
