"""Make decisions on a store: what people say of incidents and facts, kept as report and span."""

from __future__ import annotations

import getpass
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from dateline.errors import DecisionError, NotInStore
from dateline.record import Incident, Record
from dateline.store import schema
from dateline.store.base import Base
from dateline.store.bodies import CURRENT, unpack
from dateline.store.decisions import (
    Anchor,
    Decision,
    FactKind,
    anchored,
    apply_to_record,
    check_changes,
    check_ends,
    effective,
    make_decision,
    span_of,
    taken_back,
)
from dateline.store.queries import find_incident, find_report, find_reports
from dateline.store.replay import every_decision, keep_decision, reports_named
from dateline.store.touched import replay_on

__all__ = ["Deciding", "user_name"]

_SHORTEST = 6  # characters of a decision's id that are taken for it: d- and four digits
_FACT = re.compile(r"(?P<report>.+)#(?P<fact>[^#]+)")


def user_name() -> str:
    """Give the name of whoever runs this, for decisions that don't say whose they are."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without a user
        return "unknown"


class Deciding:
    """The part of a store that takes decisions; each gives back what it kept.

    `why` is asked for, `who` is the user unless given. Incidents are named by
    id, facts as `REPORT#FACT`, where FACT is an id in the report's record.
    """

    _base: Base

    def merge(self, incidents: Collection[str], *, why: str, who: str | None = None) -> Decision:
        """Say that incidents are one. Raises NotInStore, and DecisionError for fewer than two."""
        with self._base.writing() as connection:
            found = {i.id: i for i in (find_incident(connection, name) for name in incidents)}
            if len(found) < 2:
                raise DecisionError("a merge needs two incidents", hint="name them by their ids")
            anchors = tuple(a for incident in found.values() for a in _anchors(connection, incident))
            return _keep(connection, "merge", who, why, anchors=anchors)

    def split(self, incident: str, reports: Collection[str], *, why: str, who: str | None = None) -> Decision:
        """Say that what these reports, or events (`REPORT#EVENT`), tell is another incident.

        Raises NotInStore, and DecisionError when one isn't of the incident or
        nothing would be left.
        """
        with self._base.writing() as connection:
            found = find_incident(connection, incident)
            anchors = list(_anchors(connection, found))
            ours: dict[Anchor, None] = {}
            for name in reports:
                meant = _meant(connection, name)
                moved = [a for a in anchors if meant in (a, a.report)]
                if not moved:
                    raise DecisionError("tells nothing of this incident", where=name)
                ours.update(dict.fromkeys(moved))
            rest = tuple(a for a in anchors if a not in ours)
            if not rest or not ours:
                raise DecisionError("no report would be left", where=incident, hint="leave one at least")
            return _keep(connection, "split", who, why, anchors=tuple(ours), others=rest)

    def correct(self, name: str, changes: Mapping[str, Any], *, why: str, who: str | None = None) -> Decision:
        """Say what a field of a fact or an incident should be; `decisions.FIELDS` lists the fields.

        Raises NotInStore, and DecisionError for a field that can't be corrected,
        a value that it can't have, or a fact that was rejected.
        """
        with self._base.writing() as connection:
            incident = _incident_named(connection, name)
            if incident is not None:
                check_changes("incident", changes)
                check_ends(msgspec.structs.replace(incident, **changes))
                first = _first_anchor(connection, incident, "incident")
                return _keep(connection, "correct", who, why, anchors=(first,), changes=dict(changes))
            record, anchor = _standing_fact(connection, name)
            check_changes(anchor.fact, changes)
            decision = _drawn("correct", who, why, anchors=(anchor,), changes=dict(changes))
            _check_outcome(connection, record, decision)
            keep_decision(connection, decision, decision.reports())
            return decision

    def reject(self, name: str, *, why: str, who: str | None = None) -> Decision:
        """Say that a fact is none, or that an incident is none, with every event of it.

        Raises NotInStore, and DecisionError when a fact was rejected before.
        """
        with self._base.writing() as connection:
            incident = _incident_named(connection, name)
            if incident is not None:
                return _keep(connection, "reject", who, why, anchors=tuple(_anchors(connection, incident)))
            return _keep(connection, "reject", who, why, anchors=(_standing_fact(connection, name)[1],))

    def accept(self, name: str, *, why: str, who: str | None = None) -> Decision:
        """Say that a fact, or an incident as it stands, was looked at and is right; raises as `reject`."""
        with self._base.writing() as connection:
            incident = _incident_named(connection, name)
            if incident is not None:
                first = _first_anchor(connection, incident, "incident")
                return _keep(connection, "accept", who, why, anchors=(first,))
            return _keep(connection, "accept", who, why, anchors=(_standing_fact(connection, name)[1],))

    def keep_apart(self, one: str, other: str, *, why: str, who: str | None = None) -> Decision:
        """Say that two incidents are not the same. Raises NotInStore, and DecisionError when they are one."""
        with self._base.writing() as connection:
            first, second = find_incident(connection, one), find_incident(connection, other)
            if first.id == second.id:
                raise DecisionError("is the same incident", where=one, hint="split it by reports")
            ours, theirs = tuple(_anchors(connection, first)), tuple(_anchors(connection, second))
            return _keep(connection, "split", who, why, anchors=ours, others=theirs)

    def undo(self, decision: str, *, why: str, who: str | None = None) -> Decision:
        """Take a decision back, by its id or the beginning of it; an undo can be undone.

        Raises NotInStore when there is none, DecisionError when it was taken back already.
        """
        with self._base.writing() as connection:
            made = every_decision(connection)
            found = [d for d in made if d.id.startswith(decision) and len(decision) >= _SHORTEST]
            if len(found) != 1:
                what = "could be several decisions" if found else "no such decision"
                raise NotInStore(what, where=decision, hint="dateline undo lists them")
            if found[0].id in taken_back(made):
                raise DecisionError("was taken back already", where=found[0].id)
            taken = _drawn("undo", who, why, undoes=found[0].id)
            keep_decision(connection, taken, reports_named(connection, found[0].id))
            return taken

    def decisions(self, *, in_force: bool = False) -> list[Decision]:
        """Give all decisions in their order: those ever made, or only those in force."""
        with self._base.reading() as connection:
            made = every_decision(connection)
        return effective(made) if in_force else made


def _drawn(kind: Any, who: str | None, why: str, **what: Any) -> Decision:
    when = datetime.now(UTC).isoformat(timespec="milliseconds")
    return make_decision(kind, who=who or user_name(), why=why, when=when, **what)


def _keep(connection: Connection, kind: Any, who: str | None, why: str, **what: Any) -> Decision:
    decision = _drawn(kind, who, why, **what)
    keep_decision(connection, decision, decision.reports())
    return decision


def _report_id(connection: Connection, name: str) -> str:
    query = select(schema.reports.c.id).where(schema.reports.c.seq == find_report(connection, name))
    return str(connection.execute(query).scalar_one())


def _meant(connection: Connection, name: str) -> Anchor | str:
    """Give what `REPORT#EVENT` or a report's name means: an anchor or a report's id."""
    try:
        return _report_id(connection, name)
    except NotInStore:
        if not _FACT.fullmatch(name):
            raise
        return _fact_named(connection, name)[1]


def _record_of(connection: Connection, report: str) -> Record:
    return unpack(connection.execute(CURRENT.where(schema.reports.c.id == report)).one())


def _anchors(connection: Connection, incident: Incident, fact: FactKind = "event") -> Iterator[Anchor]:
    """Yield an anchor for every event of an incident, in their order."""
    records: dict[str, Record] = {}
    for member in incident.events:
        if member.report not in records:
            records[member.report] = _record_of(connection, member.report)
        for event in records[member.report].events:
            if event.id == member.event:
                span = span_of(event)
                yield Anchor(report=member.report, start=span.start, end=span.end, text=span.text, fact=fact)


def _first_anchor(connection: Connection, incident: Incident, fact: FactKind = "event") -> Anchor:
    for anchor in _anchors(connection, incident, fact):
        return anchor
    raise DecisionError("has no event to hold on to", where=incident.id)


def _incident_named(connection: Connection, name: str) -> Incident | None:
    try:
        return find_incident(connection, name)
    except NotInStore:
        if _FACT.fullmatch(name):
            return None
        if find_reports(connection, name):
            what = "is a report, no incident"
            raise NotInStore(what, where=name, hint=f"name a fact of it, as in {name}#f2") from None
        raise


def _standing_fact(connection: Connection, name: str) -> tuple[Record, Anchor]:
    """Find `REPORT#FACT`, unless it was rejected: a decision on it would then meet the fact beside it."""
    record, anchor = _fact_named(connection, name)
    fact = anchored(record, anchor)
    for made in _decided(connection, record):
        if made.kind == "reject" and any(anchored(record, each) is fact for each in made.anchors):
            hint = f"dateline undo {made.id} takes that back"
            raise DecisionError(f"was rejected by {made.who}", where=name, hint=hint)
    return record, anchor


def _decided(connection: Connection, record: Record) -> list[Decision]:
    """Give the corrections and rejections of a report's facts."""
    rows = connection.execute(select(schema.reports.c.id).where(schema.reports.c.id == record.report.id))
    return replay_on(connection, rows.all()).on_record(record.report.id)


def _check_outcome(connection: Connection, record: Record, decision: Decision) -> None:
    """Raise DecisionError when a fact, with what was decided before, can't be as the decision has it."""
    outcome = apply_to_record(record, [*_decided(connection, record), decision])
    for anchor in decision.anchors:
        fact = anchored(outcome, anchor)
        if fact is not None:
            check_ends(fact)


def _fact_named(connection: Connection, name: str) -> tuple[Record, Anchor]:
    """Find `REPORT#FACT`, the fact by its id in the report's record."""
    match = _FACT.fullmatch(name)
    report, wanted = (match["report"], match["fact"]) if match else (name, "")
    record = _record_of(connection, _report_id(connection, report))
    kinds: tuple[tuple[FactKind, Any], ...] = (
        ("event", record.events), ("figure", record.figures), ("claim", record.claims),
        ("place", record.places),
    )  # fmt: skip
    for kind, facts in kinds:
        for fact in facts:
            if fact.id == wanted:
                span = span_of(fact)
                anchor = Anchor(
                    report=record.report.id, start=span.start, end=span.end, text=span.text, fact=kind
                )
                return record, anchor
    raise NotInStore(
        "the report has no such fact",
        where=name,
        hint="dateline export figures (events, claims) gives the ids",
    )
