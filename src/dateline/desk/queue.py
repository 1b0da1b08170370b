"""What is to be checked, the most doubtful first: facts the reader is unsure of, likely twins, contests."""

from __future__ import annotations

import msgspec

from dateline.desk.core import Desk
from dateline.desk.rows import Row, row_of
from dateline.exports.wording import around, plain, word_amount, word_source, word_title
from dateline.record import Event, Figure, Record
from dateline.store.decisions import span_of
from dateline.store.looking import Brief

__all__ = ["KINDS", "Item", "Queue", "queue"]

KINDS = {"facts": "Unsure facts", "twins": "Likely the same", "contested": "Contested"}
SHOWN = 25  # of each kind on a page


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
    """Items of one kind or all; `page` counts from 1; `latest` has the facts of the latest reports first."""

    items: tuple[Item, ...]
    kind: str
    page: int
    latest: bool
    more: bool


def queue(desk: Desk, kind: str = "", page: int = 1, *, latest: bool = False) -> Queue:
    """Give what is to be checked; what was decided on is left out."""
    first, asked = (page - 1) * SHOWN, desk.store.checking
    size = SHOWN + 1  # one more, to know whether more follow
    items: list[list[Item]] = []
    if kind in ("", "facts"):
        items.append([_fact(*pair) for pair in asked.unsure(size, first=first, latest=latest)])
    if kind in ("", "twins"):
        key = "twins", first, asked.count()  # a decision that is not linked yet counts too
        pairs = desk.kept.get(key, lambda: asked.twins(size, first=first))
        items.append([_twins(*pair) for pair in pairs])
    if kind in ("", "contested"):
        items.append([_contested(brief) for brief in asked.contested(size, first=first)])
    shown = tuple(item for each in items for item in each[:SHOWN])
    more = any(len(each) == size for each in items)
    return Queue(items=shown, kind=kind, page=page, latest=latest, more=more)


def _fact(record: Record, key: str) -> Item:
    facts: tuple[Event | Figure, ...] = (*record.events, *record.figures)
    fact = next(fact for fact in facts if fact.id == key)
    cut = around(record.report.text, span_of(fact), 110)
    claim = next((c for c in record.claims if fact.id in c.about), None)
    if isinstance(fact, Figure):
        title = f"{word_amount(fact)} {fact.measure}"
        who = " ".join(w for w in (fact.nationality, fact.group) if w and w != "unspecified")
        told = ", ".join(w for w in (who, fact.status) if w)
    else:
        title, told = fact.type, fact.status
    return Item(
        kind="facts", what=(f"{record.report.id}#{fact.id}",), title=title, told=told, before=cut.before,
        words=cut.span, after=cut.after, report=record.report.id, confidence=round(100 * fact.confidence),
        source=" · ".join(w for w in (plain(record.report.publisher or ""), word_title(record.report),
                                      f"says {word_source(claim)}") if w),
    )  # fmt: skip


def _twins(one: Brief, other: Brief) -> Item:
    return Item(
        kind="twins", what=(one.id, other.id), title="Are these one and the same?",
        told=f"{one.type}, near in place and days", rows=(row_of(one), row_of(other)),
    )  # fmt: skip


def _contested(brief: Brief) -> Item:
    row = row_of(brief)
    told = "; ".join(row.contested)
    return Item(kind="contested", what=(brief.id,), title=row.title, told=told, rows=(row,))
