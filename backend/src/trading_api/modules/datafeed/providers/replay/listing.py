"""What is known of the recorded symbols: names, exchanges, hours and trading rules."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.market.symbols import QuantityRules, SymbolInfo, SymbolType, TradingRules
from trading_api.modules.datafeed.bars.resolution import RESOLUTIONS
from trading_api.modules.datafeed.formats.lean import EQUITY_PLACES
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.shared.trading_session import TradingSession

_EQUITIES: dict[str, tuple[str, SymbolType, str]] = {
    "SPY": ("ARCA", "fund", "SPDR S&P 500 ETF Trust"),
    "IBM": ("NYSE", "stock", "International Business Machines"),
    "AAPL": ("NASDAQ", "stock", "Apple Inc."),
}
_SHARES = QuantityRules(min=Decimal(1), max=Decimal(1_000_000), step=Decimal(1), default=Decimal(100))
_SATOSHI = Decimal("0.00000001")
_COINS = QuantityRules(min=_SATOSHI, max=Decimal(10_000), step=_SATOSHI, default=Decimal("0.1"))
_SIZE_PLACES = 8


@dataclass(frozen=True)
class Listing:
    """How one symbol is named and traded."""

    ticker: str
    description: str
    type: SymbolType
    exchange: str
    session: str
    timezone: str
    places: int
    """Decimals of its tick."""
    quantities: QuantityRules
    volume_precision: int
    currency: str
    untradable: str | None = None

    def instrument(self, price_places: int) -> Instrument:
        """As the service knows it; recorded prices are integers divided by 10**price_places."""
        return Instrument(
            info=self._info(),
            session=TradingSession(self.session, self.timezone),
            price_unit=Decimal(1).scaleb(-price_places),
            size_unit=Decimal(1).scaleb(-self.volume_precision),
            has_trades=True,
            has_volume=True,
        )

    def _info(self) -> SymbolInfo:
        tick = Decimal(1).scaleb(-self.places)
        return SymbolInfo(
            name=self.ticker,
            ticker=self.ticker,
            description=self.description,
            type=self.type,
            exchange=self.exchange,
            listed_exchange=self.exchange,
            session=self.session,
            timezone=self.timezone,
            format="price",
            pricescale=10**self.places,
            minmov=1,
            has_intraday=True,
            has_daily=True,
            has_seconds=True,
            has_weekly_and_monthly=True,
            supported_resolutions=[str(known) for known in RESOLUTIONS],
            volume_precision=self.volume_precision,
            visible_plots_set="ohlcv",
            data_status="streaming",
            currency_code=self.currency,
            data_kind="replayed",
            trading=TradingRules(
                tradable=self.untradable is None,
                reason=self.untradable,
                qty=self.quantities,
                tick_size=tick,
                pip_size=tick,
                point_value=Decimal(1),
                margin_rate=Decimal(1),
                currency="USD",
            ),
        )


def equity(symbol: str) -> Listing:
    """A US stock or fund in regular hours."""
    ticker = symbol.upper()
    exchange, kind, description = _EQUITIES.get(ticker, ("USA", "stock", ticker))
    return Listing(
        ticker,
        description,
        kind,
        exchange,
        "0930-1600",
        "America/New_York",
        EQUITY_PLACES - 2,
        _SHARES,
        0,
        "USD",
    )


def coinbase(symbol: str, places: int) -> Listing:
    """A pair of Coinbase, such as `btcusd`."""
    base, quote = symbol[:-3].upper(), symbol[-3:].upper()
    return _coin(f"{base}-{quote}", f"{base} against {quote} at Coinbase", "COINBASE", quote, places, None)


def binance(symbol: str, places: int) -> Listing:
    """A spot pair of Binance, such as `BTCUSDT`."""
    if symbol.endswith("USDT"):
        # The account is in USD: who trades this pair is told that one USDT counts as one USD.
        text = f"{symbol[:-4]} against USDT at Binance, settled in USD at par (1 USDT = 1 USD)"
        return _coin(symbol, text, "BINANCE", "USDT", places, "at par")
    return _coin(symbol, f"{symbol} at Binance", "BINANCE", symbol[-3:], places, None)


def _coin(
    ticker: str, description: str, exchange: str, currency: str, places: int, settlement: str | None
) -> Listing:
    settled_in_usd = currency == "USD" or settlement is not None
    reason = None if settled_in_usd else f"It is quoted in {currency}, but the account is in USD."
    return Listing(
        ticker,
        description,
        "crypto",
        exchange,
        "24x7",
        "Etc/UTC",
        places,
        _COINS,
        _SIZE_PLACES,
        currency,
        reason,
    )
