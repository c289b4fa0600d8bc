"""Margin, what open orders reserve, and buying power."""

from decimal import Decimal
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_api.models.broker.orders import Side
from trading_api.modules.broker.engine import CancelOrder, OrderRefused, openings, worth_of
from trading_api.modules.broker.engine.exact import exact
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


def reserved_the_long_way(desk: Desk, symbol: str) -> Decimal:
    """The reserve as the rules state it, order by order."""
    held = desk.state.position_of(symbol)
    quantity = held.signed_qty if held else Decimal(0)
    used = worth_of(desk.state, desk.market).margin.used
    worst = [used]
    for side, sign in ((BUY, 1), (SELL, -1)):
        to_reduce = max(Decimal(0), -quantity * sign)
        margin = Decimal(0) if to_reduce else used
        orders = [item for item in desk.state.orders_of(symbol) if item.side is side]
        for item in sorted(orders, key=lambda item: item.reserve_price or Decimal(0)):
            opening = max(Decimal(0), item.remaining_qty - to_reduce)
            to_reduce = max(Decimal(0), to_reduce - item.remaining_qty)
            margin += opening * (item.reserve_price or Decimal(0)) * Decimal("0.05")
        worst.append(margin)
    return max(worst) - used


steps = st.tuples(
    st.sampled_from((BUY, SELL)), st.integers(1, 300), st.none() | st.integers(1, 40), st.booleans()
)


@settings(deadline=None, max_examples=60)
@given(st.lists(steps, min_size=5, max_size=60), st.integers(2, 8))
def test_the_reserve_is_that_of_the_rules_however_orders_come_and_go(
    walk: list[tuple[Side, int, int | None, bool]], chunk: int
) -> None:
    with patch.object(openings, "CHUNK", chunk):
        desk = Desk(instrument(margin_rate="0.05"), balance="1000000")
        desk.see(quote("10.00", "10.00"))
        for side, qty, distance, cancels in walk:
            price = None
            if distance is not None:
                price = f"{Decimal(10) + Decimal(distance) / 100 * (-1 if side is BUY else 1):f}"
            desk.do(order(side, str(qty), price))
            if cancels and desk.state.orders:
                desk.do(CancelOrder(desk.state.open_orders[qty % len(desk.state.orders)].id))
            with exact():
                assert figures(desk)[1] == reserved_the_long_way(desk, "STK")


def test_the_cheapest_orders_close_the_position_and_the_rest_reserves() -> None:
    desk = desk_at(balance="100000")
    desk.do(order(BUY, "250"))
    for cents in range(300):
        desk.do(order(SELL, "1", f"{Decimal(1100 + cents) / 100:.2f}"))
    # the 50 dearest are from 13.50 to 13.99 and would open shorts worth 687.25, less than the 2500 held
    assert figures(desk)[:2] == (2500, 0)
    desk.do(order(SELL, "300", "20.00"))
    assert figures(desk)[:2] == (2500, Decimal("6687.25") - 2500)
