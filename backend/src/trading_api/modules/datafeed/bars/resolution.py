"""Where the period of a bar begins and ends.

Intraday periods are counted from the opening of the session that contains them, so the hours of a
session 0930-1600 begin at 9:30, and the last of them ends at the close. A daily bar carries 00:00 UTC
of the trading day, the day on which the session ends.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import get_args

import numpy as np

from trading_api.models.market.bars import Resolution
from trading_api.modules.datafeed.bars.columns import IntArray
from trading_api.shared.trading_session import SessionPeriod, TradingSession

RESOLUTIONS: tuple[Resolution, ...] = get_args(Resolution)
MINUTE_MS = 60_000
DAY_MS = 86_400_000
_ALIASES: dict[str, Resolution] = {"D": "1D", **{name: name for name in RESOLUTIONS}}


@dataclass(frozen=True, slots=True)
class BarPeriod:
    """The bar stamped `stamp` takes what happens before `end`."""

    stamp: int
    end: int


def parse_resolution(text: str) -> Resolution | None:
    """The resolution that `text` names (`D` means `1D`), or None."""
    return _ALIASES.get(text)


def interval_ms(resolution: Resolution) -> int | None:
    """Length of an intraday period; None for daily bars, whose length is the session's."""
    return None if resolution == "1D" else int(resolution) * MINUTE_MS


def day_stamp(day: date) -> int:
    """00:00 UTC of `day`."""
    return int(datetime.combine(day, time(), UTC).timestamp()) * 1000


def stamp_day(stamp: int) -> date:
    """The day whose 00:00 UTC is `stamp`."""
    return datetime.fromtimestamp(stamp // 1000, tz=UTC).date()


def period_at(session: TradingSession, resolution: Resolution, time_ms: int) -> BarPeriod | None:
    """The period that `time_ms` falls into; None while the exchange is closed."""
    period = session.period(time_ms)
    if period is None:
        return None
    interval = interval_ms(resolution)
    if interval is None:
        return BarPeriod(day_stamp(period.day), session.periods(period.day)[-1].close)
    start = time_ms - (time_ms - period.open) % interval
    return BarPeriod(start, min(start + interval, period.close))


def stamps(session: TradingSession, resolution: Resolution, times: IntArray) -> IntArray:
    """The bar time of each of the ascending `times`, all of which lie within sessions."""
    result = np.empty(len(times), dtype=np.int64)
    done = 0
    while done < len(times):
        period = _period_of(session, int(times[done]))
        until = int(np.searchsorted(times, period.close, side="left"))
        interval = interval_ms(resolution)
        if interval is None:
            result[done:until] = day_stamp(period.day)
        else:
            part = times[done:until]
            result[done:until] = part - (part - period.open) % interval
        done = until
    return result


def _period_of(session: TradingSession, time_ms: int) -> SessionPeriod:
    period = session.period(time_ms)
    if period is None:
        raise ValueError(f"the exchange is closed at {time_ms}")
    return period
