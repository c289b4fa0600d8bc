"""Folders of the Lean engine: bars, quotes, ticks and corporate actions, each file by where it lies."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray, of_prints
from trading_api.modules.datafeed.bars.resolution import (
    DAY,
    DAY_MS,
    MINUTE,
    MINUTE_MS,
    SECOND,
    SECOND_MS,
    day_stamp,
)
from trading_api.modules.datafeed.formats import lean
from trading_api.modules.datafeed.formats.factor_file import read_factors
from trading_api.modules.datafeed.formats.lean import Lines
from trading_api.modules.datafeed.formats.lean_map import TickerMap
from trading_api.modules.datafeed.formats.reading import RecordingError, member_lines, opened_zip, zip_members
from trading_api.modules.datafeed.importing.finding import files_below
from trading_api.modules.datafeed.importing.imported import (
    Imported,
    ImportedActions,
    ImportedBars,
    ImportedTicks,
    ImportProblem,
)
from trading_api.modules.datafeed.importing.integers import (
    bars_of,
    best_prices,
    built,
    fewest_places,
    present,
    table_of_rows,
    without_volume,
)
from trading_api.modules.datafeed.importing.lean_paths import Content, LeanFile, lean_file
from trading_api.modules.datafeed.importing.lean_symbols import Family, family_of, symbol_of, ticker_map
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.importing.zones import to_utc
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import Side, TradeColumns

_BASES = {"daily": DAY, "minute": MINUTE, "second": SECOND}
_EXPIRY = re.compile(r"_(\d{4}(?:0[1-9]|1[0-2]))(?:\d\d)?\.csv")
_PLACES_OF_SHARES = 4


class LeanImporter:
    """Reads files in the folders that Lean keeps them in; bars of hours are left to be built."""

    def files(self, path: Path) -> list[Path]:
        """See Importer; map files are read beside the files of their symbols."""
        found = files_below(path, (".zip", ".csv"))
        placed = [(one, lean_file(one)) for one in found]
        data = [one for one, file in placed if file is not None and file.content is not Content.MAPS]
        if not data:
            raise ImportProblem(
                path, None, "is not of a folder like equity/usa/minute/spy, as Lean keeps them"
            )
        return data

    def read(self, path: Path, options: ImportOptions) -> Iterator[Imported]:
        """See Importer."""
        if path.is_dir():
            raise ImportProblem(path, None, "is a folder where a file is expected")
        file = lean_file(path)
        if file is None or file.content is Content.MAPS:
            raise ImportProblem(
                path, None, "is not of a folder like equity/usa/minute/spy, as Lean keeps them"
            )
        try:
            yield from _read(file, options)
        except RecordingError as error:
            raise ImportProblem(error.path, error.line, error.reason) from error


def _read(file: LeanFile, options: ImportOptions) -> Iterator[Imported]:
    known = ticker_map(file)
    if file.content is Content.FACTORS:
        places = family_of(file).price_places or _PLACES_OF_SHARES
        actions = read_factors(file.path)
        yield ImportedActions(symbol_of(file, None, places, known, options), tuple(actions))
        return
    with opened_zip(file.path) as archive:
        members = zip_members(file.path, archive)
        if not members:
            raise ImportProblem(file.path, None, "is an archive without a file")
        for member in members:
            shown = file.path / member.filename if len(members) > 1 else file.path
            with closing(member_lines(file.path, archive, member, shown)) as lines:
                yield from _Member(file, member, len(members) > 1, known, options, shown, lines).read()


@dataclass(frozen=True)
class _Member:
    """One file of an archive; those of futures have one for each expiry."""

    file: LeanFile
    member: zipfile.ZipInfo
    is_one_of_many: bool
    known: TickerMap | None
    options: ImportOptions
    shown: Path
    lines: Lines

    def read(self) -> Iterator[Imported]:
        if self.file.resolution == "tick":
            yield from self._ticks()
        elif self.file.content is Content.QUOTES:
            yield from self._quote_bars()
        else:
            yield from self._trade_bars()

    @property
    def _family(self) -> Family:
        return family_of(self.file)

    def _symbol(self, places: int) -> StoredSymbol:
        named = _EXPIRY.search(self.member.filename) if self.file.family == "future" else None
        if self.is_one_of_many and named is None:
            raise ImportProblem(self.shown, None, "is one of several files and not named by an expiry")
        return symbol_of(self.file, named[1] if named else None, places, self.known, self.options)

    def _trade_bars(self) -> Iterator[Imported]:
        form = self._family.format
        read = lean.daily_rows if self.file.resolution == "daily" else lean.minute_trade_rows
        rows, note = self._timed(table_of_rows(read(self.shown, form, self.lines), 6))
        places, prices = fewest_places(self._family.price_places, rows[:, 1:5])
        bars = bars_of(rows[:, 0], prices, rows[:, 5])
        yield ImportedBars(self._symbol(places), _BASES[self.file.resolution], bars, note=note)

    def _quote_bars(self) -> Iterator[Imported]:
        daily = self.file.resolution == "daily"
        read = lean.quote_rows(self.shown, self._family.format, self.lines, daily=daily)
        rows, note = self._timed(table_of_rows(read, 11))
        places, prices = fewest_places(self._family.price_places, rows[:, [1, 2, 3, 4, 6, 7, 8, 9]])
        symbol, base = self._symbol(places), _BASES[self.file.resolution]
        bids = present(bars_of(rows[:, 0], prices[:, :4], rows[:, 5]))
        asks = present(bars_of(rows[:, 0], prices[:, 4:], rows[:, 10]))
        if not symbol.has_trades:
            yield ImportedBars(symbol, base, without_volume(bids), note="bars of bids, without volume")
        yield ImportedBars(symbol, base, bids, Side.BID, note)
        yield ImportedBars(symbol, base, asks, Side.ASK)

    def _ticks(self) -> Iterator[Imported]:
        form = self._family.format
        if self.file.content is Content.TRADES:
            rows, note = self._timed(table_of_rows(lean.tick_trade_rows(self.shown, form, self.lines), 3))
            places, prices = fewest_places(self._family.price_places, rows[:, 1:2])
            symbol, price = self._symbol(places), prices[:, 0]
            trades = TradeColumns(rows[:, 0], price, rows[:, 2], np.zeros(len(rows), dtype=np.int64))
            yield ImportedTicks(symbol, trades=trades, note=note)
            yield from self._built(symbol, of_prints(rows[:, 0], price, rows[:, 2]))
            return
        rows, note = self._timed(table_of_rows(lean.tick_quote_rows(self.shown, form, self.lines), 5))
        places, prices = fewest_places(self._family.price_places, rows[:, [1, 3]])
        symbol = self._symbol(places)
        quotes, crossed = best_prices(rows[:, 0], prices[:, 0], prices[:, 1], rows[:, 2], rows[:, 4])
        said = [note, f"{crossed} moments with the bid above the ask are left out" if crossed else ""]
        yield ImportedTicks(symbol, quotes=quotes, note="; ".join(part for part in said if part))
        if not symbol.has_trades:
            yield from self._built(symbol, of_prints(quotes.time, quotes.bid, np.zeros_like(quotes.time)))

    def _built(self, symbol: StoredSymbol, prints: BarColumns) -> Iterator[Imported]:
        """Bars of single ticks, where there is no file of such bars."""
        for name, base, length in (("second", SECOND, SECOND_MS), ("minute", MINUTE, MINUTE_MS)):
            content = Content.TRADES if symbol.has_trades else Content.QUOTES
            bars_file = f"{self.file.day:%Y%m%d}_{content}.zip"
            if not (self.file.market_folder / name / self.file.symbol / bars_file).is_file():
                yield ImportedBars(
                    symbol, base, built(prints, length), note=f"bars of {base} built from the ticks"
                )

    def _timed(self, rows: IntArray) -> tuple[IntArray, str]:
        """The rows with times in ms UTC, or 00:00 UTC of their days, and without those of other companies."""
        local = rows[:, 0] if self.file.day is None else rows[:, 0] + day_stamp(self.file.day)
        kept = _valid(local, self.file, self.known)
        note = "" if kept.all() else _said_of_others(self.file, self.known, int(np.count_nonzero(~kept)))
        rows, local = rows[kept], local[kept]
        if self.file.day is not None:
            local, trouble = to_utc(local, self._family.data_zone)
            if trouble is not None:
                zone = self._family.data_zone.key
                raise ImportProblem(self.shown, None, f"has a time at which the clocks of {zone} are changed")
        rows[:, 0] = local
        return rows, note


def _valid(local: IntArray, file: LeanFile, known: TickerMap | None) -> npt.NDArray[np.bool_]:
    if known is None:
        return np.ones(len(local), dtype=np.bool_)
    kept = np.zeros(len(local), dtype=np.bool_)
    for validity in known.valid(file.symbol):
        last = day_stamp(validity.last)
        kept |= (local >= day_stamp(validity.first)) & (local < last + DAY_MS)
    return kept


def _said_of_others(file: LeanFile, known: TickerMap | None, count: int) -> str:
    first = known.valid(file.symbol)[0].first if known and known.valid(file.symbol) else None
    since = f" (it is {file.symbol.upper()} since {first})" if first else ""
    return f"{count} rows are of others who had the ticker{since} and left out"
