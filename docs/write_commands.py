"""Write docs/commands.md from the command line itself.

    python docs/write_commands.py

A test checks that the file is what this gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from dateline.cli.main import app

FILE = Path(__file__).with_name("commands.md")
WIDTH = 88
HEAD = """\
# Commands

Written by `docs/write_commands.py` from the commands' own help; don't edit by hand.

Every command ends with status 0 when all went well, 1 when a report, an option's
value or a file was at fault (one line on standard error says which), and 2 when
the command line itself was wrong.
"""


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Yield every command with its full name, groups before what is in them."""
    yield name, command
    for key, child in getattr(command, "commands", {}).items():
        yield from commands(child, f"{name} {key}")


def help_of(name: str, command: Any) -> str:
    """Give a command's help as a terminal of `WIDTH` columns shows it."""
    context = command.context_class(command, info_name=name, terminal_width=WIDTH, max_content_width=WIDTH)
    with context:
        lines = command.get_help(context).splitlines()
    return "\n".join(line.rstrip() for line in lines)


def written() -> str:
    """Give the text that docs/commands.md holds."""
    found = commands(typer.main.get_command(app), "dateline")
    parts = [f"## `{name}`\n\n```text\n{help_of(name, command)}\n```\n" for name, command in found]
    return "\n".join([HEAD, *parts])


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
