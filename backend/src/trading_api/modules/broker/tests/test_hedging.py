"""Accounts that hold one position for each opening order."""

from dataclasses import replace
from decimal import Decimal

import pytest

from trading_api.models.broker.accounts import PositionMode
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.engine import OrderRefused
from trading_api.modules.broker.engine.commands import ClosePosition, EditPositionBrackets, ReversePosition
from trading_api.modules.broker.engine.terms import AccountTerms, FillTerms
from trading_api.modules.broker.tests.bracket_cases import brackets, protected, shown
from trading_api.modules.broker.tests.engine_cases import BUY, SELL, Desk, order, quote, values

HEDGING = AccountTerms(position_mode=PositionMode.HEDGING)


def hedged_desk() -> Desk:
    """A desk of a hedging account at 9.99 bid, 10.01 asked."""
    desk = Desk(terms=HEDGING)
    desk.see(quote("9.99", "10.01"))
    return desk


def held(desk: Desk) -> list[tuple[object, ...]]:
    """Side, quantity and average price of the positions, oldest first."""
    return [values(p.side.value, p.qty, p.avg_price) for p in desk.state.positions_of("STK")]


def test_every_opening_order_has_a_position_of_its_own() -> None:
    desk = hedged_desk()
    desk.do(order(BUY, "5"))
    desk.do(order(SELL, "3"))
    desk.do(order(BUY, "2"))
    assert held(desk) == [
        ("buy", 5, Decimal("10.01")),
        ("sell", 3, Decimal("9.99")),
        ("buy", 2, Decimal("10.01")),
    ]


def test_each_is_closed_by_itself_with_its_own_profit() -> None:
    desk = hedged_desk()
    desk.do(order(BUY, "5"))
    desk.see(quote("10.99", "11.01", time=2000))
    desk.do(order(BUY, "5"))
    first, second = desk.state.positions_of("STK")
    desk.see(quote("10.51", "10.53", time=3000))
    desk.do(ClosePosition(second.id, Decimal(2)))
    assert held(desk) == [("buy", 5, Decimal("10.01")), ("buy", 3, Decimal("11.01"))]
    assert desk.state.realized_pl == Decimal("-1.00")
    desk.do(ClosePosition(first.id))
    assert held(desk) == [("buy", 3, Decimal("11.01"))]
    assert desk.state.realized_pl == Decimal("1.50")


def test_reversing_closes_one_position_and_opens_another() -> None:
    desk = hedged_desk()
    desk.do(order(BUY, "5"))
    desk.do(order(BUY, "2"))
    desk.do(ReversePosition(desk.state.positions_of("STK")[0].id))
    assert held(desk) == [("buy", 2, Decimal("10.01")), ("sell", 5, Decimal("9.99"))]


def test_brackets_protect_one_position() -> None:
    desk = hedged_desk()
    desk.do(protected(order(BUY, "5"), "11.00", "9.00"))
    desk.do(protected(order(BUY, "2"), "12.00"))
    desk.do(order(SELL, "4"))
    first, second, short = desk.state.positions_of("STK")
    assert (first.brackets, second.brackets) == (brackets("11.00", "9.00"), brackets("12.00"))
    assert shown(desk.state.brackets_of(first.id)) == [
        ("limit", "working", Decimal(11), 5),
        ("stop", "working", Decimal(9), 5),
    ]
    desk.do(EditPositionBrackets(short.id, brackets("9.50")))
    desk.see(quote("11.00", "11.02", time=2000))
    assert held(desk) == [("buy", 2, Decimal("10.01")), ("sell", 4, Decimal("9.99"))]
    assert len(desk.state.orders) == 2


def test_further_fills_of_an_order_add_to_its_position() -> None:
    desk = Desk(terms=replace(HEDGING, fills=FillTerms(respect_size=True)))
    desk.see(Quote("STK", 1000, Decimal("9.99"), Decimal("10.01"), Decimal(3), Decimal(3)))
    desk.do(protected(order(BUY, "5"), "12.00"))
    desk.do(order(BUY, "1", "9.50"))
    desk.see(Quote("STK", 1100, Decimal("10.99"), Decimal("11.01"), Decimal(3), Decimal(3)))
    assert held(desk) == [("buy", 5, Decimal("10.41"))]
    assert [item.qty for item in desk.state.brackets_of(desk.only("STK").id)] == [5]


def test_a_fill_after_its_position_was_closed_opens_another() -> None:
    desk = Desk(terms=replace(HEDGING, fills=FillTerms(respect_size=True)))
    desk.see(Quote("STK", 1000, Decimal("9.99"), Decimal("10.01"), Decimal(3), Decimal(3)))
    desk.do(protected(order(BUY, "5"), "12.00"))
    desk.do(ClosePosition(desk.only("STK").id))
    assert held(desk) == []
    desk.see(Quote("STK", 1100, Decimal("9.98"), Decimal("10.00"), Decimal(3), Decimal(3)))
    assert held(desk) == [("buy", 2, Decimal(10))]
    assert desk.only("STK").brackets == brackets("12.00")


def test_only_a_closing_order_names_a_position() -> None:
    desk = hedged_desk()
    desk.do(order(BUY, "5"))
    with pytest.raises(OrderRefused, match="positionId=P6 is for orders with isClose=true"):
        desk.do(replace(order(SELL, "5"), position_id="P6"))


def test_it_must_be_said_which_of_several_is_closed() -> None:
    desk = hedged_desk()
    desk.do(order(BUY, "5"))
    closing = replace(order(SELL, "2"), is_close=True)
    desk.do(closing)
    desk.do(order(BUY, "3"))
    with pytest.raises(OrderRefused, match="which of positions=P6,"):
        desk.do(closing)


def test_a_closing_order_names_its_position() -> None:
    desk = hedged_desk()
    desk.do(order(BUY, "5"))
    desk.do(order(BUY, "3"))
    second = desk.state.positions_of("STK")[1]
    desk.do(replace(order(SELL, "1"), is_close=True, position_id=second.id))
    assert [position.qty for position in desk.state.positions_of("STK")] == [5, 2]
