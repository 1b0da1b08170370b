"""From what a form says to a decision of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dateline import codebook
from dateline.errors import DecisionError
from dateline.record import Incident, Record
from dateline.store import Decision, Store
from dateline.store.decisions import FIELDS

__all__ = ["Field", "changed", "decide", "fact_fields", "incident_fields"]

_CHOICES: dict[tuple[str, str], Sequence[str]] = {
    ("event", "type"): tuple(codebook.TYPES), ("incident", "type"): tuple(codebook.TYPES),
    ("event", "status"): tuple(codebook.STATUSES), ("figure", "measure"): tuple(codebook.MEASURES),
    ("figure", "group"): tuple(codebook.GROUPS), ("figure", "status"): tuple(codebook.FIGURE_STATUSES),
    ("claim", "kind"): tuple(codebook.KINDS), ("figure", "approximate"): ("false", "true"),
}  # fmt: skip
_NUMBERS = ("low", "high", "lat", "lon", "geonames")


class Field(msgspec.Struct, frozen=True):
    """A field that can be corrected: name, value in words, and the words it may have, if few."""

    name: str
    value: str
    choices: tuple[str, ...]


def decide(
    store: Store,
    action: str,
    what: Sequence[str],
    *,
    who: str,
    why: str,
    changes: Mapping[str, Any] | None = None,
) -> Decision:
    """Make a decision and link what it touches. Raises DecisionError for none, else as the store."""
    if not who.strip():
        raise DecisionError("a decision needs a name", hint="say who decides")
    made = _made(store, action, what, changes or {}, {"who": who.strip(), "why": why.strip()})
    store.link()
    return made


def _made(
    store: Store, action: str, what: Sequence[str], changes: Mapping[str, Any], said: dict[str, str]
) -> Decision:
    why, who = said["why"], said["who"]
    if action == "merge":
        return store.merge(what, why=why, who=who)
    if action == "apart" and len(what) == 2:
        return store.keep_apart(what[0], what[1], why=why, who=who)
    if action == "split" and what:
        return store.split(what[0], what[1:], why=why, who=who)
    single = {"accept": store.accept, "reject": store.reject, "undo": store.undo}
    if action in single and len(what) == 1:
        return single[action](what[0], why=why, who=who)
    if action == "correct" and len(what) == 1 and changes:
        return store.correct(what[0], changes, why=why, who=who)
    raise DecisionError("nothing was decided", hint="change a value, or choose what is meant")


def changed(fields: Sequence[Field], given: Mapping[str, str]) -> dict[str, Any]:
    """Give the fields whose words differ, as values: numbers as numbers, nothing as null."""
    return {
        field.name: _value(field, given[field.name].strip())
        for field in fields
        if field.name in given and given[field.name].strip() != field.value
    }


def _value(field: Field, words: str) -> Any:
    if not words:
        return None
    if field.name in _NUMBERS or field.choices == ("false", "true"):
        try:
            return msgspec.json.decode(words.replace(",", ""))
        except msgspec.DecodeError as problem:
            raise DecisionError(f"{words!r} is no number", where=field.name) from problem
    return words


def incident_fields(incident: Incident) -> list[Field]:
    """Give what can be corrected of an incident as a whole."""
    return [_field("incident", name, getattr(incident, name)) for name in FIELDS["incident"]]


def fact_fields(record: Record, key: str) -> tuple[str, list[Field]]:
    """Give the kind of a fact of a record, by its id, and what can be corrected of it; "" for none."""
    for event in record.events:
        if event.id == key:
            days = {
                "start": event.when.start if event.when else None,
                "end": event.when.end if event.when else None,
            }
            where = next((p.name for p in record.places if p.id == event.where), None)
            values = {"type": event.type, "status": event.status, "where": where, **days}
            return "event", [_field("event", name, values[name]) for name in FIELDS["event"]]
    for claim in record.claims:
        if claim.id == key:
            return "claim", [_field("claim", name, getattr(claim.source, name)) for name in FIELDS["claim"]]
    for kind, facts in (("figure", record.figures), ("place", record.places)):
        for fact in facts:
            if fact.id == key:
                return kind, [_field(kind, name, getattr(fact, name)) for name in FIELDS[kind]]
    return "", []


def _field(kind: str, name: str, value: object) -> Field:
    words = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
    return Field(name, words, tuple(_CHOICES.get((kind, name), ())))
