"""The options by which commands are told what to read, and the reports that they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dateline.errors import InputError
    from dateline.record import Report
    from dateline.reports.fetch import Fetcher

__all__ = ["Column", "Follow", "Published", "Sources", "loaded", "placed", "word_passed"]

Sources = Annotated[
    list[str],
    typer.Argument(help="Files, folders, http addresses, or - for standard input.", metavar="SOURCE..."),
]
Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Day of publication; relative times hang on it.")
]
Column = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="NAME=COLUMN", help="Where a table or JSON line keeps what: text=body."),
]
Follow = Annotated[
    bool | None,
    typer.Option(
        "--follow/--no-follow",
        help="Fetch the pages that a feed or sitemap names (default: if it was fetched itself).",
    ),
]


def loaded(
    sources: list[str],
    *,
    published: str | None = None,
    column: list[str] | None = None,
    follow: bool | None = None,
    passed: Counter[str] | None = None,
) -> Iterator[tuple[str, Report | InputError]]:
    """Yield the reports of sources, each with its source; raises DateError and InputError for bad options."""
    from dateline.reports import load, parse_columns, parse_published

    day = parse_published(published) if published is not None else None
    columns = parse_columns(column or ())
    fetchers: list[Fetcher] = []

    def fetcher() -> Fetcher:
        """Make one for all sources: it remembers whose turn it is."""
        if not fetchers:
            from dateline.reports.fetch import Fetcher

            fetchers.append(Fetcher())
        return fetchers[0]

    def reports() -> Iterator[tuple[str, Report | InputError]]:
        for source in sources:
            found = load(
                source, published=day, columns=columns, follow=follow, fetcher=fetcher, passed=passed
            )
            yield from ((source, report) for report in found)

    return reports()


def placed(problem: InputError, source: str) -> InputError:
    """Give the error with the source that it is about, where it doesn't say so itself."""
    if problem.where:
        return problem
    where = "standard input" if source == "-" else source
    return type(problem)(problem.what, where=where, hint=problem.hint)


def word_passed(passed: Counter[str]) -> str:
    """Say what was passed over in archives: `120 not HTML, 8 there twice`."""
    return ", ".join(f"{count:,} {what}" for what, count in sorted(passed.items()) if count)
