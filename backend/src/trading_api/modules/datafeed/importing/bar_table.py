"""Bars out of a table of texts, whichever file it came from."""

from collections.abc import Iterator
from decimal import Decimal

from trading_api.modules.datafeed.bars.resolution import DAY
from trading_api.modules.datafeed.importing.bar_times import BarTimes, Written, bar_times, read_written
from trading_api.modules.datafeed.importing.described import Market, Names, market_of
from trading_api.modules.datafeed.importing.imported import ImportedBars, ImportProblem
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.importing.row_table import Kept, RowTable, chunks, keep_numbers
from trading_api.modules.datafeed.store.symbols import MOST_PLACES, StoredSymbol


def read_table(table: RowTable, names: Names, options: ImportOptions, layout: str) -> Iterator[ImportedBars]:
    """The bars of `table`; the first part says in its note what was guessed, beginning with `layout`.

    Everything is checked before the first part is yielded. Raises ImportProblem.
    """
    if options.price_places is not None and not 0 <= options.price_places <= MOST_PLACES:
        raise ImportProblem(table.path, None, f"cannot have prices of {options.price_places} decimals")
    kept = keep_numbers(table, options.price_places)
    written = read_written(table, options.time_format)
    market = market_of(names, written, options)
    times = bar_times(table, written, market.zone, options.resolution)
    symbol = _symbol(table, names, market, kept, options)
    note = "; ".join([layout, *_said(table, written, market, times, kept), symbol.key])
    for bars in chunks(table, times.time, newest_first=times.newest_first):
        yield ImportedBars(symbol, times.resolution, bars, note=note)
        note = ""


def _symbol(
    table: RowTable, names: Names, market: Market, kept: Kept, options: ImportOptions
) -> StoredSymbol:
    known = market.exchange
    has_volume = table.has_volume and table.first("SELECT max(volume) FROM kept")[0] != Decimal(0)
    return StoredSymbol(
        exchange=names.exchange,
        ticker=names.ticker,
        price_places=kept.price_places,
        size_places=kept.size_places,
        name=names.ticker,
        description=options.description or names.ticker,
        type=options.type or known.type,
        calendar=known.calendar,
        session=known.session,
        timezone=known.zone,
        currency=options.currency or known.currency,
        has_volume=has_volume,
        source=table.path.name,
    )


def _said(table: RowTable, written: Written, market: Market, times: BarTimes, kept: Kept) -> Iterator[str]:
    yield f"times as {written.form}"
    if times.resolution != DAY and written.utc is None:
        yield f"in {market.zone.key}{'' if market.zone_is_told else ' (guessed)'}"
    yield "newest first" if times.newest_first else "oldest first"
    yield f"bars of {times.resolution}"
    yield f"{kept.price_places} decimals"
    if kept.written_price_places > kept.price_places:
        yield f"prices are rounded to these from {kept.written_price_places}"
    if kept.written_size_places > kept.size_places:
        yield f"volumes are rounded to {kept.size_places} decimals from {kept.written_size_places}"
    if kept.empty:
        yield f"{kept.empty} rows without prices are left out"
    contrary = table.first(
        "SELECT count(*) FROM kept"
        " WHERE low <= 0 OR high < greatest(open, close, low) OR low > least(open, close)"
    )[0]
    if contrary:
        yield f"{contrary} rows contradict themselves or have prices that are not positive"
