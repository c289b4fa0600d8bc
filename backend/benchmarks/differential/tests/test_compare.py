"""No difference goes by: each figure of an outcome is changed once, and only stated rules excuse."""

from dataclasses import replace

import pytest

from benchmarks.differential.compare import Difference, compare
from benchmarks.differential.rules import Rule
from benchmarks.engine.scenario import Action, Ending, Filled, Money, Outcome, Scenario, Terms

BOUGHT = Filled("A", "buy", "2", "10.00", "0.01", "taker", quote=1)
SOLD = Filled("B", "sell", "1", "10.50", "0.02", "maker", quote=4)
ENDINGS = {"A": Ending("filled", "2", "10.00"), "B": Ending("filled", "1", "10.50"), "C": Ending("working")}
MONEY = [Money(1, "999.99", "2", "10.00"), Money(2, "1000.47", "1", "10.00")]
OUTCOME = Outcome(fills=[BOUGHT, SOLD], endings=ENDINGS, money=MONEY)


def scenario(kind: str = "limit") -> Scenario:
    """The orders A, B and C; the comparison asks only for their types."""
    actions = [Action(0, "place", name, kind) for name in "ABC"]
    return Scenario("three orders", Terms("STK", 2, 0), [], actions)


def unexplained(found: list[Difference]) -> list[str]:
    """What is not explained, without the figures."""
    return [difference.what for difference in found if difference.rule is None]


def test_equal_outcomes_do_not_differ() -> None:
    assert compare(scenario(), OUTCOME, OUTCOME) == []


@pytest.mark.parametrize(
    ("changed", "seen"),
    [
        (replace(SOLD, price="10.51"), ["fills at quote 4"]),
        (replace(SOLD, qty="2"), ["fills at quote 4"]),
        (replace(SOLD, side="buy"), ["fills at quote 4"]),
        (replace(SOLD, quote=5), ["fills at quote 4", "fills at quote 5"]),
        (replace(SOLD, commission="0.0200001"), ["commission of B"]),
        (replace(SOLD, liquidity="taker"), ["liquidity of B"]),
    ],
)
def test_every_figure_of_a_fill_counts(changed: Filled, seen: list[str]) -> None:
    assert unexplained(compare(scenario(), replace(OUTCOME, fills=[BOUGHT, changed]), OUTCOME)) == seen


@pytest.mark.parametrize(
    ("changed", "seen"),
    [
        (Ending("working", "1", "10.50"), "state of B"),
        (Ending("filled", "2", "10.50"), "filled quantity of B"),
        (Ending("filled", "1", "10.5000001"), "average price of B"),
    ],
)
def test_every_figure_of_an_ending_counts(changed: Ending, seen: str) -> None:
    assert unexplained(compare(scenario(), replace(OUTCOME, endings=ENDINGS | {"B": changed}), OUTCOME)) == [
        seen
    ]


@pytest.mark.parametrize(
    ("changed", "seen"),
    [
        (Money(2, "1000.4700001", "1", "10.00"), "money after 2 fills"),
        (Money(2, "1000.47", "2", "10.00"), "position after 2 fills"),
        (Money(2, "1000.47", "1", "10.0000001"), "money after 2 fills"),
    ],
)
def test_every_figure_of_the_account_counts(changed: Money, seen: str) -> None:
    assert unexplained(compare(scenario(), replace(OUTCOME, money=[MONEY[0], changed]), OUTCOME)) == [seen]


def test_a_missing_fill_is_seen() -> None:
    without = Outcome(fills=[BOUGHT], endings=ENDINGS, money=MONEY[:1])
    assert unexplained(compare(scenario(), without, OUTCOME)) == [
        "fills at quote 4",
        "position after 2 fills",
    ]


def test_only_stops_may_fill_in_another_order_on_one_quote() -> None:
    together = [BOUGHT, replace(SOLD, quote=1)]
    one, other = replace(OUTCOME, fills=together), replace(OUTCOME, fills=together[::-1])
    assert unexplained(compare(scenario("limit"), one, other)) == ["fills at quote 1"]
    assert [difference.rule for difference in compare(scenario("stop"), one, other)] == [Rule.SAME_QUOTE]


def test_another_order_of_fills_excuses_what_is_realized_but_not_what_is_worth() -> None:
    together = [BOUGHT, replace(SOLD, quote=1)]
    one = Outcome(fills=together, money=[Money(2, "1000.00", "2", "10.00")])
    realized = Outcome(fills=together[::-1], money=[Money(2, "1001.00", "2", "10.50")])
    richer = Outcome(fills=together[::-1], money=[Money(2, "1002.00", "2", "10.50")])
    assert unexplained(compare(scenario("stop"), one, realized)) == []
    assert unexplained(compare(scenario("stop"), one, richer)) == ["money after 2 fills"]
