"""The tables of who may come in: accounts, sessions, tokens, and the log of what was done."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from dateline.store.schema import Words, metadata

__all__ = ["accounts", "audit", "sessions", "tokens"]

_TIME = String(32)


def _account() -> Column[int]:
    return Column("account", Integer, ForeignKey("accounts.seq"), nullable=False, index=True)


accounts = Table(
    "accounts", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("name", String(64), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False),
    Column("created", _TIME, nullable=False),
    Column("disabled", _TIME),
    sqlite_autoincrement=True,
)  # fmt: skip

# Of sessions and tokens only the digest of the secret is kept.
sessions = Table(
    "sessions", metadata,
    Column("digest", String(64), primary_key=True),
    _account(),
    Column("created", _TIME, nullable=False),
    Column("used", _TIME, nullable=False),
    Column("ends", _TIME, nullable=False, index=True),
)  # fmt: skip

tokens = Table(
    "tokens", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("digest", String(64), nullable=False, unique=True),
    _account(),
    Column("label", Words, nullable=False),
    Column("role", String(16), nullable=False),
    Column("created", _TIME, nullable=False),
    Column("ends", _TIME),
    Column("used", _TIME),
    Column("revoked", _TIME),
    sqlite_autoincrement=True,
)  # fmt: skip

audit = Table(
    "audit", metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("at", _TIME, nullable=False),
    Column("who", Words, nullable=False),
    Column("via", String(16), nullable=False),
    Column("action", String(32), nullable=False),
    Column("what", Words, nullable=False),
    Column("outcome", Words, nullable=False),
    Column("address", Words, nullable=False),
    sqlite_autoincrement=True,
)  # fmt: skip
Index("ix_audit_action", audit.c.action, audit.c.at)
