"""Indices that answer filters on incidents without a look at the incidents themselves."""

from __future__ import annotations

from alembic import op

__all__: list[str] = []

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    for name in ("ix_incidents_starts", "ix_incidents_contested", "ix_incidents_killed"):
        op.drop_index(name, "incidents")
    op.create_index(
        "ix_incidents_starts",
        "incidents",
        ["starts", "id", "ends", "country", "killed", "contested", "lat", "lon"],
    )
    op.drop_index("ix_incidents_place", "incidents")
    op.create_index("ix_incidents_place", "incidents", ["lat", "lon", "starts", "id"])
