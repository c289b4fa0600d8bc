"""What an estimate says, and that it changes nothing."""

from decimal import Decimal

from trading_api.models.broker.accounts import CommissionKind, FillModelKind
from trading_api.models.market.ticks import BookLevel, Depth
from trading_api.modules.broker.engine import PlaceOrder, preview
from trading_api.modules.broker.engine.terms import AccountTerms, CommissionTerms, FillTerms
from trading_api.modules.broker.order_preview import order_preview
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
    values,
)


def quoted_desk(**terms: str) -> Desk:
    """A desk at 9.98 to 10.02."""
    desk = Desk(instrument(**{"margin_rate": "0.25"} | terms))  # type: ignore[arg-type]  # all are texts
    desk.see(quote("9.98", "10.02"))
    return desk


def test_a_market_order_is_estimated_at_the_ask_with_what_it_leaves() -> None:
    desk = quoted_desk()
    before = desk.state
    estimate = preview(desk.state, order(BUY, "100"), desk.instruments["STK"], desk.market)
    assert desk.state == before
    assert values(estimate.price, estimate.value, estimate.commission) == (Decimal("10.02"), 1002, 0)
    assert (estimate.margin, estimate.fills_now) == (Decimal("249.50"), True)
    desk.do(order(BUY, "100"))
    after = preview(desk.state, order(SELL, "100"), desk.instruments["STK"], desk.market)
    assert estimate.available_after == 100_000 - 4 - Decimal("249.50")
    assert values(after.margin, after.available_after) == (0, 99_996)


def test_a_resting_order_is_estimated_at_its_limit() -> None:
    desk = quoted_desk()
    estimate = preview(desk.state, order(BUY, "100", "9.00"), desk.instruments["STK"], desk.market)
    assert values(estimate.price, estimate.value, estimate.margin) == (9, 900, 225)
    assert not estimate.fills_now


def text_of(desk: Desk, command: PlaceOrder) -> tuple[list[str], list[str]]:
    """Warnings and errors of the preview."""
    estimate = preview(desk.state, command, desk.instruments["STK"], desk.market)
    shown = order_preview(command, estimate, "USD")
    assert [section.header for section in shown.sections] == ["Order", "Estimated cost"]
    return shown.warnings, shown.errors


def test_every_refusal_is_among_the_errors() -> None:
    warnings, errors = text_of(quoted_desk(), order(BUY, "0.5", "9.999"))
    assert (warnings, len(errors)) == ([], 3)


def test_a_refused_estimate_without_numbers_says_so() -> None:
    desk = Desk()
    estimate = preview(desk.state, order(BUY, "1"), desk.instruments["STK"], desk.market)
    shown = order_preview(order(BUY, "1"), estimate, "USD")
    assert {row.title: row.value for row in shown.sections[1].rows}["Estimated price"] == "not known"
    assert shown.estimated_price is None


def test_a_marketable_limit_warns() -> None:
    warnings, errors = text_of(quoted_desk(), order(BUY, "1", "10.05"))
    assert (len(warnings), errors) == (1, [])
    assert "fills at once" in warnings[0]


def test_out_of_session_the_preview_says_until_when_it_waits() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    desk.time = new_york("2013-10-05 12:00")
    warnings, errors = text_of(desk, order(BUY, "1"))
    assert (warnings, errors) == (["The market is closed: the order waits until 2013-10-07 13:30 UTC."], [])


def test_in_session_without_a_quote_of_the_session_the_order_waits() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    desk.see(quote("9.98", "10.02", time=new_york("2013-10-04 09:29")))
    desk.time = new_york("2013-10-04 09:30")
    assert text_of(desk, order(BUY, "1"))[0] == ["The order waits for the first quote of the session."]


def test_the_estimate_of_an_order_that_walks_the_book_is_its_average_price() -> None:
    fills = FillTerms(model=FillModelKind.DEPTH)
    desk = Desk(terms=AccountTerms(fills=fills))
    levels = (BookLevel(Decimal("10.02"), Decimal(500)), BookLevel(Decimal("10.04"), Decimal(100)))
    desk.see(Depth("STK", 1000, (), levels))
    estimate = preview(desk.state, order(BUY, "800"), desk.instruments["STK"], desk.market)
    assert values(estimate.price, estimate.filled_qty, estimate.fills_now) == (
        Decimal("10.023333333333333333"),
        600,
        True,
    )


def test_what_an_order_that_waits_would_cost_is_estimated_at_its_price() -> None:
    commission = CommissionTerms(CommissionKind.MAKER_TAKER, rate=Decimal(20), maker_rate=Decimal(10))
    desk = Desk(terms=AccountTerms(commission=commission))
    desk.see(quote("9.98", "10.02"))
    desk.see(trade("10.00"))
    costs = {
        command.type.value: preview(desk.state, command, desk.instruments["STK"], desk.market).commission
        for command in (
            order(BUY, "100"),
            order(BUY, "100", "9.00"),
            stop(BUY, "100", "11.00"),
            stop(BUY, "100", "11.00", "12.00"),
            trailing(BUY, "100", "0.50"),
        )
    }
    assert costs == {
        "market": Decimal("2.004"),
        "limit": Decimal("0.9"),
        "stop": Decimal("2.2"),
        "stop_limit": Decimal("2.4"),
        "trailing_stop": Decimal("2.1"),
    }


def test_a_stop_waits_and_reserves_about_its_price() -> None:
    desk = quoted_desk()
    estimate = preview(desk.state, stop(BUY, "100", "11.00"), desk.instruments["STK"], desk.market)
    assert values(estimate.price, estimate.margin, estimate.fills_now) == (11, 275, False)
