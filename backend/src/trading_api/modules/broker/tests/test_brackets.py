"""Take profits and protecting stops: how they wait, work, change and end."""

from dataclasses import replace
from decimal import Decimal

import pytest

from trading_api.models.broker.orders import DurationType, ParentType, Side
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.engine import CancelOrder, OrderRefused
from trading_api.modules.broker.engine.causes import Rule
from trading_api.modules.broker.engine.commands import CancelOrders
from trading_api.modules.broker.engine.entities import NO_BRACKETS, Brackets
from trading_api.modules.broker.engine.events import PositionChanged
from trading_api.modules.broker.engine.terms import AccountTerms, FillTerms
from trading_api.modules.broker.tests.bracket_cases import brackets, desk_at, protected, rules, shown
from trading_api.modules.broker.tests.engine_cases import (
    BUY,
    SELL,
    Desk,
    instrument,
    kinds,
    order,
    quote,
    trade,
    values,
)

CASCADE = ["ExecutionRecorded", "OrderFilled", "BalanceChanged", "PositionChanged"]


def test_brackets_of_a_resting_order_wait_with_it() -> None:
    desk = desk_at()
    events = desk.do(protected(order(BUY, "5", "9.00"), "11.00", "8.50"))
    assert kinds(events) == ["OrderAccepted"] * 3
    parent, profit, stop = desk.state.open_orders
    assert shown(desk.state.brackets_of(parent.id)) == [
        ("limit", "inactive", Decimal(11), 5),
        ("stop", "inactive", Decimal("8.5"), 5),
    ]
    assert values(profit.side, profit.parent_id, profit.parent_type) == (SELL, "O2", ParentType.ORDER)
    assert values(stop.stop_type, stop.only_reduces, stop.reserve_price) == ("stop_loss", True, None)
    assert desk.see(quote("11.50", "11.52", time=2000)) == ()


def test_they_work_for_the_position_once_the_order_fills() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5", "9.00"), "11.00", "8.50"))
    events = desk.see(quote("8.98", "9.00", time=2000))
    assert kinds(events) == [*CASCADE, "OrderAccepted", "OrderAccepted", "PositionChanged"]
    assert rules(desk, -3) == [Rule.PARENT_FILLED, Rule.PARENT_FILLED]
    position = desk.only("STK")
    assert position.brackets == brackets("11.00", "8.50")
    assert [item.id for item in desk.state.brackets_of(position.id)] == ["O3", "O4"]
    assert shown(desk.state.brackets_of(position.id)) == [
        ("limit", "working", Decimal(11), 5),
        ("stop", "working", Decimal("8.5"), 5),
    ]


def test_brackets_of_an_order_that_fills_at_once_work_at_once() -> None:
    desk = desk_at()
    events = desk.do(protected(order(SELL, "5"), "9.00", pips="20"))
    assert kinds(events) == ["OrderAccepted", *CASCADE, "OrderAccepted", "OrderAccepted", "PositionChanged"]
    profit, trail = desk.state.brackets_of(desk.only("STK").id)
    assert values(profit.side, profit.limit_price) == (BUY, Decimal(9))
    assert values(trail.type, trail.trailing_amount, trail.stop_price) == (
        "trailing_stop",
        Decimal("0.2"),
        Decimal("10.19"),
    )
    assert desk.only("STK").brackets == brackets("9.00", pips="20")


def test_the_take_profit_ends_the_stop_with_the_position() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), "11.00", "8.50"))
    events = desk.see(quote("11.00", "11.02", time=2000))
    assert kinds(events) == [*CASCADE, "OrderCanceled"]
    assert rules(desk, -5) == [Rule.LIMIT_REACHED, Rule.POSITION_CLOSED]
    closed = events[3]
    assert isinstance(closed, PositionChanged)
    assert values(closed.position.qty, closed.position.brackets, closed.position.realized_pl) == (
        0,
        NO_BRACKETS,
        Decimal("4.95"),
    )
    assert not desk.state.orders
    assert not desk.state.children


def test_brackets_grow_and_shrink_with_the_position() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), "11.00", "8.50"))
    desk.do(order(BUY, "3"))
    assert rules(desk, -2) == [Rule.POSITION_RESIZED, Rule.POSITION_RESIZED]
    assert [item.qty for item in desk.state.open_orders] == [8, 8]
    desk.do(order(SELL, "6"))
    assert [item.qty for item in desk.state.open_orders] == [2, 2]
    events = desk.do(order(SELL, "2"))
    assert kinds(events)[-2:] == ["OrderCanceled", "OrderCanceled"]
    assert not desk.state.orders


