"""What is known of recorded symbols: names, exchanges, hours and trading rules."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeAlias

from trading_api.models.market.symbols import QuantityRules, SymbolInfo, SymbolType, TradingRules
from trading_api.modules.datafeed.bars.resolution import RESOLUTIONS, Unit
from trading_api.modules.datafeed.calendars.hours import TradingHours
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.modules.datafeed.store.symbols import StoredSymbol

HoursOf: TypeAlias = Callable[[StoredSymbol], TradingHours]
"""When a symbol trades."""

_NAMES = {
    "SPY": "SPDR S&P 500 ETF Trust",
    "IBM": "International Business Machines",
    "AAPL": "Apple Inc.",
    "GOOG": "Alphabet Inc.",
    "IWM": "iShares Russell 2000 ETF",
}
_SHARES = QuantityRules(min=Decimal(1), max=Decimal(1_000_000), step=Decimal(1), default=Decimal(100))
_SATOSHI = Decimal("0.00000001")
_COINS = QuantityRules(min=_SATOSHI, max=Decimal(10_000), step=_SATOSHI, default=Decimal("0.1"))
_CONTRACTS = QuantityRules(min=Decimal(1), max=Decimal(10_000), step=Decimal(1), default=Decimal(1))
_UNITS = QuantityRules(min=Decimal(1), max=Decimal(100_000_000), step=Decimal(1), default=Decimal(10_000))
_QUANTITIES = {"crypto": _COINS, "futures": _CONTRACTS, "forex": _UNITS}
_TYPES: dict[str, SymbolType] = {
    "stock": "stock",
    "fund": "fund",
    "index": "index",
    "forex": "forex",
    "futures": "futures",
    "crypto": "crypto",
    "bond": "bond",
}
_POINT_VALUES = {
    "ES": Decimal(50),
    "NQ": Decimal(20),
    "YM": Decimal(5),
    "RTY": Decimal(50),
    "GC": Decimal(100),
}
"""Money a point of one contract, in USD, by the root of its name."""
_EXPIRY_LETTERS = 5
"""`Z2013` behind the root."""
_PLAIN_HOURS = {"XNYS": ("0930-1600", "America/New_York"), "CMES": ("1700-1600", "America/Chicago")}


def plain_hours(symbol: StoredSymbol) -> TradingHours:
    """The weekly hours of a symbol, without holidays."""
    session, zone = _PLAIN_HOURS.get(symbol.calendar or "", (symbol.session, symbol.timezone))
    return TradingHours(session, zone)


def instrument_of(
    symbol: StoredSymbol,
    hours: HoursOf,
    *,
    ticker: str | None = None,
    price_places: int | None = None,
    is_played: bool = True,
) -> Instrument:
    """The instrument named `ticker`; its recorded prices have `price_places` decimals, or the symbol's.

    Of what is not played there are daily bars only.
    """
    open_hours = hours(symbol)
    places = symbol.price_places if price_places is None else price_places
    return Instrument(
        info=_info(symbol, ticker or symbol.ticker, open_hours, is_played=is_played),
        session=open_hours.trading_session,
        price_unit=Decimal(1).scaleb(-places),
        size_unit=Decimal(1).scaleb(-symbol.size_places),
        has_trades=symbol.has_trades,
        has_volume=symbol.has_trades and symbol.has_volume,
    )


def _info(symbol: StoredSymbol, ticker: str, hours: TradingHours, *, is_played: bool) -> SymbolInfo:
    tick = symbol.tick
    scale = 10 ** max(0, -int(tick.normalize().as_tuple().exponent))
    return SymbolInfo(
        name=symbol.name or symbol.ticker,
        ticker=ticker,
        description=_description(symbol),
        type=_TYPES.get(symbol.type, "stock"),
        exchange=symbol.exchange,
        listed_exchange=symbol.exchange,
        session=hours.session,
        session_holidays=hours.holidays,
        corrections=hours.corrections,
        timezone=hours.timezone,
        format="price",
        pricescale=scale,
        minmov=int(tick * scale),
        has_intraday=is_played,
        has_daily=True,
        has_seconds=is_played,
        has_weekly_and_monthly=True,
        supported_resolutions=[str(one) for one in RESOLUTIONS if is_played or one.unit in _LONG_UNITS],
        volume_precision=symbol.size_places,
        visible_plots_set="ohlcv" if symbol.has_trades and symbol.has_volume else "ohlc",
        data_status="streaming" if is_played else "endofday",
        currency_code=symbol.currency,
        data_kind="replayed",
        trading=_rules(symbol, is_played=is_played),
    )


_LONG_UNITS = frozenset({Unit.DAY, Unit.WEEK, Unit.MONTH})


def _description(symbol: StoredSymbol) -> str:
    text = _NAMES.get(symbol.ticker) if symbol.type in {"stock", "fund"} else None
    text = text or symbol.description or symbol.ticker
    # The account is in USD: who trades such a pair is told that one USDT counts as one USD.
    return f"{text}, settled in USD at par (1 USDT = 1 USD)" if symbol.currency == "USDT" else text


def _rules(symbol: StoredSymbol, *, is_played: bool) -> TradingRules:
    reason = _why_untradable(symbol, is_played=is_played)
    pip = symbol.tick * 10 if symbol.type == "forex" else symbol.tick
    return TradingRules(
        tradable=reason is None,
        reason=reason,
        qty=_QUANTITIES.get(symbol.type, _SHARES),
        tick_size=symbol.tick,
        pip_size=pip,
        point_value=_point_value(symbol) or Decimal(1),
        margin_rate=Decimal(1),
        currency="USD",
        prints=symbol.has_trades,
    )


def _why_untradable(symbol: StoredSymbol, *, is_played: bool) -> str | None:
    if not is_played:
        return "Only its daily bars are recorded, so that it has no quotes."
    if symbol.currency not in {"USD", "USDT"}:
        return f"It is quoted in {symbol.currency}, but the account is in USD."
    if symbol.type == "futures" and _point_value(symbol) is None:
        return "The value of its point is not known."
    return None


def _point_value(symbol: StoredSymbol) -> Decimal | None:
    root = symbol.ticker[:-_EXPIRY_LETTERS]
    return _POINT_VALUES.get(root) if symbol.type == "futures" else None
