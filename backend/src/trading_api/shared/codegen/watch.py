"""Following the sources: what changed, and work in fresh processes that import the changed code.

This file imports nothing of ours that could be broken at the moment, and nothing that takes time. The
processes are forked from one that holds the libraries, so that each imports only our own code.
"""

import gc
import multiprocessing
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from watchfiles import Change, watch

from trading_api.shared.source_places import import_failure

SOURCES = Path(__file__).parents[2]
LIBRARIES = (
    "aiosqlite",
    "alembic.command",
    "fastapi.openapi.utils",
    "fastapi.staticfiles",
    "httpx",
    "numpy",
    "pydantic_settings",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "sqlalchemy.ext.asyncio",
    "structlog",
    "typer",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
    "uvloop",
    "websockets.asyncio.client",
    "zoneinfo",
)
CHECK_EVERY_MS = 500
REGENERATE = "trading_api.cli.generate:regenerate"


class Fault(Exception):
    """What a fresh process could not do; one sentence."""


@dataclass(frozen=True)
class FreshProcess:
    """A function at work in a process of its own; it holds the other end of `connection`."""

    process: multiprocessing.process.BaseProcess
    connection: Connection

    def receive(self) -> Any:
        """What the process says next; Fault if it failed or ended instead."""
        try:
            fault, answer = self.connection.recv()
        except (EOFError, ConnectionError):
            raise Fault("The process ended without an answer.") from None
        if fault:
            raise Fault(fault)
        return answer

    def end(self, within: float = 3) -> None:
        """Hang up, which asks it to end; kill it if it does not within so many seconds."""
        self.connection.close()
        self.process.join(within)
        self.process.kill()
        self.process.join()


class Caller:
    """The end of a FreshProcess: what its function is called with, to answer more than once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def say(self, answer: object) -> None:
        """The next answer."""
        self._connection.send((None, answer))

    def wait_for_word(self) -> None:
        """Until the other end says something; EOFError if it hangs up."""
        self._connection.recv()

    def fileno(self) -> int:
        """Readable once the other end has hung up."""
        return self._connection.fileno()


def start_fresh(function: str, *arguments: Any) -> FreshProcess:
    """Call `package.module:function` in a new process, with a Caller before the `arguments`."""
    context = multiprocessing.get_context("forkserver")
    _hold_libraries()
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(function, theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    return FreshProcess(process, ours)


def regenerate() -> list[str]:
    """Generate everything with the sources as they are now; returns the changed files.

    Raises Fault with the sentence that says what is wrong.
    """
    fresh = start_fresh(REGENERATE)
    try:
        changed: list[str] = fresh.receive()
        return changed
    finally:
        fresh.end()


def source_changes() -> Iterator[set[Path]]:
    """The sources that changed since this call, at each change; twice a second an empty set."""
    changes = watch(
        SOURCES,
        watch_filter=_is_source,
        debounce=200,
        step=20,
        rust_timeout=CHECK_EVERY_MS,
        yield_on_timeout=True,
    )
    next(changes)  # It begins to look only now.
    return ({Path(path) for _, path in changed} for changed in changes)


def main() -> None:
    """`trading-pro generate --watch`: generate now and at each change, until Ctrl-C."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    changes = source_changes()
    with suppress(KeyboardInterrupt):
        _report()
        for changed in changes:
            if changed:
                _report()


def _report() -> None:
    try:
        for path in regenerate():
            sys.stdout.write(f"wrote {path}\n")
        sys.stdout.write("Up to date; waiting for a change (Ctrl-C ends it).\n")
    except Fault as fault:
        sys.stdout.write(f"Nothing was generated: {fault}\n")
    sys.stdout.flush()


def _hold_libraries() -> None:
    """Start the process to fork from, if it does not run yet; Ctrl-C is not for it."""
    forkserver.set_forkserver_preload(list(LIBRARIES))
    present = signal.signal(signal.SIGINT, signal.SIG_IGN)
    forkserver.ensure_running()
    signal.signal(signal.SIGINT, present)


def _is_source(change: Change, path: str) -> bool:
    """Whether people write the file; what is generated would lead in circles."""
    parts = Path(path).relative_to(SOURCES).parts
    generated = any(part.endswith("_generated") for part in parts) or parts[-1].endswith("_client.py")
    return path.endswith(".py") and not generated and "tests" not in parts


def _work(function: str, connection: Connection, *arguments: Any) -> None:
    """In the fresh process: whatever goes wrong is said in a sentence, not in a trace."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    gc.freeze()  # The libraries stay; looking for garbage among them takes a sixth of the time.
    with suppress(KeyboardInterrupt, EOFError, BrokenPipeError):
        try:
            resolve_name(function)(Caller(connection), *arguments)
        except Exception as error:  # noqa: BLE001 - the other end hears of it
            is_sentence = type(error).__name__ == "StartupError"
            connection.send((str(error) if is_sentence else import_failure(error, "trading_api"), None))


if __name__ == "__main__":
    main()