def test_a_later_order_brings_its_own_brackets() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), "11.00", "8.50"))
    events = desk.do(protected(order(BUY, "3"), "12.00"))
    assert kinds(events)[5:] == ["OrderCanceled", "OrderCanceled", "OrderAccepted", "PositionChanged"]
    assert rules(desk, -4) == [Rule.BRACKETS_REPLACED, Rule.BRACKETS_REPLACED, Rule.PARENT_FILLED]
    assert shown(desk.state.open_orders) == [("limit", "working", Decimal(12), 8)]
    assert desk.only("STK").brackets == brackets("12.00")


def test_an_order_that_only_reduces_in_the_end_protects_nothing() -> None:
    desk = desk_at()
    desk.do(order(BUY, "5"))
    desk.do(protected(order(SELL, "3", "10.50"), "9.00"))
    desk.see(quote("10.50", "10.52", time=2000))
    assert rules(desk, -1) == [Rule.PARENT_ENDED]
    assert values(desk.only("STK").qty, desk.only("STK").brackets) == (2, NO_BRACKETS)
    assert not desk.state.orders


def test_an_order_that_reverses_protects_what_it_opens() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), "11.00", "8.50"))
    desk.do(protected(order(SELL, "8"), "9.00", "11.50"))
    position = desk.only("STK")
    assert values(position.side, position.qty, position.brackets) == (SELL, 3, brackets("9.00", "11.50"))
    assert shown(desk.state.brackets_of(position.id)) == [
        ("limit", "working", Decimal(9), 3),
        ("stop", "working", Decimal("11.5"), 3),
    ]
    assert len(desk.state.orders) == 2


def test_brackets_go_with_a_canceled_order() -> None:
    desk = desk_at()
    parent = desk.place(protected(order(BUY, "5", "9.00"), "11.00", "8.50"))
    desk.do(CancelOrder(parent.id))
    assert rules(desk, -3) == [Rule.CANCELED_BY_USER, Rule.PARENT_ENDED, Rule.PARENT_ENDED]
    assert not desk.state.orders


def test_an_order_forgets_a_bracket_that_was_canceled_before_it_filled() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5", "9.00"), "11.00", "8.50"))
    assert kinds(desk.do(CancelOrder("O4"))) == ["OrderCanceled", "OrderReplaced"]
    assert desk.state.orders["O2"].brackets == brackets("11.00")
    desk.see(quote("8.98", "9.00", time=2000))
    assert desk.only("STK").brackets == brackets("11.00")


def test_a_position_says_that_a_bracket_was_canceled() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), "11.00", "8.50"))
    profit, _ = desk.state.open_orders
    assert kinds(desk.do(CancelOrder(profit.id))) == ["OrderCanceled", "PositionChanged"]
    assert desk.only("STK").brackets == brackets(stop="8.50")


def test_canceling_many_leaves_what_protects_positions() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), "11.00", "8.50"))
    desk.do(protected(order(BUY, "5", "9.00"), "10.00"))
    desk.do(order(SELL, "1", "12.00"))
    desk.do(CancelOrders(side=SELL))
    assert rules(desk, -1) == [Rule.CANCELED_BY_USER]
    assert desk.do(CancelOrders("OTHER")) == ()
    assert kinds(desk.do(CancelOrders("STK"))) == ["OrderCanceled", "OrderCanceled"]
    assert shown(desk.state.open_orders) == [
        ("limit", "working", Decimal(11), 5),
        ("stop", "working", Decimal("8.5"), 5),
    ]


