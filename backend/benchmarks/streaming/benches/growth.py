"""Cost of a delivery from a hundred clients to ten thousand."""

from dataclasses import dataclass
from functools import partial

from benchmarks.streaming.bench import Bench, Plan, Row, median
from benchmarks.streaming.growth import SIZES, grow
from benchmarks.streaming.server_process import BARE, OURS, Contender
from benchmarks.streaming.throughput import Saturation

AT_MOST = 1.5


@dataclass
class Growth(Bench[Saturation]):
    """Processor time of the server for a delivery, beside that with the fewest clients."""

    name = "growth"

    def measure(self, plan: Plan) -> None:
        measured = {}
        for contender in (OURS, BARE):
            for size in SIZES:
                did = self.attempt(contender, partial(grow, contender, size, plan.seconds))
                if did is not None:
                    measured[f"{contender.name} {size}"] = did
        self.rounds.append(measured)

    def rows(self) -> list[Row]:
        return [row for contender in (OURS, BARE) for row in self._rows(contender)]

    def _rows(self, contender: Contender) -> list[Row]:
        bar = f"<= {AT_MOST}x" if contender is OURS else "physical limit"
        did = self.together(*(f"{contender.name} {size}" for size in SIZES))
        if not did:
            return [self.failed_row(contender, bar)]
        costs = [median(each, lambda run: run.server_microseconds) for each in did]
        return [
            Row(
                self.name,
                f"µs a delivery with {size:,} clients ({contender.name})",
                f"{cost:.2f}",
                f"{SIZES[0]:,} clients",
                f"{costs[0]:.2f}",
                f"{cost / costs[0]:.2f}x",
                bar,
                cost / costs[0] <= AT_MOST if contender is OURS else None,
            )
            for size, cost in zip(SIZES[1:], costs[1:], strict=True)
        ]
