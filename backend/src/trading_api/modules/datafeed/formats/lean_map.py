"""Map files of the Lean engine: on which days a ticker was that of which company.

A row holds `YYYYMMDD,ticker,venue letter`: the ticker up to and including its date, from the day after the
row before it; the first row is that of the first day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from trading_api.modules.datafeed.formats.lean import file_day
from trading_api.modules.datafeed.formats.reading import RecordingError, text_lines

_EXCHANGES = {
    "A": "AMEX",
    "B": "NASDAQ",
    "N": "NYSE",
    "P": "ARCA",
    "Q": "NASDAQ",
    "T": "NASDAQ",
    "V": "IEX",
    "Z": "BATS",
}


@dataclass(frozen=True, slots=True)
class Validity:
    """Days, both included, on which a ticker was that of one company."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TickerMap:
    """The history of one company's tickers."""

    rows: tuple[tuple[date, str], ...]
    exchange: str | None
    """Where it was listed last, if the file says so."""

    def valid(self, ticker: str) -> list[Validity]:
        """When `ticker` was this company's."""
        first_day, first_ticker = self.rows[0]
        found = [Validity(first_day, first_day)] if first_ticker == ticker.lower() else []
        for (before, _), (until, name) in pairwise(self.rows):
            if name == ticker.lower():
                found.append(Validity(before + timedelta(days=1), until))
        return found


def read_map(path: Path) -> TickerMap:
    """A map file; raises RecordingError."""
    rows: list[tuple[date, str]] = []
    letter = ""
    for number, text in text_lines(path):
        day, name, letter = _row(path, number, text)
        if rows and day <= rows[-1][0]:
            raise RecordingError(path, number, "is not later than the line before it")
        rows.append((day, name))
    if not rows:
        raise RecordingError(path, None, "is empty")
    return TickerMap(tuple(rows), _EXCHANGES.get(letter.upper()))


def _row(path: Path, number: int, text: str) -> tuple[date, str, str]:
    fields: Sequence[str] = text.split(",")
    if len(fields) not in {2, 3, 4} or not fields[1]:
        raise RecordingError(path, number, f"is not a date, a ticker and a venue: '{text[:60]}'")
    try:
        return file_day(fields[0]), fields[1].lower(), fields[2] if len(fields) > 2 else ""
    except ValueError as error:
        raise RecordingError(path, number, f"has '{fields[0][:40]}' where a date belongs") from error
