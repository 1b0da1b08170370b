"""The `dateline` command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dateline.cli import (
    account,
    add,
    alerts,
    brief,
    decide,
    demo,
    evaluate,
    export,
    incident,
    incidents,
    posture,
    purge,
    read,
    rebuild,
    serve,
    watch,
)
from dateline.errors import DatelineError

__all__ = ["app", "run"]

app = typer.Typer(
    name="dateline",
    help="Read crisis and conflict news: who did what to whom, where, when, how many, and who says so.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("read")(read.read_command)
app.command("add")(add.add_command)
app.command("incidents")(incidents.incidents_command)
app.command("incident")(incident.incident_command)
app.command("posture")(posture.posture_command)
app.command("merge")(decide.merge_command)
app.command("split")(decide.split_command)
app.command("correct")(decide.correct_command)
app.command("reject")(decide.reject_command)
app.command("undo")(decide.undo_command)
app.command("rebuild")(rebuild.rebuild_command)
app.command("purge")(purge.purge_command)
app.command("watch")(watch.watch_command)
app.command("alerts")(alerts.alerts_command)
app.command("export")(export.export_command)
app.command("brief")(brief.brief_command)
app.command("serve")(serve.serve_command)
app.command("demo")(demo.demo_command)
app.add_typer(account.app, name="account")
app.add_typer(evaluate.app, name="evaluate")


def _show_version(wanted: bool) -> None:
    if wanted:
        from dateline import __version__

        typer.echo(f"dateline {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


def run() -> None:
    """Run the command line; an error of ours is one line on standard error and exit status 1."""
    try:
        app(prog_name="dateline")
    except DatelineError as problem:
        typer.echo(f"dateline: {problem}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except KeyboardInterrupt:
        typer.echo("dateline: stopped", err=True)
        sys.exit(130)
