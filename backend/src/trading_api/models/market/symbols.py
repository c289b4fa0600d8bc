"""What can be charted and traded."""

from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import Number, Open, SnakeModel, WireModel

DataKind = Annotated[Literal["simulated", "replayed", "live"], Open()]
"""Where prices come from."""

SymbolType = Annotated[Literal["stock", "fund", "index", "forex", "futures", "crypto", "bond"], Open()]


class QuantityRules(WireModel):
    """Which quantities an order may have."""

    min: Number
    max: Number
    step: Number
    default: Number


class TradingRules(WireModel):
    """What the broker needs to know of an instrument."""

    tradable: bool
    reason: str | None = Field(default=None, description="Why it cannot be traded.")
    qty: QuantityRules
    tick_size: Number = Field(description="Step of every price; minmov / pricescale.")
    pip_size: Number = Field(description="Equal to the tick size except for forex.")
    point_value: Number = Field(description="Money per unit of quantity when the price moves by 1.")
    margin_rate: Number = Field(description="Share of the notional that is blocked, 1 = all of it.")
    currency: str = Field(examples=["USD"])


class SymbolInfo(SnakeModel):
    """Everything about a symbol, as the chart libraries' symbol info, plus `trading`."""

    name: str = Field(examples=["SPY"])
    ticker: str = Field(description="Unique id, used in all requests.")
    description: str
    type: SymbolType
    exchange: str
    listed_exchange: str
    session: str = Field(description="Session string in the exchange's time zone.", examples=["0930-1600"])
    session_holidays: str | None = None
    corrections: str | None = None
    timezone: str = Field(examples=["America/New_York"])
    format: Annotated[Literal["price", "volume"], Open()]
    pricescale: int
    minmov: int
    minmove2: int | None = None
    fractional: bool | None = None
    has_intraday: bool
    has_daily: bool
    supported_resolutions: list[str]
    volume_precision: int
    visible_plots_set: Annotated[Literal["ohlcv", "ohlc", "c"], Open()]
    data_status: Annotated[Literal["streaming", "endofday", "delayed_streaming"], Open()]
    currency_code: str
    data_kind: DataKind = Field(description="Where its prices come from.")
    trading: TradingRules


class SearchResult(SnakeModel):
    """One hit of a symbol search."""

    symbol: str
    ticker: str
    description: str
    exchange: str
    type: SymbolType


class NamedValue(SnakeModel):
    """A choice of a filter; an empty value means all."""

    name: str
    value: str
    desc: str | None = None


class DatafeedConfiguration(SnakeModel):
    """What the datafeed can do."""

    supported_resolutions: list[str]
    exchanges: list[NamedValue]
    symbols_types: list[NamedValue]
    supports_marks: bool
    supports_timescale_marks: bool
    supports_time: bool
