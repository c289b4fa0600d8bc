"""For each rule that the drawn orders keep clear of: the fewest orders that show it."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from benchmarks.differential.cases import Field, bracket, closes, enters, next_quote, resting
from benchmarks.differential.rules import Rule
from benchmarks.engine.scenario import Action, Outcome, Scenario

TRIES = 10_000


@dataclass(frozen=True)
class Stated:
    """A scenario on which both must differ, in this way."""

    scenario: Scenario
    rule: Rule
    holds: Callable[[Outcome, Outcome], bool]


def stated(field: Field) -> list[Stated]:
    """One for each rule."""
    return [_ends_in_time(field), _protected_at_once(field), _one_protection(field)]


def _ends_in_time(field: Field) -> Stated:
    """The first quote after its end would fill the order."""
    draw = random.Random(field.terms.symbol)
    for _ in range(TRIES):
        at = draw.randrange(len(field.quotes) // 2)
        action = resting(draw, field, at, "N0")
        filled = next_quote(field, at, partial(enters, action))
        if filled is not None and filled > at + 1 and _gap(field, filled):
            end = field.quotes[filled - 1].time + 1
            actions = [Action(**{**vars(action), "duration": "gtd", "end": end})]
            holds = partial(_ended, "expired", "filled")
            return Stated(_scenario(field, "the end between two quotes", actions), Rule.ENDS_IN_TIME, holds)
    raise LookupError("no order of this recording ends in time")


def _gap(field: Field, filled: int) -> bool:
    return field.quotes[filled].time > field.quotes[filled - 1].time + 1


def _ended(ours: str, theirs: str, mine: Outcome, other: Outcome) -> bool:
    return mine.endings["N0"].status == ours and other.endings["N0"].status == theirs


def _protected_at_once(field: Field) -> Stated:
    """The quote that fills the order is beyond its stop."""
    draw = random.Random(field.terms.symbol)
    for _ in range(TRIES):
        action = bracket(draw, field, draw.randrange(len(field.quotes) // 2), "N0")
        filled = next_quote(field, action.after + 1, partial(enters, action)) if action.limit else None
        early = filled is not None and next_quote(field, action.after, partial(enters, action)) == filled
        if filled is not None and early and closes(action, field.quotes[filled]):
            name = "a fill beyond the stop"
            return Stated(_scenario(field, name, [action]), Rule.PROTECTED_AT_ONCE, partial(_closed, filled))
    raise LookupError("no order of this recording is filled beyond its stop")


def _closed(filled: int, mine: Outcome, other: Outcome) -> bool:
    """A bracket of ours closes the position with a later quote."""
    rejected = other.endings["N0-stop_loss"].status == "rejected" and len(other.fills) == 1
    _, closing = mine.fills
    return rejected and closing.order.startswith("N0-") and closing.quote > filled


def _one_protection(field: Field) -> Stated:
    """Two protected market orders on one side, before anything closes the first."""
    quote, far = field.quotes[0], field.reach * 1_000
    actions = [
        Action(
            index,
            "place",
            f"N{index}",
            "market",
            qty=f"{2:.{field.terms.qty_digits}f}",
            take_profit=field.price(quote.ask, far + index),
            stop_loss=field.price(quote.ask, -field.reach - index),
        )
        for index in range(2)
    ]
    return Stated(_scenario(field, "two protected orders", actions), Rule.ONE_PROTECTION, _replaced)


def _replaced(mine: Outcome, other: Outcome) -> bool:
    canceled = mine.endings["N0-stop_loss"].status == mine.endings["N0-take_profit"].status == "canceled"
    closing, parts = ([Decimal(fill.qty) for fill in outcome.fills[2:]] for outcome in (mine, other))
    return canceled and closing == [4] and parts == [2, 2]


def _scenario(field: Field, kind: str, actions: list[Action]) -> Scenario:
    return Scenario(f"{field.terms.symbol} {kind}", field.terms, field.quotes, actions, audit=True)
