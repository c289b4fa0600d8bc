"""A live market that follows the local exchange, and what it has said."""

import asyncio
import contextlib
import gzip
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from trading_api.clients.backoff import FullJitter
from trading_api.models.market.ticks import Depth, Quote, Trade
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import MINUTE, Resolution
from trading_api.modules.datafeed.pacing import WallPacer
from trading_api.modules.datafeed.providers.base import Message
from trading_api.modules.datafeed.providers.live.archive import Archive
from trading_api.modules.datafeed.providers.live.provider import LiveProvider
from trading_api.modules.datafeed.providers.live.wanted import Wanted
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.tests.by_hand import HandClock
from trading_api.modules.datafeed.tests.live.exchange_server import ExchangeServer, Pair, recorded

BTC = "BINANCE:BTC-USDT"
TRADES, BOOK, QUOTES = "btcusdt@trade", "btcusdt@depth@100ms", "btcusdt@bookTicker"
STREAMS = (TRADES, BOOK, QUOTES)
FOREVER = 2**61
PATIENCE = 20.0
_T = TypeVar("_T")


def bitcoin() -> Pair:
    """The recorded pair."""
    return Pair("BTCUSDT", "BTC", "USDT", "0.01000000", "0.00001000")


def recording(folder: Path) -> list[dict[str, Any]]:
    """346 seconds of BTCUSDT, with the snapshot of its book as the eighth message."""
    path = folder / "hftbacktest" / "spot" / "btcusdt_20240808.gz"
    with gzip.open(path, "rt") as lines:
        return list(recorded(lines, "BTCUSDT"))


class QuickPacer(WallPacer):
    """A second of waiting is a hundredth of one; what waits still gives way to the sockets."""

    async def wait(self, seconds: float) -> None:
        await super().wait(seconds / 100)


class Following:
    """One provider that follows the server, with a clock that shows the time of what was played last."""

    def __init__(
        self,
        server: ExchangeServer,
        folder: Path,
        *,
        symbols: Sequence[str] = ("BTC/USDT",),
        archive: bool = True,
        ticks: bool = False,
        options: dict[str, Any] | None = None,
        now: int = 0,
    ) -> None:
        self.server = server
        self.clock = HandClock(now)
        self.store = BarStore(folder / "store")
        self.messages: list[Message] = []
        self.provider = LiveProvider(
            [Wanted("binance", tuple(symbols))],
            {"binance": {**server.options, **(options or {})}},
            folder / "state",
            Archive(self.store, folder / "state", ticks=ticks) if archive else None,
            self.clock,
            QuickPacer(),
            FullJitter(0.01, 0.1),
        )
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def running(self, *streams: str) -> AsyncIterator[None]:
        """Load and run it, from the moment on at which it follows `streams`, by default those of BTC."""
        async with self.listed():
            async with asyncio.timeout(PATIENCE):
                await self.server.subscribed(*(streams or STREAMS))
            yield

    @contextlib.asynccontextmanager
    async def listed(self) -> AsyncIterator[None]:
        """Load and run it, whatever it follows."""
        await asyncio.to_thread(self.provider.load)
        self._task = asyncio.create_task(self.provider.run(self._take))
        try:
            yield
        finally:
            await self.stop()

    async def stop(self) -> None:
        """Cancel the run, and wait for its end."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            task, self._task = self._task, None
            if not task.cancelled():
                task.result()

    async def play(self, messages: Sequence[dict[str, Any]]) -> None:
        """Play messages, the clock showing the newest of their times."""
        for number, message in enumerate(messages):
            self.pass_to(message)
            await self.server.play([message])
            if number % 50 == 0:
                await asyncio.sleep(0)

    def pass_to(self, message: dict[str, Any]) -> None:
        """The clock shows the time of a message, unless it is later already."""
        time = message.get("data", {}).get("E")
        if time is not None:
            self.clock.now = max(self.clock.now, time)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until `condition` holds, which is asked after each message; fails after a long time."""
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def told(self, kind: type[_T]) -> list[_T]:
        """Messages of one kind, so far."""
        return [message for message in self.messages if isinstance(message, kind)]

    def bars(self, base: Resolution = MINUTE, until: int = FOREVER) -> BarColumns:
        """All rows of BTC."""
        return self.provider.rows(BTC, base, 0, FOREVER, until)

    def _take(self, message: Message) -> None:
        if isinstance(message, Quote | Trade):
            assert message.time <= self.provider.position()
        if isinstance(message, Depth):
            assert message.bids[0].price < message.asks[0].price
        self.messages.append(message)
        self._changed.set()


def rest_rows(pair: Pair, length: int) -> list[list[int]]:
    """The exchange's own bars of all its trades, with something in them, in units of 10**-8 and 10**-7."""
    rows = [row for row in pair.klines(length, 0, 100_000) if float(row[5])]
    return [
        [row[0], *(round(float(price) * 10**8) for price in row[1:5]), round(float(row[5]) * 10**7)]
        for row in rows
    ]


def as_rows(bars: BarColumns) -> list[list[int]]:
    """Columns as rows."""
    columns = (bars.time, bars.open, bars.high, bars.low, bars.close, bars.volume)
    return [list(row) for row in zip(*(column.tolist() for column in columns), strict=True)]
