"""Filling everything at once, for debugging."""

from dataclasses import replace
from decimal import Decimal

from trading_api.modules.broker.engine import PlaceOrder
from trading_api.modules.broker.engine.causes import Rule
from trading_api.modules.broker.engine.commands import ExecuteOrders
from trading_api.modules.broker.engine.entities import Brackets
from trading_api.modules.broker.engine.events import ORDER_EVENTS, Event, ExecutionRecorded
from trading_api.modules.broker.tests.engine_cases import (
    BUY,
    NEW_YORK,
    SELL,
    Desk,
    instrument,
    new_york,
    order,
    quote,
    stop,
    trade,
    trailing,
)

D = Decimal


def prices(events: tuple[Event, ...]) -> list[Decimal]:
    """Prices of the executions."""
    return [event.execution.price for event in events if isinstance(event, ExecutionRecorded)]


def filled_at(command: PlaceOrder) -> Decimal:
    """Where `command`, working at 9.98 to 10.02, is filled."""
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    desk.see(trade("10.00"))
    desk.do(command)
    events = desk.do(ExecuteOrders())
    causes = [event.cause for event in events if isinstance(event, ORDER_EVENTS)]
    assert [cause.rule for cause in causes if cause] == [Rule.EXECUTED_FOR_DEBUGGING]
    (price,) = prices(events)
    return price


def test_every_type_fills_at_the_price_that_is_there_and_limits_at_theirs() -> None:
    assert filled_at(order(BUY, "1", "9.00")) == D("9.00")
    assert filled_at(order(SELL, "1", "11.00")) == D("11.00")
    assert filled_at(stop(BUY, "1", "11.00")) == D("10.02")
    assert filled_at(stop(SELL, "1", "9.00", "9.50")) == D("9.98")
    assert filled_at(stop(BUY, "1", "11.00", "9.50")) == D("9.50")
    assert filled_at(trailing(SELL, "1", "0.50")) == D("9.98")


def test_a_queued_order_without_any_price_stays() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    desk.time = new_york("2013-10-05 12:00")
    desk.do(order(BUY, "1"))
    assert desk.do(ExecuteOrders()) == ()


def test_it_fills_out_of_session() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    desk.see(quote("9.98", "10.02", time=new_york("2013-10-05 12:00")))
    desk.do(order(BUY, "1"))
    assert prices(desk.do(ExecuteOrders())) == [D("10.02")]


def test_one_bracket_fills_and_ends_the_other() -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    protected = Brackets(take_profit=D("11.00"), stop_loss=D("9.00"))
    desk.do(replace(order(BUY, "5"), brackets=protected))
    assert len(prices(desk.do(ExecuteOrders()))) == 1
    assert not desk.state.orders
    assert not desk.state.positions
    assert desk.do(ExecuteOrders()) == ()
