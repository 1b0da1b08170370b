"""`dateline alerts`: what rules would say of the store as it is; nothing is sent."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.database import Database, opened

__all__ = ["alerts_command"]


def alerts_command(
    rules: Annotated[Path, typer.Argument(help="The file of rules (TOML).", metavar="RULES")],
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Of incidents not over before this day.")
    ] = None,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line.")] = False,
    db: Database = None,
) -> None:
    """Try rules of alerts on the store: print what they would say, send nothing."""
    import msgspec

    from dateline.reports import parse_published
    from dateline.watch.alerts.alert import words
    from dateline.watch.alerts.preview import preview
    from dateline.watch.alerts.rules import read_rules

    checked = read_rules(rules)
    day = parse_published(since)[:10] if since else None
    count = 0
    with opened(db) as store:
        for alert in preview(store, checked, since=day):
            count += 1
            typer.echo(msgspec.json.encode(alert).decode() if as_jsonl else words(alert))
    if not count and not as_jsonl:
        typer.echo("these rules have nothing to say")
