"""Which core is whose: servers have one, the load and everything else of a bench the other."""

import gc
import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]


def take_load_core() -> None:
    """Stay on the core of the load, with as many open files as may be had; servers inherit the latter."""
    os.sched_setaffinity(0, {LOAD_CORE})
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def no_collection() -> Iterator[None]:
    """Keep Python's garbage collector of the load from disturbing what is measured."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()
