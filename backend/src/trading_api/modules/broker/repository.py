"""The journal and its projections: all SQL of the broker."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

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
from trading_api.modules.broker.engine.events import (
    ORDER_EVENTS,
    AccountOpened,
    BalanceChanged,
    ExecutionRecorded,
    PositionChanged,
)
from trading_api.modules.broker.engine.transitions import IllegalTransition
from trading_api.modules.broker.errors import StorageUnavailable
from trading_api.modules.broker.safe_retries import NO_ANSWER, Answer, Attempt, KeptAnswer
from trading_api.shared.db.engine import Database


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, sa.column("account_id"), sa.column("epoch"), *map(sa.column, columns))


JOURNAL = _table("journal_events", "offset", "type", "time", "payload")
ACCOUNTS = _table("accounts", "offset", "name", "currency", "balance", "realized_pl", "commissions")
ORDERS = _table(
    "orders", "order_id", "offset", "status", "final", "listed_until", "client_order_id", "payload"
)
POSITIONS = _table("positions", "position_id", "symbol", "open", "payload")
EXECUTIONS = _table("executions", "execution_id", "offset", "symbol", "payload")
KEPT_ANSWERS = sa.table(
    "kept_answers",
    *map(
        sa.column,
        ("account_id", "idempotency_key", "fingerprint", "kept_until", "offset", "status", "payload"),
    ),
)


class JournalConflict(Exception):
    """Somebody else appended first: reload and decide again."""


class JournalUnreadable(Exception):
    """A journal holds what no broker has written; the text says which and where."""


@dataclass(frozen=True, slots=True)
class AccountKey:
    """One life of an account; a reset begins a new epoch."""

    account_id: str
    epoch: str

    @property
    def columns(self) -> dict[str, str]:
        """The key as column values."""
        return {"account_id": self.account_id, "epoch": self.epoch}

    def selects(self, table: sa.TableClause) -> sa.ColumnElement[bool]:
        """Condition for this account's rows of `table`."""
        return sa.and_(table.c.account_id == self.account_id, table.c.epoch == self.epoch)


