"""The invariants of the trading rules on walks that stay near the market, and the same after a restart."""

from dataclasses import replace
from random import Random

import pytest
from immutables import Map

from trading_api.modules.broker.engine import AccountState
from trading_api.modules.broker.engine.codec import EVENT
from trading_api.modules.broker.engine.evolve import restored
from trading_api.modules.broker.tests.dense_walks import any_terms, dense_step
from trading_api.modules.broker.tests.engine_walks import Walk

STEPS = 120


@pytest.mark.parametrize("seed", range(40))
def test_invariants_hold_near_the_market(seed: int) -> None:
    random = Random(seed)
    walk = Walk(any_terms(random))
    for _ in range(STEPS):
        walk.take(dense_step(random, walk))
        walk.check_at_rest()


@pytest.mark.parametrize("seed", range(20))
def test_an_account_goes_on_after_a_restart_as_if_there_had_been_none(seed: int) -> None:
    random = Random(1000 + seed)
    terms = any_terms(random)
    through, restarted = Walk(terms), Walk(terms)
    for _ in range(STEPS):
        step = dense_step(random, through)
        through.take(step)
        restarted.take(step)
        restarted.desk.state = restarted.checked = read_back(restarted.desk.state)
    written = [[EVENT.write(event) for event in walk.desk.events] for walk in (through, restarted)]
    assert written[0] == written[1]


def read_back(state: AccountState) -> AccountState:
    """The state made anew of its entities, which come in any order."""
    head = replace(state, orders=Map(), positions=Map(), client_order_ids=Map(), books=Map(), children=Map())
    orders, positions = state.open_orders[::-1], state.open_positions[::-1]
    return restored(head, orders, positions, dict(state.client_order_ids))
