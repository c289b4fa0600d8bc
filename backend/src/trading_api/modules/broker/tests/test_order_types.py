"""What each type of order needs, and where it waits once it is accepted."""

from dataclasses import replace
from decimal import Decimal

import pytest

from trading_api.models.broker.orders import DurationType, Side
from trading_api.modules.broker.engine import OrderRefused, PlaceOrder, worth_of
from trading_api.modules.broker.engine.events import ORDER_EVENTS, last_order
from trading_api.modules.broker.engine.terms import AccountTerms
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
    trade,
    trailing,
    values,
)


def traded_desk(*, allow_immediate_stops: bool = False) -> Desk:
    """A desk at 9.98 to 10.02, where 10.00 was traded last."""
    desk = Desk(terms=AccountTerms(allow_immediate_stops=allow_immediate_stops))
    desk.see(quote("9.98", "10.02"))
    desk.see(trade("10.00"))
    return desk


def refusals(desk: Desk, command: PlaceOrder) -> list[tuple[str, str]]:
    """Code and field of each failed check."""
    before = desk.state
    with pytest.raises(OrderRefused) as caught:
        desk.place(command)
    assert desk.state == before
    return [(failure.code.value, failure.field) for failure in caught.value.failures]


MARKET_ORDER, LIMIT_ORDER = order(BUY, "1"), order(BUY, "1", "9")
STOP_ORDER, STOP_LIMIT = stop(BUY, "1", "11"), stop(BUY, "1", "11", "12")
TRAILING = trailing(BUY, "1", "0.50")
TEN = Decimal(10)


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (replace(MARKET_ORDER, stop_price=TEN), [("price-not-allowed", "stopPrice")]),
        (replace(MARKET_ORDER, trailing_amount=TEN), [("price-not-allowed", "trailingAmount")]),
        (replace(LIMIT_ORDER, limit_price=None), [("price-missing", "limitPrice")]),
        (replace(LIMIT_ORDER, stop_price=TEN), [("price-not-allowed", "stopPrice")]),
        (replace(STOP_ORDER, stop_price=None), [("price-missing", "stopPrice")]),
        (replace(STOP_ORDER, limit_price=TEN), [("price-not-allowed", "limitPrice")]),
        (replace(STOP_ORDER, stop_price=Decimal(0)), [("price-not-positive", "stopPrice")]),
        (replace(STOP_ORDER, stop_price=Decimal("11.005")), [("price-tick", "stopPrice")]),
        (
            replace(STOP_LIMIT, limit_price=None, stop_price=None),
            [("price-missing", "limitPrice"), ("price-missing", "stopPrice")],
        ),
        (replace(TRAILING, trailing_amount=None), [("price-missing", "trailingAmount")]),
        (replace(TRAILING, stop_price=TEN), [("price-not-allowed", "stopPrice")]),
        (replace(TRAILING, trailing_amount=Decimal(-1)), [("price-not-positive", "trailingAmount")]),
        (replace(TRAILING, trailing_amount=Decimal("0.001")), [("price-tick", "trailingAmount")]),
        (trailing(SELL, "1", "10.00"), [("price-not-positive", "trailingAmount")]),
    ],
)
def test_a_type_needs_its_prices_and_takes_no_others(
    command: PlaceOrder, expected: list[tuple[str, str]]
) -> None:
    assert refusals(traded_desk(), command) == expected


@pytest.mark.parametrize(("side", "price"), [(BUY, "10.00"), (BUY, "9.99"), (SELL, "10.00"), (SELL, "10.01")])
def test_a_stop_that_would_trigger_at_the_last_trade_is_refused(side: Side, price: str) -> None:
    assert refusals(traded_desk(), stop(side, "1", price)) == [("stop-would-trigger", "stopPrice")]
    assert refusals(traded_desk(), stop(side, "1", price, "10")) == [("stop-would-trigger", "stopPrice")]


@pytest.mark.parametrize(("side", "refused", "taken"), [(BUY, "10.02", "10.03"), (SELL, "9.98", "9.97")])
def test_where_nothing_prints_the_quote_says_on_which_side_a_stop_is(
    side: Side, refused: str, taken: str
) -> None:
    desk = Desk(instrument(prints=False))
    desk.see(quote("9.98", "10.02"))
    assert refusals(desk, stop(side, "1", refused)) == [("stop-would-trigger", "stopPrice")]
    assert desk.place(stop(side, "1", taken)).status == "working"


def test_a_stop_that_would_trigger_does_so_at_once_if_the_account_allows_it() -> None:
    desk = traded_desk(allow_immediate_stops=True)
    events = desk.do(stop(BUY, "5", "9.50"))
    assert kinds(events)[:4] == ["OrderAccepted", "OrderTriggered", "ExecutionRecorded", "OrderFilled"]
    assert desk.only("STK").avg_price == Decimal("10.02")


