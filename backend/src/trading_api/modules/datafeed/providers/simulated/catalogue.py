"""The instruments of the simulated market: one of each asset class and price format."""

from dataclasses import dataclass
from decimal import Decimal

from trading_api.models.market.symbols import QuantityRules, SymbolInfo, SymbolType, TradingRules
from trading_api.modules.datafeed.bars.resolution import RESOLUTIONS
from trading_api.modules.datafeed.providers.base import Instrument
from trading_api.shared.trading_session import TradingSession

EXCHANGE = "SIM"
SESSION = "24x7"
TIMEZONE = "Etc/UTC"


@dataclass(frozen=True)
class Quantities:
    """Which quantities orders may have; as text, so that they are exact."""

    step: str
    most: str
    default: str


WHOLE = Quantities(step="1", most="1000000", default="100")
CONTRACTS = Quantities(step="1", most="1000", default="1")
FOREX = Quantities(step="1000", most="10000000", default="10000")
COINS = Quantities(step="0.00000001", most="1000", default="0.1")


@dataclass(frozen=True)
class SimulatedInstrument:
    """One instrument and how it behaves. Prices are in ticks, volatility in parts per million a day."""

    name: str
    description: str
    type: SymbolType
    base_ticks: int
    volatility_ppm: int
    pricescale: int
    minmov: int = 1
    minmove2: int | None = None
    fractional: bool | None = None
    quantities: Quantities = WHOLE
    size_unit: str = "1"
    print_lot: int = 1
    """Size of a print: this many size units times a product of two bytes, shifted by `print_shift`."""
    print_shift: int = 6
    quote_lot: int = 100
    spread_ticks: int = 1
    point_value: str = "1"
    margin_rate: str = "1"
    has_trades: bool = True
    has_quotes: bool = True

    @property
    def tick(self) -> Decimal:
        """The step of its prices."""
        return Decimal(self.minmov) / Decimal(self.pricescale)

    @property
    def has_volume(self) -> bool:
        """An index and a quote-driven market report no volume."""
        return self.has_trades and self.has_quotes

    def instrument(self) -> Instrument:
        """As the service knows it."""
        return Instrument(
            info=self._info(),
            session=TradingSession(SESSION, TIMEZONE),
            price_unit=self.tick,
            size_unit=Decimal(self.size_unit),
            has_trades=self.has_trades,
            has_volume=self.has_volume,
        )

    def _info(self) -> SymbolInfo:
        return SymbolInfo(
            name=self.name,
            ticker=self.name,
            description=f"{self.description} (simulated)",
            type=self.type,
            exchange=EXCHANGE,
            listed_exchange=EXCHANGE,
            session=SESSION,
            timezone=TIMEZONE,
            format="price",
            pricescale=self.pricescale,
            minmov=self.minmov,
            minmove2=self.minmove2,
            fractional=self.fractional,
            has_intraday=True,
            has_daily=True,
            has_seconds=True,
            has_weekly_and_monthly=True,
            supported_resolutions=[str(known) for known in RESOLUTIONS],
            volume_precision=-int(str(Decimal(self.size_unit).as_tuple().exponent)),
            visible_plots_set="ohlcv" if self.has_volume else "ohlc",
            data_status="streaming",
            currency_code="USD",
            data_kind="simulated",
            trading=self._trading(),
        )

    def _trading(self) -> TradingRules:
        return TradingRules(
            tradable=self.has_quotes,
            reason=None if self.has_quotes else "An index is a calculated value that nobody quotes.",
            qty=QuantityRules(
                min=Decimal(self.quantities.step),
                max=Decimal(self.quantities.most),
                step=Decimal(self.quantities.step),
                default=Decimal(self.quantities.default),
            ),
            tick_size=self.tick,
            pip_size=self.tick * (self.minmove2 or 1),
            point_value=Decimal(self.point_value),
            margin_rate=Decimal(self.margin_rate),
            currency="USD",
            prints=self.has_trades,
        )


CATALOGUE = (
    SimulatedInstrument("ALFA", "Alfa Industries, a stock", "stock", 10_000, 12_000, 100),
    SimulatedInstrument(
        "PENY",
        "Penny Mining, a stock below a dollar",
        "stock",
        4_200,
        20_000,
        10_000,
        print_shift=2,
        quote_lot=1_000,
    ),
    SimulatedInstrument("FUND", "Broad market fund, an ETF", "fund", 40_000, 9_000, 100, print_shift=5),
    SimulatedInstrument("INDX", "Index of a hundred stocks", "index", 500_000, 9_000, 100, has_quotes=False),
    SimulatedInstrument(
        "FUTR",
        "Index future, 50 USD a point",
        "futures",
        20_000,
        11_000,
        100,
        minmov=25,
        quantities=CONTRACTS,
        print_shift=10,
        quote_lot=5,
        point_value="50",
        margin_rate="0.1",
    ),
    SimulatedInstrument(
        "BOND",
        "Treasury bond, quoted in 1/32, 1000 USD face value each",
        "bond",
        3_520,
        4_000,
        32,
        fractional=True,
        print_shift=9,
        quote_lot=10,
        point_value="10",
    ),
    SimulatedInstrument(
        "EURUSD",
        "Euro against US dollar",
        "forex",
        108_500,
        5_000,
        100_000,
        minmove2=10,
        quantities=FOREX,
        quote_lot=100_000,
        spread_ticks=6,
        margin_rate="0.05",
        has_trades=False,
    ),
    SimulatedInstrument(
        "GBPUSD",
        "Pound against US dollar",
        "forex",
        127_000,
        6_000,
        100_000,
        minmove2=10,
        quantities=FOREX,
        quote_lot=100_000,
        spread_ticks=8,
        margin_rate="0.05",
        has_trades=False,
    ),
    SimulatedInstrument(
        "BTCUSD",
        "Bitcoin against US dollar",
        "crypto",
        6_500_000,
        25_000,
        100,
        quantities=COINS,
        size_unit="0.00000001",
        print_lot=123,
        print_shift=0,
        quote_lot=12_345_678,
        spread_ticks=50,
    ),
    SimulatedInstrument(
        "ETHUSD",
        "Ether against US dollar",
        "crypto",
        320_000,
        30_000,
        100,
        quantities=COINS,
        size_unit="0.00000001",
        print_lot=2_345,
        print_shift=0,
        quote_lot=123_456_789,
        spread_ticks=5,
    ),
)
