"""Market orders while a symbol is silent: refused, unless the account allows old quotes."""

from decimal import Decimal

import pytest

from trading_api.models.broker.orders import OrderStatus
from trading_api.modules.broker.engine import OrderRefused, PlaceOrder, preview
from trading_api.modules.broker.engine.commands import ClosePosition, ModifyOrder, ReversePosition
from trading_api.modules.broker.engine.events import last_order
from trading_api.modules.broker.engine.market import Silence
from trading_api.modules.broker.engine.terms import AccountTerms
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
)

SILENT = {"STK": Silence("stale", 30_000)}


def silent_desk(*, allow_stale_quotes: bool = False) -> Desk:
    """A desk of a symbol that was quoted at 1 s and has been silent for a minute."""
    desk = Desk(terms=AccountTerms(allow_stale_quotes=allow_stale_quotes))
    desk.see(quote("9.98", "10.02", time=1_000))
    desk.place(order(BUY, "10"))
    desk.time = 61_000
    desk.silent = dict(SILENT)
    return desk


def refused(desk: Desk, command: PlaceOrder | ClosePosition | ReversePosition) -> list[tuple[str, str]]:
    with pytest.raises(OrderRefused) as caught:
        desk.do(command)
    return [(failure.code.value, failure.message) for failure in caught.value.failures]


def test_a_market_order_is_refused_with_the_symbol_the_quote_s_time_and_the_limit() -> None:
    message = "the quote of symbol=STK is not of now: quoteTime=1000 time=61000 status=stale limitMs=30000"
    assert refused(silent_desk(), order(SELL, "5")) == [("quote-stale", message)]


def test_so_is_what_closes_or_reverses_a_position_by_a_market_order() -> None:
    desk = silent_desk()
    position = desk.only("STK").id
    for command in (ClosePosition(position), ReversePosition(position)):
        assert [code for code, _ in refused(desk, command)] == ["quote-stale"]


def test_it_is_accepted_as_soon_as_the_symbol_speaks_again() -> None:
    desk = silent_desk()
    desk.silent = {}
    desk.see(quote("9.90", "9.92", time=62_000))
    filled = desk.place(order(SELL, "5"))
    assert (filled.status, filled.avg_price) == (OrderStatus.FILLED, Decimal("9.90"))


def test_an_account_may_allow_old_quotes() -> None:
    desk = silent_desk(allow_stale_quotes=True)
    assert desk.place(order(SELL, "5")).avg_price == Decimal("9.98")


def test_another_symbol_s_silence_does_not_matter() -> None:
    desk = silent_desk()
    desk.silent = {"OTHER": Silence("failed")}
    assert desk.place(order(SELL, "5")).status is OrderStatus.FILLED


def test_what_waits_for_its_price_is_accepted() -> None:
    desk = silent_desk()
    for command in (order(BUY, "1", "9.50"), stop(BUY, "1", "11")):
        assert desk.place(command).status is OrderStatus.WORKING


def test_a_stop_that_triggers_is_not_held_up() -> None:
    """Only placing is refused: what sets it off is data that has come."""
    desk = silent_desk()
    desk.place(stop(SELL, "10", "9.50"))
    desk.see(quote("9.40", "9.42", time=62_000))
    desk.see(trade("9.41", time=62_000))
    assert desk.state.positions_of("STK") == []


def test_out_of_session_a_market_order_waits_for_the_first_quote() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    desk.see(quote("9.98", "10.02", time=new_york("2013-10-04 15:59")))
    desk.time = new_york("2013-10-04 17:00")
    desk.silent = dict(SILENT)
    assert desk.place(order(BUY, "10")).status is OrderStatus.WORKING
    desk.time = new_york("2013-10-07 09:31")
    assert [code for code, _ in refused(desk, order(BUY, "10"))] == ["quote-stale"]


def test_the_order_that_waits_can_be_changed_while_the_symbol_is_silent() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    desk.time = new_york("2013-10-04 17:00")
    waiting = desk.place(order(BUY, "10"))
    desk.time, desk.silent = new_york("2013-10-07 09:31"), dict(SILENT)
    changed = last_order(desk.do(ModifyOrder(waiting.id, qty=Decimal(5))))
    assert changed.qty == 5


def test_the_preview_says_the_same_and_still_reckons() -> None:
    desk = silent_desk()
    estimate = preview(desk.state, order(BUY, "5"), desk.instruments["STK"], desk.market)
    assert [failure.code.value for failure in estimate.failures] == ["quote-stale"]
    assert (estimate.price, estimate.value) == (Decimal("10.02"), Decimal("50.10"))
