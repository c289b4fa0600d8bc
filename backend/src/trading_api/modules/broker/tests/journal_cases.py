"""A real SQLite database with the broker's tables, for tests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from trading_api.modules.broker.engine import AccountState, open_account
from trading_api.modules.broker.repository import AccountKey, BrokerRepository
from trading_api.modules.broker.service import MIGRATIONS
from trading_api.modules.broker.tests.engine_cases import Desk
from trading_api.shared.db.engine import Database
from trading_api.shared.db.migrations import migrate

KEY = AccountKey("DEMO", "epoch")


def database_url(folder: Path) -> str:
    """The database file in `folder`."""
    return f"sqlite+aiosqlite:///{folder / 'trading.db'}"


@asynccontextmanager
async def opened_repository(folder: Path) -> AsyncIterator[BrokerRepository]:
    """A repository on the file in `folder`, closed at the end."""
    database = Database(database_url(folder))
    try:
        await migrate(database, "broker", MIGRATIONS)
        yield BrokerRepository(database)
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

    async def write(self, repository: BrokerRepository) -> None:
        """Append what has not been appended."""
        events = self.events[self.written :]
        await repository.append(KEY, self.written, events)
        self.written += len(events)
