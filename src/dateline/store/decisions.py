"""People's decisions: what they say of incidents and facts, why, and how it is replayed.

A decision names facts by a report's id and a span, never an incident's number,
so that it holds when incidents are made anew, by whatever reader. `correct` and
`reject` change records before they are linked (or, of an incident, what is
shown of it); `merge` and `split` are handed to the linker; `accept` says that a
thing was looked at and is right.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from dateline import codebook
from dateline.errors import DecisionError
from dateline.record import Claim, Event, Figure, Incident, Place, Record, Span, When

__all__ = [
    "FIELDS",
    "Anchor",
    "Decision",
    "Fact",
    "anchored",
    "apply_to_incident",
    "apply_to_record",
    "check_changes",
    "check_ends",
    "effective",
    "make_decision",
    "span_of",
    "taken_back",
]

Kind = Literal["accept", "merge", "split", "correct", "reject", "undo"]
FactKind = Literal["event", "figure", "claim", "place", "incident"]
Fact = Event | Figure | Claim | Place

# What can be corrected of each kind of fact; the values are those of the codebook.
FIELDS: dict[str, tuple[str, ...]] = {
    "event": ("type", "status", "where", "start", "end"),
    "figure": ("measure", "low", "high", "approximate", "group", "nationality", "status"),
    "claim": ("name", "kind"),
    "place": ("name", "geonames", "country", "admin1", "lat", "lon"),
    "incident": ("type", "title", "country", "start", "end"),
}
_VALUES: dict[tuple[str, str], Iterable[str]] = {
    ("event", "type"): codebook.TYPES,
    ("incident", "type"): codebook.TYPES,
    ("event", "status"): codebook.STATUSES,
    ("figure", "measure"): codebook.MEASURES,
    ("figure", "group"): codebook.GROUPS,
    ("figure", "status"): codebook.FIGURE_STATUSES,
    ("claim", "kind"): codebook.KINDS,
}


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """Where a fact stands: a report's id and code points of its text, `text` being that slice.

    `fact` says what is meant there: an event's trigger, a figure's span, a
    claim's cue (else source, else content), a place's first mention; with
    `incident` the incident of the event with that trigger.
    """

    report: str
    start: int
    end: int
    text: str = ""
    fact: FactKind = "event"


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision: `anchors` are what it is about, `others` what a split keeps them apart from.

    `changes` are a correction's fields and values; `undoes` is the id of the
    decision that an `undo` takes back; `when` is an ISO datetime in UTC.
    """

    id: str
    kind: Kind
    anchors: tuple[Anchor, ...] = ()
    others: tuple[Anchor, ...] = ()
    changes: dict[str, str | int | float | bool | None] = {}
    undoes: str | None = None
    who: str
    why: str
    when: str

    def reports(self) -> set[str]:
        """Give the ids of the reports that it names."""
        return {anchor.report for anchor in (*self.anchors, *self.others)}

    def to_json(self) -> str:
        """Write it as one line of JSON."""
        return msgspec.json.encode(self).decode("utf-8")

    @classmethod
    def from_json(cls, data: str | bytes) -> Decision:
        """Read it back; raises as `Record.from_json` does."""
        return msgspec.json.decode(data, type=cls)


def make_decision(kind: Kind, *, who: str, why: str, when: str, **what: Any) -> Decision:
    """Make a decision; its id is made from all that it says. Raises DecisionError without a reason."""
    if not why.strip():
        raise DecisionError("a decision needs its reason", hint="say it with --why")
    drawn = Decision(id="", kind=kind, who=who, why=why, when=when, **what)
    digest = hashlib.sha256(msgspec.json.encode(drawn)).hexdigest()
    return msgspec.structs.replace(drawn, id=f"d-{digest[:10]}")


def effective(decisions: Iterable[Decision]) -> list[Decision]:
    """Leave out what was undone, and the undoing itself; an undone `undo` counts as never said.

    Input and output are in the order in which the decisions were made.
    """
    made = list(decisions)
    undone = taken_back(made)
    return [d for d in made if d.kind != "undo" and d.id not in undone]


def taken_back(decisions: Sequence[Decision]) -> set[str]:
    """Give the ids of the decisions that are undone, undoings among them; `decisions` in their order."""
    undone: set[str] = set()
    for decision in reversed(decisions):
        if decision.kind == "undo" and decision.id not in undone:
            undone.add(decision.undoes or "")
    return undone


