"""`make dev` at work on a copy of the checkout, in processes of its own."""

import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.server_process import clean_environment

ROOT = Path(__file__).parents[2]
SAYS_WITHIN_SECONDS = 40
ENDS_WITHIN_SECONDS = 5
MARK = "TRADING_DEV_MARK"
NOT_COPIED = shutil.ignore_patterns(
    "node_modules", "dist", "__pycache__", ".*_cache", "tests", "*.tsbuildinfo"
)


def copy_checkout(folder: Path) -> None:
    """What `make dev` needs, in `folder`; the installed packages are linked."""
    for name in ("backend", "frontend", "scripts"):
        shutil.copytree(ROOT / name, folder / name, ignore=NOT_COPIED)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    (folder / "frontend" / "node_modules").mkdir()
    for package in (ROOT / "frontend" / "node_modules").glob("[!.]*"):
        (folder / "frontend" / "node_modules" / package.name).symlink_to(package)


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class DevProcess:
    """`scripts/dev.py` of the checkout in `folder`; leaves nothing running."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.api_port = free_port()
        self.page_port = free_port()
        self.api = f"http://127.0.0.1:{self.api_port}"
        self.page = f"http://127.0.0.1:{self.page_port}"
        self._mark = uuid.uuid4().hex
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [sys.executable, "scripts/dev.py"],
            cwd=self.folder,
            env=clean_environment(
                PORT=str(self.api_port),
                VITE_PORT=str(self.page_port),
                PYTHONPATH=str(self.folder / "backend" / "src"),
                TRADING_DATA_DIR=str(self.folder / "var"),
                **{MARK: self._mark},
            ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        threading.Thread(target=self._read, args=(self._process,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process is not None
        for left in self.living():
            os.kill(left, signal.SIGKILL)
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def wait_for(self, words: str) -> str:
        """The next line with `words`."""
        end = time.monotonic() + SAYS_WITHIN_SECONDS
        said = []
        while (line := self._next_line(end)) is not None:
            said.append(line)
            if words in line:
                return line
        raise AssertionError(f"it did not say '{words}', but: {''.join(said)}")

    def end(self, *, whole_group: bool) -> int:
        """Press Ctrl-C, or interrupt only the process that was started; returns its exit code."""
        assert self._process is not None
        interrupt = os.killpg if whole_group else os.kill
        interrupt(self._process.pid, signal.SIGINT)
        return self._process.wait(ENDS_WITHIN_SECONDS)

    def wait(self) -> tuple[int, str]:
        """Exit code and output of one that ends by itself."""
        assert self._process is not None
        code = self._process.wait(SAYS_WITHIN_SECONDS)
        return code, "".join(iter(lambda: self._next_line(time.monotonic() + 5) or "", ""))

    def living(self) -> list[int]:
        """Its processes, and all that any of them started."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if f"{MARK}={self._mark}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def _next_line(self, end: float) -> str | None:
        try:
            return self._lines.get(timeout=max(0, end - time.monotonic()))
        except queue.Empty:
            return None

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._lines.put(line)
        self._lines.put(None)
