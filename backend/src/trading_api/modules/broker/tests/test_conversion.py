"""Accounts that trade what is priced in other currencies: profits, margin and commissions at moving rates."""

from decimal import Decimal

import pytest

from trading_api.models.broker.accounts import CommissionKind, PositionMode
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.engine import Execution, Market, OrderRefused, worth_of
from trading_api.modules.broker.engine.conversion import pairs_of, rate_of
from trading_api.modules.broker.engine.events import ExecutionRecorded
from trading_api.modules.broker.engine.terms import AccountTerms, CommissionTerms, RiskTerms
from trading_api.modules.broker.tests.engine_cases import (
    BUY,
    SELL,
    Desk,
    instrument,
    kinds,
    order,
    quote,
    values,
)

D = Decimal
EURO = instrument("EURO", margin_rate="0.1", currency="EUR")
YEN = instrument("YEN", margin_rate="0.1", currency="JPY", tick="1")
DOLLAR = instrument("DOLLAR", margin_rate="0.1")


def desk_with(terms: AccountTerms | None = None, currency: str = "USD", balance: str = "10000") -> Desk:
    """A desk with all three, at EURUSD 1.20 and USDJPY 150; each is quoted without a spread."""
    terms = terms or AccountTerms()
    desk = Desk(EURO, YEN, DOLLAR, balance=balance, terms=terms, currency=currency)
    rates(desk, "1.20", "150")
    desk.see(quote("10.00", "10.00", symbol="EURO"))
    desk.see(quote("3000", "3000", symbol="YEN"))
    desk.see(quote("10.00", "10.00", symbol="DOLLAR"))
    return desk


def rates(desk: Desk, euro: str, yen: str) -> None:
    """The pairs are quoted so."""
    for pair, price in (("EURUSD", euro), ("USDJPY", yen)):
        desk.quotes[pair] = Quote(pair, 1000, D(price), D(price))


def fill(desk: Desk, *what: str, symbol: str) -> Execution:
    """Buy or sell at the market."""
    side, qty = what
    events = desk.do(order(BUY if side == "buy" else SELL, qty, symbol=symbol))
    (execution,) = [event.execution for event in events if isinstance(event, ExecutionRecorded)]
    return execution


def money(desk: Desk) -> tuple[Decimal, Decimal, Decimal]:
    """Unrealized profit, margin used and reserved."""
    worth = worth_of(desk.state, desk.market)
    return worth.unrealized_pl, worth.margin.used, worth.margin.reserved


def test_the_rate_is_the_middle_of_the_pair_whichever_way_it_is_quoted() -> None:
    quotes = {
        "EURUSD": Quote("EURUSD", 1, D("1.10"), D("1.12")),
        "USDJPY": Quote("USDJPY", 1, D(124), D(126)),
        "GBPUSD": Quote("GBPUSD", 1, D(0), D("1.30")),
    }
    market = Market(1, quotes)
    assert rate_of(market, "EUR", "USD") == D("1.11")
    assert rate_of(market, "JPY", "USD") == D("0.008")
    assert rate_of(market, "USD", "USD") == 1
    assert rate_of(market, "GBP", "USD") is None
    assert rate_of(market, "CHF", "USD") is None


def test_pairs_are_named_in_the_order_in_which_they_count() -> None:
    assert pairs_of("EUR", "USD") == ("EURUSD", "USDEUR")
    assert not pairs_of("USD", "USD")


def test_profit_and_margin_follow_price_and_rate() -> None:
    desk = desk_with()
    assert fill(desk, "buy", "100", symbol="EURO").conversion == D("1.2")
    assert money(desk) == values(0, 120, 0)
    desk.see(quote("11.00", "11.00", symbol="EURO"))
    assert money(desk) == values(120, 132, 0)
    rates(desk, "1.50", "150")
    assert money(desk) == values(150, 165, 0)


def test_profit_is_realized_at_the_rate_of_the_fill() -> None:
    desk = desk_with()
    fill(desk, "buy", "100", symbol="EURO")
    rates(desk, "1.50", "150")
    desk.see(quote("9.00", "9.00", symbol="EURO"))
    assert fill(desk, "sell", "40", symbol="EURO").realized_pl == -60
    rates(desk, "1.00", "150")
    assert fill(desk, "sell", "60", symbol="EURO").realized_pl == -60
    assert desk.state.balance == 10_000 - 120


