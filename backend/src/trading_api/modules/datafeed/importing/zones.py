"""Local times as UTC, many at once, and never a guess where the clocks are set back."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.bars.resolution import DAY_MS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class ZoneTrouble:
    """The first local time that is not one moment: it happens twice, or not at all."""

    row: int
    twice: bool


def to_utc(local: IntArray, zone: ZoneInfo) -> tuple[IntArray, ZoneTrouble | None]:
    """Wall times (ms since 1970 as a clock in `zone` shows them) as ms UTC."""
    if len(local) == 0:
        return local, None
    day_of_row = local // DAY_MS
    days = np.unique(day_of_row[np.flatnonzero(np.diff(day_of_row, prepend=day_of_row[0] - 1))])
    of_row = np.searchsorted(days, day_of_row)
    before, at, after = (_offsets(days + shift, zone) for shift in (-1, 0, 1))
    result: IntArray = local - at[of_row]
    changing = (before != at) | (at != after)
    for row in np.flatnonzero(changing[of_row]).tolist():
        offset, trouble = _offset(int(local[row]), zone)
        if trouble is not None:
            return result, ZoneTrouble(row, trouble)
        result[row] = local[row] - offset
    return result, None


def _offsets(days: IntArray, zone: ZoneInfo) -> IntArray:
    """What midnight of each day is ahead of UTC, in ms."""
    return np.array([_ahead(_wall(day * DAY_MS), zone) for day in days.tolist()], dtype=np.int64)


def _offset(local: int, zone: ZoneInfo) -> tuple[int, bool | None]:
    wall = _wall(local)
    first, second = _ahead(wall, zone), _ahead(wall.replace(fold=1), zone)
    return first, None if first == second else first > second


def _wall(local: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=local)


def _ahead(wall: datetime, zone: ZoneInfo) -> int:
    offset = wall.replace(tzinfo=zone).utcoffset()
    return 0 if offset is None else offset // timedelta(milliseconds=1)
