"""The journal as it lies in its database, for who looks at it without a server: streamed, never changed."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic.script import ScriptDirectory
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError

from trading_api.modules.broker.engine.events import AccountClosed
from trading_api.modules.broker.repository.tables import JOURNAL, TABLES, AccountKey, JournalUnreadable
from trading_api.shared.db.engine import Database

MIGRATIONS = Path(__file__).parents[1] / "migrations"
AT_ONCE = 2_000
"""Rows that are in memory at the same time."""

Row = dict[str, Any]


class JournalArchive:
    """All accounts as they are at one moment; a server may go on writing meanwhile."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def faults_of_file(self) -> list[str]:
        """What the database itself finds wrong with its file."""
        if self._connection.dialect.name != "sqlite":
            return []
        rows = self._connection.exec_driver_sql("PRAGMA integrity_check(20)")
        return [str(row[0]) for row in rows if row[0] != "ok"]

    def account_ids(self) -> list[str]:
        """Every account of which there is anything; raises JournalUnreadable for what can be no name."""
        found = (self._connection.scalars(sa.select(table.c.account_id).distinct()) for table in TABLES)
        return sorted({_checked(name, "account") for names in found for name in names})

    def epochs(self, account_id: str) -> list[str]:
        """The lives of an account, the first first; those that no other names come at the end."""
        names = sa.select(JOURNAL.c.epoch).where(JOURNAL.c.account_id == account_id).distinct()
        known = sorted(_checked(name, "epoch") for name in self._connection.scalars(names))
        successors = self._successors(account_id)
        ordered: list[str] = []
        for first in [epoch for epoch in known if epoch not in successors.values()]:
            epoch: str | None = first
            while epoch in known and epoch not in ordered:
                ordered.append(epoch)
                epoch = successors.get(epoch)
        return ordered + [epoch for epoch in known if epoch not in ordered]

    def _successors(self, account_id: str) -> dict[str, str]:
        """Which epoch follows which, as far as that can be read."""
        closing = sa.select(JOURNAL.c.epoch, JOURNAL.c.payload)
        closing = closing.where(JOURNAL.c.account_id == account_id, JOURNAL.c.type == AccountClosed.__name__)
        successors = {}
        for epoch, payload in self._connection.execute(closing):
            with suppress(ValueError, TypeError, KeyError):
                successors[epoch] = str(json.loads(payload)["next_epoch"])
        return successors

    def count(self, table: sa.TableClause, *keys: AccountKey) -> int:
        """Rows of `table`, all or those of some lives."""
        statement = sa.select(sa.func.count()).select_from(table)
        if keys:
            statement = statement.where(sa.or_(*(key.selects(table) for key in keys)))
        return int(self._connection.scalar(statement) or 0)

    def events(self, key: AccountKey) -> Iterator[list[Row]]:
        """The journal of one life in order, some rows at a time."""
        yield from self._chunks(sa.select(JOURNAL).where(key.selects(JOURNAL)).order_by(JOURNAL.c.offset))

    def rows(self, table: sa.TableClause, account_id: str) -> Iterator[list[Row]]:
        """All of an account's rows, some at a time."""
        yield from self._chunks(sa.select(table).where(table.c.account_id == account_id))

    def found(
        self, table: sa.TableClause, key: AccountKey, column: str, ids: Sequence[str]
    ) -> dict[str, Row]:
        """The rows of some entities, by id."""
        found = {}
        for start in range(0, len(ids), AT_ONCE):
            some = table.c[column].in_(ids[start : start + AT_ONCE])
            rows = self._connection.execute(sa.select(table).where(key.selects(table), some)).mappings()
            found.update({row[column]: dict(row) for row in rows})
        return found

    def _chunks(self, statement: sa.Select[Any]) -> Iterator[list[Row]]:
        rows = self._connection.execution_options(yield_per=AT_ONCE).execute(statement).mappings()
        for chunk in rows.partitions(AT_ONCE):
            yield [dict(row) for row in chunk]


@contextmanager
def opened_archive(database: Database) -> Iterator[JournalArchive]:
    """The archive of a database; JournalUnreadable if it is none, or one of another version."""
    if not Path(database.name).is_file():
        raise JournalUnreadable(f"There is no journal at {database.name}.")
    engine = database.writing_engine()
    event.listen(engine, "connect", _read_any_text)
    try:
        with engine.connect() as plain:
            connection = plain.execution_options(read_only=True)
            _check_version(connection)
            yield JournalArchive(connection)
    except SQLAlchemyError as error:
        reason = getattr(error, "orig", None) or error
        raise JournalUnreadable(f"The database {database.name} cannot be read: {reason}.") from error
    finally:
        engine.dispose()


def _read_any_text(connection: Any, _record: object) -> None:
    """Damaged text is read as well, so that it can be shown where it is."""
    connection.text_factory = lambda data: data.decode("utf-8", "surrogateescape")


def _checked(name: object, kind: str) -> str:
    if not isinstance(name, str) or any(0xD800 <= ord(letter) < 0xE000 for letter in name):
        raise JournalUnreadable(f"The journal is damaged: {name!r} cannot be the name of an {kind}.")
    return name


def _check_version(connection: sa.Connection) -> None:
    heads = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)]).get_heads()
    found = list(connection.exec_driver_sql("SELECT version_num FROM alembic_version_broker").scalars())
    if found != heads:
        raise JournalUnreadable(
            f"The journal is of version {', '.join(map(str, found)) or 'none'}, not of {', '.join(heads)}:"
            " a server of this version brings an older one up to date when it starts."
        )
