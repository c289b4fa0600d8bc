"""Which ticks an account has to see."""

from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.tests.engine_cases import SELL, Desk, quote, stop, trade, trailing


def test_ticks_that_come_while_others_wait_are_kept_for_what_those_lead_to() -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    desk.see(trade("10.00"))
    desk.place(trailing(SELL, "5", "0.50"))
    book = AccountBook(desk.state)
    rise, fall = trade("10.80", time=1100), trade("9.90", time=1101)
    assert not book.wants(fall, prints=True)
    assert book.wants(rise, prints=True)
    book.inbox.append(rise)
    assert book.wants(fall, prints=True)  # by then the stop is at 10.30


def test_quotes_reach_stops_only_where_nothing_prints() -> None:
    desk = Desk()
    desk.see(trade("10.00"))
    desk.place(stop(SELL, "5", "9.50"))
    book = AccountBook(desk.state)
    low = quote("9.40", "9.60", time=1100)
    assert (book.wants(low, prints=True), book.wants(low, prints=False)) == (False, True)
    assert book.wants(trade("9.50", time=1100), prints=True)
    assert not book.wants(trade("9.51", time=1100), prints=True)
