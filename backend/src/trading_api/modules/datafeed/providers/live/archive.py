"""Keeping what streams in: bars and ticks in the store, and which stretches of time are whole in it."""

import asyncio
import json
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import numpy as np
import structlog

from trading_api.models.market.ticks import Quote, Trade
from trading_api.modules.datafeed.bars.columns import BarColumns
from trading_api.modules.datafeed.bars.resolution import BASES, MINUTE, SECOND, Resolution
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.modules.datafeed.providers.live.covered import Covered
from trading_api.modules.datafeed.providers.live.listing import Listed, units
from trading_api.modules.datafeed.providers.live.market import LiveMarket
from trading_api.modules.datafeed.providers.live.series import LENGTHS
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import Places, QuoteColumns, TradeColumns

LOG = structlog.get_logger(__name__)

LATE_MS = 5_000
"""A trade may come in so long after its time; a bar is written when it is over for that long."""
KEPT_MS = {SECOND: 6 * 3_600_000, MINUTE: 3 * 86_400_000}
"""So much of what is written stays in memory."""
WAITING_TICKS = 1_000_000
"""Ticks that wait to be written; beyond them the oldest are let go, and a warning says so."""

_SIDES = {"buy": 1, "sell": -1, None: 0}
_Spans: TypeAlias = dict[Resolution, list[tuple[int, int]]]


class Archive:
    """The store as the live market uses it, and which of bars and of ticks are kept in it."""

    def __init__(self, store: BarStore, folder: Path, *, bars: bool = True, ticks: bool = False) -> None:
        self._store = store
        self._folder = folder
        self._bars = bars
        self._ticks = ticks
        self._waiting: defaultdict[str, list[Quote | Trade]] = defaultdict(list)
        self._count = 0
        self.problem: str | None = None

    @property
    def keeps_bars(self) -> bool:
        """Whether bars survive in the store."""
        return self._bars

    def open(self, market: LiveMarket) -> None:
        """Learn what is kept of a symbol; reads a file."""
        for base, spans in self._read_spans(market.listed).items():
            market.covered[base] = Covered(spans)
            market.recorded[base] = Covered(spans)

    def rows(self, listed: Listed, base: Resolution, start: int, stop: int) -> BarColumns:
        """What is kept, in the units of the instrument; reads files."""
        info, instrument = listed.instrument.info, listed.instrument
        return self._store.rows(info.exchange, info.name, base, start, stop, places=_places(instrument))

    def first(self, listed: Listed, base: Resolution) -> int | None:
        """Time of the oldest bar that is kept; reads a file."""
        info = listed.instrument.info
        return self._store.first(info.exchange, info.name, base)

    def tick(self, tick: Quote | Trade) -> None:
        """Keep a tick, if ticks are kept."""
        if not self._ticks:
            return
        self._waiting[tick.symbol].append(tick)
        self._count += 1
        if self._count > WAITING_TICKS:
            self._let_go()

    async def write(self, markets: Iterable[LiveMarket], now: int, *, last: bool = False) -> None:
        """Write at once all that is whole by `now` and not kept yet; what cannot be written waits.

        `last`: nothing comes any more, so that nothing has to wait for what belongs to it.
        """
        waiting = [each for market in markets if (each := self._waiting_of(market, now, last)).something]
        if not waiting:
            return
        try:
            await asyncio.to_thread(self._store_all, waiting)
        except Exception as error:
            LOG.exception("live-archive-failed")
            self.problem = f"What comes in cannot be kept: {error}"
            for each in waiting:
                self._waiting[each.market.listed.ticker][:0] = each.ticks
                self._count += len(each.ticks)
            return
        self.problem = None
        for each in waiting:
            each.is_kept(now)

    def _waiting_of(self, market: LiveMarket, now: int, last: bool) -> "_Waiting":
        bars = {base: _unwritten(market, base, now) if self._bars else [] for base in BASES}
        after = {base: Covered([*market.recorded[base].spans, *bars[base]]).spans for base in BASES}
        return _Waiting(market, bars, after, self._take_ticks(market.listed.ticker, last=last))

    def _store_all(self, waiting: Sequence["_Waiting"]) -> None:
        batch = self._store.batch()
        for each in waiting:
            symbol, series = _stored(each.market.listed), each.market.series
            for base, spans in each.bars.items():
                for start, stop in spans:
                    batch.bars(symbol, base, series.rows(base, start, stop, stop - 1))
            if each.ticks:
                batch.ticks(symbol, *_tick_columns(each.ticks, each.market.instrument))
        batch.commit()
        for each in waiting:
            self._write_spans(each.market.listed, each.after)

    def _take_ticks(self, ticker: str, *, last: bool) -> list[Quote | Trade]:
        """Those that no other one of the same moment can follow any more; at the end all of them."""
        waiting = self._waiting.pop(ticker, [])
        newest = {type(tick): tick.time for tick in waiting}
        later = [] if last else [tick for tick in waiting if tick.time >= newest[type(tick)]]
        if later:
            self._waiting[ticker] = later
        self._count -= len(waiting) - len(later)
        return waiting if last else [tick for tick in waiting if tick.time < newest[type(tick)]]

    def _let_go(self) -> None:
        longest = max(self._waiting, key=lambda ticker: len(self._waiting[ticker]))
        dropped = len(self._waiting[longest]) // 2
        del self._waiting[longest][:dropped]
        self._count -= dropped
        LOG.warning("live-ticks-not-kept", symbol=longest, ticks=dropped)

    def _file(self, listed: Listed) -> Path:
        info = listed.instrument.info
        return self._folder / info.exchange / f"{info.name}.json"

    def _read_spans(self, listed: Listed) -> _Spans:
        try:
            found = json.loads(self._file(listed).read_text())
            return {base: [(int(low), int(high)) for low, high in found[str(base)]] for base in BASES}
        except FileNotFoundError:
            return {}
        except (ValueError, TypeError, KeyError):
            LOG.warning("live-archive-unreadable", file=str(self._file(listed)))
            return {}  # what is kept is still shown, and asked for again

    def _write_spans(self, listed: Listed, spans: _Spans) -> None:
        path = self._file(listed)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.write_text(json.dumps({str(base): found for base, found in spans.items()}))
        os.replace(new, path)


