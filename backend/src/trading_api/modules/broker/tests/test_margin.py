"""Margin, what open orders reserve, and buying power."""

from decimal import Decimal

import pytest

from trading_api.modules.broker.engine import CancelOrder, OrderRefused, worth_of
from trading_api.modules.broker.tests.engine_cases import BUY, SELL, Desk, instrument, order, quote

CASH = instrument(margin_rate="1")
LEVERED = instrument(margin_rate="0.01")


def desk_at(price: str = "10.00", balance: str = "1000", rate: str = "1") -> Desk:
    """A desk on an instrument with a margin rate, quoted without a spread."""
    desk = Desk(instrument(margin_rate=rate), balance=balance)
    desk.see(quote(price, price))
    return desk


def figures(desk: Desk) -> tuple[object, ...]:
    """Margin used, margin reserved and buying power."""
    worth = worth_of(desk.state, desk.market)
    return worth.margin.used, worth.margin.reserved, worth.available


def test_margin_is_the_larger_of_rate_and_leverage() -> None:
    desk = desk_at(rate="0.01")
    desk.do(order(BUY, "100"))
    assert figures(desk) == (Decimal(50), 0, Decimal(950))
    desk = desk_at(rate="0.25")
    desk.do(order(BUY, "100"))
    assert figures(desk) == (Decimal(250), 0, Decimal(750))


def test_open_orders_reserve_the_worst_case_of_both_sides() -> None:
    desk = desk_at()
    desk.do(order(BUY, "20", "9.00"))
    assert figures(desk) == (0, 180, 820)
    desk.do(order(SELL, "20", "11.00"))
    assert figures(desk) == (0, 220, 780)
    desk.do(order(BUY, "10", "8.00"))
    assert figures(desk) == (0, 260, 740)


def test_orders_that_reduce_a_position_reserve_nothing() -> None:
    desk = desk_at()
    desk.do(order(BUY, "50"))
    desk.do(order(SELL, "50", "12.00"))
    assert figures(desk) == (500, 0, 500)


def test_orders_beyond_a_position_reserve_what_they_would_open() -> None:
    desk = desk_at()
    desk.do(order(BUY, "10"))
    desk.do(order(SELL, "10", "11.00"))
    desk.do(order(SELL, "10", "12.00"))
    assert figures(desk) == (100, 20, 880)


def test_reserved_buying_power_cannot_be_spent_twice_and_comes_back() -> None:
    desk = desk_at()
    placed = desk.place(order(BUY, "60", "9.00"))
    with pytest.raises(OrderRefused):
        desk.place(order(BUY, "60", "9.00"))
    desk.do(CancelOrder(placed.id))
    assert desk.place(order(BUY, "60", "9.00")).status == "working"


def test_a_closing_order_is_allowed_without_buying_power() -> None:
    desk = desk_at()
    desk.do(order(BUY, "100"))
    desk.see(quote("4.00", "4.00"))
    assert figures(desk)[2] == 0
    desk.see(quote("4.00", "9.00"))
    assert desk.place(order(SELL, "100")).status == "filled"
    assert desk.state.balance == 400


def test_a_reducing_order_is_allowed_below_zero_and_an_increasing_one_is_not() -> None:
    desk = desk_at(rate="0.5")
    desk.do(order(BUY, "200"))
    desk.see(quote("8.00", "8.00"))
    assert figures(desk)[2] == -200
    assert desk.place(order(SELL, "20")).status == "filled"
    assert figures(desk)[2] == -120
    with pytest.raises(OrderRefused):
        desk.place(order(BUY, "1"))


def test_losses_reduce_buying_power_and_gains_add_to_it() -> None:
    desk = desk_at(rate="0.5")
    desk.do(order(SELL, "100"))
    assert figures(desk) == (500, 0, 500)
    desk.see(quote("11.00", "11.00"))
    assert figures(desk) == (550, 0, 350)
    desk.see(quote("9.00", "9.00"))
    assert figures(desk) == (450, 0, 650)


def test_without_a_quote_a_position_counts_at_its_cost() -> None:
    desk = desk_at()
    desk.do(order(BUY, "10"))
    desk.quotes.clear()
    assert figures(desk) == (100, 0, 900)


def test_a_limit_order_reserves_at_its_limit_in_points() -> None:
    desk = Desk(instrument(tick="0.25", point_value="50", margin_rate="0.1"))
    desk.place(order(BUY, "2", "4000.00"))
    assert figures(desk) == (0, 40_000, 60_000)
