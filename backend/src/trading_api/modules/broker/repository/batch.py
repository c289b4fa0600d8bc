"""What one transaction of the journal writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from trading_api.modules.broker.engine import AccountState, Event, codec
from trading_api.modules.broker.engine.account_head import write_head
from trading_api.modules.broker.equity_samples import EquitySample
from trading_api.modules.broker.errors import StorageUnavailable
from trading_api.modules.broker.journal_chain import BEGINNING, digest_of, next_hash
from trading_api.modules.broker.repository.rows import Entities, Row, journal_row, sample_row
from trading_api.modules.broker.repository.tables import (
    ACCOUNTS,
    EQUITY,
    EXECUTIONS,
    JOURNAL,
    KEPT_ANSWERS,
    ORDERS,
    POSITIONS,
    AccountKey,
    JournalConflict,
)
from trading_api.modules.broker.safe_retries import NO_ANSWER, Answer, Attempt

NOBODY = AccountKey("", "")


@dataclass(slots=True, eq=False)
class Append:
    """Events that follow `expected_offset` and lead to `after`, and what is written with them.

    `follows` is an append of the same account whose events these follow and which may not be written yet.
    `then` opens the account's next epoch in the same transaction. What `finishes` the attempt has its answer
    kept in the place of how far it had come.
    """

    key: AccountKey
    expected_offset: int
    events: Sequence[Event] = ()
    after: AccountState | None = None
    attempt: Attempt | None = None
    answer: Answer = NO_ANSWER
    sample: EquitySample | None = None
    follows: "Append | None" = None
    then: "Append | None" = None
    finishes: bool = False
    failure: Exception | None = field(default=None, init=False)
    """Why it was not written."""

    @classmethod
    def nothing(cls) -> "Append":
        """One that writes nothing."""
        return cls(NOBODY, 0)

    @property
    def last_offset(self) -> int:
        """Where the journal stands afterwards."""
        return self.events[-1].offset if self.events else self.expected_offset


@dataclass(slots=True)
class _Account:
    """Where the journal of an account stands."""

    epoch: str | None
    offset: int = 0
    hash: str = BEGINNING
    after: AccountState | None = None


class Batch:
    """Takes appends, then writes each table once."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._accounts: dict[str, _Account] = {}
        self._journal: list[Row] = []
        self._entities = Entities()
        self._answers: list[Row] = []
        self._last_answers: list[Row] = []
        self._samples: dict[tuple[AccountKey, int], Row] = {}
        self._now = 0

    def take(self, append: Append) -> None:
        """Add an append.

        Its `failure` says why it was not added: the journal has moved on from where it expects it, or what
        it follows was not written.
        """
        if append.follows is not None and append.follows.failure is not None:
            append.failure = _like(append.follows.failure)
            return
        if append.events or append.attempt:
            account = self._account(append.key.account_id)
            if not _fits(append, account):
                where = f"{append.key.account_id} has moved on from {append.expected_offset}"
                append.failure = JournalConflict(where)
                return
            self._add(append, account)
            if append.then is not None:
                self._add(append.then, account)
        if append.sample is not None:
            self._samples[append.key, append.sample.time] = sample_row(append.key, append.sample)

    def write(self) -> None:
        """Write everything that was taken."""
        entities = self._entities
        self._insert(JOURNAL, self._journal)
        self._upsert(ORDERS, entities.order_rows())
        self._upsert(POSITIONS, entities.position_rows())
        self._insert(EXECUTIONS, entities.execution_rows())
        self._upsert(EQUITY, list(self._samples.values()))
        self._keep_answers()
        changed = ((name, each) for name, each in self._accounts.items() if each.after is not None)
        self._upsert(ACCOUNTS, [_account_row(name, account) for name, account in changed])

    def _account(self, account_id: str) -> _Account:
        if account_id not in self._accounts:
            row = self._connection.exec_driver_sql(STANDING, {"account_id": account_id}).first()
            self._accounts[account_id] = _Account(None) if row is None else _Account(*row)
        return self._accounts[account_id]

    def _add(self, append: Append, account: _Account) -> None:
        for event in append.events:
            payload, entity = codec.write_parts(event)
            row = journal_row(append.key, event, payload)
            account.hash = row["hash"] = next_hash(account.hash, row)
            self._journal.append(row)
            self._entities.take(append.key, event, entity)
        if append.events:
            account.epoch, account.offset, account.after = append.key.epoch, append.last_offset, append.after
        if append.attempt is not None:
            self._now = max(self._now, append.attempt.now)
            answers = self._last_answers if append.finishes else self._answers
            answers.append(_answer_row(append, append.attempt))

    def _keep_answers(self) -> None:
        """Keeps answers for as long as their keys live, and forgets those whose time is up."""
        if self._answers:
            self._connection.exec_driver_sql(FORGET, {"now": self._now})
            self._insert(KEPT_ANSWERS, self._answers)
        self._upsert(KEPT_ANSWERS, self._last_answers)

    def _insert(self, table: sa.TableClause, rows: Sequence[Row]) -> None:
        if rows:
            self._connection.exec_driver_sql(INSERTS[table.name], rows)

    def _upsert(self, table: sa.TableClause, rows: Sequence[Row]) -> None:
        if rows:
            self._connection.exec_driver_sql(UPSERTS[table.name], rows)


