"""Quotes in the shape that watchlists and tickets of chart libraries read."""

from typing import Annotated, Literal

from pydantic import Field

from trading_api.models.common import BookModel, EventModel, Number, Open, RequestModel, SnakeModel, TimeMs
from trading_api.models.market.symbols import DataKind


class QuoteValues(SnakeModel):
    """Prices of one symbol; a field the feed does not know is absent."""

    lp: Number | None = Field(default=None, description="Last price.", examples=[168.12])
    ch: Number | None = Field(default=None, description="Change since the previous close.", examples=[0.5])
    chp: Number | None = Field(default=None, description="The same in percent.", examples=[0.3])
    prev_close_price: Number | None = Field(default=None, examples=[167.62])
    bid: Number | None = Field(default=None, examples=[168.11])
    ask: Number | None = Field(default=None, examples=[168.12])
    bid_size: Number | None = Field(default=None, examples=[300])
    ask_size: Number | None = Field(default=None, examples=[500])
    spread: Number | None = Field(default=None, examples=[0.01])
    open_price: Number | None = Field(default=None, examples=[168.1])
    high_price: Number | None = Field(default=None, examples=[168.2])
    low_price: Number | None = Field(default=None, examples=[168.05])
    volume: Number | None = Field(default=None, examples=[152300])
    time: TimeMs | None = None
    received_time: TimeMs | None = Field(
        default=None, description="When it came in, where that is another time than `time`."
    )
    stale: bool | None = Field(
        default=None, description="True while nothing has come for longer than the symbol's limit."
    )
    short_name: str | None = Field(default=None, examples=["SPY"])
    exchange: str | None = Field(default=None, examples=["ARCA"])
    description: str | None = Field(default=None, examples=["SPDR S&P 500 ETF Trust"])
    original_name: str | None = Field(default=None, examples=["ARCA:SPY"])
    data_kind: DataKind | None = Field(default=None, examples=["replayed"])
    market_status: Annotated[Literal["open", "closed"], Open()] | None = None


class QuoteData(SnakeModel):
    """The quote of one symbol; `n` is exactly the name that was asked for."""

    s: Annotated[Literal["ok", "error"], Open()]
    n: str = Field(examples=["SPY"])
    v: QuoteValues


class QuotesSubscriptionRequest(RequestModel):
    """Live quotes of one symbol."""

    symbol: str = Field(min_length=1, max_length=64, examples=["SPY"])


class DepthLevel(SnakeModel):
    """One price level of the book."""

    price: Number = Field(examples=[168.11])
    volume: Number = Field(examples=[300])


class Depth(SnakeModel):
    """The book of one symbol at `time`; both sides ascending by price."""

    symbol: str = Field(examples=["SPY"])
    time: TimeMs
    bids: list[DepthLevel] = Field(
        examples=[[{"price": 168.1, "volume": 900}, {"price": 168.11, "volume": 300}]]
    )
    asks: list[DepthLevel] = Field(
        examples=[[{"price": 168.12, "volume": 500}, {"price": 168.13, "volume": 1200}]]
    )


class DepthUpdate(BookModel):
    """The book of one symbol (`snapshot`), or the levels that have changed since the update before.

    Both sides ascend by price; in a change a volume of 0 removes the level. `checksum` is that of the book
    after the change, over the best 25 levels of each side.
    """

    symbol: str = Field(examples=["BTCUSDT"])
    time: TimeMs
    snapshot: bool = Field(examples=[False])
    bids: list[DepthLevel]
    asks: list[DepthLevel]
    checksum: int = Field(
        description="CRC-32 of the UTF-8 text `price:volume|price:volume|...` of the best 25 bids from the"
        " best down and then the best 25 asks from the best up, numbers written as in plain decimals.",
        examples=[2764839203],
    )


class DepthSubscriptionRequest(RequestModel):
    """The live book of one symbol."""

    symbol: str = Field(min_length=1, max_length=64, examples=["BTCUSDT"])
    levels: int | None = Field(
        default=None, ge=1, le=1000, description="So many of each side; default: all.", examples=[25]
    )


class TradeData(EventModel, SnakeModel):
    """One trade as time and sales show it."""

    symbol: str = Field(examples=["BTCUSDT"])
    time: TimeMs
    received_time: TimeMs | None = Field(
        default=None, description="When it came in, where that is another time than `time`."
    )
    price: Number = Field(examples=[61_686])
    size: Number = Field(examples=[0.012])
    side: Annotated[Literal["buy", "sell"], Open()] | None = Field(
        default=None, description="Who took what was offered, where the feed says so."
    )


class TradesSubscriptionRequest(RequestModel):
    """Live trades of one symbol."""

    symbol: str = Field(min_length=1, max_length=64, examples=["BTCUSDT"])
