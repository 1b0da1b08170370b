"""MUC-4: from a record to role fillers and casualties, and their score."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation.muc4 import evaluate
from dateline.evaluation.muc4.casualties import count_casualties, gold_casualties
from dateline.evaluation.muc4.entities import FEATURES, GROUPS, Entity, entities
from dateline.evaluation.muc4.fillers import fillers_of
from dateline.evaluation.muc4.keys import Filler, Template
from dateline.evaluation.muc4.measure import ALL, DESCRIBED, NAMED, count_fillers, gold_fillers
from dateline.evaluation.muc4.naming import Filler as Victim
from dateline.evaluation.muc4.naming import Namer, bare
from dateline.evaluation.muc4.weighing import Weights, fillers_with_parties, probability, shipped_weights
from dateline.evaluation.scores import Tally
from dateline.reading.parties import Party
from dateline.record import Event, Record, Report, Span
from tests.evaluation.records import event, figure, record

TEXT = (
    "TWO GUERRILLAS OF THE FARABUNDO MARTI NATIONAL LIBERATION FRONT BOMBED THE OFFICES OF THE MINISTRY"
    " WITH DYNAMITE AND KILLED COLONEL ROBERTO NAVAS AND SIX PEASANTS."
)


@pytest.fixture(scope="module")
def namer() -> Namer:
    return Namer.open()


def _events() -> tuple[Event, ...]:
    agent = ("agent", "TWO GUERRILLAS OF THE FARABUNDO MARTI NATIONAL LIBERATION FRONT")
    return (
        event(TEXT, "BOMBED", "bombing",
              roles=[agent, ("target", "THE OFFICES OF THE MINISTRY"), ("instrument", "DYNAMITE")]),
        event(TEXT, "KILLED", "killing", number=2,
              roles=[agent, ("target", "COLONEL ROBERTO NAVAS"), ("target", "SIX PEASANTS")]),
    )  # fmt: skip


def _key() -> Template:
    return Template(
        "X",
        {
            "PERP: INDIVIDUAL ID": [Filler("", ("GUERRILLAS",))],
            "PERP: ORGANIZATION ID": [Filler("", ("FARABUNDO MARTI NATIONAL LIBERATION FRONT", "FMLN"))],
            "PHYS TGT: ID": [Filler("", ("OFFICES OF THE MINISTRY", "OFFICES")), Filler("", ("BRIDGE",))],
            "HUM TGT: NAME": [Filler("", ("ROBERTO NAVAS",))],
            "HUM TGT: DESCRIPTION": [
                Filler("", ("COLONEL",), ("ROBERTO NAVAS",)),
                Filler("", ("PEASANTS",)),
            ],
            "INCIDENT: INSTRUMENT ID": [Filler("", ("DYNAMITE",))],
            "HUM TGT: NUMBER": [Filler("1", (), ("ROBERTO NAVAS",)), Filler("6", (), ("PEASANTS",))],
            "HUM TGT: EFFECT OF INCIDENT": [
                Filler("DEATH", (), ("ROBERTO NAVAS",)),
                Filler("DEATH", (), ("PEASANTS",)),
            ],
        },
    )


def test_fillers_of_a_record(namer: Namer) -> None:
    """Agents part into people and their organization, targets into things and people; names lose titles."""
    found = fillers_of(record(TEXT, events=_events()), namer)
    assert {role: [f.text for f in rows] for role, rows in found.items()} == {
        "PerpInd": ["GUERRILLAS"],
        "PerpOrg": ["FARABUNDO MARTI NATIONAL LIBERATION FRONT"],
        "Target": ["OFFICES OF THE MINISTRY"],
        "Victim": ["ROBERTO NAVAS", "PEASANTS"],
        "Weapon": ["DYNAMITE"],
    }
    assert [f.named for f in found["Victim"]] == [True, False]


def test_fighting_and_what_did_not_happen_are_no_incident(namer: Namer) -> None:
    """Denied events and attacks on soldiers give no fillers."""
    text = "REBELS ATTACKED SOLDIERS. REBELS DID NOT KILL PEDRO PEREZ."
    events = (
        event(text, "ATTACKED", "armed-attack", roles=[("agent", "REBELS"), ("target", "SOLDIERS")]),
        event(text, "KILL", "killing", number=2, status="denied", roles=[("target", "PEDRO PEREZ")]),
    )
    assert not any(fillers_of(record(text, events=events), namer).values())


def test_things_in_a_row_are_several_targets(namer: Namer) -> None:
    """Things joined by "and" are entities of their own; a happening without a target gives nothing."""
    text = "REBELS BURNED BUSES AND STORES. REBELS KIDNAPPED."
    events = (
        event(text, "BURNED", "destruction", roles=[("target", "BUSES AND STORES")]),
        event(text, "KIDNAPPED", "abduction", number=2, roles=[("agent", "REBELS")]),
    )
    found = fillers_of(record(text, events=events), namer)
    assert sorted(f.text for f in found["Target"]) == ["BUSES", "STORES"]
    assert found["PerpInd"] == []


def test_ceaf_ree_counts(namer: Namer) -> None:
    """All but the bridge, which the text does not name, are right; described victims count apart."""
    tally = Tally()
    count_fillers(tally, fillers_of(record(TEXT, events=_events()), namer), [_key()], TEXT)
    rows = {m: (r.right, r.found, r.gold) for m, r in tally.rows.items()}
    assert rows["Target"] == (1, 1, 1)
    assert rows["Victim"] == (1, 1, 1)
    assert rows[NAMED] == (5, 5, 5)
    assert rows[DESCRIBED] == (2, 2, 2)
    assert rows[ALL] == (6, 6, 6)


def test_gold_entities_merge_over_templates() -> None:
    """An entity that is part of another is that one; strings not in the text are dropped."""
    again = Template("X", {"PERP: ORGANIZATION ID": [Filler("", ("FMLN",))]})
    gold = gold_fillers([_key(), again], TEXT)
    assert gold["PerpOrg"] == [frozenset({"farabundo marti national liberation front"})]
    assert gold[DESCRIBED] == [frozenset({"roberto navas", "colonel"}), frozenset({"peasants"})]


def test_alignment_moves_an_earlier_pair_aside(namer: Namer) -> None:
    """Two of ours that fit one gold entity don't keep the second from another that it alone fits."""
    text = "MEN AND REBELS BOMBED A CAR."
    events = (
        event(text, "BOMBED", "bombing", roles=[("agent", "MEN"), ("agent", "REBELS"), ("target", "A CAR")]),
    )
    key = Template("X", {"PERP: INDIVIDUAL ID": [Filler("", ("MEN", "REBELS")), Filler("", ("MEN", "AND"))]})
    tally = Tally()
    count_fillers(tally, fillers_of(record(text, events=events), namer), [key], text)
    assert (tally.rows["PerpInd"].right, tally.rows["PerpInd"].gold) == (2, 2)


