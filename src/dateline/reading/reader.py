"""Read reports: string the stages together, from a text to its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from dateline.errors import EmptyInput, ForeignLanguage
from dateline.knowledge.actors import ActorRegistry
from dateline.knowledge.gazetteer import Gazetteer
from dateline.reading.assemble import Assembler, Drafts
from dateline.reading.claims import draft_claims, quotations
from dateline.reading.coreference import happenings
from dateline.reading.encoder import Encoder
from dateline.reading.events import draft_events
from dateline.reading.figures import draft_figures
from dateline.reading.header import Header, read_header
from dateline.reading.mentions import find_mentions
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

    def read(self, report: Report | str) -> Record:
        """Read one report, or a plain text with nothing else known of it.

        Raises EmptyInput when there is no text, ForeignLanguage when the
        report says that it is not in English and `any_language` is off.
        """
        made = Report.of(report) if isinstance(report, str) else report
        if not made.text.strip():
            raise EmptyInput("the report has no text", where=made.url or made.title)
        if made.language not in (None, "en") and not self.any_language:
            raise ForeignLanguage(
                f"the report is in another language ({made.language})",
                where=made.url or made.title,
                hint="--any-language reads it all the same",
            )
        return self._read(made)

    def read_many(self, reports: Iterable[Report]) -> Iterator[Record]:
        """Read reports one after the other."""
        for report in reports:
            yield self.read(report)

    def _read(self, report: Report) -> Record:
        text, report = _bounded(report)
        header = read_header(text, _day(report.published))
        report, anchor = _dated(report, header)
        cut = self.encoder.cut(text)
        found = find_mentions(cut, self.encoder.views(cut), self.thresholds)
        events = draft_events(found, self.thresholds)
        figures = draft_figures(found, events, self.thresholds)
        claims = draft_claims(found, events, figures, self.thresholds)
        drafts = Drafts(events, figures, claims, happenings([e.query for e in events], self.thresholds.same))
        return Assembler(
            report.publisher, found, drafts, self.gazetteer, self.registry,
            anchor=anchor, header=header, quoted=quotations(text),
        ).record(report)  # fmt: skip


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
