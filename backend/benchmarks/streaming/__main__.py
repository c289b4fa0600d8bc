"""`python -m benchmarks.streaming`: all benches of streams, or some with `--only`."""

import argparse
import sys
from collections.abc import Sequence

from benchmarks.streaming import report
from benchmarks.streaming.bench import Plan
from benchmarks.streaming.benches import BENCHES
from benchmarks.streaming.cores import take_load_core
from benchmarks.streaming.peers import PeersUnavailable, peers
from benchmarks.streaming.server_process import BACKEND, Contender

RESULTS = BACKEND / "benchmarks" / "results"


def main() -> None:
    """Measure round by round, each server in every round, and show the table; a full run is also kept."""
    options = _options()
    chosen, missing = _peers()
    plan = Plan(options.rounds, options.seconds, chosen)
    benches = [bench() for bench in BENCHES if not options.only or bench.name in options.only]
    take_load_core()
    for bench in benches:
        for _ in range(plan.rounds):
            bench.measure(plan)
    print()
    print(report.markdown(benches, plan, missing))
    if not options.only or options.write:
        report.write(RESULTS, benches, plan, missing)


def _peers() -> tuple[Sequence[Contender], str | None]:
    try:
        return peers(), None
    except PeersUnavailable as reason:
        print(f"The peers cannot be installed: {reason}", file=sys.stderr)
        return (), f"they could not be installed ({reason})."


def _options() -> argparse.Namespace:
    names = [bench.name for bench in BENCHES]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.streaming", description=__doc__)
    parser.add_argument("--only", action="append", choices=names, help="measure this bench; may be repeated")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of which the median counts")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one measurement")
    parser.add_argument("--write", action="store_true", help="keep the results of chosen benches as well")
    return parser.parse_args()


if __name__ == "__main__":
    main()
