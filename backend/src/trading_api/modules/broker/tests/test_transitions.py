"""The life of an order: every pair of status and change, those in the table and all others."""

from itertools import product

import pytest

from trading_api.models.broker.orders import OrderStatus
from trading_api.modules.broker.engine.transitions import (
    FINAL,
    TRANSITIONS,
    IllegalTransition,
    OrderChange,
    advance,
)

RULES = """
placing   | accepted      | working inactive
placing   | rejected      | rejected
inactive  | accepted      | working
inactive  | canceled      | canceled
inactive  | expired       | expired
inactive  | replaced      | inactive
working   | triggered     | working
working   | partly filled | working
working   | filled        | filled
working   | canceled      | canceled
working   | expired       | expired
working   | rejected      | rejected
working   | replaced      | working
"""


def allowed() -> set[tuple[OrderStatus, OrderChange, OrderStatus]]:
    """The rules above as triples."""
    triples = set()
    for line in RULES.strip().splitlines():
        before, change, after = (part.strip() for part in line.split("|"))
        triples |= {(OrderStatus(before), OrderChange(change), OrderStatus(to)) for to in after.split()}
    return triples


@pytest.mark.parametrize(("before", "change", "after"), list(product(OrderStatus, OrderChange, OrderStatus)))
def test_every_triple_is_allowed_or_raises(
    before: OrderStatus, change: OrderChange, after: OrderStatus
) -> None:
    if (before, change, after) in allowed():
        assert advance(before, change, after) is after
    else:
        with pytest.raises(IllegalTransition, match=f"from {before} to {after} by being {change}"):
            advance(before, change, after)


def test_nothing_leads_out_of_a_final_status() -> None:
    assert frozenset({"filled", "canceled", "rejected", "expired"}) == FINAL
    assert not [pair for pair in TRANSITIONS if pair[0] in FINAL]
