"""What an account was worth in the course of time."""

from pydantic import Field

from trading_api.models.common import Number, TimeMs, WireModel


class EquityPoint(WireModel):
    """What the account was worth at `time`."""

    time: TimeMs
    balance: Number = Field(examples=[100000])
    equity: Number = Field(examples=[99999])
    unrealized_pl: Number = Field(alias="unrealizedPL", examples=[-1])
    margin_used: Number = Field(examples=[16811])


class EquityHistory(WireModel):
    """Points of the equity curve, oldest first: one at every fill, and one a minute with open positions."""

    points: list[EquityPoint]
    earlier_to: int | None = Field(
        default=None,
        description="`to` of the page before this one, if there may be more.",
        examples=[1380893460000],
    )
