"""Stored symbols as instruments, in as little memory as thousands of them need."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from trading_api.models.market.symbols import QuantityRules, SymbolInfo, SymbolType, TradingRules
from trading_api.modules.datafeed.bars.resolution import BASES, MINUTE, RESOLUTIONS, SECOND, Resolution
from trading_api.modules.datafeed.calendars.hours import TradingHours
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.modules.datafeed.store.index import Index
from trading_api.modules.datafeed.store.symbols import StoredSymbol
from trading_api.modules.datafeed.store.tables import Side, bar_series

NOT_TRADABLE = "Its prices are those of a file: nothing can be traded at them."
_TYPES: Mapping[str, SymbolType] = {
    "stock": "stock",
    "fund": "fund",
    "index": "index",
    "forex": "forex",
    "futures": "futures",
    "crypto": "crypto",
    "bond": "bond",
}
_FIELDS = set(SymbolInfo.model_fields)


def main_side(index: Index) -> Side:
    """Of which prices its chart is: of bids only where there is nothing else."""
    return Side.TRADE if bases_of(index, Side.TRADE) or not bases_of(index, Side.BID) else Side.BID


def bases_of(index: Index, side: Side) -> tuple[Resolution, ...]:
    """The bases that it has bars of."""
    return tuple(base for base in BASES if index.parts(bar_series(base, side)))


def instrument_of(
    symbol: StoredSymbol, ticker: str, hours: TradingHours, bases: tuple[Resolution, ...], side: Side
) -> Instrument:
    """The instrument named `ticker`; what many have in common is one object."""
    trades = symbol.has_trades and side is Side.TRADE
    return Instrument(
        info=_info(symbol, ticker, hours, bases, has_volume=trades and symbol.has_volume),
        session=hours.trading_session,
        price_unit=_unit(symbol.price_places),
        size_unit=_unit(symbol.size_places),
        has_trades=trades,
        has_volume=trades and symbol.has_volume,
    )


def _info(
    symbol: StoredSymbol, ticker: str, hours: TradingHours, bases: tuple[Resolution, ...], *, has_volume: bool
) -> SymbolInfo:
    # Built without validation: the values are ours, and there may be thousands.
    return SymbolInfo.model_construct(
        _FIELDS,
        name=symbol.name or symbol.ticker,
        ticker=ticker,
        description=symbol.description or symbol.name or symbol.ticker,
        type=_TYPES.get(symbol.type, "stock"),
        exchange=symbol.exchange,
        listed_exchange=symbol.exchange,
        session=hours.session,
        session_holidays=hours.holidays,
        corrections=hours.corrections,
        timezone=hours.timezone,
        format="price",
        pricescale=_scale(symbol.tick),
        minmov=int(symbol.tick * _scale(symbol.tick)),
        has_intraday=SECOND in bases or MINUTE in bases,
        has_daily=bool(bases),
        has_seconds=SECOND in bases,
        has_weekly_and_monthly=bool(bases),
        supported_resolutions=_supported(bases),
        volume_precision=symbol.size_places,
        visible_plots_set="ohlcv" if has_volume else "ohlc",
        data_status="endofday",
        delay=-1,
        currency_code=symbol.currency,
        data_kind="end-of-day",
        trading=_rules(symbol.tick, symbol.size_places, symbol.currency, symbol.has_trades),
    )


@cache
def _supported(bases: tuple[Resolution, ...]) -> list[str]:
    """A resolution is built from its own base or a finer one."""
    finest = min((BASES.index(base) for base in bases), default=len(BASES))
    return [str(known) for known in RESOLUTIONS if BASES.index(known.base) >= finest]


@cache
def _rules(tick: Decimal, size_places: int, currency: str, prints: bool) -> TradingRules:
    step = _unit(size_places)
    return TradingRules(
        tradable=False,
        reason=NOT_TRADABLE,
        qty=QuantityRules(min=step, max=Decimal(1_000_000), step=step, default=max(step, Decimal(1))),
        tick_size=tick,
        pip_size=tick,
        point_value=Decimal(1),
        margin_rate=Decimal(1),
        currency=currency,
        prints=prints,
    )


@cache
def _unit(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


@cache
def _scale(tick: Decimal) -> int:
    """How many of its last decimals are one: 100 for 0.05, whose `minmov` is 5."""
    exponent = tick.normalize().as_tuple().exponent
    return 10 ** max(0, -exponent) if isinstance(exponent, int) else 1
