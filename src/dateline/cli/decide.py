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

_WORDED = ("title", "name", "admin1")  # a number there is a name all the same


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
            from dateline.store.decisions import taken_back

            made = store.decisions()
            undone = taken_back(made)
            for each in made:
                typer.echo(_line(each, undone=each.id in undone))
            if not made:
                typer.echo("no decision was made")
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
        meant = msgspec.json.decode(value)
    except (msgspec.DecodeError, UnicodeEncodeError):
        return field, value
    return field, value if field in _WORDED and isinstance(meant, int | float) else meant


def _tell(store: Store, decision: Decision) -> None:
    """Say that it is kept, which holds whatever becomes of the linking."""
    typer.echo(f"kept as {decision.id}; dateline undo {decision.id} takes it back")
    store.link()


def _line(decision: Decision, *, undone: bool) -> str:
    from dateline.exports.wording import plain

    anchors = decision.anchors
    words = list(dict.fromkeys(f"“{a.text}”" if a.text else "erased words" for a in anchors))
    about = decision.undoes or ", ".join(words[:3]) + (" …" if len(words) > 3 else "")
    if len(anchors) == 1:
        about += f" in {anchors[0].report[7:15]}"
    told = [decision.kind, about, *(f"{field}={value}" for field, value in decision.changes.items())]
    what = " ".join([*told, *(["(taken back)"] if undone else [])])
    return f"{decision.id}  {decision.when[:10]}  {plain(what)}  {plain(f'{decision.who}: {decision.why}')}"
