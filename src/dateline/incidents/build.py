"""Make an incident of the units that tell of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec

from dateline.incidents.choosing import Evidence
from dateline.incidents.copies import is_near_copy
from dateline.incidents.families import CARE_TYPES, main_weight, part_name
from dateline.incidents.geography import is_exact
from dateline.incidents.headlines import headline_statements
from dateline.incidents.hosting import hosted_at
from dateline.incidents.ledger import ledger_of, marked
from dateline.incidents.linkage import components
from dateline.incidents.statements import Statement, statements_of
from dateline.incidents.ties import REAL
from dateline.incidents.tolls import evidence_of, totals_of
from dateline.incidents.units import Unit
from dateline.incidents.victims import victims_of
from dateline.incidents.voices import same_voices
from dateline.record import Event, Incident, Member, Place, Record

__all__ = ["build_incident", "evidence_in", "incident_id", "originals_of"]

_ID_LENGTH = 12  # hex digits: 48 bits, no chance meeting among 10^6 incidents worth counting
_NAMES = 8  # actors a role: a page shows no more, and the rest are met once
_FEW = 3  # reports: from here on a day needs two of them before it moves start or end
_DEATHS, _TWICE = ("killing", "death"), 2
_LEAD_WEIGHT = 2.0  # an event told by the report that it leads weighs double


def incident_id(unit: Unit) -> str:
    """Give the id of an incident whose earliest unit is this one."""
    return "i-" + hashlib.sha256(unit.id.encode("utf-8")).hexdigest()[:_ID_LENGTH]


def build_incident(
    units: Sequence[Unit], records: Mapping[str, Record], copies: Mapping[str, Sequence[str]]
) -> Incident:
    """Make the incident of a group of units in order of telling.

    `records` by report id; `copies` gives the names of a report's copies. The
    id is that of the earliest unit; every other unit's stands in `aliases`,
    since the incident had that one before earlier reports came.
    """
    ids = [incident_id(u) for u in units if u.events]
    events = _events(units, records)
    kind = _main_type(events)
    where, country = _place_of(units, records, events, kind)
    start, end = _days(units, records)
    rows = _rows(units, records, country)
    ledger = ledger_of(rows, copies)
    telling = [u for u in units if u.news or u.figures]
    return Incident(
        id=ids[0],
        aliases=tuple(sorted(ids[1:])),
        type=kind,
        types=tuple(sorted({e.type for _, e in events} - {kind})),
        title=_title(units, records, kind, where, start),
        where=where,
        country=country,
        start=start,
        end=end,
        actors=_actors(events, records),
        reports=tuple(dict.fromkeys(u.report for u in telling)),
        events=tuple(Member(report=u.report, event=e.id, part=part_name(e.type, kind)) for u, e in events),
        ledger=ledger,
        totals=totals_of(
            rows,
            ledger,
            _fatal(events),
            victims_of(units, records),
            headline_statements(units, records),
            _wholes(units, records),
        ),
    )


def evidence_in(units: Sequence[Unit], records: Mapping[str, Record]) -> Evidence:
    """Gather what units in order of telling say of the dead and wounded, as the totals weigh it."""
    events = _events(units, records)
    _, country = _place_of(units, records, events, _main_type(events))
    rows = _rows(units, records, country)
    told, heads = victims_of(units, records), headline_statements(units, records)
    return evidence_of(rows, _fatal(events), told, heads, _wholes(units, records))


def _wholes(units: Sequence[Unit], records: Mapping[str, Record]) -> list[dict[str, tuple[float, ...]]]:
    """Give what each report that a unit leads tells of as a whole."""
    leads = dict.fromkeys(u.report for u in units if u.lead)
    return [found for report in leads if (found := records[report].estimates)]


def _rows(units: Sequence[Unit], records: Mapping[str, Record], country: str | None) -> list[Statement]:
    """Gather what was stated, marked, with one voice for each speaker over all reports."""
    rows = statements_of(units, records, country, originals_of(units))
    one = same_voices((records[key] for key in dict.fromkeys(u.report for u in units)), country)
    voices = (msgspec.structs.replace(r.voice, key=one.get(r.voice.key, r.voice.key)) for r in rows)
    return marked([replace(row, voice=voice) for row, voice in zip(rows, voices, strict=True)])


def _fatal(events: Iterable[tuple[Unit, Event]]) -> frozenset[str]:
    """Give the reports that tell of a death more than once: one mention alone may be misread."""
    told = Counter(
        unit.report for unit, event in events if event.type in _DEATHS and event.status == "happened"
    )
    return frozenset(report for report, count in told.items() if count >= _TWICE)


def originals_of(units: Sequence[Unit]) -> dict[str, str]:
    """Map each reprint among the reports to the earliest of its kind."""
    first = list({u.report: u for u in reversed(units)}.values())[::-1]
    pairs = [
        (i, j)
        for i, a in enumerate(first)
        for j, b in enumerate(first[:i])
        if is_near_copy(a.sketch, b.sketch)
    ]
    return {
        first[n].report: first[group[0]].report for group in components(len(first), pairs) for n in group[1:]
    }


def _events(units: Sequence[Unit], records: Mapping[str, Record]) -> list[tuple[Unit, Event]]:
    out = []
    for unit in units:
        by_id = {e.id: e for e in records[unit.report].events}
        out += [(unit, by_id[key]) for key in unit.events]
    return out


def _main_type(events: Iterable[tuple[Unit, Event]]) -> str:
    """Choose the main type by the mentions of all reports, each report weighing alike."""
    rows = list(events)
    per_unit = Counter(unit.id for unit, _ in rows)
    weights: dict[str, float] = {}
    for unit, event in rows:
        real = 1.0 if event.status in REAL else 0.5
        lead = _LEAD_WEIGHT if unit.lead else 1.0
        weights[event.type] = (
            weights.get(event.type, 0.0) + main_weight(event.type) * real * lead / per_unit[unit.id]
        )
    return min(weights, key=lambda kind: (-round(weights[kind], 9), kind), default="")


def _place_of(
    units: Sequence[Unit],
    records: Mapping[str, Record],
    events: Sequence[tuple[Unit, Event]],
    kind: str,
) -> tuple[Place | None, str | None]:
    """Choose the place of an incident: that of a mission or an advice lies in the host's country."""
    hosted = hosted_at(events, records) if kind in CARE_TYPES else None
    return hosted or _where(units, records)


