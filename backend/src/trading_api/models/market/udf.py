"""The answers of the UDF protocol, as reference part 2 of the chart libraries' interfaces fixes them.

Whatever goes wrong is an answer, too: `UdfError` with status 200, for its clients look at nothing else.
"""

from typing import Literal

from pydantic import Field

from trading_api.models.common import Number, SnakeModel
from trading_api.models.market.quotes import QuoteData
from trading_api.models.market.symbols import DatafeedConfiguration, SearchResult


class UdfError(SnakeModel):
    """What is answered instead of anything that cannot be."""

    s: Literal["error"]
    errmsg: str = Field(examples=["There is no symbol 'NOPE'."])


class UdfConfiguration(DatafeedConfiguration):
    """What the datafeed can do, and that symbols are searched here and resolved one by one."""

    supports_search: Literal[True]
    supports_group_request: Literal[False]


class UdfSymbol(SnakeModel):
    """Everything about a symbol.

    What older clients spell otherwise is sent in both spellings: `exchange-traded`, `exchange-listed`,
    `minmovement`, `minmovement2`, `session-regular` and the names above with hyphens.
    """

    name: str = Field(examples=["SPY"])
    full_name: str = Field(examples=["ARCA:SPY"])
    ticker: str = Field(description="Unique id, used in all requests.", examples=["SPY"])
    description: str = Field(examples=["SPDR S&P 500 ETF Trust"])
    type: str = Field(examples=["fund"])
    exchange: str = Field(examples=["ARCA"])
    listed_exchange: str = Field(examples=["ARCA"])
    session: str = Field(examples=["0930-1600"])
    session_holidays: str | None = Field(default=None, examples=["20131225"])
    corrections: str | None = Field(default=None, examples=["0930-1300:20131129"])
    timezone: str = Field(examples=["America/New_York"])
    format: str = Field(examples=["price"])
    pricescale: int = Field(examples=[100])
    minmov: int = Field(examples=[1])
    minmove2: int = Field(examples=[0])
    fractional: bool = Field(examples=[False])
    has_intraday: bool
    has_seconds: bool
    has_daily: bool
    has_weekly_and_monthly: bool
    has_empty_bars: Literal[False]
    supported_resolutions: list[str] = Field(examples=[["1", "60", "1D"]])
    intraday_multipliers: list[str] = Field(examples=[["1", "60"]])
    seconds_multipliers: list[str] = Field(examples=[["1", "15"]])
    daily_multipliers: list[str] = Field(examples=[["1"]])
    weekly_multipliers: list[str] = Field(examples=[["1"]])
    monthly_multipliers: list[str] = Field(examples=[["1", "3"]])
    volume_precision: int = Field(examples=[0])
    visible_plots_set: str = Field(examples=["ohlcv"])
    data_status: str = Field(examples=["streaming"])
    delay: int = Field(examples=[0])
    currency_code: str = Field(examples=["USD"])
    data_kind: str = Field(examples=["replayed"])


class UdfSearchResult(SearchResult):
    """One hit of a symbol search."""

    full_name: str = Field(examples=["ARCA:SPY"])


class UdfBars(SnakeModel):
    """Bars as columns of equal length, ascending; `t` in seconds, `v` absent where there is no volume."""

    s: Literal["ok"]
    t: list[int] = Field(examples=[[1380893400, 1380893460]])
    o: list[Number] = Field(examples=[[168.1, 168.12]])
    h: list[Number] = Field(examples=[[168.2, 168.25]])
    l: list[Number] = Field(examples=[[168.05, 168.1]])  # noqa: E741  # the protocol's name
    c: list[Number] = Field(examples=[[168.12, 168.2]])
    v: list[Number] | None = Field(default=None, examples=[[152300, 98000]])


class UdfNoData(SnakeModel):
    """No bar in the range; `nextTime` is that of the closest one before it, in ms, absent without one."""

    s: Literal["no_data"]
    next_time: int | None = Field(default=None, alias="nextTime", examples=[1380830340000])


class UdfQuotes(SnakeModel):
    """One quote for each of the symbols."""

    s: Literal["ok"]
    d: list[QuoteData]


class UdfMarks(SnakeModel):
    """Marks as columns; times in seconds."""

    id: list[str] = Field(examples=[["X3"]])
    time: list[int] = Field(examples=[[1380893400]])
    color: list[str] = Field(examples=[["green"]])
    text: list[str] = Field(examples=[["Bought 100 SPY at 168.12"]])
    label: list[str] = Field(examples=[["B"]])
    label_font_color: list[str] = Field(alias="labelFontColor", examples=[["#ffffff"]])
    min_size: list[int] = Field(alias="minSize", examples=[[14]])


class UdfSymbolTable(SnakeModel):
    """All symbols of an exchange as columns, named as in `UdfSymbol`, most of them with hyphens."""

    symbol: list[str] = Field(examples=[["SPY"]])
