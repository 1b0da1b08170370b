"""The actor list that ships: names, spellings, bodies of states."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from dateline.errors import AssetError
from dateline.knowledge import actors
from dateline.knowledge.actors import ActorRegistry


@pytest.fixture(scope="module")
def registry() -> ActorRegistry:
    return ActorRegistry.open()


@pytest.mark.parametrize(
    ("identifier", "names"),
    [
        ("ucdp:539", ["AQIM", "Al-Qaida in Islamic Maghreb", "Al-Qaeda in the Islamic Maghreb"]),
        (
            "ucdp:755",
            [
                "FMLN",
                "Farabundo Marti National Liberation Front",
                "FARABUNDO MARTI NATIONAL LIBERATION FRONT",
            ],
        ),
        ("ucdp:750", ["Shining Path", "Sendero Luminoso", "the Shining Path guerrillas"]),
        ("ucdp:743", ["FARC", "Revolutionary Armed Forces of Colombia"]),
        ("ucdp:744", ["ELN", "National Liberation Army"]),
        ("ucdp:745", ["M-19", "19 April Movement"]),
        ("ucdp:366", ["Hezbollah", "Hizbollah", "Hizbullah"]),
        ("ucdp:209", ["Hamas"]),
        ("ucdp:303", ["Taliban", "Taleban", "the Taliban"]),
        ("ucdp:234", ["Islamic State", "ISIS", "ISIL", "Daesh", "Islamic State group"]),
        ("ucdp:1051", ["Boko Haram", "Boko Haram militants"]),
        ("ucdp:717", ["al-Shabaab", "al-Shabab", "Al Shabaab", "Shebab"]),
        ("ucdp:320", ["Tamil Tigers", "LTTE", "Liberation Tigers of Tamil Eelam"]),
        ("ucdp:323", ["PKK", "Kurdistan Workers' Party", "Kurdistan Workers’ Party"]),
        ("ucdp:282", ["IRA", "Irish Republican Army"]),
        ("ucdp:313", ["ETA"]),
        ("org:UN", ["UN", "U.N.", "United Nations", "UN Security Council"]),
        ("ngo:ICRC", ["ICRC", "International Committee of the Red Cross"]),
        ("media:AFP", ["AFP", "Agence France-Presse"]),
        ("media:REUTERS", ["Reuters", "Reuters news agency"]),
    ],
)
def test_an_actor_is_known_by_each_of_its_names(
    registry: ActorRegistry, identifier: str, names: list[str]
) -> None:
    """Each spelling, old name and acronym leads to one actor."""
    assert [known.id if (known := registry.lookup(name)) else None for name in names] == [identifier] * len(
        names
    )


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Malian army", "mil:MLI"),
        ("government of Peru", "gov:PER"),
        ("French troops", "mil:FRA"),
        ("Mali’s army", "mil:MLI"),
        ("Afghan police", "pol:AFG"),
        ("Japan's government", "gov:JPN"),
        ("the Soviet government", "gov:SUN"),
        ("Algerian authorities", "gov:DZA"),
    ],
)
def test_bodies_of_states_are_known(registry: ActorRegistry, name: str, identifier: str) -> None:
    """Government, forces and police are found by the state's name and its demonyms."""
    known = registry.lookup(name)
    assert known is not None
    assert known.id == identifier


def test_countries_of_the_report_choose_between_namesakes(registry: ActorRegistry) -> None:
    """The ELN of Bolivia is meant in a report of Bolivia, that of Colombia where nothing is said."""
    elsewhere, there = registry.lookup("ELN"), registry.lookup("ELN", countries={"BOL"})
    assert elsewhere is not None
    assert there is not None
    assert (elsewhere.country, there.country) == ("COL", "BOL")


@pytest.mark.parametrize("name", ["", "is", "residents", "a security source", "Qwrtz Front of Nowhere"])
def test_other_words_are_no_actor(registry: ActorRegistry, name: str) -> None:
    """Plain words and unknown names give None."""
    assert registry.lookup(name) is None


