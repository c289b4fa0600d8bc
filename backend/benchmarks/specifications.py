"""How long all specifications take, beside FastAPI's own OpenAPI of the same routes in the same run."""

import multiprocessing
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

import trading_api.modules
from trading_api.cli.generate import LAYOUT
from trading_api.shared.codegen.project import specification_files
from trading_api.shared.module_interface import Module, every_version
from trading_api.shared.module_registry import ModuleRegistry

TIMES = 5
AT_MOST_SECONDS = 1.0
MODULES: tuple[type[Module], ...] = ()


def all_specifications() -> None:
    """What `trading-pro generate` writes as documents, made but not written."""
    specification_files(MODULES, LAYOUT)


def openapi_of_fastapi() -> None:
    """The same operations, as FastAPI alone describes them."""
    for module in every_version(MODULES):
        bare = FastAPI(separate_input_output_schemas=False)
        bare.include_router(module.router)
        get_openapi(title=module.name, version="1", routes=bare.routes, separate_input_output_schemas=False)


def seconds(work: Callable[[], object]) -> float:
    """Median time of `work`, each time in a process of its own in which nothing of it has been done."""
    context = multiprocessing.get_context("fork")
    measured = []
    for _ in range(TIMES):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=lambda answer: answer.send(timed(work)), args=(theirs,))
        process.start()
        measured.append(float(ours.recv()))
        process.join()
    return statistics.median(measured)


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> int:
    """Print the times and their ratio; exit code 1 if the specifications take too long."""
    global MODULES  # noqa: PLW0603 - what the forked processes find
    MODULES = ModuleRegistry([trading_api.modules], installed=False).enabled("all")
    routers = [module.router.routes for module in every_version(MODULES)]
    operations = sum(isinstance(route, APIRoute) for routes in routers for route in routes)
    streams = sum(len(module.ws_routes) for module in every_version(MODULES))
    ours, fastapi = seconds(all_specifications), seconds(openapi_of_fastapi)
    command = [str(Path(sys.executable).with_name("trading-pro")), "generate", "--check"]
    whole = [timed(lambda: subprocess.run(command, capture_output=True, check=False)) for _ in range(TIMES)]
    print(f"all specifications of {len(MODULES)} modules: {operations} operations and {streams} streams")
    print(f"{'specifications':20} {ours:6.3f} s   (at most {AT_MOST_SECONDS} s)")
    print(f"{'OpenAPI of FastAPI':20} {fastapi:6.3f} s   ours take {ours / fastapi:.1f} times as long")
    print(f"{'the whole command':20} {statistics.median(whole):6.3f} s   with imports and clients")
    return int(ours > AT_MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
