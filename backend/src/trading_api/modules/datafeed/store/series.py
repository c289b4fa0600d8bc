"""New rows of one series beside those that are stored, in as few new files as possible."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from uuid import uuid4

import numpy as np

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.store.errors import StoreProblem
from trading_api.modules.datafeed.store.files import DRAFT_SUFFIX
from trading_api.modules.datafeed.store.index import Part
from trading_api.modules.datafeed.store.merging import merge
from trading_api.modules.datafeed.store.parquet import MOST_UNITS, ParquetFiles
from trading_api.modules.datafeed.store.periods import split
from trading_api.modules.datafeed.store.tables import Columns, Places, Scale, Table, table_of

MOST_PARTS = 8
"""Of one period: rows that follow the last are added as a file of their own until there are so many."""
EVER = 2**62
_OURS = re.compile(rf"[0-9a-z-]+\.[0-9a-f]{{8}}\.parquet({re.escape(DRAFT_SUFFIX)})?")


@dataclass(frozen=True, slots=True)
class MergedSeries:
    """The files of a series from now on, and how many rows are new or replace others."""

    parts: tuple[Part, ...]
    added: int
    changed: int


class SeriesWriter:
    """Writes the files of one series in `folder`; they count when an index names them."""

    def __init__(self, parquet: ParquetFiles, folder: Path, series: str, places: Places) -> None:
        self._parquet = parquet
        self._folder = folder / series
        self._series = series
        self._table = table_of(series)
        self._places = places

    def merge(self, parts: Sequence[Part], rows: Columns) -> MergedSeries:
        """`rows`, which are in order and in the units of `places`, beside those of `parts`."""
        by_period = {period: list(group) for period, group in groupby(parts, key=lambda part: part.period)}
        added = changed = 0
        for period, start, stop in split(self._series, rows["time"]):
            new = {name: column[start:stop] for name, column in rows.items()}
            merged = self._period(period, by_period.get(period, []), new)
            by_period[period] = list(merged.parts)
            added += merged.added
            changed += merged.changed
        kept = sorted((part for group in by_period.values() for part in group), key=lambda part: part.first)
        return MergedSeries(tuple(kept), added, changed)

    def _period(self, period: str, parts: list[Part], new: Columns) -> MergedSeries:
        count = len(new["time"])
        follows = not parts or parts[-1].last < int(new["time"][0])
        if follows and len(parts) < MOST_PARTS:
            return MergedSeries((*parts, self._write(period, new)), count, 0)
        files = [(self._folder / part.file, part) for part in parts]
        old = self._parquet.read(files, self._table, self._places, -EVER, EVER)
        merged = merge(self._table, old, new)
        if not merged.added and not merged.changed:
            return MergedSeries(tuple(parts), 0, 0)
        return MergedSeries((self._write(period, merged.rows),), merged.added, merged.changed)

    def _write(self, period: str, rows: Columns) -> Part:
        part = Part(
            period,
            f"{period}.{uuid4().hex[:8]}.parquet",
            int(rows["time"][0]),
            int(rows["time"][-1]),
            len(rows["time"]),
            self._places,
            largest_of(self._table, rows),
            tuple(int(rows[name][-1]) for name in self._table.columns),
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / (part.file + DRAFT_SUFFIX)
        self._parquet.write(draft, self._table, rows, self._places)
        draft.rename(self._folder / part.file)
        return part


def remove_unlisted(folder: Path, parts: Sequence[Part]) -> None:
    """Remove the files of a series that no longer count, or never did; foreign ones stay."""
    listed = {part.file for part in parts}
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in listed and _OURS.fullmatch(path.name):
            path.unlink(missing_ok=True)


def rescaled(path: Path, table: Table, rows: Columns, given: Places, wanted: Places) -> dict[str, IntArray]:
    """`rows` in units of `wanted`, which has no fewer decimals; StoreProblem if that needs over 18 digits."""
    result = {"time": rows["time"]}
    for name, scale in table.columns.items():
        factor = 10 ** (wanted.of(scale) - given.of(scale))
        if _largest(rows[name]) * factor >= MOST_UNITS:
            raise StoreProblem(path, f"a {name} has more than 18 digits with {wanted.of(scale)} decimals")
        result[name] = rows[name] * factor
    return result


def largest_of(table: Table, rows: Columns) -> int:
    """The largest number of units in a column of prices or sizes."""
    return max(
        (_largest(rows[name]) for name, scale in table.columns.items() if scale is not Scale.WHOLE), default=0
    )


def _largest(column: IntArray) -> int:
    return max(abs(int(np.min(column, initial=0))), abs(int(np.max(column, initial=0))))
