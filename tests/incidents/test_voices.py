"""Voices: one speaker under many phrases is one, two speakers are two."""

from __future__ import annotations

import pytest

from dateline.incidents.voices import voices_of
from tests.incidents.builder import Builder


def keys_in(text: str, *sources: tuple[str, str], publisher: str = "Coast Wire") -> list[str]:
    """The keys of the speakers of a text, in order; each source is (words, kind)."""
    made = Builder(text, publisher=publisher)
    for words, kind in sources:
        made.claim(words, kind, [])
    voices = voices_of(made.build())
    return [voices[c.id].key for c in made.claims]


def test_a_minister_speaks_for_his_ministry() -> None:
    """Minister, ministry, his name alone and the ministry's spokesman are one voice."""
    text = (
        "French Foreign Minister Laurent Fabius said so. Fabius added more. The French foreign ministry agreed. "
        "Its spokesman Jean Petit said no."
    )
    found = keys_in(
        text, ("French Foreign Minister Laurent Fabius", "official"), ("Fabius added", "official"),
        ("The French foreign ministry", "institution"), ("Its spokesman Jean Petit", "official"),
    )  # fmt: skip
    assert found[0] == found[2] == found[3] == "fra-foreign-ministry"


def test_two_ministers_are_two() -> None:
    """Ministries of one state, and one ministry of two states, stay apart."""
    text = "Algeria's interior minister, the French interior minister and Algeria's defence ministry spoke."
    found = keys_in(
        text, ("Algeria's interior minister", "official"), ("the French interior minister", "official"),
        ("Algeria's defence ministry", "institution"),
    )  # fmt: skip
    assert len(set(found)) == 3


@pytest.mark.parametrize(
    ("name", "kind", "key"),
    [
        ("the Foreign Office", "institution", "gbr-foreign-ministry"),
        ("the State Department", "institution", "usa-foreign-ministry"),
        ("Statoil chief executive Helge Lund", "company", "statoil"),
        ("Statoil", "company", "statoil"),
        ("Prime Minister Abdelmalek Sellal", "official", "abdelmalek-sellal"),
        ("The Norwegian government", "institution", "nor-government"),
        ("a spokesman for the attackers", "armed-group", "attackers"),
        ("the kidnappers", "armed-group", "attackers"),
        ("police", "institution", "police"),
        ("police commander Abdi Warsame", "official", "police"),
    ],
)
def test_speakers_are_known_by_what_they_speak_for(name: str, kind: str, key: str) -> None:
    """An office known by its own name, a company's chief, a head of government, a group's spokesman."""
    assert keys_in(f"{name} said that 12 were dead.", (name, kind)) == [key]


def test_the_same_source_is_the_one_before() -> None:
    """`The same source`, `the source` and a pronoun point back to who spoke."""
    text = "A local source told Reuters that six died. The same source said 25 got away. He gave no names."
    made = Builder(text).claim("A local source", "anonymous", [], via="Reuters")
    made.claim("The same source", "anonymous", []).claim("He", "official", [])
    voices = voices_of(made.build())
    assert {voices[c.id].key for c in made.claims} == {"unnamed-local-told-reuters"}


def test_the_ministry_is_that_of_the_country_of_filing() -> None:
    """A report from Bamako that names no state means Mali's ministry."""
    text = "BAMAKO, Jan 19 (Wire) - The defence ministry said that the town was safe."
    made = Builder(text)
    made.places.clear()
    made.text = text.replace("BAMAKO", "Bamako")
    made.place("Bamako")
    made.claim("The defence ministry", "institution", [])
    assert next(iter(voices_of(made.build()).values())).key == "mli-defence-ministry"


def test_a_report_speaks_as_its_publisher() -> None:
    """What a report says in its own voice is said by its publisher."""
    made = Builder("Two died.", publisher="The Coast Wire").event("death", "died")
    assert [v.key for v in voices_of(made.build()).values()] == ["the-coast-wire"]
