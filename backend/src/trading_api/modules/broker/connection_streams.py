"""The topic `broker-connection`: whether the broker can trade for an account, as that changes."""

import asyncio
from collections.abc import Callable, Sequence

from trading_api.models.broker.connection import BrokerConnectionStatus, ConnectionState
from trading_api.models.health import ReadinessCheck
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.engine import Event
from trading_api.modules.broker.engine.events import (
    AccountOpened,
    MarginRecovered,
    MarginWarned,
    TradingStateChanged,
)
from trading_api.modules.broker.market_view import MarketView
from trading_api.shared.ws.topics import Publish, TopicUpdate

LOOK_SECONDS = 0.5
"""So often it is looked whether the market is still followed: a connection that is lost says nothing."""

CONCERNING = (AccountOpened, TradingStateChanged, MarginWarned, MarginRecovered)
"""Events after which the state of an account is another."""


class ConnectionStreams:
    """Who listens to the state of which account. `checks` is what the broker needs to trade."""

    def __init__(self, market: MarketView, checks: Callable[[], Sequence[ReadinessCheck]]) -> None:
        self._market = market
        self._checks = checks
        self._listeners: dict[str, tuple[AccountBook, Publish]] = {}
        self._told: dict[str, BrokerConnectionStatus] = {}

    def add(self, book: AccountBook, publish: Publish) -> None:
        """Publish every change of the account's state from now on."""
        account_id = book.key.account_id
        self._listeners[account_id] = (book, publish)
        self._told[account_id] = self.status(book)

    def remove(self, account_id: str) -> None:
        """Nobody listens to this account any more."""
        self._listeners.pop(account_id, None)
        self._told.pop(account_id, None)

    def announce(self, book: AccountBook, events: Sequence[Event]) -> None:
        """Tell the listeners of events that have been committed."""
        if any(isinstance(event, CONCERNING) for event in events):
            self._tell(book.key.account_id)

    async def watch(self) -> None:
        """Tell the listeners when the market is lost and found, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            self.look()

    def look(self) -> None:
        """Tell the listeners of what has changed."""
        for account_id in list(self._listeners):
            self._tell(account_id)

    def status(self, book: AccountBook) -> BrokerConnectionStatus:
        """The state of the broker for an account."""
        failed = [check for check in self._checks() if not check.ok]
        state = ConnectionState.CONNECTED
        if failed:
            state = ConnectionState.DISCONNECTED if self._market.begun else ConnectionState.CONNECTING
        return BrokerConnectionStatus(
            status=state,
            message=failed[0].detail if failed else None,
            trading_state=book.state.trading_state,
            margin_warned=book.state.margin_warned,
            epoch=book.key.epoch,
            time=self._market.now().time if self._market.begun else book.state.time,
        )

    def _tell(self, account_id: str) -> None:
        if account_id not in self._listeners:
            return
        book, publish = self._listeners[account_id]
        status, told = self.status(book), self._told[account_id]
        if status != told.model_copy(update={"time": status.time}):
            self._told[account_id] = status
            publish(TopicUpdate(status))