@pytest.mark.parametrize(
    ("side", "asked", "codes"),
    [
        (BUY, brackets("10.01"), ["take-profit-wrong-side"]),
        (BUY, brackets(stop="10.01"), ["stop-loss-wrong-side"]),
        (BUY, brackets(guaranteed="10.02"), ["stop-loss-wrong-side"]),
        (SELL, brackets("9.99"), ["take-profit-wrong-side"]),
        (SELL, brackets(stop="9.99"), ["stop-loss-wrong-side"]),
        (BUY, brackets("0"), ["price-not-positive"]),
        (BUY, brackets(stop="-1"), ["price-not-positive"]),
        (BUY, brackets("11.005"), ["price-tick"]),
        (BUY, brackets(pips="0"), ["trailing-pips-not-positive"]),
        (BUY, brackets(pips="1001"), ["price-not-positive"]),
        (BUY, brackets(stop="9", pips="10"), ["stops-conflict"]),
        (BUY, brackets("8", "9"), ["take-profit-wrong-side", "take-profit-wrong-side"]),
    ],
)
def test_brackets_on_the_wrong_side_of_the_entry_are_refused(
    side: Side, asked: Brackets, codes: list[str]
) -> None:
    desk = desk_at()
    with pytest.raises(OrderRefused) as caught:
        desk.do(replace(order(side, "5"), brackets=asked))
    assert [failure.code.value for failure in caught.value.failures] == codes


def test_the_entry_of_a_limit_order_is_its_limit() -> None:
    desk = desk_at()
    assert desk.place(protected(order(BUY, "1", "9.00"), "9.50", "8.50")).status == "working"
    with pytest.raises(OrderRefused, match=r"entry=9\.00"):
        desk.do(protected(order(BUY, "1", "9.00"), "8.99"))


def test_an_order_that_closes_takes_no_brackets() -> None:
    desk = desk_at()
    desk.do(order(BUY, "5"))
    with pytest.raises(OrderRefused, match="brackets-not-allowed"):
        desk.do(replace(protected(order(SELL, "5"), "9.00"), is_close=True))


def sized(bid: str, ask: str, size: str, time: int) -> Quote:
    """A quote with as much on both sides."""
    return Quote("STK", time, Decimal(bid), Decimal(ask), Decimal(size), Decimal(size))


def sized_desk() -> Desk:
    """A desk whose orders fill no more than what is shown."""
    desk = Desk(terms=AccountTerms(fills=FillTerms(respect_size=True)))
    desk.see(sized("9.99", "10.01", "10", 1000))
    return desk


def test_a_stop_loss_triggers_fills_and_ends_the_take_profit() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), "11.00", "9.50"))
    desk.see(quote("9.48", "9.50", time=2000))
    events = desk.see(trade("9.50", time=2001))
    assert kinds(events) == ["OrderTriggered", *CASCADE, "OrderCanceled"]
    assert rules(desk, -6) == [Rule.STOP_REACHED, Rule.MARKET_TAKES_QUOTE, Rule.POSITION_CLOSED]
    assert desk.state.realized_pl == Decimal("-2.65")


def test_a_guaranteed_stop_fills_at_its_price_through_a_gap() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), guaranteed="9.50"))
    desk.see(quote("8.00", "8.02", time=2000))
    desk.see(trade("8.00", time=2001))
    assert not desk.state.positions
    assert desk.state.realized_pl == Decimal("-2.55")


def test_a_trailing_stop_follows_from_the_entry_on() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), pips="50"))
    (trail,) = desk.state.open_orders
    assert trail.stop_price == Decimal("9.51")
    desk.see(trade("10.80", time=2000))
    assert desk.state.orders[trail.id].stop_price == Decimal("10.3")
    assert desk.only("STK").brackets == brackets(pips="50")
    desk.see(quote("10.28", "10.30", time=2100))
    desk.see(trade("10.30", time=2100))
    assert desk.state.realized_pl == Decimal("1.35")


def test_what_fills_the_order_does_not_fill_its_brackets() -> None:
    desk = Desk(instrument(prints=False))
    desk.see(quote("9.99", "10.01"))
    desk.do(protected(order(BUY, "5", "9.00"), "9.50", "8.50"))
    events = desk.see(quote("8.00", "8.02", time=2000))
    assert kinds(events)[:4] == CASCADE
    assert [item.status for item in desk.state.open_orders] == ["working", "working"]
    events = desk.see(quote("8.00", "8.02", time=2001))
    assert kinds(events) == ["OrderTriggered", *CASCADE, "OrderCanceled"]


def test_as_one_fills_partly_the_other_shrinks_by_as_much() -> None:
    desk = sized_desk()
    desk.do(protected(order(BUY, "10"), "11.00", "9.00"))
    events = desk.see(sized("11.00", "11.02", "4", 2000))
    assert kinds(events) == [
        "ExecutionRecorded",
        "OrderPartlyFilled",
        "BalanceChanged",
        "PositionChanged",
        "OrderReplaced",
    ]
    assert shown(desk.state.open_orders) == [
        ("limit", "working", Decimal(11), 6),
        ("stop", "working", Decimal(9), 6),
    ]
    events = desk.see(sized("11.10", "11.12", "6", 2001))
    assert kinds(events) == [*CASCADE, "OrderCanceled"]
    assert desk.state.realized_pl == Decimal("10.50")


