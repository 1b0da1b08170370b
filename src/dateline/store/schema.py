"""The tables: what is kept for good, what is derived from it, and what remains to be done.

Kept: `reports` (one a text), `copies` (one an appearance of a text: the first
too), `records` (one a reading), `decisions`, `tombstones`. Derived, and made
anew by a rebuild: `incidents` and all that hang on them, `postures`,
`briefs`, `link_keys`. To do: `pending`. The migrations make these tables; this module is
how the code names them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

__all__ = [
    "APPLICATION_ID",
    "DERIVED",
    "HEAD",
    "Words",
    "briefs",
    "components",
    "copies",
    "decision_reports",
    "decisions",
    "doubts",
    "incident_actors",
    "incident_aliases",
    "incident_members",
    "incident_roles",
    "incident_types",
    "incidents",
    "issued",
    "ledger_claims",
    "ledger_lines",
    "link_keys",
    "metadata",
    "moves",
    "pending",
    "postures",
    "records",
    "reports",
    "revisions",
    "tombstones",
]

HEAD = "0007"  # the newest migration; a test keeps it in step with migrations/versions
APPLICATION_ID = 0x444C4E45  # "DLNE": how an SQLite file says whose it is

_ESCAPE, _NUL = "\ufdd0", "\x00"  # a code point that no text may hold, by Unicode's own rule


class Words(TypeDecorator[str]):
    """Text to the letter: U+0000, which PostgreSQL refuses and SQLite's functions stop at, is escaped."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Escape on the way in."""
        if value is None or (_ESCAPE not in value and _NUL not in value):
            return value
        return value.replace(_ESCAPE, _ESCAPE + "0").replace(_NUL, _ESCAPE + "1")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        """Undo it on the way out."""
        if value is None or _ESCAPE not in value:
            return value
        return str(value).replace(_ESCAPE + "1", _NUL).replace(_ESCAPE + "0", _ESCAPE)


metadata = MetaData()


def _key() -> Column[int]:
    return Column("seq", Integer, primary_key=True, autoincrement=True)


def _report(**options: Any) -> Column[int]:
    return Column("report", Integer, ForeignKey("reports.seq"), nullable=False, **options)


def _incident(**options: Any) -> Column[str]:
    return Column("incident", Text, ForeignKey("incidents.id"), nullable=False, **options)


# `copy` and `record` are the appearance and the reading that count; `live` is false once
# every appearance has been superseded; `rank` sorts reports as the linker gets them.
reports = Table(
    "reports", metadata, _key(),
    Column("id", String(71), nullable=False, unique=True),
    Column("text", Words, nullable=False),
    Column("added", String(32), nullable=False),
    Column("copy", Integer),
    Column("record", Integer),
    Column("live", Boolean, nullable=False, default=True),
    Column("rank", Text, nullable=False, default=""),
    sqlite_autoincrement=True,
)  # fmt: skip

copies = Table(
    "copies", metadata, _key(), _report(index=True),
    Column("key", String(64), nullable=False),
    Column("url_key", String(64), index=True),
    Column("title", Words),
    Column("publisher", Words),
    Column("url", Words),
    Column("published", Text),
    Column("language", Text),
    Column("updated", Text),
    Column("author", Words),
    Column("notices", Text, nullable=False, default="[]"),
    Column("section", Words),
    Column("origins", Text, nullable=False, default="{}", server_default="{}"),
    Column("added", String(32), nullable=False),
    Column("superseded_by", Integer, index=True),
    UniqueConstraint("report", "key"),
    sqlite_autoincrement=True,
)  # fmt: skip

