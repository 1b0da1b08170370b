"""RAMS: one event over five sentences and its arguments, in AIDA types.

Ebner, Xia, Culkin, Rawlins and Van Durme (2020, "Multi-Sentence Argument
Linking", ACL). Only one event of a text is annotated, so triggers have no
precision: `trigger` and `trigger and type` are shares of the gold events that
the mapping covers, and arguments count at our event on the gold trigger only.
Published systems are given the trigger and its type and choose from 65 roles:
Li, Ji and Han (2021) reach span F1 .486 on its test part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from dateline.evaluation.benchmark import Peer, Read, Result, Step, a_few, ignore, json_lines, measures
from dateline.evaluation.ontology import MEASURES, GoldArgument, GoldEvent, count_events, load
from dateline.record import Report, Span

__all__ = ["detokenised", "evaluate"]

_HINT = "give --data RAMS' dev.jsonl.gz"
_KEYS = ("doc_key", "sentences", "evt_triggers", "gold_evt_links")
_PEERS = (
    Peer("argument given its event", "BART-Gen 2021", 0.486, "test part, span F1, given trigger and type"),
)
_NO_BLANK_BEFORE = re.compile(r"^(?:[.,;:!?%)\]}’”]|['’](?:s|re|ve|ll|d|m|t)?|n['’]t)$")
_NO_BLANK_AFTER = frozenset("( [ { “ ‘ $ £ €".split())


def evaluate(path: Path, read: Read, *, limit: int | None = None, step: Step = ignore) -> Result:
    """Measure found triggers, their types and their arguments on the measuring split.

    Raises EvaluationError when the file is missing or not of this benchmark.
    """
    ontology = load("aida")
    rows = [r for r in json_lines(path, _KEYS, _HINT) if measures(r["doc_key"])]
    covered = [r for r in rows if ontology.types(_type(r))]
    notes = (
        f"{len(covered)} of the {len(rows)} events of the measuring split have a counterpart in the codebook",
        "measuring split: first hex digit of the SHA-256 of doc_key 0 to 3",
    )
    result = Result("RAMS", "events", 0, shares=frozenset(MEASURES[:2]), peers=_PEERS, notes=notes)
    for row in a_few(covered, limit):
        result.size += 1
        text, gold = _gold(row)
        count_events(result.tally, read(Report.of(text, language="en")), [gold], ontology, whole=False)
        step()
    return result


def _type(row: dict[str, Any]) -> str:
    return str(row["evt_triggers"][0][2][0][0])


def _gold(row: dict[str, Any]) -> tuple[str, GoldEvent]:
    """Make the text and its event; RAMS counts words over all sentences, ends inclusive."""
    text, spans = detokenised(row["sentences"])

    def span(first: int, last: int) -> Span:
        return Span.of(text, spans[first][0], spans[last][1])

    trigger = row["evt_triggers"][0]
    arguments = tuple(
        GoldArgument(_role(name), span(*argument)) for _, argument, name in row["gold_evt_links"]
    )
    return text, GoldEvent(_type(row), span(*trigger[:2]), arguments)


def _role(name: str) -> str:
    """Take the role out of `evt089arg02place`."""
    return re.sub(r"^evt\d+arg\d+", "", name)


def detokenised(sentences: Iterable[Sequence[str]]) -> tuple[str, list[tuple[int, int]]]:
    """Write tokenised sentences as running text; give it and the offsets of each token."""
    text = ""
    spans = []
    for sentence in sentences:
        for at, token in enumerate(sentence):
            glued = at > 0 and (_NO_BLANK_BEFORE.match(token) or sentence[at - 1] in _NO_BLANK_AFTER)
            if text and not glued:
                text += " "
            spans.append((len(text), len(text) + len(token)))
            text += token
    return text, spans
