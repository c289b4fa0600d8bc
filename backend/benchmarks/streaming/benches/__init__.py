"""The benches of streams, in the order of the table."""

from typing import Any

from benchmarks.streaming.bench import Bench
from benchmarks.streaming.benches.connections import IdleConnections, Resume
from benchmarks.streaming.benches.delays import Latency, SlowClients
from benchmarks.streaming.benches.growth import Growth
from benchmarks.streaming.benches.saturation import Dense, Single, Sparse

BENCHES: tuple[type[Bench[Any]], ...] = (
    Sparse,
    Dense,
    Single,
    Latency,
    IdleConnections,
    Resume,
    Growth,
    SlowClients,
)
