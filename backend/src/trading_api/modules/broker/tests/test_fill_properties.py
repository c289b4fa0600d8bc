"""The invariants of the trading rules, on random walks with every fill model and all that worsens it."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from trading_api.models.broker.accounts import FillModelKind
from trading_api.modules.broker.engine import fold
from trading_api.modules.broker.engine.codec import EVENT
from trading_api.modules.broker.engine.terms import AccountTerms, FillTerms
from trading_api.modules.broker.tests.engine_cases import opened
from trading_api.modules.broker.tests.engine_walks import Step, Walk, finer_steps
from trading_api.modules.broker.tests.fill_rules import FillRules

fill_terms = st.builds(
    FillTerms,
    st.sampled_from(FillModelKind),
    st.booleans(),
    st.sampled_from([Decimal(0), Decimal(1), Decimal("2.5")]),
    st.sampled_from([Decimal(0), Decimal(3)]),
    st.sampled_from([0, 0, 1, 500]),
    st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1)]),
    st.integers(0, 3),
)
terms = st.builds(AccountTerms, fills=fill_terms, allow_immediate_stops=st.booleans())
walks = st.lists(finer_steps, min_size=20, max_size=60)


@settings(deadline=None, max_examples=100)
@given(terms, walks)
def test_invariants_hold_after_every_event_of_every_fill_model(
    account: AccountTerms, steps: list[Step]
) -> None:
    walk, rules = Walk(account), FillRules(account.fills)
    for step in steps:
        told = len(walk.desk.events)
        walk.take(step)
        walk.check_at_rest()
        rules.check(walk.desk.events[told:], walk.desk.state)


@settings(deadline=None, max_examples=30)
@given(terms, walks)
def test_every_fill_model_gives_the_same_bytes_again_and_a_journal_that_gives_the_state(
    account: AccountTerms, steps: list[Step]
) -> None:
    written = []
    for _ in range(2):
        walk = Walk(account)
        for step in steps:
            walk.take(step)
        written.append([EVENT.write(event) for event in walk.desk.events])
    assert written[0] == written[1]
    state = fold(opened(terms=account), [EVENT.read(text) for text in written[0]])
    assert state == walk.desk.state
