"""When stops trigger, what they fill at, and how trailing ones follow the price."""

from dataclasses import replace
from decimal import Decimal

import pytest

from trading_api.models.broker.orders import OrderStatus, OrderType, ParentType, Side, StopType
from trading_api.modules.broker.engine import Event
from trading_api.modules.broker.engine.causes import Rule
from trading_api.modules.broker.engine.entities import Brackets
from trading_api.modules.broker.engine.events import (
    ORDER_EVENTS,
    ExecutionRecorded,
    OrderAccepted,
    OrderReplaced,
    OrderTriggered,
    last_order,
)
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
    trade,
    trailing,
    values,
)

CASCADE = ["ExecutionRecorded", "OrderFilled", "BalanceChanged", "PositionChanged"]
SILENT = instrument(prints=False)


def traded_desk() -> Desk:
    """A desk at 9.98 to 10.02, where 10.00 was traded last."""
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    desk.see(trade("10.00"))
    return desk


def quoted_desk() -> Desk:
    """A desk at 9.98 to 10.02 of what never prints."""
    desk = Desk(SILENT)
    desk.see(quote("9.98", "10.02"))
    return desk


def fill_price(events: tuple[Event, ...]) -> Decimal:
    """The price of the one execution."""
    (execution,) = [event.execution for event in events if isinstance(event, ExecutionRecorded)]
    return execution.price


@pytest.mark.parametrize(
    ("side", "stop_price", "waits", "reaches", "price"),
    [(BUY, "10.50", "10.49", "10.50", "10.02"), (SELL, "9.50", "9.51", "9.50", "9.98")],
)
def test_a_trade_triggers_a_stop_which_takes_the_quote_that_stands(
    side: Side, stop_price: str, waits: str, reaches: str, price: str
) -> None:
    desk = traded_desk()
    desk.place(stop(side, "5", stop_price))
    assert desk.see(trade(waits, time=1100)) == ()
    events = desk.see(trade(reaches, time=1200))
    assert kinds(events) == ["OrderTriggered", *CASCADE]
    triggered = events[0]
    assert isinstance(triggered, OrderTriggered)
    assert triggered.cause is not None
    assert values(triggered.cause.rule, triggered.cause.last, triggered.cause.seen_time) == (
        Rule.STOP_REACHED,
        Decimal(reaches),
        1200,
    )
    assert (fill_price(events), desk.state.time) == (Decimal(price), 1200)


def test_quotes_trigger_no_stop_of_what_prints() -> None:
    desk = traded_desk()
    desk.place(stop(BUY, "5", "10.50"))
    assert desk.see(quote("10.60", "10.64", time=1100)) == ()


@pytest.mark.parametrize(
    ("side", "stop_price", "waits", "reaches", "price"),
    [
        (BUY, "10.50", ("10.47", "10.49"), ("10.48", "10.50"), "10.50"),
        (BUY, "10.50", ("10.47", "10.49"), ("10.88", "10.90"), "10.90"),
        (SELL, "9.50", ("9.51", "9.60"), ("9.50", "9.52"), "9.50"),
        (SELL, "9.50", ("9.51", "9.60"), ("9.10", "9.12"), "9.10"),
    ],
)
def test_where_nothing_prints_the_quote_triggers_and_a_gap_fills_at_the_price_that_is_there(
    side: Side, stop_price: str, waits: tuple[str, str], reaches: tuple[str, str], price: str
) -> None:
    desk = quoted_desk()
    desk.place(stop(side, "5", stop_price))
    assert desk.see(quote(*waits, time=1100)) == ()
    events = desk.see(quote(*reaches, time=1200))
    assert kinds(events) == ["OrderTriggered", *CASCADE]
    assert fill_price(events) == Decimal(price)


def test_trades_of_what_is_said_not_to_print_trigger_nothing() -> None:
    desk = quoted_desk()
    desk.place(stop(BUY, "5", "10.50"))
    assert desk.see(trade("11.00", time=1100)) == ()


