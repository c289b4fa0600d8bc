"""Why an order filled, or did not."""

from pydantic import Field

from trading_api.models.broker.orders import PlacedOrder
from trading_api.models.common import Number, TimeMs, WireModel


class SeenMarket(WireModel):
    """The quote or trade that decided."""

    time: TimeMs
    bid: Number | None = Field(default=None, examples=[168.11])
    ask: Number | None = Field(default=None, examples=[168.12])
    bid_size: Number | None = Field(default=None, examples=[300])
    ask_size: Number | None = Field(default=None, examples=[500])
    last: Number | None = Field(default=None, examples=[168.12])
    last_size: Number | None = Field(default=None, examples=[100])


class ExplainedStep(WireModel):
    """One thing that happened to the order, and why."""

    offset: int = Field(description="Of its event in the journal.", examples=[4])
    time: TimeMs
    event: str = Field(examples=["OrderFilled"])
    rule: str | None = Field(default=None, examples=["limit-reached"])
    text: str = Field(examples=["The ask of 168.12 reached the limit of 168.15: 100 bought at 168.12."])
    seen: SeenMarket | None = None


class OrderExplanation(WireModel):
    """Everything that happened to an order, and what it still waits for."""

    order: PlacedOrder
    steps: list[ExplainedStep]
    waiting_for: str | None = Field(
        default=None,
        description="For an open order.",
        examples=["limit 168.05, best ask 168.12 at 14:03:07.120"],
    )
