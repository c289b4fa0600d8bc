"""When orders fill, at which price, and what a fill leaves behind."""

from decimal import Decimal

import pytest

from trading_api.models.broker.orders import DurationType, Side
from trading_api.models.market.ticks import Trade
from trading_api.modules.broker.engine import CancelOrder, worth_of
from trading_api.modules.broker.engine.events import (
    BalanceChanged,
    ExecutionRecorded,
    OrderRejected,
    PositionChanged,
)
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
    values,
)

CASCADE = ["ExecutionRecorded", "OrderFilled", "BalanceChanged", "PositionChanged"]


@pytest.mark.parametrize(("side", "price"), [(BUY, "10.02"), (SELL, "9.98")])
def test_a_market_order_takes_the_other_side_at_once(side: Side, price: str) -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    events = desk.do(order(side, "7"))
    assert kinds(events) == ["OrderAccepted", *CASCADE]
    assert [event.offset for event in events] == [2, 3, 4, 5, 6]
    assert desk.only("STK").avg_price == Decimal(price)
    assert desk.only("STK").side is side
    assert not desk.state.orders


def test_ids_come_from_offsets() -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    desk.do(order(BUY, "7"))
    (execution,) = [event.execution for event in desk.events if isinstance(event, ExecutionRecorded)]
    assert (execution.order_id, execution.id, desk.only("STK").id) == ("O2", "X3", "P6")


@pytest.mark.parametrize(
    ("side", "limit", "price"), [(BUY, "10.05", "10.02"), (BUY, "10.02", "10.02"), (SELL, "9.90", "9.98")]
)
def test_a_marketable_limit_fills_at_the_quote_at_once(side: Side, limit: str, price: str) -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    placed = desk.place(order(side, "1", limit))
    assert (placed.status, placed.avg_price) == ("filled", Decimal(price))


@pytest.mark.parametrize(
    ("side", "limit", "bid", "ask", "price"),
    [
        (BUY, "9.90", "9.88", "9.90", "9.90"),
        (BUY, "9.90", "9.70", "9.72", "9.72"),
        (SELL, "10.10", "10.10", "10.12", "10.10"),
        (SELL, "10.10", "10.30", "10.32", "10.30"),
    ],
)
def test_a_resting_limit_fills_at_its_limit_or_at_the_better_price_of_a_gap(
    side: Side, limit: str, bid: str, ask: str, price: str
) -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    assert desk.place(order(side, "5", limit)).status == "working"
    assert desk.see(quote("9.97", "10.01", time=1500)) == ()
    assert kinds(desk.see(quote(bid, ask, time=2000))) == CASCADE
    assert desk.only("STK").avg_price == Decimal(price)
    assert desk.state.time == 2000


def test_a_quote_that_is_older_than_an_order_cannot_fill_it() -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02", time=2000))
    assert desk.place(order(BUY, "5", "9.90")).status == "working"
    assert desk.see(quote("9.80", "9.82", time=1999)) == ()
    assert kinds(desk.see(quote("9.80", "9.82", time=2000))) == CASCADE


def test_a_trade_fills_nothing_at_the_top_of_the_book() -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    desk.place(order(BUY, "5", "9.90"))
    assert desk.see(Trade("STK", 1100, Decimal("9.00"), Decimal(100))) == ()


def test_an_empty_side_fills_nothing() -> None:
    desk = Desk()
    desk.place(order(BUY, "5", "9.90"))
    assert desk.see(quote("9.80", "0")) == ()


def test_one_quote_fills_in_price_time_priority() -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    placed = [desk.place(order(BUY, "1", limit)).id for limit in ("9.80", "9.90", "9.80", "9.95")]
    events = desk.see(quote("9.50", "9.52", time=2000))
    filled = [event.execution.order_id for event in events if isinstance(event, ExecutionRecorded)]
    assert filled == [placed[3], placed[1], placed[0], placed[2]]