def test_a_triggered_stop_without_a_quote_waits_for_one() -> None:
    desk = Desk()
    desk.place(stop(BUY, "5", "10.50"))
    assert kinds(desk.see(trade("10.50", time=1100))) == ["OrderTriggered"]
    assert desk.see(trade("10.00", time=1200)) == ()
    events = desk.see(quote("10.18", "10.20", time=1300))
    assert kinds(events) == CASCADE
    assert fill_price(events) == Decimal("10.20")


def test_a_stop_limit_becomes_a_limit_that_fills_at_once_or_rests() -> None:
    desk = quoted_desk()
    desk.place(stop(BUY, "5", "10.50", "10.60"))
    desk.place(stop(BUY, "6", "10.50", "10.54"))
    events = desk.see(quote("10.53", "10.55", time=1100))
    assert kinds(events) == ["OrderTriggered", "OrderTriggered", *CASCADE]
    assert fill_price(events) == Decimal("10.55")
    events = desk.see(quote("10.50", "10.52", time=1200))
    assert kinds(events) == CASCADE
    assert fill_price(events) == Decimal("10.52")


def test_those_whose_price_is_reached_first_trigger_first() -> None:
    desk = quoted_desk()
    placed = [desk.place(stop(BUY, "1", price)).id for price in ("10.60", "10.50", "10.55")]
    events = desk.see(quote("10.88", "10.90", time=1100))
    triggered = [event.order.id for event in events if isinstance(event, OrderTriggered)]
    assert triggered == [placed[1], placed[2], placed[0]]


def stops_of(events: tuple[Event, ...]) -> list[tuple[Decimal | None, Rule | None]]:
    """Where trailing stops are after each change, and why."""
    return [
        (event.order.stop_price, None if event.cause is None else event.cause.rule)
        for event in events
        if isinstance(event, OrderReplaced)
    ]


def test_a_trailing_sell_follows_the_last_price_up_and_never_down() -> None:
    desk = traded_desk()
    assert desk.place(trailing(SELL, "5", "0.50")).stop_price == Decimal("9.50")
    assert desk.see(trade("9.80", time=1100)) == ()
    assert stops_of(desk.see(trade("10.20", time=1200))) == [(Decimal("9.70"), Rule.TRAIL_FOLLOWED)]
    assert desk.see(trade("10.20", time=1250)) == ()
    assert desk.see(trade("9.71", time=1300)) == ()
    events = desk.see(trade("9.70", time=1400))
    assert kinds(events) == ["OrderTriggered", *CASCADE]
    assert fill_price(events) == Decimal("9.98")


def test_a_trailing_buy_follows_the_ask_down_where_nothing_prints() -> None:
    desk = quoted_desk()
    assert desk.place(trailing(BUY, "5", "0.50")).stop_price == Decimal("10.52")
    assert stops_of(desk.see(quote("9.78", "9.82", time=1100))) == [(Decimal("10.32"), Rule.TRAIL_FOLLOWED)]
    assert desk.see(quote("10.20", "10.31", time=1200)) == ()
    assert kinds(desk.see(quote("10.30", "10.32", time=1300))) == ["OrderTriggered", *CASCADE]


def test_a_trailing_stop_moves_on_the_tick_grid_away_from_the_market() -> None:
    desk = Desk(instrument(tick="0.25"))
    desk.see(quote("9.75", "10.25"))
    desk.see(trade("10.00"))
    assert desk.place(trailing(SELL, "1", "0.50")).stop_price == Decimal("9.50")
    assert desk.place(trailing(BUY, "1", "0.50")).stop_price == Decimal("10.50")
    assert stops_of(desk.see(trade("10.30", time=1100))) == [(Decimal("9.75"), Rule.TRAIL_FOLLOWED)]
    assert desk.see(trade("9.80", time=1200)) == ()
    assert stops_of(desk.see(trade("9.76", time=1300))) == []
    moved = desk.see(trade("9.70", time=1400))
    assert stops_of(moved) == [(Decimal("10.25"), Rule.TRAIL_FOLLOWED)]
    assert kinds(moved)[0] == "OrderTriggered"


def test_what_a_trailing_stop_reserves_follows_it() -> None:
    desk = traded_desk()
    desk.place(trailing(BUY, "5", "0.50"))
    events = desk.see(trade("9.50", time=1100))
    assert last_order(events).reserve_price == Decimal(10)


