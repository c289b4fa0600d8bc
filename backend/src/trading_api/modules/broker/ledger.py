"""Deciding, writing down and announcing: the one way in which an account changes."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from trading_api.modules.broker.account_book import AccountBook, Step, Tick
from trading_api.modules.broker.engine import (
    AccountState,
    Command,
    Event,
    Instruments,
    Market,
    drafted,
    fold,
    open_account,
    worth_of,
)
from trading_api.modules.broker.engine.events import DEFAULT_TERMS, AccountClosed, ExecutionRecorded
from trading_api.modules.broker.engine.terms import AccountTerms
from trading_api.modules.broker.equity_samples import EquitySample
from trading_api.modules.broker.errors import AccountUnknown
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.modules.broker.repository.batch import Append
from trading_api.modules.broker.repository.tables import AccountKey, JournalConflict
from trading_api.modules.broker.repository.writer import JournalWriter
from trading_api.modules.broker.safe_retries import NO_ANSWER, Answer, Attempt

DEFAULT_ACCOUNT = "DEMO"

Announce = Callable[[AccountBook, Sequence[Event]], None]
ToAnswer = Callable[[Sequence[Event]], Answer]
"""What is answered when a command has come to these events."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a paper account begins."""

    name: str = "Demo account"
    currency: str = "USD"
    balance: Decimal = Decimal(100_000)
    leverage: Decimal = Decimal(20)
    terms: AccountTerms = DEFAULT_TERMS

    def events(self, state: AccountState, time: int) -> tuple[Event, ...]:
        """The first events of a journal."""
        return open_account(state, self.name, self.currency, self.balance, self.leverage, time, self.terms)


