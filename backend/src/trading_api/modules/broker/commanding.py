"""Doing what a caller asked for, once: the answer to a command, and the same answer to its repetitions."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.account_book import AccountBook, Step
from trading_api.modules.broker.engine import Command, Event, Instruments, Market
from trading_api.modules.broker.errors import StorageUnavailable
from trading_api.modules.broker.ledger import Ledger, Opening, ToAnswer
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.modules.broker.repository.tables import JournalConflict
from trading_api.modules.broker.safe_retries import NO_ANSWER, Answer, Attempt
from trading_api.modules.broker.tick_pump import TickPump

MOST_CONFLICTS = 10
"""So often a command is decided again because others wrote first."""

Deciding = Callable[[], Awaitable[Step | None]]
"""Decides on an account's head; called with the account's lock held."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command came to, durable; `offset` is that of the journal at which it was done."""

    answer: Answer
    offset: int
    events: Sequence[Event] = ()
    """Empty if nothing changed, or if the command is a repetition."""
    repeated: bool = False
    """Whether this is the answer that the same command had before."""


class Commands:
    """Applies commands to accounts; one account changes one step at a time."""

    def __init__(
        self, ledger: Ledger, pump: TickPump, market: MarketView, repository: BrokerRepository
    ) -> None:
        self._ledger = ledger
        self._pump = pump
        self._market = market
        self._repository = repository

    async def do(
        self,
        book: AccountBook,
        command: Command,
        to_answer: ToAnswer,
        attempt: Attempt | None = None,
        quotes: Mapping[str, Quote] | None = None,
    ) -> Done:
        """Do it, or find that this attempt was done before; takes the account's lock itself.

        `quotes` are those asked for because the ticks have not shown them. Raises what `decide` raises,
        IdempotencyKeyReused, StorageUnavailable and MarketDataUnavailable.
        """
        await asyncio.sleep(0)  # ticks that have arrived are heard first

        def decide(instruments: Instruments, market: Market) -> Step | None:
            return self._ledger.decide(book, command, instruments, market, to_answer, attempt)

        done = await self.step(book, decide, attempt, quotes)
        return replace(done, answer=to_answer(())) if done.answer is NO_ANSWER else done

    async def step(
        self,
        book: AccountBook,
        decide: Callable[[Instruments, Market], Step | None],
        attempt: Attempt | None = None,
        quotes: Mapping[str, Quote] | None = None,
    ) -> Done:
        """One step of the account, or what this attempt came to before; see `do`.

        `decide` is called with the account's lock held, once every tick has been seen, and again if another
        process wrote first.
        """

        async def decide_when_ready() -> Step | None:
            instruments = await self._pump.ready(book)
            return decide(instruments, self._market.now(quotes))

        return await self._once(book, decide_when_ready, attempt)

    async def reset(
        self, book: AccountBook, opening: Opening, to_answer: ToAnswer, attempt: Attempt | None = None
    ) -> Done:
        """Begin the account anew, or find that this attempt did; it is answered by the new epoch's events.

        Raises IdempotencyKeyReused, StorageUnavailable and MarketDataUnavailable.
        """

        async def decide() -> Step:
            await self._pump.ready(book)
            return self._ledger.reset(book, opening, to_answer, attempt)

        return await self._once(book, decide, attempt)

    async def open(
        self, account_id: str, opening: Opening, to_answer: ToAnswer, attempt: Attempt | None = None
    ) -> Done | None:
        """Open an account, or find that this attempt did; None if there is one of this id already.

        Raises IdempotencyKeyReused, StorageUnavailable and MarketDataUnavailable.
        """
        if done := await self._done_before(account_id, attempt):
            return done
        opened = await self._ledger.open(account_id, opening, to_answer, attempt)
        if opened is None:
            return await self._done_before(account_id, attempt)
        book, answer = opened
        return Done(answer, book.state.offset)

    async def _once(self, book: AccountBook, decide: Deciding, attempt: Attempt | None) -> Done:
        for _ in range(MOST_CONFLICTS):
            if done := await self._done_before(book.key.account_id, attempt):
                return done
            try:
                return await self._try(book, decide, attempt)
            except JournalConflict:
                continue
            except Exception:
                if done := await self._done_before(book.key.account_id, attempt):
                    return done  # the first of the attempts ended while this one was decided
                raise
        raise StorageUnavailable(f"The journal of {book.key.account_id} is being written by others.")

    async def _try(self, book: AccountBook, decide: Deciding, attempt: Attempt | None) -> Done:
        """Decide, and wait until that is durable; a refusal waits for what it was decided on.

        Raises JournalConflict if it is to be tried again.
        """
        async with book.lock:
            twin = book.twin(attempt)
            step = outcome = None
            if twin is None:
                try:
                    step = await decide()
                except Exception as error:  # noqa: BLE001  # raised below, once what led to it is durable
                    outcome = error
            offset, last = book.head.offset, step or twin or (book.steps[-1] if book.steps else None)
        if last is not None:
            await last.durable()
        if twin is not None:
            raise JournalConflict(f"{book.key.account_id}: the same command was under way")
        if outcome is not None:
            raise outcome
        if step is None:
            return Done(NO_ANSWER, offset)
        return Done(step.answer, offset, step.events)

    async def _done_before(self, account_id: str, attempt: Attempt | None) -> Done | None:
        kept = attempt and await self._repository.kept_answer(account_id, attempt)
        if not attempt or not kept:
            return None
        kept.check(attempt)
        return Done(kept.answer, kept.offset, repeated=True)
