"""Writing to the store: everything of a batch counts at once, or nothing of it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

import numpy as np
import orjson

from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray
from trading_api.modules.datafeed.bars.resolution import Resolution
from trading_api.modules.datafeed.store.actions import ACTIONS_FILE, dump_actions, read_actions
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.files import DRAFT_SUFFIX, sync, write_turn, write_whole
from trading_api.modules.datafeed.store.index import INDEX_FILE, Index, dump_index, read_index
from trading_api.modules.datafeed.store.merging import ordered
from trading_api.modules.datafeed.store.parquet import MOST_UNITS, ParquetFiles
from trading_api.modules.datafeed.store.series import SeriesWriter, remove_unlisted, rescaled
from trading_api.modules.datafeed.store.sources import Source, dump_source, source_path
from trading_api.modules.datafeed.store.symbols import INSTRUMENT_FILE, StoredSymbol, dump_symbol, read_symbol
from trading_api.modules.datafeed.store.tables import (
    BUILT_DAYS,
    QUOTE_SERIES,
    TRADE_SERIES,
    Places,
    QuoteColumns,
    Side,
    TradeColumns,
    bar_series,
    columns_of,
    table_of,
)

COMMIT_FILE = "commit.json"
Rows: TypeAlias = BarColumns | TradeColumns | QuoteColumns


@dataclass(frozen=True, slots=True)
class Written:
    """Rows that were given, and how many of them are new or replace others."""

    rows: int = 0
    added: int = 0
    changed: int = 0

    def __add__(self, other: "Written") -> "Written":
        return Written(self.rows + other.rows, self.added + other.added, self.changed + other.changed)


@dataclass(slots=True)
class _Change:
    """What is to be written of one symbol."""

    symbol: StoredSymbol
    rows: dict[str, list[tuple[Places, Rows]]] = field(default_factory=dict)
    actions: Sequence[CorporateAction] | None = None
    days: tuple[BarColumns, str] | None = None


class Batch:
    """What is to be written together; nothing of it is there before `commit`."""

    def __init__(self, root: Path, parquet: ParquetFiles, source: Source | None = None) -> None:
        self._root = root
        self._parquet = parquet
        self._source = source
        self._changes: dict[str, _Change] = {}

    def bars(self, symbol: StoredSymbol, base: Resolution, bars: BarColumns, side: Side = Side.TRADE) -> None:
        """Bars in the units of `symbol`; each replaces the one of its time."""
        self._add(symbol, bar_series(base, side), bars)

    def ticks(
        self, symbol: StoredSymbol, trades: TradeColumns | None = None, quotes: QuoteColumns | None = None
    ) -> None:
        """Ticks in the units of `symbol`; they replace all of their kind between the first and the last."""
        self._add(symbol, TRADE_SERIES, trades)
        self._add(symbol, QUOTE_SERIES, quotes)

    def actions(self, symbol: StoredSymbol, actions: Sequence[CorporateAction]) -> None:
        """All corporate actions that are known of `symbol`."""
        self._change(symbol).actions = tuple(sorted(actions, key=lambda action: action.ex_date))

    def days(self, symbol: StoredSymbol, bars: BarColumns, made_of: str) -> None:
        """All its built days in place of those that were there, with what tells from what they were made."""
        self._change(symbol).days = (bars, made_of)

    @property
    def symbols(self) -> list[str]:
        """EXCHANGE:TICKER of what is to be written."""
        return list(self._changes)

    def commit(self) -> Written:
        """Write all of it; raises StoreProblem, and then nothing is written."""
        with write_turn(self._root):
            try:
                finish_commit(self._root)
                return self._committed()
            except OSError as error:
                raise StoreProblem(self._root, f"cannot be written ({error.strerror})") from error

    def _add(self, symbol: StoredSymbol, series: str, rows: Rows | None) -> None:
        if rows is not None and len(rows):
            self._change(symbol).rows.setdefault(series, []).append((symbol.places, rows))

    def _change(self, symbol: StoredSymbol) -> _Change:
        change = self._changes.setdefault(symbol.key, _Change(symbol))
        change.symbol = change.symbol.with_places_of(symbol)
        return change

    def _committed(self) -> Written:
        drafts = Drafts(self._root)
        writers = [_SymbolWriter(self._root, self._parquet, change) for change in self._changes.values()]
        try:
            written = sum((writer.draft(drafts, self._source) for writer in writers), Written())
            if self._source is not None:
                drafts.add(source_path(self._root, self._source), dump_source(self._source, self.symbols))
        except BaseException:
            drafts.discard()
            for writer in writers:
                writer.tidy(writer.before)
            raise
        drafts.keep()
        for writer in writers:
            writer.tidy(writer.after)
        return written


class _SymbolWriter:
    def __init__(self, root: Path, parquet: ParquetFiles, change: _Change) -> None:
        self._folder = root / change.symbol.exchange / change.symbol.ticker
        self._parquet = parquet
        self._change = change
        self.before = self.after = read_index(self._folder)

    def draft(self, drafts: "Drafts", source: Source | None) -> Written:
        """Write the new files and drafts of those that name them."""
        known = (self._folder / INSTRUMENT_FILE).exists()
        before = read_symbol(self._folder) if known else self._change.symbol
        symbol = before.with_places_of(self._change.symbol)
        if symbol.places != before.places:
            self._require_room(before.places, symbol.places)
        written = Written()
        for series, given in self._change.rows.items():
            written += self._merge(series, given, symbol.places)
        if self._change.days is not None:
            self._replace_days(*self._change.days, symbol.places)
        if source is not None:
            self.after = self.after.with_source(source.digest)
        if not known or symbol != before:
            drafts.add(self._folder / INSTRUMENT_FILE, dump_symbol(symbol))
        if self._change.actions is not None and self._change.actions != read_actions(self._folder):
            drafts.add(self._folder / ACTIONS_FILE, dump_actions(self._change.actions))
        if self.after != self.before:
            drafts.add(self._folder / INDEX_FILE, dump_index(self.after))
        return written

    def tidy(self, index: Index) -> None:
        """Remove what this and earlier, interrupted commits left behind in the series they wrote."""
        for series in (*self._change.rows, *([BUILT_DAYS] if self._change.days is not None else [])):
            remove_unlisted(self._folder / series, index.parts(series))

    def _merge(self, series: str, given: list[tuple[Places, Rows]], places: Places) -> Written:
        table = table_of(series)
        parts = [rescaled(self._folder / series, table, columns_of(rows), own, places) for own, rows in given]
        rows: dict[str, IntArray] = {
            name: np.concatenate([part[name] for part in parts]) for name in parts[0]
        }
        writer = SeriesWriter(self._parquet, self._folder, series, places)
        merged = writer.merge(self.after.parts(series), ordered(table, rows))
        self.after = self.after.with_parts(series, merged.parts)
        return Written(len(rows["time"]), merged.added, merged.changed)

    def _replace_days(self, bars: BarColumns, made_of: str, places: Places) -> None:
        writer = SeriesWriter(self._parquet, self._folder, BUILT_DAYS, places)
        rows = rescaled(
            self._folder, table_of(BUILT_DAYS), columns_of(bars), self._change.symbol.places, places
        )
        self.after = replace(self.after.with_parts(BUILT_DAYS, writer.merge((), rows).parts), days_of=made_of)

    def _require_room(self, old: Places, new: Places) -> None:
        factor = 10 ** max(new.price - old.price, new.size - old.size)
        for series, parts in self.before.series.items():
            if any(part.largest * factor >= MOST_UNITS for part in parts):
                raise StoreProblem(
                    self._folder / series,
                    f"its numbers have no room for {new.price} decimals of prices and {new.size} of sizes",
                )


class Drafts:
    """New contents of files, which replace the old ones all at once; see `finish_commit`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._paths: list[Path] = []

    def add(self, path: Path, content: bytes) -> None:
        """`path` is to hold `content`."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = _draft_of(path)
        draft.write_bytes(content)
        sync(draft)
        sync(draft.parent)
        self._paths.append(path)

    def keep(self) -> None:
        """Replace all of them: from the moment their list is written, also if this process ends."""
        if not self._paths:
            return
        names = [str(path.relative_to(self._root)) for path in self._paths]
        write_whole(self._root / COMMIT_FILE, orjson.dumps(names))
        finish_commit(self._root)

    def discard(self) -> None:
        """Forget all of them."""
        for path in self._paths:
            _draft_of(path).unlink(missing_ok=True)


def finish_commit(root: Path) -> None:
    """Do what an interrupted commit had decided; to be called by who has the turn to write."""
    record = root / COMMIT_FILE
    try:
        names: list[str] = orjson.loads(record.read_bytes())
    except FileNotFoundError:
        return
    except ValueError as error:
        raise StoreProblem(record, "does not list the files of a commit") from error
    for name in names:
        path = root / name
        if _draft_of(path).exists():
            os.replace(_draft_of(path), path)
            sync(path.parent)
    record.unlink()
    sync(root)


def _draft_of(path: Path) -> Path:
    return path.with_name(path.name + DRAFT_SUFFIX)
