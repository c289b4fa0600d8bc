"""Our engine through a scenario, as the broker takes a tick: `python -m ... SCENARIO OUTCOME`."""

import gc
import sys
import time
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from benchmarks.engine.scenario import Action, Ending, Filled, Money, Outcome, RecordedQuote, Scenario, Terms
from trading_api.models.broker.accounts import CommissionKind
from trading_api.models.broker.orders import DurationType, OrderType, Side
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.engine import (
    AccountState,
    CancelOrder,
    Command,
    Event,
    Instrument,
    Market,
    OrderNotOpen,
    OrderRefused,
    PlaceOrder,
    decide,
    fold,
    open_account,
)
from trading_api.modules.broker.engine.commands import ModifyOrder
from trading_api.modules.broker.engine.decide import drafted
from trading_api.modules.broker.engine.entities import NO_BRACKETS, Brackets, Execution, Order
from trading_api.modules.broker.engine.events import ORDER_EVENTS, ExecutionRecorded
from trading_api.modules.broker.engine.terms import AccountTerms, CommissionTerms
from trading_api.shared.trading_session import TradingSession

OPENING = Decimal(10_000_000)
LEVERAGE = Decimal(100)


def instrument_of(terms: Terms) -> Instrument:
    """Always open, without trades, so that stops look at bid and ask."""
    return Instrument(
        symbol=terms.symbol,
        tradable=True,
        min_qty=Decimal(terms.qty_step),
        max_qty=Decimal(10**9),
        qty_step=Decimal(terms.qty_step),
        tick_size=Decimal(terms.tick),
        point_value=Decimal(1),
        margin_rate=Decimal("0.01"),
        currency="USDT",
        session=TradingSession("24x7", "Etc/UTC"),
        prints=False,
    )


def account_on(terms: Terms) -> AccountState:
    """A new account with these fees."""
    fees = CommissionTerms(CommissionKind.MAKER_TAKER, Decimal(terms.taker_bps), Decimal(terms.maker_bps))
    empty = AccountState("BENCH", "epoch")
    account_terms = AccountTerms(commission=fees)
    return fold(empty, open_account(empty, "Bench", "USDT", OPENING, LEVERAGE, 0, account_terms))


def quote_of(symbol: str, quote: RecordedQuote) -> Quote:
    """The quote as the engine takes it."""
    return Quote(
        symbol,
        quote.time,
        Decimal(quote.bid),
        Decimal(quote.ask),
        Decimal(quote.bid_size),
        Decimal(quote.ask_size),
    )


