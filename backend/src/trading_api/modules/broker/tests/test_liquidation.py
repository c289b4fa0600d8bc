"""Margin warning and liquidation: when they come, in which order, and when they end."""

from dataclasses import replace
from decimal import Decimal

from trading_api.models.broker.accounts import CommissionKind, PositionMode
from trading_api.modules.broker.engine import Event
from trading_api.modules.broker.engine.causes import Rule
from trading_api.modules.broker.engine.events import (
    ExecutionRecorded,
    LiquidationBegan,
    MarginRecovered,
    MarginWarned,
    OrderAccepted,
    OrderCanceled,
)
from trading_api.modules.broker.engine.terms import AccountTerms, CommissionTerms, RiskTerms
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

CLOSED = ["OrderAccepted", "ExecutionRecorded", "OrderFilled", "BalanceChanged", "PositionChanged"]


def desk_with(
    *symbols: str, balance: str = "1000", terms: AccountTerms | None = None, rate: str = "0.1"
) -> Desk:
    """A desk on instruments of margin rate 0.1, each quoted 10.00 at 10.00."""
    items = [instrument(symbol, margin_rate=rate) for symbol in symbols]
    desk = Desk(*items, balance=balance, terms=terms or AccountTerms())
    for symbol in symbols:
        desk.see(quote("10.00", "10.00", symbol=symbol))
    return desk


def at(desk: Desk, price: str, symbol: str = "STK", time: int = 2000) -> tuple[Event, ...]:
    """The price becomes this, without a spread."""
    return desk.see(quote(price, price, symbol=symbol, time=time))


def test_a_warning_comes_once_below_the_maintenance_level_and_ends_above_it() -> None:
    desk = desk_with("STK")
    desk.do(order(BUY, "500"))  # equity 1000 + 500 (p - 10), margin 50 p: they are equal at 8.888...
    assert not at(desk, "8.89")
    (warned,) = at(desk, "8.88")
    assert isinstance(warned, MarginWarned)
    assert values(warned.equity, warned.margin_used) == values(440, 444)
    assert not at(desk, "8.87")
    (recovered,) = at(desk, "8.89")
    assert isinstance(recovered, MarginRecovered)
    assert values(recovered.equity, recovered.margin_used) == values(445, Decimal("444.5"))
    assert not desk.state.margin_warned
    assert kinds(at(desk, "8.80")) == ["MarginWarned"]


def test_below_the_liquidation_level_the_position_is_closed_at_the_market() -> None:
    desk = desk_with("STK")
    desk.do(order(BUY, "500"))
    at(desk, "8.50")  # equity 250, margin 425
    assert not at(desk, "8.43")  # 215 of 421.5: a level of 0.51
    events = at(desk, "8.42")  # 210 of 421: 0.499
    assert kinds(events) == ["LiquidationBegan", *CLOSED, "MarginRecovered"]
    began, accepted, execution = events[0], events[1], events[2]
    assert isinstance(began, LiquidationBegan)
    assert values(began.equity, began.margin_used) == values(210, 421)
    assert isinstance(accepted, OrderAccepted)
    assert accepted.cause is not None
    assert (accepted.cause.rule, accepted.cause.bid) == (Rule.LIQUIDATION, Decimal("8.42"))
    assert accepted.cause.note == "marginLevel=0.498812351543942993 liquidationLevel=0.5"
    assert accepted.order.is_close
    assert isinstance(execution, ExecutionRecorded)
    assert execution.execution.price == Decimal("8.42")
    assert execution.execution.realized_pl == -790
    assert desk.state.balance == 210
    assert not desk.state.positions
    assert not desk.state.orders


def test_a_fall_through_both_levels_warns_and_liquidates_at_once() -> None:
    desk = desk_with("STK")
    desk.do(order(BUY, "500"))
    assert kinds(at(desk, "5.00")) == ["MarginWarned", "LiquidationBegan", *CLOSED, "MarginRecovered"]
    assert desk.state.balance == 1000 - 2500


