"""Klines as Binance publishes them: `BTCUSDT-1m-2024-08.zip`, with or without a header, in ms or us."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from trading_api.modules.datafeed.bars.resolution import DAY, MINUTE, SECOND, Resolution
from trading_api.modules.datafeed.importing.bar_table import read_table
from trading_api.modules.datafeed.importing.csv_files import described, loaded
from trading_api.modules.datafeed.importing.csv_shape import read_shape
from trading_api.modules.datafeed.importing.described import names_of
from trading_api.modules.datafeed.importing.finding import files_below
from trading_api.modules.datafeed.importing.imported import Imported, ImportProblem
from trading_api.modules.datafeed.importing.options import BAR_COLUMNS, ImportOptions
from trading_api.modules.datafeed.importing.pairs import pair_of
from trading_api.modules.datafeed.importing.text_file import plain_copy

_WIDTH = 12
_NAME = re.compile(r"(?P<symbol>[A-Z0-9]+)-(?P<interval>\d+(?:s|m|h|d|w|mo))-\d{4}-\d{2}(?:-\d{2})?\..*")
_BASES = {"1s": SECOND, "1m": MINUTE, "1d": DAY}
_PERPETUALS = "um"
"""Folder of the futures that are margined in a stable coin."""


class KlineImporter:
    """Reads klines; symbol and interval are those of the file's name where they are not told."""

    def files(self, path: Path) -> list[Path]:
        """See Importer; in folders only files that are named as Binance names them."""
        found = files_below(path, (".csv", ".zip", ".csv.gz"))
        return found if path.is_file() else _named(path, found)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Imported]:
        """See Importer."""
        told = _told(path, options)
        names = names_of(path, told)
        with plain_copy(path) as copy:
            shape = read_shape(path, copy, told)
            if shape.width != _WIDTH:
                raise ImportProblem(path, 1, f"has {shape.width} columns, and klines have {_WIDTH}")
            with loaded(path, copy, shape) as table:
                yield from read_table(table, names, told, described(shape))


def _named(folder: Path, files: list[Path]) -> list[Path]:
    named = [path for path in files if _NAME.fullmatch(path.name)]
    if not named:
        raise ImportProblem(folder, None, "holds no files with names like BTCUSDT-1m-2024-08.zip")
    return named


def _told(path: Path, options: ImportOptions) -> ImportOptions:
    """The options with what the name of the file tells."""
    named = _NAME.fullmatch(path.name)
    if named is None and (options.symbol is None or options.resolution is None):
        raise ImportProblem(
            path, None, "has no name like BTCUSDT-1m-2024-08.zip, so symbol and resolution must be told"
        )
    symbol = options.symbol or (named["symbol"] if named else "")
    if options.symbol is None and _PERPETUALS in path.resolve().parts:
        symbol = f"{symbol}.P"
    exchange, _, ticker = symbol.rpartition(":")
    base, quote = pair_of(ticker.removesuffix(".P"))
    return replace(
        options,
        symbol=symbol,
        exchange=options.exchange or exchange or "BINANCE",
        currency=options.currency or quote,
        description=options.description or f"{base} against {quote} at Binance",
        resolution=options.resolution or _base(path, named["interval"] if named else ""),
        columns={role: str(number) for number, role in enumerate(BAR_COLUMNS, start=1)},
    )


def _base(path: Path, interval: str) -> Resolution:
    if interval not in _BASES:
        known = ", ".join(_BASES)
        raise ImportProblem(
            path, None, f"holds klines of {interval}; those of {known} are stored and give all others"
        )
    return _BASES[interval]
