"""Bringing the past of one symbol into reach: from the store, and from the exchange what the store lacks."""

import asyncio
from collections import defaultdict

from trading_api.modules.datafeed.bars.resolution import DAY, DAY_MS, MINUTE, Resolution
from trading_api.modules.datafeed.providers.live.archive import Archive
from trading_api.modules.datafeed.providers.live.history import ExchangeHistory
from trading_api.modules.datafeed.providers.live.market import LiveMarket
from trading_api.modules.datafeed.providers.live.series import DAYS_OF_MINUTES, LENGTHS
from trading_api.shared.clock import Clock

SETTLED_MS = 2_000
"""So long after its end an exchange's own bar is asked for."""
BACKFILL_DAYS = 30
"""A longer absence is filled when somebody looks at it."""


class Reach:
    """What can be known of the past of one symbol; all of it on the loop."""

    def __init__(
        self, market: LiveMarket, history: ExchangeHistory, archive: Archive | None, clock: Clock
    ) -> None:
        self.history = history
        self._market = market
        self._archive = archive
        self._clock = clock
        self._turn: defaultdict[Resolution, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._recalled = False

    def begin(self) -> int:
        """From when on a followed symbol has to be without a hole: where recording stopped, and today."""
        now = self._clock.now_ms()
        today = now - now % DAY_MS
        ends = [
            stop for _, stop in self._market.covered[MINUTE].spans if stop >= now - BACKFILL_DAYS * DAY_MS
        ]
        return min([today, *ends[-1:]])

    def settled(self, base: Resolution) -> int:
        """Bars of `base` before that time will not change any more, at the exchange either."""
        until = self._clock.now_ms() - SETTLED_MS
        return until - until % LENGTHS[base]

    async def recall(self) -> None:
        """Read from the store what is needed at any time: all days, and the minutes of the last ones."""
        async with self._turn[DAY]:
            if self._recalled or self._archive is None:
                return
            now = self._clock.now_ms()
            since = now - now % DAY_MS - (DAYS_OF_MINUTES - 1) * DAY_MS
            for base, start in ((DAY, 0), (MINUTE, since)):
                rows = await asyncio.to_thread(self._archive.rows, self._market.listed, base, start, now)
                self._market.series.merge(base, rows)
            self._market.in_memory_from[DAY] = 0
            self._market.in_memory_from[MINUTE] = since
            self._recalled = True

    async def fetch(self, base: Resolution, start: int, stop: int) -> None:
        """All rows of `base` that somebody is about to read."""
        await self.recall()
        if base == DAY and self.history.has(MINUTE):
            today = self._clock.now_ms() // DAY_MS * DAY_MS
            await self.fetch(MINUTE, today, today + DAY_MS)
        if not self.history.has(base):
            return
        await self.fill(base, start, min(stop, self.settled(base)))
        if self._market.whole_since is None and base != DAY and stop > self.settled(base):
            await self._fetch_newest(base)

    async def fill(self, base: Resolution, start: int, stop: int) -> bool:
        """Ask the exchange for what is missing between; whether anything was."""
        length = LENGTHS[base]
        async with self._turn[base]:
            missing = self._market.covered[base].missing(start - start % length, stop - stop % length)
            for low, high in missing:
                rows = await self.history.bars(base, low, high)
                self._market.series.merge(base, rows)
                self._market.covered[base].add(low, high)
        return bool(missing)

    async def _fetch_newest(self, base: Resolution) -> None:
        """The bars that run or have just ended, of a symbol whose trades do not stream."""
        now = self._clock.now_ms()
        rows = await self.history.bars(base, self.settled(base), now + 1)
        if self._market.whole_since is None:
            self._market.series.merge(base, rows)
