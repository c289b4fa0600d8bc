"""What all benches of streams share: rounds, medians, and the rows of the table that they end in."""

import dataclasses
import statistics
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

import uvloop

from benchmarks.streaming.client import LoadError
from benchmarks.streaming.server_process import OURS, Contender, ServerDied
from benchmarks.streaming.wire import WireError

Measured = TypeVar("Measured")
Other = TypeVar("Other")
FAILURES = (LoadError, ServerDied, WireError, TimeoutError, OSError)


@dataclass(frozen=True)
class Plan:
    """How thoroughly to measure, and beside whom."""

    rounds: int
    seconds: float
    peers: Sequence[Contender]


@dataclass(frozen=True)
class Row:
    """One line of the table; `ratio` is what the bar is about, whatever it is a ratio or difference of."""

    bench: str
    figure: str
    ours: str
    beside: str
    theirs: str
    ratio: str
    bar: str = ""
    reached: bool | None = None


@dataclass
class Bench(ABC, Generic[Measured]):
    """Measures round by round; a server that fails is noted and left out from then on."""

    name: ClassVar[str]
    rounds: list[dict[str, Measured]] = field(default_factory=list)
    """What each server did, by its name."""
    faults: dict[str, str] = field(default_factory=dict)
    disturbed: float = 0.0
    """The largest share of a measurement in which another process had a core that was needed."""

    @abstractmethod
    def measure(self, plan: Plan) -> None:
        """Measure one round."""

    @abstractmethod
    def rows(self) -> list[Row]:
        """The table of the medians of all rounds."""

    def raw(self) -> dict[str, Any]:
        """Everything that was measured, ready for JSON."""
        return {
            "rounds": [_plain(each) for each in self.rounds],
            "faults": self.faults,
            "disturbed": self.disturbed,
        }

    def attempt(
        self, contender: Contender, measuring: Callable[[], Coroutine[Any, Any, Other]]
    ) -> Other | None:
        """Measure one server; None if it fails, or has failed before."""
        if contender.name in self.faults:
            return None
        print(f"{self.name:8} {contender.name:24}", end="", flush=True)
        try:
            measured = uvloop.run(measuring())
        except FAILURES as failure:
            self.faults[contender.name] = f"{type(failure).__name__}: {failure}"
            print(self.faults[contender.name], flush=True)
            return None
        self.disturbed = max(self.disturbed, _disturbed(measured))
        print(measured, flush=True)
        return measured

    def failed_row(self, contender: Contender, bar: str) -> Row:
        """What the table says of a server that could not be measured."""
        fault = self.faults.get(contender.name) or self.faults.get(OURS.name, "not measured")
        missed = False if OURS.name in self.faults else None
        return Row(self.name, "not measured", "", contender.name, fault, "", bar, missed)

    def together(self, *names: str) -> list[list[Measured]]:
        """What each of these did, in the rounds in which all of them were measured; empty if in none."""
        complete = [each for each in self.rounds if all(name in each for name in names)]
        return [[each[name] for each in complete] for name in names] if complete else []


def median(did: Iterable[Other], figure: Callable[[Other], float]) -> float:
    """The median over the rounds of one figure."""
    return statistics.median(map(figure, did))


def median_of_pairs(
    ours: Iterable[Other], theirs: Iterable[Other], figure: Callable[[Other, Other], float]
) -> float:
    """The median over the rounds of what two servers did in the same round."""
    return statistics.median(map(figure, ours, theirs))


def _disturbed(measured: object) -> float:
    if not dataclasses.is_dataclass(measured):
        return 0.0
    parts = [getattr(measured, part.name) for part in dataclasses.fields(measured)]
    return max([getattr(measured, "disturbed", 0.0), *map(_disturbed, parts)])


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.asdict(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
