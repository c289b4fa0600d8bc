"""`python -m benchmarks.engine`: alone and beside nautilus_trader; exit code 1 if a bar is missed."""

import argparse
import sys

from benchmarks.engine import beside_nautilus, contenders, report, throughput
from benchmarks.engine.recordings import DataMissing, folder
from benchmarks.streaming.bench import Row
from benchmarks.streaming.peers import PeersUnavailable
from benchmarks.streaming.server_process import BACKEND

RESULTS = BACKEND / "benchmarks" / "results"


def main() -> int:
    """Measure, show the table and keep it."""
    options = _options()
    try:
        folder()
    except DataMissing as reason:
        print(f"The engine is not measured. {reason}", file=sys.stderr)
        return 0
    rows, missing = [] if options.only == "beside" else throughput.rows(), None
    if options.only != "alone":
        beside, missing = _beside()
        rows += beside
    print()
    print(report.markdown(rows, missing))
    if options.only is None:
        report.write(RESULTS, rows, missing)
    return int(any(row.reached is False for row in rows))


def _beside() -> tuple[list[Row], str | None]:
    try:
        return beside_nautilus.rows(contenders.ours(), contenders.nautilus()), None
    except PeersUnavailable as reason:
        print(f"nautilus_trader cannot be installed: {reason}", file=sys.stderr)
        return [], f"it could not be installed ({reason})."


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=__doc__)
    parser.add_argument("--only", choices=("alone", "beside"), help="measure only this, and keep nothing")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