def test_casualties(namer: Namer) -> None:
    """Effect counts with the people, number with the people and the count."""
    figures = (
        figure(TEXT, "SIX", "killed", 6, who="PEASANTS", event="e2"),
        figure(TEXT, "TWO", "wounded", 2, who="GUERRILLAS", group="militant"),
    )
    tally = Tally()
    count_casualties(tally, record(TEXT, events=_events(), figures=figures), [_key()], namer)
    assert len(gold_casualties([_key()])) == 2
    assert (tally.rows["casualty effect"].right, tally.rows["casualty effect"].found) == (1, 1)
    assert (tally.rows["casualty number"].right, tally.rows["casualty number"].gold) == (1, 2)


def test_casualties_of_known_victims(namer: Namer) -> None:
    """Only the victims of the news count; a likely one whom an event kills counts without a figure."""
    figures = (
        figure(TEXT, "SIX", "killed", 6, who="PEASANTS", event="e2"),
        figure(TEXT, "TWO", "wounded", 2, who="GUERRILLAS"),
    )
    told = record(TEXT, events=_events(), figures=figures)
    peasants, colonel = Victim("PEASANTS", named=False), Victim("ROBERTO NAVAS", named=True, confidence=0.4)
    tally = Tally()
    count_casualties(tally, told, [_key()], namer, [peasants, colonel])
    assert (tally.rows["casualty number"].right, tally.rows["casualty number"].found) == (1, 1)
    sure = Victim("ROBERTO NAVAS", named=True, confidence=0.6)
    count_casualties(tally, told, [_key()], namer, [peasants, sure])
    assert (tally.rows["casualty number"].right, tally.rows["casualty number"].found) == (3, 3)


