"""How strongly two happenings of one report are tied: the evidence that they are of one incident.

A report tells of one thing unless it shows otherwise: two happenings are held
together until their places, days or kinds speak against it. The weights are
log-odds by hand; they were set on the reports written for this project
(`training/reports`, `training/stories.jsonl`), not on the stories that measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from dateline.incidents.families import are_akin, are_rivals, family_of, is_core
from dateline.incidents.geography import SAME_KM, distance_km, is_exact
from dateline.incidents.layout import Layout
from dateline.record import Event, Place, Record, Span, When

__all__ = ["ALIEN", "REAL", "Happening", "day_of", "happenings_of", "span_of_days", "tie"]

REAL = frozenset(("happened", "ongoing", "possible"))
_UNREAL = frozenset(("hypothetical", "predicted"))  # never happenings of the report
PRIOR = 0.6  # two happenings of one report, nothing known: together
_SAME_SENTENCE, _SAME_PARAGRAPH, _FAR_APART = 1.0, 0.5, -0.3
_FAR_PARAGRAPHS = 4
_AKIN, _SAME_TYPE = 0.3, 0.3
ALIEN = -4.0  # kinds that never belong together
_SAME_PLACE, _SAME_COUNTRY, _OTHER_PLACE, _OTHER_COUNTRY = 1.0, 0.2, -2.0, -2.5
_BY_NEARNESS = 0.5  # a place that only stands near by counts for half
_BY_DEFAULT = 0.35  # what names no place is where the report opens, and that counts for a third
_SAME_DAYS, _NEXT_DAYS, _OTHER_DAYS, _LONG_AGO = 0.5, -0.3, -1.0, -4.0
_NEAR_DAYS, _OLD_DAYS = 7, 45  # a siege and its aftermath last days; two months part two stories
_HISTORY_DAYS = 300  # what is told of long ago is told as one story, of months
_UNDATED_OLD = -2.0  # what has no day is of the report's own time, not of the history told beside it
_NEW_MATTER = -1.5  # another kind of attack on another day, brought in as new by a later paragraph
_RIVAL = -1.2  # and in another way: a bombing is no part of a hostage-taking two days before
_CARE_FIRST = 0.8  # an evacuation goes with the mission that is shut rather than with the fighting
_FAR_KM = 60.0  # further than a town and the district in which it lies
_SHARED_PARTY = 0.4
_BREAK = -1.0  # "Meanwhile", "Elsewhere": the report itself says that it turns to something else
_TURN = re.compile(
    r"(?:Meanwhile|Separately|Elsewhere|In (?:a|an)(?:other)? (?:separate|other|unrelated)|In other)\b"
)
_SPEAKS = re.compile(
    r"\s+(?:said|says|asked|told|urged|denied|ruled|rejected|called|wants|wanted|would|could|has|had|added|which)\b"
)
_NEW = re.compile(
    r"(?:Meanwhile|Also|Separately|Elsewhere|In a separate|Hours later|Earlier|On \w+day,?|In [A-Z])\b"
    r"|(?:An?|Another|Two|Three|Four|Five|Gunmen|Militants|Rebels|Troops|Police)\b"
)


@dataclass(frozen=True, slots=True)
class Happening:
    """All mentions of one happening in a report.

    `places` are those that its events are linked to, `near` is the one that
    stands nearest where there is none, `certainty` how much they count.
    `fresh` tells whether its first sentence brings it in as something new,
    `turn` whether that says outright that the report turns to something else.
    """

    events: tuple[Event, ...]
    sentences: frozenset[int]
    paragraphs: frozenset[int]
    places: tuple[Place, ...]
    certainty: float
    days: tuple[date, date] | None
    parties: frozenset[str]
    fresh: bool
    turn: bool

    @property
    def type(self) -> str:
        """Give the type of its first mention."""
        return self.events[0].type

    @property
    def core(self) -> bool:
        """Tell whether it can stand as an incident of its own."""
        planned = ("planned", "requested") if family_of(self.type) == "care" else ()
        return is_core(self.type) and any(e.status in REAL or e.status in planned for e in self.events)


def day_of(iso: str | None) -> date | None:
    """Read the day of an ISO date or datetime; None where there is none."""
    return date.fromisoformat(iso[:10]) if iso else None


def span_of_days(whens: Iterable[When | None], *, vague: bool = True) -> tuple[date, date] | None:
    """Give first and last day of times: of those known to the week, else where `vague` of the others."""
    spans = [
        (when.precision, first, last)
        for when in whens
        if when and (first := day_of(when.start)) and (last := day_of(when.end) or day_of(when.start))
    ]
    known = [row for row in spans if row[0] in ("hour", "day", "week")] or (spans if vague else [])
    return (min(a for _, a, _ in known), max(b for _, _, b in known)) if known else None


def happenings_of(record: Record, layout: Layout) -> list[Happening]:
    """Gather the events of a record into happenings, in text order; what is only imagined is left out."""
    by_name: dict[str, list[Event]] = {}
    for event in record.events:
        if event.status not in _UNREAL:
            by_name.setdefault(event.happening, []).append(event)
    told = _told_places(record, layout)
    found = [_happening(events, layout, record, told) for events in by_name.values()]
    rows = sorted(found, key=lambda h: (h.events[0].trigger.start, h.events[0].id))
    default = next((h.places for h in rows if any(map(is_exact, h.places))), ())
    dated = [h if h.days else replace(h, days=_days_beside(h, rows)) for h in rows]
    return [h if h.places else replace(h, places=default, certainty=_BY_DEFAULT) for h in dated]


def _days_beside(happening: Happening, rows: Sequence[Happening]) -> tuple[date, date] | None:
    """Give the days of the others in a happening's sentence, where they are the same for all."""
    found = {h.days for h in rows if h.days and h.sentences & happening.sentences}
    return found.pop() if len(found) == 1 else None


