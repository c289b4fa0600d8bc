"""The rules of `rows()`, which history and charts rely on."""

from collections.abc import Iterator

import numpy as np

from trading_api.modules.datafeed.bars.columns import BarColumns, join
from trading_api.modules.datafeed.bars.resolution import BASES, DAY, DAY_MS, MINUTE_MS, SECOND_MS, Resolution
from trading_api.modules.datafeed.providers.base import Instrument, Provider

LENGTHS = dict(zip(BASES, (SECOND_MS, MINUTE_MS, DAY_MS), strict=True))
SPANS = dict(zip(BASES, (10 * MINUTE_MS, DAY_MS, 40 * DAY_MS), strict=True))
"""So far back each base is looked at."""


def stretch(provider: Provider, ticker: str, base: Resolution, until: int) -> tuple[int, int] | None:
    """From when until when rows of `base` are looked at; None where there are none."""
    first = provider.first(ticker, base)
    if first is None:
        return None
    stop = until + 2 * LENGTHS[DAY]
    return max(first, until - SPANS[base]), stop


def broken_rules(provider: Provider, instrument: Instrument, base: Resolution, until: int) -> Iterator[str]:
    """Every rule that its rows break, in words."""
    ticker = instrument.ticker
    reach = stretch(provider, ticker, base, until)
    if reach is None:
        return
    start, stop = reach
    rows = provider.rows(ticker, base, start, stop, until)
    what = f"rows of {ticker} at {base}"
    if len(rows) == 0:
        return
    times = rows.time
    if not bool((np.diff(times) > 0).all()):
        yield f"{what} are not ascending and unique"
    if int(times[0]) < start or int(times[-1]) >= stop:
        yield f"{what} lie outside [{start}, {stop})"
    latest = until + 8 * DAY_MS if base == DAY else until
    if int(times[-1]) > latest:
        yield f"{what} go on after {until}"
    if bool((times % LENGTHS[base]).any()):
        yield f"{what} do not begin on whole periods"
    if not _is_sane(rows):
        yield f"{what} have an open or close outside of low and high"
    middle = int(times[len(times) // 2])
    parts = [provider.rows(ticker, base, *part, until) for part in ((start, middle), (middle, stop))]
    if not equal(join(parts), rows):
        yield f"{what} are others when they are asked for in pieces"
    yield from _earlier(provider, instrument, base, rows, until)


def _earlier(
    provider: Provider, instrument: Instrument, base: Resolution, rows: BarColumns, until: int
) -> Iterator[str]:
    """What was known earlier: of bars that were over then, the same; and nothing newer."""
    if base == DAY:
        return
    length = LENGTHS[base]
    at = int(rows.time[len(rows) // 2]) + length // 2
    stop = until + length
    then = provider.rows(instrument.ticker, base, int(rows.time[0]), stop, at)
    if len(then) and int(then.time[-1]) > at:
        yield f"rows of {instrument.ticker} at {base} until {at} go on to {int(then.time[-1])}"
    over = over_at(then, length, at)
    now = rows.take(np.flatnonzero(np.isin(rows.time, over.time)))
    if not equal(over, now):
        yield f"rows of {instrument.ticker} at {base} that were over at {at} have changed"


def over_at(rows: BarColumns, length: int, until: int) -> BarColumns:
    """Those that are over at `until`."""
    return rows.take(np.flatnonzero(rows.time + length <= until + 1))


def equal(one: BarColumns, other: BarColumns) -> bool:
    """Whether all columns are the same."""
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in BarColumns.__slots__)


def _is_sane(rows: BarColumns) -> bool:
    top, bottom = np.maximum(rows.open, rows.close), np.minimum(rows.open, rows.close)
    return bool((rows.high >= top).all() and (rows.low <= bottom).all() and (rows.volume >= 0).all())