class Ledger:
    """The accounts of this process. `announce` is called after each commit, in the order of the journal."""

    def __init__(
        self, repository: BrokerRepository, writer: JournalWriter, market: MarketView, announce: Announce
    ) -> None:
        self._repository = repository
        self._writer = writer
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
        """Take over every account that the journal has and this process has not."""
        for key in await self._repository.account_keys():
            if key.account_id not in self._books:
                self._add(AccountBook(await self._repository.load(key)))

    def _add(self, book: AccountBook) -> None:
        self._books[book.key.account_id] = book
        self._market.convert_to(book.state.currency)
        if book.walks_books:
            self._market.want_books()

    async def ensure_account(self) -> None:
        """Open the default account if there is none, as soon as the market has a time.

        Raises MarketDataUnavailable, StorageUnavailable.
        """
        if self._books:
            return
        await self._market.known()
        async with self._opening:
            if not self._books:
                await self._open(DEFAULT_ACCOUNT, Opening())

    async def open(
        self, account_id: str, opening: Opening, to_answer: ToAnswer, attempt: Attempt | None
    ) -> tuple[AccountBook, Answer] | None:
        """Open an account; None if there is one of this id.

        Raises MarketDataUnavailable, StorageUnavailable.
        """
        await self.ensure_account()
        async with self._opening:
            if account_id in self._books:
                return None
            return await self._open(account_id, opening, to_answer, attempt)

    def decide(
        self,
        book: AccountBook,
        cause: Command | Tick,
        instruments: Instruments,
        market: Market,
        to_answer: ToAnswer | None = None,
        attempt: Attempt | None = None,
    ) -> Step | None:
        """What follows from `cause`, on its way to the journal; None if nothing does.

        The caller holds the account's lock, and `book` is not suspect. With `to_answer` it is answered, with
        an `attempt` the answer is kept. Raises what `decide` of the engine raises.
        """
        head = book.head
        draft = drafted(head, cause, instruments, market)
        events, after = draft.events, draft.state
        if book.guard.is_blind(after):
            book.guard.arm(after, self._market.now())
        answer = to_answer(events) if to_answer else NO_ANSWER
        if not events and attempt is None:
            return None
        filled = any(isinstance(event, ExecutionRecorded) for event in events)
        sample = EquitySample.of(worth_of(after, market), after.time) if filled else None
        key = AccountKey(head.account_id, head.epoch)
        append = Append(key, head.offset, events, after, attempt, answer, sample)
        return self._take_step(book, append, after, [cause] if isinstance(cause, Tick) else [])

    def reset(
        self, book: AccountBook, opening: Opening, to_answer: ToAnswer, attempt: Attempt | None
    ) -> Step:
        """Close the account's epoch and open its next, in one transaction.

        The caller holds the account's lock, and `book` is not suspect.
        """
        head, time = book.head, max(self._market.now().time, book.head.time)
        new = AccountState(head.account_id, secrets.token_hex(8))
        closing = (AccountClosed(head.offset + 1, time, new.epoch),)
        opened = opening.events(new, time)
        after = fold(new, opened)
        then = Append(AccountKey(new.account_id, new.epoch), 0, opened, after, attempt, to_answer(opened))
        key = AccountKey(head.account_id, head.epoch)
        append = Append(key, head.offset, closing, fold(head, closing), then=then)
        return self._take_step(book, append, after, [])

    def keep(self, book: AccountBook, attempt: Attempt, answer: Answer) -> Step:
        """Keep the answer to a command of many steps; the caller holds the account's lock."""
        head = book.head
        key = AccountKey(head.account_id, head.epoch)
        append = Append(key, head.offset, attempt=attempt, answer=answer, finishes=True)
        return self._take_step(book, append, head, [])

    def sample(self, book: AccountBook, market: Market) -> None:
        """Write down what the account is worth at the market's time."""
        book.sampled = market.time
        sample = EquitySample.of(worth_of(book.state, market), market.time)
        self._writer.submit(Append(book.key, book.state.offset, sample=sample), _forgive)

    async def settle(self, book: AccountBook) -> None:
        """Wait until nothing is on its way to the journal; the caller holds the lock.

        Raises StorageUnavailable.
        """
        if book.steps:
            await self._writer.settled()
        await self.refresh(book)

    async def refresh(self, book: AccountBook) -> None:
        """Catch up with the journal after an append that was not written; the caller holds the lock.

        Raises StorageUnavailable.
        """
        while book.suspect:
            await self._writer.settled()
            events = await self._repository.events(book.key, after=book.state.offset)
            book.suspect = False
            if events:
                book.apply(events)
                self._announce(book, events)
            if book.state.closed:
                await self._follow_reset(book)

    async def _follow_reset(self, book: AccountBook) -> None:
        """Another process has reset the account."""
        keys = {key.account_id: key for key in await self._repository.account_keys()}
        key = keys[book.key.account_id]
        events = await self._repository.events(key)
        book.begin(await self._repository.load(key))
        self._announce(book, events)

    async def _open(
        self,
        account_id: str,
        opening: Opening,
        to_answer: ToAnswer | None = None,
        attempt: Attempt | None = None,
    ) -> tuple[AccountBook, Answer] | None:
        empty = AccountState(account_id, secrets.token_hex(8))
        events = opening.events(empty, self._market.now().time)
        answer = to_answer(events) if to_answer else NO_ANSWER
        book = AccountBook(fold(empty, events))
        try:
            await self._writer.append(Append(book.key, 0, events, book.state, attempt, answer))
        except JournalConflict:
            await self.load()  # another process was first
            return None
        self._add(book)
        return book, answer

    def _take_step(self, book: AccountBook, append: Append, after: AccountState, ticks: list[Tick]) -> Step:
        append.follows = book.steps[-1].append if book.steps else None
        step = Step(append, after, ticks)
        book.steps.append(step)
        self._writer.submit(append, lambda failure: self._end_step(book, step, failure))
        return step

    def _end_step(self, book: AccountBook, step: Step, failure: Exception | None) -> None:
        if failure is not None:
            book.give_up(step)
            step.end(failure)
            return
        book.confirm(step)
        try:
            for events in step.announced:
                self._announce(book, events)
        finally:
            step.end(None)


def _forgive(_failure: Exception | None) -> None:
    """A moment of the equity curve that could not be written is left out."""