def _happening(
    events: Sequence[Event], layout: Layout, record: Record, told: Sequence[tuple[int, Place]]
) -> Happening:
    rows = tuple(sorted(events, key=lambda e: (e.trigger.start, e.trigger.end)))
    linked = {e.where for e in rows}
    places = tuple(p for p in record.places if p.id in linked and p.country)
    sentence = layout.sentence_text(rows[0].trigger.start)
    later = layout.paragraph(rows[0].trigger.start) > 0
    return Happening(
        events=rows,
        sentences=frozenset(layout.sentence(e.trigger.start) for e in rows),
        paragraphs=frozenset(layout.paragraph(e.trigger.start) for e in rows),
        places=places or _near_place(rows[0], layout, told),
        certainty=1.0 if places else _BY_NEARNESS,
        days=span_of_days([e.when for e in rows]),
        parties=frozenset(a.actor for e in rows for a in e.arguments if a.actor),
        fresh=later and bool(_NEW.match(sentence)),
        turn=later and bool(_TURN.match(sentence)),
    )


def _told_places(record: Record, layout: Layout) -> list[tuple[int, Place]]:
    """Give the places of the body, by offset, without those in which only a speaker sits.

    "In Manila a spokesman said that six were dead": Manila stands outside what he said;
    "Tokyo denied it": Tokyo speaks.
    """
    contents: dict[int, list[tuple[int, int]]] = {}
    for claim in record.claims:
        if claim.source.span and claim.content.end > claim.content.start:
            for at in (claim.source.span.start, claim.content.start):
                contents.setdefault(layout.sentence(at), []).append((claim.content.start, claim.content.end))

    def told(span: Span) -> bool:
        spans = contents.get(layout.sentence(span.start))
        if layout.in_header(span) or _SPEAKS.match(layout.text, span.end):
            return False
        return spans is None or any(start <= span.start < end for start, end in spans)

    named = [(m.start, p) for p in record.places for m in p.mentions if told(m)]
    return sorted(named, key=lambda row: (row[0], row[1].id))


