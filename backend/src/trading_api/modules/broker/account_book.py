"""One account in memory."""

import asyncio
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.broker.engine import AccountState, Event, fold
from trading_api.modules.broker.repository import AccountKey


class AccountBook:
    """The state of one account, the lock under which it changes, and the ticks that it has yet to see.

    A tick counts if it reaches one of the account's orders, and while one is being placed in its symbol.
    """

    def __init__(self, state: AccountState) -> None:
        self.key = AccountKey(state.account_id, state.epoch)
        self.lock = asyncio.Lock()
        self.inbox: deque[Quote | Trade | ClockMoved] = deque()
        self.suspect = False
        """The journal may be ahead of `state`: an append ended without an answer."""
        self._awaited: Counter[str] = Counter()
        self._state = state

    @property
    def state(self) -> AccountState:
        """The account after the last event that is known to be in the journal."""
        return self._state

    def apply(self, events: Iterable[Event]) -> None:
        """Take over events that the journal holds."""
        self._state = fold(self._state, events)

    def wants(self, tick: Quote | Trade, prints: bool = False) -> bool:
        """Whether `tick` may change an order; `prints` says whether its symbol has trades."""
        reach = self._state.book(tick.symbol).reach
        takes = reach.takes(tick, prints) if isinstance(tick, Quote) else reach.takes_trade(tick)
        return takes or self._awaited[tick.symbol] > 0

    def is_due(self, clock: ClockMoved) -> bool:
        """Whether an order has reached its end."""
        ends = (book.reach.end for book in self._state.books.values())
        return any(end is not None and end <= clock.time for end in ends)

    @contextmanager
    def awaiting(self, symbol: str) -> Iterator[None]:
        """While an order in `symbol` is being placed no quote of it may be missed."""
        self._awaited[symbol] += 1
        try:
            yield
        finally:
            self._awaited[symbol] -= 1
            if not self._awaited[symbol]:
                del self._awaited[symbol]
