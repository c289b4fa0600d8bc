"""The times of a file's rows: how they are written, in which zone, in which order, how far apart."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.modules.datafeed.bars.resolution import (
    BASES,
    DAY,
    DAY_MS,
    MINUTE,
    MINUTE_MS,
    SECOND,
    SECOND_MS,
    Resolution,
)
from trading_api.modules.datafeed.importing.imported import ImportProblem
from trading_api.modules.datafeed.importing.row_table import RowTable
from trading_api.modules.datafeed.importing.time_formats import TimeFormat, candidates
from trading_api.modules.datafeed.importing.zones import to_utc

_SAMPLE = 50
_HOUR_MS = 3_600_000
_SHORTEST_DAY_MS = 20 * _HOUR_MS
_SHORTEST_WEEK_MS = 6 * DAY_MS
_ZONE_WRITTEN = r" ?(Z|[+-][0-9]{2}(:?[0-9]{2})?)$"
_FIRST_YEAR_MS, _LAST_YEAR_MS = -5_364_662_400_000, 7_258_118_400_000
"""1800 and 2200: what lies outside has been misread."""
_UNITS = ((DAY_MS, "day"), (_HOUR_MS, "hour"), (MINUTE_MS, "minute"), (SECOND_MS, "second"))
_LENGTHS = {SECOND: SECOND_MS, MINUTE: MINUTE_MS}


@dataclass(frozen=True, slots=True)
class Written:
    """The times as they are written (ms since 1970 on the clock on the wall) and, where known, in UTC."""

    form: TimeFormat
    wall: IntArray
    utc: IntArray | None


@dataclass(frozen=True, slots=True)
class BarTimes:
    """ms UTC of each row in the order of the file; days carry 00:00 UTC of the trading day."""

    time: IntArray
    resolution: Resolution
    newest_first: bool


def read_written(table: RowTable, told: str | None) -> Written:
    """The times of the rows of `kept`; raises ImportProblem for a row that writes its time otherwise."""
    found = candidates(_sample(table), told)
    if not found:
        row, text = _text_at(table, 0)
        raise table.problem(row, f"has '{text[:60]}' for the time, which is none")
    read = [_read(table, form) for form in found]
    whole = [one for one, bad in read if bad is None]
    if not whole:
        _, bad = max(read, key=lambda one: one[1] or 0)
        row, text = _text_at(table, bad or 0)
        _, first = _text_at(table, 0)
        raise table.problem(
            row, f"has '{text[:60]}' for the time, which is not written like '{first[:60]}' ({found[0]})"
        )
    chosen = min(whole, key=_disorder)
    _refuse_far(table, chosen)
    return chosen


def _sample(table: RowTable) -> list[str]:
    (count,) = table.first("SELECT count(*) FROM kept")
    step = max(1, int(str(count)) // _SAMPLE)
    rows = table.connection.execute(
        f"SELECT time FROM kept WHERE rowid % {step} = 0 ORDER BY rowid"
    ).fetchall()
    return [row[0] for row in rows]


def _text_at(table: RowTable, kept_row: int) -> tuple[int, str]:
    row, text = table.first(f"SELECT n, time FROM kept WHERE rowid = {kept_row}")
    return int(str(row)), str(text)


def _read(table: RowTable, form: TimeFormat) -> tuple[Written, int | None]:
    """The times read by one format, and the first row that does not follow it."""
    if form.epoch_us is not None:
        return _epoch(table, form, form.epoch_us)
    text = form.text.replace("'", "''")
    utc: IntArray | None = None
    if form.text.endswith("%z"):
        zoned = table.column(f"SELECT epoch_us(try_strptime(time, '{text}')) FROM kept")
        bare = text.removesuffix("%z").rstrip()
        walls = table.column(
            f"SELECT epoch_us(try_strptime(regexp_replace(time, '{_ZONE_WRITTEN}', ''), '{bare}')) FROM kept"
        )
        utc, bad = _whole(zoned)
        wall, also_bad = _whole(walls)
        return Written(form, wall, utc), bad if also_bad is None else also_bad
    wall, bad = _whole(table.column(f"SELECT epoch_us(try_strptime(time, '{text}')) FROM kept"))
    return Written(form, wall, wall if form.has_zone else None), bad


def _epoch(table: RowTable, form: TimeFormat, unit_us: int) -> tuple[Written, int | None]:
    per_unit = f"* {unit_us}" if unit_us else "/ 1000"
    number = r"regexp_full_match(time, '[0-9]{9,19}(\.0+)?')"
    whole = "TRY_CAST(split_part(time, '.', 1) AS HUGEINT)"
    time, bad = _whole(
        table.column(f"SELECT CASE WHEN {number} THEN TRY_CAST({whole} {per_unit} AS BIGINT) END FROM kept")
    )
    return Written(form, time, time), bad


def _whole(times: "np.ma.MaskedArray[tuple[int, ...], np.dtype[np.int64]]") -> tuple[IntArray, int | None]:
    """Microseconds as ms, and the first row that has none."""
    absent = np.flatnonzero(np.ma.getmaskarray(times))
    result: IntArray = np.ma.getdata(times) // 1000
    return result, int(absent[0]) if len(absent) else None


def _disorder(written: Written) -> tuple[bool, int]:
    """How little sense the times make, when two formats read them all: not one direction, or wide gaps."""
    steps = np.diff(written.wall)
    if len(steps) == 0:
        return False, 0
    return bool(np.any(steps > 0) and np.any(steps < 0)), int(np.max(np.abs(steps)))


def _refuse_far(table: RowTable, written: Written) -> None:
    far = np.flatnonzero((written.wall < _FIRST_YEAR_MS) | (written.wall >= _LAST_YEAR_MS))
    if len(far):
        row, text = _text_at(table, int(far[0]))
        raise table.problem(row, f"has the time '{text[:60]}', which lies before 1800 or after 2200")


def bar_times(table: RowTable, written: Written, zone: ZoneInfo, told: Resolution | None) -> BarTimes:
    """What the times are in UTC, how far apart, and in which order; raises ImportProblem.

    `zone` is that of times without one.
    """
    newest_first = _direction(table, written)
    if told is None:
        told = _guess(table, _distinct(written.wall if written.utc is None else written.utc))
    if told not in BASES:
        raise ImportProblem(table.path, None, f"cannot be stored as bars of {told}: only as 1S, 1 or 1D")
    if told == DAY:
        times = _days(table, written, zone)
    else:
        times = _moments(table, written, zone)
        _refuse_between(table, times, told)
    _refuse_disorder(table, times, newest_first=newest_first)
    return BarTimes(times, told, newest_first)


def _distinct(times: IntArray) -> IntArray:
    ascending = np.sort(times, kind="stable")
    return ascending[np.flatnonzero(np.diff(ascending, prepend=ascending[0] - 1))]


def _direction(table: RowTable, written: Written) -> bool:
    steps = np.diff(written.wall if written.utc is None else written.utc)
    return bool(len(steps)) and int(np.count_nonzero(steps < 0)) > len(steps) // 2


def _moments(table: RowTable, written: Written, zone: ZoneInfo) -> IntArray:
    if written.utc is not None:
        return written.utc
    times, trouble = to_utc(written.wall, zone)
    if trouble is not None:
        row, text = _text_at(table, trouble.row)
        how = "happens twice" if trouble.twice else "does not happen"
        what = f"has the time '{text}', which {how} in {zone.key}, where the clocks are changed"
        raise table.problem(row, f"{what}: write such times in UTC or with their offset")
    return times


def _days(table: RowTable, written: Written, zone: ZoneInfo) -> IntArray:
    """The days of the calendar on the wall; of times that count from 1970, those in `zone`."""
    wall = written.wall
    if written.form.epoch_us is not None:
        wall = wall + np.array([_ahead(time, zone) for time in wall.tolist()], dtype=np.int64)
    days: IntArray = wall // DAY_MS * DAY_MS
    return days


def _ahead(utc: int, zone: ZoneInfo) -> int:
    offset = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=utc)).astimezone(zone).utcoffset()
    return 0 if offset is None else offset // timedelta(milliseconds=1)


def _refuse_between(table: RowTable, times: IntArray, resolution: Resolution) -> None:
    odd = np.flatnonzero(times % _LENGTHS[resolution])
    if len(odd):
        row, text = _text_at(table, int(odd[0]))
        raise table.problem(
            row, f"has the time '{text}', at which no bar of {_length(_LENGTHS[resolution])} begins"
        )


def _refuse_disorder(table: RowTable, times: IntArray, *, newest_first: bool) -> None:
    steps = np.diff(times) * (-1 if newest_first else 1)
    wrong = np.flatnonzero(steps <= 0)
    if len(wrong) == 0:
        return
    at = int(wrong[0]) + 1
    (row, text), (_, before) = _text_at(table, at), _text_at(table, at - 1)
    if steps[at - 1] == 0:
        raise table.problem(row, f"has the time '{text}', as the row before it")
    order = "newest first" if newest_first else "oldest first"
    same = np.flatnonzero(times[:at] == times[at])
    if len(same):
        raise table.problem(row, f"has the time '{text}', as an earlier row")
    raise table.problem(row, f"has the time '{text}' after '{before}', while the file is {order}")


def _guess(table: RowTable, times: IntArray) -> Resolution:
    """The base whose bars are that far apart; `times` are distinct and ascend."""
    steps = np.diff(times)
    if len(steps) == 0 or int(np.min(steps)) >= _SHORTEST_DAY_MS:
        if len(steps) == 0 and int(times[0]) % DAY_MS:
            raise ImportProblem(table.path, None, "has one row only, so its resolution must be told")
        if len(steps) > 1 and int(np.median(steps)) >= _SHORTEST_WEEK_MS:
            raise _not_a_base(table, "a week or longer")
        return DAY
    common = int(np.gcd.reduce(np.concatenate([steps, times[:1]])))
    step = int(np.min(steps))
    if common % SECOND_MS:
        raise ImportProblem(table.path, None, "has times between the seconds, so its rows are no bars")
    found = MINUTE if common % MINUTE_MS == 0 else SECOND
    if int(np.gcd.reduce(steps)) > _LENGTHS[found]:
        raise _not_a_base(table, _length(int(np.gcd.reduce(steps))), str(found))
    return found if step else SECOND


def _not_a_base(table: RowTable, length: str, sparse: str | None = None) -> ImportProblem:
    what = f"seems to hold bars of {length}; only those of a second, a minute or a day can be stored"
    hint = f" (if these are such bars with gaps, tell the resolution {sparse})" if sparse else ""
    return ImportProblem(table.path, None, what + hint)


def _length(ms: int) -> str:
    length, unit = next((one for one in _UNITS if ms % one[0] == 0), (SECOND_MS, "second"))
    count = ms // length
    return f"a {unit}" if count == 1 else f"{count} {unit}s"
