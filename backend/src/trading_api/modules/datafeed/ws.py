"""The datafeed's streams."""

from typing import Any

from trading_api.models.market.bars import Bar, BarsSubscriptionRequest
from trading_api.models.market.quotes import QuoteData, QuotesSubscriptionRequest
from trading_api.models.streaming import Delivery
from trading_api.shared.ws.router import WsRouter

BARS = "bars"
QUOTES = "quotes"

ROUTES: tuple[WsRouter[Any, Any], ...] = (
    WsRouter(BARS, BarsSubscriptionRequest, Bar, Delivery.LATEST),
    WsRouter(QUOTES, QuotesSubscriptionRequest, QuoteData, Delivery.LATEST),
)