def _unwritten(market: LiveMarket, base: Resolution, now: int) -> list[tuple[int, int]]:
    over = now - LATE_MS
    over -= over % LENGTHS[base]
    return [
        (start, min(stop, over))
        for low, high in market.covered[base].spans
        for start, stop in market.recorded[base].missing(low, high)
        if start < over
    ]


@dataclass(frozen=True)
class _Waiting:
    """What is to be written of one symbol: stretches of bars, all that is whole afterwards, and ticks."""

    market: LiveMarket
    bars: _Spans
    after: _Spans
    ticks: Sequence[Quote | Trade]

    @property
    def something(self) -> bool:
        return bool(self.ticks) or any(self.bars.values())

    def is_kept(self, now: int) -> None:
        """It is written: what is older than what is needed every day need not stay in memory."""
        market = self.market
        for base, spans in self.bars.items():
            for start, stop in spans:
                market.recorded[base].add(start, stop)
                for low, high in market.covered[base].missing(start, stop):
                    market.recorded[base].remove(low, high)  # put in doubt while it was being written
            if base in KEPT_MS and spans:
                before = now - KEPT_MS[base]
                market.series.forget(base, before)
                known = market.in_memory_from.get(base, before)
                market.in_memory_from[base] = max(known, before)


def _places(instrument: Instrument) -> Places:
    return Places(_places_of(instrument.price_unit), _places_of(instrument.size_unit))


def _places_of(unit: Decimal) -> int:
    return -int(unit.as_tuple().exponent)


def _stored(listed: Listed) -> StoredSymbol:
    instrument, info = listed.instrument, listed.instrument.info
    places = _places(instrument)
    return StoredSymbol(
        exchange=info.exchange,
        ticker=info.name,
        price_places=places.price,
        size_places=places.size,
        name=info.name,
        description=info.description,
        type=info.type,
        calendar="24x7",
        currency=info.currency_code,
        tick_size=info.trading.tick_size,
        source=f"{listed.exchange} as it streamed",
    )


def _tick_columns(
    ticks: Sequence[Quote | Trade], instrument: Instrument
) -> tuple[TradeColumns | None, QuoteColumns | None]:
    price, size = instrument.price_unit, instrument.size_unit
    trades = [
        (t.time, units(t.price, price), units(t.size, size), _SIDES[t.side])
        for t in ticks
        if isinstance(t, Trade)
    ]
    quotes = [
        (
            q.time,
            units(q.bid, price),
            units(q.ask, price),
            units(q.bid_size or 0, size),
            units(q.ask_size or 0, size),
        )
        for q in ticks
        if isinstance(q, Quote)
    ]
    return (
        TradeColumns(*np.array(trades, dtype=np.int64).T.copy()) if trades else None,
        QuoteColumns(*np.array(quotes, dtype=np.int64).T.copy()) if quotes else None,
    )
