"""Events that cannot follow a state, and texts that are no events."""

import pytest
from pydantic import ValidationError

from trading_api.modules.broker.engine import CancelOrder, JournalGap, fold
from trading_api.modules.broker.engine.codec import EVENT
from trading_api.modules.broker.engine.transitions import IllegalTransition
from trading_api.modules.broker.tests.engine_cases import BUY, Desk, opened, order


def canceled_desk() -> Desk:
    """An order accepted and canceled: events 2 and 3."""
    desk = Desk()
    placed = desk.place(order(BUY, "1", "9"))
    desk.do(CancelOrder(placed.id))
    return desk


def test_a_hole_or_a_repetition_is_refused() -> None:
    accepted, canceled = canceled_desk().events
    with pytest.raises(JournalGap, match="event 3 follows 1"):
        fold(opened(), [canceled])
    with pytest.raises(JournalGap, match="event 2 follows 2"):
        fold(opened(), [accepted, accepted])


def test_an_order_that_was_never_accepted_cannot_be_canceled() -> None:
    text = EVENT.write(canceled_desk().events[1]).replace('"offset":3', '"offset":2', 1)
    with pytest.raises(IllegalTransition, match="from placing to canceled"):
        fold(opened(), [EVENT.read(text)])


def test_folding_leaves_the_state_before_untouched() -> None:
    before = opened()
    after = fold(before, canceled_desk().events[:1])
    assert (len(before.orders), len(after.orders)) == (0, 1)


@pytest.mark.parametrize(
    "text", ["", "{}", '{"type":"OrderVanished"}', '{"type":"OrderAccepted","offset":1}']
)
def test_a_text_that_is_no_event_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        EVENT.read(text)
