"""How long orders work: ioc, fok, day, gtd, gtc."""

from dataclasses import replace
from decimal import Decimal

import pytest

from trading_api.models.broker.orders import DurationType, OrderStatus, OrderType
from trading_api.modules.broker.engine import PlaceOrder
from trading_api.modules.broker.engine.causes import Rule
from trading_api.modules.broker.engine.events import OrderCanceled, last_order
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
    sized,
    stop,
    trade,
    trailing,
    values,
)

IOC, FOK, GTD = DurationType.IOC, DurationType.FOK, DurationType.GTD
PART = ["ExecutionRecorded", "OrderPartlyFilled", "BalanceChanged", "PositionChanged"]
CASCADE = ["ExecutionRecorded", "OrderFilled", "BalanceChanged", "PositionChanged"]


def sized_desk() -> Desk:
    """A desk that respects sizes: 300 are bid at 9.98, 500 asked at 10.02."""
    desk = Desk(terms=AccountTerms(fills=FillTerms(respect_size=True)))
    desk.see(sized("9.98", "300", "10.02", "500"))
    return desk


def cancel_cause(desk: Desk) -> tuple[Rule, str | None]:
    """Rule and note of the last event, which is a cancellation."""
    event = desk.events[-1]
    assert isinstance(event, OrderCanceled)
    assert event.cause is not None
    return event.cause.rule, event.cause.note


@pytest.mark.parametrize("limit", [None, "10.02"])
def test_ioc_fills_what_is_there_and_cancels_the_rest(limit: str | None) -> None:
    desk = sized_desk()
    events = desk.do(order(BUY, "800", limit, duration=IOC))
    assert kinds(events) == ["OrderAccepted", *PART, "OrderCanceled"]
    done = last_order(events)
    assert values(done.filled_qty, done.avg_price, done.status) == (500, Decimal("10.02"), "canceled")
    assert cancel_cause(desk) == (Rule.REST_NOT_FILLED, "rest=300")


def test_ioc_that_fills_whole_is_filled() -> None:
    assert sized_desk().place(order(SELL, "300", duration=IOC)).status is OrderStatus.FILLED


def test_ioc_that_the_market_does_not_meet_is_canceled_whole() -> None:
    desk = sized_desk()
    assert kinds(desk.do(order(BUY, "1", "10.01", duration=IOC))) == ["OrderAccepted", "OrderCanceled"]
    assert cancel_cause(desk) == (Rule.REST_NOT_FILLED, "rest=1")


@pytest.mark.parametrize(("qty", "filled"), [("500", True), ("501", False)])
@pytest.mark.parametrize("limit", [None, "10.02"])
def test_fok_fills_all_or_nothing(limit: str | None, qty: str, filled: bool) -> None:
    desk = sized_desk()
    events = desk.do(order(BUY, qty, limit, duration=FOK))
    assert kinds(events) == ["OrderAccepted", *(CASCADE if filled else ["OrderCanceled"])]
    if not filled:
        assert cancel_cause(desk) == (Rule.NOT_ALL_AT_ONCE, "rest=501")


def test_fok_over_several_levels_counts_only_those_within_its_limit() -> None:
    desk = sized_desk()
    assert desk.place(order(BUY, "1", "10.01", duration=FOK)).status is OrderStatus.CANCELED


@pytest.mark.parametrize(
    ("duration", "ask", "ended"), [(IOC, "10.10", "OrderCanceled"), (IOC, "10.00", None)]
)
def test_with_latency_the_first_quote_in_the_market_decides(
    duration: DurationType, ask: str, ended: str | None
) -> None:
    desk = Desk(terms=AccountTerms(fills=FillTerms(latency_ms=50)))
    desk.see(quote("9.98", "10.02"))
    assert desk.place(order(BUY, "5", "10.05", duration=duration)).status is OrderStatus.WORKING
    assert desk.see(quote("9.98", "10.02", time=1049)) == ()
    events = desk.see(quote("9.90", ask, time=1050))
    assert kinds(events) == ([ended] if ended else CASCADE)


TYPES = [
    order(BUY, "1", "9.00"),
    stop(BUY, "1", "11.00"),
    stop(BUY, "1", "11.00", "11.50"),
    trailing(BUY, "1", "1"),
]


@pytest.mark.parametrize("command", TYPES, ids=[item.type.value for item in TYPES])
def test_gtd_ends_at_its_time_whatever_the_type(command: PlaceOrder) -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    desk.see(trade("10.00"))
    desk.place(replace(command, duration=GTD, gtd_time=5000))
    assert desk.pass_time(4999) == ()
    (event,) = desk.pass_time(9000)
    assert (event.type, event.time) == ("OrderExpired", 5000)
    assert not desk.state.orders


def test_a_gtd_market_order_ends_before_a_session_that_opens_too_late() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    sunday = new_york("2013-10-06 12:00")
    desk.time = sunday
    desk.place(replace(order(BUY, "1"), duration=GTD, gtd_time=sunday + 1))
    monday = new_york("2013-10-07 09:30")
    assert kinds(desk.see(quote("9.98", "10.02", time=monday))) == ["OrderExpired"]


def test_a_trade_at_or_after_the_end_expires_a_stop_before_it_could_trigger() -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    desk.see(trade("10.00"))
    desk.place(replace(stop(BUY, "1", "11.00"), duration=GTD, gtd_time=5000))
    assert kinds(desk.see(trade("12.00", time=5000))) == ["OrderExpired"]


@pytest.mark.parametrize("command", TYPES[1:], ids=[item.type.value for item in TYPES[1:]])
def test_day_stops_end_with_the_session(command: PlaceOrder) -> None:
    desk = Desk(instrument(session=NEW_YORK))
    morning, closing = new_york("2013-10-04 09:31"), new_york("2013-10-04 16:00")
    desk.see(quote("9.98", "10.02", time=morning))
    desk.see(trade("10.00", time=morning))
    assert desk.place(replace(command, duration=DurationType.DAY)).expire_time == closing
    assert kinds(desk.pass_time(closing)) == ["OrderExpired"]


def test_a_triggered_stop_keeps_its_end() -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    desk.see(trade("10.00"))
    desk.place(replace(stop(BUY, "5", "10.50", "10.01"), duration=GTD, gtd_time=5000))
    assert kinds(desk.see(trade("10.50", time=1100))) == ["OrderTriggered"]
    (event,) = desk.pass_time(5000)
    assert event.type == "OrderExpired"


def test_gtc_lasts() -> None:
    desk = Desk()
    placed = desk.place(order(BUY, "1", "9.00"))
    desk.pass_time(10**12)
    assert desk.state.orders[placed.id].type is OrderType.LIMIT
