"""`dateline add`: reports in, kept and linked."""

from __future__ import annotations

import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.database import Database, opened
from dateline.cli.inputs import Column, Follow, Published, Sources, loaded, placed, word_passed
from dateline.errors import DatelineError, InputError

if TYPE_CHECKING:
    from dateline.reading.reader import Reader
    from dateline.record import Record, Report

__all__ = ["LazyReader", "add_command", "word_counts"]

_WORDS = {"new": "new", "copy": "copies", "correction": "corrected versions", "known": "already there"}
_ONE = {"copy": "copy", "correction": "corrected version"}


class LazyReader:
    """A reader that is loaded when the first report must be read."""

    def __init__(self, *, any_language: bool) -> None:
        self._any_language = any_language
        self._loaded: Reader | None = None

    def _reader(self) -> Reader:
        if self._loaded is None:
            from dateline.reading.reader import Reader

            self._loaded = Reader(any_language=self._any_language)
        return self._loaded

    def read(self, report: Report) -> Record:
        """Read one report; raises as the reader does."""
        return self._reader().read(report)

    def read_many(self, reports: Iterable[Report]) -> Iterator[Record | InputError]:
        """Read reports side by side, in their order; what can't be read is given as its error."""
        wanted = list(reports)
        return self._reader().read_many(wanted) if wanted else iter(())


def add_command(
    sources: Sources,
    published: Published = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the counts as JSON.")] = False,
    any_language: Annotated[
        bool, typer.Option("--any-language", help="Read reports that are not in English, too.")
    ] = False,
    column: Column = None,
    follow: Follow = None,
    db: Database = None,
) -> None:
    """Read reports, keep them, and link them into incidents."""
    from dateline.cli.progress import Progress
    from dateline.store.intake import reader_version, take_in

    passed: Counter[str] = Counter()
    named = loaded(sources, published=published, column=column, follow=follow, passed=passed)
    reports = _OnTheirWay(named)
    reader = LazyReader(any_language=any_language)
    counts: Counter[str] = Counter()
    failed: list[DatelineError] = []
    with opened(db, create=True) as store:
        outcomes = take_in(store, reports, reader.read, reader=reader_version(), many=reader.read_many)
        try:
            with Progress() as step:
                for outcome in outcomes:
                    step()
                    name = reports.arrived()
                    if isinstance(outcome, DatelineError):
                        failed.append(placed(outcome, name) if isinstance(outcome, InputError) else outcome)
                    else:
                        counts[outcome.value] += 1
                    if reports.all_told():  # linking follows, which takes a while in a large store
                        step.now("linking")
        finally:  # a full disk, or stopped by hand: what is kept so far is told all the same
            _tell(counts, failed, passed, as_json)
    if failed:
        raise typer.Exit(1)


class _OnTheirWay:
    """Reports given to be read, with the names of their sources: an outcome comes for each in turn."""

    def __init__(self, named: Iterable[tuple[str, Report | InputError]]) -> None:
        self._named, self._names, self._ended = named, deque[str](), False

    def __iter__(self) -> Iterator[Report | InputError]:
        for name, report in self._named:
            self._names.append(name)
            yield report
        self._ended = True

    def arrived(self) -> str:
        """Name the source of the next outcome."""
        return self._names.popleft()

    def all_told(self) -> bool:
        """Tell whether no other will come."""
        return self._ended and not self._names


def word_counts(counts: Mapping[str, int]) -> str:
    """Word how many reports were new, copies, corrected versions, or there already, by outcome."""
    told = [
        f"{counts[name]:,} {_ONE.get(name, words) if counts[name] == 1 else words}"
        for name, words in _WORDS.items()
        if counts.get(name)
    ]
    return ", ".join(told) or "nothing added"


def _tell(counts: Counter[str], failed: list[DatelineError], passed: Counter[str], as_json: bool) -> None:
    if as_json:
        told = {**{name: counts[name] for name in _WORDS}, "failed": len(failed)}
        typer.echo(json.dumps({**told, **({"passed_over": passed.total()} if passed else {})}))
    else:
        typer.echo(word_counts(counts))
        if passed:
            typer.echo(f"passed over: {word_passed(passed)}")
    if failed:
        typer.echo(f"dateline: {len(failed):,} could not be added:", err=True)
    for problem in failed:
        typer.echo(f"  {problem}", err=True)
