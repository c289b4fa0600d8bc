"""A database to which a walk is written, and from which it begins again as a server does."""

import asyncio
import tempfile
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Self

from trading_api.modules.broker.engine import AccountState, open_account
from trading_api.modules.broker.engine.terms import AccountTerms
from trading_api.modules.broker.tests.engine_cases import opened
from trading_api.modules.broker.tests.engine_walks import Walk
from trading_api.modules.broker.tests.journal_cases import KEY, opened_repository


class Store:
    """The account of one walk in SQLite, in a folder that is gone afterwards."""

    def __init__(self, terms: AccountTerms) -> None:
        self._terms = terms
        self._folder = tempfile.TemporaryDirectory()

    def __enter__(self) -> Self:
        asyncio.run(self._open())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def read_back(self, walk: Walk, begun: AccountState, seen: int) -> AccountState:
        """Write what happened since the last time, close the database and load the account again."""
        return asyncio.run(self._read_back(walk, begun, seen))

    async def _open(self) -> None:
        new = opened(terms=self._terms)
        money, leverage = Decimal(new.opening_balance), new.leverage
        events = open_account(
            AccountState(KEY.account_id, KEY.epoch), new.name, new.currency, money, leverage, 0, self._terms
        )
        async with opened_repository(Path(self._folder.name)) as journal:
            await journal.append(KEY, 0, events)

    async def _read_back(self, walk: Walk, begun: AccountState, seen: int) -> AccountState:
        if walk.desk.events[seen:]:
            async with opened_repository(Path(self._folder.name)) as journal:
                await journal.append(KEY, begun.offset, walk.desk.events[seen:])
        async with opened_repository(Path(self._folder.name)) as journal:
            return await journal.load(KEY)
