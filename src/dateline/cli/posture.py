"""`dateline posture`: how a country stands in another, its mission, staff and advice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from dateline.cli.database import Database, opened, wide_console

if TYPE_CHECKING:
    from dateline.record import Posture
    from dateline.store import Store

__all__ = ["posture_command", "said_by"]


def posture_command(
    sender: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="Whose mission and staff: ISO alpha-3 or name.")
    ] = None,
    host: Annotated[
        str | None, typer.Option(metavar="COUNTRY", help="In which country: ISO alpha-3 or name.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a JSON list of postures.")] = False,
    db: Database = None,
) -> None:
    """List postures: mission, staff, advice to nationals, since when, said by whom, and what was before."""
    wanted = [_code(option, value) for option, value in (("sender", sender), ("host", host))]
    with opened(db) as store:
        found = store.postures(*wanted)
        if as_json:
            typer.echo(msgspec.json.encode(found).decode("utf-8"))
            return
        from dateline.exports.posture_page import posture_table

        console = wide_console()
        console.print(posture_table(found, said_by(store, found)) if found else "no posture known")


def _code(option: str, value: str | None) -> str | None:
    from dateline.errors import FilterError
    from dateline.store import parse_country

    try:
        return parse_country(option, value) if value is not None else None
    except FilterError as problem:
        hint = f"; {problem.hint}" if problem.hint else ""
        raise typer.BadParameter(problem.what + hint, param_hint=f"--{option}") from problem


def said_by(store: Store, postures: Sequence[Posture]) -> dict[str, str]:
    """Word who says each posture, by its claim."""
    from dateline.exports.posture_page import speakers

    named = {posture.claim.partition("#")[0] for posture in postures if posture.claim}
    return speakers(postures, store.records_by_id(sorted(named)))
