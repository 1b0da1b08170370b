"""Load reports from files, folders, addresses and streams, whatever their format."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import InputError, MissingInput
from dateline.reports.dates import parse_published
from dateline.reports.loading import Columns, Found, Loading
from dateline.reports.sniff import SUFFIXES, is_report_name, suffix_of
from dateline.reports.streams import read_any

if TYPE_CHECKING:
    from dateline.reports.fetch import Fetcher

__all__ = ["load"]

_STDIN = "-"


def load(
    source: str | Path,
    *,
    published: str | None = None,
    stdin: BinaryIO | None = None,
    columns: Columns | None = None,
    follow: bool | None = None,
    fetcher: Callable[[], Fetcher] | None = None,
    passed: Counter[str] | None = None,
) -> Found:
    """Yield the reports of a source; what can't be read is yielded as its error, and loading goes on.

    `source` is a file (told by its suffix or by what is in it, gzip or not), a
    folder (the files of known suffixes below it, in order of their paths), an
    http address, or `-` for standard input (`stdin`, if given). `published`
    wins over any date that the data state; `columns` names those of tables and
    JSON lines; `follow` says whether pages that a feed or sitemap names are
    fetched (default: if it was fetched itself), by what `fetcher` gives.
    `passed` counts what archives hold beside reports. Raises DateError when
    `published` is no date.
    """
    day = parse_published(published) if published is not None else None
    counts = passed if passed is not None else Counter()
    loading = Loading(
        published=day, columns=columns or Columns(), follow=follow, fetcher=fetcher, passed=counts
    )
    return _load(source, loading, stdin)


def _load(source: str | Path, loading: Loading, stdin: BinaryIO | None) -> Found:
    name = str(source)
    if name == _STDIN:
        yield from _guarded(stdin or sys.stdin.buffer, "standard input", "", _with_fetcher(loading))
    elif name.lower().startswith(("http://", "https://")):
        from dateline.reports.addresses import read_address

        yield from read_address(name, loading)
    elif "://" in name and name.partition("://")[0].isalpha():
        what = f"addresses of {name.partition(':')[0]} are not fetched"
        yield MissingInput(what, where=name, hint="http and https are; or save it and pass the file")
    elif Path(source).is_dir():
        yield from _folder(Path(source), _with_fetcher(loading))
    else:
        yield from _file(Path(source), _with_fetcher(loading))


def _with_fetcher(loading: Loading) -> Loading:
    """Make sure that there is one fetcher for all pages, where they are to be followed."""
    if not loading.follow or loading.fetcher is not None:
        return loading
    from dataclasses import replace

    from dateline.reports.fetch import Fetcher

    made: list[Fetcher] = []

    def one() -> Fetcher:
        if not made:
            made.append(Fetcher())
        return made[0]

    return replace(loading, fetcher=one)


def _folder(folder: Path, loading: Loading) -> Found:
    files = sorted(
        path for path in folder.rglob("*") if _is_report(path.relative_to(folder)) and path.is_file()
    )
    if not files:
        kinds = ", ".join(sorted(SUFFIXES))
        yield MissingInput("no reports in this folder", where=str(folder), hint=f"files of {kinds} are read")
    for path in files:
        yield from _file(path, loading)


def _is_report(path: Path) -> bool:
    return is_report_name(path.name) and not any(part.startswith(".") for part in path.parts)


def _file(path: Path, loading: Loading) -> Found:
    try:
        with path.open("rb") as stream:
            yield from _guarded(stream, str(path), suffix_of(path.name), loading)
    except FileNotFoundError:
        yield MissingInput("no such file", where=str(path), hint="check the path")
    except (OSError, ValueError) as error:  # a path with a NUL is a ValueError
        reason = (getattr(error, "strerror", None) or "unreadable").lower()
        yield MissingInput(f"can't be opened: {reason}", where=str(path))


def _guarded(stream: BinaryIO, where: str, suffix: str, loading: Loading) -> Found:
    try:
        yield from read_any(stream, where, suffix, loading)
    except InputError as error:
        yield error
