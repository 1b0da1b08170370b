"""Accounts: who they are, by which password, session or token, and what they did.

Passwords are kept as Argon2id digests (RFC 9106). Sessions and tokens are 256 random bits, so a plain
SHA-256 of one is enough to know it again and tells nothing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from dateline.errors import AccountError
from dateline.store.base import Base
from dateline.store.people import accounts, audit, sessions, tokens

if TYPE_CHECKING:
    from argon2 import PasswordHasher

__all__ = ["ROLES", "TOKEN_MARK", "Account", "Accounts", "Noted", "Token"]

RoleName = Literal["viewer", "analyst", "admin"]
ROLES: tuple[RoleName, ...] = ("viewer", "analyst", "admin")
TOKEN_MARK = "dlt_"  # by which a scanner for leaked secrets knows a token
SHORTEST = 12  # code points of a password, as NIST SP 800-63B asks at the least where it is all there is
LONGEST = 1000
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
SESSION = timedelta(hours=12)  # a shift
_IDLE = timedelta(hours=2)  # after which a session that nobody used is over
_SEEN_EVERY = timedelta(minutes=1)  # how exactly it is noted when a session or token was used
WINDOW = timedelta(minutes=15)  # over which failed attempts count
MOST_FROM, MOST_ON = 10, 50  # failed attempts from one address (on one name and on any), and on one name


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may come in; `disabled` since when no more."""

    name: str
    role: RoleName
    created: str
    disabled: str | None = None


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """What a program comes in by: for whom, with which role at most, until when."""

    number: int
    name: str
    label: str
    role: RoleName
    created: str
    ends: str | None = None
    used: str | None = None
    revoked: str | None = None


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log: when, who (by what means, from where) did what, and what came of it."""

    at: str
    who: str
    via: str
    action: str
    what: str
    outcome: str
    address: str


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # only who signs in needs it

    return PasswordHasher()  # RFC 9106, its choice for low memory: 64 MiB, 3 passes, 4 lanes


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """Give a digest to check against for names that aren't there, so that they take as long."""
    return _hasher().hash(secrets.token_hex())


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().lower()


