"""A unit: one incident as one report tells it, with all that linking compares."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from dateline.incidents.copies import sketch_of
from dateline.incidents.families import Family, family_of, main_weight
from dateline.incidents.figures import counting
from dateline.incidents.frequencies import FREQUENCIES, Frequencies
from dateline.incidents.furniture import headline, told_text
from dateline.incidents.geography import is_exact
from dateline.incidents.layout import Layout
from dateline.incidents.scenes import Scene, scenes_of
from dateline.incidents.ties import REAL, day_of, span_of_days
from dateline.incidents.words import Vector, ages_in, fold_words, names_in, numbers_in, proper_words, vector
from dateline.record import Event, Figure, Place, Record, Span

__all__ = ["BACKGROUND_DAYS", "Spot", "Unit", "units_of"]

BACKGROUND_DAYS = 30  # what ended longer before its report, and does not lead it, is told as history
OPENING = 4.0  # events' worth of standing in the first sentence
FEWEST_WORDS = 8  # of a report without events, its title's with them: in fewer is nothing to know it by
_SIGNED = re.compile(r"\([^()]*\)")
LEAD_BONUS = 1.5  # weight of what stands in the first two paragraphs when the main type is chosen


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A place of a unit, as linking compares it; `exact` where it is known to the town or district."""

    key: str
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    exact: bool = False


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """One incident as one report tells it.

    `id` is the report's id, `#` and the offsets of its first event; `told` is the
    day of publication, `first` and `last` the days of the happening, ISO, None
    where not known. `lead` tells whether it is what the report is about,
    `news` whether the report tells it as news; `type` is empty for a report in
    which no event was found. `tolls` gives the largest figure
    of a measure: (low, high). `country` is where it happened, `countries` are
    all that it can be.
    """

    id: str
    report: str
    told: str | None
    events: tuple[str, ...]
    figures: tuple[str, ...]
    type: str
    types: tuple[str, ...]
    family: Family
    lead: bool
    news: bool
    first: str | None
    last: str | None
    spots: tuple[Spot, ...]
    country: str | None
    countries: frozenset[str]
    actors: tuple[str, ...]
    names: frozenset[str]
    ages: frozenset[int]
    numbers: frozenset[int]
    title: tuple[str, ...]
    whole: Vector
    own: Vector
    proper: Vector
    tolls: Mapping[str, tuple[int | None, int | None]]
    nations: frozenset[str]
    sketch: tuple[int, ...]
    start: int
    end: int


def units_of(
    record: Record,
    *,
    parted: Sequence[tuple[frozenset[str], frozenset[str]]] = (),
    frequencies: Frequencies = FREQUENCIES,
) -> tuple[Unit, ...]:
    """Make the units of one report, in text order: a function of its record alone.

    `parted` are sets of events (ids) that people decided to keep apart.
    """
    page = _page(record, frequencies)
    scenes = scenes_of(record, page.layout, parted)
    if not scenes:
        return _bare(page)
    lead = _lead(scenes, page.layout)
    return tuple(_unit(page, s, lead=s is lead, alone=len(scenes) == 1) for s in scenes)


@dataclass(frozen=True, slots=True)
class _Page:
    """What the units of a report have in common; `text` and `head` (words) are without what its page adds.

    `unsigned` is all of it but who printed it, which is blank. `hushed` are names of which it doesn't tell.
    """

    record: Record
    layout: Layout
    unsigned: str
    text: str
    head: tuple[str, ...]
    sketch: tuple[int, ...]
    hushed: frozenset[str]
    frequencies: Frequencies

    def vector(self, words: Iterable[str]) -> Vector:
        """Weigh words."""
        return vector(words, self.frequencies.weights, self.frequencies.rare)


def _page(record: Record, frequencies: Frequencies) -> _Page:
    report = record.report
    layout = Layout.of(report.text)
    unsigned = _unsigned(layout)
    text = told_text(unsigned)
    return _Page(
        record=record,
        layout=layout,
        unsigned=unsigned,
        text=text,
        head=tuple(fold_words(headline(report.title or ""))),
        sketch=sketch_of(text),
        hushed=_not_told_of(record),
        frequencies=frequencies,
    )


