"""Read reports: string the stages together, from a text to its record."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

import msgspec

from dateline.errors import EmptyInput, ForeignLanguage, InputError
from dateline.knowledge.actors import ActorRegistry
from dateline.knowledge.gazetteer import Gazetteer
from dateline.reading.addresses import state_of_address
from dateline.reading.assemble import Assembler, Drafts
from dateline.reading.claims import draft_claims, quotations
from dateline.reading.coreference import happenings
from dateline.reading.denials import with_denials
from dateline.reading.encoder import Encoder
from dateline.reading.estimates import told
from dateline.reading.events import draft_events
from dateline.reading.figures import draft_figures
from dateline.reading.header import Header, read_header
from dateline.reading.layers import HEADLINE
from dateline.reading.mentions import Found, find_fillers, find_mentions
from dateline.reading.parties import Party, find_parties, narrower
from dateline.reading.revising import with_revisions
from dateline.reading.sayings import Saying, find_sayings
from dateline.reading.thresholds import Thresholds
from dateline.record import Record, Report

__all__ = ["LONGEST", "Reader"]

LONGEST = 100_000  # characters read of one report: the longest wire texts have a third of it


class Reader:
    """Reads reports into records. Loading it opens the model, the gazetteer and the actor list once.

    `read` touches no disk, clock or network, and gives the same record for the
    same report.
    """

    def __init__(
        self,
        *,
        encoder: Encoder | None = None,
        gazetteer: Gazetteer | None = None,
        registry: ActorRegistry | None = None,
        thresholds: Thresholds | None = None,
        any_language: bool = False,
    ) -> None:
        """Raises AssetError when the package's model or lists are damaged."""
        self.encoder = encoder or Encoder()
        self.gazetteer = gazetteer or Gazetteer.open()
        self.registry = registry or ActorRegistry.open()
        self.thresholds = thresholds or Thresholds()
        self.any_language = any_language
        self._single: Encoder | None = None

    def read(self, report: Report | str) -> Record:
        """Read one report, or a plain text with nothing else known of it.

        Raises EmptyInput when there is no text, ForeignLanguage when the
        report says that it is not in English and `any_language` is off.
        """
        prepared = self._prepared(report)
        return self._assemble(prepared, self._find_all(prepared, self.encoder))

    def parties(self, report: Report | str) -> list[Party]:
        """Find who and what fills the roles of the incidents that are the report's news (MUC-4's task).

        Raises EmptyInput and ForeignLanguage as `read` does.
        """
        cut = self.encoder.cut(self._prepared(report).text)
        views = chain(self.encoder.views(cut), self.encoder.views(narrower(cut)))
        return find_parties(find_fillers(cut, views, self.thresholds.filler))

    def sayings(self, report: Report | str) -> list[Saying]:
        """Find every act of saying, also those that no one is named for (PolNeAR's task).

        Raises EmptyInput and ForeignLanguage as `read` does.
        """
        return find_sayings(self._find(self._prepared(report), self.encoder), self.thresholds)

    def read_many(
        self, reports: Iterable[Report | InputError], *, workers: int | None = None
    ) -> Iterator[Record | InputError]:
        """Read reports side by side on `workers` threads (default: the processors), in their order.

        What can't be read is passed on as its error, as are errors among the
        reports, and the rest goes on. The records are those that `read` gives.
        """
        ahead, rest = _peek(reports, 2)
        if len(ahead) < 2:
            yield from map(self._read_or_tell, ahead)
            return
        count = workers or min(8, os.cpu_count() or 1)
        encoder = self._single or self.encoder.alone()
        self._single = encoder
        with ThreadPoolExecutor(count) as pool:
            waiting: deque[tuple[_Prepared, Future[Found]] | InputError] = deque()
            for report in chain(ahead, rest):
                waiting.append(self._started(report, pool, encoder))
                if len(waiting) > 2 * count:
                    yield self._finished(waiting.popleft())
            while waiting:
                yield self._finished(waiting.popleft())

    def _read_or_tell(self, report: Report | InputError) -> Record | InputError:
        try:
            return report if isinstance(report, InputError) else self.read(report)
        except InputError as problem:
            return problem

    def _started(
        self, report: Report | InputError, pool: ThreadPoolExecutor, encoder: Encoder
    ) -> tuple[_Prepared, Future[Found]] | InputError:
        try:
            if isinstance(report, InputError):
                return report
            prepared = self._prepared(report)
        except InputError as problem:
            return problem
        return prepared, pool.submit(self._find_all, prepared, encoder)

    def _finished(self, started: tuple[_Prepared, Future[Found]] | InputError) -> Record | InputError:
        if isinstance(started, InputError):
            return started
        prepared, found = started
        return self._assemble(prepared, found.result())

    def _prepared(self, report: Report | str) -> _Prepared:
        return _prepare(self._accepted(Report.of(report) if isinstance(report, str) else report))

    def _accepted(self, report: Report) -> Report:
        where = report.url or report.title
        if not report.text.strip():
            raise EmptyInput("the report has no text", where=where)
        if report.language not in (None, "en") and not self.any_language:
            what = f"the report is in another language ({report.language})"
            raise ForeignLanguage(what, where=where, hint="--any-language reads it all the same")
        return report

    def _find(self, prepared: _Prepared, encoder: Encoder) -> Found:
        cut = encoder.cut(prepared.text)
        return find_mentions(cut, encoder.views(cut), self.thresholds)

    def _find_all(self, prepared: _Prepared, encoder: Encoder) -> Found:
        """Find the mentions, and what the report tells of as a whole."""
        found = self._find(prepared, encoder)
        if found.opening is not None:
            title = encoder.opening(prepared.report.title or "", HEADLINE)
            found.estimates = told(encoder.estimates(title, found.opening))
        return found

    def _assemble(self, prepared: _Prepared, found: Found) -> Record:
        drafted = draft_events(found, self.thresholds)
        counted = draft_figures(found, drafted, self.thresholds)
        events, figures = with_denials(found, drafted, counted)
        said = draft_claims(found, events, figures, self.thresholds)
        claims = with_revisions(found, said, events, figures)
        drafts = Drafts(events, figures, claims, happenings([e.query for e in events], self.thresholds.same))
        report = prepared.report
        record = Assembler(
            report.publisher, found, drafts, self.gazetteer, self.registry,
            anchor=prepared.anchor, header=prepared.header, quoted=quotations(prepared.text),
            publisher_state=state_of_address(report.url),
        ).record(report)  # fmt: skip
        return msgspec.structs.replace(record, estimates=found.estimates)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A report with what its first lines say of it; `text` is the part of it that is read."""

    report: Report
    text: str
    header: Header | None
    anchor: date | None


def _prepare(report: Report) -> _Prepared:
    text, report = _bounded(report)
    header = read_header(text, _day(report.published))
    report, anchor = _dated(report, header)
    return _Prepared(report, text, header, anchor)


def _peek(
    reports: Iterable[Report | InputError], count: int
) -> tuple[list[Report | InputError], Iterator[Report | InputError]]:
    rest = iter(reports)
    return list(islice(rest, count)), rest


def _bounded(report: Report) -> tuple[str, Report]:
    """Give the part of the text that is read, with a notice where that is not all."""
    if len(report.text) <= LONGEST:
        return report.text, report
    notice = f"only the first {LONGEST:,} of {len(report.text):,} characters were read"
    return report.text[:LONGEST], msgspec.structs.replace(report, notices=(*report.notices, notice))


def _day(published: str | None) -> date | None:
    return date.fromisoformat(published[:10]) if published else None


def _dated(report: Report, header: Header | None) -> tuple[Report, date | None]:
    """Give the day that relative times hang on: the report's own, else that of its header line."""
    anchor = _day(report.published)
    if anchor is None and header is not None and header.day is not None:
        anchor = header.day
        report = msgspec.structs.replace(report, published=anchor.isoformat())
    return report, anchor
