"""`dateline account`: who may come in over the network, with which role, by which token; what was done."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated, Literal

import typer
from rich.table import Table
from rich.text import Text

from dateline.cli.database import Database, opened, wide_console
from dateline.errors import AccountError

__all__ = ["app"]

app = typer.Typer(help="Say who may come in to the desk (dateline serve --accounts).", no_args_is_help=True)


class Role(StrEnum):
    """What somebody may do."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    ADMIN = "admin"


_Name = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
_Stdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


def _password(stdin: bool) -> str:
    """Ask twice at a terminal; else take the first line."""
    if stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise AccountError("there is no terminal to ask for the password", hint="give --password-stdin")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


@app.command("add")
def add_command(
    name: _Name,
    role: Annotated[
        Role, typer.Option(help="viewer looks; analyst decides and adds too; admin all.")
    ] = Role.VIEWER,
    password_stdin: _Stdin = False,
    db: Database = None,
) -> None:
    """Make an account; the password is asked for."""
    password = _password(password_stdin)
    with opened(db, create=True) as store:
        made = store.accounts.add(name, role.value, password)
    typer.echo(f"{made.name} may come in as {made.role}")


@app.command("list")
def list_command(db: Database = None) -> None:
    """List the accounts."""
    with opened(db) as store:
        found = store.accounts.all()
    table = Table("name", "role", "since", "disabled", box=None, pad_edge=False)
    for one in found:
        table.add_row(Text(one.name), one.role, one.created[:10], (one.disabled or "")[:10])
    wide_console().print(table if found else "no account yet")


@app.command("disable")
def disable_command(name: _Name, db: Database = None) -> None:
    """Let an account in no more: its sessions end and its tokens fail at once."""
    with opened(db) as store:
        typer.echo(f"{store.accounts.disable(name).name} may not come in any more")


@app.command("enable")
def enable_command(name: _Name, db: Database = None) -> None:
    """Let a disabled account in again."""
    with opened(db) as store:
        typer.echo(f"{store.accounts.enable(name).name} may come in again")


@app.command("role")
def role_command(
    name: _Name,
    role: Annotated[Role, typer.Argument(help="viewer looks; analyst decides and adds too; admin all.")],
    db: Database = None,
) -> None:
    """Give an account another role, from its next request on."""
    with opened(db) as store:
        changed = store.accounts.set_role(name, role.value)
    typer.echo(f"{changed.name} is {changed.role} now")


@app.command("password")
def password_command(name: _Name, password_stdin: _Stdin = False, db: Database = None) -> None:
    """Give an account another password; its sessions end."""
    password = _password(password_stdin)
    with opened(db) as store:
        typer.echo(f"{store.accounts.set_password(name, password).name} has another password")


@app.command("token")
def token_command(
    name: _Name,
    label: Annotated[str, typer.Option(metavar="TEXT", help="What it is for.")] = "",
    role: Annotated[Role | None, typer.Option(help="With no more than this role.")] = None,
    days: Annotated[int, typer.Option(min=0, max=3660, help="How long it holds; 0 for good.")] = 90,
    db: Database = None,
) -> None:
    """Make a token for a program of an account's; it is shown this once."""
    with opened(db) as store:
        least: Literal["viewer", "analyst", "admin"] | None = role.value if role else None
        typer.echo(store.accounts.issue_token(name, label, role=least, days=days or None))


@app.command("tokens")
def tokens_command(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Whose tokens; without one, of all.")
    ] = None,
    db: Database = None,
) -> None:
    """List tokens, an account's or all: what for, until when, last used."""
    with opened(db) as store:
        found = store.accounts.tokens(name)
    columns = ("number", "account", "for", "role", "until", "used", "revoked")
    table = Table(*columns, box=None, pad_edge=False)
    for one in found:
        days = [(day or "")[:10] for day in (one.ends, one.used, one.revoked)]
        table.add_row(str(one.number), Text(one.name), Text(one.label), one.role, *days)
    wide_console().print(table if found else "no token yet")


@app.command("revoke")
def revoke_command(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As dateline account tokens lists it.")],
    db: Database = None,
) -> None:
    """End a token at once."""
    with opened(db) as store:
        store.accounts.revoke(number)
    typer.echo(f"token {number} is no good any more")


@app.command("log")
def log_command(
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many lines.")] = 50,
    db: Database = None,
) -> None:
    """Show who came in and what was decided or added over the desk, the latest first."""
    from dateline.exports.wording import plain

    with opened(db) as store:
        for line in store.accounts.log(limit):
            about = plain(f"{line.who} {line.action} {line.what} {line.outcome}")
            typer.echo(f"{line.at}  {line.via:<8} {line.address:<15} {' '.join(about.split())}")
