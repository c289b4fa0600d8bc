"""Margin in a running broker: warned and liquidated by quotes, also after a restart."""

from decimal import Decimal
from pathlib import Path

from trading_api.models.broker.orders import OrderType, PreOrder, Side
from trading_api.modules.broker.tests.service_cases import Floor, SmallDatafeed, trading_floor

BIG = PreOrder(symbol="AAA", type=OrderType.MARKET, side=Side.BUY, qty=Decimal(39_000))
"""At 10.00 it blocks 97500 of 100000; equity and margin are equal at 9.91..., half of it is left at 8.498."""


async def said(floor: Floor) -> list[str]:
    """Types of the events, once the ticks so far are applied."""
    await floor.settle()
    return [event.type for event in (await floor.service.events("DEMO", 0, 1000)).events]


async def test_quotes_warn_recover_and_liquidate(tmp_path: Path) -> None:
    async with trading_floor(tmp_path) as floor:
        await floor.quote("10.00", "10.00")
        await floor.service.place("DEMO", BIG)
        count = len(await said(floor))
        for price in ("9.99", "9.95", "9.92", "9.95"):
            await floor.quote(price, price)
        assert (await said(floor))[count:] == []
        for price in ("9.90", "9.85", "9.95", "9.90"):
            await floor.quote(price, price)
        assert (await said(floor))[count:] == ["MarginWarned", "MarginRecovered", "MarginWarned"]
        await floor.quote("8.50", "8.50")
        assert (await said(floor))[count + 3 :] == []
        await floor.quote("8.49", "8.50")
        closed = ["OrderAccepted", "ExecutionRecorded", "OrderFilled", "BalanceChanged", "PositionChanged"]
        assert (await said(floor))[count + 3 :] == ["LiquidationBegan", *closed, "MarginRecovered"]
        account = await floor.service.account("DEMO")
        assert account.equity.balance == 100_000 - Decimal("1.51") * 39_000


async def test_a_warning_outlives_the_process_and_is_not_repeated(tmp_path: Path) -> None:
    datafeed = SmallDatafeed()
    async with trading_floor(tmp_path, datafeed) as floor:
        await floor.quote("10.00", "10.00")
        await floor.service.place("DEMO", BIG)
        await floor.quote("9.90", "9.90")
        assert (await said(floor))[-1] == "MarginWarned"
        count = len(await said(floor))
    async with trading_floor(tmp_path, datafeed) as floor:
        await floor.quote("9.89", "9.89")
        assert len(await said(floor)) == count
        await floor.quote("9.95", "9.95")
        assert (await said(floor))[count:] == ["MarginRecovered"]


async def test_a_gap_over_a_restart_liquidates_at_the_first_quote(tmp_path: Path) -> None:
    datafeed = SmallDatafeed()
    async with trading_floor(tmp_path, datafeed) as floor:
        await floor.quote("10.00", "10.00")
        await floor.service.place("DEMO", BIG)
    async with trading_floor(tmp_path, datafeed) as floor:
        await floor.quote("8.00", "8.00")
        assert (await said(floor))[-1] == "MarginRecovered"
        assert not await floor.service.positions("DEMO")
        assert (await floor.service.account("DEMO")).equity.balance == 100_000 - 78_000
