"""The symbols that Lean's files are of: names, exchanges and hours, from their folders and map files."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from trading_api.modules.datafeed.formats import lean
from trading_api.modules.datafeed.formats.lean import Format
from trading_api.modules.datafeed.formats.lean_map import TickerMap, read_map
from trading_api.modules.datafeed.importing.exchanges import EXCHANGES, FOREX, Exchange
from trading_api.modules.datafeed.importing.imported import ImportProblem
from trading_api.modules.datafeed.importing.lean_paths import LeanFile
from trading_api.modules.datafeed.importing.options import ImportOptions
from trading_api.modules.datafeed.importing.pairs import pair_of
from trading_api.modules.datafeed.store.errors import NameProblem
from trading_api.modules.datafeed.store.symbols import StoredSymbol, stored_name

_UTC = "Etc/UTC"
_MONTHS = "FGHJKMNQUVXZ"
"""The letters of the months in which futures expire."""
_FUTURE_TICKS = {
    "es": "0.25",
    "nq": "0.25",
    "ym": "1",
    "rty": "0.1",
    "gc": "0.1",
    "cl": "0.01",
    "6e": "0.00005",
}
_FUNDS = frozenset(
    ("spy", "iwm", "qqq", "dia", "eem", "uso", "gld", "slv", "tlt", "vti", "voo", "xlf", "xle")
)


@dataclass(frozen=True, slots=True)
class Family:
    """How one security type is written; `data_zone` is that of its times."""

    format: Format
    data_zone: ZoneInfo
    size_places: int
    price_places: int | None
    """None: as many as the prices of a file need."""


_FAMILIES = {
    "equity": Family(lean.EQUITY, ZoneInfo("America/New_York"), 0, lean.EQUITY_PLACES),
    "crypto": Family(lean.CRYPTO, ZoneInfo(_UTC), 8, None),
    "cryptofuture": Family(lean.CRYPTO, ZoneInfo(_UTC), 8, None),
    "forex": Family(lean.CONTRACTS, ZoneInfo(_UTC), 0, None),
    "future": Family(lean.CONTRACTS, ZoneInfo(_UTC), 0, None),
}


def family_of(file: LeanFile) -> Family:
    """How the file is written; raises ImportProblem for a market whose zone is not known."""
    if file.family == "equity" and file.market != "usa":
        raise ImportProblem(
            file.path, None, f"is of the market '{file.market}', whose time zone is not known"
        )
    return _FAMILIES[file.family]


def ticker_map(file: LeanFile) -> TickerMap | None:
    """The map file beside an equity, if there is one; raises RecordingError."""
    path = file.market_folder / "map_files" / f"{file.symbol}.csv"
    return read_map(path) if file.family == "equity" and path.is_file() else None


def symbol_of(
    file: LeanFile, expiry: str | None, places: int, known: TickerMap | None, options: ImportOptions
) -> StoredSymbol:
    """The symbol of a file, or of one of its expiries (`YYYYMM`); raises ImportProblem."""
    told_exchange, _, told_ticker = (options.symbol or "").rpartition(":")
    name, description, currency = _named(file, expiry)
    listed = options.exchange or told_exchange or (known.exchange if known else None) or file.market.upper()
    try:
        exchange, ticker = stored_name(listed), stored_name(told_ticker or name)
    except NameProblem as error:
        raise ImportProblem(file.path, None, f"is of a symbol whose name cannot be kept: {error}") from error
    customs = EXCHANGES.get(exchange) or _customs(file)
    return StoredSymbol(
        exchange=exchange,
        ticker=ticker,
        price_places=places,
        size_places=_FAMILIES[file.family].size_places,
        name=ticker,
        description=options.description or description,
        type=options.type or _type(file),
        calendar=customs.calendar,
        session=customs.session,
        timezone=customs.zone,
        currency=options.currency or currency,
        tick_size=_tick(file),
        has_trades=file.family != "forex",
        has_volume=file.family != "forex",
        source="Lean",
    )


def _named(file: LeanFile, expiry: str | None) -> tuple[str, str, str]:
    """Ticker, description and currency."""
    symbol = file.symbol.upper()
    if file.family == "future":
        if expiry is None:
            return symbol, f"{symbol} futures", "USD"
        year, month = expiry[:4], int(expiry[4:6])
        return (
            f"{symbol}{_MONTHS[month - 1]}{year}",
            f"{symbol} futures, {date(2000, month, 1):%B} {year}",
            "USD",
        )
    if file.family == "equity":
        return symbol, symbol, "USD"
    base, quote = pair_of(file.symbol)
    if file.family == "forex":
        return symbol, f"{base} against {quote} at {file.market.upper()}", quote
    if file.family == "cryptofuture":
        return f"{symbol}.P", f"{base} against {quote} at {file.market.upper()}, perpetual", quote
    return f"{base}-{quote}", f"{base} against {quote} at {file.market.upper()}", quote


def _type(file: LeanFile) -> str:
    if file.family == "equity":
        return "fund" if file.symbol in _FUNDS else "stock"
    return {"forex": "forex", "future": "futures"}.get(file.family, "crypto")


def _tick(file: LeanFile) -> Decimal | None:
    if file.family == "equity":
        return Decimal("0.01")
    known = _FUTURE_TICKS.get(file.symbol) if file.family == "future" else None
    return None if known is None else Decimal(known)


def _customs(file: LeanFile) -> Exchange:
    if file.family == "equity":
        return EXCHANGES["USA"]
    if file.family == "forex":
        return FOREX
    return EXCHANGES["CME"] if file.family == "future" else EXCHANGES["COINBASE"]
