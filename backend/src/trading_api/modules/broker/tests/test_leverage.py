"""The leverage of a symbol: its range, what it does to margin, and when it is refused."""

from decimal import Decimal

import pytest

from trading_api.modules.broker.engine import OrderRefused, worth_of
from trading_api.modules.broker.engine.commands import SetLeverage
from trading_api.modules.broker.engine.leverage import LeverageInfo, leverage_info, preview_leverage
from trading_api.modules.broker.tests.engine_cases import BUY, Desk, instrument, kinds, order, quote, values


def desk_at(rate: str = "0.05", balance: str = "1000", leverage: str = "20") -> Desk:
    """A desk on an instrument with a margin rate, quoted 10.00 at 10.00."""
    desk = Desk(instrument(margin_rate=rate), balance=balance, leverage=leverage)
    desk.see(quote("10.00", "10.00"))
    return desk


def to(leverage: str) -> SetLeverage:
    """Trade the stock with this leverage."""
    return SetLeverage("STK", Decimal(leverage))


def margins(desk: Desk) -> tuple[Decimal, Decimal]:
    """Margin used and reserved."""
    margin = worth_of(desk.state, desk.market).margin
    return margin.used, margin.reserved


@pytest.mark.parametrize(
    ("rate", "most", "current"),
    [("0.05", 20, 20), ("0.25", 4, 4), ("0.03", 33, 20), ("1", 1, 1), ("0.002", 500, 20), ("0", 500, 20)],
)
def test_leverage_reaches_as_far_as_the_margin_rate_allows(rate: str, most: int, current: int) -> None:
    desk = desk_at(rate)
    expected = values(1, most, 1, current)
    info = leverage_info(desk.state, desk.instruments["STK"])
    assert values(info.least, info.most, info.step, info.current) == expected


def test_leverage_changes_the_margin_of_what_is_open() -> None:
    desk = desk_at()
    desk.do(order(BUY, "100"))
    desk.do(order(BUY, "100", "9.00"))
    assert margins(desk) == values(50, 45)
    assert kinds(desk.do(to("10"))) == ["LeverageChanged"]
    assert margins(desk) == values(100, 90)
    desk.do(to("20"))
    assert margins(desk) == values(50, 45)


def test_leverage_is_of_one_symbol() -> None:
    desk = Desk(instrument("ONE", margin_rate="0.05"), instrument("TWO", margin_rate="0.05"))
    for symbol in ("ONE", "TWO"):
        desk.see(quote("10.00", "10.00", symbol=symbol))
        desk.do(order(BUY, "100", symbol=symbol))
    desk.do(SetLeverage("ONE", Decimal(5)))
    assert margins(desk) == values(200 + 50, 0)
    assert leverage_info(desk.state, desk.instruments["ONE"]) == LeverageInfo(
        Decimal(1), Decimal(20), Decimal(1), Decimal(5)
    )


def test_a_lower_leverage_allows_less() -> None:
    desk = desk_at()
    desk.do(to("2"))
    assert desk.place(order(BUY, "200")).status == "filled"
    with pytest.raises(OrderRefused):
        desk.do(order(BUY, "1"))


@pytest.mark.parametrize("leverage", ["0", "-1", "0.5", "1.5", "21", "1E+30", "NaN", "Infinity"])
def test_other_leverages_are_refused(leverage: str) -> None:
    desk = desk_at()
    with pytest.raises(OrderRefused) as refused:
        desk.do(to(leverage))
    (failure,) = refused.value.failures
    assert (failure.field, failure.code.value) == ("leverage", "leverage-out-of-range")
    assert failure.message.endswith("must be from min=1 to max=20 in steps of step=1")


def test_a_leverage_that_the_account_cannot_carry_is_refused() -> None:
    desk = desk_at()
    desk.do(order(BUY, "1000"))
    desk.do(to("10"))
    with pytest.raises(OrderRefused) as refused:
        desk.do(to("9"))
    (failure,) = refused.value.failures
    assert (failure.field, failure.code.value) == ("leverage", "buying-power-insufficient")
    assert margins(desk) == values(1000, 0)


def test_the_same_leverage_again_changes_nothing() -> None:
    desk = desk_at()
    desk.do(to("10"))
    assert desk.do(to("10.0")) == ()


def test_a_preview_shows_both_margins_and_what_speaks_against_it() -> None:
    desk = desk_at()
    desk.do(order(BUY, "1000"))
    desk.do(order(BUY, "100", "9.00"))
    preview = preview_leverage(desk.state, desk.instruments["STK"], Decimal(10), desk.market)
    assert values(preview.before.used, preview.before.reserved) == values(500, 45)
    assert values(preview.after.used, preview.after.reserved) == values(1000, 90)
    assert preview.warnings == (
        "The open positions block more margin: 1000 instead of 500.",
        "The open orders reserve more margin: 90 instead of 45.",
    )
    assert [failure.code.value for failure in preview.failures] == ["buying-power-insufficient"]
    assert margins(desk) == values(500, 45)


def test_a_preview_of_what_is_never_offered_changes_no_figure() -> None:
    desk = desk_at()
    desk.do(order(BUY, "100"))
    preview = preview_leverage(desk.state, desk.instruments["STK"], Decimal(50), desk.market)
    assert preview.before == preview.after
    assert [failure.code.value for failure in preview.failures] == ["leverage-out-of-range"]
