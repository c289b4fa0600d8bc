"""One live symbol: its last values, its bars, and which of what comes in is taken."""

from collections import OrderedDict
from collections.abc import Iterable

from trading_api.models.market.ticks import Depth, Quote, Trade
from trading_api.modules.datafeed.bars.resolution import MINUTE, MINUTE_MS, SECOND, Resolution
from trading_api.modules.datafeed.providers.live.covered import Covered
from trading_api.modules.datafeed.providers.live.listing import Listed
from trading_api.modules.datafeed.providers.live.parsing import Print, trade_of
from trading_api.modules.datafeed.providers.live.series import LENGTHS, LiveSeries

KNOWN_IDS = 2_000
"""Trades whose numbers are remembered, so that one that is told twice counts once."""
FUTURE_MS = 300_000
"""A value that is further ahead of this machine's clock has no time that could be believed."""
_END_OF_TIME = 2**62


class LiveMarket:
    """State of one symbol. Written on the loop only; what it shows may be read from any thread.

    `covered` says of which stretches all bars are known. While trades stream without a break, that
    stretch grows; a break, or a trade that came too late to be counted, takes away what is in doubt, which
    is then asked for again.
    """

    def __init__(self, listed: Listed) -> None:
        self.listed = listed
        self.instrument = listed.instrument
        self.series = LiveSeries()
        self.covered = {base: Covered() for base in LENGTHS}
        self.quote: Quote | None = None
        self.trade: Trade | None = None
        self.depth: Depth | None = None
        self.whole_since: int | None = None
        """Time of the first trade of the stream that runs; None while none does."""
        self.in_memory_from: dict[Resolution, int] = {}
        """From when on all bars that are kept elsewhere are here as well."""
        self.recorded = {base: Covered() for base in LENGTHS}
        """Which bars are kept in the store."""
        self.failures: dict[str, str] = {}
        """Why streams of it do not run, by stream."""
        self._ids: OrderedDict[str, None] = OrderedDict()
        self._last_print = 0
        self._doubted = 0

    def take(self, prints: Iterable[Print], now: int) -> list[Trade]:
        """Those that are new, in order, as trades; all of them are in their bars by then."""
        taken = []
        for each in prints:
            if self._is_known(each) or each.time > now + FUTURE_MS:
                continue
            if each.time < self._last_print:
                self._came_late(each)
                continue
            if self.whole_since is None:
                self._begin(each)
            self._last_print = each.time
            self.series.add(each)
            self.trade = trade_of(each, self.instrument, now)
            taken.append(self.trade)
        return taken

    def take_quote(self, quote: Quote, now: int) -> bool:
        """Whether it is news: neither older than the last nor the same."""
        last = self.quote
        if quote.time > now + FUTURE_MS:
            return False
        if last is not None and (quote.time < last.time or _same(quote, last)):
            return False
        self.quote = quote
        return True

    def take_depth(self, depth: Depth, now: int) -> bool:
        """Whether it is not older than the last."""
        if depth.time > now + FUTURE_MS or (self.depth is not None and depth.time < self.depth.time):
            return False
        self.depth = depth
        return True

    def broke_off(self) -> None:
        """Trades may have been missed from the last one on."""
        since, self.whole_since = self.whole_since, None
        if since is None:
            return
        for base in (SECOND, MINUTE):
            self._doubt(base, self._last_print - self._last_print % LENGTHS[base], _END_OF_TIME)

    def pass_time(self, now: int) -> None:
        """Whatever is over by `now` and was streamed from its beginning on is known."""
        if self.whole_since is None:
            return
        for base in (SECOND, MINUTE):
            length = LENGTHS[base]
            first = -(-self.whole_since // length) * length
            self.covered[base].add(max(first, self._certain_from(length)), now - now % length)

    def completed(self, minute: int) -> None:
        """The minute in which the stream began is whole after all."""
        if self.whole_since is not None:
            self.whole_since = min(self.whole_since, minute)

    def _begin(self, first: Print) -> None:
        self.whole_since = first.time
        self._doubted = 0
        self.series.begin_anew(first.time)

    def _is_known(self, each: Print) -> bool:
        if each.id is None:
            return False
        if each.id in self._ids:
            return True
        self._ids[each.id] = None
        if len(self._ids) > KNOWN_IDS:
            self._ids.popitem(last=False)
        return False

    def _came_late(self, each: Print) -> None:
        """It cannot be told any more, for time does not run backwards; its bars are asked for again."""
        for base in (SECOND, MINUTE):
            start = each.time - each.time % LENGTHS[base]
            self._doubt(base, start, start + LENGTHS[base])
        self._doubted = max(self._doubted, each.time)

    def _doubt(self, base: Resolution, start: int, stop: int) -> None:
        self.covered[base].remove(start, stop)
        self.recorded[base].remove(start, stop)

    def _certain_from(self, length: int) -> int:
        """End of the last bar of this length that a late trade has put in doubt."""
        return 0 if self._doubted == 0 else self._doubted - self._doubted % length + length


def _same(one: Quote, other: Quote) -> bool:
    return (one.bid, one.ask, one.bid_size, one.ask_size) == (
        other.bid,
        other.ask,
        other.bid_size,
        other.ask_size,
    )


def minute_of(time: int) -> int:
    """Start of the minute that holds `time`."""
    return time - time % MINUTE_MS
