"""The invariants of the trading rules, on random walks."""

from hypothesis import given, settings
from hypothesis import strategies as st

from trading_api.models.broker.accounts import PositionMode
from trading_api.modules.broker.engine import AccountState, fold
from trading_api.modules.broker.engine.codec import EVENT, EXECUTION, ORDER, POSITION, write_parts
from trading_api.modules.broker.engine.events import ORDER_EVENTS, ExecutionRecorded, PositionChanged
from trading_api.modules.broker.engine.terms import AccountTerms
from trading_api.modules.broker.tests.engine_cases import opened
from trading_api.modules.broker.tests.engine_walks import Step, Walk, walks, walks_on_terms

walking = settings(deadline=None, max_examples=150)


def walked(steps: list[Step]) -> Walk:
    """A walk that has taken `steps`."""
    walk = Walk()
    for step in steps:
        walk.take(step)
    return walk


@walking
@given(walks)
def test_invariants_hold_after_every_event(steps: list[Step]) -> None:
    walk = Walk()
    for step in steps:
        walk.take(step)
        walk.check_at_rest()


@walking
@given(walks)
def test_they_hold_in_accounts_that_hedge(steps: list[Step]) -> None:
    walk = Walk(AccountTerms(position_mode=PositionMode.HEDGING))
    for step in steps:
        walk.take(step)
        walk.check_at_rest()


@walking
@given(walks_on_terms, st.sampled_from(PositionMode))
def test_they_hold_while_terms_change(steps: list[Step], mode: PositionMode) -> None:
    walk = Walk(AccountTerms(position_mode=mode))
    for step in steps:
        walk.take(step)
        walk.check_at_rest()


@walking
@given(walks)
def test_the_same_inputs_give_the_same_bytes(steps: list[Step]) -> None:
    first, second = ([EVENT.write(event) for event in walked(steps).desk.events] for _ in range(2))
    assert first == second


@walking
@given(walks)
def test_the_journal_read_back_gives_the_state(steps: list[Step]) -> None:
    walk = walked(steps)
    read = [EVENT.read(EVENT.write(event)) for event in walk.desk.events]
    assert read == walk.desk.events
    assert [EVENT.write(event) for event in read] == [EVENT.write(event) for event in walk.desk.events]
    start = opened()
    assert isinstance(start, AccountState)
    assert fold(start, read) == walk.desk.state


@walking
@given(walks)
def test_entities_survive_json(steps: list[Step]) -> None:
    for event in walked(steps).desk.events:
        if isinstance(event, ORDER_EVENTS):
            assert ORDER.read(ORDER.write(event.order)) == event.order
        elif isinstance(event, ExecutionRecorded):
            assert EXECUTION.read(EXECUTION.write(event.execution)) == event.execution
        elif isinstance(event, PositionChanged):
            assert POSITION.read(POSITION.write(event.position)) == event.position


@walking
@given(walks)
def test_events_written_in_parts_have_the_same_bytes(steps: list[Step]) -> None:
    for event in walked(steps).desk.events:
        text, entity = write_parts(event)
        assert text == EVENT.write(event)
        assert entity is None or entity in text


@walking
@given(walks)
def test_every_fill_is_a_cascade_at_adjacent_offsets(steps: list[Step]) -> None:
    events = walked(steps).desk.events
    assert [event.offset for event in events] == list(range(2, len(events) + 2))
    assert [event.time for event in events] == sorted(event.time for event in events)
    for index, event in enumerate(events):
        if isinstance(event, ExecutionRecorded):
            following = [later.type for later in events[index + 1 : index + 4]]
            assert following[0] in {"OrderFilled", "OrderPartlyFilled"}
            assert following[1:] == ["BalanceChanged", "PositionChanged"]
