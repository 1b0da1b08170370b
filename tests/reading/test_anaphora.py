"""Whom pronouns, offices and short forms stand for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dateline.knowledge.actors import ActorRegistry
from dateline.knowledge.gazetteer import Gazetteer
from dateline.reading.actors import is_actor, resolve_actors
from dateline.record import Actor


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def registry() -> ActorRegistry:
    return ActorRegistry.open()


def meant(
    text: str, phrase: str, registry: ActorRegistry, gazetteer: Gazetteer, *others: str
) -> Actor | None:
    """Give the actor that the last mention of a phrase stands for; `others` are phrases read beside it."""
    start = text.rindex(phrase)
    spans = [(start, start + len(phrase))]
    spans += [(text.index(other), text.index(other) + len(other)) for other in others]
    actors = [a for a in resolve_actors(text, spans, registry, gazetteer) if is_actor(a)]
    return next((a for a in actors if any(m.start == start for m in a.mentions)), None)


MINISTERS = (
    "The British Foreign Secretary, Philippa Marsh, met Colonel Seydou Kone in Bamako on Monday. "
    "Marsh said that talks would go on. She flew home on Tuesday. The foreign secretary had no comment. "
    "The colonel left for Gao."
)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("Marsh", "Philippa Marsh"),
        ("She", "Philippa Marsh"),
        ("The foreign secretary", "Philippa Marsh"),
        ("The colonel", "Seydou Kone"),
    ],
)
def test_a_person_by_surname_pronoun_and_office(
    registry: ActorRegistry, gazetteer: Gazetteer, phrase: str, name: str
) -> None:
    """People stay people, under their full name."""
    actor = meant(MINISTERS, phrase, registry, gazetteer)
    assert actor is not None
    assert (actor.kind, actor.name) == ("person", name)


@pytest.mark.parametrize(
    ("text", "phrase", "known"),
    [
        ("FARC rebels burned a bus in Colombia. The guerrillas then fled.", "The guerrillas", "ucdp:743"),
        ("Boko Haram seized a town in Nigeria. The group has said nothing.", "The group", "ucdp:1051"),
        ("Colombian officials met. The army killed ten men in Cali.", "The army", "mil:COL"),
        ("LIMA, 3 FEB 89 (EFE) -- [TEXT] THE GOVERNMENT SAID IT WAS CALM.", "THE GOVERNMENT", "gov:PER"),
        ("CLANDESTINE, 3 FEB 89 (RADIO VENCEREMOS) -- [TEXT] WE SHOT DOWN A PLANE.", "WE", "ucdp:755"),
        (
            "Islamic State fighters shelled Mosul in Iraq. The Coalition struck back.",
            "The Coalition",
            "org:CJTFOIR",
        ),
        (
            "An arm of the Syrian Democratic Forces took a hill in Syria.",
            "An arm of the Syrian Democratic Forces",
            None,
        ),
        (
            "An element of the Syrian Democratic Forces took it.",
            "An element of the Syrian Democratic Forces",
            "ucdp:6288",
        ),
    ],
)
def test_groups_and_bodies_by_short_forms(
    registry: ActorRegistry, gazetteer: Gazetteer, text: str, phrase: str, known: str | None
) -> None:
    """A short form is the group named before; a body of the state is that of the state told of."""
    actor = meant(text, phrase, registry, gazetteer)
    assert (actor.registry if actor else None) == known


def test_rebels_of_several_groups_stay_open(registry: ActorRegistry, gazetteer: Gazetteer) -> None:
    """Where several groups are named, `the rebels` is none of them."""
    text = "FARC and ELN men met in Colombia. ELN leaders left early, FARC leaders late. The rebels said nothing."
    actor = meant(text, "The rebels", registry, gazetteer)
    assert actor is not None
    assert (actor.kind, actor.registry) == ("armed-group", None)


def test_a_pronoun_without_anyone_to_stand_for_is_left_out(
    registry: ActorRegistry, gazetteer: Gazetteer
) -> None:
    """Nothing is guessed."""
    assert meant("He left.", "He", registry, gazetteer) is None


@pytest.mark.parametrize(
    "phrase", ["the house of Judge Ana Torres", "President Duarte's peace plan", "the walls of the bank"]
)
def test_what_a_person_owns_is_no_actor(registry: ActorRegistry, gazetteer: Gazetteer, phrase: str) -> None:
    """A house is not its owner."""
    assert meant(f"Rebels damaged {phrase} on Monday.", phrase, registry, gazetteer) is None


def test_an_acronym_of_elsewhere_is_not_taken(registry: ActorRegistry, gazetteer: Gazetteer) -> None:
    """A party of El Salvador that shares its letters with a Congolese militia is not that militia."""
    text = "The National Revolutionary Movement (MNR) of El Salvador spoke. The MNR said it was ready."
    actor = meant(text, "The MNR", registry, gazetteer, "The National Revolutionary Movement (MNR)")
    assert actor is None or actor.registry is None


def test_armed_men_are_no_civilians(registry: ActorRegistry, gazetteer: Gazetteer) -> None:
    """Masked or armed men are an armed group, the men they shot civilians."""
    text = "Masked men shot two men."
    kinds = [meant(text, phrase, registry, gazetteer) for phrase in ("Masked men", "two men")]
    assert [actor.kind if actor else None for actor in kinds] == ["armed-group", "civilians"]


@pytest.mark.parametrize(
    ("phrase", "kind", "country"),
    [
        ("Syrian opposition forces", "armed-group", "SYR"),
        ("the National Guard unit", "military", None),
        ("two men travelling on a motorcycle", "civilians", None),
        ("the armed forces", "military", None),
        ("religious leaders", "government", None),
    ],
)
def test_kinds_of_phrases(
    registry: ActorRegistry, gazetteer: Gazetteer, phrase: str, kind: str, country: str | None
) -> None:
    """The head word says the kind, by what stands with it."""
    actor = meant(f"We saw {phrase}.", phrase, registry, gazetteer)
    assert actor is not None
    assert (actor.kind, actor.country) == (kind, country)
