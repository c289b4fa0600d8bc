"""Both engines as processes: each reads a scenario and writes its outcome."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engine.scenario import Outcome, Scenario
from benchmarks.streaming.peers import environment
from benchmarks.streaming.server_process import BACKEND

REQUIREMENTS = Path(__file__).with_name("nautilus.txt")
MOST_SECONDS = 600.0


class ContenderFailed(Exception):
    """It did not answer; the text is the last that it said."""


@dataclass(frozen=True)
class Contender:
    """An engine with the Python that runs it."""

    name: str
    module: str
    python: str

    def run(self, scenario: Scenario) -> Outcome:
        """What it makes of `scenario`; raises ContenderFailed."""
        with tempfile.TemporaryDirectory() as folder:
            given, answered = Path(folder) / "scenario.json", Path(folder) / "outcome.json"
            scenario.write(given)
            self._run(str(given), str(answered))
            return Outcome.read(answered)

    def _run(self, *arguments: str) -> None:
        command = (self.python, "-m", self.module, *arguments)
        try:
            subprocess.run(
                command,
                cwd=BACKEND,
                env={**os.environ, "PYTHONPATH": self._path()},
                check=True,
                capture_output=True,
                text=True,
                timeout=MOST_SECONDS,
            )
        except subprocess.CalledProcessError as error:
            raise ContenderFailed(
                f"{self.name}: {(error.stderr or error.stdout or '').strip()[-2000:]}"
            ) from error

    def _path(self) -> str:
        return os.pathsep.join((str(BACKEND), str(BACKEND / "src")))


def ours() -> Contender:
    """The engine of this tree."""
    return Contender("Trading Pro", "benchmarks.engine.ours", sys.executable)


def nautilus() -> Contender:
    """nautilus_trader's exchange, installed when first needed; raises PeersUnavailable."""
    python = str(environment(REQUIREMENTS))
    return Contender("nautilus_trader 1.221.0", "benchmarks.engine.nautilus_exchange", python)
