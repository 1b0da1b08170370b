"""Accounts on both databases: passwords, sessions, tokens, pauses after failures, the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from dateline.errors import AccountError
from dateline.store import Store
from dateline.store.accounts import MOST_FROM, SESSION, TOKEN_MARK
from dateline.store.people import accounts, sessions, tokens

PASSWORD = "correct horse battery staple"


@pytest.fixture
def known(store: Store) -> Store:
    store.accounts.add("Amina", "analyst", PASSWORD)
    return store


def _later(store: Store, **values: str) -> None:
    """Set the times of all sessions and tokens, as if they were older."""
    with store._base.writing() as connection:
        for table in (sessions, tokens):
            fitting = {name: value for name, value in values.items() if name in table.c}
            connection.execute(update(table).values(fitting))


def test_a_name_and_its_password(known: Store) -> None:
    found = known.accounts.check(" AMINA ", PASSWORD)
    assert found is not None
    assert (found.name, found.role) == ("amina", "analyst")
    assert known.accounts.check("amina", PASSWORD + "!") is None
    assert known.accounts.check("nobody", PASSWORD) is None


def test_only_digests_are_kept(known: Store) -> None:
    secret, token = known.accounts.open_session("amina"), known.accounts.issue_token("amina", "export")
    with known._base.reading() as connection:
        kept = [
            str(row) for table in (accounts, sessions, tokens) for row in connection.execute(select(table))
        ]
    assert "$argon2id$" in kept[0]
    for words in (PASSWORD, secret, token):
        assert not any(words in row for row in kept)


@pytest.mark.parametrize("name", ["", "   ", "a b", "x" * 65, "../etc", "<b>", "é"])
def test_names_that_are_none(store: Store, name: str) -> None:
    with pytest.raises(AccountError):
        store.accounts.add(name, "viewer", PASSWORD)


@pytest.mark.parametrize("password", ["", "short", "x" * 1001, "aaaaaaaaaaaaaaaa", "amina amina 1234"])
def test_passwords_that_are_too_weak(store: Store, password: str) -> None:
    with pytest.raises(AccountError):
        store.accounts.add("amina", "viewer", password)
    assert store.accounts.all() == []


def test_a_name_is_taken_once(known: Store) -> None:
    with pytest.raises(AccountError, match="already"):
        known.accounts.add("amina", "viewer", PASSWORD)
    with pytest.raises(AccountError, match="no such account"):
        known.accounts.disable("nobody")
    with pytest.raises(AccountError, match="no such role"):
        known.accounts.set_role("amina", "owner")  # type: ignore[arg-type]


def test_a_session_ends_by_hand_by_time_and_when_unused(known: Store) -> None:
    accounts_ = known.accounts
    first, second = (accounts_.open_session("amina") for _ in range(2))
    assert first != second
    assert accounts_.session(first) is not None
    accounts_.close_session(first)
    assert accounts_.session(first) is None
    assert accounts_.session(second) is not None
    now = datetime.now(UTC)
    _later(known, used=(now - timedelta(hours=3)).isoformat(timespec="seconds"))
    assert accounts_.session(second) is None
    _later(known, used=now.isoformat(timespec="seconds"), ends=now.isoformat(timespec="seconds"))
    assert accounts_.session(second) is None
    assert timedelta(hours=8) <= SESSION <= timedelta(hours=24)


def test_use_is_noted_so_that_a_session_stays(known: Store) -> None:
    secret = known.accounts.open_session("amina")
    ago = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
    _later(known, used=ago)
    assert known.accounts.session(secret) is not None
    with known._base.reading() as connection:
        assert connection.execute(select(sessions.c.used)).scalar_one() > ago


def test_disabled_means_out_at_once(known: Store) -> None:
    secret, token = known.accounts.open_session("amina"), known.accounts.issue_token("amina", "x")
    known.accounts.disable("amina")
    assert known.accounts.session(secret) is None
    assert known.accounts.token(token) is None
    assert known.accounts.check("amina", PASSWORD) is None
    assert not known.accounts.any()
    known.accounts.enable("amina")
    assert known.accounts.session(secret) is None
    assert known.accounts.token(token) is not None
    assert known.accounts.any()


def test_another_password_ends_sessions(known: Store) -> None:
    secret = known.accounts.open_session("amina")
    known.accounts.set_password("amina", "another long password")
    assert known.accounts.session(secret) is None
    assert known.accounts.check("amina", PASSWORD) is None
    assert known.accounts.check("amina", "another long password") is not None


def test_a_token_never_has_more_than_its_account(known: Store) -> None:
    token = known.accounts.issue_token("amina", "all", role="admin")
    least = known.accounts.issue_token("amina", "look", role="viewer")
    assert token.startswith(TOKEN_MARK)
    assert [(t.role, t.label) for t in known.accounts.tokens()] == [("analyst", "all"), ("viewer", "look")]
    for secret, role in ((token, "analyst"), (least, "viewer")):
        found = known.accounts.token(secret)
        assert found is not None
        assert found.role == role
    known.accounts.set_role("amina", "viewer")
    found = known.accounts.token(token)
    assert found is not None
    assert found.role == "viewer"


def test_a_token_ends(known: Store) -> None:
    first, second, lasting = (known.accounts.issue_token("amina", "x", days=d) for d in (1, 2, None))
    number = known.accounts.tokens("amina")[0].number
    known.accounts.revoke(number)
    assert known.accounts.token(first) is None
    assert known.accounts.token(second) is not None
    _later(known, ends="2020-01-01T00:00:00+00:00")
    assert known.accounts.token(second) is None
    with pytest.raises(AccountError, match="no such token"):
        known.accounts.revoke(10**6)
    assert known.accounts.tokens("amina")[2].revoked is None
    assert lasting not in (first, second)
    assert known.accounts.token("dlt_guess") is None
    assert known.accounts.token("") is None


def test_failures_make_the_next_attempt_wait(known: Store) -> None:
    log = known.accounts
    for _ in range(MOST_FROM - 1):
        log.note("amina", "session", "sign-in", outcome="failed", address="192.0.2.1")
    assert log.pause("amina", "192.0.2.1") == 0
    log.note("other", "session", "sign-in", outcome="failed", address="192.0.2.1")
    assert 0 < log.pause("amina", "192.0.2.1") <= 15 * 60
    assert log.pause("amina", "192.0.2.2") == 0
    for number in range(60):
        log.note("amina", "session", "sign-in", outcome="failed", address=f"198.51.100.{number}")
    assert log.pause("amina", "192.0.2.2") > 0
    assert log.pause("binta", "192.0.2.2") == 0


def test_the_log_keeps_what_was_done(known: Store) -> None:
    known.accounts.note("amina", "token", "merge", what="d-1", outcome="kept", address="::1")
    known.accounts.note("amina\x00", "token", "undo", what="\ufdd0" * 5000)
    latest, first = known.accounts.log()
    assert (first.who, first.action, first.what, first.outcome) == ("amina", "merge", "d-1", "kept")
    assert latest.who == "amina\x00"
    assert len(known.accounts.log(limit=1)) == 1


def test_accounts_outlive_a_rebuild_and_a_purge(filled: Store) -> None:
    filled.accounts.add("amina", "viewer", PASSWORD)
    secret = filled.accounts.open_session("amina")
    filled.rebuild()
    filled.purge(next(filled.records()).report.id, why="asked to")
    assert filled.accounts.session(secret) is not None
