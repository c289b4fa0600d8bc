"""The machine that was measured on, and the versions of what was measured."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

from benchmarks.streaming.cores import CORES, LOAD_CORE, SERVER_CORE
from benchmarks.streaming.peers import REQUIREMENTS

OUR_PACKAGES = ("uvicorn", "uvloop", "websockets", "starlette", "fastapi", "pydantic")
PEER_PACKAGES = ("fastws", "fastapi", "socketify", "websockets", "uvicorn", "uvloop")


def described() -> dict[str, str]:
    """What a reader needs to know to compare figures; only ratios travel between machines."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return {
        "processor": processor(),
        "cores": f"{len(CORES)}; the server on {SERVER_CORE}, the load on {LOAD_CORE}",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": ", ".join(f"{name} {version(name)}" for name in OUR_PACKAGES),
        "packages of the peers": ", ".join(_peer_packages()),
    }


def processor() -> str:
    """Its model."""
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()


def _peer_packages() -> list[str]:
    pinned = dict(line.split("==") for line in REQUIREMENTS.read_text().splitlines() if "==" in line)
    return [f"{name} {pinned[name]}" for name in PEER_PACKAGES]
