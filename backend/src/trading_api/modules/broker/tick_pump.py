"""Bringing the market's ticks to the accounts, in order."""

import asyncio

import structlog

from trading_api.models.market.ticks import ClockMoved, Depth, Quote, Trade
from trading_api.modules.broker.account_book import AccountBook, Step, Tick
from trading_api.modules.broker.account_streams import AccountStreams
from trading_api.modules.broker.engine import Instruments
from trading_api.modules.broker.equity_samples import SAMPLE_INTERVAL_MS
from trading_api.modules.broker.errors import MarketDataUnavailable, StorageUnavailable, SymbolUnknown
from trading_api.modules.broker.ledger import Ledger
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.repository.tables import JournalConflict

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

    def take(self, tick: Tick) -> None:
        """The market has said this; to be called in the order of its ticks."""
        if isinstance(tick, ClockMoved):
            self._on_clock(tick)
        elif isinstance(tick, Depth):
            self._on_depth(tick)
        else:
            self._on_price(tick)

    async def run(self) -> None:
        """Apply ticks as they come, until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            steps = [(book, await self._attend(book)) for book in self._ledger.books]
            for book, step in steps:
                await self._finish(book, step)

    async def drain(self, book: AccountBook) -> None:
        """Decide on every tick that waits for `book`; the caller holds its lock.

        Raises StorageUnavailable or MarketDataUnavailable; the tick then stays first in the queue. One
        whose events cannot be written comes back to it. A tick that fails otherwise is a defect: it is
        logged and left out.
        """
        present = ClockMoved(self._market.now().time)
        if book.is_due(present):
            book.inbox.append(present)
        while book.suspect or book.inbox:
            await self._ledger.refresh(book)
            if not book.inbox:
                continue
            try:
                instruments = await self._market.instruments(_symbols(book))
            except SymbolUnknown as error:
                self._leave_out(book, book.inbox.popleft(), error)
                continue
            if book.inbox and not book.suspect:
                self._apply(book, book.inbox.popleft(), instruments)

    async def ready(self, book: AccountBook) -> Instruments:
        """Drain `book`, so that a command can be decided at once; the caller holds its lock.

        Returns the instruments in which something is open, among others. Raises what `drain` raises.
        """
        while True:
            await self.drain(book)
            instruments = await self._market.instruments(book.head.books)
            if not book.suspect and not book.inbox:
                return instruments

    async def _attend(self, book: AccountBook) -> Step | None:
        """Drain `book`; returns what has yet to be written."""
        try:
            async with book.lock:
                await self.drain(book)
                return book.steps[-1] if book.steps else None
        except (StorageUnavailable, MarketDataUnavailable) as error:
            self._stall(book, error)
        except Exception as error:
            self._record(error)
            logger.exception("account-not-attended", account=book.key.account_id)
        return None

    async def _finish(self, book: AccountBook, step: Step | None) -> None:
        """Publish the worth of `book` once `step` is durable; what cannot be written is tried again later."""
        try:
            if step is not None:
                await step.durable()
            self.stalled = None
            self._streams.publish_due_equity(book)
        except StorageUnavailable as error:
            self._stall(book, error)
        except JournalConflict:
            self._wake.set()
        except Exception as error:
            self._record(error)
            logger.exception("account-not-attended", account=book.key.account_id)

    def _stall(self, book: AccountBook, error: StorageUnavailable | MarketDataUnavailable) -> None:
        """With the next movement of the clock it is tried again."""
        if self.stalled is None:
            logger.warning("ticks-stalled", account=book.key.account_id, reason=error.detail)
        self.stalled = error.detail

    def _apply(self, book: AccountBook, tick: Tick, instruments: Instruments) -> None:
        market = self._market.now()
        match tick:
            case Quote():
                market = market.with_quote(tick)
            case Trade():
                market = market.with_trade(tick)
            case Depth():
                market = market.with_depth(tick)
        try:
            if self._ledger.decide(book, tick, instruments, market) is None:
                book.note_seen(tick)
        except Exception as error:  # noqa: BLE001  # a defect: recorded, logged, and the next tick goes on
            self._leave_out(book, tick, error)

    def _leave_out(self, book: AccountBook, tick: Tick, error: Exception) -> None:
        self._record(error)
        logger.error("tick-failed", account=book.key.account_id, tick=repr(tick), exc_info=error)

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

    def _on_depth(self, depth: Depth) -> None:
        """Only accounts that walk books look at them; to all others the quotes say the same."""
        self._market.remember_book(depth)
        if not depth.bids or not depth.asks:
            return
        prints = self._market.prints(depth.symbol)
        for book in self._ledger.books:
            if book.walks_books and book.wants(depth.best, prints):
                book.inbox.append(depth)
                self._wake.set()

    def _on_clock(self, clock: ClockMoved) -> None:
        for book in self._ledger.books:
            self._sample(book, clock.time)
            if book.is_due(clock):
                book.inbox.append(clock)
                self._wake.set()
            elif self._streams.equity_is_due(book) or book.inbox or book.suspect:
                self._wake.set()

    def _sample(self, book: AccountBook, time: int) -> None:
        """While positions are open their account is valued from time to time; a replay may begin anew."""
        passed = time - book.sampled
        if book.state.positions and self._market.followed and not 0 <= passed < SAMPLE_INTERVAL_MS:
            self._ledger.sample(book, self._market.now())


def _symbols(book: AccountBook) -> list[str]:
    """Symbols in which something is open, and that of the first tick."""
    symbols = list(book.head.books)
    if book.inbox and not isinstance(book.inbox[0], ClockMoved):
        symbols.append(book.inbox[0].symbol)
    return symbols
