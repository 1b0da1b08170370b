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
