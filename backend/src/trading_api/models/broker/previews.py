"""What an order would cost."""

from pydantic import Field

from trading_api.models.common import Number, WireModel


class PreviewRow(WireModel):
    """One line of a preview."""

    title: str = Field(examples=["Estimated value"])
    value: str = Field(examples=["16,812.00 USD"])


class PreviewSection(WireModel):
    """A group of lines of a preview."""

    header: str | None = Field(default=None, examples=["Estimated cost"])
    rows: list[PreviewRow]


class OrderPreview(WireModel):
    """What an order would cost, and every reason for which it would be refused."""

    sections: list[PreviewSection]
    errors: list[str] = Field(examples=[[]])
    warnings: list[str] = Field(examples=[["The limit is at or beyond the market: the order fills at once."]])
    estimated_price: Number | None = Field(default=None, examples=[168.12])
    estimated_value: Number | None = Field(default=None, examples=[16812])
    commission: Number | None = Field(default=None, examples=[0])
    margin_required: Number | None = Field(default=None, examples=[16811])
    buying_power_after: Number | None = Field(default=None, examples=[83188])
    confirm_id: str | None = Field(
        default=None,
        description="To be given with the order, which is refused if these terms have moved since.",
        examples=["eyJzeW1ib2wiOiJTUFkifQ"],
    )
