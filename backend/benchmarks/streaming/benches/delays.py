"""Latency at half of our saturation, and what slow clients change in it."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from operator import attrgetter
from typing import Any, Final

from benchmarks.streaming.bench import Bench, Plan, Row, median, median_of_pairs
from benchmarks.streaming.latency import Delays, at_rate, echo
from benchmarks.streaming.server_process import BARE, OURS, Contender
from benchmarks.streaming.slow_clients import Neighbourhood, with_slow_clients
from benchmarks.streaming.throughput import SPARSE, saturate

ECHO: Final = Contender("bare uvloop echo", BARE.module)
AT_MOST_ABOVE_MS = 5.0
AT_MOST_MOVED = 0.10
LEAST_KEPT = 0.98
QUANTILES: Final = {"p50": "p50", "p99": "p99", "p99.9": "p999"}


def half_of_our_saturation(bench: Bench[Any], plan: Plan) -> float | None:
    """Deliveries a second that we can make with ease, measured now; None if that fails."""
    did = bench.attempt(OURS, partial(saturate, OURS, SPARSE, plan.seconds))
    return None if did is None else did.deliveries_a_second / 2


@dataclass
class Latency(Bench[Delays]):
    """From when an update is due until a client has it; the round trip of a bare echo beside it."""

    name = "latency"
    rates: list[float] = field(default_factory=list)

    def measure(self, plan: Plan) -> None:
        rate = half_of_our_saturation(self, plan)
        if rate is None:
            return
        self.rates.append(rate)
        measured = {
            ECHO.name: self.attempt(ECHO, partial(echo, plan.seconds)),
            OURS.name: self.attempt(OURS, partial(at_rate, OURS, rate, plan.seconds)),
            BARE.name: self.attempt(BARE, partial(at_rate, BARE, rate, plan.seconds)),
        }
        self.rounds.append({name: delays for name, delays in measured.items() if delays is not None})

    def rows(self) -> list[Row]:
        return [
            self._row(beside, shown, quantile)
            for beside in (ECHO, BARE)
            for shown, quantile in QUANTILES.items()
        ]

    def _row(self, beside: Contender, shown: str, quantile: str) -> Row:
        judged = beside is ECHO and shown == "p99"
        bar = f"<= {AT_MOST_ABOVE_MS:g} ms above" if judged else "physical limit" if beside is BARE else ""
        did = self.together(OURS.name, beside.name)
        if not did:
            return self.failed_row(beside, bar)
        ours, theirs = did
        value: Callable[[Delays], float] = attrgetter(quantile)
        above = median_of_pairs(ours, theirs, lambda us, them: value(us) - value(them))
        kept = min(each.kept_rate for each in ours)
        figure = f"{shown} at {statistics.median(self.rates):,.0f} deliveries/s"
        return Row(
            self.name,
            figure if kept >= LEAST_KEPT else f"{figure}, {kept:.0%} of it kept",
            f"{median(ours, value):.2f} ms",
            beside.name,
            f"{median(theirs, value):.2f} ms",
            f"{above:+.2f} ms",
            bar,
            above <= AT_MOST_ABOVE_MS and kept >= LEAST_KEPT if judged else None,
        )


@dataclass
class SlowClients(Bench[Neighbourhood]):
    """The p99 of those who read, before and while one in ten does not."""

    name = "slow"

    def measure(self, plan: Plan) -> None:
        rate = half_of_our_saturation(self, plan)
        if rate is None:
            return
        measured = {
            contender.name: self.attempt(contender, partial(with_slow_clients, contender, rate, plan.seconds))
            for contender in (OURS, BARE)
        }
        self.rounds.append({name: moved for name, moved in measured.items() if moved is not None})

    def rows(self) -> list[Row]:
        return [self._row(OURS, f"< {AT_MOST_MOVED:.0%}"), self._row(BARE, "physical limit")]

    def _row(self, contender: Contender, bar: str) -> Row:
        rounds = self.together(contender.name)
        if not rounds:
            return self.failed_row(contender, bar)
        did = rounds[0]
        moved = median(did, lambda each: each.moved)
        before = f"{median(did, lambda each: each.before.p99):.2f} ms"
        during = f"{median(did, lambda each: each.during.p99):.2f} ms"
        closed = median(did, lambda each: each.slow_closed)
        left_out = median(did, lambda each: each.left_out)
        figure = (
            f"p99 of the others ({contender.name}; of {did[0].slow} slow ones {closed:.0f} closed,"
            f" {left_out:.0%} of their updates left out)"
        )
        reached = moved < AT_MOST_MOVED if contender is OURS else None
        return Row(self.name, figure, during, "all read", before, f"{moved:+.0%}", bar, reached)
