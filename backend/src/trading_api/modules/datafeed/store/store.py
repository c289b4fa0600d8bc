"""The bars store of one folder: what is in it, its rows, and writing to it."""

import os
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeAlias, TypeVar

from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray
from trading_api.modules.datafeed.bars.resolution import Resolution
from trading_api.modules.datafeed.store.actions import read_actions
from trading_api.modules.datafeed.store.commit import COMMIT_FILE, Batch, Written, finish_commit
from trading_api.modules.datafeed.store.errors import NameProblem, StoreProblem
from trading_api.modules.datafeed.store.files import write_turn
from trading_api.modules.datafeed.store.index import INDEX_FILE, Index, read_index
from trading_api.modules.datafeed.store.parquet import ParquetFiles
from trading_api.modules.datafeed.store.sources import Source, symbols_of_source
from trading_api.modules.datafeed.store.symbols import StoredSymbol, read_symbol, stored_name
from trading_api.modules.datafeed.store.tables import (
    BARS,
    BUILT_DAYS,
    QUOTE_SERIES,
    QUOTES,
    TRADE_SERIES,
    TRADES,
    Places,
    QuoteColumns,
    Side,
    Table,
    TradeColumns,
    bar_series,
)

_KNOWN_INDEXES = 128
"""One of many years of minutes takes 50 kB."""
_ATTEMPTS = 5
IndexVersion: TypeAlias = tuple[int, int, int]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Listing:
    """The symbols of a store, by name, and what is wrong with folders that hold none."""

    symbols: tuple[StoredSymbol, ...]
    problems: tuple[StoreProblem, ...]