def test_a_partly_filled_order_is_protected_for_what_it_has_filled() -> None:
    desk = sized_desk()
    desk.do(protected(order(BUY, "10", "9.00"), "11.00", "8.00"))
    desk.see(sized("8.98", "9.00", "4", 2000))
    position = desk.only("STK")
    assert [item.remaining_qty for item in desk.state.brackets_of(position.id)] == [4, 4]
    assert not desk.state.brackets_of("O2")
    desk.see(sized("8.97", "8.99", "4", 2001))
    assert [item.remaining_qty for item in desk.state.brackets_of(position.id)] == [8, 8]


def test_an_order_that_fills_on_after_its_brackets_ended_gets_new_ones() -> None:
    desk = sized_desk()
    desk.do(protected(order(BUY, "10", "9.00"), "11.00", "8.00"))
    desk.see(sized("8.98", "9.00", "4", 2000))
    desk.see(sized("11.00", "11.02", "9", 2001))
    assert [item.id for item in desk.state.open_orders] == ["O2"]
    desk.see(sized("8.98", "9.00", "3", 2002))
    position = desk.only("STK")
    assert values(position.qty, position.brackets) == (3, brackets("11.00", "8.00"))
    assert [item.remaining_qty for item in desk.state.brackets_of(position.id)] == [3, 3]


def test_a_fill_that_only_reduces_leaves_the_brackets_waiting_for_the_rest() -> None:
    desk = sized_desk()
    desk.do(order(SELL, "6"))
    desk.do(protected(order(BUY, "10", "9.00"), "11.00", "8.00"))
    desk.see(sized("8.98", "9.00", "4", 2000))
    assert values(desk.only("STK").side, desk.only("STK").qty) == (SELL, 2)
    assert [item.status for item in desk.state.brackets_of(desk.state.open_orders[0].id)] == [
        "inactive",
        "inactive",
    ]
    desk.see(sized("8.98", "9.00", "6", 2001))
    position = desk.only("STK")
    assert values(position.side, position.qty, position.brackets) == (BUY, 4, brackets("11.00", "8.00"))


def test_the_rest_of_an_order_that_is_canceled_leaves_its_position_protected() -> None:
    desk = sized_desk()
    desk.do(protected(order(BUY, "10", "9.00"), "11.00", "8.00"))
    desk.see(sized("8.98", "9.00", "4", 2000))
    desk.do(CancelOrder("O2"))
    assert [item.remaining_qty for item in desk.state.open_orders] == [4, 4]


def test_a_guarantee_does_not_cover_what_was_entered_beyond_it() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5", "9.00"), guaranteed="8.50"))
    desk.see(quote("7.98", "8.00", time=2000))
    assert desk.only("STK").brackets == brackets(stop="8.50")
    desk.see(trade("8.00", time=2001))
    assert desk.state.realized_pl == Decimal("-0.10")


def test_nor_what_is_added_beyond_it() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), guaranteed="9.50"))
    desk.see(quote("7.98", "8.00", time=2000))
    desk.do(order(BUY, "100"))
    assert desk.only("STK").brackets == brackets(stop="9.50")


@pytest.mark.parametrize(("side", "limit", "stop"), [(BUY, "12.00", "10.50"), (SELL, "8.00", "9.50")])
def test_the_entry_of_a_marketable_limit_is_what_the_market_gives(side: Side, limit: str, stop: str) -> None:
    desk = desk_at()
    with pytest.raises(OrderRefused, match="stop-loss-wrong-side"):
        desk.do(protected(order(side, "1", limit), stop=stop))


def test_brackets_go_with_an_order_that_expires() -> None:
    desk = desk_at()
    limited = protected(order(BUY, "5", "9.00"), "11.00", "8.50")
    desk.do(replace(limited, duration=DurationType.GTD, gtd_time=5000))
    assert kinds(desk.pass_time(5000)) == ["OrderExpired", "OrderCanceled", "OrderCanceled"]
    assert not desk.state.orders
