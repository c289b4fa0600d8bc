"""Canceling many orders as one command, in slices between which everybody else has a turn."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Self
from weakref import WeakValueDictionary

from trading_api.models.broker.accounts import TradingState
from trading_api.models.broker.orders import Side
from trading_api.models.topics import compact_json
from trading_api.modules.broker.account_book import AccountBook, Step
from trading_api.modules.broker.commanding import Commands, Done
from trading_api.modules.broker.engine import AccountState, Event, Instruments, Market, Order
from trading_api.modules.broker.engine.canceling import cancelable
from trading_api.modules.broker.engine.commands import CancelOrders, SetTradingState
from trading_api.modules.broker.engine.events import OrderCanceled
from trading_api.modules.broker.ledger import Ledger
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.modules.broker.repository.tables import AccountKey
from trading_api.modules.broker.safe_retries import NO_ANSWER, UNDER_WAY, Answer, Attempt

SLICE = 200
"""Orders that are canceled in one decision: some 10 ms in which nothing else is decided."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """Which open orders are to be canceled: those of a symbol, of a side, or all; not brackets of positions.

    With `trading_state` the account has that from the first decision on.
    """

    symbol: str | None = None
    side: Side | None = None
    trading_state: TradingState | None = None

    def meant(self, state: AccountState, until: int | None = None) -> tuple[str, ...]:
        """Ids of the orders, oldest first; with `until` only of those accepted up to this offset."""
        return tuple(order.id for order in cancelable(state, self.symbol, self.side, until))

    def means(self, order: Order) -> bool:
        """Whether an order, open or not, is one of them."""
        fits = self.symbol in {None, order.symbol} and self.side in {None, order.side}
        return fits and not order.is_bracket

    def first(self, order_ids: tuple[str, ...]) -> SetTradingState | CancelOrders:
        """The command with which it begins."""
        if self.trading_state is None:
            return self.next(order_ids)
        return SetTradingState(self.trading_state, cancel_orders=True, order_ids=order_ids)

    def next(self, order_ids: tuple[str, ...]) -> CancelOrders:
        """A command with which it goes on."""
        return CancelOrders(order_ids=order_ids, trading_state=self.trading_state)


@dataclass(frozen=True, slots=True)
class Reply:
    """How a sweep is answered: what there is to tell of an order that is final now, and all of that."""

    tell: Callable[[Order], str | None]
    close: Callable[[Sequence[str]], Answer]


class _Told:
    """The answer in the making: as text, so that it is never a long work to write it down."""

    def __init__(self, reply: Reply, orders: Iterable[Order] = ()) -> None:
        self._reply = reply
        self._parts: list[tuple[int, str]] = []
        self.ids: set[str] = set()
        self.add(orders)

    def add(self, orders: Iterable[Order]) -> None:
        """Tell of these as well."""
        for order in orders:
            self.ids.add(order.id)
            part = self._reply.tell(order)
            if part is not None:
                self._parts.append((order.created_offset, part))

    @property
    def answer(self) -> Answer:
        """All of it, oldest order first."""
        return self._reply.close([part for _, part in sorted(self._parts)])


@dataclass(frozen=True, slots=True)
class _Begun:
    """The journal where a sweep began: kept under the caller's key until there is an answer."""

    epoch: str
    offset: int

    @property
    def answer(self) -> Answer:
        """As it is kept."""
        return Answer(compact_json([self.epoch, self.offset]), UNDER_WAY)

    @classmethod
    def read(cls, answer: Answer) -> Self:
        """As it was kept."""
        epoch, offset = json.loads(answer.body)
        return cls(epoch, offset)


