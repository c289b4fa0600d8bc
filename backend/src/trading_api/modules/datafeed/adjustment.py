"""Prices and volumes of before a corporate action, made comparable with those of after it.

Only base rows are adjusted, and longer bars are built from adjusted rows: so a week in which a share was
split is as right as every other. Nothing knows of an action before the trading day on which it takes effect.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from trading_api.models.market.bars import Adjustment
from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray
from trading_api.modules.datafeed.bars.resolution import day_stamp
from trading_api.shared.trading_session import LONGEST_CLOSURE_DAYS, TradingSession

ADJUSTED_UNIT = Decimal("0.00000001")
"""An adjusted price is rounded to this, or to the instrument's price unit where that is finer."""
FloatArray: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CorporateAction:
    """What moves the price of a share without a trade, from the opening of the trading day `ex_date` on.

    `split` is how many shares one becomes: 7 for seven for one, 0.05 for one for twenty. `dividend_factor`
    is what the dividend leaves of the last price before it, and `dividend` the money a share, where known.
    """

    ex_date: date
    split: Decimal = Decimal(1)
    dividend_factor: Decimal = Decimal(1)
    dividend: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Adjuster:
    """What rows are multiplied by at one moment; its prices are multiples of `price_unit`.

    Adjusted prices have more decimals than the tick, and volumes are rounded to the size unit.
    """

    price_unit: Decimal
    _scale: int
    _opens: IntArray
    _days: IntArray
    _prices: FloatArray
    _volumes: FloatArray

    def adjusted(self, rows: BarColumns, *, daily: bool) -> BarColumns:
        """`rows`, ascending by time; `daily` ones are stamped 00:00 UTC of the trading day."""
        ends = np.searchsorted(rows.time, self._days if daily else self._opens, side="left")
        lengths = np.diff(ends, prepend=0)
        prices = np.repeat(self._prices, lengths)
        return BarColumns(
            rows.time,
            _multiplied(rows.open, self._scale, prices),
            _multiplied(rows.high, self._scale, prices),
            _multiplied(rows.low, self._scale, prices),
            _multiplied(rows.close, self._scale, prices),
            _multiplied(rows.volume, 1, np.repeat(self._volumes, lengths)),
        )


class ActionTimeline:
    """The corporate actions of one instrument, whose trading days `session` tells."""

    def __init__(self, actions: Sequence[CorporateAction], session: TradingSession) -> None:
        self.actions = tuple(sorted(actions, key=lambda action: action.ex_date))
        days = [_first_day(session, action.ex_date) for action in self.actions]
        self._days = np.array([day_stamp(day) for day in days], dtype=np.int64)
        self._opens = np.array([session.periods(day)[0].open for day in days], dtype=np.int64)
        self._known: dict[tuple[Adjustment, int, Decimal], Adjuster] = {}

    def count(self, until: int) -> int:
        """How many of `actions`, which are ordered by date, have taken effect at `until` (ms UTC)."""
        return int(np.searchsorted(self._opens, until, side="right"))

    def effective(self, until: int) -> list[tuple[int, CorporateAction]]:
        """Those that have taken effect, each with the opening (ms UTC) of its trading day."""
        count = self.count(until)
        return list(zip(self._opens[:count].tolist(), self.actions[:count], strict=True))

    def next_effective(self, after: int) -> int | None:
        """When the first action after `after` takes effect, both ms UTC."""
        count = self.count(after)
        return int(self._opens[count]) if count < len(self._opens) else None

    def adjuster(self, adjustment: Adjustment, until: int, price_unit: Decimal) -> Adjuster | None:
        """What is known at `until`; None where every row stays as it is."""
        count = self.count(until)
        if adjustment == "raw" or count == 0:
            return None
        key = (adjustment, count, price_unit)
        if key not in self._known:
            self._known[key] = self._made(adjustment, count, price_unit)
        return self._known[key]

    def _made(self, adjustment: Adjustment, count: int, price_unit: Decimal) -> Adjuster:
        known = self.actions[:count]
        unit = min(price_unit, ADJUSTED_UNIT)
        return Adjuster(
            unit,
            int(price_unit / unit),
            self._opens[:count],
            self._days[:count],
            _products(known, _price_factor if adjustment == "total" else _split_factor),
            _products(known, lambda action: Fraction(action.split)),
        )


def _first_day(session: TradingSession, ex_date: date) -> date:
    for shift in range(LONGEST_CLOSURE_DAYS):
        day = ex_date + timedelta(days=shift)
        if session.periods(day):
            return day
    raise ValueError(f"the exchange does not open within {LONGEST_CLOSURE_DAYS} days of {ex_date}")


def _split_factor(action: CorporateAction) -> Fraction:
    return 1 / Fraction(action.split)


def _price_factor(action: CorporateAction) -> Fraction:
    return _split_factor(action) * Fraction(action.dividend_factor)


def _products(
    actions: Sequence[CorporateAction], factor: Callable[[CorporateAction], Fraction]
) -> FloatArray:
    """What rows before the first action are multiplied by, before the second, and so on to the last."""
    products = []
    product = 1.0
    for action in reversed(actions):
        product *= float(factor(action))
        products.append(product)
    return np.array(products[::-1], dtype=np.float64)


def _multiplied(column: IntArray, scale: int, factors: FloatArray) -> IntArray:
    """`column` times `scale`, its first rows also times `factors`; all others stay exact."""
    product: IntArray = column * scale
    first = product[: len(factors)]
    first[:] = np.rint(first * factors)
    return product
