"""Events of other ontologies: the written mappings and the score; RAMS and WikiEvents are read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.codebook import ROLES, TYPES
from dateline.evaluation import rams, wikievents
from dateline.evaluation.benchmark import measures
from dateline.evaluation.ontology import GoldArgument, GoldEvent, count_events, load
from dateline.evaluation.phrases import head, same_head
from dateline.evaluation.scores import Tally
from dateline.record import Record, Report
from tests.evaluation.records import event, place, record, span


@pytest.mark.parametrize("name", ["aida", "kairos"])
def test_mappings_use_the_codebook(name: str) -> None:
    """Every type and role that a mapping names is one of the codebook's."""
    ontology = load(name)
    assert ontology.reach <= set(TYPES)
    used = {ours for _, c in ontology._rows for roles in c.roles.values() for ours in roles}
    assert used <= {*ROLES, "where"}


def test_longest_name_wins() -> None:
    """A type is mapped by the most exact row; a type that no row names has no counterpart."""
    aida = load("aida")
    assert aida.types("conflict.attack.bombing") == {"bombing", "suicide-bombing", "airstrike", "shelling"}
    assert "armed-attack" in aida.types("conflict.attack.n/a")
    assert not aida.types("government.spy.spy")
    assert aida.roles("life.die.n/a", "Killer") == ["agent", "cause"]


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("three of the soldiers", "soldiers"),
        ("the mayor of Gao", "mayor"),
        ("Sunni groups", "groups"),
        ("the army's chief, who fled", "chief"),
        ("the rebels'", "rebels"),
        ("", ""),
    ],
)
def test_heads(phrase: str, word: str) -> None:
    """The head is the last word before the first preposition, relative or comma."""
    assert phrase[slice(*head(phrase))] == word


def test_same_head_is_by_place() -> None:
    """Equal words at different places are different phrases."""
    text = "men shot two men in Gao"
    assert same_head(span(text, "two men in Gao"), span(text, "men", 1))
    assert not same_head(span(text, "men"), span(text, "men", 1))


TEXT = "Rebels killed two soldiers in Gao. Talks failed."


def _record() -> Record:
    killed = event(TEXT, "killed", "killing", roles=[("agent", "Rebels"), ("target", "Gao")], where="p1")
    talks = event(TEXT, "Talks", "talks", number=2)
    return record(TEXT, events=(killed, talks), places=(place(TEXT, "Gao"),))


def _gold() -> list[GoldEvent]:
    arguments = (
        GoldArgument("Killer", span(TEXT, "Rebels")),
        GoldArgument("Victim", span(TEXT, "soldiers")),
        GoldArgument("Place", span(TEXT, "Gao")),
        GoldArgument("Unheard", span(TEXT, "two")),
    )
    return [
        GoldEvent("Life.Die.Unspecified", span(TEXT, "killed"), arguments),
        GoldEvent("Contact.Contact.Broadcast", span(TEXT, "failed"), ()),
    ]


def test_event_counts() -> None:
    """Types and roles without a counterpart are left out; a wrong role is a span and no argument."""
    tally = Tally()
    count_events(tally, _record(), _gold(), load("kairos"))
    rows = {m: (r.right, r.found, r.gold) for m, r in tally.rows.items()}
    assert rows["trigger and type"] == (1, 2, 1)
    assert rows["argument"] == (2, 3, 3)
    assert rows["argument given its event"] == (2, 3, 3)


def test_only_the_gold_trigger_counts_where_one_event_is_annotated() -> None:
    """Events elsewhere are neither right nor wrong."""
    tally = Tally()
    count_events(tally, _record(), _gold(), load("kairos"), whole=False)
    assert tally.rows["trigger and type"].found == 1


def test_rams(tmp_path: Path) -> None:
    """A row's words become running text, its event is found in it."""
    key = next(k for n in range(99) if measures(k := f"nw_{n}"))
    row = {
        "doc_key": key,
        "sentences": [["Rebels", "killed", "soldiers", "."]],
        "evt_triggers": [[1, 1, [["life.die.n/a", 1.0]]]],
        "gold_evt_links": [[[1, 1], [0, 0], "evt089arg01killer"], [[1, 1], [2, 2], "evt089arg02victim"]],
    }
    file = tmp_path / "dev.jsonl"
    file.write_text(json.dumps(row), encoding="utf-8")

    def read(report: Report) -> Record:
        assert report.text == "Rebels killed soldiers."
        return record(
            report.text, events=(event(report.text, "killed", "killing", roles=[("agent", "Rebels")]),)
        )

    rows = {m: (r.right, r.found, r.gold) for m, r in rams.evaluate(file, read).tally.rows.items()}
    assert rows["trigger and type"] == (1, 1, 1)
    assert rows["argument"] == (1, 1, 2)


def test_running_text_keeps_offsets() -> None:
    """A headline without a full stop ends its line; other sentences are parted by a blank."""
    sentences = [
        [[["Bomb", 0, 4], ["kills", 5, 10]], "Bomb kills"],
        [[["It", 11, 13], ["fell", 14, 18], [".", 18, 19]], "It fell."],
        [[["So", 20, 22]], "So"],
    ]
    assert wikievents.running_text(sentences) == "Bomb kills\nIt fell. So"