def test_an_inverse_rate_is_rounded_to_eighteen_places() -> None:
    desk = desk_with()
    execution = fill(desk, "sell", "10", symbol="YEN")
    assert execution.conversion == D("0.006666666666666667")
    desk.see(quote("2850", "2850", symbol="YEN"))
    assert fill(desk, "buy", "10", symbol="YEN").realized_pl == D("10.0000000000000005")


def test_an_account_in_euro_trades_dollars() -> None:
    desk = desk_with(currency="EUR")
    fill(desk, "buy", "120", symbol="DOLLAR")
    assert money(desk) == values(0, D("99.99999999999999996"), 0)
    desk.see(quote("16.00", "16.00", symbol="DOLLAR"))
    assert fill(desk, "sell", "120", symbol="DOLLAR").conversion == D("0.833333333333333333")
    assert desk.state.realized_pl == D("599.99999999999999976")


def test_open_orders_reserve_in_the_account_s_currency() -> None:
    desk = desk_with()
    desk.do(order(BUY, "100", "9.00", symbol="EURO"))
    assert money(desk) == values(0, 0, 108)
    rates(desk, "2.00", "150")
    assert money(desk) == values(0, 0, 180)


def test_buying_power_is_checked_in_the_account_s_currency() -> None:
    desk = desk_with(balance="1200")
    assert desk.place(order(BUY, "1000", symbol="EURO")).status == "filled"
    with pytest.raises(OrderRefused, match="buying-power-insufficient"):
        desk.do(order(BUY, "1", symbol="DOLLAR"))


def test_commissions_are_of_the_converted_value() -> None:
    commission = CommissionTerms(CommissionKind.BASIS_POINTS, D(10))
    desk = desk_with(AccountTerms(commission=commission))
    assert fill(desk, "buy", "100", symbol="EURO").commission == D("1.2")


def test_caps_are_in_the_account_s_currency() -> None:
    desk = desk_with(AccountTerms(risk=RiskTerms(max_order_notional=D(1200))))
    with pytest.raises(OrderRefused, match=r"order-notional-exceeded: .*notional=1212 of at most max=1200"):
        desk.do(order(BUY, "101", symbol="EURO"))
    assert desk.place(order(BUY, "100", symbol="EURO")).status == "filled"


def test_without_a_rate_new_orders_are_refused_and_what_is_open_counts_at_the_last_known() -> None:
    desk = desk_with()
    fill(desk, "buy", "100", symbol="EURO")
    desk.do(order(BUY, "100", "9.00", symbol="EURO"))
    del desk.quotes["EURUSD"]
    desk.see(quote("11.00", "11.00", symbol="EURO"))
    assert money(desk) == values(120, 132, 108)
    with pytest.raises(OrderRefused, match="currency-unsupported"):
        desk.do(order(BUY, "1", symbol="EURO"))
    desk.see(quote("9.00", "9.00", symbol="EURO"))
    assert desk.only("EURO").qty == 200
    assert money(desk) == values(-120, 216, 0)


def test_a_falling_rate_alone_can_bring_the_warning() -> None:
    desk = desk_with(balance="1000")
    desk.see(quote("10.00", "10.00", symbol="EURO"))
    fill(desk, "sell", "800", symbol="EURO")  # margin 960 of 1000 at 1.20
    rates(desk, "1.26", "150")  # 1008 of 1000
    assert kinds(desk.see(quote("10.00", "10.00", symbol="EURO", time=2000))) == ["MarginWarned"]
    rates(desk, "1.24", "150")
    assert kinds(desk.see(quote("10.00", "10.00", symbol="EURO", time=3000))) == ["MarginRecovered"]


def test_a_liquidation_compares_losses_in_the_account_s_currency() -> None:
    desk = desk_with(AccountTerms(position_mode=PositionMode.HEDGING), balance="1000")
    fill(desk, "buy", "300", symbol="EURO")
    fill(desk, "buy", "300", symbol="DOLLAR")
    desk.see(quote("8.60", "8.60", symbol="EURO"))  # loses 420 EUR: 504
    events = desk.see(quote("8.50", "8.50", symbol="DOLLAR"))  # loses 450: 46 of 309.60 and 255
    closed = [event.execution.symbol for event in events if isinstance(event, ExecutionRecorded)]
    assert closed[0] == "EURO"
