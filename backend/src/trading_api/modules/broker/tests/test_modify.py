"""Changing open orders, which keep their ids."""

from dataclasses import replace
from decimal import Decimal

import pytest

from trading_api.models.broker.accounts import TradingState
from trading_api.models.broker.orders import DurationType, OrderType
from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.broker.engine import CancelOrder, OrderNotOpen, OrderRefused, PlaceOrder
from trading_api.modules.broker.engine.causes import Rule
from trading_api.modules.broker.engine.commands import ModifyOrder, SetTradingState
from trading_api.modules.broker.engine.entities import NO_BRACKETS
from trading_api.modules.broker.engine.events import OrderReplaced
from trading_api.modules.broker.engine.terms import AccountTerms, FillTerms, RiskTerms
from trading_api.modules.broker.tests.bracket_cases import brackets, desk_at, protected, rules, shown
from trading_api.modules.broker.tests.engine_cases import (
    BUY,
    SELL,
    Desk,
    kinds,
    order,
    quote,
    values,
)

CASCADE = ["ExecutionRecorded", "OrderFilled", "BalanceChanged", "PositionChanged"]
STOP, STOP_LIMIT, TRAILING = OrderType.STOP, OrderType.STOP_LIMIT, OrderType.TRAILING_STOP
SIZED = AccountTerms(fills=FillTerms(respect_size=True))


def codes(desk: Desk, command: ModifyOrder) -> list[str]:
    """The checks that the change fails; nothing changes by it."""
    before = desk.state
    with pytest.raises(OrderRefused) as caught:
        desk.do(command)
    assert desk.state == before
    return [failure.code.value for failure in caught.value.failures]


def stop(side: str, qty: str, price: str, limit: str | None = None) -> PlaceOrder:
    """A stop order, or with a limit a stop-limit order."""
    kind = STOP if limit is None else STOP_LIMIT
    placed = order(BUY if side == "buy" else SELL, qty, limit)
    return replace(placed, type=kind, stop_price=Decimal(price))


def trailing(qty: str, amount: str) -> PlaceOrder:
    """A trailing stop that sells."""
    return replace(order(SELL, qty), type=TRAILING, trailing_amount=Decimal(amount))


def sized(bid: str, ask: str, size: str, time: int) -> Quote:
    """A quote with as much on both sides."""
    return Quote("STK", time, Decimal(bid), Decimal(ask), Decimal(size), Decimal(size))


def partly_filled() -> Desk:
    """A desk where order O2 has bought 4 of 10 at its limit of 9.00, protected by brackets."""
    desk = Desk(terms=SIZED)
    desk.see(quote("9.99", "10.01"))
    desk.do(protected(order(BUY, "10", "9.00"), "11.00", "8.00"))
    desk.see(sized("8.98", "9.00", "4", 2000))
    desk.see(sized("9.50", "9.52", "4", 3000))
    return desk


def test_price_and_quantity_change_and_the_id_stays() -> None:
    desk = desk_at()
    placed = desk.place(order(BUY, "5", "9.00", name="mine"))
    desk.time = 1500
    (event,) = desk.do(ModifyOrder(placed.id, qty=Decimal(7), limit_price=Decimal("9.50")))
    assert isinstance(event, OrderReplaced)
    changed = event.order
    assert values(changed.id, changed.qty, changed.limit_price, changed.client_order_id) == (
        placed.id,
        7,
        Decimal("9.5"),
        "mine",
    )
    assert (changed.create_time, changed.update_time) == (1000, 1500)
    assert event.cause is not None
    assert (event.cause.rule, event.cause.note) == (Rule.MODIFIED, "qty=5->7 limitPrice=9->9.5")
    assert kinds(desk.see(quote("9.48", "9.50", time=2000))) == CASCADE
    assert values(desk.only("STK").qty, desk.only("STK").avg_price) == (7, Decimal("9.5"))


def test_what_is_so_already_changes_nothing() -> None:
    desk = desk_at()
    placed = desk.place(protected(order(BUY, "5", "9.00"), "11.00"))
    same = ModifyOrder(placed.id, qty=Decimal("5.0"), limit_price=Decimal("9.00"), brackets=brackets("11.00"))
    assert desk.do(same) == ()
    assert desk.do(ModifyOrder(placed.id)) == ()


