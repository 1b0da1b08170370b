"""WikiEvents: all events of whole texts and their arguments, in KAIROS types.

Li, Ji and Han (2021, "Document-Level Event Argument Extraction by Conditional
Generation", NAACL). Arguments are scored by head word, as their Head F1 is;
given the gold triggers and types, they reach .646 (with the role) on the test
part. Types without a counterpart in the codebook are left out on both sides.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dateline.evaluation.benchmark import Peer, Read, Result, Step, a_few, ignore, json_lines, measures
from dateline.evaluation.ontology import GoldArgument, GoldEvent, count_events, load
from dateline.record import Report, Span

__all__ = ["evaluate", "running_text"]

_HINT = "give --data WikiEvents' dev.jsonl.gz"
_KEYS = ("doc_id", "sentences", "entity_mentions", "event_mentions")
_PEERS = (
    Peer("argument given its event", "BART-Gen 2021", 0.646, "test part, head F1, given triggers and types"),
)
_STOPS = '.!?"”’)'


def evaluate(path: Path, read: Read, *, limit: int | None = None, step: Step = ignore) -> Result:
    """Measure triggers, types and arguments on the measuring split.

    Raises EvaluationError when the file is missing or not of this benchmark.
    """
    ontology = load("kairos")
    rows = [r for r in json_lines(path, _KEYS, _HINT) if measures(r["doc_id"])]
    events = [e["event_type"] for r in rows for e in r["event_mentions"]]
    covered = sum(bool(ontology.types(name)) for name in events)
    notes = (
        f"{covered} of the {len(events)} events of the measuring split have a counterpart in the codebook",
        "measuring split: first hex digit of the SHA-256 of doc_id 0 to 3",
    )
    result = Result("WikiEvents", "texts", 0, peers=_PEERS, notes=notes)
    for row in a_few(rows, limit):
        result.size += 1
        text, gold = _gold(row)
        count_events(result.tally, read(Report.of(text, language="en")), gold, ontology)
        step()
    return result


def _gold(row: dict[str, Any]) -> tuple[str, list[GoldEvent]]:
    text = running_text(row["sentences"])
    tokens = [(start, end) for sentence in row["sentences"] for _, start, end in sentence[0]]

    def span(mention: dict[str, Any]) -> Span:
        return Span.of(text, tokens[mention["start"]][0], tokens[mention["end"] - 1][1])

    entities = {m["id"]: m for m in row["entity_mentions"]}
    events = []
    for event in row["event_mentions"]:
        arguments = tuple(
            GoldArgument(a["role"], span(entities[a["entity_id"]]))
            for a in event["arguments"]
            if a["entity_id"] in entities
        )
        events.append(GoldEvent(event["event_type"], span(event["trigger"]), arguments))
    return text, events


def running_text(sentences: list[Any]) -> str:
    """Put the sentences where their tokens' offsets say; a line ends where no full stop does."""
    text = ""
    for tokens, words in sentences:
        gap = tokens[0][1] - len(text) if tokens else 0
        ended = not text or text.rstrip()[-1:] in _STOPS
        text += (" " if ended and gap == 1 else "\n") * gap + words
    return text
