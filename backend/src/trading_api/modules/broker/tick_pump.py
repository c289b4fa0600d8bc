"""Bringing the market's ticks to the accounts, in order."""

import asyncio

import structlog

from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.account_streams import AccountStreams
from trading_api.modules.broker.errors import MarketDataUnavailable, StorageUnavailable
from trading_api.modules.broker.ledger import Ledger
from trading_api.modules.broker.market_view import MarketView

logger = structlog.get_logger(__name__)


class TickPump:
    """Queues the ticks that matter to an account when they arrive and applies them one by one.

    Whoever is about to change an account drains its queue first, so that a command never overtakes a
    tick that arrived before it.
    """

    def __init__(self, ledger: Ledger, market: MarketView, streams: AccountStreams) -> None:
        self._ledger = ledger
        self._market = market
        self._streams = streams
        self._wake = asyncio.Event()
        self.last_failure: str | None = None
        """Why the last tick could not be applied; kept for readiness."""
        self.stalled: str | None = None
        """Why ticks wait at the moment."""

    def take(self, tick: Quote | Trade | ClockMoved) -> None:
        """The market has said this; to be called in the order of its ticks."""
        if isinstance(tick, ClockMoved):
            self._on_clock(tick)
        else:
            self._on_price(tick)

    async def run(self) -> None:
        """Apply ticks as they come, until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            for book in self._ledger.books:
                try:
                    await self._attend(book)
                except Exception as error:
                    self._record(error)
                    logger.exception("account-not-attended", account=book.key.account_id)

    async def drain(self, book: AccountBook) -> None:
        """Apply every tick that waits for `book`; the caller holds its lock.

        Raises StorageUnavailable or MarketDataUnavailable; the tick then stays first in the queue. A
        tick that fails otherwise is a defect: it is logged and left out.
        """
        await self._ledger.refresh(book)
        present = ClockMoved(self._market.now().time)
        if book.is_due(present):
            book.inbox.append(present)
        while book.inbox:
            tick = book.inbox[0]
            try:
                await self._apply(book, tick)
            except (StorageUnavailable, MarketDataUnavailable):
                raise
            except Exception as error:
                self._record(error)
                logger.exception("tick-failed", account=book.key.account_id, tick=repr(tick))
            book.inbox.popleft()

    async def _attend(self, book: AccountBook) -> None:
        """Drain `book` and publish its worth; a storage that fails is tried again with the next tick."""
        async with book.lock:
            try:
                await self.drain(book)
            except (StorageUnavailable, MarketDataUnavailable) as error:
                if self.stalled is None:
                    logger.warning("ticks-stalled", account=book.key.account_id, reason=error.detail)
                self.stalled = error.detail
                return
            self.stalled = None
            self._streams.publish_due_equity(book)

    async def _apply(self, book: AccountBook, tick: Quote | Trade | ClockMoved) -> None:
        market = self._market.now()
        symbols = list(book.state.books)
        if not isinstance(tick, ClockMoved):
            market = market.with_quote(tick) if isinstance(tick, Quote) else market.with_trade(tick)
            symbols.append(tick.symbol)
        await self._ledger.commit(book, tick, await self._market.instruments(symbols), market)

    def _record(self, error: Exception) -> None:
        self.last_failure = f"{type(error).__name__}: {error}"

    def _on_price(self, tick: Quote | Trade) -> None:
        self._market.remember(tick)
        prints = self._market.prints(tick.symbol)
        for book in self._ledger.books:
            if book.wants(tick, prints):
                book.inbox.append(tick)
                self._wake.set()
            if isinstance(tick, Quote) and self._streams.note_price(book, tick):
                self._wake.set()

    def _on_clock(self, clock: ClockMoved) -> None:
        for book in self._ledger.books:
            if book.is_due(clock):
                book.inbox.append(clock)
                self._wake.set()
            elif self._streams.equity_is_due(book) or book.inbox or book.suspect:
                self._wake.set()
