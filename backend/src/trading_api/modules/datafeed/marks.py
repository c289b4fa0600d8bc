"""What happened to an account and to a share, put on the bars in which it did."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from html import escape
from zoneinfo import ZoneInfo

import numpy as np

from trading_api.models.broker.executions import Execution
from trading_api.models.broker.orders import Side
from trading_api.models.market.marks import Mark, TimescaleMark
from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.resolution import DAY_MS, Resolution, period_at
from trading_api.modules.datafeed.bars.window import BarSlice, BarWindow
from trading_api.modules.datafeed.providers.base import Instrument

MOST_ON_A_BAR = 10
LONGEST_LEAD_MS = 8 * DAY_MS
"""So much earlier than the time of its bar an execution may be: a daily bar bears the date of its end."""
_LABEL_SIZE = 14
_WHITE = "#ffffff"


@dataclass(frozen=True, slots=True)
class MarkRange:
    """The bars in [from_time, to_time), seconds UTC, on which marks are wanted."""

    from_time: int
    to_time: int
    resolution: str


class BarPlaces:
    """The bars of one answer, as places for what happened in the time that `window` spans."""

    def __init__(
        self, instrument: Instrument, resolution: Resolution, window: BarWindow, found: BarSlice
    ) -> None:
        self._session = instrument.session
        self._resolution = resolution
        self.window = window
        self._times = found.bars.time
        self._previous = found.previous

    def bar_of(self, time_ms: int) -> int | None:
        """Time (ms) of the bar of `time_ms`; the one before where its period has none; None: out of range."""
        period = period_at(self._session, self._resolution, time_ms)
        stamp = time_ms if period is None else period.stamp
        if not self.window.from_ms <= stamp < self.window.to_ms:
            return None
        row = int(np.searchsorted(self._times, stamp, side="right")) - 1
        return int(self._times[row]) if row >= 0 else self._previous


def execution_marks(executions: Iterable[Execution], places: BarPlaces, instrument: Instrument) -> list[Mark]:
    """A mark for each execution, ascending; the oldest of a bar with more than ten become one mark."""
    by_bar: defaultdict[int, list[Execution]] = defaultdict(list)
    for execution in sorted(executions, key=lambda each: (each.time, each.offset)):
        bar = places.bar_of(execution.time)
        if bar is not None:
            by_bar[bar].append(execution)
    zone = ZoneInfo(instrument.info.timezone)
    marks: list[Mark] = []
    for bar in sorted(by_bar):
        marks += _marks_of_bar(bar // 1000, by_bar[bar], zone)
    return marks


def action_marks(
    actions: Sequence[tuple[int, CorporateAction]], places: BarPlaces, instrument: Instrument
) -> list[TimescaleMark]:
    """One mark for each bar in which an action took effect at its opening (ms UTC), ascending."""
    by_bar: defaultdict[int, list[CorporateAction]] = defaultdict(list)
    for opening, action in actions:
        bar = places.bar_of(opening)
        if bar is not None:
            by_bar[bar].append(action)
    return [_action_mark(bar // 1000, by_bar[bar], instrument) for bar in sorted(by_bar)]


def _marks_of_bar(time: int, executions: Sequence[Execution], zone: ZoneInfo) -> list[Mark]:
    if len(executions) <= MOST_ON_A_BAR:
        return [_execution_mark(time, execution, zone) for execution in executions]
    older, newest = executions[: 1 - MOST_ON_A_BAR], executions[1 - MOST_ON_A_BAR :]
    return [_joint_mark(time, older), *(_execution_mark(time, execution, zone) for execution in newest)]


def _execution_mark(time: int, execution: Execution, zone: ZoneInfo) -> Mark:
    bought = execution.side == Side.BUY
    when = datetime.fromtimestamp(execution.time / 1000, UTC).astimezone(zone)
    lines = [
        f"{'Bought' if bought else 'Sold'} {_plain(execution.qty)} {escape(execution.symbol)}"
        f" at {_plain(execution.price)}",
        f"{when:%Y-%m-%d %H:%M:%S}",
    ]
    return _mark(execution.id, time, bought, "<br>".join(lines))


def _joint_mark(time: int, executions: Sequence[Execution]) -> Mark:
    bought = sum((each.qty for each in executions if each.side == Side.BUY), Decimal(0))
    sold = sum((each.qty for each in executions if each.side != Side.BUY), Decimal(0))
    text = (
        f"{len(executions)} more executions of {escape(executions[0].symbol)}<br>"
        f"{_plain(bought)} bought, {_plain(sold)} sold"
    )
    return _mark(f"{executions[0].id}-and-more", time, bought >= sold, text, "+")


def _mark(name: str, time: int, bought: bool, text: str, label: str | None = None) -> Mark:
    return Mark(
        id=name,
        time=time,
        color="green" if bought else "red",
        text=text,
        label=label or ("B" if bought else "S"),
        label_font_color=_WHITE,
        min_size=_LABEL_SIZE,
    )


def _action_mark(time: int, actions: Sequence[CorporateAction], instrument: Instrument) -> TimescaleMark:
    splits = any(action.split != 1 for action in actions)
    lines = [line for action in actions for line in _told(action, instrument.info.currency_code)]
    return TimescaleMark(
        id=f"{instrument.ticker}:{actions[0].ex_date}",
        time=time,
        color="yellow" if splits else "blue",
        label="S" if splits else "D",
        tooltip=lines,
    )


def _told(action: CorporateAction, currency: str) -> list[str]:
    lines = [action.ex_date.isoformat()]
    if action.split != 1:
        lines.append(f"Split {_ratio(action.split)}")
    if action.dividend is not None:
        lines.append(f"Dividend {_plain(action.dividend)} {currency} a share")
    elif action.dividend_factor != 1:
        lines.append(f"Dividend of {_plain(round(100 * (1 - action.dividend_factor), 2))} %")
    return lines


def _ratio(split: Decimal) -> str:
    """7 for 1, 1 for 20, 3 for 2."""
    for before in range(1, 101):
        after = split * before
        if abs(after - round(after)) < Decimal("0.0001") * before and round(after) >= 1:
            return f"{round(after)} for {before}"
    return f"{_plain(split)} for 1"


def _plain(number: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    return f"{number.normalize():f}"
