"""Actor resolution: whom a phrase of a report stands for, mentions given.

The mentions are ours: 300 of MUC-4 train and re3d, chosen by chance among the phrases that take part in
events, say something or are annotated as people and organisations there (`training/annotations/actors`,
which holds offsets and no text; `python -m training.actors` puts the texts in). A mention is right when its
actor is one of the answers: a known id of the actor list; a person by name, also where a pronoun or an
office stands for him; for others the kind, and the country where the phrase tells it; or no actor at all
(things, papers, places). Half of the texts were looked at while the rules were made (`develop`), half not.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.evaluation.benchmark import Result, Step, a_few, ignore, json_lines
from dateline.evaluation.scores import Tally
from dateline.knowledge.actors import ActorRegistry
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.actors import is_actor, resolve_actors
from dateline.record import Actor

__all__ = ["evaluate"]

_HINT = "make it with: python -m training.actors > actors.jsonl"
_SHARES = frozenset({"all", "develop", "held", "known", "person", "described", "no actor"})


def evaluate(path: Path, *, limit: int | None = None, step: Step = ignore) -> Result:
    """Measure resolution on annotated mentions: the share that is right, by half and by what they stand for.

    Raises EvaluationError when the file is missing or a line is not of the benchmark.
    """
    result = Result("Actor resolution", "texts", 0, shares=_SHARES)
    rows = list(a_few(json_lines(path, ("doc", "text", "half", "mentions"), _HINT), limit))
    registry = ActorRegistry.open()
    with Gazetteer.open() as gazetteer:
        for row in rows:
            _count(result.tally, row, registry, gazetteer)
            result.size += 1
            step()
    return result


def _count(tally: Tally, row: dict[str, Any], registry: ActorRegistry, gazetteer: Gazetteer) -> None:
    spans = [(mention["span"][0], mention["span"][1]) for mention in row["mentions"]]
    actors = resolve_actors(row["text"], spans, registry, gazetteer)
    at = {(m.start, m.end): actor for actor in actors if is_actor(actor) for m in actor.mentions}
    for mention, span in zip(row["mentions"], spans, strict=True):
        actor, answers = at.get(span), mention["answers"]
        right = any(_fits(actor, answer) for answer in answers)
        for measure in ("all", row["half"], _sort(answers[0])):
            tally.count(measure, right, found=1, gold=1)
        if not right and row["half"] == "develop":
            tally.errors.append(_error(row, span, actor, answers))


def _sort(answer: dict[str, Any] | None) -> str:
    if answer is None:
        return "no actor"
    return "known" if "registry" in answer else "person" if "person" in answer else "described"


def _fits(actor: Actor | None, answer: dict[str, Any] | None) -> bool:
    if actor is None or answer is None:
        return actor is None and answer is None
    if "registry" in answer:
        return bool(actor.registry == answer["registry"])
    if "person" in answer:
        name = fold(actor.name).split()
        return actor.kind == "person" and set(fold(answer["person"]).split()) <= set(name)
    return bool(actor.kind in answer["kinds"] and answer["country"] in (None, actor.country))


def _error(row: dict[str, Any], span: tuple[int, int], actor: Actor | None, answers: Sequence[Any]) -> str:
    phrase = row["text"][span[0] : span[1]]
    ours = f"{actor.name} ({actor.kind}, {actor.country}, {actor.registry})" if actor else "no actor"
    return f"{row['doc']} {phrase!r}: {ours}, gold {answers}"