def test_ticks_older_than_a_stop_neither_trigger_nor_move_it() -> None:
    desk = traded_desk()
    desk.time = 2000
    desk.place(stop(BUY, "5", "10.50"))
    desk.place(trailing(SELL, "5", "0.50"))
    assert desk.see(trade("10.80", time=1999)) == ()
    assert kinds(desk.see(trade("10.80", time=2000))) == ["OrderTriggered", "OrderReplaced", *CASCADE]


def test_out_of_session_nothing_triggers_or_trails() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    opening, closing = new_york("2013-10-04 09:30"), new_york("2013-10-04 16:00")
    desk.see(quote("9.98", "10.02", time=opening))
    desk.see(trade("10.00", time=opening))
    desk.place(stop(BUY, "5", "10.50"))
    desk.place(trailing(SELL, "5", "0.50"))
    assert desk.see(trade("11.00", time=closing)) == ()
    assert desk.see(trade("9.00", time=closing + 1)) == ()


def test_a_stop_triggered_by_the_first_trade_of_a_session_waits_for_its_first_quote() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    friday, monday = new_york("2013-10-04 15:59"), new_york("2013-10-07 09:30")
    desk.see(quote("9.98", "10.02", time=friday))
    desk.see(trade("10.00", time=friday))
    desk.place(stop(SELL, "5", "9.50"))
    assert kinds(desk.see(trade("9.00", time=monday))) == ["OrderTriggered"]
    events = desk.see(quote("8.98", "9.02", time=monday + 1))
    assert fill_price(events) == Decimal("8.98")


def test_latency_keeps_stops_from_what_happens_before_they_are_in_the_market() -> None:
    desk = Desk(terms=AccountTerms(fills=FillTerms(latency_ms=200)))
    desk.see(quote("9.98", "10.02"))
    desk.see(trade("10.00"))
    assert desk.place(stop(BUY, "5", "10.50")).active_time == 1200
    assert desk.see(trade("10.60", time=1199)) == ()
    assert kinds(desk.see(trade("10.50", time=1200)))[0] == "OrderTriggered"


def test_a_triggered_stop_that_the_account_cannot_carry_is_rejected() -> None:
    desk = Desk(instrument(prints=False, margin_rate="1"), balance="1000", leverage="1")
    desk.see(quote("9.00", "9.02"))
    desk.place(stop(BUY, "100", "9.50"))
    events = desk.see(quote("11.00", "11.02", time=1100))
    assert kinds(events) == ["OrderTriggered", "OrderRejected"]
    reason = last_order(events).reject_reason
    assert reason is not None
    assert reason.startswith("buying-power-insufficient")


def guarded_desk() -> Desk:
    """A desk long 10 at 10.02, protected by a guaranteed stop at 9.50 that costs 100 basis points."""
    desk = Desk(SILENT, terms=AccountTerms(guaranteed_stop_premium_bps=Decimal(100)))
    desk.see(quote("9.98", "10.02"))
    desk.do(replace(order(BUY, "10"), brackets=Brackets(guaranteed_stop=Decimal("9.50"))))
    return desk


def test_a_guaranteed_stop_fills_at_its_price_exactly_and_costs_its_premium() -> None:
    desk = guarded_desk()
    events = desk.see(quote("8.00", "8.04", time=2000))
    (execution,) = [event.execution for event in events if isinstance(event, ExecutionRecorded)]
    assert values(execution.price, execution.commission) == (Decimal("9.50"), Decimal("0.95"))
    assert execution.realized_pl == 10 * (Decimal("9.50") - Decimal("10.02"))
    causes = {event.cause.rule for event in events if isinstance(event, ORDER_EVENTS) and event.cause}
    assert Rule.GUARANTEED_PRICE in causes
    assert not desk.state.positions


def test_a_guaranteed_stop_is_an_order_of_its_own() -> None:
    accepted = [event.order for event in guarded_desk().events if isinstance(event, OrderAccepted)]
    bracket = accepted[-1]
    assert (bracket.type, bracket.stop_type) == (OrderType.STOP, StopType.GUARANTEED_STOP)
    assert (bracket.parent_type, bracket.status) == (ParentType.POSITION, OrderStatus.WORKING)
