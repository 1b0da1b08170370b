"""`dateline read`: reports in, records out; no store needed."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.inputs import Column, Follow, Published, Sources, loaded, placed, word_passed
from dateline.errors import DatelineError, InputError

if TYPE_CHECKING:
    from dateline.reading.reader import Reader
    from dateline.record import Record, Report

__all__ = ["Form", "read_all", "read_command"]


class Form(StrEnum):
    """How records are written."""

    PAGE = "page"
    JSON = "json"
    JSONL = "jsonl"
    HTML = "html"


def read_all(
    reader: Reader, reports: Iterable[tuple[str, Report | InputError]]
) -> Iterator[Record | InputError]:
    """Read every report, each given with the name of its source.

    What can't be read is passed on as its error, and the rest goes on.
    """
    names: deque[str] = deque()

    def noted() -> Iterator[Report | InputError]:
        for name, report in reports:
            names.append(name)
            yield report

    for result in reader.read_many(noted()):
        name = names.popleft()
        yield placed(result, name) if isinstance(result, InputError) else result


def _form(as_json: bool, as_jsonl: bool, as_html: bool) -> Form:
    chosen = [f for f, on in ((Form.JSON, as_json), (Form.JSONL, as_jsonl), (Form.HTML, as_html)) if on]
    if len(chosen) > 1:
        raise typer.BadParameter("--json, --jsonl and --html exclude each other")
    return chosen[0] if chosen else Form.PAGE


def read_command(
    sources: Sources,
    published: Published = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print JSON (one object; a list for several).")
    ] = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line.")] = False,
    as_html: Annotated[bool, typer.Option("--html", help="Write one self-contained HTML page.")] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of printing.")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Leave out facts less likely than this.")
    ] = 0.0,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Read reports that are not in English, too.")
    ] = False,
    column: Column = None,
    follow: Follow = None,
) -> None:
    """Read reports into sourced records: events, figures, and who says each."""
    from dateline.cli.output import Writer
    from dateline.cli.progress import Progress
    from dateline.reading.reader import Reader

    form = _form(as_json, as_jsonl, as_html)
    passed: Counter[str] = Counter()
    reports = loaded(sources, published=published, column=column, follow=follow, passed=passed)
    failed = 0
    reader = Reader(any_language=any_language)
    with Writer(form, output) as writer, Progress() as step:
        for result in read_all(reader, reports):
            step()
            if isinstance(result, DatelineError):
                failed += 1
                writer.note(f"dateline: {result}")
            else:
                writer.write(result.over(min_confidence) if min_confidence else result)
    if failed + writer.written > 1 and failed:
        writer.note(f"dateline: {failed} of {failed + writer.written} reports could not be read")
    if passed:
        writer.note(f"dateline: passed over: {word_passed(passed)}")
    if failed:
        raise typer.Exit(1)
