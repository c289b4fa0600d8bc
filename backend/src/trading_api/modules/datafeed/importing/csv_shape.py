"""How a CSV file is laid out: what divides its columns, whether they are named, and which one is what."""

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from trading_api.modules.datafeed.importing.imported import ImportProblem
from trading_api.modules.datafeed.importing.options import BAR_COLUMNS, ImportOptions

NEEDED = BAR_COLUMNS[:5]
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_HEAD_BYTES = 65_536
_MOST_LINES_ABOVE = 10
_NUMBER = re.compile(r"[+-]?\d*[.,]?\d+([eE][+-]?\d+)?")
_NAMES: dict[str, tuple[str, ...]] = {
    "time": (
        "timestamp",
        "unix",
        "unixtime",
        "epoch",
        "opentime",
        "datetime",
        "gmttime",
        "date",
        "time",
        "ts",
    ),
    "open": ("open", "openprice", "o", "first"),
    "high": ("high", "highprice", "h"),
    "low": ("low", "lowprice", "l"),
    "close": ("close", "closeprice", "c", "last", "closelast", "price", "settle"),
    "volume": ("volume", "vol", "v", "tickvol", "tickvolume"),
}
"""Names that columns go by, small letters and digits only, the most telling first."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Which column is what: numbers of columns, from 0. A time may be a date and a time of day."""

    columns: Mapping[str, tuple[int, ...]]

    def ignored(self, width: int) -> list[int]:
        """The columns that are nothing of a bar."""
        used = {number for numbers in self.columns.values() for number in numbers}
        return [number for number in range(width) if number not in used]


@dataclass(frozen=True, slots=True)
class Shape:
    """The layout of a file; `above` lines come before its rows, the last of them being the header."""

    delimiter: str
    above: int
    header: tuple[str, ...] | None
    width: int
    roles: Roles
    decimal_comma: bool


def read_shape(path: Path, copy: Path, options: ImportOptions) -> Shape:
    """The layout as told, or as the first lines show it; raises ImportProblem, which names `path`."""
    delimiter, rows = _divided(path, _head(copy), options.delimiter)
    width = Counter(len(row) for _, row in rows).most_common(1)[0][0]
    above = next(index for index, (_, row) in enumerate(rows) if len(row) == width)
    line, first = rows[above]
    if above > _MOST_LINES_ABOVE:
        raise ImportProblem(path, line, f"is the first line with {width} columns")
    header = _header(first)
    roles = find_roles(path, header, width, options.columns, line)
    body = [row for _, row in rows[above + (header is not None) :] if len(row) == width]
    comma = delimiter != "," and _has_decimal_commas(body, roles)
    lines_above = line if header is not None else line - 1
    return Shape(delimiter, lines_above, header, width, roles, comma)


def _head(copy: Path) -> list[str]:
    with copy.open("rb") as stream:
        block = stream.read(_HEAD_BYTES)
    text = block.decode("utf-8", "ignore")
    lines = text.split("\n")
    return lines if len(block) < _HEAD_BYTES or len(lines) == 1 else lines[:-1]


def _divided(path: Path, lines: list[str], told: str | None) -> tuple[str, list[tuple[int, list[str]]]]:
    """What divides the columns best, and the rows with the numbers of their lines."""
    if told is not None and len(told) != 1:
        raise ImportProblem(path, None, f"cannot have '{told[:20]}' between its columns, only one sign")
    best, rows_of_best, delimiter_of_best = (False, 0.0, 0), list[tuple[int, list[str]]](), ""
    for delimiter in [told] if told else DELIMITERS:
        rows = _rows(lines, delimiter)
        width, count = Counter(len(row) for _, row in rows).most_common(1)[0] if rows else (0, 0)
        found = (width >= len(NEEDED), count / max(len(rows), 1), width)
        if width > 1 and found > best:
            best, rows_of_best, delimiter_of_best = found, rows, delimiter
    if not rows_of_best:
        between = repr(told) if told else "comma, semicolon, tab or bar"
        raise ImportProblem(path, 1, f"has no columns: no {between} divides '{lines[0][:60]}'")
    return delimiter_of_best, rows_of_best


def _rows(lines: list[str], delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader([f"{line}\n" for line in lines], delimiter=delimiter)
    try:
        return [(reader.line_num, row) for row in reader if row]
    except csv.Error:
        return []


def _header(row: Sequence[str]) -> tuple[str, ...] | None:
    """The names of the columns; None for a row of values."""
    numbers = sum(_NUMBER.fullmatch(cell.strip()) is not None for cell in row)
    return None if numbers >= len(NEEDED) - 1 else tuple(cell.strip() for cell in row)


def find_roles(
    path: Path, header: Sequence[str] | None, width: int, told: Mapping[str, str], line: int | None
) -> Roles:
    """Which column is what, as told or by the names in the header; raises ImportProblem for one it lacks."""
    wrong = next((role for role in told if role not in BAR_COLUMNS), None)
    if wrong is not None:
        raise ImportProblem(
            path, None, f"cannot have a column for '{wrong}', only for {', '.join(BAR_COLUMNS)}"
        )
    if header is None and not told:
        return _by_custom(path, width, line)
    found: dict[str, tuple[int, ...]] = {}
    for role in BAR_COLUMNS:
        if role in told:
            found[role] = tuple(_told(path, part, header, width, line) for part in told[role].split("+"))
        elif header is not None and (guessed := _guessed(role, header)):
            found[role] = guessed
    missing = [role for role in NEEDED if role not in found]
    if missing:
        has = ", ".join(header) if header else f"{width} columns without names"
        raise ImportProblem(path, line, f"has no column for {' and '.join(missing)} (it has: {has[:200]})")
    return Roles(found)


def _by_custom(path: Path, width: int, line: int | None) -> Roles:
    """Columns without names: time, open, high, low, close and, where there is one more, volume."""
    if width not in {len(NEEDED), len(BAR_COLUMNS)}:
        raise ImportProblem(path, line, f"has {width} columns without names: it must be told which is what")
    return Roles({role: (number,) for number, role in enumerate(BAR_COLUMNS[:width])})


def _told(path: Path, text: str, header: Sequence[str] | None, width: int, line: int | None) -> int:
    names = [name.lower() for name in header or ()]
    if text.strip().lower() in names:
        return names.index(text.strip().lower())
    if text.strip().isdecimal() and 1 <= int(text[:9]) <= width:
        return int(text) - 1
    has = ", ".join(header) if header else f"{width} columns without names"
    raise ImportProblem(path, line, f"has no column '{text[:60]}' (it has: {has[:200]})")


def _guessed(role: str, header: Sequence[str]) -> tuple[int, ...]:
    names = [re.sub(r"[^a-z0-9]", "", name.lower()) for name in header]
    if role == "time" and {"date", "time"} <= set(names) and not set(names) & set(_NAMES["time"][:7]):
        return names.index("date"), names.index("time")
    for known in _NAMES[role]:
        if known in names:
            return (names.index(known),)
    if role == "volume":
        return tuple(number for number, name in enumerate(names) if name.startswith("volume"))[:1]
    return (0,) if role == "time" and names[0] in {"", "unnamed0"} else ()


def _has_decimal_commas(rows: Sequence[Sequence[str]], roles: Roles) -> bool:
    prices = [row[number] for row in rows for role in NEEDED[1:] for number in roles.columns[role]]
    return any("," in text for text in prices) and not any("." in text for text in prices)
