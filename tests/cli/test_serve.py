"""`dateline serve` and `dateline account`: what they refuse, what they tell, and a desk that opens."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from dateline.cli.main import app
from dateline.errors import DatelineError
from dateline.store import open_store

PASSWORD = "correct horse battery staple"


def run(*arguments: str, given: str | None = None) -> str:
    result = CliRunner().invoke(app, arguments, input=given, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_accounts_from_first_to_last(tmp_path: Path) -> None:
    db = ("--db", str(tmp_path / "desk.db"))
    assert run(
        "account", "add", "Amina", "--role", "analyst", "--password-stdin", *db, given=PASSWORD + "\n"
    ) == ("amina may come in as analyst\n")
    assert "analyst" in run("account", "list", *db)
    assert run("account", "role", "amina", "viewer", *db) == "amina is viewer now\n"
    run("account", "password", "amina", "--password-stdin", *db, given="another long password\n")
    token = run("account", "token", "amina", "--label", "nightly", "--days", "7", *db).strip()
    assert token.startswith("dlt_")
    listed = run("account", "tokens", *db)
    assert "nightly" in listed
    assert token not in listed
    run("account", "revoke", "1", *db)
    assert "may not come in" in run("account", "disable", "amina", *db)
    assert "may come in again" in run("account", "enable", "amina", *db)
    with open_store(tmp_path / "desk.db") as store:
        assert store.accounts.check("amina", "another long password") is not None
        assert store.accounts.token(token) is None
        store.accounts.note("amina\x1b[2J", "session", "sign-in", outcome="in")
    assert "\x1b" not in run("account", "log", *db)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("account", "add", "x y", "--password-stdin"), "is no name"),
        (("account", "disable", "nobody"), "no such account"),
        (("account", "revoke", "7"), "no such token"),
        (("serve", "--host", "0.0.0.0"), "without accounts the desk opens on this machine only"),
        (("serve", "--accounts"), "there is no account that could come in"),
        (("serve", "--cert", "none.pem"), "no such file"),
    ],
)
def test_one_line_says_what_is_wrong(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    open_store(tmp_path / "desk.db").close()
    with pytest.raises(DatelineError, match=words):
        CliRunner().invoke(
            app,
            [*arguments, "--db", str(tmp_path / "desk.db")],
            input=PASSWORD + "\n",
            catch_exceptions=False,
        )


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with pytest.raises(DatelineError, match="can't listen there"):
            CliRunner().invoke(
                app, ["serve", "--port", port, "--db", str(tmp_path / "desk.db")], catch_exceptions=False
            )


def test_the_desk_opens_and_ends_in_order(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from dateline.cli.main import run; run()",
        "serve",
        "--port",
        "0",
        "--db",
        str(tmp_path / "desk.db"),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as desk:
        try:
            assert desk.stdout is not None
            line = desk.stdout.readline()
            found = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert found, line
            answer = httpx.get(found[0] + "api/v1/incidents", timeout=60)
            assert answer.json() == {"items": [], "next": None}
            desk.send_signal(signal.SIGTERM)
            _, trouble = desk.communicate(timeout=60)
            assert "Traceback" not in trouble
        finally:
            desk.kill()
