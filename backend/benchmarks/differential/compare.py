"""What two outcomes of one scenario differ in, and the rule that a difference follows from."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from benchmarks.differential.rules import Rule
from benchmarks.engine.scenario import Filled, Money, Outcome, Scenario

MONEY_STEP = Decimal("1E-8")
"""nautilus_trader keeps money to the digits of its currency, which here are eight; ours is exact.

A commission and a realized profit are rounded at each fill, so balances may be two steps apart for each.
"""
DOUBLE = Decimal("1E-12")
"""Its average prices are doubles; ours are exact decimals."""
STOPS = frozenset({"stop", "stop_limit", "trailing_stop"})


@dataclass(frozen=True)
class Difference:
    """What is different; with a `rule` it follows from what we state, without one it is not explained."""

    what: str
    ours: object
    theirs: object
    rule: Rule | None = None

    def __str__(self) -> str:
        return f"{self.what}: ours {self.ours}, theirs {self.theirs}"


def compare(scenario: Scenario, ours: Outcome, theirs: Outcome) -> list[Difference]:
    """Every difference in fills and their order, fees, order states, averages, balances and positions."""
    sequence = list(_sequence(scenario, ours, theirs))
    reordered = any(difference.rule is Rule.SAME_QUOTE for difference in sequence)
    return [*sequence, *_fees(ours, theirs), *_endings(ours, theirs), *_money(ours, theirs, reordered)]


def _sequence(scenario: Scenario, ours: Outcome, theirs: Outcome) -> Iterator[Difference]:
    stops = {a.name for a in scenario.actions if a.type in STOPS}
    our_quotes, their_quotes = _by_quote(ours), _by_quote(theirs)
    for quote in sorted(our_quotes.keys() | their_quotes.keys()):
        mine, other = our_quotes[quote], their_quotes[quote]
        if mine != other:
            reordered = sorted(mine) == sorted(other) and any(fill[0] in stops for fill in mine)
            yield Difference(f"fills at quote {quote}", mine, other, Rule.SAME_QUOTE if reordered else None)


def _by_quote(outcome: Outcome) -> dict[int, list[tuple[str, str, Decimal, Decimal]]]:
    found: defaultdict[int, list[tuple[str, str, Decimal, Decimal]]] = defaultdict(list)
    for fill in outcome.fills:
        found[fill.quote].append((fill.order, fill.side, Decimal(fill.qty), Decimal(fill.price)))
    return found


def _fees(ours: Outcome, theirs: Outcome) -> Iterator[Difference]:
    mine, other = _by_order(ours), _by_order(theirs)
    for order in sorted(mine.keys() & other.keys()):
        paid, charged = _paid(mine[order]), _paid(other[order])
        if abs(paid - charged) > MONEY_STEP * len(other[order]):
            yield Difference(f"commission of {order}", paid, charged)
        made, taken = ([fill.liquidity for fill in fills[order]] for fills in (mine, other))
        if made != taken:
            yield Difference(f"liquidity of {order}", made, taken)


def _paid(fills: list[Filled]) -> Decimal:
    return sum((Decimal(fill.commission) for fill in fills), Decimal())


def _by_order(outcome: Outcome) -> dict[str, list[Filled]]:
    found: defaultdict[str, list[Filled]] = defaultdict(list)
    for fill in outcome.fills:
        found[fill.order].append(fill)
    return found


def _endings(ours: Outcome, theirs: Outcome) -> Iterator[Difference]:
    for order in sorted(ours.endings.keys() | theirs.endings.keys()):
        mine, other = ours.endings.get(order), theirs.endings.get(order)
        if mine is None or other is None or mine.status != other.status:
            yield Difference(f"state of {order}", mine and mine.status, other and other.status)
        elif Decimal(mine.filled_qty) != Decimal(other.filled_qty):
            yield Difference(f"filled quantity of {order}", mine.filled_qty, other.filled_qty)
        elif Decimal(mine.filled_qty) and not _alike(mine.avg_price, other.avg_price):
            yield Difference(f"average price of {order}", mine.avg_price, other.avg_price)


def _money(ours: Outcome, theirs: Outcome, reordered: bool) -> Iterator[Difference]:
    mine, other = ({money.fills: money for money in outcome.money} for outcome in (ours, theirs))
    for fills in sorted(mine.keys() | other.keys()):
        at, beside = mine.get(fills), other.get(fills)
        if at is None or beside is None or Decimal(at.position) != Decimal(beside.position):
            yield Difference(f"position after {fills} fills", at, beside)
            continue
        step = 2 * fills * MONEY_STEP
        if abs(Decimal(at.balance) - Decimal(beside.balance)) <= step and _alike(
            at.avg_price, beside.avg_price
        ):
            continue
        same_worth = abs(_worth(at) - _worth(beside)) <= step + DOUBLE * abs(_worth(at))
        rule = Rule.SAME_QUOTE if reordered and same_worth else None
        yield Difference(f"money after {fills} fills", at, beside, rule)


def _worth(money: Money) -> Decimal:
    """What is left when the price is taken out of equity: the same in whatever order fills are booked."""
    return Decimal(money.balance) - Decimal(money.position) * Decimal(money.avg_price)


def _alike(mine: str | None, other: str | None) -> bool:
    one, two = Decimal(mine or 0), Decimal(other or 0)
    return abs(one - two) <= DOUBLE * abs(one)
