"""How much fills at which price: top of book, depth, and what worsens or delays a fill."""

from decimal import Decimal

import pytest

from trading_api.models.broker.accounts import FillModelKind, Liquidity
from trading_api.models.broker.orders import DurationType, Side
from trading_api.models.market.ticks import BookLevel, Depth
from trading_api.modules.broker.engine import Event, Execution
from trading_api.modules.broker.engine.account_head import read_head, write_head
from trading_api.modules.broker.engine.events import (
    ExecutionRecorded,
    OrderFilled,
    OrderPartlyFilled,
    last_order,
)
from trading_api.modules.broker.engine.fill_models import draw
from trading_api.modules.broker.engine.terms import AccountTerms, FillTerms
from trading_api.modules.broker.tests.engine_cases import (
    BUY,
    SELL,
    Desk,
    instrument,
    kinds,
    order,
    quote,
    sized,
    stop,
    trade,
    values,
)

D = Decimal
MAKER, TAKER = Liquidity.MAKER, Liquidity.TAKER


def desk_with(fills: FillTerms, *, prints: bool = True) -> Desk:
    """A desk that fills so."""
    return Desk(instrument(prints=prints), terms=AccountTerms(fills=fills))


def executions(events: tuple[Event, ...]) -> list[Execution]:
    """What was executed."""
    return [event.execution for event in events if isinstance(event, ExecutionRecorded)]


def fills(events: tuple[Event, ...]) -> list[tuple[Decimal, Decimal]]:
    """Quantity and price of each execution."""
    return [(item.qty, item.price) for item in executions(events)]


SIZED = FillTerms(respect_size=True)


def test_without_respect_for_sizes_a_quote_fills_any_quantity() -> None:
    desk = Desk()
    desk.see(sized("9.98", "300", "10.02", "500"))
    assert fills(desk.do(order(BUY, "800"))) == [(D(800), D("10.02"))]


def test_a_market_order_takes_the_displayed_size_and_the_rest_waits_for_the_next_quote() -> None:
    desk = desk_with(SIZED)
    desk.see(sized("9.98", "300", "10.02", "500"))
    assert fills(desk.do(order(BUY, "800"))) == [(D(500), D("10.02"))]
    assert fills(desk.see(sized("9.99", "300", "10.03", "200", time=1100))) == [(D(200), D("10.03"))]
    events = desk.see(sized("9.99", "300", "10.04", "900", time=1200))
    assert fills(events) == [(D(100), D("10.04"))]
    assert last_order(events).avg_price == D("10.025")


def test_a_displayed_size_is_shared_in_price_time_priority() -> None:
    desk = desk_with(SIZED)
    placed = [desk.place(order(BUY, qty, limit)).id for qty, limit in (("300", "9.90"), ("400", "9.95"))]
    events = desk.see(sized("9.80", "100", "9.85", "500"))
    assert [item.order_id for item in executions(events)] == [placed[1], placed[0]]
    assert fills(events) == [(D(400), D("9.85")), (D(100), D("9.85"))]
    assert fills(desk.see(sized("9.80", "100", "9.85", "500", time=1100))) == [(D(200), D("9.85"))]


def test_what_was_taken_of_a_quote_is_gone_for_later_orders() -> None:
    desk = desk_with(SIZED)
    desk.see(sized("9.98", "300", "10.02", "500"))
    desk.do(order(BUY, "400"))
    assert fills(desk.do(order(BUY, "400", duration=DurationType.IOC))) == [(D(100), D("10.02"))]
    assert fills(desk.do(order(BUY, "1", duration=DurationType.IOC))) == []
    assert fills(desk.do(order(SELL, "300", duration=DurationType.FOK))) == [(D(300), D("9.98"))]
    desk.see(sized("9.98", "300", "10.02", "500", time=1100))
    assert fills(desk.do(order(BUY, "400"))) == [(D(400), D("10.02"))]


def test_a_quote_without_sizes_has_no_bounds() -> None:
    desk = desk_with(SIZED)
    desk.see(quote("9.98", "10.02"))
    assert fills(desk.do(order(BUY, "800"))) == [(D(800), D("10.02"))]


def book(bids: str, asks: str, *, time: int = 1000) -> Depth:
    """A book from texts like `9.98x300 9.97x200`."""

    def levels(text: str) -> tuple[BookLevel, ...]:
        pairs = (item.split("x") for item in text.split())
        return tuple(BookLevel(D(price), D(size)) for price, size in pairs)

    return Depth("STK", time, levels(bids), levels(asks))


BOOK = book("9.98x300 9.97x200 9.90x900", "10.02x500 10.03x200 10.10x900")
WALKS = FillTerms(model=FillModelKind.DEPTH)


