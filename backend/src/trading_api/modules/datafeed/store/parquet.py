"""Rows in Parquet files by DuckDB, with exact decimals: no number passes through a float."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from threading import Lock, local
from typing import TYPE_CHECKING

import numpy as np

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.files import sync
from trading_api.modules.datafeed.store.index import Part
from trading_api.modules.datafeed.store.tables import Columns, Places, Table

if TYPE_CHECKING:
    import duckdb

MOST_UNITS = 10**18
"""Columns hold numbers of less than this many units."""
_ROWS_OF_A_GROUP = 8_192
_AS_STORED = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROWS_OF_A_GROUP}"
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "256MB",
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class ParquetFiles:
    """Reads and writes files of rows; from any thread, each having a connection of its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._database: duckdb.DuckDBPyConnection | None = None
        self._of_thread = local()

    def write(self, path: Path, table: Table, rows: Columns, places: Places) -> None:
        """A file with `rows`, which are in units of `places`; on the disk when this returns."""
        copy_rows(self._connection(), path, table, rows, places, form=_AS_STORED)
        sync(path)

    def read(
        self, files: Sequence[tuple[Path, Part]], table: Table, places: Places, start: int, stop: int
    ) -> dict[str, IntArray]:
        """The rows of `files` with start <= time < stop, in units of `places`, which has no fewer decimals.

        Raises FileNotFoundError for a file that is gone, and StoreProblem for a damaged one.
        """
        names = ("time", *table.columns)
        found = [dict.fromkeys(names, np.zeros(0, np.int64))]
        for written, group in groupby(files, key=lambda file: file[1].places):
            same = list(group)
            largest = max(part.largest for _, part in same)
            columns = ", ".join(
                _units_of_decimal(name, written.of(scale), places.of(scale), largest)
                for name, scale in table.columns.items()
            )
            query = f"SELECT time, {columns} FROM read_parquet(?) WHERE time >= ? AND time < ?"  # noqa: S608
            found.append(self._select(query, [path for path, _ in same], start, stop))
        if len(found) == 2:
            return found[1]
        return {name: np.concatenate([rows[name] for rows in found]) for name in names}

    def _select(self, query: str, paths: list[Path], start: int, stop: int) -> dict[str, IntArray]:
        import duckdb  # noqa: PLC0415

        try:
            values = [[str(path) for path in paths], start, stop]
            return self._connection().execute(query, values).fetchnumpy()
        except duckdb.Error as error:
            gone = next((path for path in paths if not path.exists()), None)
            if gone is not None:
                raise FileNotFoundError(gone) from error
            damaged = next((path for path in paths if str(path) in str(error)), paths[0].parent)
            raise StoreProblem(damaged, f"cannot be read as Parquet ({_first_line(error)})") from error

    def _connection(self) -> "duckdb.DuckDBPyConnection":
        found: duckdb.DuckDBPyConnection | None = getattr(self._of_thread, "connection", None)
        if found is None:
            found = self._of_thread.connection = self._opened().cursor()
        return found

    def _opened(self) -> "duckdb.DuckDBPyConnection":
        # Imported when needed: it takes 40 MB that a market without a store can do without.
        import duckdb  # noqa: PLC0415

        with self._lock:
            if self._database is None:
                self._database = duckdb.connect(config=_CONFIG)
            return self._database

    def open(self) -> None:
        """Load the library and connect."""
        self._opened()

    def close(self) -> None:
        """Let go of all connections."""
        with self._lock:
            if self._database is not None:
                self._database.close()
            self._database = None
            self._of_thread = local()


def write_table(path: Path, table: Table, rows: Columns, places: Places, time: str, form: str) -> None:
    """A file for others: `form` is what COPY calls it, and `time` how that column is to be written.

    Raises StoreProblem if it cannot be written.
    """
    import duckdb  # noqa: PLC0415

    with duckdb.connect(config=_CONFIG) as connection:
        copy_rows(connection, path, table, rows, places, time, form)


def copy_rows(
    connection: "duckdb.DuckDBPyConnection",
    path: Path,
    table: Table,
    rows: Columns,
    places: Places,
    time: str = "time",
    form: str = "FORMAT parquet",
) -> None:
    """Write `rows`, which are in units of `places`, to a new file; raises StoreProblem if that fails."""
    import duckdb  # noqa: PLC0415

    columns = ", ".join(_decimal_of_units(name, places.of(scale)) for name, scale in table.columns.items())
    arrays = {name: np.ascontiguousarray(rows[name]) for name in ("time", *table.columns)}
    connection.register("rows", arrays)
    try:
        query = f"SELECT {time} AS time, {columns} FROM rows"  # noqa: S608
        connection.execute(f"COPY ({query}) TO '{_quoted(path)}' ({form})")
    except duckdb.Error as error:
        raise StoreProblem(path, f"cannot be written ({_first_line(error)})") from error
    finally:
        connection.unregister("rows")


def _decimal_of_units(name: str, places: int) -> str:
    unit = f"0.{'1'.rjust(places, '0')}" if places else "1"
    exact = f"CAST({name} AS DECIMAL(18, 0)) * CAST({unit} AS DECIMAL(19, {places}))"
    return f"CAST({exact} AS DECIMAL(18, {places})) AS {name}"


def _units_of_decimal(name: str, written: int, places: int, largest: int) -> str:
    """Multiplied as 18 digits where that is enough for the `largest` number, since it is the quickest."""
    factor = 10**written
    if largest * factor < MOST_UNITS:
        units = f"CAST({name} * {factor} AS BIGINT)"
    elif factor * factor <= MOST_UNITS:
        units = f"(CAST(trunc({name}) AS BIGINT) * {factor} + CAST(({name} % 1) * {factor} AS BIGINT))"
    else:
        units = f"CAST(CAST({name} AS DECIMAL(38, {written})) * {factor} AS BIGINT)"
    return f"{units} * {10 ** (places - written)} AS {name}"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].removesuffix(".")
