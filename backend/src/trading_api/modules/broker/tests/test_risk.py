"""Trading states, and the caps on how fast orders come and on what they are worth."""

from dataclasses import replace
from decimal import Decimal

import pytest

from trading_api.models.broker.accounts import PositionMode, TradingState
from trading_api.modules.broker.engine import OrderRefused, PlaceOrder, fold
from trading_api.modules.broker.engine.causes import Rule
from trading_api.modules.broker.engine.commands import CancelOrders, ChangeTerms, Command, SetTradingState
from trading_api.modules.broker.engine.entities import Brackets
from trading_api.modules.broker.engine.events import OrderCanceled
from trading_api.modules.broker.engine.terms import AccountTerms, RiskTerms
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
)

REDUCING = SetTradingState(TradingState.REDUCING)
HALTED = SetTradingState(TradingState.HALTED)
ACTIVE = SetTradingState(TradingState.ACTIVE)


def desk_on(**risk: int | Decimal) -> Desk:
    """A desk with these limits, on a stock that is quoted 10.00 at 10.00."""
    limits = RiskTerms(**risk)  # type: ignore[arg-type]  # each test names the fields of one type
    desk = Desk(instrument(margin_rate="0.1"), terms=AccountTerms(risk=limits))
    desk.see(quote("10.00", "10.00"))
    return desk


def refusals(desk: Desk, command: Command) -> list[str]:
    """Codes for which it is refused."""
    with pytest.raises(OrderRefused) as refused:
        desk.do(command)
    return [failure.code.value for failure in refused.value.failures]


def message(desk: Desk, command: Command) -> str:
    """The first message with which it is refused."""
    with pytest.raises(OrderRefused) as refused:
        desk.do(command)
    return refused.value.failures[0].message


def test_a_halted_account_takes_no_orders_and_an_active_one_does_again() -> None:
    desk = desk_on()
    desk.do(order(BUY, "10"))
    assert kinds(desk.do(HALTED)) == ["TradingStateChanged"]
    assert desk.state.trading_state is TradingState.HALTED
    assert refusals(desk, order(BUY, "1")) == ["trading-halted"]
    assert refusals(desk, replace(order(SELL, "1"), is_close=True)) == ["trading-halted"]
    assert message(desk, order(SELL, "1")) == "account=DEMO takes no orders: tradingState=halted"
    desk.do(ACTIVE)
    assert desk.place(order(BUY, "1")).status == "filled"


def test_a_state_that_is_there_already_changes_nothing() -> None:
    desk = desk_on()
    assert not desk.do(ACTIVE)


def test_a_halted_account_still_fills_what_works() -> None:
    desk = desk_on()
    desk.do(order(BUY, "10", "9.00"))
    desk.do(HALTED)
    desk.see(quote("8.90", "9.00"))
    assert desk.only("STK").qty == 10


def test_a_halt_cancels_what_works_if_asked() -> None:
    desk = desk_on()
    desk.do(order(BUY, "10", "9.00"))
    desk.do(order(SELL, "10", "11.00"))
    events = desk.do(SetTradingState(TradingState.HALTED, cancel_orders=True))
    assert kinds(events) == ["TradingStateChanged", "OrderCanceled", "OrderCanceled"]
    canceled = events[1]
    assert isinstance(canceled, OrderCanceled)
    assert canceled.cause is not None
    assert (canceled.cause.rule, canceled.cause.note) == (Rule.TRADING_HALTED, "tradingState=halted")
    assert not desk.state.orders


