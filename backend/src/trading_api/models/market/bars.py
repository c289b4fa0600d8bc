"""Bars, by request and as a stream."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from trading_api.models.common import Number, RequestModel, TimeMs, WireModel

ResolutionName: TypeAlias = Annotated[
    str,
    Field(
        description="Length of a bar: `15S` seconds, `5` minutes, `1D` days, `1W` weeks, `3M` months.",
        examples=["1"],
    ),
]

Adjustment = Literal["raw", "split", "total"]
"""What prices of before a corporate action are multiplied by: nothing, splits, splits and dividends."""


class Bar(WireModel):
    """Open, high, low, close of one period; `time` is its start (daily: 00:00 UTC of the trading day)."""

    time: TimeMs
    open: Number = Field(examples=[168.1])
    high: Number = Field(examples=[168.2])
    low: Number = Field(examples=[168.05])
    close: Number = Field(examples=[168.12])
    volume: Number | None = Field(
        default=None, description="Absent where the feed reports none.", examples=[152300]
    )


class BarsPage(WireModel):
    """Answer to a request for bars: ascending, unique, all before `to_time`."""

    bars: list[Bar]
    no_data: bool = Field(
        description="There are no bars here, and without `nextTime` none before either.", examples=[False]
    )
    next_time: TimeMs | None = Field(
        default=None, description="Of an answer without bars: the newest bar before it, ms UTC."
    )


class BarsSubscriptionRequest(RequestModel):
    """Live bars of one symbol at one resolution."""

    symbol: str = Field(min_length=1, max_length=64, examples=["SPY"])
    resolution: ResolutionName
    adjustment: Adjustment | None = Field(
        default=None, description="Default: that of the symbol.", examples=["split"]
    )
