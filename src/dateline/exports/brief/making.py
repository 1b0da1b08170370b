"""Make a brief of incidents, postures and reports: the gravest in full, the others in a line each."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import islice

import msgspec

from dateline import codebook
from dateline.exports.brief.ledger import contests_of, movement_of, tolls_of
from dateline.exports.brief.model import (
    Brief,
    Fact,
    PostureRow,
    Row,
    Section,
    Sentence,
    Source,
    Spot,
)
from dateline.exports.brief.telling import sentences_of
from dateline.exports.countries import country
from dateline.exports.postures import posture_words
from dateline.exports.stories import Story, Title, title_of, told
from dateline.exports.wording import plain, word_bounds, word_day, word_total
from dateline.record import Incident, Posture
from dateline.store import Filter, Store

__all__ = ["brief_of", "gravity", "make_brief"]

_IN_FULL = 6  # incidents told in full: what is read in ten minutes
_IN_A_LINE = 30
_LEADS = 5
_ALSO = 6  # further types of an incident, the most often told
_TOTALS = 4
_HERE = 0.02  # of a degree: two kilometres
_MAPPED = frozenset({"exact", "near", "admin2", "admin1"})
_HARM = ("killed", "missing", "held", "wounded", "infected", "displaced", "evacuated", "affected")
_TOWNS = 8  # further places on the map, to find one's way by
_NOTE = (
    "Compiled from news reports by Dateline, which reads what each report says and links reports of one "
    "happening. Nothing here was verified on the spot. Quoted sentences are the reports' own; numbers in "
    "brackets name the sources at the end. “Best” is the figure chosen by the rule that its incident states; "
    "“contested” means that two sources said figures, within two days, that can't both be right."
)


def brief_of(store: Store, wanted: Filter | None = None, *, place: str | None = None) -> Brief:
    """Make the brief of what a filter lets through; `place` is what the brief is about, for its title.

    Incidents are read one by one, and the records of those told in full alone, so that a
    large store does.
    """
    wanted = wanted or Filter()
    gathered = _gather(store.incidents(wanted))
    stories = list(told((incident for _, _, incident in gathered.gravest()), store.records_by_id))
    postures = store.postures(None, wanted.country) if wanted.country or wanted == Filter() else []
    postures = [p for p in postures if (wanted.until or "9999") >= (p.since or "")[:10]]
    claimed = sorted({(p.claim or "").partition("#")[0] for p in postures} - {""})
    told_by = {key: title_of(record) for key, record in store.records_by_id(claimed).items()}
    land = country(wanted.country)
    name = place or (land.name if land else _name_near(wanted, gathered.spots))
    return make_brief(
        stories, gathered.further(), postures, told_by, counts=gathered.counts, place=name, wanted=wanted,
        spots=gathered.spots,
    )  # fmt: skip


def _name_near(wanted: Filter, spots: Sequence[tuple[str, Spot]]) -> str | None:
    """Name the place round which was asked, if something happened there."""
    near = wanted.near
    if near is None:
        return None
    here = (s.name for _, s in spots if abs(s.lat - near.lat) < _HERE and abs(s.lon - near.lon) < _HERE)
    return next(here, None)


class _Counts(msgspec.Struct):
    incidents: int = 0
    contested: int = 0
    reports: int = 0
    first: str = "9999"
    last: str = ""
    lowest: dict[str, int] = msgspec.field(default_factory=dict)
    best: dict[str, int] = msgspec.field(default_factory=dict)
    highest: dict[str, int | None] = msgspec.field(default_factory=dict)


def gravity(incident: Incident) -> tuple[int, ...]:
    """Give what incidents are sorted by: the dead, then other harm, then how many reports tell it."""
    return (*(_count(incident, measure) for measure in _HARM), len(incident.reports))


def _count(incident: Incident, measure: str) -> int:
    total = incident.totals.get(measure)
    if total is None:
        return 0
    return total.best if total.best is not None else total.lowest or 0


class _gather:  # noqa: N801 (called as a function)
    """Go once through the incidents: keep the gravest whole, a line of others, and sums of all."""

    def __init__(self, incidents: Iterable[Incident]) -> None:
        self.counts = _Counts()
        self.spots: list[tuple[str, Spot]] = []
        self._heap: list[tuple[tuple[int, ...], str, Incident]] = []
        for incident in incidents:
            self._add(incident)
        self._sorted = sorted(self._heap, key=lambda x: (x[0], x[1]), reverse=True)

    def _add(self, incident: Incident) -> None:
        entry = (gravity(incident), incident.id, incident)
        keep = heapq.heappush if len(self._heap) < _IN_FULL + _IN_A_LINE else heapq.heappushpop
        keep(self._heap, entry)
        counts = self.counts
        counts.incidents += 1
        counts.contested += any(x.agreement == "contested" for x in incident.ledger)
        counts.first = min(counts.first, (incident.start or "9999")[:10])
        counts.last = max(counts.last, (incident.end or incident.start or "")[:10])
        for measure, total in incident.totals.items():
            least = total.lowest or 0
            counts.lowest[measure] = counts.lowest.get(measure, 0) + least
            counts.best[measure] = counts.best.get(measure, 0) + _count(incident, measure)
            most = counts.highest.get(measure, 0)
            counts.highest[measure] = None if most is None or total.highest is None else most + total.highest
        spot = _spot(incident)
        if spot and len(self.spots) < 200:
            self.spots.append((incident.id, spot))

    def gravest(self) -> list[tuple[tuple[int, ...], str, Incident]]:
        return self._sorted[:_IN_FULL]

    def further(self) -> list[Incident]:
        rest = [incident for _, _, incident in self._sorted[_IN_FULL:]]
        return sorted(rest, key=lambda i: (i.start or "9999", i.id))


def _spot(incident: Incident) -> Spot | None:
    where = incident.where
    if where is None or where.lat is None or where.lon is None or where.precision not in _MAPPED:
        return None
    total = incident.totals.get("killed")
    return Spot(plain(where.name), where.lat, where.lon, killed=total.best if total else None)


def make_brief(
    stories: Sequence[Story],
    further: Sequence[Incident],
    postures: Sequence[Posture],
    told_by: Mapping[str, Title],
    *,
    counts: _Counts,
    place: str | None,
    wanted: Filter,
    spots: Sequence[tuple[str, Spot]] = (),
) -> Brief:
    """Make a brief from what was gathered: pure, the same for the same input."""
    titles = {t.id: t for story in stories for t in story.titles()} | dict(told_by)
    listed = sorted(titles.values(), key=lambda t: (t.published or "9999", t.id))
    numbers = {title.id: number for number, title in enumerate(listed, 1)}
    in_time = sorted(stories, key=lambda s: (s.incident.start or "9999", s.incident.id))
    sections = [_section(number, story, numbers) for number, story in enumerate(in_time, 1)]
    number_of = {s.identifier: s.number for s in sections}
    by_gravity = sorted(sections, key=lambda s: [x.incident.id for x in stories].index(s.identifier))
    return Brief(
        title=f"{place}: situation brief" if place else "Situation brief", country=wanted.country,
        period=_period(wanted, counts), asked=_asked(wanted, place),
        basis=_basis(listed), as_of=max(((t.published or "")[:10] for t in listed), default=""),
        facts=tuple(_facts(counts)), leads=tuple(_lead(s) for s in by_gravity[:_LEADS]),
        sections=tuple(sections), further=tuple(map(_row, further)),
        left_out=counts.incidents - len(stories) - len(further),
        contests=tuple(contest for section in sections for contest in section.contests),
        postures=tuple(_posture(p, numbers) for p in postures),
        spots=(*_numbered(spots, number_of), *_towns(stories)),
        sources=tuple(_source(numbers[t.id], t) for t in listed), note=_NOTE,
    )  # fmt: skip


def _section(number: int, story: Story, numbers: Mapping[str, int]) -> Section:
    incident = story.incident
    counts = story.types()
    types = sorted((t for t in incident.types if t != incident.type), key=lambda t: (-counts[t], t))
    others = [kind.replace("-", " ") for kind in types[:_ALSO]]
    return Section(
        number=number, title=_title(incident), where=_where(incident), days=_days(incident),
        also=", ".join(others), totals=tuple(islice(_totals(incident), _TOTALS)),
        told=tuple(sentences_of(story, numbers)), tolls=tuple(tolls_of(story, numbers)),
        movement=movement_of(story, numbers),
        contests=tuple(contests_of(number, story, numbers)),
        sources=tuple(numbers[t.id] for t in story.titles()), identifier=incident.id,
    )  # fmt: skip


def _totals(incident: Incident) -> Iterable[str]:
    """Word the tolls of the whole, the gravest first: `66 killed (38–66 by source)`."""
    for measure in codebook.MEASURES:
        total = incident.totals.get(measure)
        if total is not None and (total.best or total.lowest or total.highest):
            bounds = word_bounds(total.lowest, total.highest)
            best = bounds if total.best is None else f"{total.best:,}"
            yield f"{best} {measure}" + (f" ({bounds} by source)" if best != bounds else "")


def _where(incident: Incident) -> str:
    """Word the place with its country's name."""
    land = country(incident.country)
    name = plain(incident.where.name) if incident.where else "place not known"
    return name if land is None or land.name == name else f"{name}, {land.name}"