def span_of(fact: Fact) -> Span:
    """Give the span by which decisions name a fact."""
    if isinstance(fact, Event):
        return fact.trigger
    if isinstance(fact, Figure):
        return fact.span
    if isinstance(fact, Claim):
        return fact.cue or fact.source.span or fact.content
    return fact.mentions[0] if fact.mentions else Span(0, 0, "")


def _facts(record: Record, kind: FactKind) -> Sequence[Fact]:
    if kind == "figure":
        return record.figures
    if kind == "claim":
        return record.claims
    return record.places if kind == "place" else record.events


def anchored(record: Record, anchor: Anchor) -> Fact | None:
    """Find the fact that an anchor names: at that very span, else the one that overlaps it most.

    In a corrected version of the report, whose text differs, it is the fact of
    the same words that stands nearest.
    """
    facts = _facts(record, anchor.fact)
    if record.report.id != anchor.report:
        same = [f for f in facts if span_of(f).text == anchor.text]
        return min(same, key=lambda f: abs(span_of(f).start - anchor.start), default=None)
    shared = {f.id: _shared(span_of(f), anchor) for f in facts}
    best = max(facts, key=lambda f: shared[f.id], default=None)
    return best if best is not None and shared[best.id] > 0 else None


def _shared(span: Span, anchor: Anchor) -> float:
    """Measure how far two spans are the same, 0 to 1: what they share of what they cover."""
    both = min(span.end, anchor.end) - max(span.start, anchor.start)
    return both / (max(span.end, anchor.end) - min(span.start, anchor.start)) if both > 0 else 0.0


def check_changes(fact: str, changes: Mapping[str, Any]) -> None:
    """Raise DecisionError when a field can't be corrected, or can't have that value."""
    for field, value in changes.items():
        if field not in FIELDS[fact]:
            what = f"{field!r} of {_a(fact)} can't be corrected"
            raise DecisionError(what, hint=f"these can: {', '.join(FIELDS[fact])}")
        allowed = _VALUES.get((fact, field))
        if allowed is not None and value not in allowed:
            raise DecisionError(f"{value!r} is no {field} of {_a(fact)}", hint=f"one of {', '.join(allowed)}")
        shape, hint = _SHAPES.get(f"{fact} {field}") or _SHAPES.get(field, (_is_any, ""))
        if (value is None and (fact, field) in _NEEDED) or (value is not None and not shape(value)):
            what = f"the correction doesn't fit: {value!r} is no {field} of {_a(fact)}"
            raise DecisionError(what, hint=hint or None)


def _is_any(_value: Any) -> bool:
    return True


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_country(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Z]{3}", value) is not None


def _is_day(value: Any) -> bool:
    return isinstance(value, str) and len(value) == _DAY and _is_time(value)


