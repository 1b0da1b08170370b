"""What screens look through: facts that the reader is unsure of, listed; indices that hold all asked for."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import msgspec
import sqlalchemy as sa
from alembic import op

__all__: list[str] = []

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TOGETHER = 500  # records read at once
_UNSURE = 0.6
_LOOKED_AT = ["starts", "id", "ends", "country", "killed", "contested", "lat", "lon", "type"]


# Made from types, not from annotations: these are looked up in a module that Alembic doesn't register.
_Fact: Any = msgspec.defstruct("_Fact", [("id", str), ("confidence", float, 1.0)])
_List: Any = tuple[_Fact, ...]
_Facts: Any = msgspec.defstruct("_Facts", [("events", _List, ()), ("figures", _List, ())])


def upgrade() -> None:
    """Go one step on."""
    doubts = op.create_table(
        "doubts",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.seq"]),
        sa.PrimaryKeyConstraint("report", "fact"),
    )
    op.create_index("ix_doubts_confidence", "doubts", ["confidence", "report", "fact"])
    op.drop_index("ix_incidents_starts", "incidents")
    op.create_index("ix_incidents_starts", "incidents", _LOOKED_AT)
    op.drop_index("ix_incidents_country", "incidents")
    op.create_index("ix_incidents_country", "incidents", ["country", "starts", "killed", "contested"])
    op.drop_index("ix_ledger_claims_by", "ledger_claims")
    op.create_index(
        "ix_ledger_claims_by", "ledger_claims", ["by", "said", "incident", "line", "claim", "kind"]
    )
    connection = op.get_bind()
    _fill(connection, doubts)
    # What was decided on is taken off the list when it is linked, at the first question.
    connection.execute(
        sa.text(
            "INSERT INTO pending (report) SELECT seq FROM reports"
            " WHERE id IN (SELECT report FROM decision_reports)"
        )
    )


def _fill(connection: sa.Connection, doubts: sa.Table) -> None:
    """Take the doubtful facts out of the records that count."""
    live = sa.text("SELECT seq FROM reports WHERE live AND record IS NOT NULL ORDER BY seq")
    seqs = connection.execute(live).scalars().all()
    bodies = sa.text(
        "SELECT reports.seq, records.body FROM reports JOIN records ON records.seq = reports.record"
        " WHERE reports.seq IN :seqs"
    ).bindparams(sa.bindparam("seqs", expanding=True))
    for start in range(0, len(seqs), _TOGETHER):
        rows = connection.execute(bodies, {"seqs": seqs[start : start + _TOGETHER]})
        found = [row for seq, body in rows for row in _rows(seq, body)]
        if found:
            connection.execute(sa.insert(doubts), found)


def _rows(seq: int, body: bytes) -> Iterator[dict[str, Any]]:
    facts: Any = msgspec.json.decode(zlib.decompress(body), type=_Facts)
    for fact in (*facts.events, *facts.figures):
        if fact.confidence < _UNSURE:
            yield {"report": seq, "fact": fact.id, "confidence": fact.confidence}