class Desk:
    """One account and its market."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._symbol = scenario.terms.symbol
        self.instruments = {self._symbol: instrument_of(scenario.terms)}
        self.book = AccountBook(account_on(scenario.terms))
        self.quotes: dict[str, Quote] = {}
        self.outcome = Outcome()
        self._names: dict[str, str] = {}
        self._ids: dict[str, str] = {}
        self._filler = ""

    def run(self) -> Outcome:
        """All quotes and actions."""
        scenario, ticks = self._scenario, [quote_of(self._symbol, quote) for quote in self._scenario.quotes]
        seconds = 0.0
        for indices, actions in scenario.segments():
            gc.collect()
            gc.freeze()
            seconds += self.see(ticks, indices)
            for action in actions:
                self.act(action, indices.stop - 1)
        return Outcome(seconds, self.outcome.fills, self.outcome.endings, self.outcome.money)

    def begin(self, state: AccountState) -> None:
        """Go on from this state."""
        self.book.begin(state)

    def see(self, ticks: Sequence[Quote], indices: range) -> float:
        """Processor time of these quotes: whom it concerns, what follows, and the state after it."""
        book, quotes, instruments = self.book, self.quotes, self.instruments
        happened: list[tuple[int, Sequence[Event]]] = []
        started = time.process_time()
        for index in indices:
            quote = ticks[index]
            quotes[quote.symbol] = quote
            if book.wants(quote, prints=False):
                market = Market(quote.time, quotes).with_quote(quote)
                draft = drafted(book.state, quote, instruments, market)
                events = draft.events
                book.begin(draft.state)
                happened.append((index, events))
                if book.guard.is_blind(book.state):
                    book.guard.arm(book.state, Market(quote.time, quotes))
                if self._scenario.audit:
                    self._audit(events)
        seconds = time.process_time() - started
        for index, later in happened:
            self._note(later, index)
        return seconds

    def act(self, action: Action, index: int) -> None:
        """Do what is asked for after the quote with this index."""
        market = Market(self.quotes[self._symbol].time, self.quotes)
        try:
            events = decide(self.book.state, self._command(action), self.instruments, market)
        except (OrderRefused, KeyError, OrderNotOpen):
            if action.verb == "place":
                self.outcome.endings[action.name] = Ending("rejected")
            return
        self.book.apply(events)
        if action.verb == "place":
            self._name(action.name, events)
        self._note(events, index)
        if self._scenario.audit:
            self._audit(events)

    def _command(self, action: Action) -> Command:
        numbers = [_number(text) for text in (action.qty, action.limit, action.stop)]
        qty, limit, stop = numbers
        if action.verb == "cancel":
            return CancelOrder(self._ids[action.name])
        if action.verb == "modify":
            return ModifyOrder(self._ids[action.name], qty=qty, limit_price=limit, stop_price=stop)
        profit, loss = _number(action.take_profit), _number(action.stop_loss)
        return PlaceOrder(
            self._symbol,
            OrderType(action.type),
            Side(action.side),
            qty or Decimal(0),
            limit,
            DurationType(action.duration),
            action.name,
            stop_price=stop,
            trailing_amount=_number(action.trail),
            gtd_time=action.end,
            brackets=Brackets(profit, loss) if profit or loss else NO_BRACKETS,
        )

    def _name(self, name: str, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event, ORDER_EVENTS) and event.order.client_order_id == name:
                self._ids[name] = event.order.id
                self._names[event.order.id] = name

    def _name_bracket(self, order: Order) -> None:
        """A bracket is called after the order that brought it, which is the last that was filled."""
        if order.parent_id is None:
            self._filler = self._names.get(order.id, "") if order.filled_qty else self._filler
        elif order.id not in self._names:
            kind = "take_profit" if order.stop_price is None else "stop_loss"
            self._names[order.id] = f"{self._names.get(order.parent_id, self._filler)}-{kind}"

    def _note(self, events: Sequence[Event], index: int) -> None:
        for event in events:
            if isinstance(event, ExecutionRecorded):
                self.outcome.fills.append(self._filled(event.execution, index))
            elif isinstance(event, ORDER_EVENTS):
                order = event.order
                self._name_bracket(order)
                average = None if order.avg_price is None else str(order.avg_price)
                ending = Ending(order.status.value, f"{order.filled_qty:f}", average)
                self.outcome.endings[self._names.get(order.id, order.id)] = ending

    def _filled(self, execution: Execution, index: int) -> Filled:
        return Filled(
            order=self._names.get(execution.order_id, execution.order_id),
            side=execution.side.value,
            qty=f"{execution.qty:f}",
            price=f"{execution.price:f}",
            commission=f"{execution.commission:f}",
            liquidity="" if execution.liquidity is None else execution.liquidity.value,
            quote=index,
        )

    def _audit(self, events: Sequence[Event]) -> None:
        added = sum(isinstance(event, ExecutionRecorded) for event in events)
        if added:
            before = self.outcome.money[-1].fills if self.outcome.money else 0
            state, held = self.book.state, self.book.state.position_of(self._symbol)
            qty, average = (held.signed_qty, held.avg_price) if held else (Decimal(0), Decimal(0))
            money = Money(before + added, f"{state.balance:f}", f"{qty:f}", f"{average:f}")
            self.outcome.money.append(money)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


if __name__ == "__main__":
    Desk(Scenario.read(Path(sys.argv[1]))).run().write(Path(sys.argv[2]))
