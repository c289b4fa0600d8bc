"""What executions cost under each model of commission, with partial fills and guaranteed stops."""

from decimal import Decimal

import pytest

from trading_api.models.broker.accounts import CommissionKind, FillModelKind, Liquidity
from trading_api.models.broker.orders import StopType
from trading_api.models.market.ticks import BookLevel, Depth, Trade
from trading_api.modules.broker.engine import Event, Execution, preview
from trading_api.modules.broker.engine.commands import EditPositionBrackets
from trading_api.modules.broker.engine.entities import Brackets
from trading_api.modules.broker.engine.events import BalanceChanged, ExecutionRecorded
from trading_api.modules.broker.engine.terms import AccountTerms, CommissionTerms, FillTerms
from trading_api.modules.broker.tests.engine_cases import (
    BUY,
    SELL,
    Desk,
    instrument,
    order,
    quote,
    sized,
    values,
)

D = Decimal
MAKER, TAKER = Liquidity.MAKER, Liquidity.TAKER
NONE = CommissionTerms()
PER_ORDER = CommissionTerms(CommissionKind.PER_ORDER, D("2.50"))
PER_SHARE = CommissionTerms(CommissionKind.PER_SHARE, D("0.005"), minimum=D(1))
BASIS_POINTS = CommissionTerms(CommissionKind.BASIS_POINTS, D(10))
MAKER_TAKER = CommissionTerms(CommissionKind.MAKER_TAKER, D(5), maker_rate=D(-1))


def desk_on(commission: CommissionTerms, *, respect_size: bool = False, point_value: str = "1") -> Desk:
    """A desk with this commission, quoted 9.98 to 10.02."""
    terms = AccountTerms(commission=commission, fills=FillTerms(respect_size=respect_size))
    desk = Desk(instrument(point_value=point_value), terms=terms)
    desk.see(quote("9.98", "10.02"))
    return desk


def executed(events: tuple[Event, ...]) -> list[Execution]:
    """What was executed."""
    return [event.execution for event in events if isinstance(event, ExecutionRecorded)]


def costs(events: tuple[Event, ...]) -> list[Decimal]:
    """Commission of each execution."""
    return [execution.commission for execution in executed(events)]


@pytest.mark.parametrize(
    ("commission", "qty", "cost"),
    [
        (NONE, "1000", "0"),
        (PER_ORDER, "1", "2.5"),
        (PER_ORDER, "1000", "2.5"),
        (PER_SHARE, "100", "1"),  # 0.50, but at least 1
        (PER_SHARE, "200", "1"),
        (PER_SHARE, "201", "1.005"),
        (PER_SHARE, "1000", "5"),
        (BASIS_POINTS, "1000", "10.02"),  # of 10020
        (MAKER_TAKER, "1000", "5.01"),
    ],
)
def test_a_market_order_costs(commission: CommissionTerms, qty: str, cost: str) -> None:
    desk = desk_on(commission)
    assert costs(desk.do(order(BUY, qty))) == [D(cost)]
    assert desk.state.balance == 100_000 - D(cost)
    assert desk.state.commissions == D(cost)


def test_a_resting_limit_is_paid_for_where_makers_are() -> None:
    desk = desk_on(MAKER_TAKER)
    desk.do(order(BUY, "1000", "9.90"))
    (execution,) = executed(desk.see(quote("9.85", "9.90", time=2000)))
    assert values(execution.liquidity, execution.commission) == values(MAKER, D("-0.99"))
    assert desk.state.balance == D("100000.99")


def test_a_limit_that_takes_pays_as_a_taker() -> None:
    desk = desk_on(MAKER_TAKER)
    (execution,) = executed(desk.do(order(BUY, "1000", "10.05")))
    assert values(execution.liquidity, execution.commission) == values(TAKER, D("5.01"))


def test_balance_is_realized_profit_less_commissions() -> None:
    desk = desk_on(BASIS_POINTS)
    desk.do(order(BUY, "100"))  # 1002 at 10 points: 1.002
    desk.see(quote("11.00", "11.02"))
    (execution,) = executed(desk.do(order(SELL, "100")))  # 1100 at 10 points: 1.10
    assert values(execution.realized_pl, execution.commission) == values(98, D("1.1"))
    state = desk.state
    assert values(state.balance, state.realized_pl, state.commissions) == values(
        D("100095.898"), 98, D("2.102")
    )


