"""What symbol a table of bars is of, and on which hours it is traded: as told, or guessed and said."""

import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from trading_api.modules.datafeed.bars.resolution import DAY_MS
from trading_api.modules.datafeed.importing.bar_times import Written
from trading_api.modules.datafeed.importing.exchanges import EXCHANGES, UNKNOWN_EXCHANGE, Exchange
from trading_api.modules.datafeed.importing.imported import ImportProblem
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.store.errors import NameProblem
from trading_api.modules.datafeed.store.symbols import stored_name

_NEW_YORK_OPEN_MS, _NEW_YORK_CLOSE_MS = 34_200_000, 57_600_000
_SUNDAY_AND_SATURDAY = (3, 2)
"""Days since 1970-01-01, a Thursday, modulo 7."""
_WEEKDAYS = Exchange("Etc/UTC", "stock", "USD", None, "0000-0000:23456")
_ANY_TIME = Exchange("Etc/UTC", "stock", "USD", "24x7")


@dataclass(frozen=True, slots=True)
class Names:
    """Exchange and ticker as they are stored."""

    exchange: str
    ticker: str


def names_of(path: Path, options: ImportOptions) -> Names:
    """The names that are told, or those that the file's name shows; raises ImportProblem."""
    exchange, _, ticker = (options.symbol or _ticker_in(path)).rpartition(":")
    try:
        return Names(stored_name(options.exchange or exchange or UNKNOWN_EXCHANGE), stored_name(ticker))
    except NameProblem as error:
        raise ImportProblem(path, None, f"is of a symbol whose name cannot be kept: {error}") from error


def _ticker_in(path: Path) -> str:
    """The first part of the name in capitals: AAPL of `yahoofinance-AAPL-20040819.csv`; or its first part."""
    stem = path.name.partition(".")[0]
    parts = [part for part in re.split(r"[-_ ]+", stem) if part]
    capitals = [part for part in parts if re.fullmatch(r"[A-Z][A-Z0-9]{0,11}", part)]
    return (capitals or parts or [stem])[0]


@dataclass(frozen=True, slots=True)
class Market:
    """The customs that times are read by, and how they are known."""

    exchange: Exchange
    zone: ZoneInfo
    zone_is_told: bool


def market_of(names: Names, written: Written, options: ImportOptions) -> Market:
    """The customs of the exchange if it is known, or else those that the times speak of."""
    exchange = EXCHANGES.get(names.exchange) or _customs(written)
    if options.zone is not None:
        return Market(exchange, options.zone, zone_is_told=True)
    return Market(exchange, ZoneInfo(exchange.zone), zone_is_told=False)


def _customs(written: Written) -> Exchange:
    wall = written.wall
    clock = wall % DAY_MS
    weekend = np.isin(wall // DAY_MS % 7, _SUNDAY_AND_SATURDAY).any()
    if weekend:
        return _ANY_TIME
    if not clock.any():
        return _WEEKDAYS
    regular = (clock >= _NEW_YORK_OPEN_MS) & (clock <= _NEW_YORK_CLOSE_MS)
    in_new_york = written.utc is None and bool(regular.all())
    return EXCHANGES["USA"] if in_new_york else _ANY_TIME