def test_shorts_are_bought_back_at_the_ask() -> None:
    desk = desk_with("STK")
    desk.do(order(SELL, "500"))
    desk.see(quote("11.00", "11.50", time=2000))  # equity 250, margin 575
    assert desk.state.balance == 250
    assert not desk.state.positions


def test_the_largest_loss_is_closed_first_and_no_more_than_needed() -> None:
    desk = desk_with("ONE", "TWO", "SIX")
    desk.do(order(BUY, "200", symbol="ONE"))
    desk.do(order(BUY, "300", symbol="TWO"))
    desk.do(order(BUY, "100", symbol="SIX"))
    at(desk, "8.50", "ONE")  # loses 300
    at(desk, "12.00", "SIX")  # gains 200
    events = at(desk, "7.60", "TWO")  # loses 720: equity 180, margin 170 + 228 + 120
    assert kinds(events) == ["MarginWarned", "LiquidationBegan", *CLOSED]
    # without TWO equity 180 is above half of 290 and below it: warned as before, and nothing more closes
    assert [position.symbol for position in desk.state.open_positions] == ["ONE", "SIX"]
    assert desk.state.margin_warned
    assert desk.state.balance == 1000 - 720


def test_positions_are_closed_until_the_level_is_restored() -> None:
    desk = desk_with("ONE", "TWO", "SIX")
    for symbol in ("ONE", "TWO", "SIX"):
        desk.do(order(BUY, "200", symbol=symbol))
    at(desk, "8.00", "ONE")
    events = at(desk, "7.30", "TWO")  # equity 1000 - 400 - 540 = 60, margin 160 + 146 + 200
    executed = [event.execution for event in events if isinstance(event, ExecutionRecorded)]
    # 60 of 360 after TWO, 60 of 200 after ONE, then nothing is left
    assert [execution.symbol for execution in executed] == ["TWO", "ONE", "SIX"]
    assert events[-1].type == "MarginRecovered"
    assert desk.state.balance == 60


def test_orders_that_could_open_positions_are_canceled_first() -> None:
    desk = desk_with("ONE", "TWO")
    desk.do(order(BUY, "500", symbol="ONE"))
    opening = desk.place(order(BUY, "10", "5.00", symbol="TWO"))
    turning = desk.place(order(SELL, "500", "12.00", symbol="ONE"))
    events = at(desk, "8.40", "ONE")
    assert kinds(events)[:4] == ["MarginWarned", "LiquidationBegan", "OrderCanceled", "OrderCanceled"]
    canceled = [event for event in events if isinstance(event, OrderCanceled)]
    assert [event.order.id for event in canceled] == [opening.id, turning.id]
    assert {event.cause.rule for event in canceled if event.cause} == {Rule.LIQUIDATION}


def test_orders_that_only_close_stay_where_their_position_does() -> None:
    desk = desk_with("ONE", "TWO")
    desk.do(order(BUY, "100", symbol="ONE"))
    desk.do(order(BUY, "400", symbol="TWO"))
    closing = desk.place(replace(order(SELL, "100", "12.00", symbol="ONE"), is_close=True))
    at(desk, "7.70", "TWO")  # equity 80, margin 100 + 308; without TWO 80 of 100
    assert [position.symbol for position in desk.state.open_positions] == ["ONE"]
    assert [item.id for item in desk.state.open_orders] == [closing.id]


def test_what_is_out_of_session_waits_and_is_closed_when_it_trades_again() -> None:
    desk = Desk(instrument(margin_rate="0.1", session=NEW_YORK), balance="1000")
    desk.see(quote("10.00", "10.00", time=new_york("2013-10-04 15:59")))
    desk.do(order(BUY, "500"))
    after_hours = desk.see(quote("8.00", "8.00", time=new_york("2013-10-04 16:30")))
    assert kinds(after_hours) == ["MarginWarned"]
    assert not desk.see(quote("8.01", "8.01", time=new_york("2013-10-04 16:31")))
    monday = desk.see(quote("8.10", "8.10", time=new_york("2013-10-07 09:30")))
    assert kinds(monday) == ["LiquidationBegan", *CLOSED, "MarginRecovered"]
    assert desk.state.balance == 50


