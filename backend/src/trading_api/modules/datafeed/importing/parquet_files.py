"""Bars in Parquet files of any maker, by the same rules as those of CSV files."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from trading_api.modules.datafeed.importing.bar_table import read_table
from trading_api.modules.datafeed.importing.csv_files import scratch
from trading_api.modules.datafeed.importing.csv_shape import Roles, find_roles
from trading_api.modules.datafeed.importing.described import names_of
from trading_api.modules.datafeed.importing.finding import files_below
from trading_api.modules.datafeed.importing.imported import Imported, ImportProblem
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.importing.row_table import RowTable

_SUFFIXES = (".parquet", ".pq")
_NESTED = ("STRUCT", "MAP", "BLOB", "UNION")


class ParquetImporter:
    """Reads Parquet files; numbers that are stored as binary fractions count as they are written shortest."""

    def files(self, path: Path) -> list[Path]:
        """See Importer."""
        return files_below(path, _SUFFIXES)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Imported]:
        """See Importer."""
        if path.is_dir():
            raise ImportProblem(path, None, "is a folder where a file is expected")
        names = names_of(path, options)
        with (
            tempfile.TemporaryDirectory(prefix="trading-pro-import-") as folder,
            scratch(Path(folder)) as connection,
        ):
            header, types = _columns(path, connection)
            roles = find_roles(path, header, len(header), options.columns, None)
            with _loaded(path, connection, header, types, roles) as table:
                yield from read_table(table, names, options, _described(header, roles))


def _columns(path: Path, connection: duckdb.DuckDBPyConnection) -> tuple[list[str], list[str]]:
    try:
        found = connection.execute("DESCRIBE SELECT * FROM read_parquet($1)", [str(path)]).fetchall()
    except duckdb.Error as error:
        raise _unreadable(path, error) from error
    return [str(row[0]) for row in found], [str(row[1]) for row in found]


def _unreadable(path: Path, error: duckdb.Error) -> ImportProblem:
    reason = str(error).splitlines()[0].rstrip(".")
    return ImportProblem(path, None, f"cannot be read as Parquet ({reason[:200]})")


@contextmanager
def _loaded(
    path: Path, connection: duckdb.DuckDBPyConnection, header: list[str], types: list[str], roles: Roles
) -> Iterator[RowTable]:
    for role, numbers in roles.columns.items():
        for number in numbers:
            if types[number].startswith(_NESTED) or types[number].endswith("]"):
                raise ImportProblem(path, None, f"has {types[number][:60]} in '{header[number]}', the {role}")
    chosen = ", ".join(
        f"{' || chr(32) || '.join(_text(header[number], types[number]) for number in numbers)} AS {role}"
        for role, numbers in roles.columns.items()
    )
    try:
        connection.execute(f"CREATE TEMP TABLE raw AS SELECT {chosen} FROM read_parquet($1)", [str(path)])
    except duckdb.Error as error:
        raise _unreadable(path, error) from error
    yield RowTable(
        path,
        connection,
        "volume" in roles.columns,
        lambda row, what: ImportProblem(path, None, f"row {row + 1} {what}"),
    )


def _text(name: str, kind: str) -> str:
    quoted = name.replace('"', '""')
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"""coalesce(strftime("{quoted}", '%Y-%m-%dT%H:%M:%S.%fZ'), '')"""
    return f"""trim(coalesce(CAST("{quoted}" AS VARCHAR), ''))"""


def _described(header: list[str], roles: Roles) -> str:
    found = ", ".join(
        f"{role}={'+'.join(header[number] for number in numbers)}" for role, numbers in roles.columns.items()
    )
    ignored = ", ".join(header[number] for number in roles.ignored(len(header)))
    return f"{found}{f'; ignored: {ignored}' if ignored else ''}"