def _near_place(event: Event, layout: Layout, told: Sequence[tuple[int, Place]]) -> tuple[Place, ...]:
    """Give the exact place last named before an event in its paragraph, else the next of its sentence."""
    at, paragraph = event.trigger.start, layout.paragraph(event.trigger.start)
    inside = [(start, p) for start, p in told if is_exact(p) and layout.paragraph(start) == paragraph]
    before = [p for start, p in inside if start < at]
    after = [p for start, p in inside if start >= at and layout.sentence(start) == layout.sentence(at)]
    return tuple(before[-1:] or after[:1])


def tie(a: Happening, b: Happening, told: date | None) -> float:
    """Weigh how likely two happenings of a report told on a day belong to one incident, in log-odds."""
    parts = (
        PRIOR,
        _kind_tie(a.type, b.type),
        _text_tie(a, b),
        _place_tie(a, b),
        _day_tie(a, b, told),
        _SHARED_PARTY if a.parties & b.parties else 0.0,
        _BREAK if _turned(a, b) else 0.0,
    )
    return sum(parts)


def _turned(a: Happening, b: Happening) -> bool:
    later = max(a, b, key=lambda h: h.events[0].trigger.start)
    return later.turn and not a.paragraphs & b.paragraphs


@lru_cache(maxsize=4096)
def _kind_tie(a: str, b: str) -> float:
    if a == b:
        return _SAME_TYPE
    if not are_akin(a, b):
        return ALIEN
    care = "evacuation" in (a, b) and "care" in (family_of(a), family_of(b))
    return _AKIN + (_CARE_FIRST if care else 0.0)


def _text_tie(a: Happening, b: Happening) -> float:
    if a.sentences & b.sentences:
        return _SAME_SENTENCE
    if a.paragraphs & b.paragraphs:
        return _SAME_PARAGRAPH
    gap = min(abs(i - j) for i in a.paragraphs for j in b.paragraphs)
    return _FAR_APART if gap >= _FAR_PARAGRAPHS else 0.0


def _place_tie(a: Happening, b: Happening) -> float:
    if not a.places or not b.places:
        return 0.0
    sure = min(a.certainty, b.certainty)
    if sure == _BY_DEFAULT and a.certainty == b.certainty:
        return 0.0
    score = max(_two_places(p, q) for p in a.places for q in b.places) * sure
    return min(0.0, score) if sure == _BY_DEFAULT else score


def _two_places(p: Place, q: Place) -> float:
    if p.id == q.id:
        return _SAME_PLACE if is_exact(p) else _SAME_COUNTRY
    if p.country and q.country and p.country != q.country:
        return _OTHER_COUNTRY
    apart = distance_km(p, q)
    if apart is None or not (is_exact(p) and is_exact(q)):
        return 0.0
    if apart <= SAME_KM:
        return _SAME_PLACE
    return _OTHER_PLACE if apart > _FAR_KM else 0.0


def _day_tie(a: Happening, b: Happening, told: date | None) -> float:
    apart = not a.paragraphs & b.paragraphs
    if a.days is None or b.days is None:
        known = a.days or b.days
        old = known is not None and told is not None and (told - known[1]).days > _OLD_DAYS
        return _UNDATED_OLD if old and apart else 0.0
    gap = max((b.days[0] - a.days[1]).days, (a.days[0] - b.days[1]).days, 0)
    if told and gap <= _HISTORY_DAYS and max((told - h.days[1]).days for h in (a, b) if h.days) > _OLD_DAYS:
        both = all((told - h.days[1]).days > _OLD_DAYS for h in (a, b) if h.days)
        return _SAME_DAYS if both else _LONG_AGO
    if gap > _NEAR_DAYS:
        return _LONG_AGO if gap > _OLD_DAYS else _OTHER_DAYS
    later = max(a, b, key=lambda h: h.events[0].trigger.start)
    if gap and apart and later.fresh and a.type != b.type:
        return _NEW_MATTER + (_RIVAL if are_rivals(a.type, b.type) else 0.0)
    return _SAME_DAYS if gap <= 1 else _NEXT_DAYS