def test_plural_is_two_or_more(namer: Namer) -> None:
    """The key's PLURAL is met by any count from two."""
    key = _key()
    key.slots["HUM TGT: NUMBER"][1] = Filler("PLURAL", (), ("PEASANTS",))
    tally = Tally()
    figures = (figure(TEXT, "SIX", "killed", 6, who="PEASANTS", event="e2"),)
    count_casualties(tally, record(TEXT, events=_events(), figures=figures), [key], namer)
    assert tally.rows["casualty number"].right == 1


@pytest.mark.parametrize(
    ("phrase", "plain"),
    [
        ("THE TWO BOMBS", "BOMBS"),
        ("ONE OF THE DEMONSTRATORS", "DEMONSTRATORS"),
        ("AT LEAST 30 MEN", "MEN"),
        ("ROADS IN", "ROADS"),
        ("25 KG OF DYNAMITE", "DYNAMITE"),
    ],
)
def test_bare_phrases(phrase: str, plain: str) -> None:
    """Determiners and numbers go."""
    assert bare(phrase) == plain


KEY_FILE = """0.  MESSAGE: ID                     TST9-MUC3-0001
12. PHYS TGT: ID                    "BRIDGE"
"""


def _archive(path: Path) -> Path:
    files = {
        "muc4/dev/key-tst9.v7": KEY_FILE,
        "muc4/dev/tst9-muc3": "TST9-MUC3-0001\n\nREBELS BOMBED THE BRIDGE.\n",
    }
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content.encode()))
    return path


def test_whole_archive(tmp_path: Path) -> None:
    """An archive of one dispatch is read and scored end to end."""

    def read(report: Report) -> Record:
        roles = [("agent", "REBELS"), ("target", "THE BRIDGE")]
        return record(report.text, events=(event(report.text, "BOMBED", "bombing", roles=roles),))

    result = evaluate(_archive(tmp_path / "muc4.tar.gz"), read)
    rows = {m: (r.right, r.found, r.gold) for m, r in result.tally.rows.items()}
    assert result.size == 1
    assert rows["Target"] == (1, 1, 1)
    assert rows[NAMED] == (1, 2, 1)


def test_part_that_is_not_there(tmp_path: Path) -> None:
    """A part that the archive lacks is an EvaluationError."""
    with pytest.raises(EvaluationError, match="'train'"):
        evaluate(_archive(tmp_path / "muc4.tar.gz"), lambda r: record(r.text), part="train")


def _party(role: str, phrase: str, confidence: float, text: str = TEXT) -> Party:
    start = text.index(phrase)
    return Party(role, Span.of(text, start, start + len(phrase)), confidence)


def _named(found: list[Entity], role: str) -> list[str]:
    return [entity.text for entity in found if entity.role == role]


def test_entities_of_parties(namer: Namer) -> None:
    """Words that are part of one another's are one entity, and so are two names of one organization."""
    text = "URBAN GUERRILLAS OF THE FMLN ATTACKED. THE GUERRILLAS ARE OF THE NATIONAL LIBERATION FRONT (FMLN). TWO."
    parties = [
        _party("perpetrator", "URBAN GUERRILLAS", 0.4, text),
        _party("perpetrator", "THE GUERRILLAS", 0.7, text),
        _party("perpetrator", "TWO", 0.9, text),
        _party("organization", "FMLN", 0.6, text),
    ]
    found = entities(record(text), parties, namer)
    assert _named(found, "PerpInd") == ["GUERRILLAS"]
    doers = found[0]
    assert doers.confidences == [0.7, 0.4]
    assert doers.features["before"] == 0
    assert _named(found, "PerpOrg") == ["FMLN"]


