"""What screens ask for: who took part by name, figures by speaker, and what each step moved."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa
from alembic import op

from dateline.knowledge.names import fold

__all__: list[str] = []

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TOGETHER = 500  # incidents read at once


class _Named(msgspec.Struct):
    actors: dict[str, tuple[str, ...]] = {}


def upgrade() -> None:
    """Go one step on."""
    roles = op.create_table(
        "incident_roles",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"]),
        sa.PrimaryKeyConstraint("key", "role", "incident"),
    )
    op.create_index("ix_incident_roles_incident", "incident_roles", ["incident"])
    op.create_index("ix_ledger_claims_by", "ledger_claims", ["by", "kind", "incident", "said"])
    op.create_table(
        "moves",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_moves_revision", "moves", ["revision"])
    _fill(roles)


def _fill(roles: sa.Table) -> None:
    """Take the names out of the incidents there are."""
    connection = op.get_bind()
    ids = connection.execute(sa.text("SELECT id FROM incidents ORDER BY id")).scalars().all()
    bodies = sa.text("SELECT id, body FROM incidents WHERE id IN :ids").bindparams(
        sa.bindparam("ids", expanding=True)
    )
    for start in range(0, len(ids), _TOGETHER):
        rows = []
        for key, body in connection.execute(bodies, {"ids": ids[start : start + _TOGETHER]}):
            named = msgspec.json.decode(body, type=_Named).actors
            found = {(fold(n)[:200], role): n for role, names in named.items() for n in reversed(names)}
            rows += [
                {"incident": key, "role": role, "key": folded, "name": name.replace("\x00", " ")}
                for (folded, role), name in found.items()
                if folded
            ]
        if rows:
            connection.execute(sa.insert(roles), rows)