def test_orders_that_are_named_are_canceled_if_they_are_open_and_no_brackets() -> None:
    desk = desk_on()
    protected = replace(order(BUY, "10"), brackets=Brackets(take_profit=Decimal(11)))
    desk.do(protected)
    (bracket,) = desk.state.open_orders
    first, second, third = (desk.place(order(BUY, "1", "9.00")) for _ in range(3))
    gone = desk.place(order(BUY, "1"))
    named = (third.id, bracket.id, gone.id, first.id)
    events = desk.do(CancelOrders(order_ids=named, trading_state=TradingState.HALTED))
    canceled = [event.order.id for event in events if isinstance(event, OrderCanceled)]
    assert canceled == [third.id, first.id]
    assert [event.cause.rule for event in events if isinstance(event, OrderCanceled) and event.cause] == [
        Rule.TRADING_HALTED
    ] * 2
    assert [left.id for left in desk.state.open_orders] == [bracket.id, second.id]


def test_orders_of_several_symbols_are_canceled_at_once_with_their_brackets() -> None:
    desk = Desk(instrument(), instrument("NYC", session=NEW_YORK))
    desk.time = new_york("2013-10-04 12:00")
    protected = Brackets(take_profit=Decimal(11), stop_loss=Decimal(8))
    for symbol in ("STK", "NYC", "STK"):
        desk.do(replace(order(BUY, "10", "9.00", symbol=symbol), brackets=protected))
    before = desk.state
    events = desk.do(CancelOrders())
    orders = [event.order for event in events if isinstance(event, OrderCanceled)]
    assert [one.id for one in orders] == [one.id for one in before.open_orders]
    assert [one.parent_id is None for one in orders] == [True, False, False] * 3
    assert {one.symbol: one.listed_until for one in orders} == {
        symbol: rules.listed_until(desk.time) for symbol, rules in desk.instruments.items()
    }
    assert not desk.state.books
    assert not desk.state.children
    assert desk.state == fold(before, events)


def test_a_reducing_account_closes_what_no_other_order_closes_yet() -> None:
    desk = desk_on()
    desk.do(order(BUY, "10"))
    desk.do(order(SELL, "4", "11.00"))
    desk.do(REDUCING)
    assert refusals(desk, order(BUY, "1")) == ["trading-reduce-only"]
    assert message(desk, order(SELL, "7")) == "qty=7 is above what it could close: closable=6"
    assert desk.place(order(SELL, "5", "12.00")).status == "working"
    assert refusals(desk, order(SELL, "2")) == ["trading-reduce-only"]
    assert desk.place(order(SELL, "1")).status == "filled"
    assert desk.only("STK").qty == 9


def test_a_reducing_account_covers_shorts() -> None:
    desk = desk_on()
    desk.do(order(SELL, "10"))
    desk.do(REDUCING)
    assert refusals(desk, order(SELL, "1")) == ["trading-reduce-only"]
    assert refusals(desk, order(BUY, "11")) == ["trading-reduce-only"]
    assert desk.place(order(BUY, "10")).status == "filled"
    assert not desk.state.positions


def test_no_more_orders_than_the_terms_allow_are_placed_in_a_second() -> None:
    desk = desk_on(max_orders_per_second=2)
    desk.time = 5000
    desk.do(order(BUY, "1", "9.00"))
    desk.time = 5400
    desk.do(order(BUY, "1", "9.00"))
    desk.time = 5999
    assert refusals(desk, order(BUY, "1", "9.00")) == ["order-rate-exceeded"]
    assert message(desk, order(BUY, "1", "9.00")) == "orders=2 were placed within a second, of at most max=2"
    desk.time = 6000
    assert desk.place(order(BUY, "1", "9.00")).status == "working"
    assert refusals(desk, order(BUY, "1", "9.00")) == ["order-rate-exceeded"]
    desk.time = 6400
    assert desk.place(order(BUY, "1", "9.00")).status == "working"


