"""A real SQLite database with the broker's tables, for tests."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from trading_api.modules.broker.engine import AccountState, Event, fold, open_account
from trading_api.modules.broker.repository import BrokerRepository
from trading_api.modules.broker.repository.batch import Append
from trading_api.modules.broker.repository.tables import AccountKey
from trading_api.modules.broker.repository.writer import JournalWriter
from trading_api.modules.broker.safe_retries import NO_ANSWER, Answer, Attempt
from trading_api.modules.broker.service import MIGRATIONS
from trading_api.modules.broker.tests.engine_cases import Desk
from trading_api.shared.db.engine import Database
from trading_api.shared.db.migrations import migrate

KEY = AccountKey("DEMO", "epoch")


def database_url(folder: Path) -> str:
    """The database file in `folder`."""
    return f"sqlite+aiosqlite:///{folder / 'trading.db'}"


class Journal(BrokerRepository):
    """A repository to which events can be appended as well."""

    def __init__(self, database: Database, writer: JournalWriter) -> None:
        super().__init__(database)
        self.writer = writer

    async def append(
        self,
        key: AccountKey,
        expected_offset: int,
        events: Sequence[Event],
        attempt: Attempt | None = None,
        answer: Answer = NO_ANSWER,
    ) -> None:
        """Append `events`; raises JournalConflict if they do not follow `expected_offset`."""
        known = await self.load(key) if expected_offset else AccountState(key.account_id, key.epoch)
        after = fold(known, events) if known.offset == expected_offset else known
        await self.writer.append(Append(key, expected_offset, events, after, attempt, answer))


@asynccontextmanager
async def opened_repository(folder: Path) -> AsyncIterator[Journal]:
    """A repository on the file in `folder`, closed at the end."""
    database = Database(database_url(folder))
    writer = JournalWriter(database)
    try:
        await migrate(database, "broker", MIGRATIONS)
        async with writer.running():
            yield Journal(database, writer)
    finally:
        await database.close()


class JournaledDesk(Desk):
    """A desk that starts with the opening event in its list, so that all of it can be appended."""

    def __init__(self, *, balance: str = "100000") -> None:
        super().__init__(balance=balance)
        empty = AccountState(KEY.account_id, KEY.epoch)
        self.events = list(
            open_account(
                empty, self.state.name, self.state.currency, self.state.balance, self.state.leverage, 0
            )
        )
        self.written = 0

    async def write(self, repository: Journal) -> None:
        """Append what has not been appended."""
        events = self.events[self.written :]
        await repository.append(KEY, self.written, events)
        self.written += len(events)
