"""Two runs of rows as one."""

from dataclasses import dataclass

import numpy as np

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.store.tables import Columns, Table


@dataclass(frozen=True, slots=True)
class Merged:
    """The rows of both, and how many of the newer ones were not there, or were others."""

    rows: dict[str, IntArray]
    added: int
    changed: int


def ordered(table: Table, rows: Columns) -> dict[str, IntArray]:
    """`rows` ascending by time; where a time has one row at most, its last one stays."""
    times = rows["time"]
    steps = np.diff(times)
    if bool(np.all(steps > 0)) or (not table.unique and bool(np.all(steps >= 0))):
        return dict(rows)
    order = np.argsort(times, kind="stable")
    if table.unique:
        sorted_times = times[order]
        order = order[np.append(sorted_times[1:] != sorted_times[:-1], True)]
    return {name: column[order] for name, column in rows.items()}


def merge(table: Table, old: Columns, new: Columns) -> Merged:
    """The rows of both, ascending by time; `new` is not empty and outranks `old`.

    Where a time has one row at most, the new one replaces the old one. Elsewhere, the new rows replace all
    that was there between the first and the last of them.
    """
    if table.unique:
        return _by_time(table, old, new)
    times = old["time"]
    start = int(np.searchsorted(times, new["time"][0], side="left"))
    stop = int(np.searchsorted(times, new["time"][-1], side="right"))
    same = stop - start == len(new["time"]) and all(
        bool(np.array_equal(old[name][start:stop], new[name])) for name in new
    )
    rows = {name: np.concatenate([old[name][:start], new[name], old[name][stop:]]) for name in new}
    return Merged(rows, max(0, len(new["time"]) - (stop - start)), 0 if same else stop - start)


def _by_time(table: Table, old: Columns, new: Columns) -> Merged:
    _, in_old, in_new = np.intersect1d(old["time"], new["time"], assume_unique=True, return_indices=True)
    differs = np.zeros(len(in_new), dtype=np.bool_)
    for name in table.columns:
        differs |= old[name][in_old] != new[name][in_new]
    rows = ordered(table, {name: np.concatenate([old[name], new[name]]) for name in new})
    return Merged(rows, len(new["time"]) - len(in_new), int(differs.sum()))
