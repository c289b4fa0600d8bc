"""The past as the exchange tells it on request."""

from collections.abc import Sequence

from trading_api.modules.datafeed.bars.columns import BarColumns, join, no_bars
from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE, MINUTE_MS, SECOND, Resolution
from trading_api.modules.datafeed.providers.live.connection import Connection
from trading_api.modules.datafeed.providers.live.library import Exchange, RawBar, RawTrade
from trading_api.modules.datafeed.providers.live.listing import Listed
from trading_api.modules.datafeed.providers.live.parsing import Print, columns_of, print_of
from trading_api.modules.datafeed.providers.live.series import LENGTHS

PAGE = 1000
"""Bars or trades asked for at once; ccxt asks for fewer where the exchange gives fewer."""
_EMPTY_PAGES = 3
"""Some exchanges answer with a window of time, in which nothing may have happened."""
_MOST_TRADES = 10_000
_TIMEFRAMES = {SECOND: "1s", MINUTE: "1m", DAY: "1d"}


class ExchangeHistory:
    """Bars and trades of one symbol."""

    def __init__(self, connection: Connection, listed: Listed) -> None:
        self._connection = connection
        self._listed = listed

    def has(self, base: Resolution) -> bool:
        """Whether the exchange tells bars of this length."""
        return tells_bars(self._connection.exchange, base)

    async def bars(self, base: Resolution, start: int, stop: int) -> BarColumns:
        """Bars with start <= time < stop, the last of which may still run."""
        length = LENGTHS[base]
        at, empty, parts = start, 0, [no_bars()]
        while at < stop and empty < _EMPTY_PAGES:
            found = columns_of(await self._page(base, at), self._listed.instrument)
            found = found.take((found.time >= at).nonzero()[0])
            if len(found) == 0:
                empty += 1
                at += PAGE * length
                continue
            empty = 0
            parts.append(found.take((found.time < stop).nonzero()[0]))
            at = int(found.time[-1]) + length
        return join(parts)

    async def prints(self, start: int, stop: int) -> list[Print] | None:
        """All trades with start <= time <= stop; None if that cannot be proven.

        Exchanges may leave `since` unheeded and tell the last trades only. So trades from before `start`
        have to be among them, and some at or after `stop`.
        """
        if not self._connection.can("fetchTrades"):
            return None
        found: dict[int, list[Print]] = {}
        at, count = start - MINUTE_MS, 0
        while count < _MOST_TRADES:
            page = [each for each in map(self._print, await self._trades(at)) if each and each.time >= at]
            newest = max((each.time for each in page), default=at)
            for time in {each.time for each in page}:
                found[time] = [each for each in page if each.time == time]
            if newest >= stop and min(found) < start:
                return [each for time in sorted(found) if start <= time <= stop for each in found[time]]
            if newest <= at or newest >= stop:
                return None
            at, count = newest, count + len(page)
        return None

    def _print(self, raw: RawTrade) -> Print | None:
        return print_of(raw, self._listed.instrument)

    async def _page(self, base: Resolution, since: int) -> Sequence[RawBar]:
        exchange, symbol = self._connection.exchange, self._listed.symbol
        return await self._connection.ask(
            lambda: exchange.fetch_ohlcv(symbol, _TIMEFRAMES[base], since=since, limit=PAGE)
        )

    async def _trades(self, since: int) -> Sequence[RawTrade]:
        exchange, symbol = self._connection.exchange, self._listed.symbol
        return await self._connection.ask(lambda: exchange.fetch_trades(symbol, since=since, limit=PAGE))


def tells_bars(exchange: Exchange, base: Resolution) -> bool:
    """Whether the exchange tells bars of this length on request."""
    return exchange.has.get("fetchOHLCV") is True and _TIMEFRAMES[base] in (exchange.timeframes or {})