class Sweeps:
    """Cancels slice by slice, each durable before the next is decided.

    A sweep that was interrupted, even by the end of the process, goes on when its caller repeats it under its
    key. It means the orders that were open when it began, and is answered as if nothing had happened.
    """

    def __init__(self, commands: Commands, ledger: Ledger, repository: BrokerRepository) -> None:
        self._commands = commands
        self._ledger = ledger
        self._repository = repository
        self._turns: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    async def sweep(self, book: AccountBook, sweep: Sweep, reply: Reply, attempt: Attempt | None) -> Done:
        """Do it, or find that this attempt did.

        Raises IdempotencyKeyReused, StorageUnavailable, MarketDataUnavailable; what has been canceled by then
        remains so.
        """
        async with self._turn(book, attempt):
            await asyncio.sleep(0)  # ticks that have arrived are heard first
            done, meant = await self._begin(book, sweep, reply, attempt)
            if done.answer is NO_ANSWER:
                return replace(done, answer=reply.close(()))
            if not done.answer.is_under_way:
                return done
            begun = _Begun.read(done.answer)
            told = _Told(reply, _canceled(done.events))
            await self._go_on(book, sweep, begun, told)
            if done.repeated or not told.ids.issuperset(meant):
                told = _Told(reply)
                async for orders in self._final(book, sweep, begun):
                    told.add(orders)
            return await self._keep(book, told.answer, attempt)

    async def _begin(
        self, book: AccountBook, sweep: Sweep, reply: Reply, attempt: Attempt | None
    ) -> tuple[Done, Sequence[str]]:
        """Decide on the first slice, which is all of it for few orders; returns what is meant as well."""
        meant: tuple[str, ...] = ()

        def begin(instruments: Instruments, market: Market) -> Step | None:
            nonlocal meant
            head, meant = book.head, sweep.meant(book.head)
            begun = _Begun(head.epoch, head.offset)

            def to_answer(events: Sequence[Event]) -> Answer:
                return begun.answer if len(meant) > SLICE else _Told(reply, _canceled(events)).answer

            command = sweep.first(meant[:SLICE])
            return self._ledger.decide(book, command, instruments, market, to_answer, attempt)

        return await self._commands.step(book, begin, attempt), meant

    async def _go_on(self, book: AccountBook, sweep: Sweep, begun: _Begun, told: _Told) -> None:
        """Cancel what is left of the orders that were open when it began; a reset leaves nothing."""

        def go_on(instruments: Instruments, market: Market) -> Step | None:
            if book.head.epoch != begun.epoch:
                return None
            return self._ledger.decide(book, sweep.next(order_ids), instruments, market)

        while book.head.epoch == begun.epoch and (left := sweep.meant(book.head, begun.offset)):
            for first in range(0, len(left), SLICE):
                order_ids = left[first : first + SLICE]
                told.add(_canceled((await self._commands.step(book, go_on)).events))

    async def _final(self, book: AccountBook, sweep: Sweep, begun: _Begun) -> AsyncIterator[list[Order]]:
        """What has become of the orders that were open when it began, with the brackets that ended with them.

        The newest change comes first, so an order comes after its brackets.
        """
        key = AccountKey(book.key.account_id, begun.epoch)
        brackets: defaultdict[str | None, list[Order]] = defaultdict(list)
        before: int | None = None
        while page := await self._repository.final_orders(key, SLICE, before):
            before = page[-1].offset
            since = [order for order in page if order.offset > begun.offset]
            for order in since:
                if order.is_bracket:
                    brackets[order.parent_id].append(order)
            meant = [order for order in since if sweep.means(order) and order.created_offset <= begun.offset]
            yield [each for order in meant for each in (order, *brackets[order.id])]
            if len(since) < len(page):
                break

    async def _keep(self, book: AccountBook, answer: Answer, attempt: Attempt | None) -> Done:
        """The answer, kept in the place of where it began."""
        if attempt is None:
            return Done(answer, book.head.offset)

        def keep(_instruments: Instruments, _market: Market) -> Step:
            return self._ledger.keep(book, attempt, answer)

        return await self._commands.step(book, keep)

    @asynccontextmanager
    async def _turn(self, book: AccountBook, attempt: Attempt | None) -> AsyncIterator[None]:
        """The same command waits here until it has been done."""
        if attempt is None:
            yield
            return
        name = (book.key.account_id, attempt.key)
        turn = self._turns.get(name)
        if turn is None:
            turn = self._turns[name] = asyncio.Lock()
        async with turn:
            yield


def _canceled(events: Iterable[Event]) -> list[Order]:
    return [event.order for event in events if isinstance(event, OrderCanceled)]
