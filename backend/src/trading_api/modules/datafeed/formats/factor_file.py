"""Corporate actions out of the factor files of the Lean engine.

A row holds `YYYYMMDD,dividend factor,split factor,reference close` and applies up to and including its date:
what differs between two rows happened on the first trading day after the date of the former. The factors
are rounded to some decimals, so the ratio of a split is the simplest that their quotient allows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.formats.reading import RecordingError, text_lines

_ROUNDED = Fraction(6, 10**6)
"""How far the quotient of two factors may be off: each is written with six digits or more."""
_LARGEST_TERM = 100
_RATIO_DIGITS = Decimal("0.000001")
_MONEY = Decimal("0.001")
_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class FactorRow:
    """The factors of all days up to and including `day`, and the close of that day as it was traded."""

    day: date
    dividend: Decimal
    split: Decimal
    close: Decimal


def read_factors(path: Path) -> list[CorporateAction]:
    """The actions of a factor file, ascending by date; raises RecordingError."""
    rows: list[FactorRow] = []
    for number, text in text_lines(path):
        try:
            row = factor_row(text)
        except ValueError as error:
            raise RecordingError(path, number, str(error)) from error
        if rows and row.day <= rows[-1].day:
            raise RecordingError(path, number, "is not later than the line before it")
        rows.append(row)
    return actions_of(rows)


def factor_row(text: str) -> FactorRow:
    """One line of a factor file; raises ValueError with the part of a sentence that says what is wrong."""
    fields = text.split(",")
    if len(fields) != _COLUMNS:
        raise ValueError(f"has {len(fields)} columns instead of {_COLUMNS}")
    dividend, split, close = (_number(field) for field in fields[1:])
    if not dividend or not split:
        raise ValueError("has a factor of 0")
    return FactorRow(_day(fields[0]), dividend, split, close)


def actions_of(rows: Iterable[FactorRow]) -> list[CorporateAction]:
    """What happened between the rows, which ascend by day."""
    return [action for before, after in pairwise(rows) if (action := _action(before, after)) is not None]


def _action(before: FactorRow, after: FactorRow) -> CorporateAction | None:
    split = _ratio(after.split, before.split)
    kept = before.dividend / after.dividend
    if split == kept == 1:
        return None
    paid = (before.close * (1 - kept)).quantize(_MONEY).normalize() if kept < 1 else None
    return CorporateAction(_weekday_after(before.day), split, kept, paid)


def _weekday_after(day: date) -> date:
    """Of a holiday that follows nothing is known here: the first trading day from the result on counts."""
    return day + timedelta(days={4: 3, 5: 2}.get(day.weekday(), 1))


def _ratio(after: Decimal, before: Decimal) -> Decimal:
    if after == before:
        return Decimal(1)
    quotient = Fraction(after) / Fraction(before)
    simple = _simplest(quotient * (1 - _ROUNDED), quotient * (1 + _ROUNDED))
    if max(simple.numerator, simple.denominator) <= _LARGEST_TERM:
        return Decimal(simple.numerator) / Decimal(simple.denominator)
    return (after / before).quantize(_RATIO_DIGITS)


def _simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of the least terms in [low, high] (Stern and Brocot); both are positive."""
    whole = low.numerator // low.denominator
    if whole == low:
        return Fraction(whole)
    if whole + 1 <= high:
        return Fraction(whole + 1)
    rest = _simplest(1 / (high - whole), 1 / (low - whole))
    return whole + 1 / rest


def _day(text: str) -> date:
    if len(text) != 8 or not text.isascii() or not text.isdigit():
        raise ValueError(f"has '{text[:40]}' where a date like 20140606 belongs")
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError as error:
        raise ValueError(f"has '{text}' where a date belongs") from error


def _number(text: str) -> Decimal:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"has '{text[:40]}' where a number belongs") from error
    if not number.is_finite() or number < 0:
        raise ValueError(f"has '{text[:40]}' where a number belongs")
    return number
