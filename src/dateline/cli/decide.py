"""`dateline merge`, `split`, `correct`, `reject`, `undo`: people's decisions, with who and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from dateline.cli.database import Database, Who, Why, opened

if TYPE_CHECKING:
    from dateline.store import Decision, Store

__all__ = ["correct_command", "merge_command", "reject_command", "split_command", "undo_command"]

_Incident = Annotated[str, typer.Argument(metavar="INCIDENT", help="The incident's id.")]
_Anything = Annotated[
    str,
    typer.Argument(metavar="WHAT", help="An incident's id, or REPORT#FACT (FACT as in its record: e1, f2)."),
]


def merge_command(
    incidents: Annotated[list[str], typer.Argument(metavar="INCIDENT...", help="Two or more incidents.")],
    why: Why,
    who: Who = None,
    db: Database = None,
) -> None:
    """Say that incidents are one and the same."""
    with opened(db) as store:
        _tell(store, store.merge(incidents, why=why, who=who))


def split_command(
    incident: _Incident,
    reports: Annotated[
        list[str],
        typer.Argument(metavar="REPORT...", help="What tells of another: reports, or REPORT#EVENT."),
    ],
    why: Why,
    who: Who = None,
    db: Database = None,
) -> None:
    """Say that some reports of an incident tell of another one."""
    with opened(db) as store:
        _tell(store, store.split(incident, reports, why=why, who=who))


def correct_command(
    what: _Anything,
    changes: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE...", help="What it should say; null for nothing.")
    ],
    why: Why,
    who: Who = None,
    db: Database = None,
) -> None:
    """Say what a field of a fact or an incident should be."""
    values = dict(_change(change) for change in changes)
    with opened(db) as store:
        _tell(store, store.correct(what, values, why=why, who=who))


def reject_command(what: _Anything, why: Why, who: Who = None, db: Database = None) -> None:
    """Say that a fact, or an incident with all its events, is none."""
    with opened(db) as store:
        _tell(store, store.reject(what, why=why, who=who))


def undo_command(
    decision: Annotated[
        str | None, typer.Argument(metavar="DECISION", help="Its id; without one, all are listed.")
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason.")] = None,
    who: Who = None,
    db: Database = None,
) -> None:
    """Take a decision back, or list all that were made."""
    with opened(db) as store:
        if decision is None:
            for made in store.decisions():
                typer.echo(_line(made))
        elif why is None:
            raise typer.BadParameter("a decision needs its reason", param_hint="--why")
        else:
            _tell(store, store.undo(decision, why=why, who=who))


def _change(change: str) -> tuple[str, Any]:
    """Read `low=37`, `type=bombing`, `high=null`: JSON where it is JSON, else the words themselves."""
    field, equals, value = change.partition("=")
    if not equals:
        raise typer.BadParameter(f"{change!r} is no FIELD=VALUE", param_hint="FIELD=VALUE")
    try:
        return field, msgspec.json.decode(value)
    except msgspec.DecodeError:
        return field, value


def _tell(store: Store, decision: Decision) -> None:
    store.link()
    typer.echo(f"kept as {decision.id}; dateline undo {decision.id} takes it back")


def _line(decision: Decision) -> str:
    from dateline.exports.wording import plain

    about = decision.undoes or ", ".join(
        plain(f"“{a.text}”" if a.text else a.report[7:15]) for a in decision.anchors[:3]
    )
    more = " …" if len(decision.anchors) > 3 else ""
    changes = "".join(f" {field}={value}" for field, value in decision.changes.items())
    said = plain(f"{decision.who}: {decision.why}")
    return f"{decision.id}  {decision.when[:10]}  {decision.kind} {about}{more}{plain(changes)}  {said}"
