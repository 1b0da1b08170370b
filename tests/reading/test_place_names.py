"""What the words around a name, and the other names, say of which place is meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dateline.knowledge.gazetteer import Gazetteer
from dateline.reading.places import resolve_places
from dateline.record import Place


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


def resolve(text: str, gazetteer: Gazetteer, *mentions: str) -> list[Place]:
    spans = [(text.index(m), text.index(m) + len(m)) for m in mentions]
    return resolve_places(text, spans, gazetteer)


def test_an_article_tells_a_region_from_a_town(gazetteer: Gazetteer) -> None:
    """`the Middle East` is no town, whatever the report is about."""
    text = "Baltimore, Maryland: the Towson man had served in the Middle East, his Baltimore lawyer said."
    place = resolve(text, gazetteer, "Baltimore", "Maryland", "Towson", "Middle East")[-1]
    assert (place.name, place.precision, place.country) == ("Middle East", "region", None)


def test_a_great_city_speaks_for_its_state(gazetteer: Gazetteer) -> None:
    """An estate with a suburb's name is there where a great city of its state is named."""
    text = "London police searched the South Kilburn Estate."
    place = resolve(text, gazetteer, "London", "South Kilburn Estate")[1]
    assert (place.country, place.precision) == ("GBR", "near")


def test_a_village_known_by_its_code_is_only_near_its_point(gazetteer: Gazetteer) -> None:
    """A place without coordinates of its own says within how many kilometres it lies."""
    text = "Flood water reached Hilton of Cadboll in Scotland."
    place = resolve(text, gazetteer, "Hilton of Cadboll", "Scotland")[0]
    assert (place.country, place.precision, place.radius_km) == ("GBR", "near", 25.0)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Neighbours in Cambridge said the theatre programme was organised by two councils.", "GBR"),
        ("Neighbors in Cambridge said the theater was organized by a neighborhood center.", "USA"),
    ],
)
def test_spelling_tells_whose_town_is_meant(gazetteer: Gazetteer, text: str, country: str) -> None:
    """Where nothing else is told, a report means the town of those who spell as it does."""
    assert resolve(text, gazetteer, "Cambridge")[0].country == country


def test_the_area_in_a_name_leaves_no_choice(gazetteer: Gazetteer) -> None:
    """`Washington, D.C.` is the city also where a report is about the state of Washington."""
    text = "Crews from Seattle, Washington, and Tacoma, Washington, trained in Washington, D.C., in May."
    spans = [(text.index(m), text.index(m) + len(m)) for m in ("Seattle", "Washington", "Tacoma")]
    start = text.index("Washington, D.C.")
    places = resolve_places(text, [*spans, (start, start + len("Washington, D.C."))], gazetteer)
    (city,) = [p for p in places if any(m.text.endswith("D.C.") for m in p.mentions)]
    assert (city.admin1, city.precision) == ("District of Columbia", "exact")


@pytest.mark.parametrize(
    ("text", "owned", "country"),
    [
        ("Parcels bound for the United States were stopped at London's Heathrow.", "Heathrow", "GBR"),
        ("American jets struck Baghdad's Mansour on Sunday.", "Mansour", "IRQ"),
    ],
)
def test_a_city_owns_what_lies_in_it(gazetteer: Gazetteer, text: str, owned: str, country: str) -> None:
    """An apostrophe ties a quarter or an airport to its city."""
    assert resolve(text, gazetteer, owned)[0].country == country


def test_a_land_lies_in_its_state(gazetteer: Gazetteer) -> None:
    """An island is the one of the state that the report names."""
    text = "Floods in Trinidad and Tobago: two villages in southern Trinidad were cut off."
    at = text.rindex("Trinidad")
    place = resolve_places(text, [(0, 0), (at, at + 8)], gazetteer)[0]
    assert place.country == "TTO"


@pytest.mark.parametrize(("half", "country"), [("Sino", "CHN"), ("Russo", "RUS"), ("Austro", "AUT")])
def test_half_a_word_gives_its_state(gazetteer: Gazetteer, half: str, country: str) -> None:
    """`Sino-Indian` names China and India; `Sino` alone names nobody."""
    text = f"A treaty ended the {half}-Indian border dispute."
    (place,) = resolve(text, gazetteer, half)
    assert (place.country, place.precision) == (country, "country")
    (alone,) = resolve(text.replace("-Indian", ""), gazetteer, half)
    assert alone.country != country