def test_adding_averages_and_reducing_realizes_with_the_average_unchanged() -> None:
    desk = Desk()
    desk.see(quote("10.00", "10.00"))
    desk.do(order(BUY, "1"))
    desk.see(quote("10.10", "10.10"))
    desk.do(order(BUY, "2"))
    position = desk.only("STK")
    assert values(position.qty, position.cost, str(position.avg_price)) == (
        3,
        Decimal("30.20"),
        "10.066666666666666667",
    )
    desk.see(quote("11.00", "11.00"))
    desk.do(order(SELL, "1"))
    assert desk.only("STK").avg_price == position.avg_price
    assert desk.only("STK").realized_pl == Decimal(11) - Decimal("10.066666666666666667")
    desk.do(order(SELL, "2"))
    assert not desk.state.positions
    assert desk.state.balance == 100000 + 3 * Decimal(11) - Decimal("30.20")


def test_a_short_gains_when_the_price_falls_and_closes_with_quantity_0() -> None:
    desk = Desk()
    desk.see(quote("10.00", "10.02"))
    desk.do(order(SELL, "100"))
    desk.see(quote("9.00", "9.02"))
    assert worth_of(desk.state, desk.market).unrealized_pl == Decimal("98.00")
    events = desk.do(order(BUY, "100"))
    closed = events[-1]
    assert isinstance(closed, PositionChanged)
    assert values(closed.position.qty, closed.position.side, closed.position.realized_pl) == (
        0,
        SELL,
        Decimal(98),
    )
    assert desk.state.balance == Decimal(100098)


def test_crossing_zero_closes_and_opens_the_rest_at_the_fill_price() -> None:
    desk = Desk()
    desk.see(quote("10.00", "10.00"))
    desk.do(order(BUY, "3"))
    desk.see(quote("12.00", "12.00"))
    events = desk.do(order(SELL, "5"))
    assert kinds(events) == ["OrderAccepted", *CASCADE, "PositionChanged"]
    closed, opened = (event.position for event in events if isinstance(event, PositionChanged))
    assert values(closed.id, closed.qty, closed.realized_pl) == ("P6", 0, 6)
    assert values(opened.id, opened.qty, opened.side, opened.avg_price) == (f"P{opened.offset}", 2, SELL, 12)
    assert opened.realized_pl == 0
    (execution,) = [event.execution for event in events if isinstance(event, ExecutionRecorded)]
    assert values(execution.qty, execution.realized_pl) == (5, 6)


def test_the_point_value_multiplies_profit() -> None:
    desk = Desk(instrument(tick="0.25", point_value="50", margin_rate="0.1"))
    desk.see(quote("4000.00", "4000.25"))
    desk.do(order(BUY, "2"))
    desk.see(quote("4001.25", "4001.50"))
    assert worth_of(desk.state, desk.market).unrealized_pl == 100
    (change,) = [e for e in desk.do(order(SELL, "2")) if isinstance(e, BalanceChanged)]
    assert values(change.change, change.realized_pl, desk.state.balance) == (100, 100, 100100)


OPEN, CLOSE = new_york("2013-10-04 09:30"), new_york("2013-10-04 16:00")


def session_desk() -> Desk:
    """A desk whose instrument trades in New York's hours."""
    return Desk(instrument(session=NEW_YORK))


def test_a_market_order_out_of_session_fills_on_the_first_quote_in_session() -> None:
    desk = session_desk()
    desk.see(quote("10.00", "10.02", time=OPEN - 3_600_000))
    placed = desk.place(order(BUY, "10"))
    assert placed.status == "working"
    assert desk.see(quote("10.10", "10.12", time=OPEN - 1)) == ()
    assert kinds(desk.see(quote("10.20", "10.22", time=OPEN))) == CASCADE
    assert desk.only("STK").avg_price == Decimal("10.22")