# A reading depends on the text and the day of publication alone, so copies of one day share it.
records = Table(
    "records", metadata, _key(), _report(),
    Column("published", Text, nullable=False, default=""),
    Column("reader", Text, nullable=False),
    Column("read", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("report", "published", "reader"),
    sqlite_autoincrement=True,
)  # fmt: skip

decisions = Table(
    "decisions", metadata, _key(),
    Column("id", String(32), nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("who", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("made", String(40), nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip

decision_reports = Table(
    "decision_reports", metadata,
    Column("report", String(71), primary_key=True),
    Column("decision", Integer, ForeignKey("decisions.seq"), primary_key=True, index=True),
)  # fmt: skip

tombstones = Table(
    "tombstones", metadata,
    Column("id", String(71), primary_key=True),
    Column("purged", String(40), nullable=False),
    Column("who", Words, nullable=False),
    Column("why", Words, nullable=False),
)  # fmt: skip

pending = Table("pending", metadata, _key(), _report(index=True), sqlite_autoincrement=True)

components = Table(
    "components", metadata,
    _report(primary_key=True),
    Column("component", Integer, nullable=False, index=True),
)  # fmt: skip

link_keys = Table(
    "link_keys", metadata,
    Column("key", Text, primary_key=True),
    _report(primary_key=True, index=True),
)  # fmt: skip

# What linking compares of a report, and what it says of postures: a neighbour is compared without its record.
# `mark` says of what they were made, `version` by which code; `signs` stand first, as they are read alone.
briefs = Table(
    "briefs", metadata,
    _report(primary_key=True),
    Column("mark", Text, nullable=False),
    Column("version", String(64), nullable=False),
    Column("signs", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)  # fmt: skip

# Facts to be looked at: those that the reader holds unlikely and nobody has decided on.
doubts = Table(
    "doubts", metadata,
    _report(primary_key=True),
    Column("fact", Text, primary_key=True),
    Column("confidence", Float, nullable=False),
    Index("ix_doubts_confidence", "confidence", "report", "fact"),
)  # fmt: skip

# `basis` is a digest of all that an incident was built of: while it is the same, so is the incident.
# ix_incidents_starts holds all that filters look at: a scan in the order of days reads no incident, and
# costs less (6 ms of 100,000) than looking up what an index on a single one of them finds.
incidents = Table(
    "incidents", metadata,
    Column("id", Text, primary_key=True),
    Column("component", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("title", Words, nullable=False),
    Column("country", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("starts", Text, nullable=False, default=""),
    Column("ends", Text, nullable=False, default=""),
    Column("killed", BigInteger),
    Column("contested", Boolean, nullable=False, default=False),
    Column("reports", Integer, nullable=False, default=0),
    Column("body", Text, nullable=False),
    Column("revision", BigInteger, nullable=False, default=0, server_default="0"),
    Column("basis", String(64), nullable=False, default="", server_default=""),
    Index(
        "ix_incidents_starts",
        "starts", "id", "ends", "country", "killed", "contested", "lat", "lon", "type",
    ),
    Index("ix_incidents_country", "country", "starts", "killed", "contested"),
    Index("ix_incidents_place", "lat", "lon", "starts", "id"),
    Index("ix_incidents_revision", "revision"),
    Index("ix_incidents_component", "component", "id", "basis"),
)  # fmt: skip

incident_members = Table(
    "incident_members", metadata,
    _incident(primary_key=True),
    _report(primary_key=True, index=True),
    Column("event", Text, primary_key=True),
    Column("part", Words),
)  # fmt: skip

incident_types = Table(
    "incident_types", metadata,
    Column("type", Text, primary_key=True),
    _incident(primary_key=True, index=True),
)  # fmt: skip

incident_actors = Table(
    "incident_actors", metadata,
    Column("word", Words, primary_key=True),
    _incident(primary_key=True, index=True),
)  # fmt: skip

incident_roles = Table(
    "incident_roles", metadata,
    Column("key", Words, primary_key=True),
    Column("role", Text, primary_key=True),
    _incident(primary_key=True, index=True),
    Column("name", Words, nullable=False),
)  # fmt: skip

incident_aliases = Table(
    "incident_aliases", metadata,
    Column("alias", Text, primary_key=True),
    _incident(primary_key=True, index=True),
)  # fmt: skip

ledger_lines = Table(
    "ledger_lines", metadata,
    _incident(primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("measure", Text, nullable=False),
    Column("group", Text, nullable=False),
    Column("nationality", Text),
    Column("lowest", BigInteger),
    Column("best", BigInteger),
    Column("highest", BigInteger),
    Column("agreement", Text, nullable=False),
)  # fmt: skip

ledger_claims = Table(
    "ledger_claims", metadata,
    _incident(primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("claim", Integer, primary_key=True),
    Column("report", String(71), nullable=False),
    Column("figure", Text, nullable=False),
    Column("source", Words),
    Column("by", Words, nullable=False),
    Column("kind", Text, nullable=False),
    Column("low", BigInteger),
    Column("high", BigInteger),
    Column("approximate", Boolean, nullable=False),
    Column("said", Text),
    Column("part", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Index("ix_ledger_claims_by", "by", "said", "incident", "line", "claim", "kind"),
)  # fmt: skip

# One a step of deriving: its number marks the incidents that the step changed, for good and in order.
revisions = Table(
    "revisions", metadata, _key(), Column("made", String(32), nullable=False), sqlite_autoincrement=True
)  # fmt: skip

# What each step moved, as it was and is: ids, numbers and states, no words.
moves = Table(
    "moves", metadata, _key(),
    Column("revision", BigInteger, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text),
    Column("after", Text),
    sqlite_autoincrement=True,
)  # fmt: skip

# Every id that an incident ever had, and the event it was made from: kept over rebuilds.
issued = Table(
    "issued", metadata,
    Column("id", Text, primary_key=True),
    Column("report", String(71), nullable=False, index=True),
    Column("start", Integer, nullable=False),
)  # fmt: skip

postures = Table(
    "postures", metadata, _key(),
    Column("host", Text, nullable=False, index=True),
    Column("sender", Text, nullable=False, index=True),
    Column("since", Text),
    Column("body", Text, nullable=False),
)  # fmt: skip

# Children first, so that rows can be deleted in this order.
DERIVED = (
    ledger_claims, ledger_lines, incident_aliases, incident_actors, incident_roles, incident_types,
    incident_members, incidents, postures, doubts, briefs, link_keys, components,
)  # fmt: skip