def _word(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


class Accounts:
    """The accounts of a store. Times are taken of the clock at each call."""

    def __init__(self, base: Base) -> None:
        self._base = base

    # Looking after them.

    def add(self, name: str, role: RoleName, password: str) -> Account:
        """Make an account. Raises AccountError for a name that is taken or none, a weak password."""
        key = _folded(name)
        if not _NAME.fullmatch(key):
            raise AccountError(f"{name!r} is no name", hint="letters, digits and . _ - @, at most 64")
        _check_password(key, password)
        row = {"name": key, "role": _role(role), "password": _hasher().hash(password), "created": _now()}
        with self._base.writing() as connection:
            if _row(connection, key) is not None:
                raise AccountError("there is such an account already", where=key)
            connection.execute(insert(accounts).values(row))
        return Account(name=key, role=role, created=row["created"])

    def all(self) -> list[Account]:
        """Give every account, by name."""
        with self._base.reading() as connection:
            return [_account(row) for row in connection.execute(select(accounts).order_by(accounts.c.name))]

    def any(self) -> bool:
        """Tell whether anybody can come in."""
        query = select(accounts.c.seq).where(accounts.c.disabled.is_(None)).limit(1)
        with self._base.reading() as connection:
            return connection.execute(query).first() is not None

    def disable(self, name: str) -> Account:
        """Let an account in no more; its sessions end, its tokens fail. Raises AccountError."""
        return self._changed(name, disabled=_now())

    def enable(self, name: str) -> Account:
        """Let a disabled account in again. Raises AccountError."""
        return self._changed(name, disabled=None)

    def set_role(self, name: str, role: RoleName) -> Account:
        """Give an account another role, from its next request on. Raises AccountError."""
        return self._changed(name, role=_role(role))

    def set_password(self, name: str, password: str) -> Account:
        """Give an account another password; its sessions end. Raises AccountError."""
        _check_password(_folded(name), password)
        return self._changed(name, password=_hasher().hash(password))

    def _changed(self, name: str, **values: Any) -> Account:
        with self._base.writing() as connection:
            row = _known(connection, name)
            connection.execute(update(accounts).where(accounts.c.seq == row.seq).values(values))
            if values.get("disabled") or "password" in values:
                connection.execute(delete(sessions).where(sessions.c.account == row.seq))
            return _account(_known(connection, name))

    # Coming in.

    def check(self, name: str, password: str) -> Account | None:
        """Give the account of a name and password, None if they don't fit; takes as long for no such name."""
        from argon2.exceptions import InvalidHashError, VerificationError

        with self._base.reading() as connection:
            row = _row(connection, _folded(name))
        try:
            _hasher().verify(row.password if row else _nobodys(), password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return None
        if row is None or row.disabled:
            return None
        if _hasher().check_needs_rehash(row.password):
            self._rehash(row.seq, password)
        return _account(row)

    def _rehash(self, seq: int, password: str) -> None:
        with self._base.writing() as connection:
            values = {"password": _hasher().hash(password)}
            connection.execute(update(accounts).where(accounts.c.seq == seq).values(values))

    def pause(self, name: str, address: str) -> int:
        """Tell how many seconds to wait before the next attempt, 0 where there were few failed ones."""
        since = _word(datetime.now(UTC) - WINDOW)
        failed = select(func.count(), func.min(audit.c.at)).where(
            audit.c.action == "sign-in", audit.c.at >= since, audit.c.outcome == "failed"
        )
        with self._base.reading() as connection:
            for query, most in (
                (failed.where(audit.c.address == address), MOST_FROM),
                (failed.where(audit.c.who == _folded(name)), MOST_ON),
            ):
                count, first = connection.execute(query).one()
                if count >= most:
                    waited = datetime.now(UTC) - datetime.fromisoformat(first)
                    return max(1, int((WINDOW - waited).total_seconds()))
        return 0

    def open_session(self, name: str) -> str:
        """Begin a session of an account; give the secret by which it is known. Raises AccountError."""
        secret, at = secrets.token_urlsafe(32), datetime.now(UTC)
        with self._base.writing() as connection:
            row = _known(connection, name)
            connection.execute(delete(sessions).where(sessions.c.ends < _word(at)))
            values = {
                "digest": _digest(secret), "account": row.seq, "created": _word(at), "used": _word(at),
                "ends": _word(at + SESSION),
            }  # fmt: skip
            connection.execute(insert(sessions).values(values))
        return secret

    def session(self, secret: str) -> Account | None:
        """Give whose session it is, None where it is over, was ended, or never was."""
        at, digest = datetime.now(UTC), _digest(secret)
        query = select(accounts, sessions.c.used).join(sessions, sessions.c.account == accounts.c.seq)
        query = query.where(
            sessions.c.digest == digest, sessions.c.ends > _word(at), accounts.c.disabled.is_(None),
            sessions.c.used > _word(at - _IDLE),
        )  # fmt: skip
        with self._base.reading() as connection:
            row = connection.execute(query).first()
        if row is not None and at - datetime.fromisoformat(row.used) > _SEEN_EVERY:
            self._seen(update(sessions).where(sessions.c.digest == digest), at)
        return _account(row) if row is not None else None

    def close_session(self, secret: str) -> None:
        """End a session."""
        with self._base.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == _digest(secret)))

    # Programs.

    def issue_token(
        self, name: str, label: str, *, role: RoleName | None = None, days: int | None = 90
    ) -> str:
        """Make a token of an account, with its role or a lesser one; give it, for this once only.

        Without `days` it has no end. Raises AccountError.
        """
        secret, at = TOKEN_MARK + secrets.token_urlsafe(32), datetime.now(UTC)
        ends = _word(at + timedelta(days=days)) if days else None
        with self._base.writing() as connection:
            row = _known(connection, name)
            least = _lesser(row.role, _role(role or row.role))
            values = {
                "digest": _digest(secret), "account": row.seq, "label": label, "role": least,
                "created": _word(at), "ends": ends,
            }  # fmt: skip
            connection.execute(insert(tokens).values(values))
        return secret

    def token(self, secret: str) -> Account | None:
        """Give whose token it is, with the lesser of both roles; None where it has ended or was revoked."""
        at, digest = datetime.now(UTC), _digest(secret)
        query = select(accounts, tokens.c.role.label("most"), tokens.c.used, tokens.c.ends)
        query = query.join(tokens, tokens.c.account == accounts.c.seq)
        query = query.where(
            tokens.c.digest == digest, tokens.c.revoked.is_(None), accounts.c.disabled.is_(None)
        )
        with self._base.reading() as connection:
            row = connection.execute(query).first()
        if row is None or (row.ends is not None and row.ends <= _word(at)):
            return None
        if row.used is None or at - datetime.fromisoformat(row.used) > _SEEN_EVERY:
            self._seen(update(tokens).where(tokens.c.digest == digest), at)
        return msgspec.structs.replace(_account(row), role=_lesser(row.role, row.most))

    def tokens(self, name: str | None = None) -> list[Token]:
        """Give the tokens of an account, or all, in the order in which they were made."""
        with self._base.reading() as connection:
            return list(_tokens(connection, name))

    def revoke(self, number: int) -> None:
        """End a token. Raises AccountError when there is none."""
        with self._base.writing() as connection:
            query = update(tokens).where(tokens.c.seq == number).values(revoked=_now())
            if connection.execute(query).rowcount == 0:
                raise AccountError(
                    "no such token", where=str(number), hint="dateline account tokens lists them"
                )

    def _seen(self, query: Any, at: datetime) -> None:
        """Note when it was used; a store that can't be written to notes nothing."""
        if not self._base.read_only:
            with self._base.writing() as connection:
                connection.execute(query.values(used=_word(at)))

    # What was done.

    def note(
        self, who: str, via: str, action: str, *, what: str = "", outcome: str = "", address: str = ""
    ) -> None:
        """Write a line of the log."""
        row = {
            "at": _now(), "who": who[:200], "via": via, "action": action, "what": what[:2000],
            "outcome": outcome[:200], "address": address,
        }  # fmt: skip
        with self._base.writing() as connection:
            connection.execute(insert(audit).values(row))

    def log(self, limit: int = 100) -> list[Noted]:
        """Give the last lines of the log, the latest first."""
        names = [audit.c[name] for name in Noted.__struct_fields__]
        with self._base.reading() as connection:
            rows = connection.execute(select(*names).order_by(audit.c.seq.desc()).limit(limit))
            return [Noted(**row._mapping) for row in rows]


