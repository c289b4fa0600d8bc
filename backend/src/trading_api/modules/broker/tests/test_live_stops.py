"""Stops in a running broker: trades reach them, and they outlive the process."""

from decimal import Decimal
from pathlib import Path

import pytest

from trading_api.models.broker.orders import OrderDuration, OrderType, PreOrder, Side
from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.broker.errors import OrderRefusal
from trading_api.modules.broker.tests.service_cases import Floor, SmallDatafeed, trading_floor


def stop_order(kind: OrderType, side: Side, **prices: str) -> PreOrder:
    """Ten of AAA by a stop of this kind."""
    fields = {name: Decimal(price) for name, price in prices.items()}
    return PreOrder(symbol="AAA", type=kind, side=side, qty=Decimal(10), **fields)


async def place(floor: Floor, order: PreOrder) -> str:
    """Place an order; returns its id."""
    return (await floor.service.place("DEMO", order)).value.order_id


async def status(floor: Floor, order_id: str) -> tuple[str, Decimal | None, Decimal | None]:
    """Status, stop price and average price of an order, once the ticks so far are applied."""
    await floor.settle()
    order = await floor.service.order("DEMO", order_id)
    return order.status.value, order.stop_price, order.avg_price


async def test_trades_trigger_stops_and_move_trailing_ones(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("9.98", "10.02")
        await floor.trade("10.00")
        stop = stop_order(OrderType.STOP, Side.BUY, stop_price="10.50")
        trail = stop_order(OrderType.TRAILING_STOP, Side.SELL, trailing_amount="0.50")
        buying = await place(floor, stop)
        selling = await place(floor, trail)
        await floor.quote("10.58", "10.60")
        assert (await status(floor, buying))[0] == "working"
        await floor.trade("10.50")
        assert await status(floor, buying) == ("filled", Decimal("10.5"), Decimal("10.6"))
        assert await status(floor, selling) == ("working", Decimal(10), None)
        await floor.quote("9.90", "9.92")
        await floor.trade("10.00")
        assert await status(floor, selling) == ("filled", Decimal(10), Decimal("9.9"))


async def test_the_last_trade_says_whether_a_stop_would_trigger(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("9.98", "10.02")
        await floor.trade("10.40")
        with pytest.raises(OrderRefusal) as caught:
            await floor.service.place("DEMO", stop_order(OrderType.STOP, Side.BUY, stop_price="10.30"))
        assert caught.value.problem_code == "stop-would-trigger"


async def test_stops_and_trailing_levels_outlive_the_process_and_meet_the_gap(tmp_path: Path) -> None:
    datafeed = SmallDatafeed()
    async with trading_floor(tmp_path, datafeed) as floor:
        await floor.quote("9.98", "10.02")
        await floor.trade("10.00")
        trail = stop_order(OrderType.TRAILING_STOP, Side.SELL, trailing_amount="0.50")
        gtd = OrderDuration.model_validate({"type": "gtd", "datetime": floor.clock.now_ms() + 5_000})
        limit = PreOrder(
            symbol="AAA",
            type=OrderType.LIMIT,
            side=Side.BUY,
            qty=Decimal(10),
            limit_price=Decimal("8.50"),
            duration=gtd,
        )
        trailing = await place(floor, trail)
        ending = await place(floor, limit)
        await floor.trade("10.80")
        assert await status(floor, trailing) == ("working", Decimal("10.3"), None)
        now = floor.clock.now_ms()
    datafeed.say(Quote("AAA", now + 60_000, Decimal("8.00"), Decimal("8.04")))
    datafeed.say(Trade("AAA", now + 60_001, Decimal("8.02"), Decimal(5)))
    async with trading_floor(tmp_path, datafeed) as floor:
        assert await status(floor, trailing) == ("filled", Decimal("10.3"), Decimal(8))
        assert (await status(floor, ending))[0] == "expired"