class BarStore:
    """Rows by symbol and series, in the units of the symbol as `symbol` tells it.

    It may be used from any thread, and by several processes at once: readers see whole commits, as of the
    moment of the call. All of its methods raise StoreProblem for what is damaged or cannot be written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._parquet = ParquetFiles()
        self._lock = Lock()
        self._indexes: OrderedDict[Path, tuple[IndexVersion, Index]] = OrderedDict()

    def names(self) -> list[tuple[str, str]]:
        """Exchange and ticker of every folder of a symbol, in order; some may be damaged."""
        if (self.root / COMMIT_FILE).exists():
            with write_turn(self.root):
                finish_commit(self.root)
        return _symbol_folders(self.root)

    def listing(self) -> Listing:
        """Every symbol; a folder that is damaged is a problem and no symbol."""
        symbols, problems = [], []
        for exchange, ticker in self.names():
            try:
                symbols.append(read_symbol(self.root / exchange / ticker))
            except StoreProblem as problem:
                problems.append(problem)
        return Listing(tuple(symbols), tuple(problems))

    def symbols(self) -> list[StoredSymbol]:
        """Every symbol that is not damaged, by exchange and ticker."""
        return list(self.listing().symbols)

    def symbol(self, exchange: str, ticker: str) -> StoredSymbol | None:
        """The symbol of this name, if there is one."""
        folder = self.folder(exchange, ticker)
        return read_symbol(folder) if folder.is_dir() else None

    def folder(self, exchange: str, ticker: str) -> Path:
        """Where a symbol is kept; NameProblem for what cannot be a name."""
        for name in (exchange, ticker):
            if stored_name(name) != name:
                raise NameProblem(f"'{name}' is not written as it is stored, '{stored_name(name)}'")
        return self.root / exchange / ticker

    def index(self, exchange: str, ticker: str) -> Index:
        """Which files it has and what is in them; read again only when it has changed."""
        folder = self.folder(exchange, ticker)
        version = _version(folder / INDEX_FILE)
        if version is None:
            return Index()
        with self._lock:
            known = self._indexes.get(folder)
            if known is not None and known[0] == version:
                self._indexes.move_to_end(folder)
                return known[1]
        index = read_index(folder)
        with self._lock:
            self._indexes[folder] = (version, index)
            if len(self._indexes) > _KNOWN_INDEXES:
                self._indexes.popitem(last=False)
        return index

    def version_of(self, exchange: str, ticker: str) -> IndexVersion | None:
        """Another one after each commit that changes the symbol; None where there is none."""
        return _version(self.folder(exchange, ticker) / INDEX_FILE)

    def version(self) -> IndexVersion | None:
        """Another one after each commit; costs no more than one look at the disk."""
        return _version(self.root)

    def first(self, exchange: str, ticker: str, base: Resolution, side: Side = Side.TRADE) -> int | None:
        """Time of the oldest bar of `base`, ms UTC."""
        return self.index(exchange, ticker).first(bar_series(base, side))

    def last(self, exchange: str, ticker: str, base: Resolution, side: Side = Side.TRADE) -> int | None:
        """Time of the newest bar of `base`, ms UTC."""
        return self.index(exchange, ticker).last(bar_series(base, side))

    def rows(
        self,
        exchange: str,
        ticker: str,
        base: Resolution,
        start: int,
        stop: int,
        side: Side = Side.TRADE,
        places: Places | None = None,
    ) -> BarColumns:
        """Bars of `base` with start <= time < stop, ascending; in units of `places` if they are given."""
        found = self._read(exchange, ticker, bar_series(base, side), BARS, start, stop, places)
        return BarColumns(**found)

    def built_days(
        self, exchange: str, ticker: str, start: int, stop: int, places: Places | None = None
    ) -> BarColumns:
        """Built days with start <= time < stop; see `built_days.py` for whether they are still true."""
        return BarColumns(**self._read(exchange, ticker, BUILT_DAYS, BARS, start, stop, places))

    def trades(
        self, exchange: str, ticker: str, start: int, stop: int, places: Places | None = None
    ) -> TradeColumns:
        """Trades with start <= time < stop, in recorded order."""
        return TradeColumns(**self._read(exchange, ticker, TRADE_SERIES, TRADES, start, stop, places))

    def quotes(
        self, exchange: str, ticker: str, start: int, stop: int, places: Places | None = None
    ) -> QuoteColumns:
        """Quotes with start <= time < stop, in recorded order."""
        return QuoteColumns(**self._read(exchange, ticker, QUOTE_SERIES, QUOTES, start, stop, places))

    def actions(self, exchange: str, ticker: str) -> tuple[CorporateAction, ...]:
        """Its corporate actions, oldest first."""
        return read_actions(self.folder(exchange, ticker))

    def batch(self, source: Source | None = None) -> Batch:
        """What is to be written together, `source` being where it comes from."""
        return Batch(self.root, self._parquet, source)

    def write(
        self, symbol: StoredSymbol, base: Resolution, bars: BarColumns, side: Side = Side.TRADE
    ) -> Written:
        """Bars in the units of `symbol`; each replaces the one of its time."""
        batch = self.batch()
        batch.bars(symbol, base, bars, side)
        return batch.commit()

    def write_ticks(
        self, symbol: StoredSymbol, trades: TradeColumns | None = None, quotes: QuoteColumns | None = None
    ) -> Written:
        """Ticks in the units of `symbol`; they replace all of their kind between the first and the last.

        Who writes as they come must keep those of the newest millisecond until it is over.
        """
        batch = self.batch()
        batch.ticks(symbol, trades, quotes)
        return batch.commit()

    def write_actions(self, symbol: StoredSymbol, actions: Sequence[CorporateAction]) -> None:
        """All corporate actions that are known of `symbol`."""
        batch = self.batch()
        batch.actions(symbol, actions)
        batch.commit()

    def has(self, source: Source) -> bool:
        """Whether `source` has been taken in, and all its symbols are still there."""
        symbols = symbols_of_source(self.root, source)
        if symbols is None:
            return False
        names = (symbol.split(":", 1) for symbol in symbols)
        return all(source.digest in self.index(exchange, ticker).sources for exchange, ticker in names)

    def open(self) -> None:
        """Get ready to read, which the first reader would have to wait for otherwise."""
        self._parquet.open()

    def close(self) -> None:
        """Let go of what reading needs."""
        self._parquet.close()

    def _read(
        self,
        exchange: str,
        ticker: str,
        series: str,
        table: Table,
        start: int,
        stop: int,
        places: Places | None,
    ) -> dict[str, IntArray]:
        folder = self.folder(exchange, ticker)

        def attempt() -> dict[str, IntArray]:
            parts = self.index(exchange, ticker).parts(series)
            wanted = [part for part in parts if part.first < stop and part.last >= start]
            units = places or (read_symbol(folder).places if wanted else Places(0, 0))
            finer = next(
                (p for p in wanted if p.places.price > units.price or p.places.size > units.size), None
            )
            if finer is not None:
                raise StoreProblem(folder, "its numbers have more decimals than when it was first read")
            files = [(folder / series / part.file, part) for part in wanted]
            return self._parquet.read(files, table, units, start, stop)

        return _while_files_are_replaced(folder, attempt)


def _while_files_are_replaced(folder: Path, attempt: Callable[[], Found]) -> Found:
    """What `attempt` finds, which is repeated when a commit takes away the files it was about to read."""
    for _ in range(_ATTEMPTS):
        try:
            return attempt()
        except FileNotFoundError as error:
            missing = Path(str(error))
    raise StoreProblem(folder, f"its file {missing.name} is missing")


def _version(path: Path) -> IndexVersion | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def _symbol_folders(root: Path) -> list[tuple[str, str]]:
    """The folders of symbols, by name; those that begin with a dot are the store's own."""
    exchanges = [name for name in _folders(root) if not name.startswith(".")]
    return [(exchange, name) for exchange in exchanges for name in _folders(root / exchange)]


def _folders(path: Path) -> list[str]:
    try:
        with os.scandir(path) as entries:
            return sorted(entry.name for entry in entries if entry.is_dir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreProblem(path, f"cannot be read ({error.strerror})") from error
