"""Stored bars as a file that other programs read, and that can be imported again."""

import os
from enum import StrEnum
from pathlib import Path

from trading_api.modules.datafeed.bars.columns import BarColumns, join
from trading_api.modules.datafeed.bars.history import read
from trading_api.modules.datafeed.bars.resolution import BASES, DAY_MS, Resolution
from trading_api.modules.datafeed.bars.window import BarWindow
from trading_api.modules.datafeed.store.built_days import StoredBars
from trading_api.modules.datafeed.store.files import DRAFT_SUFFIX
from trading_api.modules.datafeed.store.parquet import write_table
from trading_api.modules.datafeed.store.store import BarStore
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import BARS, columns_of
from trading_api.shared.trading_session import TradingSession

_LONGEST_SESSION_MS = 8 * DAY_MS
"""A bar may be stamped later than the rows in it, by as much as a session before its trading day."""


class ExportForm(StrEnum):
    """What is written."""

    CSV = "csv"
    PARQUET = "parquet"


def bars_between(
    store: BarStore,
    symbol: StoredSymbol,
    session: TradingSession,
    resolution: Resolution,
    start: int,
    stop: int,
) -> BarColumns:
    """The bars with start <= time < stop: stored ones as they are, all others built within sessions."""
    source = StoredBars(store, symbol)
    newest = max((store.last(symbol.exchange, symbol.ticker, base) or 0 for base in BASES), default=0)
    stop = min(stop, newest + _LONGEST_SESSION_MS)
    if resolution in BASES and source.first("", resolution) is not None:
        return source.rows("", resolution, start, stop, stop)
    pages: list[BarColumns] = []
    while True:
        found = read(source, "", session, resolution, BarWindow(start, stop), newest).bars
        if not len(found):
            return join(pages[::-1])
        pages.append(found)
        stop = int(found.time[0])


def write_export(
    path: Path, form: ExportForm, symbol: StoredSymbol, bars: BarColumns, *, daily: bool
) -> None:
    """`path` holds `bars` with exact decimals and times in UTC, whole or not at all; raises OSError."""
    draft = path.with_name(path.name + DRAFT_SUFFIX)
    try:
        time = _written_time(form, daily=daily)
        write_table(draft, BARS, columns_of(bars), symbol.places, time, f"FORMAT {form}")
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _written_time(form: ExportForm, *, daily: bool) -> str:
    moment = "make_timestamp(time * 1000)"
    if form is ExportForm.PARQUET:
        return f"CAST({moment} AS DATE)" if daily else f"{moment} AT TIME ZONE 'UTC'"
    return f"strftime({moment}, '{'%Y-%m-%d' if daily else '%Y-%m-%dT%H:%M:%SZ'}')"
