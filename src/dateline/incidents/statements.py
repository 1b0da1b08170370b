"""What was stated of an incident: each figure with its speaker, its day and its line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dateline.incidents.figures import counting
from dateline.incidents.layout import Layout
from dateline.incidents.ties import day_of
from dateline.incidents.units import Unit
from dateline.incidents.voices import Voice, same_speaker, slug, voices_of
from dateline.incidents.words import stem_name
from dateline.record import Claim, Figure, LedgerStatus, Record

__all__ = ["LineKey", "Statement", "bare_statement", "line_of", "person_of", "size_of", "statements_of"]

LineKey = tuple[str, str, str | None]
_TAKERS = ("militant", "attacker")
_GOVERNMENTS = re.compile(r"\b(?:governments|capitals|embassies)\b", re.I)
_GLUED = re.compile(r"(?<=[a-z\d)”\"][.!?])(?=[A-Z][a-z]|[A-Z] [a-z])")  # "at the scene.Police said"
_PERSON = re.compile(r"\b[A-Z][a-zà-ÿ’'-]+(?: (?:[A-Z]\.|[a-z]{2,3}))?(?:[ -][A-Z][a-zà-ÿ’'-]+)+")


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure as one voice gave it, with the words around it.

    `place` is where it stands: (report rank, offset). `person` is the folded
    name of a named single person, None for a count.
    """

    report: str
    published: str | None
    figure: Figure
    claim: Claim | None
    voice: Voice
    said: str | None
    line: LineKey
    sentence: str
    front: str
    back: str
    person: str | None
    place: tuple[int, int]
    part: bool = False
    status: LedgerStatus = "stated"
    also: tuple[str, ...] = field(default=())

    @property
    def low(self) -> int | None:
        """Give the figure's lower bound."""
        return self.figure.low

    @property
    def high(self) -> int | None:
        """Give the figure's upper bound."""
        return self.figure.high


def size_of(figure: Figure) -> int:
    """Give the number that a figure states: its lower bound, else its upper."""
    return figure.low if figure.low is not None else figure.high or 0


def line_of(figure: Figure) -> LineKey:
    """Give the line of a figure: measure, group and nationality.

    Those who carried an attack out are `attacker` in the measure `attackers`
    and `militant` in every other.
    """
    group = figure.group
    if group in _TAKERS:
        group = "attacker" if figure.measure == "attackers" else "militant"
    return figure.measure, group, figure.nationality


def person_of(figure: Figure) -> str | None:
    """Give the folded name of a named single person, None for a count or a person without a name."""
    if (figure.low, figure.high) != (1, 1):
        return None
    for span in (figure.span, figure.who):
        match = _PERSON.search(span.text) if span else None
        if match:
            words = [stem_name(w) for w in match.group().split()]
            return f"{words[0]} {words[-1]}"
    return None


def statements_of(
    units: Sequence[Unit], records: Mapping[str, Record], home: str | None, originals: Mapping[str, str]
) -> list[Statement]:
    """Gather what was stated of an incident, in order of saying; reprints are folded into `also`.

    `originals` gives, for a report that is a reprint of another, that other's id.
    """
    found: list[Statement] = []
    for rank, unit in enumerate(units):
        record = records[unit.report]
        found += _of_unit(unit, record, rank, home)
    found = _named_once(found)
    return sorted(_without_reprints(found, originals), key=_order)


def _order(row: Statement) -> tuple[str, tuple[int, int]]:
    return row.said or "9999", row.place


def _of_unit(unit: Unit, record: Record, rank: int, home: str | None) -> Iterable[Statement]:
    layout = Layout.of(record.report.text)
    voices = voices_of(record, home=home)
    claim_of = {key: claim for claim in record.claims for key in claim.about}
    wanted = set(unit.figures)
    for figure in counting((f for f in record.figures if f.id in wanted), record):
        claim = claim_of.get(figure.id)
        voice = (
            voices[claim.id] if claim else Voice(key=slug(record.report.publisher or "report"), kind="report")
        )
        if claim and figure.nationality and _GOVERNMENTS.search(claim.source.name):
            voice = Voice(
                key=slug(f"{figure.nationality} government"), kind=voice.kind, country=figure.nationality
            )
        yield _statement(record, layout, figure, claim, voice, rank)


