"""${message}"""

from __future__ import annotations

from alembic import op

__all__: list[str] = []

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step on."""
    ${upgrades if upgrades else "pass"}