def test_a_market_order_walks_the_book_one_execution_a_level() -> None:
    desk = desk_with(WALKS)
    desk.see(BOOK)
    events = desk.do(order(BUY, "800"))
    assert fills(events) == [(D(500), D("10.02")), (D(200), D("10.03")), (D(100), D("10.10"))]
    done = last_order(events)
    assert values(done.status, done.avg_price) == ("filled", D("10.0325"))
    kinds_of_order = [type(event) for event in events if isinstance(event, OrderPartlyFilled | OrderFilled)]
    assert kinds_of_order == [OrderPartlyFilled, OrderPartlyFilled, OrderFilled]


def test_a_limit_walks_only_to_its_limit() -> None:
    desk = desk_with(WALKS)
    desk.see(BOOK)
    events = desk.do(order(BUY, "800", "10.03"))
    assert fills(events) == [(D(500), D("10.02")), (D(200), D("10.03"))]
    assert values(last_order(events).status, last_order(events).remaining_qty) == ("working", 100)
    assert fills(desk.see(book("9.98x300", "10.01x70 10.04x50", time=1100))) == [(D(70), D("10.01"))]


@pytest.mark.parametrize(("qty", "filled"), [("700", 700), ("701", 0)])
def test_fok_counts_every_level_within_its_limit(qty: str, filled: int) -> None:
    desk = desk_with(WALKS)
    desk.see(BOOK)
    assert desk.place(order(BUY, qty, "10.03", duration=DurationType.FOK)).filled_qty == filled


def test_orders_share_the_book() -> None:
    desk = desk_with(WALKS)
    desk.see(BOOK)
    desk.do(order(SELL, "400"))
    assert fills(desk.do(order(SELL, "200"))) == [(D(100), D("9.97")), (D(100), D("9.90"))]


def test_a_stop_walks_the_book_that_triggers_it() -> None:
    desk = desk_with(WALKS, prints=False)
    desk.see(BOOK)
    desk.do(stop(SELL, "400", "9.50"))
    events = desk.see(book("9.49x300 9.47x200", "9.52x500", time=1100))
    assert fills(events) == [(D(300), D("9.49")), (D(100), D("9.47"))]


def test_until_a_symbol_shows_a_book_its_quotes_are_one_level() -> None:
    desk = desk_with(WALKS)
    desk.see(sized("9.98", "300", "10.02", "500"))
    assert fills(desk.do(order(BUY, "600"))) == [(D(500), D("10.02"))]
    assert fills(desk.see(book("9.98x300", "10.05x900", time=1100))) == [(D(100), D("10.05"))]
    desk.place(order(BUY, "10", "10.00"))
    assert desk.see(sized("9.90", "300", "9.95", "500", time=1200)) == ()


def test_other_accounts_see_the_top_of_a_book() -> None:
    desk = Desk()
    desk.see(BOOK)
    assert fills(desk.do(order(BUY, "800"))) == [(D(800), D("10.02"))]


@pytest.mark.parametrize(
    ("terms", "side", "price", "note"),
    [
        (FillTerms(slippage_ticks=D(3)), BUY, "10.05", "slippage=0.03"),
        (FillTerms(slippage_ticks=D(3)), SELL, "9.95", "slippage=0.03"),
        (FillTerms(slippage_bps=D(10)), BUY, "10.04", "slippage=0.02"),
        (FillTerms(slippage_bps=D(10)), SELL, "9.97", "slippage=0.01"),
        (FillTerms(slippage_ticks=D(1), slippage_bps=D(10)), BUY, "10.05", "slippage=0.03"),
        (FillTerms(slippage_ticks=D(10**6)), SELL, "0.01", "slippage=9.97"),
    ],
)
def test_slippage_worsens_what_takes_liquidity_on_the_tick_grid(
    terms: FillTerms, side: Side, price: str, note: str
) -> None:
    desk = desk_with(terms)
    desk.see(quote("9.98", "10.02"))
    events = desk.do(order(side, "10"))
    assert fills(events) == [(D(10), D(price))]
    (filled,) = [event for event in events if isinstance(event, OrderFilled)]
    assert filled.cause is not None
    assert filled.cause.note == note


def test_slippage_never_goes_beyond_a_limit_nor_worsens_what_rested() -> None:
    desk = desk_with(FillTerms(slippage_ticks=D(3)))
    desk.see(quote("9.98", "10.02"))
    assert fills(desk.do(order(BUY, "10", "10.04"))) == [(D(10), D("10.04"))]
    desk.do(order(BUY, "10", "9.90"))
    assert fills(desk.see(quote("9.80", "9.90", time=1100))) == [(D(10), D("9.90"))]


