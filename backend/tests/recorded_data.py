"""Where the recorded markets are, and their files read again, apart from the code under test."""

import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

REPOSITORY = Path(__file__).parents[2]


def recorded_data() -> Path:
    """The folder of recordings; the test that needs it is skipped where it is absent."""
    folder = Path(os.environ.get("TRADING_MARKET_DATA") or REPOSITORY / ".." / "shared" / "data").resolve()
    if not folder.is_dir():
        pytest.skip(f"no recorded market data in {folder} (set TRADING_MARKET_DATA)")
    return folder


@dataclass(frozen=True)
class QuoteMinute:
    """The extremes of bid and ask within the minute that starts at `time` (ms UTC)."""

    time: int
    bid_high: Decimal
    ask_low: Decimal


def quote_minutes(folder: Path, symbol: str, day: date) -> Iterator[QuoteMinute]:
    """Minutes of a stock's quotes, from the file itself."""
    path = folder / "lean" / "equity" / "usa" / "minute" / symbol.lower() / f"{day:%Y%m%d}_quote.zip"
    midnight = datetime.combine(day, time(), ZoneInfo("America/New_York"))
    with zipfile.ZipFile(path) as archive:
        rows = archive.read(archive.namelist()[0]).decode().splitlines()
    for row in rows:
        cells = row.split(",")
        moment = midnight + timedelta(milliseconds=int(cells[0]))
        yield QuoteMinute(
            int(moment.timestamp() * 1000), Decimal(cells[2]) / 10_000, Decimal(cells[8]) / 10_000
        )