def _title(incident: Incident) -> str:
    where = plain(incident.where.name) if incident.where else None
    kind = incident.type.replace("-", " ").capitalize()
    return f"{kind}, {where}" if where else kind


def _lead(section: Section) -> Sentence:
    """Say an incident in one line: what, where, when, how many."""
    toll = f": {section.totals[0]}" if section.totals else ""
    return Sentence(section.days, f"{section.title}{toll}", (section.number,))


def _row(incident: Incident) -> Row:
    return Row(
        days=_days(incident), title=incident.type.replace("-", " "), where=_where(incident),
        killed=word_total(incident.totals.get("killed")), reports=len(incident.reports),
        contested=any(x.agreement == "contested" for x in incident.ledger),
    )  # fmt: skip


def _iso(day: str) -> date | None:
    try:
        return date.fromisoformat(day[:10])
    except ValueError:
        return None


def _days(incident: Incident) -> str:
    return _span((incident.start or "")[:10], (incident.end or incident.start or "")[:10])


def _span(first: str, last: str) -> str:
    """Word two days as people do: `16–25 Jan 2013`."""
    start, end = _iso(first), _iso(last)
    if start is None:
        return "day not known" if end is None else f"until {word_day(end)}"
    if end is None or end == start:
        return word_day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{word_day(end)}"
    return f"{word_day(start, year=start.year != end.year)} – {word_day(end)}"


