"""Doing what a caller asked for, once: the answer to a command, and the same answer to its repetitions."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from trading_api.models.market.ticks import Quote
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.engine import Command, Event
from trading_api.modules.broker.ledger import Ledger
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.modules.broker.safe_retries import Answer, Attempt
from trading_api.modules.broker.tick_pump import TickPump

ToAnswer = Callable[[Sequence[Event]], Answer]
"""What is answered when a command has come to these events."""


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
        async with book.lock:
            await asyncio.sleep(0)  # ticks that have arrived are heard first
            await self._pump.drain(book)
            kept = attempt and await self._repository.kept_answer(book.key, attempt)
            if attempt and kept:
                kept.check(attempt)
                return Done(kept.answer, kept.offset, repeated=True)
            instruments = await self._market.instruments(book.state.books)
            market = self._market.now(quotes)
            events, answer = await self._ledger.commit(book, command, instruments, market, to_answer, attempt)
            return Done(answer, book.state.offset, events)
