"""IndiaPoliceEvents: which sentences tell that the police killed or arrested someone.

Halterman, Keith, Sarwar and O'Connor (2021, "Corpus-Level Evaluation for Event
QA: The IndiaPoliceEvents Corpus Covering the 2002 Gujarat Violence", Findings
of ACL). The labels are answers to "Did police kill someone?" and "Did police
arrest someone?"; security forces count as police. The texts are lower case;
all sentences of a text are read together, as its annotators had them.

A sentence is KILL when an event of type `killing` has its trigger in it and the
doer is police: as its agent, in its cause or instrument ("in police firing"),
or, where the killing names no doer, as the agent of another act of the police in
the same sentence; the dead of "police firing" count too, whatever the verb. It is ARREST when it
has an event of type `arrest` whose doer is police or not told. Events that are
planned, asked for, denied and the like don't count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.evaluation.benchmark import Read, Result, Step, a_few, ignore, json_lines, measures
from dateline.record import Event, Record, Report

__all__ = ["LABELS", "evaluate", "labels_of"]

LABELS = ("KILL", "ARREST")
_HINT = "give --data IndiaPoliceEvents' sents.jsonl.gz"
_NOTES = (
    "by sentence; `documents`: texts with the label in any sentence",
    "measuring split: first hex digit of the SHA-256 of doc_id 0 to 3",
)
_TOLD = ("happened", "ongoing", "possible")
_POLICE = re.compile(
    r"\b(?:police\w*|cops?|constables?|constabulary|security (?:force|personnel|men)\w*|jawans?|paramilitary"
    r"|c\.?r\.?p\.?f|r\.?a\.?f|s\.?r\.?p\.?f?|b\.?s\.?f|rapid action force|law enforcement|troops|army"
    r"|soldiers|armymen|authorities|sub-?inspectors?|inspectors?|crime branch|special branch)\b",
    re.IGNORECASE,
)
_FIRED = re.compile(
    r"\b(?:police|security forces|army|jawans|c\.?r\.?p\.?f|r\.?a\.?f|s\.?r\.?p)\W+(?:\w+\W+)?"
    r"(?:firing|bullets?|gunfire)\b"
    r"|\b(?:firing|bullets?|gunfire)\s+(?:by|of|from)\s+(?:the\s+)?(?:police|security forces|army|jawans)\b",
    re.IGNORECASE,
)
_DEATHS = ("killing", "death")
_ACTS = (
    "armed-attack",
    "security-operation",
)  # of the police, told beside a killing; an arrest is that of its doer
_FIRING = ("agent", "cause", "instrument")


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    gold: frozenset[str]


def evaluate(path: Path, read: Read, *, limit: int | None = None, step: Step = ignore) -> Result:
    """Measure KILL and ARREST by sentence and by document on the measuring split.

    Raises EvaluationError when the file is missing or not of this benchmark.
    """
    texts = _texts(path)
    result = Result("IndiaPoliceEvents", "sentences", 0, notes=_NOTES)
    for label in LABELS:
        result.tally.count(label)
        result.tally.count(f"{label} documents")
    for text, sentences in a_few(texts, limit):
        record = read(Report.of(text, language="en"))
        result.size += len(sentences)
        found = [labels_of(_events_in(record, s), text[s.start : s.end]) for s in sentences]
        _count(result, text, sentences, found)
        step()
    return result


def _texts(path: Path) -> list[tuple[str, list[_Sentence]]]:
    """Join the sentences of each text of the measuring split, in order."""
    by_doc = defaultdict(list)
    for row in json_lines(path, ("doc_id", "sent_id", "sent_labels", "sent_text"), _HINT):
        if measures(row["doc_id"]):
            by_doc[row["doc_id"]].append(row)
    out = []
    for rows in by_doc.values():
        text, sentences = "", []
        for row in sorted(rows, key=lambda r: int(r["sent_id"])):
            start = len(text)
            text += row["sent_text"] + ("" if row["sent_text"].endswith("\n") else " ")
            sentences.append(_Sentence(start, len(text), frozenset(row["sent_labels"])))
        if text.strip():
            out.append((text, sentences))
    return out


def _events_in(record: Record, sentence: _Sentence) -> list[Event]:
    return [e for e in record.events if sentence.start <= e.trigger.start < sentence.end]


def labels_of(events: Sequence[Event], sentence: str = "") -> frozenset[str]:
    """Give the labels that the events of one sentence amount to."""
    told = [e for e in events if e.status in _TOLD]
    acting = any(_by_police(e) for e in told if e.type in _ACTS)
    out = set()
    if _FIRED.search(sentence) and any(e.type in _DEATHS and not _has(e, "agent") for e in told):
        out.add("KILL")
    for killing in (e for e in told if e.type == "killing"):
        if _by_police(killing) or (acting and not _has(killing, "agent")):
            out.add("KILL")
    if any(e.type == "arrest" and (_by_police(e) or not _has(e, "agent")) for e in told):
        out.add("ARREST")
    return frozenset(out)


def _has(event: Event, role: str) -> bool:
    return any(a.role == role for a in event.arguments)


def _by_police(event: Event) -> bool:
    named = [a.span.text for a in event.arguments if a.role in _FIRING]
    return any(_POLICE.search(text) for text in (*named, event.trigger.text))


def _count(
    result: Result, text: str, sentences: Sequence[_Sentence], found: Sequence[frozenset[str]]
) -> None:
    for label in LABELS:
        hits = [(label in f, label in s.gold) for s, f in zip(sentences, found, strict=True)]
        for (ours, gold), sentence in zip(hits, sentences, strict=True):
            result.tally.count(label, ours and gold, ours, gold)
            if ours != gold:
                kind = "missed" if gold else "spurious"
                result.tally.errors.append(f"{kind} {label}: {text[sentence.start : sentence.end].strip()!r}")
        ours, gold = any(h[0] for h in hits), any(h[1] for h in hits)
        result.tally.count(f"{label} documents", ours and gold, ours, gold)