class BrokerRepository:
    """Reads and appends; every method raises StorageUnavailable when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(
        self,
        key: AccountKey,
        expected_offset: int,
        events: Sequence[Event],
        attempt: Attempt | None = None,
        answer: Answer = NO_ANSWER,
    ) -> None:
        """Append `events`, which follow `expected_offset`, and project them; durable when it returns.

        With an `attempt` its `answer` is kept. Raises JournalConflict, with nothing written, if the journal
        has moved on or the attempt's key has an answer.
        """
        try:
            async with self._transaction() as connection:
                if events:
                    await _append(connection, key, expected_offset, events)
                if attempt is not None:
                    last = events[-1].offset if events else expected_offset
                    await _keep_answer(connection, key, attempt, answer, last)
        except IntegrityError as error:
            raise JournalConflict(f"{key.account_id} has moved on from {expected_offset}") from error

    async def kept_answer(self, key: AccountKey, attempt: Attempt) -> KeptAnswer | None:
        """What the account answered under the attempt's key, if that is not too long ago."""
        same = sa.and_(
            KEPT_ANSWERS.c.account_id == key.account_id,
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
        """The account as all of its events leave it; raises JournalUnreadable."""
        try:
            return fold(AccountState(key.account_id, key.epoch), await self.events(key))
        except (JournalGap, IllegalTransition) as error:
            raise JournalUnreadable(
                f"The journal of account {key.account_id} is damaged: {error}."
            ) from error

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

    @asynccontextmanager
    async def _transaction(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise StorageUnavailable("The journal cannot be written right now.") from error


def _read_event(key: AccountKey, row: sa.Row[Any]) -> Event:
    try:
        return codec.EVENT.read(row.payload)
    except ValidationError as error:
        where = f"event {row.offset} of account {key.account_id}"
        raise JournalUnreadable(f"The journal is damaged: {where} cannot be read.") from error


async def _append(
    connection: AsyncConnection, key: AccountKey, expected_offset: int, events: Sequence[Event]
) -> None:
    await _claim(connection, key, expected_offset, events)
    await connection.execute(sa.insert(JOURNAL), [_journal_row(key, event) for event in events])
    for event in events:
        await _project(connection, key, event)


async def _claim(
    connection: AsyncConnection, key: AccountKey, expected_offset: int, events: Sequence[Event]
) -> None:
    """Moves the account's offset on, which only one writer can do from `expected_offset`."""
    first = events[0]
    if expected_offset == 0 and isinstance(first, AccountOpened):
        row = {
            "offset": events[-1].offset,
            "name": first.name,
            "currency": first.currency,
            "balance": str(first.opening_balance),
            "realized_pl": "0",
            "commissions": "0",
        }
        await connection.execute(sa.insert(ACCOUNTS).values(key.columns | row))
        return
    result = await connection.execute(
        sa.update(ACCOUNTS)
        .where(key.selects(ACCOUNTS), ACCOUNTS.c.offset == expected_offset)
        .values(offset=events[-1].offset)
    )
    if result.rowcount != 1:
        raise JournalConflict(f"{key.account_id} has moved on from {expected_offset}")


async def _keep_answer(
    connection: AsyncConnection, key: AccountKey, attempt: Attempt, answer: Answer, offset: int
) -> None:
    """Keeps the answer for as long as its key lives, and forgets those whose time is up."""
    await connection.execute(sa.delete(KEPT_ANSWERS).where(KEPT_ANSWERS.c.kept_until <= attempt.now))
    row = {
        "account_id": key.account_id,
        "idempotency_key": attempt.key,
        "fingerprint": attempt.fingerprint,
        "kept_until": attempt.kept_until,
        "offset": offset,
        "status": answer.status,
        "payload": answer.body,
    }
    await connection.execute(sa.insert(KEPT_ANSWERS).values(row))


async def _project(connection: AsyncConnection, key: AccountKey, event: Event) -> None:
    match event:
        case BalanceChanged():
            values = {
                "balance": str(event.balance),
                "realized_pl": str(event.realized_pl),
                "commissions": str(event.commissions),
            }
            await connection.execute(sa.update(ACCOUNTS).where(key.selects(ACCOUNTS)).values(values))
        case ExecutionRecorded():
            await connection.execute(sa.insert(EXECUTIONS).values(_execution_row(key, event.execution)))
        case PositionChanged():
            await _project_position(connection, key, event.position)
        case _ if isinstance(event, ORDER_EVENTS):
            is_new = event.order.created_offset == event.offset
            await _project_order(connection, key, event.order, is_new=is_new)


async def _project_position(connection: AsyncConnection, key: AccountKey, position: Position) -> None:
    values = {
        "symbol": position.symbol,
        "open": position.qty > 0,
        "payload": codec.POSITION.write(position),
    }
    if position.id == f"P{position.offset}":
        row = key.columns | {"position_id": position.id} | values
        await connection.execute(sa.insert(POSITIONS).values(row))
    else:
        same = sa.and_(key.selects(POSITIONS), POSITIONS.c.position_id == position.id)
        await connection.execute(sa.update(POSITIONS).where(same).values(values))


async def _project_order(connection: AsyncConnection, key: AccountKey, order: Order, *, is_new: bool) -> None:
    values = {
        "offset": order.offset,
        "status": order.status.value,
        "final": order.is_final,
        "listed_until": order.listed_until,
        "client_order_id": order.client_order_id,
        "payload": codec.ORDER.write(order),
    }
    if is_new:
        row = key.columns | {"order_id": order.id} | values
        await connection.execute(sa.insert(ORDERS).values(row))
    else:
        same = sa.and_(key.selects(ORDERS), ORDERS.c.order_id == order.id)
        await connection.execute(sa.update(ORDERS).where(same).values(values))


def _journal_row(key: AccountKey, event: Event) -> dict[str, Any]:
    row = {"offset": event.offset, "type": event.type, "time": event.time}
    return key.columns | row | {"payload": codec.EVENT.write(event)}


def _execution_row(key: AccountKey, execution: Execution) -> dict[str, Any]:
    row = {"execution_id": execution.id, "offset": execution.offset, "symbol": execution.symbol}
    return key.columns | row | {"payload": codec.EXECUTION.write(execution)}