def _statement(
    record: Record, layout: Layout, figure: Figure, claim: Claim | None, voice: Voice, rank: int
) -> Statement:
    at = figure.span.start
    start, end = _sentence_at(layout, at)
    published = day_of(record.report.published)
    return Statement(
        report=record.report.id,
        published=published.isoformat() if published else None,
        figure=figure,
        claim=claim,
        voice=voice,
        said=_said(claim, published),
        line=line_of(figure),
        sentence=layout.text[start:end],
        front=layout.text[start:at],
        back=layout.text[figure.span.end : end],
        person=person_of(figure),
        place=(rank, at),
        status=_status(figure),
    )


def _sentence_at(layout: Layout, at: int) -> tuple[int, int]:
    """Give the sentence around an offset, parted where a page lost the blank behind a full stop."""
    start, end = layout.sentences[layout.sentence(at)] if layout.sentences else (0, len(layout.text))
    for glue in _GLUED.finditer(layout.text, start, end):
        if glue.end() > at:
            return start, glue.end()
        start = glue.end()
    return start, end


def bare_statement(record: Record, layout: Layout, figure: Figure, rank: int) -> Statement:
    """Make the statement of a figure that no claim holds: the report's own voice gives it."""
    voice = Voice(key=slug(record.report.publisher or "report"), kind="report")
    return _statement(record, layout, figure, None, voice, rank)


def _said(claim: Claim | None, published: date | None) -> str | None:
    """Give the day of saying: that which the text tells, else that of publication."""
    told = day_of(claim.when.end or claim.when.start) if claim and claim.when else None
    if told and (published is None or told <= published):
        return told.isoformat()
    return published.isoformat() if published else None


def _status(figure: Figure) -> LedgerStatus:
    if figure.status == "denied":
        return "denied"
    return "stated" if figure.status == "stated" else "possible"


def _named_once(rows: Sequence[Statement]) -> list[Statement]:
    """Give each speaker one name over all reports.

    A last name alone is the one person of that name; an unnamed source without
    an outlet is the one that said the same number of the same line that day.
    """
    keys = sorted({r.voice.key for r in rows})
    groups = [[key, *_full_forms(key, keys)] for key in keys]
    groups += _same_saying(rows)
    joined = _joined(groups)
    return [
        replace(r, voice=Voice(key=joined.get(r.voice.key, r.voice.key), kind=r.voice.kind)) for r in rows
    ]


def _full_forms(key: str, keys: Sequence[str]) -> list[str]:
    if "-" in key or key == "unknown":
        return []
    longer = [other for other in keys if other.endswith(f"-{key}") and not other.startswith("unnamed-")]
    return longer if len(longer) == 1 else []


def _same_saying(rows: Sequence[Statement]) -> list[list[str]]:
    said: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for row in rows:
        if row.voice.key.startswith("unnamed-") and row.said and size_of(row.figure) > 1:
            said[row.line, row.low, row.high, row.said].add(row.voice.key)
    groups = []
    for keys in said.values():
        told = sorted(k for k in keys if "-told-" in k)
        bare = sorted(k for k in keys if "-told-" not in k)
        outlets = {k.split("-told-")[1] for k in told}
        if bare and len(outlets) <= 1:
            groups.append([*told, *bare])
        groups += [[k for k in told if k.endswith(f"-told-{outlet}")] for outlet in sorted(outlets)]
    return [g for g in groups if len(g) > 1]


def _joined(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    merged: list[set[str]] = []
    for group in groups:
        touching = [m for m in merged if m & set(group)]
        merged = [m for m in merged if m not in touching]
        merged.append(set(group).union(*touching))
    return same_speaker(sorted(m) for m in merged if len(m) > 1)


def _without_reprints(rows: Sequence[Statement], originals: Mapping[str, str]) -> list[Statement]:
    """Fold a reprint's statements into those of its original; what only the reprint says stays its own."""
    kept = [r for r in rows if r.report not in originals]
    at = {(r.report, r.line, r.low, r.high): n for n, r in reversed(list(enumerate(kept)))}
    for row in rows:
        original = originals.get(row.report)
        if original is None:
            continue
        n = at.get((original, row.line, row.low, row.high))
        if n is None:
            kept.append(row)
        elif row.report not in kept[n].also:
            kept[n] = replace(kept[n], also=(*kept[n].also, row.report))
    return kept
