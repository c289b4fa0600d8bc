"""Recorded quotes of the folder of market data; its README describes the formats."""

import gzip
import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.engine.scenario import RecordedQuote, Terms

REPOSITORY = Path(__file__).resolve().parents[3]
NEW_YORK = ZoneInfo("America/New_York")
OPEN_MS, CLOSE_MS = 34_200_000, 57_600_000
"""The regular session, since midnight in New York."""

BTCUSDT = Terms("BTCUSDT", price_digits=2, qty_digits=5)
STOCK_PRICE_SCALE = 10_000


class DataMissing(Exception):
    """The recordings are not here; the text says where they were looked for."""


def folder() -> Path:
    """Where the recordings are; raises DataMissing."""
    found = Path(os.environ.get("TRADING_MARKET_DATA") or REPOSITORY / ".." / "shared" / "data").resolve()
    if not found.is_dir():
        raise DataMissing(f"There is no recorded market data in {found} (set TRADING_MARKET_DATA).")
    return found


def btcusdt() -> list[RecordedQuote]:
    """Every best bid and ask of 346 seconds on 2024-08-08."""
    with gzip.open(folder() / "hftbacktest" / "spot" / "btcusdt_20240808.gz", "rt") as lines:
        return [_book_ticker(line) for line in lines if '"btcusdt@bookTicker"' in line]


def stock(symbol: str, *days: str) -> list[RecordedQuote]:
    """Four quotes of each minute of the regular sessions of these days (YYYYMMDD): the way of a bar.

    Open, then the nearer of high and low, the other, close.
    """
    return [quote for day in days for quote in _stock_day(symbol, day)]


def _book_ticker(line: str) -> RecordedQuote:
    received, _, message = line.partition(" ")
    data = json.loads(message)["data"]
    bid, ask = (f"{float(data[side]):.2f}" for side in "ba")
    bid_size, ask_size = (f"{float(data[side]):.5f}" for side in "BA")
    return RecordedQuote(int(received) // 1_000_000, bid, ask, bid_size, ask_size)


def _stock_day(symbol: str, day: str) -> list[RecordedQuote]:
    path = folder() / "lean" / "equity" / "usa" / "minute" / symbol / f"{day}_quote.zip"
    with zipfile.ZipFile(path) as archive:
        lines = archive.read(archive.namelist()[0]).decode().splitlines()
    midnight = int(datetime.strptime(day, "%Y%m%d").replace(tzinfo=NEW_YORK).astimezone(UTC).timestamp())
    found = []
    for line in lines:
        since, *values = (int(value) for value in line.split(","))
        if OPEN_MS <= since < CLOSE_MS:
            found += _bar(midnight * 1000 + since, values)
    return found


def _bar(start: int, values: list[int]) -> list[RecordedQuote]:
    (first, high, low, last), size = zip(values[:4], values[5:9], strict=True), (values[4], values[9])
    falls_first = first[0] - low[0] < high[0] - first[0]
    way = (first, low, high, last) if falls_first else (first, high, low, last)
    return [
        RecordedQuote(start + index * 15_000, _dollars(bid), _dollars(ask), str(size[0]), str(size[1]))
        for index, (bid, ask) in enumerate(way)
        if bid <= ask
    ]


def _dollars(value: int) -> str:
    return f"{value / STOCK_PRICE_SCALE:.2f}"