def test_a_limit_that_is_moved_across_the_market_fills_at_once() -> None:
    desk = desk_at()
    placed = desk.place(order(BUY, "5", "9.00"))
    events = desk.do(ModifyOrder(placed.id, limit_price=Decimal("10.05")))
    assert kinds(events) == ["OrderReplaced", *CASCADE]
    assert desk.only("STK").avg_price == Decimal("10.01")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ModifyOrder("O2", qty=Decimal(0)), "quantity-not-positive"),
        (ModifyOrder("O2", qty=Decimal("1.5")), "quantity-step"),
        (ModifyOrder("O2", qty=Decimal(2000000)), "quantity-too-large"),
        (ModifyOrder("O2", limit_price=Decimal("9.005")), "price-tick"),
        (ModifyOrder("O2", limit_price=Decimal(-9)), "price-not-positive"),
        (ModifyOrder("O2", stop_price=Decimal(9)), "price-not-allowed"),
        (ModifyOrder("O2", type=OrderType.MARKET), "change-not-allowed"),
        (ModifyOrder("O2", duration=DurationType.GTD), "duration-end-missing"),
        (ModifyOrder("O2", duration=DurationType.GTD, gtd_time=1000), "duration-end-past"),
        (ModifyOrder("O2", duration=DurationType.IOC), "change-not-allowed"),
        (ModifyOrder("O2", brackets=brackets("8.99")), "take-profit-wrong-side"),
        (ModifyOrder("O2", brackets=brackets(stop="9.00")), "stop-loss-wrong-side"),
        (ModifyOrder("O2", qty=Decimal(900000)), "buying-power-insufficient"),
    ],
)
def test_a_change_is_checked_like_a_new_order(command: ModifyOrder, code: str) -> None:
    desk = desk_at()
    desk.do(order(BUY, "5", "9.00"))
    assert code in codes(desk, command)


def test_buying_power_is_checked_for_what_is_added() -> None:
    desk = Desk(balance="1000")
    desk.see(quote("9.99", "10.01"))
    desk.do(order(BUY, "400", "9.00"))
    assert codes(desk, ModifyOrder("O2", qty=Decimal(450))) == ["buying-power-insufficient"]
    assert kinds(desk.do(ModifyOrder("O2", qty=Decimal(444)))) == ["OrderReplaced"]


@pytest.mark.parametrize("qty", ["4", "3"])
def test_no_less_than_what_is_filled(qty: str) -> None:
    assert codes(partly_filled(), ModifyOrder("O2", qty=Decimal(qty))) == ["quantity-below-filled"]


def test_the_rest_of_a_partly_filled_order_changes() -> None:
    desk = partly_filled()
    desk.do(ModifyOrder("O2", qty=Decimal(6), limit_price=Decimal("9.20")))
    changed = desk.state.orders["O2"]
    assert values(changed.qty, changed.filled_qty, changed.remaining_qty) == (6, 4, 2)
    desk.see(sized("9.18", "9.20", "9", 4000))
    assert values(desk.only("STK").qty, desk.only("STK").cost) == (6, Decimal("54.40"))
    assert [item.remaining_qty for item in desk.state.brackets_of(desk.only("STK").id)] == [6, 6]


def test_brackets_of_a_partly_filled_order_are_those_of_its_position() -> None:
    desk = partly_filled()
    events = desk.do(ModifyOrder("O2", brackets=brackets("11.50")))
    assert kinds(events) == ["OrderReplaced", "OrderReplaced", "OrderCanceled", "PositionChanged"]
    assert desk.only("STK").brackets == brackets("11.50")
    assert desk.state.orders["O2"].brackets == brackets("11.50")


def test_brackets_of_a_position_must_fit_where_it_could_be_closed() -> None:
    desk = partly_filled()
    desk.see(sized("8.48", "8.50", "1", 4000))
    asked = ModifyOrder("O2", brackets=brackets(guaranteed="8.90"))
    assert codes(desk, asked) == ["stop-loss-wrong-side"]


@pytest.mark.parametrize(
    ("command", "terms"),
    [
        (ModifyOrder("O2", type=STOP, stop_price=Decimal("10.50")), ("stop", None, Decimal("10.5"))),
        (
            ModifyOrder("O2", type=STOP_LIMIT, stop_price=Decimal("10.50"), limit_price=Decimal("10.60")),
            ("stop_limit", Decimal("10.6"), Decimal("10.5")),
        ),
        (
            ModifyOrder("O2", type=STOP_LIMIT, stop_price=Decimal("10.50")),
            ("stop_limit", Decimal(9), Decimal("10.5")),
        ),
    ],
)
def test_a_limit_becomes_a_stop(command: ModifyOrder, terms: tuple[object, ...]) -> None:
    desk = desk_at()
    desk.do(order(BUY, "5", "9.00"))
    desk.do(command)
    changed = desk.state.orders["O2"]
    assert values(changed.type.value, changed.limit_price, changed.stop_price) == terms


