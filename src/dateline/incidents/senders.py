"""Whose mission, staff or nationals an event is about: the state that sends them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dateline.incidents.layout import Layout
from dateline.incidents.nations import state_named, states_named
from dateline.incidents.peoples import peoples_named
from dateline.incidents.voices import office_state
from dateline.record import Actor, Argument, Claim, Event, Record

__all__ = ["senders_of"]

_OF_A_STATE = frozenset(("government", "military", "police"))  # a company's staff is no state's
_MISSION = re.compile(
    r"(\S+(?: \S+)?)['’]?s? (?:embass(?:y|ies)|consulates?|missions?|high commission"
    r"|diplomatic (?:post|office)s?"
    r"|diplomats|ambassador)\b"
)
_NOUN = re.compile(
    r"(?:warning|advisor|advice|alert|notice|caution|guidance|recommendation|message)\w*$", re.I
)
_HIS = re.compile(r"\b(?:its|their|our)\b")
_ITS_MISSION = re.compile(
    r"\b(?:its|their) (?:\w+ ){0,3}(?:embass(?:y|ies)|consulates?|missions?|diplomats)\b"
)
_CRITIC = re.compile(
    r"^(?:criticis|criticiz|condemn|protest|complain|reject|regret|denounc|resent|fear|attack|dismiss)", re.I
)
_WHOSE = re.compile(
    r"(?:[A-Z][\w.’'-]* )+(?:(?:foreign|government|official|ministry|minister|department|new|own"
    r"|latest|strict|current|s)"
    r"['’s]* )*$"
)
_NEAR = 48  # characters before a noun in which its owner stands: "the British government's travel warning"


def senders_of(
    event: Event, claim: Claim | None, record: Record, layout: Layout, before: Sequence[str] = ()
) -> list[str]:
    """Give the states (alpha-3) whose mission, staff or nationals they are: all that act in the sentence.

    `before` are the senders told earlier in the report, the last one last: "its travel warning" is theirs.
    """
    host = _host(event, record, layout)
    for found in _ways(event, claim, record, layout, host):
        states = [code for code in dict.fromkeys(found) if code != host]
        if states:
            return states
    sentence, _ = _parts(event, layout)
    return list(before[-1:]) if _HIS.search(sentence) and before and before[-1] != host else []


def _host(event: Event, record: Record, layout: Layout) -> str | None:
    """Give the state in which an event is put; the dateline tells where it is told, and not where it is."""
    where = next((p for p in record.places if p.id == event.where), None)
    return where.country if where and not all(map(layout.in_header, where.mentions)) else None


def _ways(
    event: Event, claim: Claim | None, record: Record, layout: Layout, host: str | None
) -> Iterator[list[str]]:
    """Yield what each way of telling the sender gives, the surest first."""
    sentence, at = _parts(event, layout)
    if _NOUN.search(event.trigger.text):
        yield _owner(sentence[:at])
    actors = {a.id: a for a in record.actors}
    yield [s for a in _played(event, "agent") for s in _states(a, actors.get(a.actor or ""))]
    if event.type != "travel-advisory":
        yield [s for a in _played(event, "target") for s in _states(a, actors.get(a.actor or ""))]
    yield _speaker(claim)
    yield [code for a in _played(event, "recipient", "target") for code in _people(a.span.text)]
    mission = _MISSION.search(sentence)
    yield [code] if mission and (code := state_named(mission.group(1))) else []
    if event.type == "travel-advisory":
        yield _people(sentence[at:])[:1]
    office = office_state(sentence[:at])
    yield [office] if office else []
    if event.type == "travel-advisory" or _ITS_MISSION.search(sentence):
        yield _subject(sentence[:at], host)
        yield _subject(layout.sentence_text(max(0, event.trigger.start - at - 2)), host)


def _parts(event: Event, layout: Layout) -> tuple[str, int]:
    """Give an event's sentence and the offset of its trigger in it."""
    start, end = layout.sentences[layout.sentence(event.trigger.start)]
    return layout.text[start:end], event.trigger.start - start


def _played(event: Event, *roles: str) -> Iterator[Argument]:
    return (a for role in roles for a in event.arguments if a.role == role)


def _states(argument: Argument, actor: Actor | None) -> list[str]:
    found = [code for _, code in states_named(argument.span.text)]
    own = actor.country if actor and actor.kind in _OF_A_STATE else None
    state = office_state(argument.span.text) or own
    return found or ([state] if state else [])


def _owner(before: str) -> list[str]:
    """Give the state whose a noun is: "Britain's travel warning", "the American warning"."""
    whose = _WHOSE.search(before[-_NEAR:])
    if whose is None:
        return []
    state = office_state(whose.group()) or next((c for _, c in reversed(states_named(whose.group()))), None)
    return [state] if state else []


def _speaker(claim: Claim | None) -> list[str]:
    """Give the state that says it; who criticises a warning did not give it."""
    if claim is None or (claim.cue and _CRITIC.match(claim.cue.text)):
        return []
    state = office_state(claim.source.name) or state_named(claim.source.name)
    return [state] if state else []


def _people(text: str) -> list[str]:
    return [code for _, code in peoples_named(text)]


def _subject(before: str, host: str | None) -> list[str]:
    """Give the state that a text speaks of before "its travel warning", first its own office."""
    office = office_state(before)
    named = [code for _, code in states_named(before) if code != host]
    return [office] if office else named[:1]
