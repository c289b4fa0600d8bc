"""Orders on days that end early, as the symbol's holidays and corrections say."""

from pathlib import Path

from trading_api.modules.broker.tests.service_cases import (
    START,
    SmallDatafeed,
    pre_order,
    symbol_info,
    trading_floor,
    until,
)

HOUR = 3_600_000
EARLY_CLOSE = START + 7 * HOUR // 2
"""START is 9:30 in New York, on a Friday; it ends at 13:00, and Monday is a holiday."""
INFO = symbol_info("AAA", "0930-1600").model_copy(
    update={
        "timezone": "America/New_York",
        "session_holidays": "20131007",
        "corrections": "0930-1300:20131004",
    }
)


async def test_a_day_order_expires_at_the_early_close_and_the_next_waits_beyond_the_holiday(
    tmp_path: Path,
) -> None:
    async with trading_floor(tmp_path, SmallDatafeed(symbols={"AAA": INFO})) as floor:
        await floor.quote("10.00", "10.02")
        placed = (await floor.service.place("DEMO", pre_order("buy", 10, "9.00", day=True))).value.order
        await floor.pass_time(EARLY_CLOSE - 1 - floor.clock.now_ms())
        await floor.settle()
        assert (await floor.service.order("DEMO", placed.id)).status == "working"
        listener = await floor.listen("orders")
        await floor.pass_time(1)
        ((_, expired),) = await listener.next()
        assert (expired.id, expired.status, expired.update_time) == (placed.id, "expired", EARLY_CLOSE)

        preview = await floor.service.preview("DEMO", pre_order("buy", 10))
        assert preview.warnings == ["The market is closed: the order waits until 2013-10-08 13:30 UTC."]
        waiting = (await floor.service.place("DEMO", pre_order("buy", 10, day=True))).value.order
        assert waiting.status == "working"
        tuesday = START + 4 * 24 * HOUR
        await floor.quote("11.00", "11.02", after=tuesday - floor.clock.now_ms())
        await floor.settle()
        filled = await floor.service.order("DEMO", waiting.id)
        assert (filled.status, filled.update_time) == ("filled", tuesday)


async def test_a_session_that_has_ended_early_lets_nothing_fill(tmp_path: Path) -> None:
    async with trading_floor(tmp_path, SmallDatafeed(symbols={"AAA": INFO})) as floor:
        await floor.quote("10.00", "10.02")
        resting = (await floor.service.place("DEMO", pre_order("buy", 10, "9.00"))).value.order
        await floor.quote("8.00", "8.02", after=EARLY_CLOSE + 1000 - floor.clock.now_ms())
        await until(lambda: floor.service.market.now().time > EARLY_CLOSE)
        await floor.settle()
        assert (await floor.service.order("DEMO", resting.id)).status == "working"
