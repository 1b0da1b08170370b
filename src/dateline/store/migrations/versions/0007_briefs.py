"""What linking compares of each report, kept beside its record, and what each incident was built of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

__all__: list[str] = []

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on. Briefs are made as their reports are next looked at, or by a rebuild."""
    op.create_table(
        "briefs",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("signs", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.seq"]),
        sa.PrimaryKeyConstraint("report"),
    )
    op.add_column("incidents", sa.Column("basis", sa.String(length=64), nullable=False, server_default=""))
    op.drop_index("ix_incidents_component", "incidents")
    op.create_index("ix_incidents_component", "incidents", ["component", "id", "basis"])