def test_the_event_of_the_balance_states_change_and_totals() -> None:
    desk = desk_on(PER_ORDER)
    events = desk.do(order(BUY, "10"))
    (changed,) = [event for event in events if isinstance(event, BalanceChanged)]
    assert values(changed.change, changed.balance, changed.commissions) == values(
        D("-2.5"), D("99997.5"), D("2.5")
    )


def test_basis_points_are_of_the_value_in_points() -> None:
    desk = desk_on(BASIS_POINTS, point_value="50")
    assert costs(desk.do(order(BUY, "1"))) == [D("0.501")]


def partly(commission: CommissionTerms, *sizes: str) -> list[Decimal]:
    """Costs of the executions of one order for 1000 that fills in parts of these sizes."""
    desk = desk_on(commission, respect_size=True)
    desk.see(sized("9.98", "1", "10.02", sizes[0], time=1000))
    found = costs(desk.do(order(BUY, "1000")))
    for index, size in enumerate(sizes[1:]):
        found += costs(desk.see(sized("9.98", "1", "10.02", size, time=2000 + index)))
    return found


def test_an_order_pays_once_however_often_it_fills() -> None:
    assert partly(PER_ORDER, "400", "500", "100") == [D("2.5"), 0, 0]


def test_a_minimum_is_of_the_whole_order() -> None:
    assert partly(PER_SHARE, "100", "50", "40", "810") == [D(1), 0, 0, D(4)]  # 5.00 for 1000
    assert partly(PER_SHARE, "100", "150", "100") == [D(1), D("0.25"), D("0.5")]


def test_parts_cost_by_value_what_the_whole_costs() -> None:
    assert partly(BASIS_POINTS, "400", "600") == [D("4.008"), D("6.012")]


def test_levels_of_a_book_are_parts_too() -> None:
    terms = AccountTerms(commission=PER_SHARE, fills=FillTerms(FillModelKind.DEPTH))
    desk = Desk(terms=terms)
    asks = (BookLevel(D("10.02"), D(100)), BookLevel(D("10.03"), D(900)))
    desk.see(Depth("STK", 1000, (BookLevel(D("9.98"), D(100)),), asks))
    assert costs(desk.do(order(BUY, "1000"))) == [D(1), D(4)]


def test_a_position_that_turns_pays_for_the_whole_order_once() -> None:
    desk = desk_on(PER_SHARE)
    desk.do(order(BUY, "300"))
    assert costs(desk.do(order(SELL, "1000"))) == [D(5)]


def test_a_guaranteed_stop_costs_its_premium_on_top() -> None:
    terms = AccountTerms(commission=PER_ORDER, guaranteed_stop_premium_bps=D(30))
    desk = Desk(terms=terms)
    desk.see(quote("9.98", "10.02"))
    desk.do(order(BUY, "100"))
    desk.do(EditPositionBrackets(desk.only("STK").id, Brackets(guaranteed_stop=D("9.50"))))
    (stop,) = desk.state.open_orders
    assert stop.stop_type is StopType.GUARANTEED_STOP
    desk.see(quote("8.98", "9.02", time=2000))
    (execution,) = executed(desk.see(Trade("STK", 2000, D("9.00"), D(1))))
    assert values(execution.price, execution.commission) == values(D("9.5"), D("5.35"))  # 2.50 and 30 of 950
    assert execution.realized_pl == D("-52")


def test_no_other_stop_costs_the_premium() -> None:
    desk = Desk(terms=AccountTerms(guaranteed_stop_premium_bps=D(30)))
    desk.see(quote("9.98", "10.02"))
    desk.do(order(BUY, "100"))
    desk.do(EditPositionBrackets(desk.only("STK").id, Brackets(stop_loss=D("9.50"))))
    desk.see(quote("8.98", "9.02", time=2000))
    assert costs(desk.see(Trade("STK", 2000, D("9.00"), D(1)))) == [0]


@pytest.mark.parametrize(
    ("commission", "cost"), [(PER_ORDER, "2.5"), (PER_SHARE, "5"), (BASIS_POINTS, "10.02")]
)
def test_a_preview_tells_the_commission(commission: CommissionTerms, cost: str) -> None:
    desk = desk_on(commission)
    estimate = preview(desk.state, order(BUY, "1000"), desk.instruments["STK"], desk.market)
    assert estimate.commission == D(cost)
