"""Quotes in the shape that watchlists and tickets of chart libraries read."""

from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import Number, Open, RequestModel, SnakeModel, TimeMs
from trading_api.models.market.symbols import DataKind


class QuoteValues(SnakeModel):
    """Prices of one symbol; a field the feed does not know is absent."""

    lp: Number | None = Field(default=None, description="Last price.")
    ch: Number | None = Field(default=None, description="Change since the previous close.")
    chp: Number | None = Field(default=None, description="The same in percent.")
    prev_close_price: Number | None = None
    bid: Number | None = None
    ask: Number | None = None
    bid_size: Number | None = None
    ask_size: Number | None = None
    spread: Number | None = None
    open_price: Number | None = None
    high_price: Number | None = None
    low_price: Number | None = None
    volume: Number | None = None
    time: TimeMs | None = None
    short_name: str | None = None
    exchange: str | None = None
    description: str | None = None
    original_name: str | None = None
    data_kind: DataKind | None = None
    market_status: Annotated[Literal["open", "closed"], Open()] | None = None


class QuoteData(SnakeModel):
    """The quote of one symbol; `n` is exactly the name that was asked for."""

    s: Annotated[Literal["ok", "error"], Open()]
    n: str
    v: QuoteValues


class QuotesSubscriptionRequest(RequestModel):
    """Live quotes of one symbol."""

    symbol: str = Field(min_length=1, max_length=64)


class DepthLevel(SnakeModel):
    """One price level of the book."""

    price: Number
    volume: Number


class Depth(SnakeModel):
    """The book of one symbol at `time`; both sides ascending by price."""

    symbol: str
    time: TimeMs
    bids: list[DepthLevel]
    asks: list[DepthLevel]
