"""IndiaPoliceEvents and PLOVER: from events to labels and roots."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.evaluation import india_police, plover
from dateline.evaluation.benchmark import measures
from dateline.record import Record, Report
from tests.evaluation.records import event, record


def test_labels() -> None:
    """A killing counts when police did it or fired; an arrest also when nobody is named."""
    text = "two men died in police firing and a mob killed one; ten were arrested"
    died = event(text, "died", "killing", roles=[("cause", "police firing")])
    mob = event(text, "killed", "killing", number=2, roles=[("agent", "a mob")])
    arrested = event(text, "arrested", "arrest", number=3)
    assert india_police.labels_of([died]) == {"KILL"}
    assert india_police.labels_of([mob]) == frozenset()
    assert india_police.labels_of([arrested]) == {"ARREST"}


def test_shooting_by_police_in_the_sentence() -> None:
    """The doer of a shooting in the same sentence counts; what was denied does not."""
    text = "police fired at the mob, killing two"
    fired = event(text, "fired", "armed-attack", roles=[("agent", "police")])
    killing = event(text, "killing", "killing", number=2)
    denied = event(text, "killing", "killing", number=2, status="denied")
    assert india_police.labels_of([fired, killing]) == {"KILL"}
    assert india_police.labels_of([fired, denied]) == frozenset()


def test_dead_of_police_firing() -> None:
    """Deaths in a sentence on police firing count, whatever the verb, unless another doer is told."""
    text = "of those who died in the police firing most were young"
    died = event(text, "died", "death")
    assert india_police.labels_of([died]) == frozenset()
    assert india_police.labels_of([died], text) == {"KILL"}
    mob = event(text, "died", "killing", roles=[("agent", "most")])
    assert india_police.labels_of([mob], text) == frozenset()


def test_sentences_and_documents(tmp_path: Path) -> None:
    """Sentences of a text are read together and scored apart; documents count once."""
    number = next(n for n in range(99) if measures(n))
    rows = [
        {"doc_id": number, "sent_id": 1, "sent_labels": ["ARREST"], "sent_text": "ten were arrested."},
        {"doc_id": number, "sent_id": 0, "sent_labels": [], "sent_text": "the town was calm.\n\n"},
        {"doc_id": number, "sent_id": 2, "sent_labels": ["ARREST"], "sent_text": "five were held."},
    ]
    file = tmp_path / "sents.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")

    def read(report: Report) -> Record:
        assert report.text.startswith("the town was calm.")
        return record(report.text, events=(event(report.text, "arrested", "arrest"),))

    result = india_police.evaluate(file, read)
    rows_of = {m: (r.right, r.found, r.gold) for m, r in result.tally.rows.items()}
    assert result.size == 3
    assert rows_of["ARREST"] == (1, 1, 2)
    assert rows_of["ARREST documents"] == (1, 1, 1)


@pytest.mark.parametrize(
    ("kind", "status", "root"),
    [
        ("aid", "happened", "AID"),
        ("aid", "planned", "AGREE"),
        ("airstrike", "threatened", "THREATEN"),
        ("release", "requested", "REQUEST"),
        ("release", "happened", "YIELD"),
        ("disaster", "happened", None),
    ],
)
def test_roots(kind: str, status: str, root: str | None) -> None:
    """The root is the type's code, turned by the status as PLOVER codes intents."""
    assert plover.root_of(event("x", "x", kind, status=status)) == root


def test_plover_counts(tmp_path: Path) -> None:
    """The event between source and target decides the root; the triple asks for all three."""
    marked = "After talks <s>Mali</s> condemned <t>France</t>."
    text = "After talks Mali condemned France."
    file = tmp_path / "PLV_train.tsv"
    file.write_text(f"marked_sentence\tgold_root\n{marked}\tACCUSE\n", encoding="utf-8")
    talks = event(text, "talks", "talks")
    roles = [("agent", "Mali"), ("target", "France")]
    condemned = event(text, "condemned", "accusation", number=2, roles=roles)
    result = plover.evaluate(file, lambda report: record(report.text, events=(talks, condemned)))
    rows = {m: (r.right, r.found, r.gold) for m, r in result.tally.rows.items()}
    assert rows["root"] == (1, 0, 1)
    assert rows["triple"] == (1, 1, 1)


def test_gold_records_of_the_manual(tmp_path: Path) -> None:
    """The manual's JSON is read too, its documentation rows left out."""
    rows = [
        {"event": "DOCUMENT"},
        {"event": "AID", "text": "Mali helped Chad.", "source": [{"actorText": "Mali"}],
         "target": [{"actorText": "Chad"}]},
    ]  # fmt: skip
    file = tmp_path / "gsr.txt"
    file.write_text(json.dumps(rows), encoding="utf-8")
    result = plover.evaluate(file, lambda report: record(report.text))
    assert result.size == 1
    assert result.tally.rows["triple"].gold == 1
