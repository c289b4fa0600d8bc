"""How many ticks a second reach the broker from the datafeed, over the stream between them in one process."""

import asyncio
import statistics
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from trading_api.app_factory import AppFactory, ModularFastAPI
from trading_api.models.market.ticks import Quote
from trading_api.modules.broker import BrokerModule
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.datafeed import DatafeedModule
from trading_api.modules.datafeed.streams import DatafeedStreams
from trading_api.settings import Settings

TICKS, IN_A_TURN = 50_000, 100
ALONE = 1_000
SYMBOL = "INDX"
"""The simulated market beside makes trades of the index, but no quotes."""


def quote(number: int) -> Quote:
    """A quote like those of a busy market."""
    price = Decimal(58_000) + Decimal(number % 1_000) / 100
    return Quote(
        SYMBOL, 1_723_161_515_302 + number, price, price + Decimal("0.01"), Decimal("1.25"), Decimal("0.75")
    )


async def seen(market: MarketView, last: Quote) -> None:
    """Until the broker knows the quote."""
    while market.now().quote(SYMBOL) != last:  # noqa: ASYNC110  # what is measured sets no event
        await asyncio.sleep(0)


async def throughput(streams: DatafeedStreams, market: MarketView) -> float:
    """Ticks a second, made as fast as a replay makes them; none may be lost."""
    started = time.perf_counter()
    for number in range(TICKS):
        streams.tick(quote(number))
        if number % IN_A_TURN == 0:
            await asyncio.sleep(0)
    await seen(market, quote(TICKS - 1))
    return TICKS / (time.perf_counter() - started)


async def latency(streams: DatafeedStreams, market: MarketView) -> list[float]:
    """Microseconds from the datafeed to the broker, for ticks that come alone."""
    measured = []
    for number in range(TICKS, TICKS + ALONE):
        tick = quote(number)
        started = time.perf_counter()
        streams.tick(tick)
        await seen(market, tick)
        measured.append((time.perf_counter() - started) * 1_000_000)
    return measured


async def measure(app: ModularFastAPI) -> None:
    """Print both."""
    datafeed = next(module for module in app.modules if isinstance(module, DatafeedModule))
    broker = next(module for module in app.modules if isinstance(module, BrokerModule))
    async with app.router.lifespan_context(app):
        streams, market = datafeed.service.streams, broker.service.market
        processor = time.process_time()
        rate = await throughput(streams, market)
        processor = (time.process_time() - processor) / TICKS * 1_000_000
        print(f"{TICKS} ticks: {rate:,.0f} ticks/s, {processor:.0f} us of processor time each, both sides")
        quantiles = statistics.quantiles(await latency(streams, market), n=100)
        print(f"a tick alone: p50 {quantiles[49]:.0f} us   p99 {quantiles[98]:.0f} us")
        if not market.followed:
            raise SystemExit("the broker could not keep up")


def main() -> None:
    """Measure the whole application, with the simulated market beside."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder), terminal_dir=Path(folder))
        asyncio.run(measure(AppFactory(installed=False).create(settings)))


if __name__ == "__main__":
    main()
