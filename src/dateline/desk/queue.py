"""What is to be checked, the most doubtful first: facts the reader is unsure of, likely twins, contests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dateline.desk.core import Desk
from dateline.desk.rows import Row, row_of
from dateline.exports.wording import around, plain, word_amount, word_source, word_title
from dateline.record import Event, Figure, Record
from dateline.store import Decision, Filter
from dateline.store.decisions import span_of
from dateline.store.looking import Brief

__all__ = ["KINDS", "Item", "Queue", "queue"]

KINDS = {"facts": "Unsure facts", "twins": "Likely the same", "contested": "Contested"}
_WINDOW = 100  # reports looked into at once: unpacking one costs a millisecond
_PAIRS = 400  # incidents among which twins are looked for
_SHOWN = 25  # of each kind
_SURE = 0.6  # under this the reader's facts are worth a look: half of the wrong ones lie there


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to check: `what` names it for a decision; of a fact its words stand in `before`, `after`."""

    kind: str
    what: tuple[str, ...]
    title: str
    told: str
    before: str = ""
    words: str = ""
    after: str = ""
    report: str = ""
    source: str = ""
    confidence: int = 0
    rows: tuple[Row, ...] = ()


class Queue(msgspec.Struct, frozen=True, kw_only=True):
    """Items of one kind or all; `page` counts windows into the past from 1."""

    items: tuple[Item, ...]
    kind: str
    page: int
    more: bool


def queue(desk: Desk, kind: str = "", page: int = 1) -> Queue:
    """Give what is to be checked; what was decided on is left out."""
    made = desk.store.decisions(in_force=True)
    items: list[Item] = []
    records: list[Record] = []
    if kind in ("", "facts"):
        records = desk.looking.latest_records(_WINDOW, first=(page - 1) * _WINDOW)
        items += _facts(records, made)
    if kind in ("", "twins"):
        items += _twins(desk.looking.near_pairs(_PAIRS, first=(page - 1) * _PAIRS), made)
    if kind in ("", "contested"):
        first = (page - 1) * _SHOWN
        items += _contested(
            desk, desk.looking.page(Filter(contested=True), first=first, size=_SHOWN).rows, made
        )
    full = len(records) == _WINDOW or sum(item.kind == "contested" for item in items) == _SHOWN
    return Queue(items=tuple(items), kind=kind, page=page, more=full)


def _facts(records: Iterable[Record], made: Sequence[Decision]) -> list[Item]:
    """Give the facts that the reader is least sure of."""
    done = {(a.report, a.start, a.fact) for d in made for a in d.anchors if d.kind != "split"}
    unsure: list[tuple[float, Record, Event | Figure]] = []
    for record in records:
        for kind, facts in (("figure", record.figures), ("event", record.events)):
            for fact in facts:
                key = record.report.id, span_of(fact).start, kind
                if fact.confidence < _SURE and key not in done:
                    unsure.append((fact.confidence, record, fact))
    unsure.sort(key=lambda row: (row[0], row[1].report.id, row[2].id))
    return [_fact(record, fact) for _, record, fact in unsure[:_SHOWN]]


def _fact(record: Record, fact: Event | Figure) -> Item:
    cut = around(record.report.text, span_of(fact), 110)
    claim = next((c for c in record.claims if fact.id in c.about), None)
    if isinstance(fact, Figure):
        title = f"{word_amount(fact)} {fact.measure}"
        told = " ".join(w for w in (fact.nationality, fact.group, fact.status) if w and w != "unspecified")
    else:
        title, told = fact.type, fact.status
    return Item(
        kind="facts", what=(f"{record.report.id}#{fact.id}",), title=title, told=told, before=cut.before,
        words=cut.span, after=cut.after, report=record.report.id, confidence=round(100 * fact.confidence),
        source=" · ".join(w for w in (plain(record.report.publisher or ""), word_title(record.report),
                                      f"says {word_source(claim)}") if w),
    )  # fmt: skip


def _twins(pairs: Iterable[tuple[Brief, Brief]], made: Sequence[Decision]) -> list[Item]:
    apart = [d for d in made if d.kind == "split"]
    found = [pair for pair in pairs if not any(_parted(d, *pair) for d in apart)]
    return [
        Item(kind="twins", what=(one.id, other.id), title="Are these one and the same?",
             told=f"{one.type}, near in place and days", rows=(row_of(one), row_of(other)))
        for one, other in found[:_SHOWN]
    ]  # fmt: skip


def _parted(decision: Decision, one: Brief, other: Brief) -> bool:
    ours, theirs = {a.report for a in decision.anchors}, {a.report for a in decision.others}
    first, second = set(one.reports), set(other.reports)
    return bool((ours & first and theirs & second) or (ours & second and theirs & first))


def _contested(desk: Desk, briefs: Sequence[Brief], made: Sequence[Decision]) -> Iterator[Item]:
    anchors = {
        (a.report, a.start) for d in made if d.kind == "accept" for a in d.anchors if a.fact == "incident"
    }
    done = desk.looking.accepted_incidents(anchors) if anchors else set()
    for brief in briefs:
        if brief.id not in done:
            row = row_of(brief)
            yield Item(
                kind="contested",
                what=(brief.id,),
                title=row.title,
                told="; ".join(row.contested),
                rows=(row,),
            )
