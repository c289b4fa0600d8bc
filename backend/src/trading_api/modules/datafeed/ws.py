"""Declarations of the datafeed's streams; `make generate` makes `ws_generated` of them."""

from typing import TypeAlias

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

BarsWsRouter: TypeAlias = WsRouter[BarsSubscriptionRequest, Bar]
QuotesWsRouter: TypeAlias = WsRouter[QuotesSubscriptionRequest, QuoteData]
FeedStatusWsRouter: TypeAlias = WsRouter[FeedStatusSubscriptionRequest, FeedStatus]
TicksWsRouter: TypeAlias = WsRouter[TicksSubscriptionRequest, MarketTick]
TradesWsRouter: TypeAlias = WsRouter[TradesSubscriptionRequest, TradeData]
DepthWsRouter: TypeAlias = WsRouter[DepthSubscriptionRequest, DepthUpdate]