def _is_time(value: Any) -> bool:
    """Tell whether it is a day or a time of a day, in the one spelling that the codebook has."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d(T.+)?", value):
        return False
    try:
        return bool(datetime.fromisoformat(value))
    except ValueError:
        return False


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST


def _is_degrees(most: float) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= most


def check_ends(thing: Fact | Incident) -> None:
    """Raise DecisionError when a last day lies before the first one, or a high end below the low one."""
    first, last = _ends(thing)
    if first is None or last is None:
        return
    if isinstance(first, str) and isinstance(last, str):  # a day and a time of it are compared as days
        digits = min(len(first), len(last))
        first, last = first[:digits], last[:digits]
    if last < first:
        what = f"the correction doesn't fit: from {first} to {last} goes backwards"
        raise DecisionError(what, hint="give both ends")


def _ends(thing: Fact | Incident) -> tuple[Any, Any]:
    if isinstance(thing, Figure):
        return thing.low, thing.high
    when = thing.when if isinstance(thing, Event) else thing if isinstance(thing, Incident) else None
    return (when.start, when.end) if when is not None else (None, None)


_DAY = 10  # characters of an ISO day
_MOST = 2**53  # the largest count that every reader of JSON takes to the letter
# What a value must be where it isn't null; else what hangs on it (linking, a map) would fail long after.
_SHAPES: dict[str, tuple[Callable[[Any], bool], str]] = {
    "title": (_is_words, "words"), "name": (_is_words, "words"), "country": (_is_country, "ISO alpha-3"),
    "nationality": (_is_country, "ISO alpha-3"), "start": (_is_time, "write it like 2013-01-23"),
    "end": (_is_time, "write it like 2013-01-23"), "incident start": (_is_day, "write it like 2013-01-23"),
    "incident end": (_is_day, "write it like 2013-01-23"), "low": (_is_count, "a whole number of 0 or more"),
    "high": (_is_count, "a whole number of 0 or more"), "lat": (_is_degrees(90), "within 90 degrees"),
    "lon": (_is_degrees(180), "within 180 degrees"),
}  # fmt: skip
_NEEDED = {("incident", "title"), ("place", "name"), ("claim", "name")}


def _a(fact: str) -> str:
    return f"an {fact}" if fact[0] in "aei" else f"a {fact}"


def apply_to_record(record: Record, decisions: Iterable[Decision]) -> Record:
    """Give a record as corrected: changed facts changed, rejected facts gone.

    What a report reads like as a whole stands against nobody's decision on a figure or an event.
    A fact that a newer reader no longer finds there is passed over. Raises DecisionError when a
    value doesn't fit its field.
    """
    for decision in decisions:
        for anchor in decision.anchors:
            fact = anchored(record, anchor) if anchor.fact != "incident" else None
            if fact is None:
                continue
            if decision.kind == "reject":
                record = _without(record, fact)
            elif decision.kind == "correct":
                record = _with(record, fact, _changed(record, fact, decision.changes))
            if decision.kind in ("reject", "correct") and isinstance(fact, Event | Figure):
                record = msgspec.structs.replace(record, estimates=msgspec.UNSET)
    return record


def _with(record: Record, old: Fact, new: Fact) -> Record:
    lists: dict[str, Any] = {}
    for name in ("events", "figures", "claims", "places"):
        rows = getattr(record, name)
        if any(row is old for row in rows):
            lists[name] = tuple(new if row is old else row for row in rows)
    return msgspec.structs.replace(record, **lists)


def _without(record: Record, fact: Fact) -> Record:
    """Take out a fact and what refers to it; a claim in the report's own voice goes with its last fact."""
    gone = fact.id
    claims = []
    for claim in record.claims:
        about = tuple(key for key in claim.about if key != gone)
        if claim.id != gone and (about or claim.source.span):
            claims.append(msgspec.structs.replace(claim, about=about))
    events = tuple(
        msgspec.structs.replace(e, where=None if e.where == gone else e.where)
        for e in record.events
        if e.id != gone
    )
    figures = tuple(
        msgspec.structs.replace(f, event=None if f.event == gone else f.event)
        for f in record.figures
        if f.id != gone
    )
    places = tuple(p for p in record.places if p.id != gone)
    return msgspec.structs.replace(
        record, events=events, figures=figures, claims=tuple(claims), places=places
    )


def _changed(record: Record, fact: Fact, changes: Mapping[str, Any]) -> Fact:
    values = dict(changes)
    if isinstance(fact, Event):
        values = _event_changes(record, fact, values)
    elif isinstance(fact, Claim):
        values = {"source": msgspec.structs.replace(fact.source, **values)}
    changed = msgspec.structs.replace(fact, **values)
    try:
        return msgspec.convert(msgspec.to_builtins(changed), type(fact))
    except msgspec.ValidationError as problem:
        raise DecisionError(f"the correction doesn't fit ({problem})") from problem


def _event_changes(record: Record, event: Event, values: dict[str, Any]) -> dict[str, Any]:
    """Word days and places as an event has them: days within `when`, places by their id."""
    days = {name: values.pop(name) for name in ("start", "end") if name in values}
    if days:
        values["when"] = msgspec.structs.replace(event.when or When(precision="day"), **days)
    if values.get("where") is not None:
        named = [p.id for p in record.places if values["where"] in (p.id, p.name)]
        if not named:
            places = ", ".join(p.name for p in record.places) or "none"
            what = f"the report names no place {values['where']!r}"
            raise DecisionError(what, hint=f"its places: {places}")
        values["where"] = named[0]
    return values


def apply_to_incident(incident: Incident, decisions: Iterable[Decision]) -> Incident:
    """Give an incident as corrected by decisions about it as a whole, the latest last."""
    for decision in decisions:
        if decision.kind == "correct" and any(a.fact == "incident" for a in decision.anchors):
            values: dict[str, Any] = dict(decision.changes)
            if "type" in values:
                rest = {incident.type, *incident.types} - {values["type"]}
                values["types"] = tuple(sorted(rest))
            incident = msgspec.structs.replace(incident, **values)
    return incident
