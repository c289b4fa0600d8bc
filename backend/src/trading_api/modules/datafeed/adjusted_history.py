"""The past of a market as it is shown: bars of any resolution, adjusted as the caller or the symbol wants."""

import asyncio
import math
from dataclasses import dataclass, replace

from trading_api.models.market.bars import Adjustment, Bar
from trading_api.modules.datafeed.adjustment import ActionTimeline, Adjuster
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.history import BaseBars, reach, read
from trading_api.modules.datafeed.bars.resolution import DAY, Resolution
from trading_api.modules.datafeed.bars.window import BarSlice, BarWindow
from trading_api.modules.datafeed.providers.base import Instrument, Provider
from trading_api.modules.datafeed.warm_bars import WarmBars


class AdjustedHistory:
    """Reads the bars of a provider. No answer knows of what happens after the provider's position."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._timelines: dict[str, ActionTimeline] = {}
        self._warm = WarmBars()

    def timeline(self, instrument: Instrument) -> ActionTimeline:
        """The corporate actions of `instrument`."""
        found = self._timelines.get(instrument.ticker)
        if found is None:
            found = ActionTimeline(self.provider.actions(instrument.ticker), instrument.session)
            self._timelines[instrument.ticker] = found
        return found

    def forget(self, ticker: str | None) -> None:
        """The past of `ticker`, or of all (None), is another one, and so may be its corporate actions."""
        self._warm.forget(ticker)
        if ticker is None:
            self._timelines.clear()
        else:
            self._timelines.pop(ticker, None)

    def default(self, instrument: Instrument) -> Adjustment:
        """What its bars are adjusted for unless somebody wants otherwise."""
        return "split" if self.timeline(instrument).actions else "raw"

    def valid_until(self, instrument: Instrument, until: int) -> float:
        """When what is known at `until` of its past changes, both ms UTC: at the next corporate action."""
        following = self.timeline(instrument).next_effective(until)
        return math.inf if following is None else following

    async def bars(
        self,
        instrument: Instrument,
        resolution: Resolution,
        window: BarWindow,
        adjustment: Adjustment | None = None,
    ) -> tuple[Instrument, BarSlice]:
        """As `read`, at the provider's position and after it has fetched what it lacks."""
        until = self.provider.position()
        wanted = adjustment or self.default(instrument)
        key = (instrument.ticker, resolution, wanted, self.timeline(instrument).count(until))
        kept = self._warm.answer(key, window, until)
        if kept is not None:
            return kept
        changes = self._warm.changes
        rows = reach(self.provider, instrument.ticker, instrument.session, resolution, window, until)
        if rows is not None:
            await self.provider.fetch(instrument.ticker, *rows)
        found = await asyncio.to_thread(self.read, instrument, resolution, window, until, wanted)
        self._warm.keep(key, window, until, found, changes)
        return found

    def read(
        self,
        instrument: Instrument,
        resolution: Resolution,
        window: BarWindow,
        until: int,
        adjustment: Adjustment | None = None,
    ) -> tuple[Instrument, BarSlice]:
        """The bars that answer `window`, and the instrument in whose units they are. Call it in a thread."""
        source: BaseBars = self.provider
        wanted = adjustment or self.default(instrument)
        adjuster = self.timeline(instrument).adjuster(wanted, until, instrument.price_unit)
        if adjuster is not None:
            source = _Adjusted(source, adjuster)
            instrument = replace(instrument, price_unit=adjuster.price_unit)
        return instrument, read(source, instrument.ticker, instrument.session, resolution, window, until)

    def read_bars(
        self,
        instrument: Instrument,
        resolution: Resolution,
        window: BarWindow,
        until: int,
        adjustment: Adjustment | None = None,
    ) -> list[Bar]:
        """The same as bars, with their exact prices."""
        in_units, found = self.read(instrument, resolution, window, until, adjustment)
        return in_units.bars(found.bars)


@dataclass(frozen=True, slots=True)
class _Adjusted:
    """Base bars of a source, adjusted."""

    source: BaseBars
    adjuster: Adjuster

    def first(self, ticker: str, base: Resolution) -> int | None:
        return self.source.first(ticker, base)

    def last(self, ticker: str, base: Resolution) -> int | None:
        return self.source.last(ticker, base)

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        found = self.source.rows(ticker, base, start, stop, until)
        return self.adjuster.adjusted(found, daily=base == DAY)
