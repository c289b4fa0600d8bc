"""Where the data comes from and how fresh it is, and the controls of a replay."""

from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import Number, Open, RequestModel, TimeMs, WireModel
from trading_api.models.market.bars import ResolutionName
from trading_api.models.market.symbols import DataKind

SymbolState = Literal[
    "simulated",
    "replayed",
    "live",
    "delayed",
    "end-of-day",
    "stale",
    "closed",
    "waiting",
    "failed",
    "idle",
]


class SymbolStatus(WireModel):
    """State of one symbol's feed."""

    symbol: str = Field(examples=["SPY"])
    status: Annotated[SymbolState, Open()] = Field(
        description="`waiting`: nothing has come yet, or the recording starts later than the market's time;"
        " `stale`: open, but silent for longer than its limit; `closed`: its exchange is; `failed`: see"
        " `problem`; `idle`: nobody wants it now, so that it is not followed.",
        examples=["replayed"],
    )
    last_event_time: TimeMs | None = None
    last_receipt_time: TimeMs | None = None
    stale_after_ms: int | None = Field(
        default=None, description="Silence after which it counts as stale.", examples=[30_000]
    )
    problem: str | None = Field(default=None, description="Why no data comes; absent while it does.")


class FeedStatus(WireModel):
    """State of the market data as a whole."""

    provider: str = Field(examples=["replay"])
    kind: DataKind = Field(examples=["replayed"])
    time: TimeMs = Field(description="The market's time: that of every bar, quote, order and journal entry.")
    problem: str | None = Field(default=None, description="Why no more data comes; absent while it does.")
    calendars: str | None = Field(
        default=None, description="Version of the exchange calendars.", examples=["4.13.2"]
    )
    time_zones: str | None = Field(
        default=None, description="Version of the time zone data.", examples=["2026.6"]
    )
    symbols: list[SymbolStatus] = Field(
        description="In the stream, of those that are followed: of more than 1000, the silent ones first."
    )
    untold: int = Field(default=0, ge=0, description="So many more are followed.")


class FeedStatusSubscriptionRequest(RequestModel):
    """The state of the feed, whenever it changes."""


class ReplayState(WireModel):
    """Where a replay is and how it runs."""

    time: TimeMs
    start: TimeMs = Field(examples=[1380893400000])
    end: TimeMs = Field(examples=[1381521600000])
    speed: Number = Field(
        description="Market seconds per second, at most 1000; 0: as fast as it can be played.", examples=[60]
    )
    playing: bool
    finished: bool = Field(examples=[False])
    loop: bool = Field(default=False, description="Whether it begins anew at its end.")
    symbols: list[str] | None = Field(
        default=None, description="Those that are played; absent: all.", examples=[["SPY", "IBM"]]
    )


class ReplayControl(RequestModel):
    """Change a replay; what is left out stays as it is."""

    playing: bool | None = None
    speed: Number | None = Field(
        default=None, ge=0, le=1000, description="0: as fast as it can be played.", examples=[60]
    )
    time: TimeMs | None = Field(
        default=None, description="Go to this moment. Accounts stay as they are; reset those that must not."
    )
    loop: bool | None = Field(default=None, description="Begin anew at the end.")
    step: ResolutionName | None = Field(
        default=None,
        description="Play as fast as possible to the end of the bar of this length in which the next event"
        " is, then pause.",
    )
    symbols: list[Annotated[str, Field(min_length=1, max_length=64)]] | None = Field(
        default=None, max_length=1000, description="Play these only; empty: all.", examples=[["SPY"]]
    )