def _where(units: Sequence[Unit], records: Mapping[str, Record]) -> tuple[Place | None, str | None]:
    """Choose the place that most events of most reports name, an exact one where there is any."""
    votes: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], Place] = {}
    countries: Counter[str] = Counter()
    for unit in units:
        weight = 2 if unit.lead else 1
        by_id = {p.id: p for p in records[unit.report].places}
        for spot in unit.spots[:1]:
            votes[spot.key, spot.country or ""] += weight
        for place in by_id.values():
            places.setdefault((_key(place), place.country or ""), place)
        if unit.country:
            countries[unit.country] += weight
    country = min(countries, key=lambda c: (-countries[c], c), default=None)
    ranked = [k for k in votes if k in places]
    best = min(ranked, key=lambda k: (not is_exact(places[k]), -votes[k], k), default=None)
    if best is None:
        return None, country
    where = msgspec.structs.replace(places[best], mentions=())
    return where, where.country or country


def _key(place: Place) -> str:
    from dateline.incidents.words import fold_words

    return " ".join(fold_words(place.name))


def _days(units: Sequence[Unit], records: Mapping[str, Record]) -> tuple[str | None, str | None]:
    """Give the first and last day: those that two reports name, where there are three or more."""
    told = [u for u in units if u.news] or list(units)
    firsts = sorted(u.first for u in told if u.first)
    lasts = sorted(u.last for u in told if u.last)
    if not firsts or not lasts:
        days = sorted(u.told for u in told if u.told)
        return (days[0], days[0]) if days else (None, None)
    start, end = firsts[0], lasts[-1]
    if len(firsts) >= _FEW:
        start = next((d for n, d in enumerate(firsts[:-1]) if firsts[n + 1] == d), firsts[0])
        end = next((d for n, d in reversed(list(enumerate(lasts))[1:]) if lasts[n - 1] == d), lasts[-1])
    return start, max(start, end)


def _title(
    units: Sequence[Unit], records: Mapping[str, Record], kind: str, where: Place | None, start: str | None
) -> str:
    """Give the headline of the earliest report that it leads, else its type, place and day."""
    for unit in units:
        title = records[unit.report].report.title
        if unit.lead and title:
            return title
    return ", ".join(
        part for part in (kind.replace("-", " ").capitalize(), where.name if where else None, start) if part
    )


def _actors(
    events: Iterable[tuple[Unit, Event]], records: Mapping[str, Record]
) -> dict[str, tuple[str, ...]]:
    counts: dict[str, Counter[str]] = {}
    for unit, event in events:
        known = {a.id: a for a in records[unit.report].actors}
        for argument in event.arguments:
            if argument.actor in known:
                counts.setdefault(argument.role, Counter())[known[argument.actor].name] += 1
    return {
        role: tuple(sorted(names, key=lambda n: (-names[n], n))[:_NAMES])
        for role, names in sorted(counts.items())
    }
