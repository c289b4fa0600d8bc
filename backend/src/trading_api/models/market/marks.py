"""Marks on the bars of a chart and on its time scale. Times are seconds, as chart libraries ask."""

from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import Open, WireModel

MarkColor = Annotated[Literal["red", "green", "blue", "yellow"], Open()]


class Mark(WireModel):
    """A dot on a bar: one execution, or what is too much for one bar."""

    id: str = Field(description="Unique among the marks of an account.", examples=["X3"])
    time: int = Field(description="Seconds UTC; exactly the time of a bar.", examples=[1380893400])
    color: MarkColor = Field(examples=["green"])
    text: str = Field(
        description="HTML of the popup; names in it are escaped.",
        examples=["Bought 100 SPY at 168.12<br>2013-10-04 09:30:12"],
    )
    label: str = Field(description="Of which the first letter is drawn.", examples=["B"])
    label_font_color: str = Field(examples=["#ffffff"])
    min_size: int = Field(description="Pixels.", examples=[14])


class TimescaleMark(WireModel):
    """A dot below a bar: the corporate actions that took effect in it."""

    id: str = Field(examples=["AAPL:2014-06-09"])
    time: int = Field(description="Seconds UTC; exactly the time of a bar.", examples=[1402272000])
    color: MarkColor = Field(examples=["blue"])
    label: str = Field(description="`S` for a split, `D` for a dividend.", examples=["S"])
    tooltip: list[str] = Field(
        description="One line each, plain text.", examples=[["2014-06-09", "Split 7 for 1"]]
    )
    shape: Annotated[Literal["circle"], Open()] = "circle"
