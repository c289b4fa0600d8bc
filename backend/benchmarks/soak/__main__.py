"""`make soak`: random walks for as many steps as asked for.

The same seed takes the same steps; a failure names the walk, which `--seed WALK --steps 1` takes again.
"""

import argparse
import multiprocessing
import sys
import time

from benchmarks.soak.walking import STEPS_OF_A_WALK, Tally, walked

SAY_AFTER_SECONDS = 30.0
SHOWN = 5


def main() -> int:
    """Walk, report and say whether all invariants held."""
    options = _options()
    started, shown, total = time.monotonic(), time.monotonic(), Tally()
    walks = -(-options.steps // STEPS_OF_A_WALK)
    seeds = range(options.seed, options.seed + walks)
    with multiprocessing.Pool(options.jobs) as pool:
        for tally in pool.imap_unordered(walked, seeds, chunksize=4):
            total.add(tally)
            if time.monotonic() - shown > SAY_AFTER_SECONDS:
                shown = time.monotonic()
                print(f"{total.steps:,} steps, {total.events.total():,} events ...", flush=True)
    _report(total, options.seed, time.monotonic() - started)
    return int(bool(total.failures))


def _report(total: Tally, seed: int, seconds: float) -> None:
    print(f"seed {seed}: {total.steps:,} steps, {total.restarts:,} restarts, {seconds:,.0f} s")
    print(
        f"{total.events.total():,} events: " + ", ".join(f"{n:,} {e}" for e, n in total.events.most_common())
    )
    for failure in total.failures[:SHOWN]:
        print(failure, file=sys.stderr)
    print(
        f"{len(total.failures)} walks failed" if total.failures else "every invariant held after every step"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1, help="of the first walk; each next walk has the next")
    parser.add_argument("--jobs", type=int, default=None, help="processes; default: one a core")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
