"""Idle connections and clients that come back."""

from dataclasses import dataclass
from functools import partial
from typing import Final

from benchmarks.streaming.bench import Bench, Plan, Row, median, median_of_pairs
from benchmarks.streaming.idle import Idle, idle
from benchmarks.streaming.resume import CLIENTS, MISSED, ROUNDS_MEANWHILE, Resumed, resume
from benchmarks.streaming.server_process import BARE, OURS

SIZES: Final = (1_000, 5_000, 10_000)
AT_MOST_ABOVE_BYTES = 20_000


@dataclass
class IdleConnections(Bench[Idle]):
    """Memory of the server's process for each connection, and connections opened in a second."""

    name = "idle"

    def measure(self, plan: Plan) -> None:
        measured = {}
        for size in SIZES:
            for contender in (OURS, BARE):
                did = self.attempt(contender, partial(idle, contender, size))
                if did is not None:
                    measured[f"{contender.name} {size}"] = did
        self.rounds.append(measured)

    def rows(self) -> list[Row]:
        return [row for size in SIZES for row in self._rows(size)]

    def _rows(self, size: int) -> list[Row]:
        bar = f"<= {AT_MOST_ABOVE_BYTES / 1000:g} kB above"
        did = self.together(f"{OURS.name} {size}", f"{BARE.name} {size}")
        if not did:
            return [self.failed_row(BARE, bar)]
        ours, theirs = (median(each, lambda idle: idle.bytes_each / 1000) for each in did)
        above = median_of_pairs(did[0], did[1], lambda us, bare: us.bytes_each - bare.bytes_each)
        rates = [median(each, lambda idle: idle.connects_a_second) for each in did]
        memory = Row(
            self.name,
            f"memory each of {size:,}",
            f"{ours:.1f} kB",
            "bare protocol",
            f"{theirs:.1f} kB",
            f"{above / 1000:+.1f} kB",
            bar,
            above <= AT_MOST_ABOVE_BYTES,
        )
        opened = Row(
            self.name,
            f"connects/s up to {size:,}",
            f"{rates[0]:,.0f}",
            "bare protocol",
            f"{rates[1]:,.0f}",
            f"{rates[0] / rates[1]:.2f}x",
            "physical limit",
        )
        return [memory, opened]


@dataclass
class Resume(Bench[Resumed]):
    """A thousand clients with a journal each, which come back at once while events go on."""

    name = "resume"

    def measure(self, plan: Plan) -> None:
        measured = {
            OURS.name: self.attempt(OURS, partial(resume, OURS, ROUNDS_MEANWHILE)),
            BARE.name: self.attempt(BARE, partial(resume, BARE, 0)),
        }
        self.rounds.append({name: did for name, did in measured.items() if did is not None})

    def rows(self) -> list[Row]:
        bar = f"{CLIENTS:,} recovered, 0 lost, 0 repeated"
        did = self.together(OURS.name, BARE.name)
        if not did:
            return [self.failed_row(BARE, bar)]
        ours, theirs = (median(each, lambda resumed: resumed.seconds) for each in did)
        recovered = min(each.recovered for each in did[0])
        lost, repeated = max(each.lost for each in did[0]), max(each.repeated for each in did[0])
        return [
            Row(
                self.name,
                f"{recovered:,} recovered, {lost} lost, {repeated} repeated; time for {MISSED} events each",
                f"{ours:.2f} s",
                BARE.name,
                f"{theirs:.2f} s",
                f"{ours / theirs:.2f}x",
                bar,
                recovered == CLIENTS and not lost and not repeated,
            )
        ]
