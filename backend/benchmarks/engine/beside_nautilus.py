"""The same quotes and orders through our engine and through nautilus_trader's simulated exchange."""

import statistics
from collections.abc import Sequence
from decimal import Decimal

from benchmarks.engine.contenders import Contender
from benchmarks.engine.scenario import Filled, Outcome, Scenario
from benchmarks.engine.scenarios import resting
from benchmarks.streaming.bench import Row

ROUNDS_BY_ORDERS = {0: 5, 100: 5, 1_000: 5, 10_000: 1}
"""With 10,000 orders theirs takes most of a minute."""
OUR_ROUNDS = 5
LEAST_RATIO = 2.0


def rows(us: Contender, them: Contender) -> list[Row]:
    """Measure, and say whether the bars are reached."""
    return [_row(resting(count), rounds, us, them) for count, rounds in ROUNDS_BY_ORDERS.items()]


def _row(scenario: Scenario, rounds: int, us: Contender, them: Contender) -> Row:
    theirs = [them.run(scenario) for _ in range(rounds)]
    ours = [us.run(scenario) for _ in range(OUR_ROUNDS)]
    quotes, same = len(scenario.quotes), same_fills(ours[0], theirs[0])
    our_rate, their_rate = (_rate(quotes, outcomes) for outcomes in (ours, theirs))
    fills = f"{len(ours[0].fills)} fills, {'the same' if same else 'NOT the same'}"
    return Row(
        "beside",
        f"quotes/s, {scenario.name} ({fills})",
        f"{our_rate:,.0f}",
        them.name,
        f"{their_rate:,.0f}",
        f"{our_rate / their_rate:.1f}",
        f">= {LEAST_RATIO:g}, same fills" if scenario.actions else "",
        (our_rate / their_rate >= LEAST_RATIO and same) if scenario.actions else None,
    )


def same_fills(ours: Outcome, theirs: Outcome) -> bool:
    """Whether the same orders filled with the same quantities, at the same prices, in this order."""
    return [_essence(fill) for fill in ours.fills] == [_essence(fill) for fill in theirs.fills]


def _essence(fill: Filled) -> tuple[str, str, Decimal, Decimal, int]:
    return (fill.order, fill.side, Decimal(fill.qty), Decimal(fill.price), fill.quote)


def _rate(quotes: int, outcomes: Sequence[Outcome]) -> float:
    return statistics.median(quotes / outcome.seconds for outcome in outcomes)
