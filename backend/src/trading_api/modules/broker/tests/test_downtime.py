"""Orders outlive the process: what waits goes on waiting, and what the market did meanwhile is met first."""

from decimal import Decimal
from pathlib import Path

from trading_api.models.broker.orders import (
    DurationType,
    OrderDuration,
    OrderStatus,
    OrderType,
    PlacedOrder,
    PreOrder,
    Side,
)
from trading_api.models.market.ticks import Trade
from trading_api.modules.broker.tests.service_cases import START, Floor, SmallDatafeed, trading_floor

BUY, SELL = Side.BUY, Side.SELL
TEN = Decimal(10)
DOWN_MS = 600_000


async def place(floor: Floor, order: PreOrder) -> str:
    """The id of a new order."""
    return (await floor.service.place("DEMO", order)).value.order.id


async def trade(floor: Floor, bid: str, ask: str, symbol: str = "AAA") -> int:
    """The market is quoted so, and a trade happens at the bid; when that was."""
    await floor.quote(bid, ask, symbol=symbol)
    traded = Trade(symbol, floor.clock.now_ms() + 1, Decimal(bid), TEN)
    floor.datafeed.say(traded)
    await floor.pass_time(1)
    return traded.time


async def orders(floor: Floor) -> dict[str, PlacedOrder]:
    """All orders of the day by id."""
    await floor.settle()
    return {order.id: order for order in await floor.service.orders("DEMO")}


async def test_stops_trails_brackets_and_ends_go_on_after_a_restart(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        for symbol in ("AAA", "BBB"):
            await floor.quote("10.00", "10.02", symbol=symbol)
        await place(
            floor,
            PreOrder(
                symbol="AAA",
                type=OrderType.MARKET,
                side=BUY,
                qty=TEN,
                take_profit=Decimal("12.00"),
                stop_loss=Decimal("9.50"),
            ),
        )
        stop = PreOrder(symbol="BBB", type=OrderType.STOP, side=BUY, qty=TEN, stop_price=Decimal("10.60"))
        stop_id = await place(floor, stop)
        trailing = PreOrder(
            symbol="BBB", type=OrderType.TRAILING_STOP, side=SELL, qty=TEN, trailing_amount=Decimal("0.30")
        )
        trailing_id = await place(floor, trailing)
        end = floor.clock.now_ms() + DOWN_MS + 60_000
        gtd = PreOrder(
            symbol="AAA",
            type=OrderType.LIMIT,
            side=BUY,
            qty=TEN,
            limit_price=Decimal("5.00"),
            duration=OrderDuration(type=DurationType.GTD, datetime=end),
        )
        gtd_id = await place(floor, gtd)
        await trade(floor, "10.30", "10.32", "BBB")
        before = await orders(floor)
        assert before[trailing_id].stop_price == Decimal("10.00")
        brackets = {order.type: order.id for order in before.values() if order.parent_id}
    async with trading_floor(tmp_path, SmallDatafeed(), start=START + DOWN_MS) as floor:
        assert await orders(floor) == before
        gap = await trade(floor, "9.30", "9.32")
        after = await orders(floor)
        assert after[brackets[OrderType.STOP]].avg_price == Decimal("9.30")
        assert after[brackets[OrderType.STOP]].update_time == gap
        assert after[brackets[OrderType.LIMIT]].status is OrderStatus.CANCELED
        await trade(floor, "9.98", "10.00", "BBB")
        assert (await orders(floor))[trailing_id].avg_price == Decimal("9.98")
        await trade(floor, "10.70", "10.72", "BBB")
        assert (await orders(floor))[stop_id].avg_price == Decimal("10.72")
        await floor.pass_time(120_000)
        assert (await orders(floor))[gtd_id].status is OrderStatus.EXPIRED


async def test_an_end_that_passed_meanwhile_comes_before_everything_else(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("10.00", "10.02")
        gtd = PreOrder(
            symbol="AAA",
            type=OrderType.LIMIT,
            side=BUY,
            qty=TEN,
            limit_price=Decimal("9.00"),
            duration=OrderDuration(type=DurationType.GTD, datetime=START + 1000),
        )
        order_id = await place(floor, gtd)
    async with trading_floor(tmp_path, SmallDatafeed(), start=START + DOWN_MS) as floor:
        await floor.quote("8.00", "8.02")
        found = (await orders(floor))[order_id]
        assert (found.status, found.filled_qty) == (OrderStatus.EXPIRED, Decimal(0))