def test_a_triggered_stop_slips() -> None:
    desk = desk_with(FillTerms(slippage_ticks=D(2)), prints=False)
    desk.see(quote("9.98", "10.02"))
    desk.do(stop(BUY, "10", "10.50"))
    assert fills(desk.see(quote("10.48", "10.50", time=1100))) == [(D(10), D("10.52"))]


def test_latency_lets_only_later_quotes_fill() -> None:
    desk = desk_with(FillTerms(latency_ms=100))
    desk.see(quote("9.98", "10.02"))
    assert kinds(desk.do(order(BUY, "10"))) == ["OrderAccepted"]
    assert desk.see(quote("9.98", "10.03", time=1099)) == ()
    assert fills(desk.see(quote("9.98", "10.04", time=1100))) == [(D(10), D("10.04"))]


def liquidity(events: tuple[Event, ...]) -> list[Liquidity | None]:
    """Maker or taker, of each execution."""
    return [item.liquidity for item in executions(events)]


def test_a_limit_to_which_the_market_came_makes_and_all_else_takes() -> None:
    desk = Desk()
    desk.see(quote("9.98", "10.02"))
    desk.see(trade("10.00"))
    assert liquidity(desk.do(order(BUY, "1"))) == [TAKER]
    assert liquidity(desk.do(order(BUY, "1", "10.02"))) == [TAKER]
    desk.do(order(BUY, "1", "10.01"))
    assert liquidity(desk.see(quote("9.98", "10.01", time=1100))) == [MAKER]
    desk.do(stop(BUY, "1", "10.50"))
    assert liquidity(desk.see(trade("10.50", time=1200))) == [TAKER]
    desk.do(stop(BUY, "1", "10.60", "10.70"))
    assert liquidity(desk.see(trade("10.60", time=1300))) == [TAKER]
    desk.do(stop(BUY, "1", "10.70", "9.90"))
    desk.see(trade("10.70", time=1400))
    assert liquidity(desk.see(quote("9.88", "9.90", time=1500))) == [MAKER]


def test_latency_does_not_make_a_maker_of_what_was_marketable() -> None:
    desk = desk_with(FillTerms(latency_ms=100))
    desk.see(quote("9.98", "10.02"))
    desk.do(order(BUY, "10", "10.02"))
    desk.do(order(BUY, "10", "10.01"))
    assert liquidity(desk.see(quote("9.98", "10.01", time=1100))) == [TAKER, MAKER]


def test_a_touch_fills_with_its_probability_and_a_price_beyond_always() -> None:
    half = FillTerms(touch_probability=D("0.5"), seed=7)
    touched = 0
    for start in range(200):
        desk = desk_with(half)
        desk.time = start
        placed = desk.place(order(BUY, "1", "9.90"))
        drawn = draw(7, placed.id, start + 1) < D("0.5")
        filled = bool(desk.see(quote("9.80", "9.90", time=start + 1)))
        assert filled is drawn
        touched += filled
        if not filled:
            assert fills(desk.see(quote("9.80", "9.89", time=start + 2))) == [(D(1), D("9.89"))]
    assert 80 <= touched <= 120


def test_a_touch_is_drawn_anew_for_each_quote_and_never_for_what_takes() -> None:
    desk = desk_with(FillTerms(touch_probability=D(0)))
    desk.see(quote("9.98", "10.02"))
    assert fills(desk.do(order(BUY, "1", "10.02"))) == [(D(1), D("10.02"))]
    desk.do(order(BUY, "1", "9.90"))
    for time in range(1100, 1200):
        assert desk.see(quote("9.80", "9.90", time=time)) == ()
    assert fills(desk.see(quote("9.80", "9.89", time=1200))) == [(D(1), D("9.89"))]


def test_draws_are_even_and_depend_on_seed_order_and_time_alone() -> None:
    drawn = [draw(1, "O2", time) for time in range(2000)]
    assert drawn == [draw(1, "O2", time) for time in range(2000)]
    assert all(0 <= value < 1 for value in drawn)
    assert abs(sum(drawn, D(0)) / len(drawn) - D("0.5")) < D("0.02")
    assert draw(2, "O2", 0) != drawn[0] != draw(1, "O3", 0)


def test_what_was_taken_of_a_quote_survives_a_restart() -> None:
    desk = desk_with(SIZED)
    desk.see(sized("9.98", "300", "10.02", "500"))
    desk.do(order(BUY, "400"))
    head = read_head("DEMO", "epoch", write_head(desk.state))
    assert head.taken == desk.state.taken
    assert values(head.taken["STK"].bought, head.taken["STK"].sold) == (400, 0)
    assert not Desk().state.taken