def test_a_stop_limit_that_triggers_at_once_rests_at_its_limit() -> None:
    desk = traded_desk(allow_immediate_stops=True)
    events = desk.do(stop(BUY, "5", "9.50", "9.60"))
    assert kinds(events) == ["OrderAccepted", "OrderTriggered"]
    assert kinds(desk.see(quote("9.58", "9.60", time=2000)))[1] == "OrderFilled"


def test_stops_reserve_what_they_would_trade_at() -> None:
    desk = traded_desk()
    placed = [
        desk.place(each).reserve_price
        for each in (
            stop(BUY, "1", "11.00"),
            stop(BUY, "1", "11.00", "12.00"),
            trailing(BUY, "1", "0.50"),
            trailing(SELL, "1", "0.50"),
        )
    ]
    assert placed == [11, 12, Decimal("10.50"), Decimal("9.50")]


def test_a_trailing_stop_needs_a_price_to_trail() -> None:
    assert refusals(Desk(), TRAILING) == [("quote-unavailable", "symbol")]


def test_before_the_first_print_a_trailing_stop_starts_from_the_quote() -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    assert desk.place(trailing(BUY, "1", "0.50")).stop_price == Decimal("10.52")
    assert desk.place(trailing(SELL, "1", "0.50")).stop_price == Decimal("9.48")


END = 5000


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (replace(LIMIT_ORDER, duration=DurationType.GTD), "duration-end-missing"),
        (replace(LIMIT_ORDER, duration=DurationType.GTD, gtd_time=1000), "duration-end-past"),
        (replace(LIMIT_ORDER, gtd_time=END), "duration-end-not-allowed"),
        (replace(STOP_ORDER, duration=DurationType.IOC), "duration-not-allowed"),
        (replace(TRAILING, duration=DurationType.FOK), "duration-not-allowed"),
    ],
)
def test_a_duration_fits_the_order(command: PlaceOrder, expected: str) -> None:
    assert refusals(traded_desk(), command) == [(expected, "duration")]


@pytest.mark.parametrize("duration", [DurationType.IOC, DurationType.FOK])
@pytest.mark.parametrize("limit", [None, "10.00"])
def test_what_must_fill_at_once_is_refused_while_the_session_is_closed(
    duration: DurationType, limit: str | None
) -> None:
    desk = Desk(instrument(session=NEW_YORK))
    desk.time = new_york("2013-10-05 12:00")
    assert refusals(desk, order(BUY, "1", limit, duration=duration)) == [("session-closed", "duration")]


def test_a_closing_order_needs_a_position_on_the_other_side_that_is_as_large() -> None:
    desk = traded_desk()
    close = replace(order(SELL, "10"), is_close=True)
    assert refusals(desk, close) == [("nothing-to-close", "isClose")]
    desk.do(order(BUY, "9"))
    assert refusals(desk, close) == [("nothing-to-close", "qty")]
    assert refusals(desk, replace(order(BUY, "1"), is_close=True)) == [("nothing-to-close", "isClose")]
    assert desk.place(replace(close, qty=Decimal(9))).status == "filled"
    assert not desk.state.positions


def test_a_closing_order_reserves_nothing_and_never_closes_another_position() -> None:
    desk = traded_desk()
    desk.do(order(BUY, "9"))
    available = worth_of(desk.state, desk.market).available
    first = desk.place(replace(order(SELL, "9", "10.50"), is_close=True))
    second = desk.place(replace(order(SELL, "6", "10.60"), is_close=True))
    assert worth_of(desk.state, desk.market).available == available
    events = desk.see(quote("10.50", "10.52", time=2000))
    assert kinds(events)[-1] == "OrderCanceled"
    desk.do(order(BUY, "4"))
    assert desk.see(quote("10.60", "10.62", time=3000)) == ()
    last = {event.order.id: event.order for event in desk.events if isinstance(event, ORDER_EVENTS)}
    assert values(last[first.id].status, last[first.id].filled_qty) == ("filled", 9)
    assert values(last[second.id].status, last[second.id].filled_qty) == ("canceled", 0)
    assert desk.only("STK").qty == 4


def test_a_closing_order_fills_no_more_than_is_held() -> None:
    desk = traded_desk()
    desk.do(order(BUY, "9"))
    closing = desk.place(replace(order(SELL, "9", "10.50"), is_close=True))
    desk.do(order(SELL, "5"))
    events = desk.see(quote("10.50", "10.52", time=2000))
    assert kinds(events) == [
        "ExecutionRecorded",
        "OrderPartlyFilled",
        "BalanceChanged",
        "PositionChanged",
        "OrderCanceled",
    ]
    last = last_order(events)
    assert values(last.id, last.filled_qty, last.status) == (closing.id, 4, "canceled")
    assert not desk.state.positions