def test_a_quote_from_before_the_session_fills_no_order_placed_in_it() -> None:
    desk = session_desk()
    desk.see(quote("10.00", "10.02", time=OPEN - 1000))
    desk.time = OPEN + 5
    assert desk.place(order(BUY, "10")).status == "working"
    assert desk.place(order(BUY, "10", "10.50")).status == "working"
    assert kinds(desk.see(quote("10.30", "10.32", time=OPEN + 10))) == CASCADE * 2


def test_a_quote_of_yesterdays_session_fills_no_order_placed_today() -> None:
    desk = session_desk()
    desk.see(quote("10.00", "10.02", time=CLOSE - 1))
    desk.time = new_york("2013-10-07 09:30")
    assert desk.place(order(BUY, "10")).status == "working"
    assert desk.place(order(BUY, "10", "10.50")).status == "working"


def test_midnight_does_not_end_a_session_that_never_closes() -> None:
    desk = Desk()
    desk.see(quote("10.00", "10.02", time=86_399_999))
    desk.time = 2 * 86_400_000
    assert desk.place(order(BUY, "10")).status == "filled"


def test_quotes_out_of_session_fill_nothing() -> None:
    desk = session_desk()
    desk.see(quote("10.00", "10.02", time=OPEN))
    desk.place(order(BUY, "10", "9.00"))
    assert desk.see(quote("8.00", "8.02", time=CLOSE)) == ()


def test_a_day_order_expires_at_the_end_of_its_session() -> None:
    desk = session_desk()
    desk.time = OPEN + 1000
    day = desk.place(order(BUY, "10", "9.00", duration=DurationType.DAY))
    lasting = desk.place(order(BUY, "10", "9.00"))
    assert day.expire_time == CLOSE
    assert desk.pass_time(CLOSE - 1) == ()
    (expired,) = desk.pass_time(CLOSE + 7_000)
    assert (expired.type, expired.time) == ("OrderExpired", CLOSE)
    assert list(desk.state.orders) == [lasting.id]


def test_a_day_order_placed_after_the_close_is_for_the_next_session() -> None:
    desk = session_desk()
    desk.time = CLOSE + 1000
    assert desk.place(order(BUY, "1", "9", duration=DurationType.DAY)).expire_time == new_york(
        "2013-10-07 16:00"
    )


def test_a_quote_after_the_end_expires_the_order_before_it_could_fill() -> None:
    desk = session_desk()
    desk.time = OPEN
    desk.place(order(BUY, "10", "9.00", duration=DurationType.DAY))
    assert kinds(desk.see(quote("8.00", "8.02", time=new_york("2013-10-07 09:30")))) == ["OrderExpired"]


def test_final_orders_are_listed_until_the_next_trading_day_opens() -> None:
    desk = session_desk()
    desk.time = OPEN
    placed = desk.place(order(BUY, "10", "9.00"))
    desk.do(CancelOrder(placed.id))
    canceled = desk.events[-1]
    assert canceled.type == "OrderCanceled"
    assert canceled.order.listed_until == new_york("2013-10-07 09:30")


def test_a_queued_market_order_that_has_become_too_dear_is_rejected() -> None:
    desk = Desk(instrument(session=NEW_YORK, margin_rate="1"), balance="1000", leverage="1")
    desk.see(quote("9.00", "9.00", time=OPEN - 1000))
    desk.place(order(BUY, "100"))
    (event,) = desk.see(quote("11.00", "11.02", time=OPEN))
    assert isinstance(event, OrderRejected)
    assert event.order.status == "rejected"
    assert event.order.reject_reason is not None
    assert event.order.reject_reason.startswith("buying-power-insufficient")


def test_the_journals_time_never_runs_backwards() -> None:
    desk = Desk()
    desk.time = 5000
    placed = desk.place(order(BUY, "1", "9"))
    desk.see(quote("8", "8", time=4000))
    assert placed.create_time == 5000
    assert desk.events[-1].time == 5000
