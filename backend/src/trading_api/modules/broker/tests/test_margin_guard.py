"""No quote that the margin guard lets pass would have changed what is said of the margin."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_api.models.broker.accounts import PositionMode
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.engine import Event, OrderRefused, worth_of
from trading_api.modules.broker.engine.events import DEFAULT_TERMS
from trading_api.modules.broker.engine.exact import exact
from trading_api.modules.broker.engine.margin_level import holdings_of, standing_of
from trading_api.modules.broker.engine.terms import AccountTerms, RiskTerms
from trading_api.modules.broker.margin_guard import MarginGuard
from trading_api.modules.broker.tests.engine_cases import BUY, SELL, Desk, instrument, kinds, order, quote

SYMBOLS = ("ONE", "TWO", "EURO", "YEN")
PAIRS = {"EURUSD": "EUR", "USDJPY": "JPY"}
INSTRUMENTS = (
    instrument("ONE", margin_rate="0.1"),
    instrument("TWO", margin_rate="0.5", point_value="3"),
    instrument("EURO", margin_rate="0.05", currency="EUR"),
    instrument("YEN", margin_rate="0.2", currency="JPY"),
)

WARY = RiskTerms(maintenance_level=Decimal(12), liquidation_level=Decimal(4))
moves = st.tuples(st.sampled_from((*SYMBOLS, *PAIRS)), st.integers(-40, 40), st.integers(0, 9))
orders = st.tuples(st.sampled_from(SYMBOLS), st.sampled_from((BUY, SELL)), st.integers(1, 400))
risks = st.sampled_from(
    [
        RiskTerms(),
        RiskTerms(maintenance_level=Decimal(3), liquidation_level=Decimal("0.5")),
        WARY,
        RiskTerms(maintenance_level=Decimal("0.3"), liquidation_level=Decimal(0)),
    ]
)
START = {
    "ONE": "10.00",
    "TWO": "10.00",
    "EURO": "10.00",
    "YEN": "1500.00",
    "EURUSD": "1.20",
    "USDJPY": "150.00",
}


class GuardedDesk:
    """A desk whose quotes are all decided, and a guard that is asked before each."""

    def __init__(self, terms: AccountTerms = DEFAULT_TERMS, *, balance: str = "1000") -> None:
        self.desk = Desk(*INSTRUMENTS, balance=balance, terms=terms)
        self.guard = MarginGuard()
        self.passed = self.seen = 0
        for symbol, price in START.items():
            self.see(Quote(symbol, 1000, Decimal(price), Decimal(price)))

    def see(self, tick: Quote) -> bool:
        """Decide the quote and, if the guard let it pass, find that nothing came of it."""
        state = self.desk.state
        concerns = self.guard.concerns(state, tick)
        self.seen += 1
        self.passed += not concerns
        currencies = {position.currency for position in state.positions.values()}
        if not state.positions_of(tick.symbol) and PAIRS.get(tick.symbol) not in currencies:
            self.desk.quotes[tick.symbol] = tick
            return concerns
        events = self._decide(tick)
        assert concerns or not events, kinds(events)
        if concerns:
            self.guard.arm(self.desk.state, self.desk.market)
        return concerns

    def _decide(self, tick: Quote) -> tuple[Event, ...]:
        """Of a pair the rate counts, so another quote makes the engine look."""
        if tick.symbol in self.desk.instruments:
            return self.desk.see(tick)
        self.desk.quotes[tick.symbol] = tick
        return self.desk.see(self.desk.quotes["ONE"])

    def place(self, symbol: str, side: object, qty: int) -> None:
        """Place a market order, if the account can; the guard is told of even quantities at once."""
        try:
            self.desk.do(order(BUY if side == BUY else SELL, str(qty), symbol=symbol))
        except OrderRefused:
            return
        if qty % 2 == 0:
            self.guard.arm(self.desk.state, self.desk.market)

    def move(self, symbol: str, by: int, spread: int) -> None:
        """A quote so many parts in a thousand away from the last; sometimes a side is empty."""
        last = self.desk.quotes.get(symbol)
        price = (last.bid or last.ask) if last else Decimal(7)
        bid = max(Decimal("0.01"), price + price * by / 1000).quantize(Decimal("0.01"))
        ask = bid if spread < 3 else bid + Decimal(spread) / 100
        sides = (Decimal(0), ask) if spread == 8 else (bid, Decimal(0)) if spread == 9 else (bid, ask)
        self.see(Quote(symbol, self.desk.time + 1, *sides))


@settings(deadline=None, max_examples=60)
@given(
    risks,
    st.sampled_from(PositionMode),
    st.lists(orders, min_size=1, max_size=6),
    st.lists(st.one_of(moves, moves, moves, moves, moves, moves, orders), min_size=20, max_size=80),
)
def test_what_the_guard_lets_pass_says_nothing(
    risk: RiskTerms,
    mode: PositionMode,
    first: list[tuple[str, object, int]],
    steps: list[tuple[str, object, int]],
) -> None:
    guarded = GuardedDesk(AccountTerms(risk=risk, position_mode=mode))
    for symbol, side, qty in first:
        guarded.place(symbol, side, qty)
    for symbol, what, number in steps:
        if isinstance(what, int):
            guarded.move(symbol, what, number)
        else:
            guarded.place(symbol, what, number)


def test_quotes_of_a_sound_account_pass() -> None:
    guarded = GuardedDesk()
    guarded.place("ONE", BUY, 101)  # equity 1010 + 101 (p - 10), margin 10.1 p: never equal
    assert guarded.see(quote("10.00", "10.00", symbol="ONE"))
    for price in ("9.50", "11.00", "99.00", "5.10", "9.00"):
        assert not guarded.see(quote(price, price, symbol="ONE"))


def test_the_band_of_one_position_ends_half_way_to_the_verdict() -> None:
    guarded = GuardedDesk()
    guarded.place("ONE", BUY, 500)  # equal at 8.888..., one share for the price and one for its currency
    guarded.see(quote("10.00", "10.00", symbol="ONE"))
    assert not guarded.see(quote("9.45", "9.45", symbol="ONE"))
    assert guarded.see(quote("9.44", "9.44", symbol="ONE"))
    assert not guarded.see(quote("9.20", "9.20", symbol="ONE"))
    assert guarded.see(quote("9.16", "9.16", symbol="ONE"))


def test_quotes_of_symbols_without_positions_pass() -> None:
    guarded = GuardedDesk()
    guarded.place("ONE", BUY, 500)
    assert not guarded.guard.concerns(guarded.desk.state, quote("1.00", "1.00", symbol="TWO"))


def test_without_positions_nothing_concerns() -> None:
    guarded = GuardedDesk()
    assert guarded.passed == guarded.seen == len(START)


def test_a_new_position_concerns_until_the_guard_is_armed_again() -> None:
    guarded = GuardedDesk()
    guarded.place("ONE", BUY, 11)
    assert guarded.see(quote("10.00", "10.00", symbol="ONE"))
    assert not guarded.see(quote("10.01", "10.01", symbol="ONE"))
    guarded.place("ONE", BUY, 11)
    assert guarded.see(quote("10.00", "10.00", symbol="ONE"))


def test_from_the_first_quote_that_leaves_its_band_every_quote_counts() -> None:
    guarded = GuardedDesk()
    guarded.place("ONE", BUY, 500)
    guarded.see(quote("10.00", "10.00", symbol="ONE"))
    state, guard = guarded.desk.state, guarded.guard
    assert not guard.concerns(state, quote("10.00", "10.00", symbol="ONE"))
    assert guard.concerns(state, quote("8.80", "8.80", symbol="ONE"))
    assert guard.concerns(state, quote("10.00", "10.00", symbol="ONE"))


def test_rates_have_bands_too() -> None:
    guarded = GuardedDesk()
    guarded.place("EURO", BUY, 501)  # equity 1000 and margin 300.60 at 1.20
    assert guarded.see(quote("10.00", "10.00", symbol="EURO"))
    assert not guarded.see(quote("1.19", "1.19", symbol="EURUSD"))
    assert guarded.see(quote("1.22", "1.22", symbol="EURUSD"))


def test_the_rate_counts_for_a_position_without_a_price_too() -> None:
    guarded = GuardedDesk(AccountTerms(risk=WARY))
    guarded.place("EURO", BUY, 1)
    guarded.see(quote("0", "10.00", symbol="EURO"))
    guarded.place("ONE", BUY, 250)
    assert guarded.see(quote("1.20", "1.20", symbol="EURUSD"))


@pytest.mark.parametrize("price", ["5.00", "8.88", "8.80"])
def test_equity_and_margin_are_what_the_worth_says(price: str) -> None:
    guarded = GuardedDesk(balance="100000")
    guarded.place("ONE", BUY, 500)
    guarded.place("EURO", SELL, 50)
    guarded.place("YEN", SELL, 50)
    guarded.see(quote(price, price, symbol="ONE"))
    state, market = guarded.desk.state, guarded.desk.market
    worth = worth_of(state, market)
    with exact():
        standing = standing_of(state, holdings_of(state, market))
    assert (standing.equity, standing.used) == (worth.equity, worth.margin.used)
