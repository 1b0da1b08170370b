"""An incident with the records of its reports: what the schemes of the field are filled from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

import msgspec

from dateline.exports.wording import plain
from dateline.reading.segments import paragraphs, sentences
from dateline.record import Actor, Event, Incident, LedgerClaim, Record, Span, When

__all__ = ["DONE", "Party", "Story", "Title", "sentence_at", "title_of", "told"]

DONE = frozenset({"happened", "ongoing"})
_TOGETHER = 200  # reports whose records are fetched at once, some kilobytes each
# Agencies' header line: the place in capitals, perhaps country, day and agency, and a dash.
_HEADER = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ.'’-]{2,}[\w .,'’()/-]{0,60}? (?:--?|[–—]) (?=\S)")
_RANGE = ("hour", "day", "week", "month", "year", "unknown")


class Party(msgspec.Struct, frozen=True):
    """Who takes part: a name, and what kind of actor it is, of which country, under which known id."""

    name: str
    kind: str | None = None
    country: str | None = None
    registry: str | None = None


class Title(msgspec.Struct, frozen=True):
    """What is known of a report without its text."""

    id: str
    title: str
    publisher: str | None
    url: str | None
    published: str | None


def title_of(record: Record) -> Title:
    """Give what is known of a record's report; its first line where it has no title."""
    from dateline.exports.wording import word_title

    report = record.report
    return Title(report.id, word_title(report), report.publisher, report.url, report.published)


class Story(msgspec.Struct, frozen=True, dict=True):
    """An incident and the records of its reports, in the order of publication.

    What a row asks for several times (events, titles, parties) is made once and kept with the story.
    """

    incident: Incident
    records: tuple[Record, ...] = ()

    @cached_property
    def _events(self) -> tuple[tuple[Record, Event], ...]:
        members = {(member.report, member.event) for member in self.incident.events}
        found = ((record, event) for record in self.records for event in record.events)
        return tuple((r, event) for r, event in found if (r.report.id, event.id) in members)

    @cached_property
    def _titles(self) -> tuple[Title, ...]:
        return tuple(sorted(map(title_of, self.records), key=lambda t: (t.published or "9999", t.id)))

    @cached_property
    def _parties(self) -> dict[str, tuple[Party, ...]]:
        return {}

    def events(self) -> tuple[tuple[Record, Event], ...]:
        """Give the incident's events, each with its record."""
        return self._events

    def types(self) -> Counter[str]:
        """Count the types of what was done, by mention."""
        return Counter(event.type for _, event in self.events() if event.status in DONE)

    def parties(self, role: str) -> tuple[Party, ...]:
        """List who stands in a role: of the kind most often named first, the known before the unknown.

        A phrase of which the record doesn't say what kind of actor it names comes last.
        """
        if role not in self._parties:
            self._parties[role] = tuple(self._in_role(role))
        return self._parties[role]

    def _in_role(self, role: str) -> list[Party]:
        counts: Counter[Party] = Counter()
        for record, event in self.events():
            actors = {actor.id: actor for actor in record.actors}
            for argument in event.arguments:
                if argument.role == role:
                    counts[_party(argument.span.text, actors.get(argument.actor or ""))] += 1
        kinds: Counter[str | None] = Counter()
        for party, count in counts.items():
            kinds[party.kind] += count
        first = {party: at for at, party in enumerate(counts)}
        listed = sorted(
            counts,
            key=lambda p: (p.kind is None, -kinds[p.kind], p.registry is None, -counts[p], first[p]),
        )
        return listed or [Party(plain(name)) for name in self.incident.actors.get(role, ())]

    def when(self) -> When | None:
        """Give the most exact time that is told of the incident's first day."""
        day = self.incident.start
        times = [event.when for _, event in self.events() if event.when and event.when.start]
        here = [when for when in times if (when.start or "")[:10] == (day or "")[:10]]
        return min(here, key=lambda when: _RANGE.index(when.precision), default=None)

    def titles(self) -> tuple[Title, ...]:
        """List the incident's reports, the earliest first."""
        return self._titles

    def sentence(self) -> str | None:
        """Give the words in which the earliest report tells what was done, of the main type if it can be."""
        done = [(r, e) for r, e in self.events() if e.status in DONE]
        main = [(r, e) for r, e in done if e.type == self.incident.type]
        for record, event in main or done:
            return sentence_at(record.report.text, event.trigger)
        return None

    def only_talked_of(self) -> bool:
        """Tell whether its reports have it as planned, feared or denied only."""
        statuses = {event.status for _, event in self.events()}
        return bool(statuses) and not statuses & DONE

    def speaker(self, claim: LedgerClaim) -> str:
        """Name who makes a claim: the phrase of the report, its publisher where it speaks itself."""
        if claim.source:
            return plain(claim.source)
        names = (r.report.publisher for r in self.records if r.report.id == claim.report)
        return plain(next(names, None) or claim.by)


def _party(words: str, actor: Actor | None) -> Party:
    if actor is None:
        return Party(plain(words))
    return Party(plain(actor.name), actor.kind, actor.country, actor.registry)


def sentence_at(text: str, span: Span) -> str:
    """Cut out the sentence around a span, without the line that says who wrote where (`GAO, Mali - `)."""
    start, end = _around(text, span.start) or (span.start, span.end)
    words = plain(text[start : max(end, span.end)])
    return words if text[:start].strip() else _HEADER.sub("", words)


def _around(text: str, at: int) -> tuple[int, int] | None:
    """Find the sentence that holds a place of the text. Only its paragraph is cut, which costs the most."""
    first, last = next(((a, b) for a, b in _paragraphs(text) if a <= at < b), (at, at))
    found = ((first + a, first + b) for a, b in _sentences(text[first:last]) if first + a <= at < first + b)
    return next(found, None)


@lru_cache(maxsize=64)
def _paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(paragraphs(text))


@lru_cache(maxsize=256)
def _sentences(paragraph: str) -> tuple[tuple[int, int], ...]:
    return tuple(sentences(paragraph))


def told(
    incidents: Iterable[Incident], records_of: Callable[[Sequence[str]], Mapping[str, Record]]
) -> Iterator[Story]:
    """Yield each incident with its records, fetched for some incidents at once so that memory stays bounded.

    `records_of` gives records by the ids of their reports; one that it lacks is left out.
    """
    for batch in _batches(incidents):
        records = records_of(list(dict.fromkeys(key for incident in batch for key in incident.reports)))
        for incident in batch:
            found = [records[key] for key in incident.reports if key in records]
            found.sort(key=lambda r: (r.report.published or "9999", r.report.id))
            yield Story(incident, tuple(found))


def _batches(incidents: Iterable[Incident]) -> Iterator[list[Incident]]:
    """Cut a stream where enough reports are named: an incident may have one or thousands."""
    batch: list[Incident] = []
    reports = 0
    for incident in incidents:
        batch.append(incident)
        reports += len(incident.reports)
        if reports >= _TOGETHER:
            yield batch
            batch, reports = [], 0
    if batch:
        yield batch
