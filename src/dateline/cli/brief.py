"""`dateline brief`: what happened, for those who decide: a page, a PDF, a Word document or Markdown."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.database import Database, opened
from dateline.cli.filtering import filtered

if TYPE_CHECKING:
    from dateline.store import Filter

__all__ = ["Form", "brief_command"]


class Form(StrEnum):
    """How the brief is shown."""

    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"
    WORD = "docx"


_BINARY = (Form.PDF, Form.WORD)


@filtered
def brief_command(
    wanted: Filter,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="How to show it (default: as FILE ends, or md)."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of printing.")
    ] = None,
    db: Database = None,
) -> None:
    """Brief on incidents: what happened, tolls with sources, what is contested, postures, map, sources.

    The filters are those of `dateline incidents`. The gravest incidents are told in
    full, others in a line each; every statement names the report that it comes from.
    """
    chosen = form or _by_name(output)
    if output is None and chosen in _BINARY:
        raise typer.BadParameter(f"a {chosen.value} file needs a name", param_hint="--output")
    from dateline.exports.brief import brief_of, render_brief
    from dateline.exports.formats import whole

    with opened(db) as store:
        body = render_brief(brief_of(store, wanted), chosen.value)
    if output is None:
        sys.stdout.write(body.decode("utf-8"))
        return
    with whole(output) as path:
        path.write_bytes(body)


def _by_name(output: Path | None) -> Form:
    suffix = (output.suffix if output else "").lstrip(".").lower()
    return next((form for form in Form if form.value == suffix), Form.MARKDOWN)
