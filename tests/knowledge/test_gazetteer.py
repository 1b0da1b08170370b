"""The gazetteer that ships: what it knows, how it orders, how it fails."""

from __future__ import annotations

import csv
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.errors import AssetError
from dateline.knowledge.gazetteer import DEFAULT_PATH, Gazetteer


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    with Gazetteer.open() as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Tokyo", "JPN"),
        ("Diabaly", "MLI"),
        ("Gao", "MLI"),
        ("Timbuktu", "MLI"),
        ("In Amenas", "DZA"),
        ("Aguelhok", "MLI"),
        ("Tessalit", "MLI"),
        ("Menaka", "MLI"),
        ("Konna", "MLI"),
        ("Perquin", "SLV"),
        ("Bagram", "AFG"),
        ("Hmeimim", "SYR"),
        ("Dadaab", "KEN"),
        ("Rafah crossing", "PSE"),
        ("Zaatari", "JOR"),
        ("Uchiza", "PER"),
        ("Deir Ezzor", "SYR"),
        ("Mocimboa da Praia", "MOZ"),
        ("Donbas", "UKR"),
        ("Soviet Union", "SUN"),
        ("Zaire", "COD"),
        ("Burma", "MMR"),
        ("West Germany", "DEU"),
        ("Bosnia", "BIH"),
    ],
)
def test_the_first_place_of_a_news_name_is_the_one_that_news_means(
    gazetteer: Gazetteer, name: str, country: str
) -> None:
    """A name of conflict news finds its place first, with its country."""
    assert gazetteer.lookup(name)[0].country == country


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Timbuktu", "Tombouctou"),
        ("Kyiv", "Kiev"),
        ("In Amenas", "Ain Amenas"),
        ("Saint Louis", "St. Louis"),
        ("Mocímboa da Praia", "MOCIMBOA DA PRAIA"),
        ("Al-Hasakah", "el Hasakah"),
        ("N'Djamena", "N’Djamena"),
        ("Fallujah", "Al-Falluja"),
        ("Mosul", "Mossul"),
        ("Kunar", "Kunar Province"),
    ],
)
def test_spellings_of_one_name_meet(gazetteer: Gazetteer, one: str, other: str) -> None:
    """Spelling variants, accents, articles and marks lead to the same place."""
    assert {e.id for e in gazetteer.lookup(one)} & {e.id for e in gazetteer.lookup(other)}


def test_places_come_by_prominence(gazetteer: Gazetteer) -> None:
    """The great Paris stands before the one in Texas, a state before a city of its name."""
    first, *others = gazetteer.lookup("Paris")
    assert (first.country, first.capital) == ("FRA", True)
    assert any(e.admin1 == "Texas" for e in others)
    assert gazetteer.lookup("Georgia")[0].kind == "country"


def test_an_unknown_name_gives_nothing(gazetteer: Gazetteer) -> None:
    """A name that no place has gives an empty tuple."""
    assert gazetteer.lookup("Qwrtzanistown") == ()
    assert gazetteer.lookup("") == ()


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Malian", "MLI"),
        ("French-backed", "FRA"),
        ("US-led", "USA"),
        ("Frenchmen", "FRA"),
        ("pro-Russian", "RUS"),
        ("Soviet", "SUN"),
        ("polish", None),
        ("us", None),
        ("table", None),
        ("AFGHAN", "AFG"),
    ],
)
def test_demonyms_name_states(gazetteer: Gazetteer, word: str, country: str | None) -> None:
    """Demonyms and their compounds give a state; words in small letters give none."""
    assert gazetteer.demonym(word) == country


def test_states_are_found_by_code(gazetteer: Gazetteer) -> None:
    """A code gives its state with coordinates; a code that is none gives None."""
    mali = gazetteer.country("MLI")
    assert mali is not None
    assert (mali.name, mali.kind, mali.geonames) == ("Mali", "country", 2453866)
    assert gazetteer.country("QQQ") is None


