"""Link reports one by one: an index that relinks only what a new report touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from dateline.incidents.briefs import Brief, brief_of, tied
from dateline.incidents.link import Group, Grouping, Linked, build, group, postures
from dateline.record import Incident, Record

__all__ = ["Index"]


class Index:
    """Incidents in memory, kept in step with the records added: what a batch would give, at any time.

    A report is compared with those that share a key with it and linked with those
    that it is tied to, and all that are tied to these, so its cost follows how much
    happens around it and not how many reports there are.
    """

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._records: dict[str, Record] = {}
        self._briefs: dict[str, Brief] = {}
        self._with_key: dict[str, set[str]] = defaultdict(set)
        self._part_of: dict[str, frozenset[str]] = {}
        self._incidents: dict[frozenset[str], dict[tuple[str, ...], Incident]] = {}
        for record in records:
            self.add(record)

    def add(self, record: Record) -> tuple[Incident, ...]:
        """Add a record; give the incidents around it as they are now.

        A report known already changes nothing.
        """
        name = record.report.id
        if name not in self._records:
            brief = brief_of(record)
            self._records[name], self._briefs[name] = record, brief
            near: set[str] = set()
            for key in brief.keys:
                near |= self._with_key[key]
                self._with_key[key].add(name)
            self._relink({name, *tied(brief, (self._briefs[n] for n in sorted(near)))})
        return tuple(self._incidents.get(self._part_of[name], {}).values())

    def linked(self) -> Linked:
        """Give all incidents and postures."""
        rows = [i for part in self._incidents.values() for i in part.values()]
        return Linked(
            incidents=tuple(sorted(rows, key=self._order)), postures=postures(self._records.values())
        )

    def _order(self, incident: Incident) -> tuple[str, str, int]:
        first = incident.events[0]
        record = self._records[first.report]
        start = min(e.trigger.start for e in record.events if e.id == first.event)
        return record.report.published or "9999", first.report, start

    def _relink(self, touched: set[str]) -> None:
        """Group anew what is touched, with all that it is tied to; told by the same it stays."""
        old = {self._part_of[n] for n in touched if n in self._part_of}
        members = touched.union(*old)
        held = {each: made for part in old for each, made in self._incidents.pop(part).items()}
        found = group(self._briefs[n] for n in sorted(members))
        for part in _parts(members, found):
            self._part_of.update(dict.fromkeys(part, part))
            self._incidents[part] = {}
        for each in found.groups:
            incident = held.get(_key(each)) or build(each, self._records)
            self._incidents[self._part_of[each.reports[0]]][_key(each)] = incident


def _key(each: Group) -> tuple[str, ...]:
    return tuple(unit.id for unit in each.units)


def _parts(members: set[str], found: Grouping) -> list[frozenset[str]]:
    """Give the sets of reports that ties and incidents join."""
    part_of = {n: {n} for n in members}
    for joined in (*found.ties, *(each.reports for each in found.groups)):
        whole = set().union(*(part_of[n] for n in joined))
        for n in whole:
            part_of[n] = whole
    return [frozenset(p) for p in {id(p): p for p in part_of.values()}.values()]
