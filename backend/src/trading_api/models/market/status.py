"""Where the data comes from and how fresh it is, and the controls of a replay."""

from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import Number, Open, RequestModel, TimeMs, WireModel
from trading_api.models.market.symbols import DataKind


class SymbolStatus(WireModel):
    """State of one symbol's feed."""

    symbol: str = Field(examples=["SPY"])
    status: Annotated[Literal["simulated", "replayed", "live", "closed", "waiting"], Open()] = Field(
        description="`waiting`: the recording of this symbol starts later than the market's time.",
        examples=["replayed"],
    )
    last_event_time: TimeMs | None = None


class FeedStatus(WireModel):
    """State of the market data as a whole."""

    provider: str = Field(examples=["replay"])
    kind: DataKind = Field(examples=["replayed"])
    time: TimeMs = Field(description="The market's time: that of every bar, quote, order and journal entry.")
    problem: str | None = Field(default=None, description="Why no more data comes; absent while it does.")
    symbols: list[SymbolStatus]


class ReplayState(WireModel):
    """Where a replay is and how it runs."""

    time: TimeMs
    start: TimeMs = Field(examples=[1380893400000])
    end: TimeMs = Field(examples=[1381521600000])
    speed: Number = Field(description="Market seconds per second, 1 to 1000.", examples=[60])
    playing: bool
    finished: bool = Field(examples=[False])


class ReplayControl(RequestModel):
    """Change a replay; what is left out stays as it is."""

    playing: bool | None = None
    speed: Number | None = Field(default=None, ge=1, le=1000, examples=[60])