def test_names_of_one_organization_are_one_entity(namer: Namer) -> None:
    """The likelier of "FMLN" and its full name stands for both; another organization stays."""
    text = "THE FARABUNDO MARTI NATIONAL LIBERATION FRONT, THE FMLN, AND SHINING PATH."
    names = (("FARABUNDO MARTI NATIONAL LIBERATION FRONT", 0.8), ("FMLN", 0.5), ("SHINING PATH", 0.4))
    found = entities(record(text), [_party("organization", n, p, text) for n, p in names], namer)
    assert _named(found, "PerpOrg") == ["FARABUNDO MARTI NATIONAL LIBERATION FRONT", "SHINING PATH"]


def test_the_longest_name_of_a_victim(namer: Namer) -> None:
    """A victim is given by the longest of the names; one without a name is described."""
    text = "COLONEL ROBERTO NAVAS PEREZ WAS SHOT. ROBERTO NAVAS DIED. A PEASANT DIED."
    parties = [
        _party("victim", "COLONEL ROBERTO NAVAS PEREZ", 0.5, text),
        Party("victim", Span.of(text, 38, 51), 0.9),
        _party("victim", "A PEASANT", 0.3, text),
    ]
    found = entities(record(text), parties, namer)
    assert [(e.text, e.group) for e in found] == [
        ("ROBERTO NAVAS PEREZ", "Victim"),
        ("PEASANT", "Described"),
    ]


def test_what_the_record_tells_of_an_entity(namer: Namer) -> None:
    """An event that counts speaks for its doer and target, in that role alone."""
    parties = [
        _party("perpetrator", "TWO GUERRILLAS", 0.5),
        _party("thing", "OFFICES OF THE MINISTRY", 0.5),
        _party("weapon", "MINISTRY", 0.5),
    ]
    found = {e.role: e.features for e in entities(record(TEXT, events=_events()), parties, namer)}
    assert found["PerpInd"]["told"] == found["PerpInd"]["told_PerpInd"] == 1
    assert found["Target"]["told_Target"] == 1
    assert found["Weapon"]["told"] == 0


def _weights(**features: float) -> Weights:
    return Weights(dict.fromkeys(GROUPS, 0.0), {**dict.fromkeys(FEATURES, 0.0), **features}, 0.5)


def test_weights_choose_the_fillers(namer: Namer) -> None:
    """An entity fills its role from the least probability on."""
    parties = [
        _party("thing", "OFFICES OF THE MINISTRY", 0.8),
        _party("victim", "SIX PEASANTS", 0.3),
        _party("perpetrator", "TWO GUERRILLAS", 0.3),
    ]
    told = record(TEXT, events=_events())
    found = fillers_with_parties(told, parties, namer, _weights(likeliest=1.0))
    assert {role: [f.text for f in rows] for role, rows in found.items() if rows} == {
        "Target": ["OFFICES OF THE MINISTRY"]
    }
    found = fillers_with_parties(told, parties, namer, _weights(likeliest=1.0, told_PerpInd=2.0))
    assert [f.text for f in found["PerpInd"]] == ["GUERRILLAS"]


def test_probability_is_that_of_the_odds() -> None:
    """The bias of the group and the weighed features add up to log-odds."""
    entity = Entity("Victim", "PEASANT", False, [0.5], [0], {"one_word": 1.0})
    weights = Weights({"Described": -1.0}, {"one_word": 2.0}, 0.5)
    assert probability(entity, weights) == pytest.approx(0.731, abs=0.001)


def test_shipped_weights_are_whole() -> None:
    """Every feature and group has its weight; a likelier mention speaks for an entity."""
    weights = shipped_weights()
    assert set(weights.features) == set(FEATURES)
    assert set(weights.bias) == set(GROUPS)
    assert weights.features["likeliest"] > 0
    assert 0.1 < weights.least < 0.9


def test_no_parties_no_fillers(namer: Namer) -> None:
    """A dispatch without a party tells of no incident, whatever its events."""
    found = fillers_with_parties(record(TEXT, events=_events()), [], namer)
    assert all(not rows for rows in found.values())
