"""Bars: the path within one, and where orders fill on it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from trading_api.models.broker.accounts import FillModelKind, Liquidity
from trading_api.models.broker.orders import Side
from trading_api.models.market.ticks import Bar
from trading_api.modules.broker.engine import Event, Execution, PlaceOrder
from trading_api.modules.broker.engine.bar_path import turns_of
from trading_api.modules.broker.engine.entities import Brackets
from trading_api.modules.broker.engine.events import ExecutionRecorded, OrderReplaced
from trading_api.modules.broker.engine.terms import AccountTerms, FillTerms
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
    stop,
    trailing,
    values,
)

D = Decimal
MINUTE = 60_000


def bar(prices: str, *, minute: int = 1) -> Bar:
    """A minute from a text like `10.00 10.50 9.80 10.20`: open, high, low, close."""
    return Bar("STK", minute * MINUTE, MINUTE, *(D(text) for text in prices.split()))


def bar_desk(fills: FillTerms | None = None) -> Desk:
    """A desk that fills against bars; the last closed at 10.00."""
    model = FillTerms(model=FillModelKind.BARS) if fills is None else fills
    desk = Desk(terms=AccountTerms(fills=model))
    desk.see(bar("10.00 10.00 10.00 10.00", minute=0))
    desk.time = MINUTE
    return desk


def executions(events: tuple[Event, ...]) -> list[Execution]:
    """What was executed."""
    return [event.execution for event in events if isinstance(event, ExecutionRecorded)]


@pytest.mark.parametrize(
    ("prices", "turns"),
    [
        ("10.00 10.20 9.50 9.90", "10.20 9.50 9.90"),
        ("10.00 10.50 9.80 10.40", "9.80 10.50 10.40"),
        ("10.00 10.50 9.50 10.40", "10.50 9.50 10.40"),
        ("10.00 10.00 10.00 10.00", "10.00 10.00 10.00"),
    ],
)
def test_the_path_goes_to_the_nearer_of_high_and_low_first(prices: str, turns: str) -> None:
    assert turns_of(bar(prices)) == tuple(D(text) for text in turns.split())


def test_a_market_order_fills_at_the_close_of_the_last_bar() -> None:
    (execution,) = executions(bar_desk().do(order(BUY, "5")))
    assert execution.price == D("10.00")


@pytest.mark.parametrize(
    ("command", "price", "liquidity"),
    [
        (order(BUY, "5", "9.90"), "9.90", Liquidity.MAKER),
        (order(SELL, "5", "10.30"), "10.30", Liquidity.MAKER),
        (stop(BUY, "5", "10.30"), "10.30", Liquidity.TAKER),
        (stop(SELL, "5", "9.90"), "9.90", Liquidity.TAKER),
        (stop(BUY, "5", "10.30", "10.40"), "10.30", Liquidity.TAKER),
        (stop(BUY, "5", "10.10", "9.85"), "9.85", Liquidity.MAKER),
    ],
)
def test_limits_and_stops_fill_at_their_price_within_a_bar(
    command: PlaceOrder, price: str, liquidity: Liquidity
) -> None:
    desk = bar_desk()
    desk.do(command)
    (execution,) = executions(desk.see(bar("10.00 10.50 9.20 10.20")))
    assert values(execution.price, execution.liquidity) == (D(price), liquidity)
    assert execution.time == 2 * MINUTE - 1


@pytest.mark.parametrize(
    ("command", "opens", "price"),
    [
        (order(BUY, "5", "9.90"), "9.70", "9.70"),
        (order(SELL, "5", "10.30"), "10.40", "10.40"),
        (stop(BUY, "5", "10.30"), "10.40", "10.40"),
        (stop(SELL, "5", "9.90"), "9.70", "9.70"),
    ],
)
def test_a_bar_that_opens_beyond_fills_at_its_open(command: PlaceOrder, opens: str, price: str) -> None:
    desk = bar_desk()
    desk.do(command)
    (execution,) = executions(desk.see(bar(f"{opens} 10.60 9.50 10.00")))
    assert values(execution.price, execution.time) == (D(price), MINUTE)


def test_orders_fill_in_the_order_in_which_the_path_meets_them() -> None:
    desk = bar_desk()
    commands = (
        order(SELL, "1", "10.40"),
        order(BUY, "2", "9.60"),
        stop(BUY, "3", "10.20"),
        stop(SELL, "4", "9.80"),
    )
    for command in commands:
        desk.do(command)
    up_first = desk.see(bar("10.00 10.50 9.40 9.90"))
    assert [(item.qty, item.price) for item in executions(up_first)] == [
        (D(3), D("10.20")),
        (D(1), D("10.40")),
        (D(4), D("9.80")),
        (D(2), D("9.60")),
    ]


def test_a_trailing_stop_follows_the_path_and_fills_on_the_way_back() -> None:
    desk = bar_desk()
    desk.do(trailing(SELL, "5", "0.30"))
    events = desk.see(bar("10.00 10.50 9.40 9.90"))
    moved = [event.order.stop_price for event in events if isinstance(event, OrderReplaced)]
    assert moved == [D("10.20")]
    (execution,) = executions(events)
    assert execution.price == D("10.20")


def test_a_bar_that_had_begun_when_an_order_was_placed_does_nothing_to_it() -> None:
    desk = bar_desk()
    desk.time = MINUTE + 1
    desk.do(order(BUY, "5", "9.90"))
    assert desk.see(bar("10.00 10.00 9.00 9.50")) == ()
    (execution,) = executions(desk.see(bar("9.50 9.50 9.50 9.50", minute=2)))
    assert execution.price == D("9.50")


def test_brackets_of_what_the_open_fills_work_within_the_bar() -> None:
    desk = bar_desk()
    protected = Brackets(take_profit=D("10.40"), stop_loss=D("9.60"))
    desk.do(replace(order(BUY, "5", "9.90"), brackets=protected))
    events = desk.see(bar("9.80 10.50 9.75 10.20"))
    assert [item.price for item in executions(events)] == [D("9.80"), D("10.40")]
    assert kinds(events)[-2:] == ["PositionChanged", "OrderCanceled"]


def test_brackets_of_what_fills_later_in_a_bar_wait_for_the_next() -> None:
    desk = bar_desk()
    protected = Brackets(take_profit=D("10.40"), stop_loss=D("9.60"))
    desk.do(replace(order(BUY, "5", "9.90"), brackets=protected))
    first = desk.see(bar("10.00 10.50 9.50 10.00"))
    assert [item.price for item in executions(first)] == [D("9.90")]
    second = desk.see(bar("10.00 10.50 9.50 10.00", minute=2))
    assert [item.price for item in executions(second)] == [D("10.40")]


@pytest.mark.parametrize(("high", "fills"), [("10.30", False), ("10.31", True)])
def test_a_limit_at_the_very_high_is_only_touched(high: str, fills: bool) -> None:
    desk = bar_desk(FillTerms(model=FillModelKind.BARS, touch_probability=D(0)))
    desk.do(order(SELL, "5", "10.30"))
    assert bool(executions(desk.see(bar(f"10.00 {high} 9.50 10.00")))) is fills


def test_slippage_worsens_stops_within_bars() -> None:
    desk = bar_desk(FillTerms(model=FillModelKind.BARS, slippage_ticks=D(2)))
    desk.do(stop(BUY, "5", "10.30"))
    (execution,) = executions(desk.see(bar("10.00 10.50 9.80 10.20")))
    assert execution.price == D("10.32")


def test_bars_out_of_session_fill_nothing() -> None:
    desk = Desk(instrument(session=NEW_YORK), terms=AccountTerms(fills=FillTerms(model=FillModelKind.BARS)))
    desk.time = new_york("2013-10-04 15:59")
    desk.do(order(BUY, "5", "9.90"))
    close = replace(bar("9.00 9.00 9.00 9.00"), time=new_york("2013-10-04 16:00"))
    assert desk.see(close) == ()


@pytest.mark.parametrize("side", [BUY, SELL])
def test_quotes_fill_until_a_symbol_shows_bars(side: Side) -> None:
    desk = Desk(terms=AccountTerms(fills=FillTerms(model=FillModelKind.BARS)))
    desk.see(quote("9.98", "10.02"))
    assert executions(desk.do(order(side, "5")))
    desk.see(bar("10.00 10.00 10.00 10.00"))
    desk.time = 2 * MINUTE
    desk.do(order(BUY, "5", "9.90"))
    assert desk.see(quote("9.00", "9.02", time=2 * MINUTE + 5)) == ()


def test_other_accounts_ignore_bars() -> None:
    desk = Desk()
    desk.do(order(BUY, "5", "9.90"))
    assert desk.see(bar("9.00 9.00 9.00 9.00")) == ()
