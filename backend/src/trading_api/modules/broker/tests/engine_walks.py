"""Random walks of an account through commands and ticks, and the invariants that hold after every event."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

from trading_api.models.broker.orders import DurationType, OrderType, Side
from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.broker.engine import (
    AccountState,
    CancelOrder,
    Event,
    Execution,
    Market,
    Order,
    OrderNotOpen,
    OrderRefused,
    PlaceOrder,
    PositionNotOpen,
    fold,
    worth_of,
)
from trading_api.modules.broker.engine.commands import ExecuteOrders
from trading_api.modules.broker.engine.events import (
    DEFAULT_TERMS,
    ORDER_EVENTS,
    ExecutionRecorded,
    PositionChanged,
)
from trading_api.modules.broker.engine.exact import exact, quotient
from trading_api.modules.broker.engine.terms import AccountTerms, FillTerms
from trading_api.modules.broker.engine.transitions import FINAL
from trading_api.modules.broker.margin_guard import MarginGuard
from trading_api.modules.broker.tests.account_steps import (
    MARGIN_EVENTS,
    AccountStep,
    account_steps,
    check_margin_is_said,
    check_trading_state,
)
from trading_api.modules.broker.tests.change_steps import (
    UNPROTECTED,
    BracketTicks,
    ChangeStep,
    ModifyStep,
    bracket_ticks,
    changes,
)
from trading_api.modules.broker.tests.engine_cases import NEW_YORK, Desk, instrument, new_york
from trading_api.modules.broker.tests.market_steps import BarStep, DepthStep, MarketStep, market_steps
from trading_api.modules.broker.tests.matching_rules import check_nothing_missed
from trading_api.modules.broker.tests.protection_rules import check_positions, check_protection

INSTRUMENTS = (
    instrument("STK"),
    instrument("COIN", tick="0.01", step="0.00000001", margin_rate="1", max_qty="1000", prints=False),
    instrument("FUT", tick="0.25", point_value="50", margin_rate="0.1"),
    instrument("BOND", tick="0.03125", point_value="10", margin_rate="0.02"),
    instrument("DAYS", session=NEW_YORK, prints=False),
)
START = new_york("2013-10-04 09:31")
HOUR = 3_600_000


@dataclass(frozen=True)
class PlaceStep:
    """Place an order; prices and quantity in ticks and steps; a gtd order ends after `lasts` ms."""

    symbol: str
    type: OrderType
    side: Side
    steps: int
    ticks: int
    duration: DurationType
    name: int | None
    brackets: BracketTicks = UNPROTECTED
    stop_ticks: int = 0
    trail: int = 1
    lasts: int = 1
    closes: bool = False


@dataclass(frozen=True)
class CancelStep:
    """Cancel one of the orders ever placed."""

    choice: int


@dataclass(frozen=True)
class QuoteStep:
    """A quote, some time after the last tick; sizes in steps."""

    symbol: str
    ticks: int
    spread: int
    wait: int
    size: int | None = None


@dataclass(frozen=True)
class TradeStep:
    """A print."""

    symbol: str
    ticks: int


@dataclass(frozen=True)
class ExecuteStep:
    """All orders are filled for debugging."""


@dataclass(frozen=True)
class ClockStep:
    """Nothing but time passes."""

    wait: int


Step = (
    PlaceStep
    | CancelStep
    | QuoteStep
    | TradeStep
    | ClockStep
    | ExecuteStep
    | ChangeStep
    | MarketStep
    | AccountStep
)

symbols = st.sampled_from([*["STK"] * 5, *(item.symbol for item in INSTRUMENTS)])
prices = st.integers(0, 8)
waits = st.sampled_from([0, 1, 5, 20, 999, 60_000, HOUR, 7 * HOUR, 24 * HOUR])
quantities = st.one_of(
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(10, 10**6),
    st.sampled_from([-1, 0, 10**9]),
)
places = st.builds(
    PlaceStep,
    symbols,
    st.sampled_from(OrderType),
    st.sampled_from(Side),
    quantities,
    prices,
    st.sampled_from([*DurationType, DurationType.GTC, DurationType.GTC]),
    st.none() | st.integers(0, 50),
    bracket_ticks,
    prices,
    st.integers(1, 3),
    waits,
    st.sampled_from([False, False, False, True]),
)
quotes = st.builds(
    QuoteStep, symbols, prices, st.integers(0, 3), waits, st.none() | st.integers(0, 9) | st.just(10**6)
)
steps = st.one_of(
    places,
    places,
    quotes,
    quotes,
    changes,
    changes,
    st.builds(CancelStep, st.integers(0, 50)),
    st.builds(TradeStep, symbols, prices),
    st.builds(ClockStep, waits),
)
finer_steps = st.one_of(
    steps,
    steps,
    market_steps(symbols),
    st.just(ExecuteStep()),
)
"""Books, bars and debugging beside what every feed has."""
walks = st.lists(steps, min_size=20, max_size=60)
walks_on_terms = st.lists(st.one_of(steps, steps, steps, account_steps(symbols)), min_size=20, max_size=60)
"""Walks on which the terms of the account change as well."""


class Walk:
    """Carries out steps and checks every event against books of its own."""

    def __init__(self, terms: AccountTerms = DEFAULT_TERMS) -> None:
        self.desk = Desk(*INSTRUMENTS, terms=terms)
        for item in INSTRUMENTS:
            self.desk.see(Quote(item.symbol, START, 104 * item.tick_size, 105 * item.tick_size))
        self.checked = self.desk.state
        self.orders: dict[str, Order] = {}
        self.executions: list[Execution] = []
        self.placed: list[str] = []
        self.guard = MarginGuard()

    def take(self, step: Step) -> None:
        """One step; refusals change nothing."""
        before = self.desk.state
        try:
            events = self._do(step)
        except (OrderRefused, OrderNotOpen, PositionNotOpen):
            assert self.desk.state == before
            return
        if isinstance(step, QuoteStep | TradeStep) and self.desk.state.terms.fills == FillTerms():
            seen = self.desk.quotes if isinstance(step, QuoteStep) else self.desk.trades
            item = self.desk.instruments[step.symbol]
            check_nothing_missed(before, self.desk.state, seen[step.symbol], events, item)
        for event in events:
            self.checked = fold(self.checked, [event])
            self._note(event)
            self._check(self.checked)
        assert self.checked == self.desk.state
        check_trading_state(before, events)
        check_margin_is_said(self.desk.state, self.desk.market)
        if isinstance(step, PlaceStep | ModifyStep):
            self._check_buying_power(before)

    def _do(self, step: Step) -> tuple[Event, ...]:
        desk = self.desk
        match step:
            case PlaceStep():
                events = desk.do(self._command(step))
                self.placed.append(f"O{events[0].offset}")
                return events
            case CancelStep():
                order_id = self.placed[step.choice % len(self.placed)] if self.placed else "O0"
                return desk.do(CancelOrder(order_id))
            case QuoteStep():
                item = desk.instruments[step.symbol]
                bid = (100 + step.ticks) * item.tick_size
                ask = bid + step.spread * item.tick_size
                size = None if step.size is None else step.size * item.qty_step
                return self._see(Quote(step.symbol, desk.time + step.wait, bid, ask, size, size))
            case DepthStep() | BarStep():
                return desk.see(step.of(desk.instruments[step.symbol], desk.time))
            case ExecuteStep():
                return desk.do(ExecuteOrders())
            case TradeStep():
                price = (100 + step.ticks) * desk.instruments[step.symbol].tick_size
                return desk.see(Trade(step.symbol, desk.time, price, Decimal(1)))
            case ClockStep():
                return desk.pass_time(desk.time + step.wait)
            case _:
                return desk.do(step.command(desk))

    def _see(self, quote: Quote) -> tuple[Event, ...]:
        """A quote; one that the guard lets pass has, if it fills nothing, nothing to say of the margin."""
        concerns = self.guard.concerns(self.desk.state, quote)
        events = self.desk.see(quote)
        filled = any(isinstance(event, ExecutionRecorded) for event in events)
        assert concerns or filled or not any(isinstance(event, MARGIN_EVENTS) for event in events)
        if self.guard.is_blind(self.desk.state):
            self.guard.arm(self.desk.state, self.desk.market)
        return events

    def _command(self, step: PlaceStep) -> PlaceOrder:
        item = self.desk.instruments[step.symbol]
        name = None if step.name is None else f"client-{step.name}"
        command = PlaceOrder(
            step.symbol,
            step.type,
            step.side,
            step.steps * item.qty_step,
            duration=step.duration,
            client_order_id=name,
            is_close=step.closes,
            brackets=step.brackets.of(item),
        )
        if step.type in {OrderType.LIMIT, OrderType.STOP_LIMIT}:
            command = replace(command, limit_price=(100 + step.ticks) * item.tick_size)
        if step.type in {OrderType.STOP, OrderType.STOP_LIMIT}:
            command = replace(command, stop_price=(100 + step.stop_ticks) * item.tick_size)
        if step.type is OrderType.TRAILING_STOP:
            command = replace(command, trailing_amount=step.trail * item.tick_size)
        if step.duration is DurationType.GTD:
            command = replace(command, gtd_time=self.desk.time + step.lasts)
        return command

    def _note(self, event: Event) -> None:
        if isinstance(event, ORDER_EVENTS):
            known = self.orders.get(event.order.id)
            assert known is None or known.status not in FINAL, "a final order has changed"
            self.orders[event.order.id] = event.order
        elif isinstance(event, ExecutionRecorded):
            self.executions.append(event.execution)
        elif isinstance(event, PositionChanged):
            assert event.position.qty >= 0

    def _check(self, state: AccountState) -> None:
        with exact():
            assert state.balance == state.opening_balance + state.realized_pl - state.commissions
            self._check_orders(state)
            worth = worth_of(state, self.desk.market)
            assert worth.margin.used >= 0
            assert worth.margin.reserved >= 0

    def _check_orders(self, state: AccountState) -> None:
        assert {key for key, order in self.orders.items() if not order.is_final} == set(state.orders)
        for order in self.orders.values():
            assert 0 <= order.filled_qty <= order.qty
            assert (order.filled_qty == order.qty) is (order.status == "filled")

    def check_at_rest(self) -> None:
        """What holds between decisions: quantities, averages and cash, reckoned from executions alone."""
        state = self.desk.state
        with exact():
            check_positions(state, self.executions)
            check_protection(state, self.desk.instruments)
            self._check_averages()
            self._check_cash(state, self.desk.market)

    def _check_averages(self) -> None:
        filled: defaultdict[str, Decimal] = defaultdict(Decimal)
        value: defaultdict[str, Decimal] = defaultdict(Decimal)
        for execution in self.executions:
            filled[execution.order_id] += execution.qty
            value[execution.order_id] += execution.qty * execution.price
        for order in self.orders.values():
            assert order.filled_qty == filled[order.id]
            if order.filled_qty:
                assert order.avg_price == quotient(value[order.id], filled[order.id])
            else:
                assert order.avg_price is None

    def _check_cash(self, state: AccountState, market: Market) -> None:
        """Balance and cost of what is open are the opening balance and all that was paid and got.

        What was paid is the price of the executions, and their commissions.
        """
        flows = sum((self._paid(execution) for execution in self.executions), Decimal())
        costs = sum((_signed(p.side, p.cost) * p.point_value for p in state.open_positions), Decimal())
        assert state.balance == state.opening_balance + flows + costs
        marks = sum(  # what has no quote counts at its cost
            _signed(p.side, p.cost if price is None else price * p.qty) * p.point_value
            for p in state.open_positions
            for price in [market.closing_price(p.symbol, p.side)]
        )
        assert worth_of(state, market).equity == state.opening_balance + flows + marks

    def _paid(self, execution: Execution) -> Decimal:
        item = self.desk.instruments[execution.symbol]
        price = _signed(execution.side, execution.qty) * execution.price * item.point_value
        return -price - execution.commission

    def _check_buying_power(self, before: AccountState) -> None:
        """An accepted order that adds margin leaves buying power of at least 0."""
        market = self.desk.market
        now = worth_of(self.desk.state, market)
        with exact():
            adds = now.margin.total > worth_of(before, market).margin.total
            assert not adds or now.available >= 0


def _signed(side: Side, amount: Decimal) -> Decimal:
    return amount if side is Side.BUY else -amount