def test_a_position_without_a_bid_waits_for_one() -> None:
    desk = desk_with("STK", "TWO")
    desk.do(order(BUY, "250", symbol="STK"))
    desk.do(order(BUY, "250", symbol="TWO"))
    desk.see(quote("0", "10.00", time=2000))
    events = at(desk, "6.00", "TWO", 3000)
    assert [event.execution.symbol for event in events if isinstance(event, ExecutionRecorded)] == ["TWO"]


def test_nothing_is_said_before_every_position_has_been_quoted() -> None:
    desk = desk_with("ONE", "TWO")
    desk.do(order(BUY, "300", symbol="ONE"))
    desk.do(order(BUY, "100", symbol="TWO"))
    at(desk, "20.00", "TWO")  # gains 1000
    desk.quotes.clear()
    assert not at(desk, "7.00", "ONE", 3000)  # loses 900; without what TWO gains that would be the end
    assert not at(desk, "20.00", "TWO", 4000)
    assert kinds(at(desk, "10.00", "TWO", 5000))[:2] == ["MarginWarned", "LiquidationBegan"]


def test_commissions_of_the_liquidation_count() -> None:
    terms = AccountTerms(commission=CommissionTerms(CommissionKind.PER_ORDER, Decimal(7)))
    desk = desk_with("ONE", "TWO", terms=terms)
    desk.do(order(BUY, "100", symbol="ONE"))
    desk.do(order(BUY, "400", symbol="TWO"))
    at(desk, "7.71", "TWO")  # equity 1000 - 14 - 916 = 70, margin 100 + 308.4; after TWO 63 of 100
    assert [position.symbol for position in desk.state.open_positions] == ["ONE"]
    assert desk.state.balance == 1000 - 14 - 916 - 7


def test_hedged_positions_are_closed_one_by_one() -> None:
    desk = desk_with("STK", terms=AccountTerms(position_mode=PositionMode.HEDGING))
    desk.do(order(BUY, "300"))
    at(desk, "9.00")
    desk.do(order(BUY, "300"))
    at(desk, "7.90")  # losses 630 and 330: equity 40, margin 237 + 237; without the first 40 of 237
    assert not desk.state.positions
    assert desk.state.balance == 40


def test_levels_are_terms_of_the_account() -> None:
    risk = RiskTerms(maintenance_level=Decimal(2), liquidation_level=Decimal("1.5"))
    desk = desk_with("STK", terms=AccountTerms(risk=risk))
    desk.do(order(BUY, "500"))
    assert kinds(at(desk, "9.98")) == ["MarginWarned"]  # 990 of 499
    assert kinds(at(desk, "9.40"))[0] == "LiquidationBegan"  # 700 of 470


def test_closing_by_hand_ends_the_warning() -> None:
    desk = desk_with("STK")
    desk.do(order(BUY, "500"))
    at(desk, "8.60")
    assert desk.state.margin_warned
    assert kinds(desk.do(order(SELL, "500")))[-1] == "MarginRecovered"


def test_a_command_warns_but_leaves_liquidation_to_the_next_quote() -> None:
    risk = RiskTerms(maintenance_level=Decimal(3), liquidation_level=Decimal(2))
    desk = desk_with("STK", terms=AccountTerms(risk=risk))
    assert kinds(desk.do(order(BUY, "600")))[-2:] == ["PositionChanged", "MarginWarned"]  # 1000 of 600
    assert kinds(at(desk, "10.00")) == ["LiquidationBegan", *CLOSED, "MarginRecovered"]
