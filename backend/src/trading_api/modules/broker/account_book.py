"""One account in memory: what the journal holds of it, and what is on its way there."""

import asyncio
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from trading_api.models.broker.accounts import FillModelKind
from trading_api.models.market.ticks import ClockMoved, Depth, Quote, Trade
from trading_api.modules.broker.engine import AccountState, Event, fold
from trading_api.modules.broker.margin_guard import MarginGuard
from trading_api.modules.broker.repository.batch import Append
from trading_api.modules.broker.repository.tables import AccountKey
from trading_api.modules.broker.safe_retries import Answer, Attempt

Tick = Quote | Trade | Depth | ClockMoved


@dataclass(slots=True, eq=False)
class Step:
    """A change of an account that is decided and on its way to the journal."""

    append: Append
    after: AccountState
    ticks: list[Tick] = field(default_factory=list)
    """The tick that led to it, if one did, and those seen since that led to nothing."""
    _ended: bool = False
    _failure: Exception | None = None
    _waiting: "list[asyncio.Future[None]]" = field(default_factory=list)

    @property
    def events(self) -> Sequence[Event]:
        """What happens; of a reset, in the new epoch."""
        return self.announced[-1]

    @property
    def announced(self) -> list[Sequence[Event]]:
        """What happens, epoch by epoch."""
        then = self.append.then
        return [self.append.events] if then is None else [self.append.events, then.events]

    @property
    def answer(self) -> Answer:
        """What is answered to the command that led to it."""
        return (self.append.then or self.append).answer

    async def durable(self) -> None:
        """Wait until it is in the journal; raises JournalConflict or StorageUnavailable if it is not."""
        if not self._ended:
            waiting = asyncio.get_running_loop().create_future()
            self._waiting.append(waiting)
            await waiting
        if self._failure is not None:
            raise self._failure

    def end(self, failure: Exception | None) -> None:
        """It is in the journal, or why it is not."""
        self._ended, self._failure = True, failure
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)

    def is_attempt(self, attempt: Attempt | None) -> bool:
        """Whether it was decided for the same idempotency key."""
        own = (self.append.then or self.append).attempt
        return attempt is not None and own is not None and own.key == attempt.key


class AccountBook:
    """The state of one account, the lock under which it is changed, and the ticks that it has yet to see.

    `state` is durable: all that is shown to anyone. `head` is what the next decision is made on; steps lead
    from one to the other. A tick counts if it reaches one of the account's orders or may change what is to be
    said of its margin, and while an order is being placed in its symbol.
    """

    def __init__(self, state: AccountState) -> None:
        self.lock = asyncio.Lock()
        self.inbox: deque[Tick] = deque()
        self.suspect = False
        """The journal may be ahead of `state`, for an append was not written."""
        self.steps: deque[Step] = deque()
        """Decided and not yet durable, oldest first."""
        self.sampled = 0
        """When the account was last valued for its equity history."""
        self.guard = MarginGuard()
        self._awaited: Counter[str] = Counter()
        self._state = state
        self._key = AccountKey(state.account_id, state.epoch)

    @property
    def key(self) -> AccountKey:
        """Id and epoch of the durable state."""
        return self._key

    @property
    def state(self) -> AccountState:
        """The account after the last event that is known to be in the journal."""
        return self._state

    @property
    def head(self) -> AccountState:
        """The account after everything that has been decided."""
        return self.steps[-1].after if self.steps else self._state

    def twin(self, attempt: Attempt | None) -> Step | None:
        """A step on its way to the journal that was decided for the same idempotency key."""
        if attempt is None:
            return None
        return next((step for step in self.steps if step.is_attempt(attempt)), None)

    def apply(self, events: Iterable[Event]) -> None:
        """Take over events that the journal holds and that nothing decided here led to."""
        self._state = fold(self._state, events)

    def begin(self, state: AccountState) -> None:
        """The journal has the account so: the next epoch, or what another process wrote."""
        self._state = state
        self._key = AccountKey(state.account_id, state.epoch)

    def confirm(self, step: Step) -> None:
        """The first step is durable."""
        self.steps.popleft()
        self.begin(step.after)

    def give_up(self, step: Step) -> None:
        """Forget `step` and all that was decided after it; their ticks have yet to be seen again."""
        self.suspect = True
        if step not in self.steps:
            return
        ticks: list[Tick] = []
        while True:
            last = self.steps.pop()
            ticks = last.ticks + ticks
            if last is step:
                break
        self.inbox.extendleft(reversed(ticks))

    def note_seen(self, tick: Tick) -> None:
        """`tick` led to nothing; it counts again if what was decided before it is given up."""
        if self.steps:
            self.steps[-1].ticks.append(tick)

    def wants(self, tick: Quote | Trade, prints: bool = False) -> bool:
        """Whether `tick` may change something; `prints` says whether its symbol has trades.

        While others wait nobody knows what they lead to, so a tick of a symbol in which something is open
        waits with them.
        """
        if self._awaited[tick.symbol] > 0 or (self.inbox and tick.symbol in self.head.books):
            return True
        if isinstance(tick, Quote) and self.guard.concerns(self.head, tick):
            return True
        if not self.steps:
            return _reaches(self._state, tick, prints)
        states = (self._state, *(step.after for step in self.steps))
        return any(_reaches(state, tick, prints) for state in states)

    @property
    def walks_books(self) -> bool:
        """Whether its orders fill against more than the best prices."""
        return self.head.terms.fills.model is FillModelKind.DEPTH

    def is_due(self, clock: ClockMoved) -> bool:
        """Whether an order has reached its end."""
        ends = (book.reach.end for book in self.head.books.values())
        return any(end is not None and end <= clock.time for end in ends)

    @contextmanager
    def awaiting(self, symbol: str) -> Iterator[None]:
        """While an order in `symbol` is being placed no tick of it may be missed."""
        self._awaited[symbol] += 1
        try:
            yield
        finally:
            self._awaited[symbol] -= 1
            if not self._awaited[symbol]:
                del self._awaited[symbol]


def _reaches(state: AccountState, tick: Quote | Trade, prints: bool) -> bool:
    book = state.books.get(tick.symbol)
    if book is None:
        return False
    return book.reach.takes(tick, prints) if isinstance(tick, Quote) else book.reach.takes_trade(tick)
