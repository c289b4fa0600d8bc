"""The journal and its projections as they are read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from trading_api.modules.broker.engine import (
    AccountState,
    Event,
    Execution,
    JournalGap,
    Order,
    Position,
    codec,
    fold,
)
from trading_api.modules.broker.engine.account_head import read_head
from trading_api.modules.broker.engine.evolve import restored
from trading_api.modules.broker.engine.transitions import IllegalTransition
from trading_api.modules.broker.equity_samples import EquitySample
from trading_api.modules.broker.errors import StorageUnavailable
from trading_api.modules.broker.repository.tables import (
    ACCOUNTS,
    EQUITY,
    EXECUTIONS,
    JOURNAL,
    KEPT_ANSWERS,
    ORDERS,
    POSITIONS,
    AccountKey,
    JournalUnreadable,
)
from trading_api.modules.broker.safe_retries import Answer, Attempt, KeptAnswer
from trading_api.shared.db.engine import Database

REMEDY = "`trading-pro journal verify` says where."


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """An event as it is stored; `payload` is its JSON."""

    offset: int
    type: str
    time: int
    order_id: str | None
    payload: str
    hash: str

    @staticmethod
    def columns() -> list[sa.ColumnClause[Any]]:
        """Columns of the journal, in the order of the fields."""
        return [JOURNAL.c[field.name] for field in fields(JournalEntry)]


class BrokerRepository:
    """Reads; every method raises StorageUnavailable when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def kept_answer(self, account_id: str, attempt: Attempt) -> KeptAnswer | None:
        """What the account answered under the attempt's key, if that is not too long ago."""
        same = sa.and_(
            KEPT_ANSWERS.c.account_id == account_id,
            KEPT_ANSWERS.c.idempotency_key == attempt.key,
            KEPT_ANSWERS.c.kept_until > attempt.now,
        )
        rows = await self._rows(sa.select(KEPT_ANSWERS).where(same))
        if not rows:
            return None
        row = rows[0]
        return KeptAnswer(row.fingerprint, row.offset, Answer(row.payload, row.status))

    async def account_keys(self) -> list[AccountKey]:
        """The present epoch of every account."""
        statement = sa.select(ACCOUNTS.c.account_id, ACCOUNTS.c.epoch).order_by(ACCOUNTS.c.account_id)
        return [AccountKey(row.account_id, row.epoch) for row in await self._rows(statement)]

    async def load(self, key: AccountKey) -> AccountState:
        """The account as its last event leaves it; raises JournalUnreadable.

        It begins again from its head and what is open. An account without a head, of an older version, is
        folded from all of its events.
        """
        statement = sa.select(ACCOUNTS.c.head, ACCOUNTS.c.hash).where(key.selects(ACCOUNTS))
        account = (await self._rows(statement))[0]
        if not account.head:
            return await self.replay(key)
        try:
            head = read_head(key.account_id, key.epoch, account.head)
            state = restored(
                head,
                await self._open_orders(key),
                sorted(await self.open_positions(key), key=lambda position: int(position.id[1:])),
                await self._client_order_ids(key),
            )
        except ValidationError as error:
            raise JournalUnreadable(
                f"What is kept of account {key.account_id} is damaged. {REMEDY}"
            ) from error
        await self._check_end(key, head.offset, account.hash)
        return state

    async def replay(self, key: AccountKey) -> AccountState:
        """The account as all of its events leave it; raises JournalUnreadable."""
        try:
            return fold(AccountState(key.account_id, key.epoch), await self.events(key))
        except (JournalGap, IllegalTransition) as error:
            raise JournalUnreadable(
                f"The journal of account {key.account_id} is damaged: {error}."
            ) from error

    async def _check_end(self, key: AccountKey, offset: int, last_hash: str) -> None:
        """The last event is the one that the account's row is of."""
        end = sa.select(JOURNAL.c.offset, JOURNAL.c.hash).where(key.selects(JOURNAL))
        rows = await self._rows(end.order_by(JOURNAL.c.offset.desc()).limit(1))
        if [tuple(row) for row in rows] != [(offset, last_hash)]:
            raise JournalUnreadable(
                f"The journal of account {key.account_id} does not end with event {offset}. {REMEDY}"
            )

    async def _open_orders(self, key: AccountKey) -> list[Order]:
        """Open orders, oldest first."""
        open_ones = sa.select(ORDERS.c.payload).where(key.selects(ORDERS), ORDERS.c.final.is_(sa.false()))
        orders = [codec.ORDER.read(row.payload) for row in await self._rows(open_ones)]
        return sorted(orders, key=lambda order: order.created_offset)

    async def _client_order_ids(self, key: AccountKey) -> dict[str, str]:
        statement = sa.select(ORDERS.c.client_order_id, ORDERS.c.order_id)
        named = statement.where(key.selects(ORDERS), ORDERS.c.client_order_id.is_not(None))
        return {row.client_order_id: row.order_id for row in await self._rows(named)}

    async def journal(
        self, key: AccountKey, after: int, limit: int, order_id: str | None = None
    ) -> list[JournalEntry]:
        """The rows of the journal after an offset, all or those about one order, at most `limit`."""
        statement = sa.select(*JournalEntry.columns()).where(key.selects(JOURNAL), JOURNAL.c.offset > after)
        if order_id is not None:
            statement = statement.where(JOURNAL.c.order_id == order_id)
        rows = await self._rows(statement.order_by(JOURNAL.c.offset).limit(limit))
        return [JournalEntry(**row._mapping) for row in rows]

    async def order_events(self, key: AccountKey, order_id: str) -> list[Event]:
        """Every event about an order, its executions among them, oldest first."""
        statement = sa.select(JOURNAL.c.offset, JOURNAL.c.payload)
        statement = statement.where(key.selects(JOURNAL), JOURNAL.c.order_id == order_id)
        return [_read_event(key, row) for row in await self._rows(statement.order_by(JOURNAL.c.offset))]

    async def equity_history(self, key: AccountKey, since: int, until: int, limit: int) -> list[EquitySample]:
        """The equity curve from `since` to before `until` (ms), the last `limit` samples, oldest first."""
        wanted = sa.and_(key.selects(EQUITY), EQUITY.c.time >= since, EQUITY.c.time < until)
        statement = sa.select(*(EQUITY.c[name] for name in EquitySample.columns())).where(wanted)
        rows = await self._rows(statement.order_by(EQUITY.c.time.desc()).limit(limit))
        return [EquitySample(row[0], *map(Decimal, row[1:])) for row in reversed(rows)]

    async def events(
        self, key: AccountKey, after: int = 0, types: Iterable[str] | None = None
    ) -> list[Event]:
        """The events after an offset, all or those of some types, in order."""
        statement = sa.select(JOURNAL.c.offset, JOURNAL.c.payload)
        statement = statement.where(key.selects(JOURNAL), JOURNAL.c.offset > after)
        if types is not None:
            statement = statement.where(JOURNAL.c.type.in_(sorted(types)))
        rows = await self._rows(statement.order_by(JOURNAL.c.offset))
        return [_read_event(key, row) for row in rows]

    async def last_offset(self, key: AccountKey, types: Iterable[str]) -> int:
        """Offset of the last event of these types, 0 if there is none."""
        statement = (
            sa.select(JOURNAL.c.offset)
            .where(key.selects(JOURNAL), JOURNAL.c.type.in_(sorted(types)))
            .order_by(JOURNAL.c.offset.desc())
            .limit(1)
        )
        return max((int(row[0]) for row in await self._rows(statement)), default=0)

    async def order(self, key: AccountKey, order_id: str) -> Order | None:
        """An order by its id."""
        wanted = sa.and_(key.selects(ORDERS), ORDERS.c.order_id == order_id)
        rows = await self._rows(sa.select(ORDERS.c.payload).where(wanted))
        return codec.ORDER.read(rows[0].payload) if rows else None

    async def day_orders(self, key: AccountKey, now: int) -> list[Order]:
        """Open orders and those that became final in the trading day of `now`, oldest change first."""
        listed = sa.or_(ORDERS.c.final.is_(sa.false()), ORDERS.c.listed_until > now)
        statement = sa.select(ORDERS.c.payload).where(key.selects(ORDERS), listed).order_by(ORDERS.c.offset)
        return [codec.ORDER.read(row.payload) for row in await self._rows(statement)]

    async def final_orders(self, key: AccountKey, limit: int, before: int | None) -> list[Order]:
        """Final orders whose last change is before an offset, newest first."""
        statement = sa.select(ORDERS.c.payload).where(key.selects(ORDERS), ORDERS.c.final.is_(sa.true()))
        if before is not None:
            statement = statement.where(ORDERS.c.offset < before)
        rows = await self._rows(statement.order_by(ORDERS.c.offset.desc()).limit(limit))
        return [codec.ORDER.read(row.payload) for row in rows]

    async def open_positions(self, key: AccountKey) -> list[Position]:
        """Open positions by symbol."""
        statement = sa.select(POSITIONS.c.payload).where(
            key.selects(POSITIONS), POSITIONS.c.open.is_(sa.true())
        )
        rows = await self._rows(statement.order_by(POSITIONS.c.symbol))
        return [codec.POSITION.read(row.payload) for row in rows]

    async def executions(
        self, key: AccountKey, limit: int, before: int | None = None, symbol: str | None = None
    ) -> list[Execution]:
        """Executions before an offset, all or those of one symbol, newest first."""
        statement = sa.select(EXECUTIONS.c.payload).where(key.selects(EXECUTIONS))
        if before is not None:
            statement = statement.where(EXECUTIONS.c.offset < before)
        if symbol is not None:
            statement = statement.where(EXECUTIONS.c.symbol == symbol)
        rows = await self._rows(statement.order_by(EXECUTIONS.c.offset.desc()).limit(limit))
        return [codec.EXECUTION.read(row.payload) for row in rows]

    async def _rows(self, statement: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        try:
            async with self._database.read() as connection:
                rows: Sequence[sa.Row[Any]] = (await connection.execute(statement)).all()
                return rows
        except SQLAlchemyError as error:
            raise StorageUnavailable("The journal cannot be read right now.") from error


def _read_event(key: AccountKey, row: sa.Row[Any]) -> Event:
    try:
        return codec.EVENT.read(row.payload)
    except ValidationError as error:
        where = f"event {row.offset} of account {key.account_id}"
        raise JournalUnreadable(f"The journal is damaged: {where} cannot be read.") from error
