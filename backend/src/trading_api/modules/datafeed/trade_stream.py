"""The topic `trades`: every trade of one symbol, after the last hundred."""

from collections import deque
from collections.abc import Iterable

from trading_api.models.common import WireModel
from trading_api.models.market.quotes import TradeData
from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.datafeed.providers.base import Instrument, Provider
from trading_api.shared.ws.topics import Publish, TopicUpdate

TRADES_AT_FIRST = 100


class LiveTrades:
    """Each trade as soon as the provider emits it, to everybody who keeps up (see LiveTicks)."""

    def __init__(self, provider: Provider, instrument: Instrument, name: str, publish: Publish) -> None:
        self.hears: tuple[type, ...] = (Trade,)
        self.instruments = (instrument,)
        self._provider = provider
        self._ticker = instrument.ticker
        self._name = name
        self._publish = publish
        self._last: deque[Trade] = deque(maxlen=TRADES_AT_FIRST)
        self._read()

    def tick(self, tick: Quote | Trade) -> None:
        if isinstance(tick, Trade):
            self._last.append(tick)
            self._publish(TopicUpdate(trade_data(self._name, tick)))

    def clock_moved(self, moved: ClockMoved, new_day: bool) -> None:
        """Trades do not change with time."""

    def freshness_changed(self) -> None:
        """Trades say nothing of it."""

    def begin_anew(self) -> None:
        """The next subscriber is told the trades of the new past; who listens goes on from here."""
        self._read()

    def snapshot(self) -> list[WireModel]:
        """The last trades, oldest first."""
        return list(trades_data(self._name, self._last))

    def stop(self) -> None:
        """Nothing is left to stop."""

    def _read(self) -> None:
        self._last.clear()
        self._last.extend(last_trades(self._provider, self._ticker, TRADES_AT_FIRST))


def last_trades(provider: Provider, ticker: str, limit: int) -> list[Trade]:
    """The newest trades that the provider remembers, oldest first."""
    until = provider.position()
    found = list(provider.trades(ticker, until, limit))
    if found:
        return found
    last = provider.trade(ticker, until)
    return [] if last is None else [last]


def trades_data(name: str, trades: Iterable[Trade]) -> list[TradeData]:
    """Trades as they are shown."""
    return [trade_data(name, trade) for trade in trades]


def trade_data(name: str, trade: Trade) -> TradeData:
    """One trade under the name `name` that was asked for."""
    return TradeData.model_construct(
        symbol=name,
        time=trade.time,
        received_time=trade.received,
        price=trade.price,
        size=trade.size,
        side=trade.side,
    )
