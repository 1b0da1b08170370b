"""What stands near a place: words of nearness, distances, directions, and the stretch between two places."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dateline.knowledge.gazetteer import Gazetteer
from dateline.reading.nearness import middle, moved, nearness_before
from dateline.reading.places import find_toponyms, resolve_places
from dateline.record import Place


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


def places(text: str, gazetteer: Gazetteer) -> dict[str, Place]:
    found = resolve_places(text, find_toponyms(text, gazetteer), gazetteer)
    return {place.name: place for place in found}


@pytest.mark.parametrize(
    ("words", "kilometres", "bearing", "radius"),
    [
        ("an ambush 15 km north of ", 15.0, 0.0, 6.0),
        ("an ambush 15km north-east of ", 15.0, 45.0, 6.0),
        ("fighting some 60 kilometres (37 miles) south of the town of ", 60.0, 180.0, 24.0),
        ("a raid twenty miles west of ", 32.2, 270.0, 12.9),
        ("10 km from ", 10.0, None, 10.0),
        ("a bomb went off near ", None, None, 25.0),
        ("just outside ", None, None, 25.0),
        ("on the outskirts of ", None, None, 10.0),
        ("a convoy north of ", None, None, 25.0),
    ],
)
def test_words_before_a_name_say_how_near(
    words: str, kilometres: float | None, bearing: float | None, radius: float
) -> None:
    """Distance, bearing and radius are those written; without a number the radius is the usual one."""
    found = nearness_before(words + "Gao", len(words))
    assert found is not None
    assert (found.kilometres, found.bearing, found.radius) == (kilometres, bearing, radius)


@pytest.mark.parametrize(
    "words", ["in ", "killed 15 in ", "from ", "the north of Mali, in ", "15 km race in "]
)
def test_other_words_put_nothing_near(words: str) -> None:
    """A preposition of place, or a distance that leads elsewhere, makes nothing near."""
    assert nearness_before(words + "Gao", len(words)) is None


def test_a_written_distance_and_direction_move_the_point(gazetteer: Gazetteer) -> None:
    """`15 km north of Gao` lies north of Gao, and Gao itself stays where it is."""
    found = places("They died 15 km north of Gao, Mali. Gao was calm.", gazetteer)
    near, town = found["15 km north of Gao"], found["Gao"]
    assert (near.precision, near.radius_km, town.precision) == ("near", 6.0, "exact")
    assert (near.lat or 0) - (town.lat or 0) == pytest.approx(15 / 111.2, abs=0.002)
    assert near.lon == town.lon
    assert near.rests_on[-1] == "told to be 15 km north of it"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Clashes between Gao and Kidal in Mali.", "between Gao and Kidal"),
        ("A mine on the Gao-Kidal road in Mali.", "Gao-Kidal"),
        ("A mine on the Gao to Kidal road in Mali.", "Gao to Kidal"),
    ],
)
def test_between_two_places_is_a_place_of_its_own(gazetteer: Gazetteer, text: str, name: str) -> None:
    """Its point is the middle, its radius half the way; the two towns are places as well."""
    found = places(text, gazetteer)
    stretch = found[name]
    assert {"Gao", "Kidal"} <= set(found)
    assert (stretch.country, stretch.precision) == ("MLI", "near")
    assert (stretch.lat, stretch.lon) == pytest.approx((17.36, 0.68), abs=0.01)
    assert stretch.radius_km == pytest.approx(143, abs=1)


def test_two_states_make_no_stretch(gazetteer: Gazetteer) -> None:
    """`between Mali and Niger` is no point on a road."""
    assert set(places("Talks between Mali and Niger failed.", gazetteer)) == {"Mali", "Niger"}


def test_moving_and_halving() -> None:
    """A degree of latitude is 111 km; the middle of two points on the equator lies on it."""
    assert moved(0.0, 10.0, 111.2, 0.0) == pytest.approx((1.0, 10.0), abs=0.001)
    assert moved(0.0, 179.9, 111.2, 90.0)[1] == pytest.approx(-179.1, abs=0.01)
    assert middle((0.0, 10.0), (0.0, 20.0)) == (0.0, 15.0)
