"""A provider that runs, and everything it emits."""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable

from trading_api.models.market.ticks import ClockMoved, Depth, Quote, Trade
from trading_api.modules.datafeed.providers.base import (
    BookChanged,
    HistoryChanged,
    Instrument,
    Message,
    Provider,
)

STOP_SECONDS = 10.0
"""A provider has to end within so long after it is cancelled."""
SEEN = 6
"""So many instruments are looked at closely."""


class Watched:
    """What a provider has emitted; each rule that concerns a single message is checked as it comes."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self.messages: list[Message] = []
        self.broken: list[str] = []
        self.positions: list[int] = []
        self.errors: list[BaseException] = []
        self._tickers = {each.ticker for each in provider.instruments()}
        self._newest: defaultdict[tuple[type, str], int] = defaultdict(int)
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Watched"]:
        """Run it, and cancel it at the end, which it has to obey."""
        self._task = asyncio.create_task(self.provider.run(self._take), name="conformance-provider")
        try:
            yield self
        finally:
            await self.stop()

    async def stop(self) -> None:
        """Cancel it; whether it obeys is for `broken` to say."""
        if self._task is None:
            return
        task, self._task = self._task, None
        task.cancel()
        done, _ = await asyncio.wait([task], timeout=STOP_SECONDS)
        if not done:
            self.broken.append(f"run() goes on {STOP_SECONDS:.0f} s after it was cancelled")
        elif not task.cancelled() and task.exception() is not None:
            error = task.exception()
            assert error is not None
            self.errors.append(error)

    async def until(self, enough: Callable[["Watched"], bool], seconds: float) -> bool:
        """Wait until it is `enough`, for so long at most; whether it was."""
        assert self._task is not None
        waiting = asyncio.create_task(self._enough(enough))
        await asyncio.wait([waiting, self._task], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        await asyncio.wait([waiting])
        return enough(self)

    def ticks(self, ticker: str) -> list[Quote | Trade]:
        """Quotes and trades of one symbol."""
        return [each for each in self.messages if isinstance(each, Quote | Trade) and each.symbol == ticker]

    def instrument(self, ticker: str) -> Instrument:
        """The instrument of a tick."""
        return next(each for each in self.provider.instruments() if each.ticker == ticker)

    async def _enough(self, enough: Callable[["Watched"], bool]) -> None:
        while not enough(self):
            self._changed.clear()
            await self._changed.wait()

    def _take(self, message: Message) -> None:
        self.messages.append(message)
        self._changed.set()
        position = self.provider.position()
        if isinstance(message, HistoryChanged):
            self._newest.clear()
            self.positions = [position]
            return
        if self.positions and position < self.positions[-1]:
            self.broken.append(f"position() went back from {self.positions[-1]} to {position}")
        self.positions.append(position)
        self._check_order(message, position)
        self._check_prices(message)

    def _check_order(self, message: Quote | Trade | Depth | BookChanged | ClockMoved, position: int) -> None:
        symbol = "" if isinstance(message, ClockMoved) else message.symbol
        if symbol and symbol not in self._tickers:
            self.broken.append(f"{symbol} is emitted, but no instrument")
        kind = (type(message), symbol)
        if message.time < self._newest[kind]:
            self.broken.append(f"{message} comes after one of {self._newest[kind]}")
        if message.time > position:
            self.broken.append(f"{message} is emitted at position {position}")
        self._newest[kind] = max(message.time, self._newest[kind])

    def _check_prices(self, message: Quote | Trade | Depth | BookChanged | ClockMoved) -> None:
        match message:
            case Trade() if message.price <= 0 or message.size < 0:
                self.broken.append(f"{message} has no price or a negative size")
            case Quote() if message.bid > message.ask > 0:
                self.broken.append(f"{message} is crossed")
            case Depth():
                bids = [level.price for level in message.bids]
                asks = [level.price for level in message.asks]
                if bids != sorted(set(bids), reverse=True) or asks != sorted(set(asks)):
                    self.broken.append(f"the book of {message.symbol} at {message.time} is not in order")
                if bids and asks and bids[0] >= asks[0]:
                    self.broken.append(f"the book of {message.symbol} at {message.time} is crossed")
            case _:
                pass
