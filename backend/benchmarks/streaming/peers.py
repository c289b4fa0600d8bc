"""The peers' own environment: made when first needed, kept in `var/`, never mixed with the server's."""

import hashlib
import subprocess
import sys
from pathlib import Path

from benchmarks.streaming.server_process import BACKEND, Contender

REQUIREMENTS = Path(__file__).with_name("peers.txt")
INSTALL_SECONDS = 600.0

FASTWS, SOCKETIFY, WEBSOCKETS = "FastWS 0.1.7", "socketify (uWebSockets)", "websockets broadcast"
MODULES = {FASTWS: "fastws_server", SOCKETIFY: "socketify_server", WEBSOCKETS: "websockets_server"}


class PeersUnavailable(Exception):
    """The peers cannot be installed here."""


def peers() -> list[Contender]:
    """The servers to compare with. Raises PeersUnavailable."""
    python = environment(REQUIREMENTS)
    return [
        Contender(name, f"benchmarks.streaming.servers.{module}", python=str(python))
        for name, module in MODULES.items()
    ]


def environment(requirements: Path) -> Path:
    """Python of an environment with exactly these packages. Raises PeersUnavailable."""
    version = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = BACKEND.parent / "var" / "bench-peers" / version
    python, complete = folder / "bin" / "python", folder / ".complete"
    if not complete.exists():
        uv = str(Path(sys.executable).with_name("uv"))
        print("Installing the peers in an environment of their own ...", flush=True)
        _run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder))
        _run(uv, "pip", "install", "--quiet", "--python", str(python), "-r", str(requirements))
        complete.touch()
    return python


def _run(*command: str) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    except subprocess.CalledProcessError as error:
        said = (error.stderr or "").strip().splitlines()
        raise PeersUnavailable(said[-1].strip() if said else f"uv ended with {error.returncode}") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeersUnavailable(f"uv does not run: {error}") from error
