"""Leverage: how little margin a notional needs."""

from pydantic import Field

from trading_api.models.broker.orders import OrderType, Side
from trading_api.models.common import Number, RequestModel, WireModel


class LeverageInfo(WireModel):
    """The leverage of a symbol, and what it may be."""

    title: str = Field(examples=["Leverage of SPY"])
    leverage: Number = Field(examples=[20])
    min: Number = Field(examples=[1])
    max: Number = Field(examples=[20])
    step: Number = Field(examples=[1])


class LeverageSetting(RequestModel):
    """The leverage that a symbol is to have."""

    symbol: str = Field(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]+$", examples=["SPY"])
    leverage: Number = Field(examples=[10])
    order_type: OrderType | None = Field(
        default=None, description="Makes no difference.", examples=[OrderType.LIMIT]
    )
    side: Side | None = Field(default=None, description="Makes no difference.", examples=[Side.BUY])


class LeverageResult(WireModel):
    """The leverage that the symbol has now."""

    leverage: Number = Field(examples=[10])


class LeveragePreview(WireModel):
    """What another leverage would change."""

    infos: list[str] = Field(examples=[["The margin of SPY becomes 33,622.00 USD; it is 16,811.00 USD."]])
    warnings: list[str] = Field(examples=[[]])
    errors: list[str] = Field(examples=[[]])
    margin_before: Number | None = Field(default=None, examples=[16811])
    margin_after: Number | None = Field(default=None, examples=[33622])