def _unsigned(layout: Layout) -> str:
    """Blank who printed a report in its dateline: "LAGOS, May 3 (Coast Wire) -", so that offsets stay."""
    head = _SIGNED.sub(lambda match: " " * len(match.group()), layout.text[: layout.body])
    return head + layout.text[layout.body :]


def _lead(scenes: Sequence[Scene], layout: Layout) -> Scene:
    """Find what the report is about: the scene with most events, those that open the text weighing more."""

    def weight(scene: Scene) -> float:
        near = sum(layout.paragraph(e.trigger.start) <= 1 for e in scene.events)
        opens = any(layout.sentence(e.trigger.start) == layout.sentence(layout.body) for e in scene.events)
        return len(scene.events) + len(scene.figures) + LEAD_BONUS * near + (OPENING if opens else 0.0)

    return max(scenes, key=lambda s: (weight(s), -s.events[0].trigger.start))


def _bare(page: _Page) -> tuple[Unit, ...]:
    """Make the unit of a report in which no event was found: it can join an incident by its words alone."""
    report = page.record.report
    if len(fold_words(f"{report.title or ''} {report.text}")) < FEWEST_WORDS:
        return ()
    return (_unit(page, Scene((), page.record.figures), lead=True, alone=True),)


def main_type(events: Sequence[Event], layout: Layout | None = None) -> str:
    """Choose the main type: most mentions, weighed by how much of the whole each type names."""
    weights: dict[str, float] = defaultdict(float)
    for event in events:
        head = layout is not None and layout.paragraph(event.trigger.start) <= 1
        real = 1.0 if event.status in REAL else 0.5
        weights[event.type] += main_weight(event.type) * real * (LEAD_BONUS if head else 1.0)
    return min(weights, key=lambda kind: (-weights[kind], kind))


def _unit(page: _Page, scene: Scene, *, lead: bool, alone: bool) -> Unit:
    record, layout, head = page.record, page.layout, page.head
    report = record.report
    first_event = scene.events[0].trigger if scene.events else Span(0, 0, "")
    told = day_of(report.published)
    days = _days(scene, lead)
    own_text = page.text if alone else told_text(_own_text(scene, page, lead))
    spots, country = _spots(record, scene, layout, lead)
    kind = main_type(scene.events, layout) if scene.events else ""
    own = page.vector([*(head if lead else ()), *fold_words(own_text)])
    return Unit(
        id=f"{report.id}#{first_event.start}-{first_event.end}",
        report=report.id,
        told=told.isoformat() if told else None,
        events=tuple(e.id for e in scene.events),
        figures=tuple(f.id for f in scene.figures),
        type=kind,
        types=tuple(sorted({e.type for e in scene.events})),
        family=family_of(kind),
        lead=lead,
        news=lead or _is_news(scene, days, told),
        first=days[0].isoformat() if days else None,
        last=days[1].isoformat() if days else None,
        spots=spots,
        country=country,
        countries=_countries(record, spots, lead),
        actors=_actors(record, scene),
        names=names_in(own_text) - page.hushed,
        ages=ages_in(own_text),
        numbers=numbers_in(own_text),
        title=tuple(sorted(set(head))) if lead else (),
        whole=page.vector([*head, *fold_words(page.text)]) if lead and not alone else own,
        own=own,
        proper=page.vector(proper_words(own_text)),
        tolls=_tolls(counting(scene.figures, record)),
        nations=frozenset(f.nationality for f in scene.figures if f.nationality),
        sketch=page.sketch,
        start=first_event.start,
        end=first_event.end,
    )


def _days(scene: Scene, lead: bool) -> tuple[date, date] | None:
    """Give the days of a scene: of what happened, else of what is planned ("will close on Monday")."""
    real = span_of_days([e.when for e in scene.events if e.status in REAL], vague=not lead)
    return real or span_of_days([e.when for e in scene.events if e.status == "planned"], vague=False)


