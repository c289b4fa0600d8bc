"""The journal's tables and the names of what is in them."""

from typing import NamedTuple

import sqlalchemy as sa


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, sa.column("account_id"), sa.column("epoch"), *map(sa.column, columns))


JOURNAL = _table("journal_events", "offset", "type", "time", "order_id", "payload", "hash")
ACCOUNTS = _table("accounts", "offset", "hash", "head")
ORDERS = _table(
    "orders", "order_id", "offset", "status", "final", "listed_until", "client_order_id", "payload"
)
POSITIONS = _table("positions", "position_id", "symbol", "open", "payload")
EXECUTIONS = _table("executions", "execution_id", "offset", "symbol", "payload")
EQUITY = _table(
    "equity_history", "time", "balance", "equity", "unrealized_pl", "realized_pl", "margin_used", "digest"
)
KEPT_ANSWERS = sa.table(
    "kept_answers",
    *map(
        sa.column,
        (
            "account_id",
            "idempotency_key",
            "fingerprint",
            "kept_until",
            "offset",
            "status",
            "payload",
            "digest",
        ),
    ),
)
TABLES = (JOURNAL, ACCOUNTS, ORDERS, POSITIONS, EXECUTIONS, EQUITY, KEPT_ANSWERS)


class JournalConflict(Exception):
    """Somebody else appended first: reload and decide again."""


class JournalUnreadable(Exception):
    """A journal holds what no broker has written; the text says which and where."""


class AccountKey(NamedTuple):
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
