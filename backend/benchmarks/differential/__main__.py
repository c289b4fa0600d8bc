"""`python -m benchmarks.differential`: exit code 1 if both differ in what no stated rule explains."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.differential.cases import fields, scenarios
from benchmarks.differential.compare import Difference, compare
from benchmarks.differential.rules import Rule
from benchmarks.differential.stated import Stated, stated
from benchmarks.engine.contenders import Contender, nautilus, ours
from benchmarks.engine.recordings import DataMissing
from benchmarks.engine.scenario import Scenario
from benchmarks.streaming.peers import PeersUnavailable
from benchmarks.streaming.server_process import BACKEND

RESULT = BACKEND / "benchmarks" / "results" / "differential.md"
SHOWN = 5
NOTES = """
Fills are compared one by one: order, side, quantity, price, the quote that filled them, and their sequence;
then commissions and liquidity, the end of each order and its average price, and after each quote the balance
(with realized profit) and the position with its price. Money agrees within what nautilus_trader's eight
decimals and doubles can hold; ours is exact. It runs with its own `BestPriceFillModel`, which is our
`top-of-book`.

| rule | |
| --- | --- |
""" + "".join(f"| {rule.name} | {rule.value} |\n" for rule in Rule)


@dataclass(frozen=True)
class Verdict:
    """What came of one scenario."""

    name: str
    orders: int
    fills: int
    differences: list[Difference]

    @property
    def unexplained(self) -> list[Difference]:
        """Those that follow from no rule."""
        return [difference for difference in self.differences if difference.rule is None]

    def line(self) -> str:
        """A line of the table."""
        rules = Counter(found.rule.name for found in self.differences if found.rule is not None)
        explained = ", ".join(f"{count} {name}" for name, count in rules.items())
        cells = (self.name, self.orders, self.fills, len(self.differences), explained, len(self.unexplained))
        return "| " + " | ".join(map(str, cells)) + " |"


def main() -> int:
    """Compare, show the table and keep it."""
    options = _options()
    try:
        verdicts = list(_verdicts(ours(), nautilus(), options.only))
    except (DataMissing, PeersUnavailable) as reason:
        print(f"Nothing is compared with nautilus_trader: {reason}", file=sys.stderr)
        return 0
    page = _page(verdicts)
    print(f"\n{page}")
    for verdict in verdicts:
        for difference in verdict.unexplained[:SHOWN]:
            print(f"{verdict.name}: {difference}", file=sys.stderr)
    if options.only is None:
        RESULT.write_text(page, "utf-8")
    return int(any(verdict.unexplained for verdict in verdicts))


def _verdicts(us: Contender, them: Contender, only: str | None) -> Iterable[Verdict]:
    for field in fields():
        for scenario in scenarios(field):
            if only is None or only in scenario.name:
                yield _drawn(scenario, us, them)
        for case in stated(field):
            if only is None or only in case.scenario.name:
                yield _stated(case, us, them)


def _drawn(scenario: Scenario, us: Contender, them: Contender) -> Verdict:
    mine, other = us.run(scenario), them.run(scenario)
    return Verdict(scenario.name, len(scenario.actions), len(mine.fills), compare(scenario, mine, other))


def _stated(case: Stated, us: Contender, them: Contender) -> Verdict:
    """All its differences follow from the rule, if what the rule says is what happens."""
    mine, other = us.run(case.scenario), them.run(case.scenario)
    found = compare(case.scenario, mine, other)
    if case.holds(mine, other):
        found = [Difference(each.what, each.ours, each.theirs, case.rule) for each in found]
    else:
        found.append(Difference(f"{case.rule.name} does not show", mine.fills, other.fills))
    return Verdict(case.scenario.name, len(case.scenario.actions), len(mine.fills), found)


def _page(verdicts: list[Verdict]) -> str:
    head = ("orders over a recording", "actions", "fills", "differences", "by rule", "unexplained")
    lines = ["# Beside nautilus_trader's exchange", "", f"Compared on {datetime.now(UTC):%Y-%m-%d}.", ""]
    lines += ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += [verdict.line() for verdict in verdicts]
    fills, unexplained = (sum(v.fills for v in verdicts), sum(len(v.unexplained) for v in verdicts))
    lines += [f"| **together** | | {fills} | | | {unexplained} |", NOTES]
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.differential", description=__doc__)
    parser.add_argument("--only", help="compare the scenarios with this in their name, and keep nothing")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
