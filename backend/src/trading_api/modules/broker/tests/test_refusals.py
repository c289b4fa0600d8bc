"""Every check before acceptance, alone and together."""

from decimal import Decimal
from pathlib import Path

import pytest

from trading_api.models.broker.orders import Side
from trading_api.modules.broker.engine import (
    CancelOrder,
    CheckFailure,
    Instrument,
    OrderNotOpen,
    OrderRefused,
    PlaceOrder,
    RefusalCode,
)
from trading_api.modules.broker.tests.engine_cases import (
    BUY,
    LIMIT,
    MARKET,
    NEW_YORK,
    SELL,
    STOCK,
    Desk,
    instrument,
    new_york,
    order,
    quote,
)

INDEX = instrument(tradable=False)
EURO = instrument(currency="EUR")
LOTS = instrument(step="10", max_qty="1000")


def refused(
    command: PlaceOrder, item: Instrument = STOCK, *, quoted: bool = True
) -> tuple[CheckFailure, ...]:
    """The checks that `command` fails on a new account."""
    desk = Desk(item)
    if quoted:
        desk.see(quote("9.99", "10.01"))
    before = desk.state
    with pytest.raises(OrderRefused) as caught:
        desk.place(command)
    assert desk.state == before
    return caught.value.failures


@pytest.mark.parametrize(
    ("command", "item", "code", "field", "detail"),
    [
        (
            order(BUY, "1"),
            INDEX,
            "symbol-not-tradable",
            "symbol",
            "symbol=STK cannot be traded: it is an index",
        ),
        (order(BUY, "1"), EURO, "currency-unsupported", "symbol", "currency=EUR"),
        (order(BUY, "0"), STOCK, "quantity-not-positive", "qty", "qty=0"),
        (order(SELL, "-5"), STOCK, "quantity-not-positive", "qty", "qty=-5"),
        (order(BUY, "2000"), LOTS, "quantity-too-large", "qty", "max=1000"),
        (order(BUY, "15"), LOTS, "quantity-step", "qty", "step=10"),
        (
            PlaceOrder("STK", LIMIT, BUY, Decimal(1)),
            STOCK,
            "price-missing",
            "limitPrice",
            "needs a limitPrice",
        ),
        (
            PlaceOrder("STK", MARKET, BUY, Decimal(1), Decimal(9)),
            STOCK,
            "price-not-allowed",
            "limitPrice",
            "limitPrice=9",
        ),
        (order(BUY, "1", "0"), STOCK, "price-not-positive", "limitPrice", "limitPrice=0"),
        (order(BUY, "1", "-9.99"), STOCK, "price-not-positive", "limitPrice", "limitPrice=-9.99"),
        (order(BUY, "1", "9.995"), STOCK, "price-tick", "limitPrice", "tick=0.01"),
        (order(BUY, "1000000"), STOCK, "buying-power-insufficient", "qty", "available=100000"),
        (order(SELL, "1000000", "12"), STOCK, "buying-power-insufficient", "qty", "margin=3000000"),
    ],
)
def test_one_failure(command: PlaceOrder, item: Instrument, code: str, field: str, detail: str) -> None:
    (failure,) = refused(command, item)
    assert (failure.code, failure.field) == (code, field)
    assert detail in failure.message


def test_a_quantity_below_the_least_is_off_the_step_too() -> None:
    assert [item.code for item in refused(order(BUY, "5"), LOTS)] == ["quantity-too-small", "quantity-step"]


@pytest.mark.parametrize("side", [BUY, SELL])
def test_a_market_order_in_session_needs_a_quote(side: Side) -> None:
    (failure,) = refused(order(side, "1"), quoted=False)
    assert failure.code is RefusalCode.QUOTE_UNAVAILABLE
    assert ("ask" if side is BUY else "bid") in failure.message


def test_a_client_order_id_names_one_order_for_ever() -> None:
    desk = Desk()
    desk.see(quote("9.99", "10.01"))
    filled = desk.place(order(BUY, "1", name="mine"))
    with pytest.raises(OrderRefused) as caught:
        desk.place(order(BUY, "1", name="mine"))
    assert [item.code for item in caught.value.failures] == [RefusalCode.CLIENT_ORDER_ID_DUPLICATE]
    assert f"order={filled.id}" in caught.value.failures[0].message


def test_all_failures_are_told_at_once() -> None:
    desk = Desk(LOTS)
    desk.see(quote("9.99", "10.01"))
    desk.place(order(BUY, "10", "9", name="mine"))
    with pytest.raises(OrderRefused) as caught:
        desk.place(order(BUY, "3", "9.999", name="mine"))
    assert [failure.code.value for failure in caught.value.failures] == [
        "quantity-too-small",
        "quantity-step",
        "price-tick",
        "client-order-id-duplicate",
    ]


def test_buying_power_is_checked_beside_failures_that_leave_the_numbers_sound() -> None:
    failures = refused(order(BUY, "1000000"), INDEX)
    assert [item.code.value for item in failures] == ["symbol-not-tradable", "buying-power-insufficient"]


def test_every_code_has_a_test() -> None:
    text = "".join(path.read_text("utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert [code for code in RefusalCode if code.value not in text and code.name not in text] == []


def test_out_of_session_a_market_order_needs_no_quote() -> None:
    desk = Desk(instrument(session=NEW_YORK))
    desk.time = new_york("2013-10-05 12:00")
    placed = desk.place(order(BUY, "1"))
    assert (placed.status, placed.reserve_price) == ("working", None)


def test_canceling_what_is_not_open_is_refused() -> None:
    desk = Desk()
    with pytest.raises(OrderNotOpen):
        desk.do(CancelOrder("O99"))
    placed = desk.place(order(BUY, "1", "9"))
    desk.do(CancelOrder(placed.id))
    with pytest.raises(OrderNotOpen):
        desk.do(CancelOrder(placed.id))
