"""Whether every account is what its events say: hashes, fold, and everything that is kept besides."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from trading_api.modules.broker.engine import AccountState, Event, JournalGap, codec, fold
from trading_api.modules.broker.engine.account_head import write_head
from trading_api.modules.broker.engine.transitions import IllegalTransition
from trading_api.modules.broker.journal_chain import Chain, digest_of
from trading_api.modules.broker.repository.archive import JournalArchive, Row
from trading_api.modules.broker.repository.rows import (
    Entities,
    journal_row,
    order_row,
    position_row,
)
from trading_api.modules.broker.repository.tables import (
    ACCOUNTS,
    EQUITY,
    EXECUTIONS,
    KEPT_ANSWERS,
    ORDERS,
    POSITIONS,
    AccountKey,
)

Passed = Callable[[int], None]
"""Told how many events more have been looked at."""
TEXTS = frozenset({"payload", "head"})
"""Columns that hold JSON."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A place where an account is not what its events say."""

    account_id: str
    where: str
    what: str

    def __str__(self) -> str:
        text = f"{self.account_id}: {self.where}: {self.what}"
        return text.encode("utf-8", "backslashreplace").decode()


class AccountCheck:
    """Recomputes one account from its first event to its last."""

    def __init__(self, archive: JournalArchive, account_id: str, passed: Passed) -> None:
        self._archive = archive
        self._account_id = account_id
        self._passed = passed
        self._chain = Chain()
        self._state: AccountState | None = None

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong with the account."""
        for epoch in self._archive.epochs(self._account_id):
            life = _LifeCheck(self._archive, AccountKey(self._account_id, epoch), self._chain, self._passed)
            yield from (Finding(self._account_id, *found) for found in life.findings())
            self._state = life.state
        yield from (Finding(self._account_id, *found) for found in self._account_row())
        for table, name in ((KEPT_ANSWERS, "idempotency_key"), (EQUITY, "time")):
            yield from (Finding(self._account_id, *found) for found in self._digests(table, name))

    def _account_row(self) -> Iterator[tuple[str, str]]:
        rows = [row for chunk in self._archive.rows(ACCOUNTS, self._account_id) for row in chunk]
        if len(rows) != 1:
            yield "accounts", f"it has {len(rows)} rows"
            return
        if wrong := self._chain.finish(rows[0]["hash"]):
            yield wrong
        if self._state is None:
            yield "accounts", "it has no events that can be read"
            return
        expected = {
            "account_id": self._account_id,
            "epoch": self._state.epoch,
            "offset": self._state.offset,
            "hash": self._chain.end if wrong is None else rows[0]["hash"],
            "head": write_head(self._state) if rows[0]["head"] else "",
        }
        yield from _differences("accounts", rows[0], expected)

    def _digests(self, table: sa.TableClause, name: str) -> Iterator[tuple[str, str]]:
        for chunk in self._archive.rows(table, self._account_id):
            for row in chunk:
                if digest_of(row) != row["digest"]:
                    yield f"{table.name} {row[name]}", "the row is not what its digest is of"


class _LifeCheck:
    """One epoch of an account."""

    def __init__(self, archive: JournalArchive, key: AccountKey, chain: Chain, passed: Passed) -> None:
        self._archive = archive
        self._key = key
        self._chain = chain
        self._passed = passed
        self._counts = {table.name: 0 for table in (ORDERS, POSITIONS, EXECUTIONS)}
        self.state: AccountState | None = AccountState(key.account_id, key.epoch)
        """As far as it can be folded; None once an event cannot."""

    def findings(self) -> Iterator[tuple[str, str]]:
        """Where and what is wrong."""
        for chunk in self._archive.events(self._key):
            events: list[Event] = []
            for row in chunk:
                yield from self._event(row, events)
            self._passed(len(chunk))
            yield from self._fold(events)
            if self.state is not None:
                yield from self._projections(events, self.state)
        if self.state is not None:
            yield from self._open_entities(self.state)
            yield from self._counted()

    def _event(self, row: Row, events: list[Event]) -> Iterator[tuple[str, str]]:
        where = f"event {row['offset']}"
        if wrong := self._chain.follow(row, where):
            yield wrong
        try:
            event = codec.EVENT.read(row["payload"])
        except (ValueError, TypeError) as error:
            self.state = None
            yield where, f"it cannot be read: {_first_line(error)}; nothing after it is recomputed"
            return
        events.append(event)
        expected = journal_row(self._key, event) | {"hash": row["hash"]}
        yield from _differences(where, row, expected)

    def _fold(self, events: Sequence[Event]) -> Iterator[tuple[str, str]]:
        try:
            if self.state is not None:
                self.state = fold(self.state, events)
        except (JournalGap, IllegalTransition) as error:
            self.state = None
            yield "events", f"{error}; nothing after it is recomputed"

    def _projections(self, events: Sequence[Event], state: AccountState) -> Iterator[tuple[str, str]]:
        """What these events made final: it never changes again."""
        entities = Entities()
        for event in events:
            entities.take(self._key, event)
        orders = [order for order in entities.orders.values() if order.is_final]
        positions = [position for position in entities.positions.values() if not position.qty]
        yield from self._compare(ORDERS, "order_id", [order_row(self._key, order) for order in orders])
        yield from self._compare(
            POSITIONS, "position_id", [position_row(self._key, position) for position in positions]
        )
        yield from self._compare(EXECUTIONS, "execution_id", entities.execution_rows())

    def _open_entities(self, state: AccountState) -> Iterator[tuple[str, str]]:
        orders = [order_row(self._key, order) for order in state.orders.values()]
        positions = [position_row(self._key, position) for position in state.positions.values()]
        yield from self._compare(ORDERS, "order_id", orders)
        yield from self._compare(POSITIONS, "position_id", positions)

    def _compare(
        self, table: sa.TableClause, name: str, expected: Sequence[Row]
    ) -> Iterator[tuple[str, str]]:
        self._counts[table.name] += len(expected)
        found = self._archive.found(table, self._key, name, [row[name] for row in expected])
        for row in expected:
            where = f"{table.name} {row[name]}"
            if row[name] not in found:
                yield where, "there is no such row"
            else:
                yield from _differences(where, found[row[name]], row)

    def _counted(self) -> Iterator[tuple[str, str]]:
        for table in (ORDERS, POSITIONS, EXECUTIONS):
            count, expected = self._archive.count(table, self._key), self._counts[table.name]
            if count != expected:
                yield table.name, f"there are {count} rows, and its events led to {expected}"


def _differences(where: str, row: Row, expected: Row) -> Iterator[tuple[str, str]]:
    """Columns that are not as expected."""
    for name, value in expected.items():
        found = row[name]
        if name in TEXTS:
            if not _says(found, value):
                yield f"{where}, column {name}", f"it is {_shown(found)}, the events say {_shown(value)}"
        elif found != value or isinstance(found, bytes):
            yield f"{where}, column {name}", f"it is {_shown(found)}, the events say {_shown(value)}"


def _says(text: object, expected: str) -> bool:
    """Whether a JSON text is the expected one; an older version may have left out what has defaults."""
    if text == expected:
        return True
    try:
        return _is_within(json.loads(str(text)), json.loads(expected))
    except ValueError:
        return False


def _is_within(found: Any, expected: Any) -> bool:
    if isinstance(found, dict) and isinstance(expected, dict):
        return all(name in expected and _is_within(value, expected[name]) for name, value in found.items())
    return bool(found == expected)


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc'])) or 'JSON'}: {first['msg']}"
    return str(error).splitlines()[0]


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
