"""Event-location: the place where each event verb of a sentence happened.

The set and the task are Halterman's (2019, "Geolocating Political Events in
Text", NLP+CSS): a sentence, a verb in it, and the place names of that event.
His network reaches precision and recall over 0.83 measured by token, on
another split. A verb is right when the record has an event there (overlap with
its trigger; a light verb stands for the event noun that it carries) whose
`where` is one of the gold places, by name or by span.

A sixth of the places are given by the numbers of their words (first and last,
as spaCy cuts them) where the others have offsets: `places` reads both, and a
sentence whose numbers hit no name is left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.evaluation.benchmark import Peer, Read, Result, Step, a_few, ignore, json_lines, measures
from dateline.knowledge.names import fold, strip_kind_word
from dateline.record import Event, Place, Record, Report, Span

__all__ = ["evaluate", "places"]

_HINT = "give --data event-location's train.jsonl.gz"
_PEERS = (Peer("place", "Halterman 2019", 0.83, "his own test split, by token, given the verb"),)
_WORD = re.compile(
    r"(?<=\s)\s+|^\s+|(?:[A-Za-z]\.){2,}|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Lt|Col|Sgt|Brig|Maj|Capt|Gov|Sen|Rep|Mt)\."
    r"|\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|No|vs)\.|[A-Za-z]+-\d\w*|\d+(?:[.,:/]\d+)*(?:-\w+)?(?!\w)"
    r"|(?:['’](?:s|re|ve|ll|m|d))\b|\w+?(?=n['’]t\b)|n['’]t\b|\w+|--+|\.\.+|[^\w\s]"
)
_CARRIED = 6  # words between a light verb and the event noun that it carries
_CLAUSE_END = re.compile(r"[,.;:!?]|\b(?:and|but|while|after|before|as|who|which|that)\b")
_SHORTEST = 3  # characters of a place's name: what is shorter is numbers of words
_NOTES = (
    "share of the gold verbs; `place found`: of those where the record has an event",
    "measuring split: first hex digit of the SHA-256 of the sentence 0 to 3",
)


def evaluate(path: Path, read: Read, *, limit: int | None = None, step: Step = ignore) -> Result:
    """Measure the places of event verbs on the measuring split.

    Raises EvaluationError when the file is missing or not of this benchmark.
    """
    rows = [r for r in json_lines(path, ("text", "spans"), _HINT) if measures(r["text"])]
    rows = list(a_few((r for r in rows if _spans(r, "VERB")), limit))
    result = Result("event-location", "verbs", 0, shares=_SHARES, peers=_PEERS, notes=_NOTES)
    for measure in _ORDER:
        result.tally.count(measure)
    for row in rows:
        gold = places(row["text"], _spans(row, "LOCATION"))
        if gold is not None:
            record = read(Report.of(row["text"], language="en"))
            for verb in _spans(row, "VERB"):
                result.size += 1
                _count(result, record, verb, gold)
        step()
    return result


def places(text: str, given: Sequence[Span]) -> list[Span] | None:
    """Give the places of a sentence, None where numbers of words hit no name."""
    if not given or max(s.end - s.start for s in given) >= _SHORTEST:
        return [s for s in given if s.end - s.start >= _SHORTEST]
    if all(s.text.isupper() and len(s.text) > 1 for s in given):  # "UK"
        return list(given)
    words = [match.span() for match in _WORD.finditer(text)]
    named = [s for s in given if s.end < len(words)]
    found = [Span.of(text, words[s.start][0], words[s.end][1]) for s in named]
    return [s for s in found if s.text[:1].isupper()] or None


_ORDER = ("verb found", "place where one is told", "place found", "no place where none is told", "place")
_SHARES = frozenset(_ORDER[:4])


def _spans(row: dict[str, Any], label: str) -> list[Span]:
    return [Span.of(row["text"], s["start"], s["end"]) for s in row["spans"] if s["label"] == label]


def _count(result: Result, record: Record, verb: Span, gold: Sequence[Span]) -> None:
    count = result.tally.count
    event = _event_at(record.events, verb) or _event_beside(record, verb)
    place = _where(record, event)
    right = bool(gold) and place is not None and any(_same_place(place, g) for g in gold)
    count("verb found", event is not None, gold=1)
    if gold:
        count("place where one is told", right, gold=1)
        count("place found", right, gold=event is not None)
    elif event is not None:
        count("no place where none is told", place is None, gold=1)
    count("place", right, place is not None, bool(gold))
    if gold and not right:
        wanted = ", ".join(g.text for g in gold)
        found = f"{event.type}, {place.name if place else 'no place'}" if event else "no event"
        result.tally.errors.append(f"{verb.text!r} in {wanted}: {found}: {record.report.text[:160]!r}")


def _event_at(events: Sequence[Event], verb: Span) -> Event | None:
    """Find the event at a verb; of several the one with a place, then the likeliest."""
    near = [e for e in events if e.trigger.start < verb.end and verb.start < e.trigger.end]
    return max(near, key=lambda e: (e.where is not None, e.confidence), default=None)


def _event_beside(record: Record, verb: Span) -> Event | None:
    """Find the event noun that a light verb carries: "launched an attack", "fighting broke out".

    The codebook's trigger is the noun; it stands in the verb's clause, a few words off.
    """
    text, near = record.report.text, []
    for event in record.events:
        between = (event.trigger.end, verb.start) if event.trigger.end <= verb.start else (
            verb.end, event.trigger.start)  # fmt: skip
        gap = text[slice(*between)]
        if len(gap.split()) <= _CARRIED and not _CLAUSE_END.search(gap):
            near.append((len(gap), event.trigger.start, event))
    return min(near, key=lambda row: row[:2])[2] if near else None


def _where(record: Record, event: Event | None) -> Place | None:
    if event is None or event.where is None:
        return None
    return next((p for p in record.places if p.id == event.where), None)


def _same_place(place: Place, gold: Span) -> bool:
    if any(m.start < gold.end and gold.start < m.end for m in place.mentions):
        return True
    names = {place.name, *(m.text for m in place.mentions)}
    return strip_kind_word(fold(gold.text)) in {strip_kind_word(fold(name)) for name in names}
