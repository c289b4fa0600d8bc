"""Closing, reversing and protecting what is held."""

from dataclasses import replace
from decimal import Decimal

import pytest

from trading_api.modules.broker.engine import OrderRefused, PositionNotOpen
from trading_api.modules.broker.engine.causes import Rule
from trading_api.modules.broker.engine.commands import (
    ClosePosition,
    Command,
    EditPositionBrackets,
    ReversePosition,
)
from trading_api.modules.broker.engine.entities import NO_BRACKETS, Brackets
from trading_api.modules.broker.engine.events import OrderAccepted
from trading_api.modules.broker.tests.bracket_cases import brackets, desk_at, protected, rules, shown
from trading_api.modules.broker.tests.engine_cases import (
    BUY,
    NEW_YORK,
    SELL,
    Desk,
    instrument,
    kinds,
    new_york,
    order,
    quote,
    trade,
    values,
)

CASCADE = ["ExecutionRecorded", "OrderFilled", "BalanceChanged", "PositionChanged"]


def long_desk(*args: str | None) -> Desk:
    """A desk that holds 10, bought at 10.01, with these brackets; now 11.00 is bid and 11.02 asked."""
    desk = desk_at()
    desk.do(protected(order(BUY, "10"), *args))
    desk.see(quote("11.00", "11.02", time=2000))
    return desk


def test_closing_is_a_market_order_that_only_reduces() -> None:
    desk = long_desk()
    position = desk.only("STK")
    events = desk.do(ClosePosition(position.id))
    assert kinds(events) == ["OrderAccepted", *CASCADE]
    accepted = events[0]
    assert isinstance(accepted, OrderAccepted)
    placed = accepted.order
    assert values(placed.type, placed.side, placed.qty, placed.is_close, placed.position_id) == (
        "market",
        SELL,
        10,
        True,
        position.id,
    )
    assert not desk.state.positions
    assert desk.state.balance == Decimal("100009.90")


def test_a_part_is_closed_and_the_rest_stays_protected() -> None:
    desk = long_desk("12.00", "9.00")
    events = desk.do(ClosePosition(desk.only("STK").id, Decimal(4)))
    assert kinds(events) == ["OrderAccepted", *CASCADE, "OrderReplaced", "OrderReplaced"]
    position = desk.only("STK")
    assert values(position.qty, position.realized_pl, position.avg_price) == (
        6,
        Decimal("3.96"),
        Decimal("10.01"),
    )
    assert [item.remaining_qty for item in desk.state.brackets_of(position.id)] == [6, 6]


def test_brackets_end_with_a_closed_position() -> None:
    desk = long_desk("12.00", "9.00")
    desk.do(ClosePosition(desk.only("STK").id))
    assert rules(desk, -2) == [Rule.POSITION_CLOSED, Rule.POSITION_CLOSED]
    assert not desk.state.orders


def test_reversing_is_one_order_of_twice_the_quantity() -> None:
    desk = long_desk("12.00", "9.00")
    old = desk.only("STK").id
    events = desk.do(ReversePosition(old))
    assert kinds(events) == ["OrderAccepted", *CASCADE, "PositionChanged", "OrderCanceled", "OrderCanceled"]
    new = desk.only("STK")
    assert values(new.side, new.qty, new.avg_price, new.brackets) == (SELL, 10, Decimal(11), NO_BRACKETS)
    assert new.id != old
    assert desk.state.balance == Decimal("100009.90")


@pytest.mark.parametrize(
    "command", [ClosePosition("P99"), ReversePosition("P99"), EditPositionBrackets("P99", NO_BRACKETS)]
)
def test_what_is_not_held_cannot_be_changed(command: Command) -> None:
    with pytest.raises(PositionNotOpen, match="P99 is not open"):
        long_desk().do(command)


def test_a_closed_position_is_not_open() -> None:
    desk = long_desk()
    position = desk.only("STK")
    desk.do(ClosePosition(position.id))
    with pytest.raises(PositionNotOpen):
        desk.do(ClosePosition(position.id))


def test_more_than_is_held_cannot_be_closed() -> None:
    desk = long_desk()
    with pytest.raises(OrderRefused, match="amount=11 is more than") as caught:
        desk.do(ClosePosition(desk.only("STK").id, Decimal(11)))
    assert caught.value.failures[0].code.value == "close-quantity-too-large"


def test_all_of_it_is_closed_whatever_the_bounds_for_orders_are() -> None:
    desk = Desk(instrument(max_qty="10"))
    desk.see(quote("9.99", "10.01"))
    desk.do(order(BUY, "10"))
    desk.do(order(BUY, "5"))
    position = desk.only("STK")
    with pytest.raises(OrderRefused, match="quantity-too-large"):
        desk.do(ClosePosition(position.id, Decimal(14)))
    desk.do(ClosePosition(position.id))
    assert not desk.state.positions


