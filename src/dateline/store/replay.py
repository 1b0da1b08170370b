"""Find the decisions that bear on some reports, and word them for the records as they are now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, insert, select

from dateline.record import Incident, Record
from dateline.store import schema
from dateline.store.bodies import MANY, batched, now
from dateline.store.decisions import (
    Anchor,
    Decision,
    anchored,
    apply_to_incident,
    effective,
    span_of,
)

__all__ = ["Replay", "decisions_on", "every_decision", "keep_decision", "lineage", "reports_named"]


def keep_decision(connection: Connection, decision: Decision, named: Iterable[str]) -> None:
    """Keep a decision, and mark the reports that it names (an undo: those of what it undoes) to be linked."""
    table = schema.decisions
    row = {
        "id": decision.id, "kind": decision.kind, "body": decision.to_json(),
        "who": decision.who, "why": decision.why, "made": decision.when or now(),
    }  # fmt: skip
    connection.execute(insert(table).values(row))
    key = connection.execute(select(table.c.seq).where(table.c.id == decision.id)).scalar_one()
    names = sorted(set(named))
    connection.execute(insert(schema.decision_reports), [{"report": name, "decision": key} for name in names])
    current = set(lineage(connection, names).values()) | set(names)
    seqs = select(schema.reports.c.seq).where(schema.reports.c.id.in_(current))
    touched = connection.execute(seqs).scalars().all()
    if touched:
        connection.execute(insert(schema.pending), [{"report": seq} for seq in touched])


def every_decision(connection: Connection) -> list[Decision]:
    """Give all decisions ever made, in the order in which they were made."""
    rows = connection.execute(select(schema.decisions.c.body).order_by(schema.decisions.c.seq))
    return [Decision.from_json(body) for (body,) in rows]


def decisions_on(connection: Connection, reports: Collection[str]) -> list[Decision]:
    """Give the decisions in force that name any of these reports, in their order."""
    table, named = schema.decisions, schema.decision_reports
    found: dict[int, str] = {}
    for batch in batched(sorted(reports), MANY):
        query = select(table.c.seq, table.c.body).join(named, named.c.decision == table.c.seq)
        for seq, body in connection.execute(query.where(named.c.report.in_(batch))):
            found[seq] = body
    return effective(Decision.from_json(found[seq]) for seq in sorted(found))


def reports_named(connection: Connection, decision: str) -> list[str]:
    """Give the reports under which a decision is filed."""
    table, named = schema.decisions, schema.decision_reports
    query = select(named.c.report).join(table, named.c.decision == table.c.seq).where(table.c.id == decision)
    return list(connection.execute(query.order_by(named.c.report)).scalars())


def lineage(
    connection: Connection, reports: Collection[str], *, to: Collection[str] | None = None
) -> dict[str, str]:
    """Give, for superseded reports, the id of the report that counts in their stead.

    `reports` are the superseded ones asked for; with `to`, all that these replaced.
    """
    old, new = schema.copies.alias("old"), schema.copies.alias("new")
    was, by = schema.reports.alias("was"), schema.reports.alias("by")
    query = (
        select(was.c.id, by.c.id)
        .select_from(was)
        .join(old, old.c.report == was.c.seq)
        .join(new, new.c.seq == old.c.superseded_by)
        .join(by, by.c.seq == new.c.report)
        .where(~was.c.live)
    )
    column, asked = (by.c.id, to) if to is not None else (was.c.id, reports)
    found: dict[str, str] = {}
    for batch in batched(sorted(asked), MANY):
        for before, after in connection.execute(query.where(column.in_(batch))):
            found[before] = min(after, found.get(before, after))
    return found


class Replay:
    """The decisions in force on a set of reports, worded for their records.

    `heirs` gives the id of the report that counts now by the id of one that it
    superseded.
    """

    def __init__(self, decisions: Sequence[Decision], heirs: Mapping[str, str]) -> None:
        self._decisions, self._heirs = decisions, heirs
        self._facts: dict[str, list[Decision]] = {}
        self._judged: dict[str, list[Anchor]] = {}
        for decision in decisions:
            if decision.kind in ("accept", "correct", "reject"):
                self._file(decision)

    def _file(self, decision: Decision) -> None:
        ours = [anchor for anchor in decision.anchors if anchor.fact != "incident"]
        for anchor in ours:
            self._judged.setdefault(self._now(anchor), []).append(anchor)
        if decision.kind != "accept":
            for report in {self._now(anchor) for anchor in ours}:
                self._facts.setdefault(report, []).append(decision)

    def _now(self, anchor: Anchor) -> str:
        return self._heirs.get(anchor.report, anchor.report)

    def on_record(self, report: str) -> list[Decision]:
        """Give the corrections and rejections of facts of one report, with its anchors only."""
        kept = []
        for decision in self._facts.get(report, ()):
            ours = tuple(a for a in decision.anchors if self._now(a) == report)
            kept.append(msgspec.structs.replace(decision, anchors=ours))
        return kept

    def judged(self, record: Record) -> set[str]:
        """Give the ids of a record's facts that somebody accepted, corrected or rejected."""
        found = (anchored(record, anchor) for anchor in self._judged.get(record.report.id, ()))
        return {fact.id for fact in found if fact is not None}

    def bearing(self) -> dict[str, list[str]]:
        """Give, by the reports that count, what tells the decisions on each from any others."""
        found: dict[str, list[str]] = {}
        for decision in self._decisions:
            for anchor in (*decision.anchors, *decision.others):
                mark = f"{decision.id} {anchor.report} {anchor.fact} {anchor.start}-{anchor.end}"
                found.setdefault(self._now(anchor), []).append(mark)
        return found

    def groups(self) -> list[set[str]]:
        """Give the sets of reports that must be linked together: those of each merge and each split."""
        return [
            {self._now(anchor) for anchor in (*decision.anchors, *decision.others)}
            for decision in self._decisions
            if decision.kind in ("merge", "split")
        ]

    def named(self) -> set[str]:
        """Give all reports of these sets."""
        return set().union(*self.groups())

    def for_linker(self, records: Mapping[str, Record]) -> list[Decision]:
        """Give the merges and splits with anchors that are triggers in these records; without any, none."""
        worded = []
        for decision in self._decisions:
            if decision.kind not in ("merge", "split"):
                continue
            ours, others = self._worded(decision.anchors, records), self._worded(decision.others, records)
            if others if decision.kind == "split" else len(ours) > 1:
                worded.append(msgspec.structs.replace(decision, anchors=ours, others=others))
        return [d for d in worded if d.anchors]

    def _worded(self, anchors: Iterable[Anchor], records: Mapping[str, Record]) -> tuple[Anchor, ...]:
        found = []
        for anchor in anchors:
            record = records.get(self._now(anchor))
            fact = anchored(record, anchor) if record else None
            if record is not None and fact is not None:
                span = span_of(fact)
                found.append(Anchor(report=record.report.id, start=span.start, end=span.end, text=span.text))
        return tuple(dict.fromkeys(found))

    def corrected(self, incidents: Sequence[Incident], records: Mapping[str, Record]) -> list[Incident]:
        """Apply what was corrected of incidents as a whole."""
        about: dict[tuple[str, str], list[Decision]] = {}
        for decision in self._decisions:
            for anchor in decision.anchors:
                record = records.get(self._now(anchor))
                if anchor.fact == "incident" and record is not None:
                    fact = anchored(record, anchor)
                    if fact is not None:
                        about.setdefault((record.report.id, fact.id), []).append(decision)
        if not about:
            return list(incidents)
        return [apply_to_incident(i, _meant(i, about, self._decisions)) for i in incidents]


def _meant(
    incident: Incident, about: Mapping[tuple[str, str], Sequence[Decision]], order: Sequence[Decision]
) -> list[Decision]:
    ids = {d.id for m in incident.events for d in about.get((m.report, m.event), ())}
    return [decision for decision in order if decision.id in ids]
