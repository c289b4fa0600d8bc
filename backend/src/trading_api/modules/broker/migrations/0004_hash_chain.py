"""Hashes that chain the events, accounts that begin again from their head, and the equity history."""

import hashlib
from itertools import groupby

import sqlalchemy as sa
from alembic import op

revision = "broker_0004"
down_revision = "broker_0003"
branch_labels = None
depends_on = None

AT_ONCE = 10_000
CHAINED = 'SELECT account_id, epoch, "offset", type, time, payload FROM journal_events'
"""Columns over which a hash goes, after that of the event before."""


def upgrade() -> None:
    """Add what is new; an account's head stays empty until its journal is folded at the next start."""
    for table, column in (("journal_events", "hash"), ("accounts", "hash"), ("accounts", "head")):
        op.add_column(table, sa.Column(column, sa.Text, nullable=False, server_default=""))
    op.add_column("kept_answers", sa.Column("digest", sa.Text, nullable=False, server_default=""))
    op.add_column("journal_events", sa.Column("order_id", sa.Text))
    for column in ("name", "currency", "balance", "realized_pl", "commissions"):
        op.drop_column("accounts", column)
    _name_orders()
    _chain_events()
    _create_equity_history()


def _name_orders() -> None:
    op.execute(
        "UPDATE journal_events SET order_id = coalesce(json_extract(payload, '$.order.id'),"
        " json_extract(payload, '$.execution.order_id'))"
    )
    op.create_index(
        "journal_events_by_order",
        "journal_events",
        ["account_id", "epoch", "order_id", "offset"],
        sqlite_where=sa.text("order_id IS NOT NULL"),
        postgresql_where=sa.text("order_id IS NOT NULL"),
    )


def _chain_events() -> None:
    connection = op.get_bind()
    events = sa.text(f'{CHAINED} ORDER BY account_id, epoch, "offset"')  # a constant
    rows = connection.execution_options(yield_per=AT_ONCE).execute(events)
    for (account_id, epoch), life in groupby(rows, key=lambda row: tuple(row[:2])):
        last, chained = "", []
        for row in life:
            text = "\n".join((last, *map(str, row)))
            last = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            chained.append({"a": account_id, "e": epoch, "o": row[2], "h": last})
            if len(chained) == AT_ONCE:
                _write(connection, chained)
                chained = []
        _write(connection, chained)
        connection.execute(
            sa.text("UPDATE accounts SET hash = :h WHERE account_id = :a AND epoch = :e"),
            {"a": account_id, "e": epoch, "h": last},
        )


def _write(connection: sa.Connection, chained: list[dict[str, object]]) -> None:
    if chained:
        by_key = 'account_id = :a AND epoch = :e AND "offset" = :o'
        connection.execute(sa.text(f"UPDATE journal_events SET hash = :h WHERE {by_key}"), chained)  # noqa: S608


def _create_equity_history() -> None:
    op.create_table(
        "equity_history",
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("epoch", sa.Text, primary_key=True),
        sa.Column("time", sa.BigInteger, primary_key=True),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("balance", "equity", "unrealized_pl", "realized_pl", "margin_used", "digest")
        ),
    )