def _now() -> str:
    return _word(datetime.now(UTC))


def _row(connection: Connection, key: str) -> Row[Any] | None:
    return connection.execute(select(accounts).where(accounts.c.name == key)).first()


def _known(connection: Connection, name: str) -> Row[Any]:
    row = _row(connection, _folded(name))
    if row is None:
        raise AccountError("no such account", where=name, hint="dateline account list shows them")
    return row


def _account(row: Row[Any]) -> Account:
    return Account(name=row.name, role=row.role, created=row.created, disabled=row.disabled)


def _tokens(connection: Connection, name: str | None) -> Iterator[Token]:
    columns = ("label", "role", "created", "ends", "used", "revoked")
    query: Select[Any] = select(tokens.c.seq, accounts.c.name, *(tokens.c[c] for c in columns))
    query = query.join(accounts, accounts.c.seq == tokens.c.account).order_by(tokens.c.seq)
    if name is not None:
        query = query.where(accounts.c.seq == _known(connection, name).seq)
    for row in connection.execute(query):
        yield Token(number=row.seq, name=row.name, **{c: getattr(row, c) for c in columns})


def _role(role: str) -> RoleName:
    for known in ROLES:
        if role == known:
            return known
    raise AccountError(f"no such role: {role}", hint=f"there are {', '.join(ROLES)}")


def _lesser(one: str, other: str) -> RoleName:
    return ROLES[min(ROLES.index(_role(one)), ROLES.index(_role(other)))]


def _check_password(name: str, password: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        what = f"a password has {SHORTEST} characters at least, {LONGEST:,} at most"
        raise AccountError(what, hint="four or five words that don't go together are a good one")
    if (len(name) > 3 and name in password.lower()) or len(set(password)) < 5:
        raise AccountError("the password is too easy to guess", hint="leave the name out, and vary it more")
