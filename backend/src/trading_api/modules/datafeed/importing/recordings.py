"""Recorded texts of websockets: their trades and best prices, and bars of seconds and minutes."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from trading_api.modules.datafeed.bars.columns import IntArray, of_prints
from trading_api.modules.datafeed.bars.resolution import MINUTE, MINUTE_MS, SECOND, SECOND_MS
from trading_api.modules.datafeed.formats.binance import PLACES, TickerMessage, TradeMessage, event_times
from trading_api.modules.datafeed.formats.reading import RecordingError
from trading_api.modules.datafeed.formats.recorded_ticks import Tick, recorded_ticks
from trading_api.modules.datafeed.importing.exchanges import EXCHANGES
from trading_api.modules.datafeed.importing.finding import files_below
from trading_api.modules.datafeed.importing.imported import (
    Imported,
    ImportedBars,
    ImportedTicks,
    ImportProblem,
)
from trading_api.modules.datafeed.importing.integers import best_prices, built, fewest_places, table_of_rows
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.importing.pairs import pair_of
from trading_api.modules.datafeed.store.errors import NameProblem
from trading_api.modules.datafeed.store.symbols import StoredSymbol, stored_name
from trading_api.modules.datafeed.store.tables import QuoteColumns, TradeColumns

_TEXTS = re.compile(r".+\.ws\.\d+\.\d+")
_PACKED = ".gz"


class RecordingImporter:
    """Reads what hftbacktest (`.gz`) and cryptofeed (`BITSTAMP.ws.1.0`) recorded of an exchange."""

    def files(self, path: Path) -> list[Path]:
        """See Importer."""
        if path.is_file():
            return [path]
        found = [
            one for one in files_below(path, ("",)) if _TEXTS.fullmatch(one.name) or one.suffix == _PACKED
        ]
        if not found:
            raise ImportProblem(
                path, None, "is a folder without recordings like BINANCE.ws.1.0 or btcusdt.gz"
            )
        return found

    def read(self, path: Path, options: ImportOptions) -> Iterator[Imported]:
        """See Importer."""
        if path.is_dir():
            raise ImportProblem(path, None, "is a folder where a file is expected")
        found: defaultdict[tuple[str, str], list[Tick]] = defaultdict(list)
        try:
            for exchange, tick in recorded_ticks(path):
                found[exchange, tick.symbol].append(tick)
        except RecordingError as error:
            raise ImportProblem(error.path, error.line, error.reason) from error
        if not found:
            raise ImportProblem(path, None, "holds no trades and no best prices of an exchange that is known")
        if options.symbol is not None and len(found) > 1:
            raise ImportProblem(path, None, f"holds {len(found)} symbols, so none can be told for all")
        for (exchange, name), ticks in sorted(found.items()):
            yield from _symbol_parts(path, exchange, name, ticks, options)


def _symbol_parts(
    path: Path, exchange: str, name: str, ticks: Sequence[Tick], options: ImportOptions
) -> Iterator[Imported]:
    times = _times(ticks)
    trade_rows, quote_rows = _rows(ticks, times, TradeMessage), _rows(ticks, times, TickerMessage)
    prices = np.concatenate([trade_rows[:, 1], quote_rows[:, 1], quote_rows[:, 3]])
    places, fewer = fewest_places(None, prices)
    price, bid, ask = np.split(fewer, [len(trade_rows), len(trade_rows) + len(quote_rows)])
    symbol = _symbol(path, exchange, name, places, options)
    trades = TradeColumns(trade_rows[:, 0], price, trade_rows[:, 2], trade_rows[:, 3])
    quotes, crossed = best_prices(quote_rows[:, 0], bid, ask, quote_rows[:, 2], quote_rows[:, 4])
    yield ImportedTicks(symbol, trades, quotes, _said(trades, quotes, crossed))
    if len(trades):
        prints = of_prints(trades.time, trades.price, trades.size)
        for base, length in ((SECOND, SECOND_MS), (MINUTE, MINUTE_MS)):
            yield ImportedBars(
                symbol, base, built(prints, length), note=f"bars of {base} built from the trades"
            )


def _times(ticks: Sequence[Tick]) -> IntArray:
    """What the exchange tells, or else what the order of the recording shows."""
    told = [tick.trade_time if isinstance(tick, TradeMessage) else tick.time for tick in ticks]
    known = [time for time in told if time is not None]
    return np.array(known, dtype=np.int64) if len(known) == len(told) else event_times(list(ticks))


def _rows(ticks: Sequence[Tick], times: IntArray, kind: type[Tick]) -> IntArray:
    """Time and numbers of the ticks of one kind, ascending; those of one moment in the recorded order."""
    rows = table_of_rows(
        (
            (time, tick.price, tick.size, tick.side, 0)
            if isinstance(tick, TradeMessage)
            else (time, tick.bid, tick.bid_size, tick.ask, tick.ask_size)
            for time, tick in zip(times.tolist(), ticks, strict=True)
            if isinstance(tick, kind)
        ),
        5,
    )
    return rows[np.argsort(rows[:, 0], kind="stable")]


def _said(trades: TradeColumns, quotes: QuoteColumns, crossed: int) -> str:
    left_out = f"; {crossed} moments with the bid above the ask are left out" if crossed else ""
    bars = ", bars of 1S and 1 built from the trades" if len(trades) else ""
    return f"{len(trades)} trades, {len(quotes)} quotes{bars}{left_out}"


def _symbol(path: Path, exchange: str, name: str, places: int, options: ImportOptions) -> StoredSymbol:
    told_exchange, _, told_ticker = (options.symbol or "").rpartition(":")
    try:
        listed = stored_name(options.exchange or told_exchange or exchange)
        ticker = stored_name(told_ticker or name)
    except NameProblem as error:
        raise ImportProblem(path, None, f"is of a symbol whose name cannot be kept: {error}") from error
    base, quote = pair_of(name) if "-" not in name else tuple(name.split("-")[:2])
    customs = EXCHANGES[exchange]
    return StoredSymbol(
        exchange=listed,
        ticker=ticker,
        price_places=places,
        size_places=PLACES,
        name=ticker,
        description=options.description or f"{base} against {quote} at {exchange.capitalize()}",
        type=options.type or customs.type,
        calendar=customs.calendar,
        timezone=customs.zone,
        currency=options.currency or quote,
        source=path.name,
    )
