"""A linker plain enough to check by eye, and as fast as one can be: for tests and timings of the store.

Two events are one happening when they are of one type and in one place, and
their days lie within two of each other. An incident is what such pairs join.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from dateline.record import Event, Incident, LedgerClaim, LedgerLine, Member, Place, Posture, Record, Total
from dateline.store.decisions import Decision
from dateline.store.linking import Copy, components

__all__ = ["PlainLinked", "PlainLinker"]

_NEAR = 2  # days
_MARGIN = 3  # days on both sides of an event for which it has keys: more than _NEAR
_WEEK = 7  # days in a bucket; more than 2 * _MARGIN, so that two buckets hold them all
_POSTURE_TYPES = frozenset({"mission-closure", "mission-opening", "travel-advisory", "evacuation"})


@dataclass(frozen=True)
class PlainLinked:
    """What came of linking."""

    incidents: tuple[Incident, ...] = ()
    postures: tuple[Posture, ...] = ()
    ties: tuple[tuple[str, str], ...] = ()


@dataclass
class PlainLinker:
    """Links by type, place and day; counts what it was given."""

    calls: list[int] = field(default_factory=list)

    def keys(self, record: Record) -> Collection[str]:
        """Give the keys of country and week."""
        return _keys(record)

    def hosts(self, record: Record) -> Collection[str]:
        """Give the countries that a report on missions names."""
        return _hosts(record)

    def link(
        self,
        records: Sequence[Record],
        *,
        copies: Mapping[str, Sequence[Copy]],
        decisions: Sequence[Decision],
    ) -> PlainLinked:
        """Make incidents of events near each other."""
        self.calls.append(len(records))
        told = [(r, e, _day(r, e), _place(r, e)) for r in records for e in r.events]
        pairs, apart = _decided(decisions, [(r.report.id, e.trigger.start) for r, e, _, _ in told])
        by_kind: dict[tuple[str, str], list[int]] = {}
        for at, (_, event, day, place) in enumerate(told):
            if day and place:
                by_kind.setdefault((event.type, place.name), []).append(at)
        for row in by_kind.values():
            row.sort(key=lambda at: (told[at][2], at))
            pairs += [
                {a, b}
                for a, b in pairwise(row)
                if _close(told[a][2], told[b][2]) and frozenset((a, b)) not in apart
            ]
        groups: dict[int, list[int]] = {}
        for at, part in components(range(len(told)), pairs).items():
            groups.setdefault(part, []).append(at)
        incidents = [_incident([told[at] for at in group]) for group in groups.values()]
        ties = [tuple(sorted({told[a][0].report.id for a in pair})) for pair in pairs]
        made = sorted(incidents, key=lambda i: i.id)
        return PlainLinked(tuple(made), (), tuple((t[0], t[-1]) for t in ties))

    def postures(self, records: Iterable[Record]) -> Sequence[Posture]:
        """Make a posture of every mission that is closed, the sender its first actor's country."""
        made: list[Posture] = []
        for record in records:
            senders = [actor.country for actor in record.actors if actor.country]
            hosts = sorted({place.country for place in record.places if place.country})
            closed = any(event.type == "mission-closure" for event in record.events)
            for host in hosts if closed and senders else ():
                if senders[0] != host:
                    claim = f"{record.report.id}#{record.claims[0].id}" if record.claims else None
                    made.append(
                        Posture(
                            sender=senders[0] or "", host=host, mission="closed", status="in-force",
                            since=(record.report.published or "")[:10] or None, claim=claim,
                        )
                    )  # fmt: skip
        return made


_Told = tuple[Record, Event, str | None, Place | None]


def _day(record: Record, event: Event) -> str | None:
    day = event.when.start if event.when and event.when.start else record.report.published
    return day[:10] if day else None


def _place(record: Record, event: Event) -> Place | None:
    return next((place for place in record.places if place.id == event.where), None)


def _close(a: str | None, b: str | None) -> bool:
    return bool(a and b) and abs(date.fromisoformat(a or "") - date.fromisoformat(b or "")).days <= _NEAR


def _decided(
    decisions: Sequence[Decision], where: Sequence[tuple[str, int]]
) -> tuple[list[set[int]], set[frozenset[int]]]:
    at = {key: number for number, key in enumerate(where)}
    pairs: list[set[int]] = []
    apart: set[frozenset[int]] = set()
    for decision in decisions:
        ours = [at[a.report, a.start] for a in decision.anchors]
        if decision.kind == "merge":
            pairs += [{a, b} for a, b in pairwise(ours)]
        else:
            reports = {where[o][0] for o in ours}
            mine = [n for n, (report, _) in enumerate(where) if report in reports]
            apart |= {frozenset((a, b)) for a in mine for b in range(len(where)) if b not in mine}
    return pairs, apart


