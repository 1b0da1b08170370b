"""Link records into incidents and postures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from dateline.incidents.briefs import Brief, brief_of
from dateline.incidents.build import build_incident, incident_id
from dateline.incidents.cluster import Keyed, group_units, keyed
from dateline.incidents.decisions import Decided, parted_events, unit_pairs
from dateline.incidents.posture import postures_of, signs_of
from dateline.incidents.units import Unit, units_of
from dateline.record import Incident, Posture, Record

__all__ = ["CopyOf", "Group", "Grouping", "Linked", "build", "group", "hosts", "keys", "link", "postures"]


class CopyOf(Protocol):
    """Another appearance of a report's text."""

    @property
    def publisher(self) -> str | None:
        """Give who published it."""

    @property
    def url(self) -> str | None:
        """Give where."""


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """What linking gives, incidents in order of telling.

    `ties` are the pairs of report ids that scored as near each other: what is
    made of two reports that no chain of ties joins does not depend on each other.
    """

    incidents: tuple[Incident, ...]
    postures: tuple[Posture, ...]
    ties: tuple[tuple[str, str], ...] = ()


class Group(msgspec.Struct, frozen=True):
    """The units of one incident, in order of telling, and the id that it gets."""

    id: str
    units: tuple[Unit, ...]

    @property
    def reports(self) -> tuple[str, ...]:
        """Give the ids of its reports, in order of telling."""
        return tuple(dict.fromkeys(unit.report for unit in self.units))


class Grouping(msgspec.Struct, frozen=True):
    """Which units are one incident, in order of telling; `ties` as in `Linked`."""

    groups: tuple[Group, ...]
    ties: tuple[tuple[str, str], ...]


def keys(record: Record) -> frozenset[str]:
    """Give the keys of a record: two records that could be of one incident share one at least."""
    return brief_of(record).keys


def hosts(record: Record) -> set[str]:
    """Give the host countries (alpha-3) whose postures a record bears on."""
    return {sign.host for sign in signs_of(record)}


def postures(records: Iterable[Record]) -> tuple[Posture, ...]:
    """Make the postures of records, by sender and host, as of the last day told."""
    return postures_of(records)


def group(
    briefs: Iterable[Brief],
    *,
    records: Mapping[str, Record] | None = None,
    decisions: Sequence[Decided] = (),
    linked: Mapping[str, int] | None = None,
) -> Grouping:
    """Group reports into incidents by their briefs alone: the same for the same briefs in any order.

    `records` are those of the reports that `decisions` name, by report id. `linked` gives the component
    of reports that were grouped before, by report id: of two components nothing is tied, so that need not
    be found out again.
    """
    named = dict(records or {})
    rows = [row for brief in briefs for row in _keyed(brief, named.get(brief.report), decisions)]
    together, apart = unit_pairs(decisions, [row.profile.unit for row in rows], named)
    grouped = group_units(rows, together=together, apart=apart, linked=linked)
    report_of = {row.profile.unit.id: row.profile.unit.report for row in rows}
    ties = {tuple(sorted((report_of[a], report_of[b]))) for a, b in (*grouped.ties, *together)}
    told = (g for g in grouped.groups if any(u.news and u.events for u in g))
    return Grouping(
        groups=tuple(Group(incident_id(next(u for u in g if u.events)), g) for g in told),
        ties=tuple(sorted((a, b) for a, b in ties if a != b)),
    )


def build(
    group: Group, records: Mapping[str, Record], copies: Mapping[str, Sequence[CopyOf]] | None = None
) -> Incident:
    """Make the incident of a group from the records of its reports and their other appearances, by report id.

    It depends on nothing else, so it stays the same while these do.
    """
    ours = {name: records[name] for name in group.reports}
    named = {report: _names(rows) for report, rows in (copies or {}).items() if report in ours}
    return build_incident(group.units, ours, named)


def link(
    records: Iterable[Record],
    *,
    copies: Mapping[str, Sequence[CopyOf]] | None = None,
    decisions: Sequence[Decided] = (),
) -> Linked:
    """Link records into incidents and postures: the same result for the same records in any order.

    Records of one text are one report, the others its copies. `copies` gives
    further appearances by report id. `decisions` are merges and splits, whose
    anchors are triggers of events; the later beats the earlier.
    """
    by_id, appearances = _without_copies(records, copies or {})
    grouping = group(map(brief_of, by_id.values()), records=by_id, decisions=decisions)
    return Linked(
        incidents=tuple(build(each, by_id, appearances) for each in grouping.groups),
        postures=postures_of(by_id.values()),
        ties=grouping.ties,
    )


def _keyed(brief: Brief, record: Record | None, decisions: Sequence[Decided]) -> tuple[Keyed, ...]:
    """Give the units of a report, cut anew where people parted its events."""
    parted = parted_events(decisions, record) if record is not None else ()
    return tuple(map(keyed, units_of(record, parted=parted))) if record and parted else brief.keyed


def _without_copies(
    records: Iterable[Record], copies: Mapping[str, Sequence[CopyOf]]
) -> tuple[dict[str, Record], dict[str, list[CopyOf]]]:
    """Keep one record of each text, the earliest published, and give the other appearances."""
    rows = sorted(
        records,
        key=lambda r: (
            r.report.published or "9999",
            r.report.id,
            r.report.publisher or "",
            r.report.url or "",
        ),
    )
    by_id: dict[str, Record] = {}
    others: dict[str, list[CopyOf]] = {report: list(found) for report, found in copies.items()}
    for record in rows:
        kept = by_id.setdefault(record.report.id, record)
        if kept is not record:
            others.setdefault(record.report.id, []).append(record.report)
        if kept.report.title != record.report.title:  # what a text reads like as a whole hangs on its title
            by_id[record.report.id] = msgspec.structs.replace(kept, estimates=msgspec.UNSET)
    return by_id, others


def _names(copies: Iterable[CopyOf]) -> tuple[str, ...]:
    return tuple(sorted({copy.url or copy.publisher or "" for copy in copies} - {""}))
