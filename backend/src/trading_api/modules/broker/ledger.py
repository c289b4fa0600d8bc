"""Deciding, writing down and announcing: the one way in which an account changes."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from decimal import Decimal

from trading_api.models.market.ticks import ClockMoved, Quote, Trade
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.engine import (
    AccountState,
    Command,
    Event,
    Instruments,
    Market,
    decide,
    open_account,
)
from trading_api.modules.broker.errors import AccountUnknown, StorageUnavailable
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.repository import BrokerRepository, JournalConflict
from trading_api.modules.broker.safe_retries import NO_ANSWER, Answer, Attempt

DEFAULT_ACCOUNT = "DEMO"
DEFAULT_NAME = "Demo account"
DEFAULT_CURRENCY = "USD"
DEFAULT_BALANCE = Decimal(100_000)
DEFAULT_LEVERAGE = Decimal(20)

MOST_CONFLICTS = 10

Announce = Callable[[AccountBook, Sequence[Event]], None]


class Ledger:
    """The accounts of this process. `announce` is called after each commit, in the order of the journal."""

    def __init__(self, repository: BrokerRepository, market: MarketView, announce: Announce) -> None:
        self._repository = repository
        self._market = market
        self._announce = announce
        self._books: dict[str, AccountBook] = {}
        self._opening = asyncio.Lock()

    @property
    def books(self) -> list[AccountBook]:
        """All accounts."""
        return list(self._books.values())

    async def book(self, account_id: str) -> AccountBook:
        """An account by its id; raises AccountUnknown."""
        await self.ensure_account()
        book = self._books.get(account_id)
        if book is None:
            raise AccountUnknown(f"There is no account {account_id}.")
        return book

    async def load(self) -> None:
        """Fold every journal."""
        states = [await self._repository.load(key) for key in await self._repository.account_keys()]
        self._books = {state.account_id: AccountBook(state) for state in states}

    async def ensure_account(self) -> None:
        """Open the default account if there is none, as soon as the market has a time.

        Raises MarketDataUnavailable, StorageUnavailable.
        """
        if self._books:
            return
        await self._market.known()
        async with self._opening:
            if self._books:
                return
            try:
                book = await self._open_default()
            except JournalConflict:
                await self.load()  # another process was first
            else:
                self._books[book.key.account_id] = book

    async def commit(
        self,
        book: AccountBook,
        cause: Command | Quote | Trade | ClockMoved,
        instruments: Instruments,
        market: Market,
        to_answer: Callable[[Sequence[Event]], Answer] | None = None,
        attempt: Attempt | None = None,
    ) -> tuple[Sequence[Event], Answer]:
        """What follows from `cause`, written and announced; the caller holds the account's lock.

        With `to_answer` it is answered, with an `attempt` the answer is kept. If the append fails the
        account stays as it was. Raises what `decide` raises, and StorageUnavailable.
        """
        for _ in range(MOST_CONFLICTS):
            await self.refresh(book)
            events = decide(book.state, cause, instruments, market)
            answer = to_answer(events) if to_answer else NO_ANSWER
            if not events and attempt is None:
                return events, answer
            book.suspect = True
            try:
                await self._repository.append(book.key, book.state.offset, events, attempt, answer)
            except JournalConflict:
                continue
            book.suspect = False
            self._take_over(book, events)
            return events, answer
        raise StorageUnavailable(f"The journal of {book.key.account_id} is being written by others.")

    async def refresh(self, book: AccountBook) -> None:
        """Catch up with the journal after an append of unknown or other outcome."""
        if book.suspect:
            self._take_over(book, await self._repository.events(book.key, after=book.state.offset))
            book.suspect = False

    def _take_over(self, book: AccountBook, events: Sequence[Event]) -> None:
        book.apply(events)
        self._announce(book, events)

    async def _open_default(self) -> AccountBook:
        book = AccountBook(AccountState(DEFAULT_ACCOUNT, epoch=secrets.token_hex(8)))
        time = self._market.now().time
        events = open_account(
            book.state, DEFAULT_NAME, DEFAULT_CURRENCY, DEFAULT_BALANCE, DEFAULT_LEVERAGE, time
        )
        await self._repository.append(book.key, 0, events)
        book.apply(events)
        return book
