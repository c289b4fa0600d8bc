"""The rows of a file as texts in DuckDB, their numbers checked, and their columns as integers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np

from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray
from trading_api.modules.datafeed.importing.imported import ImportProblem

PRICES = ("open", "high", "low", "close")
_COLUMNS = (*PRICES, "volume")
MOST_PRICE_PLACES = 8
MOST_SIZE_PLACES = 8
MOST_DIGITS = 18
_TINY, _PLACES_OF_TINY_PRICES = 0.01, 12
_CHUNK_ROWS = 1_000_000
_EXACT = "DECIMAL(38, 18)"
_NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?"
_ABSENT = ("", "null", "NULL", "None")
_WITHOUT = " AND ".join(f"{name} IN {_ABSENT}" for name in PRICES)
"""Rows that some vendors write for days without a trade."""


@dataclass(frozen=True)
class RowTable:
    """The table `raw` of a connection: texts `time`, `open`, `high`, `low`, `close` and maybe `volume`, in
    the order of the file at `path`; `problem` names one of its rows in a sentence."""

    path: Path
    connection: duckdb.DuckDBPyConnection
    has_volume: bool
    problem: Callable[[int, str], ImportProblem]

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that hold numbers."""
        return _COLUMNS if self.has_volume else PRICES

    def execute(self, sql: str) -> duckdb.DuckDBPyConnection:
        """An answer; raises ImportProblem where there can be none."""
        try:
            return self.connection.execute(sql)
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0].rstrip(".")
            raise ImportProblem(self.path, None, f"cannot be read ({reason[:200]})") from error

    def first(self, sql: str) -> tuple[object, ...]:
        """The first row of an answer."""
        found: tuple[object, ...] | None = self.execute(sql).fetchone()
        assert found is not None
        return found

    def column(self, sql: str) -> "np.ma.MaskedArray[tuple[int, ...], np.dtype[np.int64]]":
        """The first column of an answer as integers, absent where it has NULL."""
        values = self.execute(sql).fetchnumpy()
        return np.ma.masked_array(next(iter(values.values())), dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Kept:
    """The table `kept` of the rows that have prices: `n`, their row in `raw`, `time`, and exact numbers.

    Prices and sizes are kept with so many decimals, and written with so many; `empty` rows have no prices.
    """

    price_places: int
    size_places: int
    written_price_places: int
    written_size_places: int
    empty: int


def keep_numbers(table: RowTable, told_places: int | None) -> Kept:
    """Make `kept` of `raw`; raises ImportProblem for what is not a number that a bar can have."""
    _refuse_texts(table)
    price, size = _written_places(table)
    (highest,) = table.first(f"SELECT max(abs(TRY_CAST(high AS DOUBLE))) FROM raw WHERE NOT ({_WITHOUT})")
    if highest is None:
        raise ImportProblem(table.path, None, "holds no bars")
    most = _PLACES_OF_TINY_PRICES if float(str(highest)) < _TINY else MOST_PRICE_PLACES
    places = min(price, most) if told_places is None else told_places
    _make_kept(table, places, min(size, MOST_SIZE_PLACES))
    count, kept = (int(str(table.first(f"SELECT count(*) FROM {name}")[0])) for name in ("raw", "kept"))
    return Kept(places, min(size, MOST_SIZE_PLACES), price, size, count - kept)


def _refuse_texts(table: RowTable) -> None:
    checks = [f"min(rowid) FILTER (NOT regexp_full_match({name}, '{_NUMBER}'))" for name in table.numbers]
    bad = table.first(f"SELECT {', '.join(checks)} FROM raw WHERE NOT ({_WITHOUT})")
    rows = [(int(str(row)), name) for row, name in zip(bad, table.numbers, strict=True) if row is not None]
    if rows:
        row, name = min(rows)
        raise table.problem(row, _wrong(table, row, name, "is not a number a bar can have"))


def _wrong(table: RowTable, row: int, name: str, why: str) -> str:
    (text,) = table.first(f"SELECT {name} FROM raw WHERE rowid = {row}")
    return f"has no {name}" if text in _ABSENT else f"has '{str(text)[:60]}' for the {name}, which {why}"


def _written_places(table: RowTable) -> tuple[int, int]:
    """The most decimals of prices and of sizes, without zeros at the end."""
    found = table.first(
        f"SELECT {', '.join(_decimals(name) for name in table.numbers)} FROM raw WHERE NOT ({_WITHOUT})"
    )
    most = [min(int(str(number)), MOST_DIGITS) for number in found if number is not None]
    return max(most[: len(PRICES)], default=0), max(most[len(PRICES) :], default=0)


def _decimals(name: str) -> str:
    exact = f"CAST(TRY_CAST({name} AS {_EXACT}) AS VARCHAR)"
    plain = f"CASE WHEN contains(lower({name}), 'e') THEN {exact} ELSE {name} END"
    return f"max(length(rtrim(split_part({plain}, '.', 2), '0')))"


def _make_kept(table: RowTable, price_places: int, size_places: int) -> None:
    kinds = {
        name: f"DECIMAL({MOST_DIGITS}, {size_places if name == 'volume' else price_places})"
        for name in _COLUMNS
    }
    columns = [
        f"TRY_CAST({name if name in table.numbers else '0'} AS {kind}) AS {name}"
        for name, kind in kinds.items()
    ]
    chosen = f"rowid AS n, time, {', '.join(columns)}"
    table.execute(f"CREATE TEMP TABLE kept AS SELECT {chosen} FROM raw WHERE NOT ({_WITHOUT})")
    checks = [f"min(n) FILTER ({name} IS NULL)" for name in kinds]
    *large, negative = table.first(f"SELECT {', '.join(checks)}, min(n) FILTER (volume < 0) FROM kept")
    wrong = [(row, name, "has too many digits") for row, name in zip(large, kinds, strict=True)]
    wrong.append((negative, "volume", "cannot be negative"))
    rows = [(int(str(row)), name, why) for row, name, why in wrong if row is not None]
    if rows:
        row_in_raw, name, why = min(rows)
        raise table.problem(row_in_raw, _wrong(table, row_in_raw, name, why))


def chunks(table: RowTable, times: IntArray, *, newest_first: bool) -> Iterator[BarColumns]:
    """The bars of `kept`, ascending, some at a time; `times` are those of its rows, in the file's order."""
    units = [f"CAST(replace(CAST({name} AS VARCHAR), '.', '') AS BIGINT) AS {name}" for name in _COLUMNS]
    starts = range(0, len(times), _CHUNK_ROWS)
    for start in reversed(starts) if newest_first else starts:
        stop = min(start + _CHUNK_ROWS, len(times))
        found = table.execute(
            f"SELECT {', '.join(units)} FROM kept WHERE rowid >= {start} AND rowid < {stop}"
        ).fetchnumpy()
        step = -1 if newest_first else 1
        columns = [found[name].astype(np.int64, copy=False)[::step] for name in _COLUMNS]
        yield BarColumns(times[start:stop][::step], *columns)
