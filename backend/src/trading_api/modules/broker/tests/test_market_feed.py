"""Following the market: what the broker knows while the ticks arrive, and while they do not."""

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from trading_api.clients.datafeed_client import DatafeedClient
from trading_api.models.broker.accounts import ChosenTerms
from trading_api.models.common import NEWER_SERVER
from trading_api.models.market.ticks import ClockMoved, MarketTick, Quote, TickKind, Trade
from trading_api.modules.broker.errors import MarketDataUnavailable, OrderRefusal
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.tests.service_cases import (
    START,
    Floor,
    SmallDatafeed,
    pre_order,
    symbol_info,
    trading_floor,
    until,
)


@pytest.fixture
async def floor(tmp_path: Path) -> AsyncIterator[Floor]:
    async with trading_floor(tmp_path) as running:
        yield running


def quote(bid: str, ask: str, time: int = START, symbol: str = "AAA") -> Quote:
    return Quote(symbol, time, Decimal(bid), Decimal(ask))


def not_ready(floor: Floor) -> list[str]:
    return [check.name for check in floor.service.readiness() if not check.ok]


async def until_followed(floor: Floor, *, followed: bool = True) -> None:
    await until(lambda: floor.service.market.followed is followed)


async def lose_and_find(floor: Floor) -> None:
    """The datafeed goes away and comes back."""
    await floor.datafeed.vanish()
    await until_followed(floor, followed=False)
    floor.datafeed.down = floor.datafeed.gone = False
    await until_followed(floor)


async def test_the_first_ticks_say_how_things_stand(tmp_path: Path) -> None:
    datafeed = SmallDatafeed()
    datafeed.say(quote("10.00", "10.02", START + 5))
    datafeed.say(ClockMoved(START + 9))
    datafeed.down = True
    async with trading_floor(tmp_path, datafeed) as floor:
        assert floor.service.market.now().time == START + 9
        assert await floor.service.market.quotes(["AAA"]) == {"AAA": quote("10.00", "10.02", START + 5)}
        assert not_ready(floor) == []


async def test_trades_move_the_time_as_well(floor: Floor) -> None:
    floor.datafeed.say(Trade("AAA", START + 7, Decimal(10), Decimal(1)))
    await until(lambda: floor.service.market.now().time == START + 7)


async def test_a_market_that_is_silent_from_the_start_is_waited_for_and_then_unavailable() -> None:
    async with DatafeedClient(SmallDatafeed().address) as client:
        market = MarketView(client, patience=0)
        with pytest.raises(MarketDataUnavailable, match="datafeed is silent"):
            await market.known()
        with pytest.raises(MarketDataUnavailable):
            market.now()
        market = MarketView(client)
        waiting = asyncio.create_task(market.known())
        await asyncio.wait([waiting], timeout=0)
        assert not waiting.done()
        market.begin(START, lambda: True)
        await waiting
        assert market.now().time == START


async def test_a_datafeed_that_is_lost_is_reported_and_nothing_is_done_on_old_prices(floor: Floor) -> None:
    listener = await floor.listen("orders", "equity")
    await floor.quote("10.00", "10.02")
    await floor.service.place("DEMO", pre_order("buy", 10))
    working = (await floor.service.place("DEMO", pre_order("buy", 10, "9.50"))).value.order
    listener.pending()
    await floor.datafeed.vanish()
    await until_followed(floor, followed=False)
    assert not_ready(floor) == ["broker-market-feed"]
    for asking in (
        floor.service.place("DEMO", pre_order("buy", 10)),
        floor.service.preview("DEMO", pre_order("buy", 10)),
        floor.service.account("DEMO"),
        floor.snapshot("equity"),
    ):
        with pytest.raises(MarketDataUnavailable):
            await asking
    assert (await floor.service.order("DEMO", working.id)) == working
    canceled = await floor.service.cancel("DEMO", working.id)
    assert canceled.value.status == "canceled"
    assert [route for route, _ in listener.pending()] == ["orders"]  # no worth without prices


async def test_while_the_ticks_are_lost_every_request_asks_for_its_prices(floor: Floor) -> None:
    await floor.quote("10.00", "10.02")
    await floor.service.preview("DEMO", pre_order("buy", 10))
    await floor.datafeed.vanish()
    await until_followed(floor, followed=False)
    floor.datafeed.down = False
    for ask in ("11.02", "12.02"):
        now = floor.clock.now_ms() + 1_000
        floor.clock.advance_to(now)
        floor.datafeed.quotes["AAA"] = quote("10.00", ask, now)
        done = (await floor.service.place("DEMO", pre_order("buy", 10))).value.order
        assert (done.avg_price, done.create_time) == (Decimal(ask), now)
    floor.datafeed.quotes.clear()
    with pytest.raises(OrderRefusal) as caught:
        await floor.service.place("DEMO", pre_order("buy", 10))
    assert caught.value.problem_code == "quote-unavailable"


async def test_it_goes_on_by_itself_and_working_orders_meet_the_price_that_is_there(floor: Floor) -> None:
    listener = await floor.listen("executions", "equity")
    await floor.quote("10.00", "10.02")
    await floor.service.place("DEMO", pre_order("buy", 10))
    await floor.service.place("DEMO", pre_order("buy", 10, "9.50"))
    listener.pending()
    await floor.datafeed.vanish()
    await until_followed(floor, followed=False)
    missed = quote("9.40", "9.42", floor.clock.now_ms() + 60_000)
    floor.datafeed.say(missed)
    floor.datafeed.down = floor.datafeed.gone = False
    ((route, execution),) = await listener.next()
    assert (route, execution.price, execution.time) == ("executions", Decimal("9.42"), missed.time)
    ((route, equity),) = await listener.next()
    assert (route, equity.unrealized_pl) == ("equity", Decimal("-6.4"))
    assert not_ready(floor) == []
    await floor.quote("9.60", "9.62")
    assert (await floor.service.place("DEMO", pre_order("sell", 20))).value.order.avg_price == Decimal("9.60")


