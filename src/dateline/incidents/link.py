"""Link records into incidents and postures."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec

from dateline.incidents.build import build_incident
from dateline.incidents.candidates import keys_of
from dateline.incidents.cluster import group_units, in_order
from dateline.incidents.decisions import Decided, parted_events, unit_pairs
from dateline.incidents.match import SCORER
from dateline.incidents.posture import hosts_of, postures_of
from dateline.incidents.profiles import Profile, profile_of
from dateline.incidents.units import Unit, units_of
from dateline.record import Incident, Posture, Record

__all__ = ["CopyOf", "Linked", "hosts", "keys", "link", "postures", "tied"]

Keyed = tuple[tuple[Profile, frozenset[str]], ...]
_KEPT = 1000  # records whose units are kept: about 20 MB; a store links the same neighbours again and again


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


class _Kept:
    """The units of the records last seen. A record is known by being the same object, which is frozen."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._rows: OrderedDict[int, tuple[Record, Keyed]] = OrderedDict()

    def keyed(self, record: Record) -> Keyed:
        held = self._rows.get(id(record))
        if held is None or held[0] is not record:
            held = (record, tuple((profile_of(unit), keys_of(unit)) for unit in units_of(record)))
            self._rows[id(record)] = held
            while len(self._rows) > self._size:
                self._rows.popitem(last=False)
        return held[1]

    def units(self, record: Record) -> tuple[Unit, ...]:
        return tuple(profile.unit for profile, _ in self.keyed(record))


_kept = _Kept(_KEPT)


def keys(record: Record) -> frozenset[str]:
    """Give the keys of a record: two records that could be of one incident share one at least."""
    return frozenset(key for _, own in _kept.keyed(record) for key in own)


def tied(record: Record, others: Iterable[Record]) -> tuple[str, ...]:
    """Give the ids of those other reports that a report is tied to, in their order.

    Of the reports that share a key with it only these, and what is tied to
    them, have to be linked anew when it comes.
    """
    return tuple(other.report.id for other in others if _are_tied(_kept.keyed(record), _kept.keyed(other)))


def _are_tied(first: Keyed, second: Keyed) -> bool:
    return any(
        not own.isdisjoint(theirs) and SCORER.tie(*_in_order(p, q)) is not None
        for p, own in first
        for q, theirs in second
    )


def _in_order(p: Profile, q: Profile) -> tuple[Profile, Profile]:
    return (p, q) if in_order((p.unit, q.unit))[0] is p.unit else (q, p)


def hosts(record: Record) -> set[str]:
    """Give the host countries (alpha-3) whose postures a record bears on."""
    return hosts_of(record)


def postures(records: Iterable[Record]) -> tuple[Posture, ...]:
    """Make the postures of records, by sender and host, as of the last day told."""
    return postures_of(records)


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
    by_id, named = _without_copies(records, copies or {})
    units = [u for record in by_id.values() for u in _units(record, decisions)]
    together, apart = unit_pairs(decisions, units, by_id)
    grouped = group_units(units, together=together, apart=apart)
    report_of = {u.id: u.report for u in units}
    ties = {tuple(sorted((report_of[a], report_of[b]))) for a, b in (*grouped.ties, *together)}
    return Linked(
        incidents=tuple(
            build_incident(g, by_id, named) for g in grouped.groups if any(u.news and u.events for u in g)
        ),
        postures=postures_of(by_id.values()),
        ties=tuple(sorted((a, b) for a, b in ties if a != b)),
    )


def _units(record: Record, decisions: Sequence[Decided]) -> tuple[Unit, ...]:
    parted = parted_events(decisions, record)
    return units_of(record, parted=parted) if parted else _kept.units(record)


def _without_copies(
    records: Iterable[Record], copies: Mapping[str, Sequence[CopyOf]]
) -> tuple[dict[str, Record], dict[str, tuple[str, ...]]]:
    """Keep one record of each text, the earliest published, and name the other appearances."""
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
    names: dict[str, set[str]] = {}
    for record in rows:
        if by_id.setdefault(record.report.id, record) is not record:
            names.setdefault(record.report.id, set()).add(_name(record.report))
    for report, appearances in copies.items():
        names.setdefault(report, set()).update(_name(c) for c in appearances)
    return by_id, {report: tuple(sorted(found - {""})) for report, found in names.items()}


def _name(copy: CopyOf) -> str:
    return copy.url or copy.publisher or ""
