"""Kept answers of any command, as JSON text with a status; those kept so far are forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "broker_0003"
down_revision = "broker_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the status; what was kept as an order cannot be told as an answer."""
    op.execute("DELETE FROM kept_answers")
    op.add_column("kept_answers", sa.Column("status", sa.Integer, nullable=False, server_default="200"))
