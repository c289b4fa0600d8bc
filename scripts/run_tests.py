"""Run every test runner, even after one failed, and end with their closing lines side by side."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv" / "bin"


@dataclass(frozen=True)
class Runner:
    """One test runner: where it runs, and its command."""

    folder: Path
    command: tuple[str, ...]


RUNNERS = (
    Runner(ROOT / "backend", (str(VENV / "pytest"), "-q", "-n", "auto")),
    Runner(ROOT, ("npm", "test", "--silent", "-w", "frontend")),
    Runner(ROOT, ("npm", "test", "--silent", "-w", "e2e")),
)


CLOSING = re.compile(
    r"[\s=]*(\d+ (passed|failed|skipped|flaky|errors?|did not run|interrupted)|Test Files|Tests)\b"
)


def run(runner: Runner) -> tuple[int, list[str]]:
    """Run to the end, showing the output as it comes; returns the exit code and the closing lines."""
    print(f"\n$ {' '.join(runner.command)}", flush=True)
    lines: list[str] = []
    environment = {**os.environ, "NO_COLOR": "1"}
    with subprocess.Popen(
        runner.command,
        cwd=runner.folder,
        env=environment,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line.rstrip())
    return process.returncode, [line for line in lines[-30:] if CLOSING.match(line)]


def main() -> int:
    """Exit code 0 only if every runner had it."""
    results = [run(runner) for runner in RUNNERS]
    print()
    for _, closing in results:
        print("\n".join(closing))
    return int(any(code for code, _ in results))


if __name__ == "__main__":
    sys.exit(main())
