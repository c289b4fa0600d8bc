"""What every use case of the broker works with, and how a command's answer is kept and read."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from trading_api.models.common import WireModel
from trading_api.modules.broker.account_book import AccountBook
from trading_api.modules.broker.commanding import Commands, Done
from trading_api.modules.broker.engine import Market, OrderRefused
from trading_api.modules.broker.engine.refusals import PositionNotOpen
from trading_api.modules.broker.errors import PositionUnknown, refusal_of
from trading_api.modules.broker.journal_tail import JournalTail
from trading_api.modules.broker.ledger import Ledger
from trading_api.modules.broker.market_view import MarketView
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.modules.broker.safe_retries import Answer, Attempt
from trading_api.modules.broker.sweeping import Sweeps
from trading_api.shared.clock import Clock

Answered = TypeVar("Answered", bound=WireModel)


@dataclass(frozen=True, slots=True)
class Workings:
    """The accounts, the market, the journal and the one way in which accounts change."""

    ledger: Ledger
    market: MarketView
    repository: BrokerRepository
    commands: Commands
    sweeps: Sweeps
    tail: JournalTail
    real_time: Clock


@dataclass(frozen=True, slots=True)
class Commanded(Generic[Answered]):
    """The answer to a command, as JSON text and as a value, and the journal's offset at which it was done."""

    model: type[Answered]
    body: str
    status: int
    offset: int
    repeated: bool = False
    """Whether this is the answer that the same command had before."""

    @property
    def value(self) -> Answered:
        """The answer."""
        return self.model.model_validate_json(self.body)

    @classmethod
    def of(cls, model: type[Answered], done: Done) -> "Commanded[Answered]":
        """The answer in `done`, which is a `model`."""
        return cls(model, done.answer.body, done.answer.status, done.offset, done.repeated)


def answer(value: WireModel, status: int = 200) -> Answer:
    """`value` as it is kept and sent."""
    return Answer(value.model_dump_json(by_alias=True, exclude_none=True), status)


@contextmanager
def refusals() -> Iterator[None]:
    """The engine's refusals as the caller sees them."""
    try:
        yield
    except OrderRefused as refused:
        raise refusal_of(refused) from refused
    except PositionNotOpen as error:
        raise PositionUnknown(f"There is no open position {error.position_id[:100]}.") from error


class UseCases:
    """The base of what the broker can be asked for."""

    def __init__(self, workings: Workings) -> None:
        self._ledger = workings.ledger
        self._repository = workings.repository
        self._commands = workings.commands
        self._sweeps = workings.sweeps
        self._tail = workings.tail
        self._real_time = workings.real_time
        self.market = workings.market

    def _attempt(self, key: str | None, command: str, request: Any) -> Attempt | None:
        return Attempt.of(key, command, request, self._real_time.now_ms())

    async def _market_of(self, book: AccountBook, *symbols: str) -> Market:
        """The market at this moment, with a quote of every symbol that counts for the account."""
        await self.market.known()
        return self.market.now(await self.market.quotes({*symbols, *book.state.books}))