def test_governments_carry_ucdp_numbers(registry: ActorRegistry) -> None:
    """A government tells its UCDP number beside its own id."""
    known = registry.get("gov:HTI")
    assert known is not None
    assert known.also == ("ucdp:6",)
    assert registry.get("gov:QQQ") is None


def test_a_missing_or_damaged_list_is_said(tmp_path: Path) -> None:
    """A file that is not there or no list raises an error that names it."""
    with pytest.raises(AssetError, match="nowhere"):
        ActorRegistry.open(tmp_path / "nowhere.json.gz")
    broken = tmp_path / "broken.json.gz"
    broken.write_bytes(b"no list")
    with pytest.raises(AssetError, match="broken"):
        ActorRegistry.open(broken)


def test_every_state_has_a_government_forces_and_police(registry: ActorRegistry) -> None:
    """All members of the United Nations and the observers are in the list, by name."""
    table = Path(actors.__file__).parent / "data" / "countries.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["demonyms"]]
    codes = ({row["alpha3"] for row in rows} | {"DMA"}) - {"ATA", "IOT", "SJM"}  # no states
    assert len(codes) >= 195
    missing = [
        f"{body}:{code}"
        for code in codes
        for body in ("gov", "mil", "pol")
        if not registry.get(f"{body}:{code}")
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(
            (name, "armed-group")
            for name in ("Contras", "MRTA", "The Extraditables", "Medellin Cartel", "CODECO")
        ),
        *(
            (name, "armed-group")
            for name in ("Lord's Resistance Army", "New People's Army", "Syrian Arab Coalition")
        ),
        *(
            (name, "intergovernmental")
            for name in ("MINUSCA", "UNAMI", "Contadora Group", "Frontex", "UNFPA")
        ),
        *((name, "ngo") for name in ("Turkish Red Crescent", "Airwars", "HALO Trust")),
        *((name, "media") for name in ("Kommersant", "Bernama", "Alsumaria", "IANS")),
        *((name, "military") for name in ("Bundeswehr", "Australian Defence Force", "Jordan Armed Forces")),
    ],
)
def test_coverage(registry: ActorRegistry, name: str, kind: str) -> None:
    """Groups, bodies, agencies and forces that crisis news names are in the list, under their kind."""
    known = registry.lookup(name)
    assert known is not None
    assert known.kind == kind


@pytest.mark.parametrize(
    ("name", "countries", "identifier"),
    [
        ("National Guard", {"SLV": 2.0}, "mil:SLV"),
        ("National Guard", {"VEN": 2.0}, "mil:VEN"),
        ("National Guard", {"USA": 1.0, "NIC": 3.0}, "mil:NIC"),
        ("National Guard", {"ITA": 1.0}, None),
        ("Coalition", {"IRQ": 1.0}, "org:CJTFOIR"),
        ("Coalition", {"AUS": 1.0}, None),
    ],
)
def test_some_names_hold_in_their_country_only(
    registry: ActorRegistry, name: str, countries: dict[str, float], identifier: str | None
) -> None:
    """`National Guard` is that of the state that the report tells of most; elsewhere it is unknown."""
    known = registry.lookup(name, countries=countries)
    assert (known.id if known else None) == identifier


@pytest.mark.parametrize(
    ("identifier", "parent", "since", "until"),
    [
        ("org:MINUSMA", "org:UN", 2013, 2023),
        ("org:ISAF", "org:NATO", 2001, 2014),
        ("media:RADIOVENCEREMOS", "ucdp:755", None, None),
        ("ucdp:755", None, 1980, 1992),
        ("gov:SUN", None, 1922, 1991),
    ],
)
def test_parents_and_years(
    registry: ActorRegistry, identifier: str, parent: str | None, since: int | None, until: int | None
) -> None:
    """A mission belongs to its organisation, a station to its group; both have their years."""
    known = registry.get(identifier)
    assert known is not None
    assert (known.parent, known.since, known.until) == (parent, since, until)


def test_splinters_are_linked_to_what_they_split_from(registry: ActorRegistry) -> None:
    """UCDP tells what a group split from or joined; every link leads to an actor of the list."""
    linked = [actor for actor in registry if actor.parent]
    assert len(linked) > 200
    assert all(registry.get(actor.parent or "") for actor in linked)
