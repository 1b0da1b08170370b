"""Where a report's values were found and its section; which step changed an incident."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__: list[str] = []

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    op.add_column("copies", sa.Column("section", sa.Text(), nullable=True))
    op.add_column("copies", sa.Column("origins", sa.Text(), nullable=False, server_default="{}"))
    op.create_table(
        "revisions",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("made", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.add_column("incidents", sa.Column("revision", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index("ix_incidents_revision", "incidents", ["revision"], unique=False)