def test_a_stop_becomes_a_limit() -> None:
    desk = desk_at()
    desk.do(stop("buy", "5", "10.50"))
    desk.do(ModifyOrder("O2", type=OrderType.LIMIT, limit_price=Decimal("9.00")))
    changed = desk.state.orders["O2"]
    assert values(changed.type, changed.stop_price, changed.limit_price) == ("limit", None, Decimal(9))
    desk.see(Trade("STK", 1500, Decimal("10.60"), Decimal(1)))
    assert not desk.state.orders["O2"].triggered
    assert kinds(desk.see(quote("8.98", "9.00", time=2000))) == CASCADE


def test_a_stop_may_not_be_moved_to_where_it_triggers() -> None:
    desk = desk_at()
    desk.do(stop("buy", "5", "10.50"))
    assert codes(desk, ModifyOrder("O2", stop_price=Decimal("10.01"))) == ["stop-would-trigger"]
    desk.do(ModifyOrder("O2", stop_price=Decimal("10.02")))
    assert "OrderTriggered" in kinds(desk.see(Trade("STK", 1500, Decimal("10.02"), Decimal(1))))


def test_a_stop_that_stays_is_not_held_against_a_market_that_went_past_it() -> None:
    desk = Desk(terms=AccountTerms(fills=FillTerms(latency_ms=1000)))
    desk.see(quote("9.99", "10.01"))
    desk.do(stop("buy", "5", "10.50"))
    desk.see(quote("10.59", "10.61", time=1100))
    desk.see(Trade("STK", 1100, Decimal("10.60"), Decimal(1)))
    desk.do(ModifyOrder("O2", qty=Decimal(3)))
    assert desk.state.orders["O2"].qty == Decimal(3)


def test_what_a_stop_has_become_can_be_changed_but_not_where_it_triggered() -> None:
    desk = desk_at()
    desk.do(stop("buy", "5", "10.50", "10.40"))
    desk.see(quote("10.50", "10.52", time=1500))
    desk.see(Trade("STK", 1600, Decimal("10.50"), Decimal(1)))
    assert desk.state.orders["O2"].triggered
    assert codes(desk, ModifyOrder("O2", stop_price=Decimal(11))) == ["change-not-allowed"]
    assert codes(desk, ModifyOrder("O2", type=STOP)) == ["change-not-allowed"]
    events = desk.do(ModifyOrder("O2", limit_price=Decimal("10.52"), stop_price=Decimal("10.50")))
    assert kinds(events) == ["OrderReplaced", *CASCADE]


def test_a_trailing_stop_follows_the_best_price_by_the_new_amount() -> None:
    desk = desk_at()
    desk.see(Trade("STK", 1000, Decimal(10), Decimal(1)))
    placed = desk.place(trailing("5", "1.00"))
    desk.see(Trade("STK", 1100, Decimal(11), Decimal(1)))
    desk.see(Trade("STK", 1200, Decimal("10.70"), Decimal(1)))
    assert desk.state.orders[placed.id].stop_price == Decimal(10)
    desk.do(ModifyOrder(placed.id, trailing_amount=Decimal("0.50")))
    changed = desk.state.orders[placed.id]
    assert values(changed.stop_price, changed.trailing_amount) == (Decimal("10.5"), Decimal("0.5"))
    assert codes(desk, ModifyOrder(placed.id, trailing_amount=Decimal("0.30"))) == ["stop-would-trigger"]
    assert codes(desk, ModifyOrder(placed.id, stop_price=Decimal(9))) == ["change-not-allowed"]
    assert desk.do(ModifyOrder(placed.id, stop_price=Decimal("10.50"))) == ()


def test_how_long_an_order_works_changes() -> None:
    desk = desk_at()
    placed = desk.place(order(BUY, "5", "9.00"))
    desk.do(ModifyOrder(placed.id, duration=DurationType.GTD, gtd_time=5000))
    desk.do(ModifyOrder(placed.id, qty=Decimal(6)))
    assert values(desk.state.orders[placed.id].expire_time, desk.state.orders[placed.id].qty) == (5000, 6)
    desk.do(ModifyOrder(placed.id, gtd_time=6000))
    assert desk.pass_time(5999) == ()
    assert kinds(desk.pass_time(6000)) == ["OrderExpired"]


def test_brackets_of_a_resting_order_are_changed_added_and_left_out() -> None:
    desk = desk_at()
    placed = desk.place(protected(order(BUY, "5", "9.00"), "11.00", "8.00"))
    events = desk.do(ModifyOrder(placed.id, qty=Decimal(7), brackets=brackets("11.50", pips="50")))
    assert kinds(events) == [
        "OrderReplaced",
        "OrderReplaced",
        "OrderCanceled",
        "OrderAccepted",
        "OrderReplaced",
    ]
    assert shown(desk.state.brackets_of(placed.id)) == [
        ("limit", "inactive", Decimal("11.5"), 7),
        ("trailing_stop", "inactive", None, 7),
    ]
    desk.do(ModifyOrder(placed.id, brackets=NO_BRACKETS))
    assert [item.id for item in desk.state.open_orders] == [placed.id]