def _like(failure: Exception) -> Exception:
    """Why what follows a failed append fails: for the same reason, or it is to be decided again."""
    if isinstance(failure, StorageUnavailable):
        return StorageUnavailable(failure.detail)
    return JournalConflict("what came before was not written")


def _fits(append: Append, account: _Account) -> bool:
    if account.epoch is None:
        return append.expected_offset == 0
    return (append.key.epoch, append.expected_offset) == (account.epoch, account.offset)


def _account_row(account_id: str, account: _Account) -> Row:
    assert account.after is not None
    return {
        "account_id": account_id,
        "epoch": account.epoch,
        "offset": account.offset,
        "hash": account.hash,
        "head": write_head(account.after),
    }


def _answer_row(append: Append, attempt: Attempt) -> Row:
    row: Row = {
        "account_id": append.key.account_id,
        "idempotency_key": attempt.key,
        "fingerprint": attempt.fingerprint,
        "kept_until": attempt.kept_until,
        "offset": append.last_offset,
        "status": append.answer.status,
        "payload": append.answer.body,
    }
    return row | {"digest": digest_of(row)}


def _text(statement: sa.Executable) -> str:
    """The statement as the driver takes it; to have it compiled each time takes longer than to execute it."""
    assert isinstance(statement, sa.ClauseElement)
    return str(statement.compile(dialect=sqlite.dialect(paramstyle="named")))


def _inserting(table: sa.TableClause, *key: str) -> str:
    """Inserts rows; with the columns of a `key` those that are there already are replaced."""
    statement = sqlite.insert(table).values({column.name: sa.bindparam(column.name) for column in table.c})
    if not key:
        return _text(statement)
    rest: Mapping[str, Any] = {
        column.name: statement.excluded[column.name] for column in table.c if column.name not in key
    }
    return _text(statement.on_conflict_do_update(index_elements=list(key), set_=rest))


LIFE = ("account_id", "epoch")
INSERTS = {table.name: _inserting(table) for table in (JOURNAL, EXECUTIONS, KEPT_ANSWERS)}
UPSERTS = {
    ORDERS.name: _inserting(ORDERS, *LIFE, "order_id"),
    POSITIONS.name: _inserting(POSITIONS, *LIFE, "position_id"),
    EQUITY.name: _inserting(EQUITY, *LIFE, "time"),
    ACCOUNTS.name: _inserting(ACCOUNTS, "account_id"),
    KEPT_ANSWERS.name: _inserting(KEPT_ANSWERS, "account_id", "idempotency_key"),
}
STANDING = _text(
    sa.select(ACCOUNTS.c.epoch, ACCOUNTS.c.offset, ACCOUNTS.c.hash).where(
        ACCOUNTS.c.account_id == sa.bindparam("account_id")
    )
)
"""Where the journal of an account stands."""
FORGET = _text(sa.delete(KEPT_ANSWERS).where(KEPT_ANSWERS.c.kept_until <= sa.bindparam("now")))
"""Answers whose time is up."""
