"""The parts of one symbol's recording, out of which its series is made: the finest of each day counts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray, join, no_bars
from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE, SECOND, Resolution, in_sessions, stamps
from trading_api.modules.datafeed.providers.replay.listing import HoursOf, instrument_of
from trading_api.modules.datafeed.providers.replay.minutes import (
    OFFSETS_MS,
    OFFSETS_OF_SECOND_MS,
    Prints,
    Tops,
    play_bars,
)
from trading_api.modules.datafeed.providers.replay.series import RecordedSeries
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import QuoteColumns, Side, TradeColumns
from trading_api.shared.trading_session import TradingSession

_PLAYED = ((SECOND, OFFSETS_OF_SECOND_MS), (MINUTE, OFFSETS_MS))


@dataclass(slots=True)
class Gathered:
    """What has been found of a symbol so far; each part with the decimals of its prices then."""

    symbol: StoredSymbol
    bars: dict[tuple[Resolution, Side], list[tuple[int, BarColumns]]] = field(default_factory=dict)
    trades: list[tuple[int, TradeColumns]] = field(default_factory=list)
    quotes: list[tuple[int, QuoteColumns]] = field(default_factory=list)
    actions: tuple[CorporateAction, ...] = ()

    def series(self, hours: HoursOf, ticker: str | None = None) -> RecordedSeries:
        """All of it as one series; moments outside of the sessions are left out."""
        session = hours(self.symbol).trading_session
        trades, quotes = self._trade_ticks(session), self._quote_ticks(session)
        prints, tops = [trades], [quotes]
        traded_days, quoted_days = _days(session, trades.time), _days(session, quotes.time)
        for base, offsets in _PLAYED:
            rows = _without(session, self._rows(base, session), traded_days)
            both = _without(session, self._quote_rows(base, session), quoted_days)
            traded_days = np.union1d(traded_days, _days(session, rows[:, 0]))
            quoted_days = np.union1d(quoted_days, _days(session, both[:, 0]))
            made, best = play_bars(rows, both, offsets)
            prints.append(made)
            tops.append(best)
        played_prints, played_tops = _joined_prints(prints), _joined_tops(tops)
        is_played = bool(len(played_prints.time) or len(played_tops.time))
        instrument = instrument_of(self.symbol, hours, ticker=ticker, is_played=is_played)
        daily = self._bars(DAY, Side.TRADE)
        return RecordedSeries(instrument, played_prints, played_tops, daily, actions=self.actions)

    def _bars(self, base: Resolution, side: Side) -> BarColumns:
        parts = [
            _scaled(part, self.symbol.price_places - places)
            for places, part in self.bars.get((base, side), ())
        ]
        if not parts:
            return no_bars()
        bars = join(parts)
        return bars.take(np.argsort(bars.time, kind="stable"))

    def _rows(self, base: Resolution, session: TradingSession) -> IntArray:
        """Bars of trades; those of symbols without trades are bids, which the quotes have."""
        bars = self._bars(base, Side.TRADE) if self.symbol.has_trades else no_bars()
        table = np.column_stack([bars.time, bars.open, bars.high, bars.low, bars.close, bars.volume])
        return table[in_sessions(session, bars.time)]

    def _quote_rows(self, base: Resolution, session: TradingSession) -> IntArray:
        """Bars of bids and asks of the same times, side by side."""
        bids, asks = self._bars(base, Side.BID), self._bars(base, Side.ASK)
        times, at_bid, at_ask = np.intersect1d(bids.time, asks.time, return_indices=True)
        columns = [
            column[rows]
            for side, rows in ((bids, at_bid), (asks, at_ask))
            for column in (side.open, side.high, side.low, side.close, side.volume)
        ]
        return np.column_stack([times, *columns])[in_sessions(session, times)]

    def _trade_ticks(self, session: TradingSession) -> Prints:
        parts = [
            Prints(one.time, one.price * 10 ** (self.symbol.price_places - places), one.size, one.side)
            for places, one in self.trades
        ]
        found = _joined_prints(parts)
        kept = in_sessions(session, found.time)
        return Prints(found.time[kept], found.price[kept], found.size[kept], found.side[kept])

    def _quote_ticks(self, session: TradingSession) -> Tops:
        parts = []
        for places, one in self.quotes:
            unit = 10 ** (self.symbol.price_places - places)
            parts.append(Tops(one.time, one.bid * unit, one.ask * unit, one.bid_size, one.ask_size))
        found = _joined_tops(parts)
        kept = in_sessions(session, found.time) & (found.bid > 0) & (found.bid <= found.ask)
        return Tops(*(column[kept] for column in _columns_of(found)))


def _scaled(bars: BarColumns, places: int) -> BarColumns:
    if places == 0:
        return bars
    unit = 10**places
    return BarColumns(
        bars.time, bars.open * unit, bars.high * unit, bars.low * unit, bars.close * unit, bars.volume
    )


def _days(session: TradingSession, times: IntArray) -> IntArray:
    return np.unique(stamps(session, DAY, times))


def _without(session: TradingSession, rows: IntArray, days: IntArray) -> IntArray:
    """The rows of other days than these."""
    kept: IntArray = rows[~np.isin(stamps(session, DAY, rows[:, 0]), days)]
    return kept


def _joined_prints(parts: Sequence[Prints]) -> Prints:
    return Prints(*_sorted((part.time, part.price, part.size, part.side) for part in parts if len(part.time)))


def _joined_tops(parts: Sequence[Tops]) -> Tops:
    return Tops(*_sorted((_columns_of(part) for part in parts if len(part.time)), 5))


def _columns_of(tops: Tops) -> tuple[IntArray, ...]:
    return tops.time, tops.bid, tops.ask, tops.bid_size, tops.ask_size


def _sorted(parts: Iterable[tuple[IntArray, ...]], width: int = 4) -> list[IntArray]:
    """The columns of all parts, by time."""
    found = list(parts)
    if not found:
        return [np.zeros(0, dtype=np.int64)] * width
    columns = [np.concatenate(column) for column in zip(*found, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    return [column[order] for column in columns]
