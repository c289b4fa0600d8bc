"""Routes of this module, generated from its `ws.py`; `make generate` writes them anew."""

from typing import Any, Final

from trading_api.models.market.bars import Bar, BarsSubscriptionRequest
from trading_api.models.market.quotes import (
    DepthSubscriptionRequest,
    DepthUpdate,
    QuoteData,
    QuotesSubscriptionRequest,
    TradeData,
    TradesSubscriptionRequest,
)
from trading_api.models.market.status import FeedStatus, FeedStatusSubscriptionRequest
from trading_api.models.market.ticks import MarketTick, TicksSubscriptionRequest
from trading_api.shared.ws.router import WsRouter


class BarsWsRouter(WsRouter[BarsSubscriptionRequest, Bar]):
    """The route `bars`."""

    route = "bars"
    request = BarsSubscriptionRequest
    data = Bar


class QuotesWsRouter(WsRouter[QuotesSubscriptionRequest, QuoteData]):
    """The route `quotes`."""

    route = "quotes"
    request = QuotesSubscriptionRequest
    data = QuoteData


class FeedStatusWsRouter(WsRouter[FeedStatusSubscriptionRequest, FeedStatus]):
    """The route `feed-status`."""

    route = "feed-status"
    request = FeedStatusSubscriptionRequest
    data = FeedStatus


class TicksWsRouter(WsRouter[TicksSubscriptionRequest, MarketTick]):
    """The route `ticks`."""

    route = "ticks"
    request = TicksSubscriptionRequest
    data = MarketTick


class TradesWsRouter(WsRouter[TradesSubscriptionRequest, TradeData]):
    """The route `trades`."""

    route = "trades"
    request = TradesSubscriptionRequest
    data = TradeData


class DepthWsRouter(WsRouter[DepthSubscriptionRequest, DepthUpdate]):
    """The route `depth`."""

    route = "depth"
    request = DepthSubscriptionRequest
    data = DepthUpdate


BARS = BarsWsRouter()
QUOTES = QuotesWsRouter()
FEED_STATUS = FeedStatusWsRouter()
TICKS = TicksWsRouter()
TRADES = TradesWsRouter()
DEPTH = DepthWsRouter()

ROUTES: Final[tuple[WsRouter[Any, Any], ...]] = (
    BARS,
    QUOTES,
    FEED_STATUS,
    TICKS,
    TRADES,
    DEPTH,
)
