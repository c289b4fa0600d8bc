"""Sparse and dense: deliveries a second beside the peers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

from benchmarks.streaming.bench import Bench, Plan, Row, median, median_of_pairs
from benchmarks.streaming.peers import FASTWS, SOCKETIFY, WEBSOCKETS
from benchmarks.streaming.server_process import BARE, OURS, Contender
from benchmarks.streaming.throughput import DENSE, SINGLE, SPARSE, Saturation, Scene, saturate


@dataclass
class SaturationBench(Bench[Saturation]):
    """Every server publishes the same as fast as it can."""

    scene: ClassVar[Scene]
    bars: ClassVar[Mapping[str, float]]
    _contenders: list[Contender] = field(default_factory=list)

    def measure(self, plan: Plan) -> None:
        self._contenders = [*plan.peers, BARE]
        measured = {}
        for contender in _rotated([OURS, *self._contenders], len(self.rounds)):
            did = self.attempt(contender, partial(saturate, contender, self.scene, plan.seconds))
            if did is not None:
                measured[contender.name] = did
        self.rounds.append(measured)

    def rows(self) -> list[Row]:
        return [self._row(contender) for contender in self._contenders]

    def _row(self, contender: Contender) -> Row:
        least = self.bars.get(contender.name)
        bar = "physical limit" if contender is BARE else "" if least is None else f">= {least:g}x"
        did = self.together(OURS.name, contender.name)
        if not did:
            return self.failed_row(contender, bar)
        ours, theirs = did
        ratio = median_of_pairs(
            ours, theirs, lambda us, them: us.deliveries_a_second / them.deliveries_a_second
        )
        return Row(
            self.name,
            "deliveries/s",
            _said(ours),
            contender.name,
            _said(theirs),
            f"{ratio:.2f}x",
            bar,
            None if least is None else ratio >= least,
        )


class Sparse(SaturationBench):
    """500 clients with 20 of 500 topics each."""

    name = "sparse"
    scene = SPARSE
    bars: ClassVar[Mapping[str, float]] = {FASTWS: 15, SOCKETIFY: 3, WEBSOCKETS: 5}


class Dense(SaturationBench):
    """100 clients with the same topic, of which each turn brings 50 updates."""

    name = "dense"
    scene = DENSE
    bars: ClassVar[Mapping[str, float]] = {FASTWS: 2.5, SOCKETIFY: 1}


class Single(Dense):
    """The same, where no turn brings more than one update, so that a turn has nothing to join."""

    name = "single"
    scene = SINGLE


def _rotated(contenders: list[Contender], by: int) -> list[Contender]:
    """Another one first in every round, so that none always has the warmest or the coldest machine."""
    first = by % len(contenders)
    return contenders[first:] + contenders[:first]


def _said(did: Sequence[Saturation]) -> str:
    missing = max(each.missing for each in did)
    text = (
        f"{median(did, lambda each: each.deliveries_a_second):,.0f}"
        f" ({median(did, lambda each: each.server_microseconds):.2f} µs each)"
    )
    if any(each.bound_by_load for each in did):
        text = f">= {text}, bound by the load"
    return f"{text}, {missing:,} missing" if missing else text