def test_a_reversal_is_bound_like_any_order() -> None:
    desk = Desk(instrument(max_qty="10"))
    desk.see(quote("9.99", "10.01"))
    desk.do(order(BUY, "6"))
    with pytest.raises(OrderRefused, match="quantity-too-large"):
        desk.do(ReversePosition(desk.only("STK").id))


@pytest.mark.parametrize(("amount", "code"), [("0", "quantity-not-positive"), ("0.5", "quantity-too-small")])
def test_the_amount_is_checked_like_any_quantity(amount: str, code: str) -> None:
    desk = long_desk()
    with pytest.raises(OrderRefused, match=code):
        desk.do(ClosePosition(desk.only("STK").id, Decimal(amount)))


def test_out_of_session_a_closing_order_waits_for_the_open() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    desk.see(quote("9.99", "10.01", time=new_york("2013-10-04 15:59")))
    desk.do(order(BUY, "10"))
    desk.pass_time(new_york("2013-10-04 17:00"))
    assert kinds(desk.do(ClosePosition(desk.only("STK").id))) == ["OrderAccepted"]
    desk.see(quote("9.50", "9.52", time=new_york("2013-10-07 09:30")))
    assert not desk.state.positions


def test_a_position_gets_brackets_that_work_at_once() -> None:
    desk = long_desk()
    position = desk.only("STK")
    events = desk.do(EditPositionBrackets(position.id, brackets("12.00", "10.50")))
    assert kinds(events) == ["OrderAccepted", "OrderAccepted", "PositionChanged"]
    assert shown(desk.state.brackets_of(position.id)) == [
        ("limit", "working", Decimal(12), 10),
        ("stop", "working", Decimal("10.5"), 10),
    ]
    assert desk.only("STK").brackets == brackets("12.00", "10.50")


def test_editing_changes_what_differs_and_cancels_what_is_left_out() -> None:
    desk = long_desk("12.00", "9.00")
    position = desk.only("STK")
    events = desk.do(EditPositionBrackets(position.id, brackets(stop="10.50")))
    assert kinds(events) == ["OrderCanceled", "OrderReplaced", "PositionChanged"]
    assert rules(desk, -3) == [Rule.CANCELED_BY_USER, Rule.MODIFIED]
    assert shown(desk.state.brackets_of(position.id)) == [("stop", "working", Decimal("10.5"), 10)]
    assert desk.do(EditPositionBrackets(position.id, brackets(stop="10.50"))) == ()
    assert kinds(desk.do(EditPositionBrackets(position.id, NO_BRACKETS))) == [
        "OrderCanceled",
        "PositionChanged",
    ]
    assert not desk.state.orders


def test_another_kind_of_stop_is_another_order() -> None:
    desk = long_desk(None, "9.00")
    position = desk.only("STK")
    events = desk.do(EditPositionBrackets(position.id, brackets(pips="50")))
    assert kinds(events) == ["OrderCanceled", "OrderAccepted", "PositionChanged"]
    (trail,) = desk.state.brackets_of(position.id)
    assert values(trail.stop_type, trail.trailing_amount, trail.stop_price) == (
        "trailing_stop",
        Decimal("0.5"),
        Decimal("10.5"),
    )


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (brackets("11.00"), "take-profit-wrong-side"),
        (brackets(stop="11.00"), "stop-loss-wrong-side"),
        (brackets(stop="10.505"), "price-tick"),
        (brackets(stop="9", guaranteed="8"), "stops-conflict"),
    ],
)
def test_brackets_of_a_position_are_checked_against_where_it_could_be_closed(
    asked: Brackets, code: str
) -> None:
    desk = long_desk()
    with pytest.raises(OrderRefused, match=code):
        desk.do(EditPositionBrackets(desk.only("STK").id, asked))


def test_a_stop_looks_at_trades_and_may_not_trigger_at_the_last_one() -> None:
    desk = long_desk()
    desk.see(trade("10.40", time=2000))
    position = desk.only("STK")
    with pytest.raises(OrderRefused, match=r"stop-would-trigger: stopLoss=10\.50 .* price=10\.40"):
        desk.do(EditPositionBrackets(position.id, brackets(stop="10.50")))
    desk.do(EditPositionBrackets(position.id, brackets(stop="10.39")))


def test_what_stays_is_not_held_against_a_market_that_went_past_it() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    desk.see(quote("9.99", "10.01", time=new_york("2013-10-04 15:59")))
    desk.do(protected(order(BUY, "10"), "11.00"))
    desk.see(quote("11.50", "11.52", time=new_york("2013-10-04 17:00")))
    position = desk.only("STK")
    desk.do(EditPositionBrackets(position.id, replace(position.brackets, stop_loss=Decimal(10))))
    assert desk.only("STK").brackets == brackets("11.00", "10.00")