def test_short_forms_of_regions_stand_apart(gazetteer: Gazetteer) -> None:
    """`Ga.` is Georgia after a comma, and no name of its own."""
    assert [e.name for e in gazetteer.abbreviation("Ga.")] == ["Georgia"]
    assert all(e.admin1 != "Georgia" for e in gazetteer.lookup("Calif."))


def test_curated_places_have_no_geonames_id(gazetteer: Gazetteer) -> None:
    """A place that GeoNames' list lacks has coordinates and no GeoNames id."""
    diabaly = gazetteer.lookup("Diabaly")[0]
    assert diabaly.geonames is None
    assert (round(diabaly.lat), round(diabaly.lon)) == (15, -6)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Tombuktou", "Timbuktu"),
        ("Ayn Amenaz", "In Amenas"),
        ("Mossul", "Mosul"),
    ],
)
def test_a_name_spelt_nearly_so_is_found(gazetteer: Gazetteer, written: str, meant: str) -> None:
    """Another transliteration leads to the place; it counts as another spelling."""
    wanted = {e.id for e in gazetteer.lookup(meant)}
    found = {e.id: e for e in (*gazetteer.similar(written), *gazetteer.lookup(written))}
    assert wanted & set(found)


def test_a_name_like_no_other_has_no_similar_one(gazetteer: Gazetteer) -> None:
    """A short name, or one that only shares its consonants, gives nothing."""
    assert gazetteer.similar("Goa") == ()
    assert gazetteer.similar("Qwrtzanistown") == ()


def test_an_airport_is_found_without_its_towns_name(gazetteer: Gazetteer) -> None:
    """`Dulles International Airport` is the one that carries Washington's name."""
    assert gazetteer.lookup("Dulles International Airport")[0].kind == "airfield"


@pytest.mark.parametrize(
    ("name", "kind"), [("Wyoming", "admin1"), ("New York", "city"), ("Georgia", "country")]
)
def test_great_parts_of_states_stand_before_towns(gazetteer: Gazetteer, name: str, kind: str) -> None:
    """A state of the United States is meant before a town of its name, but not New York."""
    assert gazetteer.lookup(name)[0].kind == kind


def test_the_supplement_names_its_sources() -> None:
    """At least 3,000 curated places, each with a point on the globe and a source."""
    lines = [
        line
        for name in ("supplement.csv", "airfields.csv")
        for line in csv.DictReader((DEFAULT_PATH.parent / name).open(encoding="utf-8", newline=""))
    ]
    assert len(lines) >= 3000
    assert all(line["source"] and line["name"] and len(line["country"]) == 3 for line in lines)
    assert all(abs(float(x["lat"])) <= 90 and abs(float(x["lon"])) <= 180 for x in lines)
    assert len({(x["name"], x["country"], x["lat"], x["lon"]) for x in lines}) == len(lines)


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Trafalgar Square", "site", "GBR"),
        ("Tahrir Square", "site", "EGY"),
        ("Golden Gate Bridge", "site", "USA"),
        ("Cascade Range", "mountain", "USA"),
        ("Kattegat", "water", None),
        ("Chindwin River", "water", None),
        ("Peak District", "region", "GBR"),
    ],
)
def test_landmarks_and_lands_are_known(
    gazetteer: Gazetteer, name: str, kind: str, country: str | None
) -> None:
    """Buildings, squares, bases, seas, rivers, mountains and lands have a point and a radius."""
    first = gazetteer.lookup(name)[0]
    assert (first.kind, first.country) == (kind, country)
    assert first.radius_km or first.kind == "site"


def test_a_body_is_looked_for_at_its_seat(gazetteer: Gazetteer) -> None:
    """The name of a body gives its seat, but is no name of a place that a text is searched for."""
    assert gazetteer.lookup("European Commission")[0].country == "BEL"
    assert gazetteer.knows(["european commission", "trafalgar square"]) == {"trafalgar square"}