def test_a_waiting_bracket_is_moved_and_its_order_knows() -> None:
    desk = desk_at()
    placed = desk.place(protected(order(BUY, "5", "9.00"), "11.00", "8.00"))
    profit, _ = desk.state.brackets_of(placed.id)
    events = desk.do(ModifyOrder(profit.id, limit_price=Decimal("12.00")))
    assert kinds(events) == ["OrderReplaced", "OrderReplaced"]
    assert desk.state.orders[placed.id].brackets == brackets("12.00", "8.00")
    assert desk.state.orders[profit.id].limit_price == Decimal(12)


def test_a_working_bracket_is_moved_and_its_position_knows() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), "11.00", "8.00"))
    _, loss = desk.state.open_orders
    events = desk.do(ModifyOrder(loss.id, stop_price=Decimal("9.00")))
    assert kinds(events) == ["OrderReplaced", "PositionChanged"]
    assert desk.only("STK").brackets == brackets("11.00", "9.00")
    assert desk.do(ModifyOrder(loss.id, stop_price=Decimal("9.00"))) == ()
    assert codes(desk, ModifyOrder(loss.id, stop_price=Decimal("9.99"))) == ["stop-loss-wrong-side"]
    assert codes(desk, ModifyOrder(loss.id, qty=Decimal(3), limit_price=Decimal(9))) == [
        "change-not-allowed",
        "change-not-allowed",
    ]


def test_the_trailing_distance_of_a_bracket_changes() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), pips="50"))
    (trail,) = desk.state.open_orders
    desk.do(ModifyOrder(trail.id, trailing_amount=Decimal("0.25")))
    changed = desk.state.orders[trail.id]
    assert values(changed.trailing_amount, changed.stop_price) == (Decimal("0.25"), Decimal("9.74"))
    assert desk.only("STK").brackets == brackets(pips="25")


def test_final_orders_never_change() -> None:
    desk = desk_at()
    placed = desk.place(order(BUY, "5", "9.00"))
    desk.do(CancelOrder(placed.id))
    with pytest.raises(OrderNotOpen):
        desk.do(ModifyOrder(placed.id, qty=Decimal(6)))
    with pytest.raises(OrderNotOpen):
        desk.do(ModifyOrder("O99"))


def test_limits_of_the_account_are_for_the_changed_order_instead_of_the_present_one() -> None:
    risk = RiskTerms(max_orders_per_second=1, max_order_notional=Decimal(100))
    desk = Desk(terms=AccountTerms(risk=risk))
    desk.see(quote("9.99", "10.01"))
    desk.do(order(BUY, "10", "9.00"))
    desk.do(ModifyOrder("O2", qty=Decimal(11)))
    assert codes(desk, ModifyOrder("O2", qty=Decimal(12))) == ["order-notional-exceeded"]


def test_a_halted_account_changes_nothing() -> None:
    desk = desk_at()
    desk.do(protected(order(BUY, "5"), "11.00", "8.00"))
    desk.do(order(BUY, "5", "9.00"))
    resting = desk.state.open_orders[-1]
    desk.do(SetTradingState(TradingState.HALTED))
    assert codes(desk, ModifyOrder(resting.id, qty=Decimal(6))) == ["trading-halted"]
    profit = desk.state.open_orders[0]
    assert codes(desk, ModifyOrder(profit.id, limit_price=Decimal(12))) == ["trading-halted"]


def test_a_closing_order_is_measured_by_what_is_left_of_it() -> None:
    desk = Desk(terms=SIZED)
    desk.see(quote("9.99", "10.01"))
    desk.do(order(BUY, "10"))
    placed = desk.place(replace(order(SELL, "10", "11.00"), is_close=True))
    desk.see(sized("11.00", "11.02", "4", 2000))
    assert desk.only("STK").qty == Decimal(6)
    desk.see(sized("10.90", "10.92", "4", 2100))
    desk.do(ModifyOrder(placed.id, limit_price=Decimal("10.95")))
    desk.see(sized("10.95", "10.97", "9", 3000))
    assert not desk.state.positions
    assert rules(desk, -3)[-1] == Rule.LIMIT_REACHED


def test_a_closing_order_may_move_although_what_it_closes_has_shrunk() -> None:
    desk = desk_at()
    desk.do(order(BUY, "10"))
    placed = desk.place(replace(order(SELL, "10", "11.00"), is_close=True))
    desk.do(order(SELL, "4"))
    desk.do(ModifyOrder(placed.id, limit_price=Decimal("10.50")))
    assert codes(desk, ModifyOrder(placed.id, qty=Decimal(7))) == ["nothing-to-close"]
    desk.see(quote("10.50", "10.52", time=2000))
    assert not desk.state.positions
    assert not desk.state.orders