def test_times_of_orders_are_kept_only_as_far_as_the_terms_need_them() -> None:
    desk = desk_on()
    desk.do(order(BUY, "1", "9.00"))
    assert not desk.state.placed_times
    desk.do(ChangeTerms(AccountTerms(risk=RiskTerms(max_orders_per_second=2))))
    for _ in range(2):
        desk.do(order(BUY, "1", "9.00"))
    assert desk.state.placed_times == (1000, 1000)


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (order(BUY, "100", "10.00"), None),
        (order(BUY, "101", "9.90"), None),
        (order(BUY, "101", "9.91"), ["order-notional-exceeded"]),
        (order(BUY, "101"), ["order-notional-exceeded"]),
        (order(SELL, "101"), ["order-notional-exceeded"]),
    ],
)
def test_an_order_is_worth_at_most_so_much(command: PlaceOrder, codes: list[str] | None) -> None:
    desk = desk_on(max_order_notional=Decimal(1000))
    if codes is None:
        assert desk.place(command).status in ("filled", "working")
    else:
        assert refusals(desk, command) == codes


def test_a_position_is_worth_at_most_so_much_with_every_open_order() -> None:
    desk = desk_on(max_position_notional=Decimal(1000))
    desk.do(order(BUY, "50"))
    desk.do(order(BUY, "30", "9.00"))
    assert message(desk, order(BUY, "24")) == "the position could be worth notional=1010 of at most max=1000"
    assert desk.place(order(BUY, "23")).status == "filled"
    assert refusals(desk, order(BUY, "1", "8.00")) == ["position-notional-exceeded"]


def test_what_reduces_is_free_of_the_cap_and_what_turns_the_position_is_not() -> None:
    desk = desk_on(max_position_notional=Decimal(1000))
    desk.do(order(BUY, "100"))
    desk.see(quote("20.00", "20.00"))
    assert desk.place(order(SELL, "10")).status == "filled"
    assert refusals(desk, order(SELL, "141")) == ["position-notional-exceeded"]
    assert desk.place(order(SELL, "140")).status == "filled"
    assert desk.only("STK").signed_qty == -50


def test_shorts_count_for_the_cap_like_longs() -> None:
    desk = desk_on(max_position_notional=Decimal(1000))
    desk.do(order(SELL, "60"))
    desk.do(order(SELL, "30", "11.00"))
    assert refusals(desk, order(SELL, "10")) == ["position-notional-exceeded"]
    assert desk.place(order(SELL, "7")).status == "filled"


def test_all_limits_that_an_order_breaks_are_told() -> None:
    desk = desk_on(
        max_orders_per_second=1, max_order_notional=Decimal(100), max_position_notional=Decimal(200)
    )
    desk.do(order(BUY, "1"))
    assert refusals(desk, order(BUY, "50")) == [
        "order-rate-exceeded",
        "order-notional-exceeded",
        "position-notional-exceeded",
    ]


def test_terms_change_once() -> None:
    desk = desk_on()
    terms = AccountTerms(risk=RiskTerms(max_order_notional=Decimal(5)))
    assert kinds(desk.do(ChangeTerms(terms))) == ["TermsChanged"]
    assert desk.state.terms == terms
    assert not desk.do(ChangeTerms(terms))


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (AccountTerms(risk=RiskTerms(max_orders_per_second=0)), "maxOrdersPerSecond"),
        (AccountTerms(risk=RiskTerms(max_order_notional=Decimal(-1))), "maxOrderNotional"),
        (AccountTerms(risk=RiskTerms(max_position_notional=Decimal(0))), "maxPositionNotional"),
        (AccountTerms(risk=RiskTerms(liquidation_level=Decimal(2))), "liquidationLevel"),
        (AccountTerms(position_mode=PositionMode.HEDGING), "positionMode"),
    ],
)
def test_terms_that_make_no_sense_are_refused(terms: AccountTerms, field: str) -> None:
    desk = desk_on()
    desk.do(order(BUY, "1"))
    with pytest.raises(OrderRefused) as refused:
        desk.do(ChangeTerms(terms))
    assert [(item.field, item.code.value) for item in refused.value.failures] == [
        (field, "terms-not-allowed")
    ]


def test_positions_can_be_counted_otherwise_while_nothing_is_open() -> None:
    desk = desk_on()
    assert kinds(desk.do(ChangeTerms(AccountTerms(position_mode=PositionMode.HEDGING)))) == ["TermsChanged"]
