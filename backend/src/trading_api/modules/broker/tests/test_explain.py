"""What is said of orders, for every outcome, with the figures that decided."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from trading_api.models.broker.accounts import CommissionKind, TradingState
from trading_api.models.broker.orders import DurationType
from trading_api.modules.broker.engine.commands import (
    CancelOrder,
    ClosePosition,
    ExecuteOrders,
    ModifyOrder,
    SetTradingState,
)
from trading_api.modules.broker.engine.entities import Brackets, Order
from trading_api.modules.broker.engine.terms import AccountTerms, CommissionTerms, FillTerms
from trading_api.modules.broker.explain import explained_steps
from trading_api.modules.broker.order_words import prices
from trading_api.modules.broker.tests.engine_cases import (
    BUY,
    SELL,
    STOCK,
    Desk,
    instrument,
    order,
    quote,
    sized,
    stop,
    trade,
    trailing,
)
from trading_api.modules.broker.waiting import waiting_for
from trading_api.shared.trading_session import TradingSession

START = 50_587_120
"""14:03:07.120."""
BOTH = "the market showed bid 189.50 (size 300), ask 189.62 (size 500) at 14:03:07.120"
PER_ORDER = AccountTerms(commission=CommissionTerms(CommissionKind.PER_ORDER, Decimal("1.5")))
DISPLAYED = AccountTerms(fills=FillTerms(respect_size=True))


def desk(terms: AccountTerms | None = None, balance: str = "100000", leverage: str = "20") -> Desk:
    """A market at 189.50 / 189.62, last 189.55."""
    made = Desk(terms=terms or AccountTerms(), balance=balance, leverage=leverage)
    made.see(sized("189.50", "300", "189.62", "500", time=START))
    made.see(trade("189.55", time=START + 1))
    return made


def told(at: Desk, order_id: str) -> list[str]:
    """The sentences on an order."""
    return [step.text for step in explained_steps(order_id, at.events, STOCK.tick_size)]


def waits(at: Desk, order_id: str) -> str:
    """What an open order waits for."""
    return waiting_for(at.state.orders[order_id], STOCK, at.market)


def test_a_limit_waits_is_changed_and_reached() -> None:
    at = desk()
    placed = at.place(order(BUY, "100", "189.50"))
    assert waits(at, placed.id) == "limit 189.50, best ask 189.62 at 14:03:07.120"
    at.do(ModifyOrder(placed.id, qty=Decimal(150), limit_price=Decimal("189.55")))
    at.see(sized("189.40", "300", "189.52", "500", time=START + 1000))
    assert told(at, placed.id) == [
        f"Accepted, all checks passed: buy 100 STK limit 189.50, gtc; {BOTH}.",
        "Changed by its owner: qty 100 to 150, limitPrice 189.50 to 189.55.",
        "Bought 150 at 189.52: the ask 189.52 (size 500) at 14:03:08.120 "
        "is at its limit of 189.55 or better.",
    ]


def test_a_market_order_takes_the_quote() -> None:
    at = desk(PER_ORDER)
    at.place(order(BUY, "100"))
    sold = at.place(order(SELL, "100"))
    assert told(at, sold.id) == [
        f"Accepted, all checks passed: sell 100 STK at the market, gtc; {BOTH}.",
        "Sold 100 at 189.50, commission 1.5, realized -12: "
        "it takes the bid 189.50 (size 300) at 14:03:07.120.",
    ]


def test_a_stop_is_triggered_by_the_last_price() -> None:
    at = desk()
    placed = at.place(stop(BUY, "100", "190.00", "190.10"))
    assert waits(at, placed.id) == "stop 190.00, last price 189.55 at 14:03:07.121"
    at.see(quote("190.20", "190.30", time=START + 400))
    at.see(trade("190.05", time=START + 500))
    assert told(at, placed.id)[-1] == (
        "Triggered, for last price 190.05 (size 100) at 14:03:07.620 reached the stop of 190.00; "
        "it is a limit order from now on."
    )
    assert waits(at, placed.id) == "limit 190.10, best ask 190.30 at 14:03:07.520"


def test_a_trailing_stop_follows_the_price() -> None:
    at = desk()
    at.place(order(BUY, "100"))
    placed = at.place(trailing(SELL, "100", "1.5"))
    at.see(trade("191.05", time=START + 500))
    assert waits(at, placed.id) == "stop 189.55 trailing by 1.50, last price 191.05 at 14:03:07.620"
    at.see(trade("189.05", time=START + 600))
    assert told(at, placed.id)[1:] == [
        "The stop followed the price: stopPrice 188.05 to 189.55.",
        "Triggered, for last price 189.05 (size 100) at 14:03:07.720 reached the stop of 189.55; "
        "it is a market order from now on.",
        "Sold 100 at 189.50, realized -12: it takes the bid 189.50 (size 300) at 14:03:07.120.",
    ]


def test_a_stop_that_follows_tick_by_tick_is_told_once() -> None:
    at = desk()
    placed = at.place(trailing(SELL, "100", "1.5"))
    for step, price in enumerate(("189.60", "190.00", "191.05")):
        at.see(trade(price, time=START + 500 + step))
    at.do(ModifyOrder(placed.id, qty=Decimal(50)))
    at.see(trade("192.05", time=START + 600))
    assert told(at, placed.id)[1:] == [
        "The stop followed the price: stopPrice 188.05 to 189.55.",
        "Changed by its owner: qty 100 to 50.",
        "The stop followed the price: stopPrice 189.55 to 190.55.",
    ]


def test_brackets_tell_of_what_they_protect() -> None:
    at = desk()
    at.place(replace(order(BUY, "100"), brackets=Brackets(Decimal(195), Decimal(185))))
    profit, loss = at.state.open_orders
    at.do(ClosePosition("P6", Decimal(40)))
    at.see(quote("196.00", "196.10", time=START + 900))
    resized = "Resized with the position that it protects: qty 100 to 60."
    assert told(at, profit.id) == [
        "Accepted as take profit of position P6: sell 100 STK limit 195.00, gtc.",
        resized,
        "Sold 60 at 196.00, realized 382.8: the bid 196.00 at 14:03:08.020 "
        "is at its limit of 195.00 or better.",
    ]
    assert told(at, loss.id) == [
        "Accepted as stop loss of position P6: sell 100 STK stop 185.00, gtc.",
        resized,
        "Canceled unfilled: the position that it belonged to is closed.",
    ]


def test_an_inactive_bracket_waits_for_its_parent() -> None:
    at = desk()
    parent = at.place(replace(order(BUY, "100", "180"), brackets=Brackets(take_profit=Decimal(195))))
    (bracket,) = at.state.brackets_of(parent.id)
    assert waits(at, bracket.id) == f"order {parent.id} to be filled"
    at.do(CancelOrder(parent.id))
    assert told(at, bracket.id) == [
        f"Accepted as take profit of order {parent.id}, waiting until that fills: "
        "sell 100 STK limit 195.00, gtc.",
        "Canceled unfilled: the order that it was to protect has ended.",
    ]


def test_a_liquidation_says_whose_order_it_was() -> None:
    at = desk(balance="5000", leverage="4")
    at.place(order(BUY, "100"))
    at.see(quote("150.00", "150.10", time=START + 900))
    placed = [event.order.id for event in at.events if event.type == "OrderAccepted"][-1]
    assert told(at, placed) == [
        "Placed by the broker to restore the margin of the account: sell 100 STK at the market, gtc "
        "(marginLevel=0.2768 liquidationLevel=0.5).",
        "Sold 100 at 150.00, realized -3962: the margin of the account had to be restored; it takes the "
        "bid 150.00 at 14:03:08.020 (marginLevel=0.2768 liquidationLevel=0.5).",
    ]


ENDINGS: list[tuple[str, DurationType, AccountTerms | None, Callable[[Desk, Order], object], str]] = [
    (
        "180",
        DurationType.GTC,
        None,
        lambda at, placed: at.do(CancelOrder(placed.id)),
        "Canceled unfilled: its owner asked for it.",
    ),
    (
        "180",
        DurationType.DAY,
        None,
        lambda at, _: at.pass_time(START + 2 * 86_400_000),
        "Expired unfilled, at its end as a day order.",
    ),
    (
        "190",
        DurationType.IOC,
        DISPLAYED,
        lambda *_: None,
        "Canceled with 500 of 800 filled: what it could not take at once is not waited for.",
    ),
    (
        "190",
        DurationType.FOK,
        DISPLAYED,
        lambda *_: None,
        "Canceled unfilled: a fok order fills all at once or not at all (rest=800).",
    ),
    (
        "180",
        DurationType.GTC,
        None,
        lambda at, _: at.do(SetTradingState(TradingState.HALTED, cancel_orders=True)),
        "Canceled unfilled: the trading state of the account was changed (tradingState=halted).",
    ),
    (
        "180",
        DurationType.GTC,
        None,
        lambda at, _: at.do(ExecuteOrders()),
        "Bought 800 at 180.00: executed for debugging; the market showed ask 189.62 (size 500) at "
        "14:03:07.120.",
    ),
]


@pytest.mark.parametrize(("limit", "duration", "terms", "end", "sentence"), ENDINGS)
def test_every_end_has_its_reason(
    limit: str,
    duration: DurationType,
    terms: AccountTerms | None,
    end: Callable[[Desk, Order], object],
    sentence: str,
) -> None:
    at = desk(terms)
    placed = at.place(order(BUY, "800", limit, duration=duration))
    end(at, placed)
    assert told(at, placed.id)[-1] == sentence


def test_waiting_names_every_hindrance() -> None:
    night = instrument(session=TradingSession("1500-1600", "Etc/UTC"))
    at = Desk(night, terms=AccountTerms(fills=FillTerms(latency_ms=250)))
    at.see(sized("189.50", "300", "189.62", "500", time=START))
    placed = at.place(order(BUY, "100", "189.50"))
    assert waiting_for(at.state.orders[placed.id], night, at.market) == (
        "the session, which opens 1970-01-01 15:00 UTC; to be in the market at 14:03:07.370; "
        "limit 189.50, best ask 189.62 at 14:03:07.120"
    )


def test_what_was_seen_is_told_in_numbers_too() -> None:
    at = desk()
    placed = at.place(order(BUY, "100"))
    accepted, filled = explained_steps(placed.id, at.events, STOCK.tick_size)
    assert (accepted.rule, accepted.offset, accepted.time) == ("checks-passed", 2, START + 1)
    assert filled.seen is not None
    assert (filled.seen.ask, filled.seen.ask_size) == (Decimal("189.62"), Decimal(500))
    assert filled.seen.time == START


@pytest.mark.parametrize(
    ("tick", "value", "text"),
    [("0.01", "189.5", "189.50"), ("0.01", "189.505", "189.505"), ("1", "189", "189"), ("0.25", "4", "4.00")],
)
def test_prices_have_the_decimals_of_their_tick(tick: str, value: str, text: str) -> None:
    assert prices(Decimal(tick))(Decimal(value)) == text