def _incident(told: Sequence[_Told]) -> Incident:
    first, event, _, place = min(told, key=lambda t: (t[2] or "9", t[0].report.id, t[1].trigger.start))
    days = sorted(d for _, _, d, _ in told if d)
    lines = _ledger(told)
    killed = [c.low for line in lines for c in line.claims if line.measure == "killed" and c.low is not None]
    total = (
        Total(lowest=min(killed), best=max(killed), highest=max(killed), rule="highest") if killed else None
    )
    return Incident(
        id=f"{first.report.id}#{event.trigger.start}-{event.trigger.end}", type=event.type,
        title=f"{event.type} in {place.name}" if place else event.type, where=place,
        country=place.country if place else None, start=days[0] if days else None,
        end=days[-1] if days else None, actors=_actors(told),
        reports=tuple(sorted({r.report.id for r, _, _, _ in told})),
        events=tuple(sorted((Member(report=r.report.id, event=e.id) for r, e, _, _ in told), key=_member)),
        ledger=tuple(lines), totals={"killed": total} if total else {},
    )  # fmt: skip


def _member(member: Member) -> tuple[str, str]:
    return member.report, member.event


def _actors(told: Sequence[_Told]) -> dict[str, tuple[str, ...]]:
    names: dict[str, set[str]] = {}
    for _, event, _, _ in told:
        for argument in event.arguments:
            names.setdefault(argument.role, set()).add(argument.span.text)
    return {role: tuple(sorted(names[role])) for role in sorted(names)}


def _ledger(told: Sequence[_Told]) -> list[LedgerLine]:
    rows: dict[tuple[str, str], dict[tuple[str, str], LedgerClaim]] = {}
    for record, event, _, _ in told:
        for figure in record.figures:
            if figure.event == event.id:
                claim = next((c for c in record.claims if figure.id in c.about), None)
                made = LedgerClaim(
                    report=record.report.id, figure=figure.id,
                    by=claim.source.name if claim else record.report.publisher or "report",
                    kind=claim.source.kind if claim else "report",
                    source=claim.source.span.text if claim and claim.source.span else None,
                    low=figure.low, high=figure.high, said=(record.report.published or "")[:10] or None,
                )  # fmt: skip
                rows.setdefault((figure.measure, figure.group), {})[made.report, made.figure] = made
    return [_line(*key, [rows[key][at] for at in sorted(rows[key])]) for key in sorted(rows)]


def _line(measure: str, group: str, claims: Sequence[LedgerClaim]) -> LedgerLine:
    lows = [c.low for c in claims if c.low is not None]
    sides = {c.low for c in claims}
    return LedgerLine(
        measure=measure, group=group, claims=tuple(claims), lowest=min(lows, default=None),
        best=max(lows, default=None), highest=max(lows, default=None),
        latest={c.kind: n for n, c in enumerate(claims)},
        agreement="single" if len(claims) == 1 else "contested" if len(sides) > 1 else "agreed",
    )  # fmt: skip


def _keys(record: Record) -> set[str]:
    """Give keys by country and week, two weeks where a day stands near the border of one.

    Events within three days of each other in one country share a key. An event
    without a day stands on the day of publication; one without a place, in every
    country that the report names.
    """
    country_of = {place.id: place.country for place in record.places}
    named = {c for c in country_of.values() if c} or {"-"}
    keys = set()
    for event in record.events:
        where = country_of.get(event.where or "")
        when = event.when.start if event.when and event.when.start else record.report.published
        for week in _weeks(when):
            keys |= {f"{country}:{week}" for country in ({where} if where else named)}
    return keys


def _weeks(day: str | None) -> set[int]:
    try:
        at = date.fromisoformat((day or "")[:10])
    except ValueError:
        return {0}
    return {(at + timedelta(days=d)).toordinal() // _WEEK for d in (-_MARGIN, _MARGIN) if _in_calendar(at, d)}


def _in_calendar(at: date, days: int) -> bool:
    return 1 <= at.toordinal() + days <= date.max.toordinal()


def _hosts(record: Record) -> set[str]:
    """Give every country that a report names, if it tells of missions, staff or advice; else none."""
    if not any(event.type in _POSTURE_TYPES for event in record.events):
        return set()
    return {place.country for place in record.places if place.country}