def test_places_with_a_post_office_are_known(gazetteer: Gazetteer) -> None:
    """A hamlet of the United States lies in its state and county."""
    hamlet = next(e for e in gazetteer.lookup("Erbacon") if e.country == "USA")
    assert (hamlet.admin1, hamlet.admin2, hamlet.kind) == ("West Virginia", "Webster", "city")


def test_villages_are_known_by_their_postal_code(gazetteer: Gazetteer) -> None:
    """A village too small for the list of places has the point of those that share its code, and a radius."""
    village = next(e for e in gazetteer.lookup("Hilton of Cadboll") if e.country == "GBR")
    assert (round(village.lat), round(village.lon), village.radius_km) == (58, -4, 25.0)
    assert village.geonames is None


@pytest.mark.parametrize(
    ("name", "number"),
    [("Middle East", 6269133), ("North Africa", 7729887), ("Balkans", 12216908), ("Atlantic", 3373405)],
)
def test_great_regions_have_geonames_numbers(gazetteer: Gazetteer, name: str, number: int) -> None:
    """What a region is by convention is the region of GeoNames that holds the same states."""
    assert gazetteer.lookup(name)[0].geonames == number


@pytest.mark.parametrize(("short", "region"), [("W. Va.", "West Virginia"), ("N.S.W.", "New South Wales")])
def test_short_forms_are_known_in_all_spellings(gazetteer: Gazetteer, short: str, region: str) -> None:
    """A short form of dotted letters is known with and without blanks."""
    assert [e.name for e in gazetteer.abbreviation(short)] == [region]


def test_initials_name_a_state(gazetteer: Gazetteer) -> None:
    """`T&T` and `NZ` are states, in capitals alone."""
    assert (gazetteer.state("T&T"), gazetteer.state("NZ"), gazetteer.state("nz")) == ("TTO", "NZL", None)


def test_a_quick_look_misses_no_state(gazetteer: Gazetteer) -> None:
    """Whatever is a state's name or demonym may begin one."""
    words = ("Mali", "U.S.", "pro-Russian", "Côte", "New", "Frenchmen", "T&T", "Bosnia-Herzegovina")
    assert all(gazetteer.may_begin_state(word) for word in words)
    assert not gazetteer.may_begin_state("Konna")


def test_landmarks_and_lands_name_their_sources() -> None:
    """At least 4,000 lines, each with a source; a landmark names its town, a land its point and radius."""
    folder = DEFAULT_PATH.parent
    sites = list(csv.DictReader((folder / "landmarks.csv").open(encoding="utf-8", newline="")))
    lands = list(csv.DictReader((folder / "nature.csv").open(encoding="utf-8", newline="")))
    assert len(sites) + len(lands) >= 4000
    assert all(x["source"] and x["name"] for x in (*sites, *lands))
    assert all(x["place"] and len(x["country"]) == 3 for x in sites)
    assert all(abs(float(x["lat"])) <= 90 and abs(float(x["lon"])) <= 180 for x in lands)
    assert all(float(x["radius_km"]) > 0 for x in lands)


def test_the_file_is_small_and_opens_fast() -> None:
    """At most 38 MB, open within 50 ms, a name within 1 ms of processor time."""
    assert DEFAULT_PATH.stat().st_size < 38_000_000
    begun = time.process_time()
    with Gazetteer.open() as gazetteer:
        opened = time.process_time()
        names = ("Gao", "Palma", "San Salvador", "Kidal", "Raqqa", "Uchiza", "Herat", "Goma", "Aden", "Kano")
        for name in names:
            gazetteer.lookup(name)
        took = (time.process_time() - opened) / len(names)
    assert opened - begun < 0.05
    assert took < 0.001


def test_a_missing_or_damaged_file_is_said(tmp_path: Path) -> None:
    """A file that is not there or no database raises an error that names it."""
    with pytest.raises(AssetError, match="nowhere"):
        Gazetteer.open(tmp_path / "nowhere.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database" * 100)
    with pytest.raises(AssetError, match="broken"):
        Gazetteer.open(broken)
