"""How many quotes a second the engine takes, and what a quote costs that concerns nothing."""

import gc
import statistics
from dataclasses import dataclass

from benchmarks.engine.ours import Desk, quote_of
from benchmarks.engine.scenario import Scenario
from benchmarks.engine.scenarios import resting
from benchmarks.streaming.bench import Row

ROUNDS = 5
ORDERS, FEW, MANY = 10_000, 10, 100_000
LEAST_A_SECOND = 200_000
MOST_GROWTH = 1.5


@dataclass(frozen=True)
class Measured:
    """Quotes a second of processor time, round by round, and the executions of a round."""

    rates: list[float]
    fills: int

    @property
    def rate(self) -> float:
        """The median."""
        return statistics.median(self.rates)


def measure(scenario: Scenario) -> Measured:
    """The whole recording, again and again from the state in which every order rests."""
    desk = Desk(scenario)
    ticks = [quote_of(scenario.terms.symbol, quote) for quote in scenario.quotes]
    (placing, actions), (rest, _) = scenario.segments()
    desk.see(ticks, placing)
    for action in actions:
        desk.act(action, placing.stop - 1)
    rested, rates = desk.book.state, []
    gc.collect()
    gc.freeze()
    for _ in range(ROUNDS):
        desk.begin(rested)
        rates.append(len(rest) / desk.see(ticks, rest))
    gc.unfreeze()
    return Measured(rates, len(desk.outcome.fills) // ROUNDS)


def rows() -> list[Row]:
    """Measure, and say whether the bars are reached."""
    busy = measure(resting(ORDERS))
    few, many = (measure(resting(count, trading_share=0)) for count in (FEW, MANY))
    growth = few.rate / many.rate
    return [
        Row(
            "engine",
            f"quotes/s, {ORDERS:,} resting limits of which {busy.fills} trade",
            f"{busy.rate:,.0f}",
            "",
            "",
            "",
            f">= {LEAST_A_SECOND:,}",
            busy.rate >= LEAST_A_SECOND,
        ),
        Row(
            "engine",
            f"a quote that crosses nothing, {MANY:,} resting limits",
            f"{1e6 / many.rate:.2f} µs",
            f"{FEW} resting limits",
            f"{1e6 / few.rate:.2f} µs",
            f"{growth:.2f}",
            f"<= {MOST_GROWTH}",
            growth <= MOST_GROWTH,
        ),
    ]
