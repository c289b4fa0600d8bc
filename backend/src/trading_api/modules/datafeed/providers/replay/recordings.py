"""Finding recordings in a folder and reading them into memory.

Layout: `lean/equity/usa/minute/<symbol>/YYYYMMDD_{trade,quote}.zip` and
`lean/equity/usa/{daily/<symbol>.zip,factor_files/<symbol>.csv}`;
`lean/crypto/coinbase/minute/<symbol>/...` and `lean/crypto/coinbase/daily/<symbol>_trade.zip`;
`hftbacktest/spot/*.gz`.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from trading_api.modules.datafeed.adjustment import CorporateAction
from trading_api.modules.datafeed.bars.columns import BarColumns, IntArray, no_bars
from trading_api.modules.datafeed.formats import binance, lean
from trading_api.modules.datafeed.formats.binance import TickerMessage, TradeMessage
from trading_api.modules.datafeed.formats.factor_file import read_factors
from trading_api.modules.datafeed.formats.lean import Format
from trading_api.modules.datafeed.formats.reading import RecordingError
from trading_api.modules.datafeed.providers.replay import listing
from trading_api.modules.datafeed.providers.replay.listing import Listing
from trading_api.modules.datafeed.providers.replay.minutes import Prints, Tops, play_minutes
from trading_api.modules.datafeed.providers.replay.series import QUOTE, TRADE, RecordedSeries
from trading_api.shared.trading_session import TradingSession

_DAY_FILE = re.compile(r"(\d{8})_(trade|quote)\.zip")
_LEAST_PLACES = 2


def read_recordings(root: Path) -> list[RecordedSeries]:
    """One series a symbol; raises RecordingError for what cannot be read or holds nothing."""
    if not root.is_dir():
        raise RecordingError(root, None, "is not a folder of recordings")
    found = [*_equities(root), *_coinbase(root), *_binance(root)]
    found = [series for series in found if len(series.times)]
    if not found:
        raise RecordingError(root, None, "holds no recordings that can be played")
    return found


def _equities(root: Path) -> Iterable[RecordedSeries]:
    base = root / "lean" / "equity" / "usa"
    for folder in _folders(base / "minute"):
        daily = base / "daily" / f"{folder.name}.zip"
        factors = base / "factor_files" / f"{folder.name}.csv"
        actions = read_factors(factors) if factors.is_file() else []
        yield _lean_series(folder, daily, lean.EQUITY, lambda name, _: listing.equity(name), actions)


def _coinbase(root: Path) -> Iterable[RecordedSeries]:
    base = root / "lean" / "crypto" / "coinbase"
    for folder in _folders(base / "minute"):
        daily = base / "daily" / f"{folder.name}_trade.zip"
        yield _lean_series(folder, daily, lean.CRYPTO, listing.coinbase)


def _folders(parent: Path) -> list[Path]:
    return sorted(path for path in parent.glob("*") if path.is_dir())


def _lean_series(
    folder: Path,
    daily_path: Path,
    family: Format,
    make_listing: Callable[[str, int], Listing],
    actions: Sequence[CorporateAction] = (),
) -> RecordedSeries:
    daily = _columns(lean.daily_rows(daily_path, family), 6) if daily_path.is_file() else _empty(6)
    hours = make_listing(folder.name, _LEAST_PLACES)
    session, zone = TradingSession(hours.session, hours.timezone), ZoneInfo(hours.timezone)
    trades, quotes = [_empty(6)], [_empty(11)]
    for path in sorted(folder.glob("*.zip")):
        named = _DAY_FILE.fullmatch(path.name)
        if named is None:
            continue
        day = _named_day(path, named[1])
        if named[2] == "trade":
            trades.append(_in_session(_columns(lean.minute_trade_rows(path, family), 6), day, zone, session))
        else:
            quotes.append(_in_session(_columns(lean.minute_quote_rows(path, family), 11), day, zone, session))
    prints, tops = play_minutes(np.concatenate(trades), np.concatenate(quotes))
    places = _tick_places(family.price_places, prints.price, tops.bid, tops.ask)
    instrument = make_listing(folder.name, places).instrument(family.price_places)
    days = BarColumns(*daily.T) if len(daily) else no_bars()
    return RecordedSeries(instrument, prints, tops, days, actions=actions)


def _named_day(path: Path, digits: str) -> date:
    try:
        return lean.file_day(digits)
    except ValueError as error:
        raise RecordingError(path, None, "is not named by a day") from error


def _columns(rows: Iterable[tuple[int, ...]], width: int) -> IntArray:
    return np.array(list(rows), dtype=np.int64).reshape(-1, width)


def _empty(width: int) -> IntArray:
    return np.zeros((0, width), dtype=np.int64)


def _in_session(rows: IntArray, day: date, zone: ZoneInfo, session: TradingSession) -> IntArray:
    """Rows of the day's sessions only, with times in ms UTC instead of ms since local midnight."""
    midnight = int(datetime.combine(day, time(), zone).timestamp()) * 1000
    rows[:, 0] += midnight
    kept = np.zeros(len(rows), dtype=np.bool_)
    for period in session.periods(day):
        kept |= (rows[:, 0] >= period.open) & (rows[:, 0] < period.close)
    return rows[kept]


def _binance(root: Path) -> Iterable[RecordedSeries]:
    recorded: dict[str, list[TradeMessage | TickerMessage]] = {}
    for path in sorted((root / "hftbacktest" / "spot").glob("*.gz")):
        for message in binance.messages(path):
            recorded.setdefault(message.symbol, []).append(message)
    for symbol, messages in sorted(recorded.items()):
        yield _binance_series(symbol, messages)


def _binance_series(symbol: str, messages: list[TradeMessage | TickerMessage]) -> RecordedSeries:
    times = binance.event_times(messages).tolist()
    order: list[tuple[int, int]] = []
    trades: list[tuple[int, ...]] = []
    tops: list[tuple[int, ...]] = []
    for when, message in zip(times, messages, strict=True):
        if isinstance(message, TradeMessage):
            order.append((TRADE, len(trades)))
            trades.append((when, message.price, message.size))
        elif 0 < message.bid <= message.ask:
            order.append((QUOTE, len(tops)))
            tops.append((when, message.bid, message.ask, message.bid_size, message.ask_size))
    prints = Prints(*_columns(trades, 3).T)
    best = Tops(*_columns(tops, 5).T)
    places = _tick_places(binance.PLACES, prints.price, best.bid, best.ask)
    instrument = listing.binance(symbol, places).instrument(binance.PLACES)
    return RecordedSeries(instrument, prints, best, no_bars(), _columns(order, 2))


def _tick_places(places: int, *prices: IntArray) -> int:
    """Decimals that the prices, which have `places` of them, need: the tick, at least a hundredth."""
    common = int(np.gcd.reduce(np.concatenate(prices), initial=0))
    while places > _LEAST_PLACES and common % 10 == 0:
        common //= 10
        places -= 1
    return places
