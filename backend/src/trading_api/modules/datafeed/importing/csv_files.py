"""Bars in CSV files of any maker, read by DuckDB; its columns and zone told, or guessed and shown."""

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

import duckdb

from trading_api.modules.datafeed.importing.bar_table import read_table
from trading_api.modules.datafeed.importing.csv_shape import DELIMITERS, Shape, read_shape
from trading_api.modules.datafeed.importing.described import names_of
from trading_api.modules.datafeed.importing.finding import files_below
from trading_api.modules.datafeed.importing.imported import Imported, ImportProblem
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.importing.row_table import RowTable
from trading_api.modules.datafeed.importing.text_file import plain_copy

_SUFFIXES = (".csv", ".txt", ".tsv", ".csv.gz", ".csv.zip")
_MEMORY = "1GB"


class CsvImporter:
    """Reads CSV files, plain or packed with gzip or zip."""

    def files(self, path: Path) -> list[Path]:
        """See Importer."""
        return files_below(path, _SUFFIXES)

    def read(self, path: Path, options: ImportOptions) -> Iterator[Imported]:
        """See Importer."""
        names = names_of(path, options)
        with plain_copy(path) as copy:
            shape = read_shape(path, copy, options)
            with loaded(path, copy, shape) as table:
                yield from read_table(table, names, options, described(shape))


@contextmanager
def loaded(path: Path, copy: Path, shape: Shape) -> Iterator[RowTable]:
    """The rows of `copy`, which was made of `path`; raises ImportProblem for a row with too few or many."""
    with scratch(copy.parent) as connection:
        columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(shape.width))
        chosen = ", ".join(
            f"{_text(numbers, shape, role)} AS {role}" for role, numbers in shape.roles.columns.items()
        )
        try:
            connection.execute(
                f"CREATE TEMP TABLE raw AS SELECT {chosen} FROM read_csv($1, auto_detect = false,"
                f" header = false, skip = {shape.above}, delim = $2, quote = '\"', escape = '\"',"
                f" new_line = '\\n', columns = {{{columns}}}, strict_mode = true, null_padding = false,"
                " store_rejects = true)",
                [str(copy), shape.delimiter],
            )
        except duckdb.Error as error:
            raise ImportProblem(path, None, f"cannot be read as CSV ({_first_line(error)})") from error
        _refuse_rejects(path, connection)
        yield RowTable(
            path, connection, "volume" in shape.roles.columns, partial(_problem, path, copy, shape)
        )


@contextmanager
def scratch(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory, which spills to `folder`."""
    settings: dict[str, str | bool | int | float | list[str]]
    settings = {
        "memory_limit": _MEMORY,
        "temp_directory": str(folder / "spilled"),
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def _text(numbers: tuple[int, ...], shape: Shape, role: str) -> str:
    parts = " || ' ' || ".join(f"trim(coalesce(c{number}, ''))" for number in numbers)
    return f"replace({parts}, ',', '.')" if shape.decimal_comma and role != "time" else parts


def _refuse_rejects(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    found = connection.execute(
        "SELECT line, error_message, csv_line FROM reject_errors ORDER BY line, column_idx LIMIT 1"
    ).fetchone()
    if found is not None:
        line, message, text = found
        what = f"is no row of the others' columns: '{str(text)[:60]}' ({_sentence(str(message))})"
        raise ImportProblem(path, int(line), what)


def _first_line(error: duckdb.Error) -> str:
    return _sentence(str(error))


def _sentence(text: str) -> str:
    return text.splitlines()[0].strip().rstrip(".") if text.strip() else "no reason given"


def _problem(path: Path, copy: Path, shape: Shape, row: int, what: str) -> ImportProblem:
    """The row is looked for only now that its line is needed."""
    with copy.open(encoding="utf-8", newline="") as stream:
        for _ in islice(stream, shape.above):
            pass
        reader = csv.reader(stream, delimiter=shape.delimiter)
        filled = (reader.line_num for cells in reader if cells)
        line = next(islice(filled, row, None), None)
    return ImportProblem(path, None if line is None else line + shape.above, what)


def described(shape: Shape) -> str:
    """The layout, for whoever imports."""
    named = shape.header or [f"column {number + 1}" for number in range(shape.width)]
    roles = ", ".join(
        f"{role}={'+'.join(named[number] for number in numbers)}"
        for role, numbers in shape.roles.columns.items()
    )
    ignored = ", ".join(named[number] or "''" for number in shape.roles.ignored(shape.width))
    divided = DELIMITERS.get(shape.delimiter, repr(shape.delimiter))
    head = "" if shape.header else ", no header"
    comma = ", decimal comma" if shape.decimal_comma else ""
    return f"{divided}{head}{comma}; {roles}{f'; ignored: {ignored}' if ignored else ''}"