def _not_told_of(record: Record) -> frozenset[str]:
    """Give the names of places, of its publisher, and of the office-holders who speak of many incidents."""
    told = [c.source.name for c in record.claims if c.source.kind in ("official", "expert", "company")]
    places = [" ".join((*p.name.split(), "")) for p in record.places]
    publisher = [f"the {record.report.publisher}"] if record.report.publisher else []
    return frozenset(name for text in (*told, *places, *publisher) for name in names_in(text))


def _own_text(scene: Scene, page: _Page, lead: bool) -> str:
    """Give the passages in which a scene stands: whole paragraphs of the lead, else sentences."""
    marks = [*(e.trigger.start for e in scene.events), *(f.span.start for f in scene.figures)]
    layout = page.layout
    parts = layout.paragraphs if lead else layout.sentences
    number = layout.paragraph if lead else layout.sentence
    spans = [parts[n] for n in sorted({number(m) for m in marks})]
    return "\n".join(page.unsigned[start:end] for start, end in spans)


def _is_news(scene: Scene, days: tuple[date, date] | None, told: date | None) -> bool:
    """Tell news from history: what lasted until less than a month before, and more than a passing word."""
    if days and told and (told - days[1]).days > BACKGROUND_DAYS:
        return False
    return bool(days or scene.figures) or len(scene.events) > 1


def _spots(record: Record, scene: Scene, layout: Layout, lead: bool) -> tuple[tuple[Spot, ...], str | None]:
    """Give a scene's places, the most named first, and its country.

    Where no event of the lead has an exact place, that of the dateline stands in,
    else those that the report names most.
    """
    by_id = {p.id: p for p in record.places}
    votes = Counter(e.where for e in scene.events if e.where in by_id)
    if lead and not _exact(votes, by_id):
        votes.update(p.id for p in record.places if any(layout.in_header(m) for m in p.mentions))
    if lead and not _exact(votes, by_id):
        votes.update({p.id: len(p.mentions) for p in record.places})
    ranked = sorted((p for p in votes if p), key=lambda p: (not is_exact(by_id[p]), -votes[p], p))
    places = [by_id[p] for p in ranked]
    country = next((p.country for p in places if p.country), None)
    return tuple(_spot(p) for p in places), country


def _countries(record: Record, spots: Sequence[Spot], lead: bool) -> frozenset[str]:
    """Give every country that a scene can lie in: those of its places, of the lead all that are named."""
    named = (p.country for p in record.places) if lead else (s.country for s in spots)
    return frozenset(c for c in named if c)


def _exact(votes: Iterable[str | None], by_id: Mapping[str, Place]) -> bool:
    return any(is_exact(by_id[p]) for p in votes if p)


def _spot(place: Place) -> Spot:
    return Spot(
        key=" ".join(fold_words(place.name)),
        country=place.country,
        admin1=place.admin1,
        lat=place.lat,
        lon=place.lon,
        exact=is_exact(place),
    )


def _actors(record: Record, scene: Scene) -> tuple[str, ...]:
    """Give who takes part: ids of the actor list, else folded names of more than one word."""
    known = {a.id: a for a in record.actors}
    found = set()
    for argument in (a for e in scene.events for a in e.arguments):
        actor = known.get(argument.actor or "")
        if actor and actor.registry:
            found.add(actor.registry)
        elif actor and actor.kind in ("armed-group", "company", "ngo") and " " in actor.name:
            found.add(" ".join(fold_words(actor.name)))
    return tuple(sorted(found))


def _tolls(figures: Sequence[Figure]) -> dict[str, tuple[int | None, int | None]]:
    out: dict[str, tuple[int | None, int | None]] = {}
    for figure in figures:
        if figure.status != "stated" or (figure.low is None and figure.high is None):
            continue
        size = figure.low if figure.low is not None else figure.high or 0
        held = out.get(figure.measure)
        if held is None or size > (held[0] if held[0] is not None else held[1] or 0):
            out[figure.measure] = (figure.low, figure.high)
    return out
