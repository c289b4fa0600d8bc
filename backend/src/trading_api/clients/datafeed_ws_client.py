"""Client of the streams of `datafeed`, generated; `make generate` writes it anew."""

from trading_api.clients.stream import StreamClient, Subscription
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


class DatafeedWsClient(StreamClient):
    """Streams of `datafeed`; `StreamClient` says what all streams have in common."""

    def subscribe_bars(
        self,
        request: BarsSubscriptionRequest,
        *,
        every: bool = False,
        max_rate_hz: float | None = None,
    ) -> Subscription[Bar]:
        """Live bars of one symbol at one resolution."""
        return self._latest(
            "bars",
            request,
            Bar,
            every=every,
            max_rate_hz=max_rate_hz,
        )

    def subscribe_quotes(
        self,
        request: QuotesSubscriptionRequest,
        *,
        every: bool = False,
        max_rate_hz: float | None = None,
    ) -> Subscription[QuoteData]:
        """Live quotes of one symbol."""
        return self._latest(
            "quotes",
            request,
            QuoteData,
            every=every,
            max_rate_hz=max_rate_hz,
        )

    def subscribe_feed_status(
        self,
        request: FeedStatusSubscriptionRequest,
        *,
        every: bool = False,
        max_rate_hz: float | None = None,
    ) -> Subscription[FeedStatus]:
        """The state of the feed, whenever it changes."""
        return self._latest(
            "feed-status",
            request,
            FeedStatus,
            every=every,
            max_rate_hz=max_rate_hz,
        )

    def subscribe_ticks(
        self,
        request: TicksSubscriptionRequest,
        *,
        every: bool = False,
    ) -> Subscription[MarketTick]:
        """Every tick of some symbols, or of all that orders can be for; the market's clock comes with
        either.
        """
        return self._latest(
            "ticks",
            request,
            MarketTick,
            every=every,
        )

    def subscribe_trades(
        self,
        request: TradesSubscriptionRequest,
        *,
        every: bool = False,
    ) -> Subscription[TradeData]:
        """Live trades of one symbol."""
        return self._latest(
            "trades",
            request,
            TradeData,
            every=every,
        )

    def subscribe_depth(
        self,
        request: DepthSubscriptionRequest,
    ) -> Subscription[DepthUpdate]:
        """The live book of one symbol."""
        return self._book(
            "depth",
            request,
            DepthUpdate,
        )
