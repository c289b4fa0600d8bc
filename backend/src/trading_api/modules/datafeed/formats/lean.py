"""The bar files of the Lean engine: one CSV without a header in a zip, one zip a day or a symbol.

Columns: time, open, high, low, close, volume; quotes: time, bid o h l c, bid size, ask o h l c, ask
size. Times are ms since local midnight (minute files) or `YYYYMMDD HH:MM` (daily files). Prices of
equities are USD x 10,000 as integers; those of crypto are decimal numbers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeAlias

from trading_api.modules.datafeed.bars.resolution import DAY_MS, day_stamp
from trading_api.modules.datafeed.formats.reading import (
    RecordingError,
    rounded,
    scaled,
    whole,
    zip_lines,
)

TradeRow: TypeAlias = tuple[int, int, int, int, int, int]
"""Time, open, high, low, close, volume."""
QuoteRow: TypeAlias = tuple[int, int, int, int, int, int, int, int, int, int, int]
"""Time, bid open, high, low, close, size, ask open, high, low, close, size."""
Parse: TypeAlias = Callable[[str], int]

CRYPTO_PLACES = 8
EQUITY_PLACES = 4


@dataclass(frozen=True)
class Format:
    """How prices and sizes of one family of files become integers."""

    price: Parse
    size: Parse
    price_places: int
    """A price is its integer divided by 10 to this."""


EQUITY = Format(whole, whole, EQUITY_PLACES)
CRYPTO = Format(
    lambda text: scaled(text, CRYPTO_PLACES), lambda text: rounded(text, CRYPTO_PLACES), CRYPTO_PLACES
)


def daily_rows(path: Path, family: Format) -> Iterator[TradeRow]:
    """Bars of a daily trade file; the time is 00:00 UTC of the day. Raises RecordingError."""
    return _trade_rows(path, _day_of, family)


def minute_trade_rows(path: Path, family: Format) -> Iterator[TradeRow]:
    """Bars of a minute trade file; times in ms since local midnight. Raises RecordingError."""
    return _trade_rows(path, _millisecond_of_day, family)


def minute_quote_rows(path: Path, family: Format) -> Iterator[QuoteRow]:
    """Bars of a minute quote file; a row that lacks one side is left out. Raises RecordingError."""
    price, size = family.price, family.size
    parsers = (_millisecond_of_day, *[price] * 4, size, *[price] * 4, size)
    before = -1
    for number, text in zip_lines(path):
        fields = text.split(",")
        if len(fields) == len(parsers) and ("" in fields[1:5] or "" in fields[6:10]):
            continue
        row = _parse(path, number, fields, parsers)
        _check_order(path, number, before, row[0])
        _check_range(path, number, row[1:5])
        _check_range(path, number, row[6:10])
        before = row[0]
        yield row  # type: ignore[misc]  # the length is that of the parsers


def _trade_rows(path: Path, time: Parse, family: Format) -> Iterator[TradeRow]:
    parsers = (time, *[family.price] * 4, family.size)
    before = -1
    for number, text in zip_lines(path):
        row = _parse(path, number, text.split(","), parsers)
        _check_order(path, number, before, row[0])
        _check_range(path, number, row[1:5])
        before = row[0]
        yield row  # type: ignore[misc]  # the length is that of the parsers


def _parse(path: Path, number: int, fields: list[str], parsers: tuple[Parse, ...]) -> tuple[int, ...]:
    if len(fields) != len(parsers):
        raise RecordingError(path, number, f"has {len(fields)} columns instead of {len(parsers)}")
    try:
        return tuple([parse(field) for parse, field in zip(parsers, fields, strict=True)])
    except ValueError as error:
        raise RecordingError(path, number, str(error)) from error


def _check_order(path: Path, number: int, before: int, time: int) -> None:
    if time <= before:
        raise RecordingError(path, number, "is not later than the line before it")


def _check_range(path: Path, number: int, prices: tuple[int, ...]) -> None:
    opened, high, low, close = prices
    if not 0 < low <= min(opened, close) <= max(opened, close) <= high:
        raise RecordingError(path, number, "has open, high, low and close that contradict each other")


def _millisecond_of_day(text: str) -> int:
    value = whole(text)
    if value >= DAY_MS:
        raise ValueError(f"'{text[:40]}' is not a time of day in ms")
    return value


def _day_of(text: str) -> int:
    digits = text.partition(" ")[0]
    if len(digits) != 8:
        raise ValueError(f"'{text[:40]}' is not a date like 20131004 00:00")
    return day_stamp(file_day(digits))


def file_day(digits: str) -> date:
    """The day in a file's name or first column, `YYYYMMDD`; raises ValueError."""
    number = whole(digits)
    return date(number // 10_000, number // 100 % 100, number % 100)
