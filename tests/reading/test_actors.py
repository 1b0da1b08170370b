"""Turning phrases into actors."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dateline.knowledge.actors import ActorRegistry
from dateline.knowledge.gazetteer import Gazetteer
from dateline.reading.actors import nationality_of, resolve_actors
from dateline.record import Actor


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def registry() -> ActorRegistry:
    return ActorRegistry.open()


def actors(
    text: str, registry: ActorRegistry, gazetteer: Gazetteer, *phrases: str, sources: tuple[str, ...] = ()
) -> list[Actor]:
    spans, at = [], 0
    for phrase in phrases:
        at = text.index(phrase, at)
        spans.append((at, at + len(phrase)))
        at += len(phrase)
    said = [span for span in spans if text[span[0] : span[1]] in sources]
    return resolve_actors(text, spans, registry, gazetteer, sources=said)


def one(phrase: str, registry: ActorRegistry, gazetteer: Gazetteer) -> Actor:
    return actors(phrase, registry, gazetteer, phrase)[0]


@pytest.mark.parametrize(
    ("phrase", "kind", "country", "known"),
    [
        ("the Al-Qaida in Islamic Maghreb (AQIM)", "armed-group", "DZA", "ucdp:539"),
        ("Al-Shabaab militants", "armed-group", "SOM", "ucdp:717"),
        ("a spokesman for the Taliban", "armed-group", "AFG", "ucdp:303"),
        ("FARABUNDO MARTI NATIONAL LIBERATION FRONT", "armed-group", "SLV", "ucdp:755"),
        ("the United Nations", "intergovernmental", None, "org:UN"),
        ("Doctors Without Borders", "ngo", None, "ngo:MSF"),
        ("Reuters", "media", "GBR", "media:REUTERS"),
        ("Malian troops", "military", "MLI", "mil:MLI"),
        ("Afghan police", "police", "AFG", "pol:AFG"),
        ("Japan", "government", "JPN", "gov:JPN"),
        ("masked gunmen", "armed-group", None, None),
        ("residents of Gao", "civilians", None, None),
        ("villagers", "civilians", None, None),
        ("a foreign ministry statement", "government", None, None),
        ("a Malian security official", "government", "MLI", None),
        ("police sources", "police", None, None),
        ("a mining company", "company", None, None),
        ("a local newspaper", "media", None, None),
        ("Mali’s army chief", "person", "MLI", None),
        ("Prime Minister Abdelmalek Sellal", "person", None, None),
        ("Anna Qwrtzova", "person", None, None),
        ("French-backed rebels", "armed-group", None, None),
        ("16-year-old Omar Haddadi", "person", None, None),
        ("seven of its citizens", "civilians", None, None),
        ("dozens of Ukrainians", "civilians", "UKR", None),
        ("both foreigners and Algerians", "civilians", None, None),
        ("the Indonesian daily Suara Qwrtza", "media", "IDN", None),
        ("the mansion", "other", None, None),
    ],
)
def test_kind_country_and_number(
    registry: ActorRegistry,
    gazetteer: Gazetteer,
    phrase: str,
    kind: str,
    country: str | None,
    known: str | None,
) -> None:
    """A phrase gives the kind, country and known number of its actor."""
    actor = one(phrase, registry, gazetteer)
    assert (actor.kind, actor.country, actor.registry) == (kind, country, known)


def test_mentions_of_one_person_are_one_actor(registry: ActorRegistry, gazetteer: Gazetteer) -> None:
    """A title with the full name and the surname alone are one person, under the full name."""
    text = "On Monday, Prime Minister Abdelmalek Sellal spoke. Sellal said that soldiers died."
    found = actors(text, registry, gazetteer, "Prime Minister Abdelmalek Sellal", "Sellal", "soldiers")
    assert [(a.name, len(a.mentions)) for a in found] == [("Abdelmalek Sellal", 2), ("soldiers", 1)]


def test_an_acronym_in_brackets_ties_mentions(registry: ActorRegistry, gazetteer: Gazetteer) -> None:
    """An acronym given after an unknown name is that actor's when it comes again."""
    text = "The Qwrtz Relief Front (QRF) fled. The QRF denied it."
    found = actors(text, registry, gazetteer, "The Qwrtz Relief Front", "The QRF")
    assert [len(a.mentions) for a in found] == [2]


def test_names_of_one_group_are_one_actor(registry: ActorRegistry, gazetteer: Gazetteer) -> None:
    """ISIS and Islamic State are one actor; mentions keep their own words."""
    text = "ISIS fled. Islamic State militants came back."
    found = actors(text, registry, gazetteer, "ISIS", "Islamic State militants")
    assert [m.text for a in found for m in a.mentions] == ["ISIS", "Islamic State militants"]
    assert len(found) == 1


def test_a_capital_that_speaks_is_its_government(registry: ActorRegistry, gazetteer: Gazetteer) -> None:
    """`Tokyo said` is Japan's government; Tokyo as a mere phrase is not."""
    text = "Tokyo said it would help."
    assert actors(text, registry, gazetteer, "Tokyo", sources=("Tokyo",))[0].registry == "gov:JPN"
    assert actors(text, registry, gazetteer, "Tokyo")[0].registry is None


def test_pronouns_are_no_actors(registry: ActorRegistry, gazetteer: Gazetteer) -> None:
    """Pronouns are left to coreference."""
    assert actors("They said he fled.", registry, gazetteer, "They", "he") == []


def test_every_mention_is_a_slice_of_the_text(registry: ActorRegistry, gazetteer: Gazetteer) -> None:
    """Spans are kept as given, ids are unique, and the order is that of the text."""
    text = "Rebels and the army fought; the rebels fled."
    found = actors(text, registry, gazetteer, "Rebels", "the army", "the rebels")
    assert [[m.text for m in a.mentions] for a in found] == [["Rebels", "the rebels"], ["the army"]]
    assert [a.id for a in found] == ["a1", "a2"]


@pytest.mark.parametrize(
    ("phrase", "nation"),
    [
        ("seven Japanese", "JPN"),
        ("French soldiers", "FRA"),
        ("soldiers from Chad", "TCD"),
        ("US troops", "USA"),
        ("Palestinian children", "PSE"),
        ("its citizens", None),
        ("people in Iraq", None),
        ("British and French tourists", None),
        ("French-backed forces", None),
        ("people", None),
    ],
)
def test_nationality_of_those_counted(gazetteer: Gazetteer, phrase: str, nation: str | None) -> None:
    """A figure's people have the one nation that their phrase names, and none where it only says where."""
    assert nationality_of(phrase, gazetteer) == nation
