"""What history has to answer, found in the slow and obvious way; and a market for it, drawn by chance."""

import operator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from hypothesis import strategies as st

from trading_api.modules.datafeed.bars.columns import BarColumns, join, no_bars
from trading_api.modules.datafeed.bars.resolution import (
    DAY,
    MINUTE,
    RESOLUTIONS,
    SECOND,
    Resolution,
    day_stamp,
    parse_resolution,
    period_at,
    stamp_day,
)
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.shared.trading_session import TradingSession

Row = tuple[int, int, int, int, int, int]
HALF_DAYS = "0930-1300:20131129,20131224;dayoff:20131128"
SESSIONS = {
    "always": TradingSession("24x7", "Etc/UTC"),
    "always-in-new-york": TradingSession("24x7", "America/New_York"),
    "day": TradingSession("0930-1600", "America/New_York", "20131225,20140101", HALF_DAYS),
    "overnight": TradingSession("1700-1600", "America/Chicago", "20131225", "1700-1200:20131224"),
    "lunch": TradingSession("0900-1130,1230-1500", "Asia/Tokyo", "20131231,20140101,20140102,20140103"),
    "weekend-ahead": TradingSession("1900F3-1500:2|1900-1500:3456", "Europe/London"),
    "far-east": TradingSession("0000-1200", "Pacific/Kiritimati"),
}
ODD = "7 90 720 25S 7S 2D 3D 2W 2M 5M"
ALL_RESOLUTIONS = (*RESOLUTIONS, *(found for text in ODD.split() if (found := parse_resolution(text))))
LENGTHS = {SECOND: 1_000, MINUTE: 60_000}


@dataclass
class KnownRows:
    """Base bars of one instrument that counts what is read of them."""

    bases: dict[Resolution, BarColumns]
    read: int = 0
    calls: int = 0

    def first(self, ticker: str, base: Resolution) -> int | None:
        bars = self.bases.get(base, no_bars())
        return int(bars.time[0]) if len(bars) else None

    def last(self, ticker: str, base: Resolution) -> int | None:
        bars = self.bases.get(base, no_bars())
        return int(bars.time[-1]) if len(bars) else None

    def rows(self, ticker: str, base: Resolution, start: int, stop: int, until: int) -> BarColumns:
        bars = self.bases[base]
        begin, end = np.searchsorted(bars.time, [start, min(stop, until + 1)])
        found = bars.part(int(begin), max(int(begin), int(end)))
        self.read += len(found)
        self.calls += 1
        return found


def columns_of(rows: list[Row]) -> BarColumns:
    """Rows as columns."""
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 6)
    return BarColumns(*(table[:, at] for at in range(6)))


def rows_of(bars: BarColumns) -> list[Row]:
    """Columns as rows."""
    columns = (bars.time, bars.open, bars.high, bars.low, bars.close, bars.volume)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def built(session: TradingSession, resolution: Resolution, base: Resolution, rows: list[Row]) -> list[Row]:
    """All bars, one row after the other."""
    bars: dict[int, Row] = {}
    for row in rows:
        stamp = _stamp(session, resolution, base, row[0])
        if stamp is None:
            continue
        _, opened, high, low, close, volume = row
        known = bars.get(stamp)
        if known is not None:
            opened, high, low = known[1], max(high, known[2]), min(low, known[3])
            volume += known[5]
        bars[stamp] = (stamp, opened, high, low, close, volume)
    return [bars[stamp] for stamp in sorted(bars)]


def _stamp(session: TradingSession, resolution: Resolution, base: Resolution, time: int) -> int | None:
    if base != DAY:
        period = period_at(session, resolution, time)
        return None if period is None else period.stamp
    period = period_at(session, resolution, session.periods(stamp_day(time))[0].open)
    assert period is not None
    return period.stamp


def answer(bars: list[Row], window: BarWindow) -> tuple[list[Row], int | None]:
    """The bars of the window, at least `count_back`, and the time of the one before them."""
    older = [bar for bar in bars if bar[0] < window.to_ms]
    wanted = [bar for bar in older if bar[0] >= window.from_ms]
    if len(wanted) < window.count_back:
        wanted = older[-window.count_back :]
    before = older[: len(older) - len(wanted)]
    return wanted, before[-1][0] if before else None


@st.composite
def markets(draw: st.DrawFn, session: TradingSession, base: Resolution) -> list[Row]:
    """Base bars over some weeks with holes, beginning and ending anywhere in a day."""
    day, rows = date(2013, 10, 28), []
    for _ in range(draw(st.integers(0, 8))):
        day += timedelta(days=draw(st.sampled_from([1, 1, 1, 1, 2, 3, 9, 45, 170])))
        rows += draw(_day_rows(session, base, day))
    return rows


@st.composite
def _day_rows(draw: st.DrawFn, session: TradingSession, base: Resolution, day: date) -> list[Row]:
    periods = session.periods(day)
    if not periods:
        return []
    if base == DAY:
        return [_row(draw, day_stamp(day))]
    length = LENGTHS[base]
    opening, closing = periods[0].open // length, periods[-1].close // length
    edges = [edge // length for each in periods for edge in (each.open, each.close)]
    at_edges = st.builds(operator.add, st.sampled_from(edges), st.integers(-3, 3))
    near = st.one_of(st.integers(opening, closing - 1), at_edges)
    times = draw(st.lists(near, max_size=8, unique=True))
    return [_row(draw, time * length) for time in sorted(times) if opening <= time < closing]


def _row(draw: st.DrawFn, time: int) -> Row:
    low, opened, close, high = sorted(draw(st.lists(st.integers(1, 99), min_size=4, max_size=4)))
    if draw(st.booleans()):
        opened, close = close, opened
    return time, opened, high, low, close, draw(st.integers(0, 9))


def dense(session: TradingSession, base: Resolution, first: date, days: int) -> BarColumns:
    """A bar for every base period of so many calendar days."""
    parts = []
    for shift in range(days):
        for period in session.periods(first + timedelta(days=shift)):
            if base == DAY:
                times = np.array([day_stamp(period.day)], dtype=np.int64)
            else:
                times = np.arange(period.open, period.close, LENGTHS[base], dtype=np.int64)
            prices = times // 1000 % 997 + 1_000
            parts.append(BarColumns(times, prices, prices + 3, prices - 2, prices + 1, prices))
    return join(parts)
