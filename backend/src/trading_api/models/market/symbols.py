"""What can be charted and traded."""

from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import Number, Open, SnakeModel, WireModel
from trading_api.models.market.bars import Adjustment

DataKind = Annotated[Literal["simulated", "replayed", "live", "delayed", "end-of-day"], Open()]
"""Where prices come from, and how new they can be."""

SymbolType = Annotated[Literal["stock", "fund", "index", "forex", "futures", "crypto", "bond"], Open()]


class QuantityRules(WireModel):
    """Which quantities an order may have."""

    min: Number = Field(examples=[1])
    max: Number = Field(examples=[1_000_000])
    step: Number = Field(examples=[1])
    default: Number = Field(examples=[100])


class TradingRules(WireModel):
    """What the broker needs to know of an instrument."""

    tradable: bool
    reason: str | None = Field(default=None, description="Why it cannot be traded.")
    qty: QuantityRules
    tick_size: Number = Field(description="Step of every price; minmov / pricescale.", examples=[0.01])
    pip_size: Number = Field(description="Equal to the tick size except for forex.", examples=[0.01])
    point_value: Number = Field(
        description="Money per unit of quantity when the price moves by 1.", examples=[1]
    )
    margin_rate: Number = Field(
        description="Share of the notional that is blocked, 1 = all of it.", examples=[1]
    )
    currency: str = Field(examples=["USD"])
    prints: bool = Field(
        default=True,
        description="Whether trades are published; where not, stops look at the bid and the ask.",
    )


class SymbolInfo(SnakeModel):
    """Everything about a symbol, as the chart libraries' symbol info, plus `trading`."""

    name: str = Field(examples=["SPY"])
    ticker: str = Field(description="Unique id, used in all requests.", examples=["SPY"])
    description: str = Field(examples=["SPDR S&P 500 ETF Trust"])
    type: SymbolType = Field(examples=["fund"])
    exchange: str = Field(examples=["ARCA"])
    listed_exchange: str = Field(examples=["ARCA"])
    session: str = Field(description="Session string in the exchange's time zone.", examples=["0930-1600"])
    session_holidays: str | None = None
    corrections: str | None = None
    timezone: str = Field(examples=["America/New_York"])
    format: Annotated[Literal["price", "volume"], Open()]
    pricescale: int = Field(examples=[100])
    minmov: int = Field(examples=[1])
    minmove2: int | None = None
    fractional: bool | None = None
    has_intraday: bool
    has_daily: bool
    has_seconds: bool = False
    has_weekly_and_monthly: bool = False
    supported_resolutions: list[str] = Field(examples=[["1", "5", "15", "60", "1D"]])
    volume_precision: int = Field(examples=[0])
    visible_plots_set: Annotated[Literal["ohlcv", "ohlc", "c"], Open()]
    data_status: Annotated[Literal["streaming", "endofday", "delayed_streaming"], Open()]
    currency_code: str = Field(examples=["USD"])
    delay: int = Field(default=0, description="Seconds that prices are late; -1: only at the end of the day.")
    adjustment: Annotated[Adjustment, Open()] = Field(
        default="raw", description="What its bars are adjusted for unless a request says otherwise."
    )
    data_kind: DataKind = Field(description="Where its prices come from.", examples=["replayed"])
    trading: TradingRules


class SearchResult(SnakeModel):
    """One hit of a symbol search."""

    symbol: str = Field(examples=["SPY"])
    ticker: str = Field(examples=["SPY"])
    description: str = Field(examples=["SPDR S&P 500 ETF Trust"])
    exchange: str = Field(examples=["ARCA"])
    type: SymbolType = Field(examples=["fund"])


class NamedValue(SnakeModel):
    """A choice of a filter; an empty value means all."""

    name: str = Field(examples=["NYSE Arca"])
    value: str = Field(examples=["ARCA"])
    desc: str | None = Field(default=None, examples=["NYSE Arca"])


class DatafeedConfiguration(SnakeModel):
    """What the datafeed can do."""

    supported_resolutions: list[str] = Field(examples=[["1", "5", "15", "60", "1D"]])
    exchanges: list[NamedValue]
    symbols_types: list[NamedValue]
    supports_marks: bool = Field(examples=[False])
    supports_timescale_marks: bool = Field(examples=[False])
    supports_time: bool
