"""The bar files of the Lean engine: one CSV without a header in a zip, one zip a day or a symbol.

Columns: time, open, high, low, close, volume; quotes: time, bid o h l c, bid size, ask o h l c, ask
size. Times are ms since local midnight (minute files) or `YYYYMMDD HH:MM` (daily files). Prices of
equities are USD x 10,000 as integers; those of crypto are decimal numbers.
"""

from collections.abc import Callable, Iterable, Iterator
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
TickRow: TypeAlias = tuple[int, int, int]
"""Time, price, size."""
TopRow: TypeAlias = tuple[int, int, int, int, int]
"""Time, bid, bid size, ask, ask size; 0 where a side is absent."""
Parse: TypeAlias = Callable[[str], int]
Lines: TypeAlias = Iterable[tuple[int, str]]
"""Numbered lines of one file."""

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

CONTRACTS = Format(lambda text: scaled(text, CRYPTO_PLACES), lambda text: rounded(text, 0), CRYPTO_PLACES)
"""Futures and forex: decimal prices, whole sizes."""


def daily_rows(path: Path, family: Format, lines: Lines | None = None) -> Iterator[TradeRow]:
    """Bars of a daily trade file; the time is 00:00 UTC of the day. Raises RecordingError.

    `lines` are those of `path`, which is opened if they are not given; so with all files here.
    """
    return _trade_rows(path, _day_of, family, lines)


def minute_trade_rows(path: Path, family: Format, lines: Lines | None = None) -> Iterator[TradeRow]:
    """Bars of a minute or second trade file; times in ms since local midnight. Raises RecordingError."""
    return _trade_rows(path, _millisecond_of_day, family, lines)


def quote_rows(
    path: Path, family: Format, lines: Lines | None = None, *, daily: bool = False
) -> Iterator[QuoteRow]:
    """Bars of a quote file, with zeros for the side that a row lacks. Raises RecordingError."""
    price, size = family.price, family.size
    parsers = (_day_of if daily else _millisecond_of_day, *[price] * 4, size, *[price] * 4, size)
    before = -1
    for number, text in zip_lines(path) if lines is None else lines:
        fields = text.split(",")
        absent = [side for side in (slice(1, 6), slice(6, 11)) if "" in fields[side]]
        for side in absent if len(fields) == len(parsers) else ():
            fields[side] = ["0"] * 5
        row = _parse(path, number, fields, parsers)
        _check_order(path, number, before, row[0])
        for side in (slice(1, 5), slice(6, 10)):
            if any(row[side]) or len(absent) == 0:
                _check_range(path, number, row[side])
        before = row[0]
        yield row  # type: ignore[misc]  # the length is that of the parsers


def tick_trade_rows(path: Path, family: Format, lines: Lines | None = None) -> Iterator[TickRow]:
    """Single trades, times in ms since local midnight; suspicious ones are left out. Raises RecordingError.

    What stands between the size and the mark of suspicion, if anything does, is the venue and conditions.
    """
    before = 0
    for number, text in zip_lines(path) if lines is None else lines:
        fields = text.split(",")
        if len(fields) not in {3, 6}:
            raise RecordingError(path, number, f"has {len(fields)} columns instead of 3 or 6")
        time, price, size = _parse(path, number, fields[:3], (_millisecond_of_day, family.price, family.size))
        _check_tick(path, number, before, time, fields[3:])
        if price == 0:
            raise RecordingError(path, number, "is a trade at the price 0")
        before = time
        if fields[5:] != ["1"]:
            yield time, price, size


def tick_quote_rows(path: Path, family: Format, lines: Lines | None = None) -> Iterator[TopRow]:
    """Best prices as they changed; a row may have one side only. Raises RecordingError as above.

    Rows of forex have a bid and an ask without sizes.
    """
    price, size = family.price, family.size
    before = 0
    for number, text in zip_lines(path) if lines is None else lines:
        fields = text.split(",")
        if len(fields) == 3:
            time, bid, ask = _parse(path, number, fields, (_millisecond_of_day, price, price))
            row = (time, bid, 0, ask, 0)
        elif len(fields) in {5, 8}:
            parsers = (_millisecond_of_day, price, size, price, size)
            row = _parse(path, number, fields[:5], parsers)  # type: ignore[assignment]  # as many as parsers
        else:
            raise RecordingError(path, number, f"has {len(fields)} columns instead of 3, 5 or 8")
        _check_tick(path, number, before, row[0], fields[5:])
        before = row[0]
        if fields[7:] != ["1"]:
            yield row


def _check_tick(path: Path, number: int, before: int, time: int, marks: list[str]) -> None:
    if time < before:
        raise RecordingError(path, number, "is earlier than the line before it")
    if marks and marks[-1] not in {"0", "1"}:
        raise RecordingError(path, number, f"has '{marks[-1][:40]}' where 0 or 1 tells what is suspicious")


def _trade_rows(path: Path, time: Parse, family: Format, lines: Lines | None) -> Iterator[TradeRow]:
    parsers = (time, *[family.price] * 4, family.size)
    before = -1
    for number, text in zip_lines(path) if lines is None else lines:
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