async def test_a_quote_that_is_told_again_fills_nothing_again(floor: Floor) -> None:
    await floor.quote("9.40", "9.42")
    listener = await floor.listen("executions")
    await floor.service.place("DEMO", pre_order("buy", 10, "9.50"))
    await floor.quote("9.60", "9.62")
    await floor.service.place("DEMO", pre_order("buy", 10, "9.50"))
    await lose_and_find(floor)
    await floor.settle()
    assert [update.data.to_wire()["qty"] for _, update in listener.pending()] == [10]


async def test_a_replay_that_was_begun_anew_is_followed_at_its_time(tmp_path: Path) -> None:
    datafeed = SmallDatafeed(symbols={"AAA": symbol_info("AAA")})
    async with trading_floor(tmp_path, datafeed) as floor:
        listener = await floor.listen("equity")
        await floor.quote("10.00", "10.02", after=600_000)
        await floor.service.place("DEMO", pre_order("buy", 10))
        listener.pending()
        await floor.datafeed.vanish()
        await until_followed(floor, followed=False)
        datafeed.begin_anew(START)
        datafeed.down = datafeed.gone = False
        await until_followed(floor)
        assert floor.service.market.now().time == START
        await floor.quote("9.00", "9.02")
        seen: list[Any] = await listener.next()
        assert seen[0][1].unrealized_pl == Decimal("-10.2")


async def test_half_a_tick_interrupts_and_does_not_end_it(floor: Floor) -> None:
    await floor.quote("10.00", "10.02")
    floor.datafeed.tell(MarketTick.model_construct(kind=TickKind.QUOTE, time=START + 50, symbol="AAA"))
    await until_followed(floor, followed=False)
    await until_followed(floor)
    await floor.quote("10.10", "10.12")
    assert (await floor.service.place("DEMO", pre_order("buy", 1))).value.order.avg_price == Decimal("10.12")


async def test_a_tick_of_a_newer_datafeed_moves_the_time_alone(floor: Floor) -> None:
    await floor.quote("10.00", "10.02")
    newer = {"kind": "halt", "time": START + 50, "symbol": "AAA", "bid": 1, "ask": 2}
    floor.datafeed.tell(MarketTick.model_validate(newer, context=NEWER_SERVER))
    await until(lambda: floor.service.market.now().time == START + 50)
    assert (await floor.service.place("DEMO", pre_order("buy", 1))).value.order.avg_price == Decimal("10.02")


async def test_a_market_order_is_refused_while_its_symbol_is_silent_and_accepted_when_it_speaks(
    floor: Floor,
) -> None:
    said = await floor.quote("10.00", "10.02")
    floor.datafeed.fall_silent("AAA")
    await until(lambda: "AAA" in floor.service.market.now().silent)
    with pytest.raises(OrderRefusal) as caught:
        await floor.service.place("DEMO", pre_order("buy", 10))
    assert caught.value.problem_code == "quote-stale"
    for part in ("symbol=AAA", f"quoteTime={said.time}", "limitMs=30000"):
        assert part in caught.value.detail
    preview = await floor.service.preview("DEMO", pre_order("buy", 10))
    assert (preview.errors, preview.confirm_id) == ([caught.value.detail.rstrip(".")], None)
    limit = (await floor.service.place("DEMO", pre_order("buy", 10, "9.50"))).value.order
    assert limit.status == "working"
    await floor.quote("10.10", "10.12")
    done = (await floor.service.place("DEMO", pre_order("buy", 10))).value.order
    assert done.avg_price == Decimal("10.12")
    floor.datafeed.fall_silent("AAA", silent=False)
    await floor.quote("10.20", "10.22")
    assert (await floor.service.place("DEMO", pre_order("buy", 10))).value.order.avg_price == Decimal("10.22")


async def test_an_account_that_allows_old_quotes_trades_at_them(floor: Floor) -> None:
    await floor.quote("10.00", "10.02")
    await floor.service.change_terms("DEMO", ChosenTerms(allow_stale_quotes=True))
    floor.datafeed.fall_silent("AAA")
    await until(lambda: "AAA" in floor.service.market.now().silent)
    assert (await floor.service.place("DEMO", pre_order("buy", 10))).value.order.avg_price == Decimal("10.02")


async def test_how_fresh_it_is_is_known_after_a_loss_and_asked_for_during_it(floor: Floor) -> None:
    said = await floor.quote("10.00", "10.02")
    floor.datafeed.fall_silent("AAA")
    await lose_and_find(floor)
    assert set(floor.service.market.now().silent) == {"AAA"}  # though its quote was told again
    await floor.datafeed.vanish()
    await until_followed(floor, followed=False)
    floor.datafeed.down = False
    floor.datafeed.quotes["AAA"] = said
    with pytest.raises(OrderRefusal) as caught:
        await floor.service.place("DEMO", pre_order("buy", 10))
    assert caught.value.problem_code == "quote-stale"
    floor.datafeed.fall_silent("AAA", silent=False)
    assert (await floor.service.place("DEMO", pre_order("buy", 10))).value.order.avg_price == Decimal("10.02")
