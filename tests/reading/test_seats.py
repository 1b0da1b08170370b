"""A state has no mission in its own towns: whose it is tells of which states a name can be."""

from __future__ import annotations

import pytest

from dateline.reading.reader import Reader
from dateline.reading.seats import owner_of_seat

STATES = {"India": "IND", "Indian": "IND", "Pakistan": "PAK", "Iran": "IRN"}


def _states(text: str) -> list[tuple[int, int, str]]:
    found = []
    for word in text.replace("'", " ").replace(".", " ").split():
        if word in STATES:
            start = text.index(word)
            found.append((start, start + len(word), STATES[word]))
    return found


@pytest.mark.parametrize(
    ("text", "name", "owner"),
    [
        ("India shut its consulate in Jalalabad.", "Jalalabad", "IND"),
        ("India took all its diplomats out of Kandahar.", "Kandahar", "IND"),
        ("India recalled all its diplomats from Kandahar.", "Kandahar", "IND"),
        ("Gunmen attacked the Indian consulate in Jalalabad.", "Jalalabad", "IND"),
        ("Iran's embassy in the northern city of Erbil was shut.", "Erbil", "IRN"),
        ("Pakistan condemned the attack on a consulate in Peshawar.", "Peshawar", None),
        ("India spoke. Its consulate in Jalalabad was shut.", "Jalalabad", None),
        ("India's army fought in Jalalabad.", "Jalalabad", None),
    ],
)
def test_whose_mission_it_is(text: str, name: str, owner: str | None) -> None:
    """The state right before the mission, or the one that its sentence speaks of; a bystander owns none."""
    assert owner_of_seat(text, text.index(name), _states(text)) == owner


def test_the_town_lies_abroad(reader: Reader) -> None:
    """Of many towns of one name that one is meant in which the mission can stand."""
    shut = reader.read("India shut its consulate in Jalalabad.")
    at_home = reader.read("India's prime minister spoke in Hyderabad.")
    assert {p.name: p.country for p in shut.places}["Jalalabad"] == "AFG"
    assert {p.name: p.country for p in at_home.places}["Hyderabad"] == "IND"
