"""Writing whole files or none, and taking turns at it."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trading_api.modules.datafeed.store.errors import StoreProblem

DRAFT_SUFFIX = ".draft"
"""Of a file that is not finished; whoever writes next removes it."""
LOCK_FILE = ".lock"
LONGEST_WAIT_SECONDS = 120.0
_LOOK_AGAIN_SECONDS = 0.05


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(path: Path, content: bytes) -> None:
    """`path` holds `content` afterwards, whatever happens meanwhile it holds all of it or what it held."""
    draft = path.with_name(path.name + DRAFT_SUFFIX)
    draft.write_bytes(content)
    sync(draft)
    os.replace(draft, path)
    sync(path.parent)


@contextmanager
def write_turn(root: Path, wait_seconds: float = LONGEST_WAIT_SECONDS) -> Iterator[None]:
    """Nobody else writes to the store meanwhile; raises StoreProblem when somebody does for too long."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(root / LOCK_FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreProblem(root, f"cannot be written ({error.strerror})") from error
    try:
        _lock(descriptor, root, time.monotonic() + wait_seconds)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, root: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise StoreProblem(root, "somebody else has been writing to it for too long") from error
            time.sleep(_LOOK_AGAIN_SECONDS)
        else:
            return
