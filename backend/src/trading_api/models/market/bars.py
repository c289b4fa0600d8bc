"""Bars, by request and as a stream."""

from typing import Literal

from pydantic import Field

from trading_api.models.common import Number, RequestModel, TimeMs, WireModel

Resolution = Literal["1", "5", "15", "60", "1D"]


class Bar(WireModel):
    """Open, high, low, close of one period; `time` is its start (daily: 00:00 UTC of the trading day)."""

    time: TimeMs
    open: Number
    high: Number
    low: Number
    close: Number
    volume: Number | None = Field(default=None, description="Absent where the feed reports none.")


class BarsPage(WireModel):
    """Answer to a request for bars: ascending, unique, all before `to_time`."""

    bars: list[Bar]
    no_data: bool = Field(description="True only when nothing older exists either.")
    next_time: TimeMs | None = None


class BarsSubscriptionRequest(RequestModel):
    """Live bars of one symbol at one resolution."""

    symbol: str = Field(min_length=1, max_length=64)
    resolution: Resolution
