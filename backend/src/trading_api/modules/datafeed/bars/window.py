"""Which bars answer a request: the rules of getBars (reference/tradingview-interfaces.md, 1.2)."""

from dataclasses import dataclass

import numpy as np

from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray, no_bars

MAX_BARS = 25_000
"""No answer holds more bars; the oldest are left out and can be asked for again."""


@dataclass(frozen=True, slots=True)
class BarWindow:
    """The bars in [from_ms, to_ms), and at least `count_back` before `to_ms`. ms UTC."""

    from_ms: int
    to_ms: int
    count_back: int = 0


@dataclass(frozen=True, slots=True)
class BarSlice:
    """The answer, and the time of the bar just before it, if there is one."""

    bars: BarColumns
    previous: int | None

    @classmethod
    def nothing(cls) -> "BarSlice":
        """No bars, and none before."""
        return cls(no_bars(), None)


def choose(times: IntArray, window: BarWindow) -> tuple[int, int]:
    """First and end row of the answer among the ascending bar `times`."""
    stop = int(np.searchsorted(times, window.to_ms, side="left"))
    wanted = min(int(np.searchsorted(times, window.from_ms, side="left")), stop)
    start = min(wanted, max(0, stop - window.count_back))
    return max(start, stop - MAX_BARS), stop


def cut(bars: BarColumns, window: BarWindow) -> BarSlice:
    """The part of `bars` that answers the request."""
    start, stop = choose(bars.time, window)
    return BarSlice(bars.part(start, stop), int(bars.time[start - 1]) if start else None)
