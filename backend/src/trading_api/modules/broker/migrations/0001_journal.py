"""The journal and its projections."""

import sqlalchemy as sa
from alembic import op

revision = "broker_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "journal_events",
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("epoch", sa.Text, primary_key=True),
        sa.Column("offset", sa.BigInteger, primary_key=True),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("time", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "accounts",
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("epoch", sa.Text, nullable=False),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("balance", sa.Text, nullable=False),
        sa.Column("realized_pl", sa.Text, nullable=False),
        sa.Column("commissions", sa.Text, nullable=False),
    )
    _create_orders()
    op.create_table(
        "positions",
        *_entity_key("position_id"),
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_table(
        "executions",
        *_entity_key("execution_id"),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("symbol", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
    )
    op.create_index("executions_by_offset", "executions", ["account_id", "epoch", "offset"])


def _create_orders() -> None:
    op.create_table(
        "orders",
        *_entity_key("order_id"),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("final", sa.Boolean, nullable=False),
        sa.Column("listed_until", sa.BigInteger),
        sa.Column("client_order_id", sa.Text),
        sa.Column("payload", sa.Text, nullable=False),
        sa.UniqueConstraint("account_id", "epoch", "client_order_id", name="orders_client_order_id"),
    )
    op.create_index("orders_by_end", "orders", ["account_id", "epoch", "final", "listed_until"])
    op.create_index("orders_by_offset", "orders", ["account_id", "epoch", "final", "offset"])


def _entity_key(name: str) -> tuple[sa.Column[str], sa.Column[str], sa.Column[str]]:
    return (
        sa.Column("account_id", sa.Text, primary_key=True),
        sa.Column("epoch", sa.Text, primary_key=True),
        sa.Column(name, sa.Text, primary_key=True),
    )