def _period(wanted: Filter, counts: _Counts) -> str:
    first = wanted.since or (counts.first if counts.first < "9999" else "")
    return _span(first, wanted.until or counts.last)


def _asked(wanted: Filter, place: str | None) -> str:
    """Say what was asked for, apart from place and days, which stand in the head."""
    near = wanted.near
    parts = [
        f"within {near.km:g} km of {place or f'{near.lat:.2f}, {near.lon:.2f}'}" if near else None,
        wanted.type.replace("-", " ") if wanted.type else None,
        f"with {wanted.actor}" if wanted.actor else None,
        f"at least {wanted.killed} killed" if wanted.killed is not None else None,
        "contested only" if wanted.contested else None,
        f"reports with {wanted.text}" if wanted.text else None,
    ]
    return "; ".join(plain(part) for part in parts if part)


def _basis(listed: Sequence[Title]) -> str:
    papers = {title.publisher for title in listed if title.publisher}
    words = f"{len(listed)} report{'s' * (len(listed) != 1)}"
    return f"{words} of {len(papers)} publisher{'s' * (len(papers) != 1)}" if papers else words


def _facts(counts: _Counts) -> Iterable[Fact]:
    yield Fact(f"{counts.incidents:,}", "incident" + "s" * (counts.incidents != 1))
    for measure in ("killed", "wounded", "held", "missing", "displaced"):
        if counts.best.get(measure):
            bounds = word_bounds(counts.lowest[measure], counts.highest[measure])
            best = f"{counts.best[measure]:,}"
            yield Fact(best, measure, f"{bounds} by source" if bounds != best else "")
    if counts.contested:
        yield Fact(f"{counts.contested:,}", "contested", f"of {counts.incidents:,} incidents")


def _posture(posture: Posture, numbers: Mapping[str, int]) -> PostureRow:
    names = [land.name if (land := country(code)) else code for code in (posture.sender, posture.host)]
    number = numbers.get((posture.claim or "").partition("#")[0])
    since = _iso(posture.since or "")
    return PostureRow(
        sender=names[0], host=names[1], words=posture_words(posture), status=posture.status or "",
        since=word_day(since) if since else "",
        before=posture_words(posture.before) if posture.before else "", sources=(number,) if number else (),
    )  # fmt: skip


def _numbered(spots: Sequence[tuple[str, Spot]], number_of: Mapping[str, int]) -> Iterable[Spot]:
    """Number the places of incidents that are told in full; of the others each place stands once."""
    plain_spots: dict[tuple[float, float], Spot] = {}
    numbered: list[Spot] = []
    for key, spot in spots:
        if key in number_of:
            numbered.append(msgspec.structs.replace(spot, number=number_of[key]))
        else:
            plain_spots.setdefault((round(spot.lat, 2), round(spot.lon, 2)), spot)
    yield from sorted(numbered, key=lambda s: s.number or 0)
    yield from plain_spots.values()


def _towns(stories: Sequence[Story]) -> Iterable[Spot]:
    """Give the places that the reports name most, so that one finds one's way on the map."""
    counts: Counter[tuple[float, float]] = Counter()
    names: dict[tuple[float, float], str] = {}
    for story in stories:
        lands = {story.incident.country}
        for record in story.records:
            for place in record.places:
                known = place.lat is not None and place.lon is not None and place.country in lands
                if known and place.precision in ("exact", "near"):
                    at = (round(place.lat or 0, 2), round(place.lon or 0, 2))
                    counts[at] += len(place.mentions)
                    names.setdefault(at, plain(place.name))
    for lat, lon in sorted(counts, key=lambda at: (-counts[at], at))[:_TOWNS]:
        yield Spot(names[lat, lon], lat, lon, town=True)


def _source(number: int, title: Title) -> Source:
    day = _iso(title.published or "")
    url = title.url if title.url and title.url.startswith(("http://", "https://")) else None
    return Source(number, plain(title.title), plain(title.publisher or ""), word_day(day) if day else "", url)
