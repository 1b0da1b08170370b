"""What the gazetteer is built with: regions known by their states, villages put where their codes lie."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest

from dateline.knowledge.build_postal_places import Code, places_of, points_of_codes, read_codes
from dateline.knowledge.build_region_ids import most_alike, read_hierarchy, regions_of
from dateline.knowledge.gazetteer import DEFAULT_PATH
from dateline.knowledge.gazetteer_rows import Lists, Row

HIERARCHY = ["900\t1\t", "900\t2\tADM", "900\t77\t", "800\t1\t", "800\t2\t", "800\t3\t", "1\t2\t"]
STATES = {1: "DNK", 2: "NOR", 3: "SWE"}


def town(lists: Lists, number: int, key: str, lat: float, lon: float) -> None:
    lists.add(Row(id=number, name=key.title(), kind="city", country="AUS", lat=lat, lon=lon, main={key}))


@pytest.fixture
def lists() -> Lists:
    made = Lists()
    town(made, 1, "alder", -33.0, 151.0)
    town(made, 2, "birch", -33.1, 151.1)
    town(made, 3, "birch", -20.0, 140.0)  # a namesake far away
    town(made, 4, "cedar", -33.2, 151.0)
    return made


class TestRegions:
    def test_a_region_is_known_by_the_states_in_it(self) -> None:
        """The region that holds the same states is the one; no state is a region, nor what holds others."""
        regions = regions_of(read_hierarchy(HIERARCHY), STATES)
        assert most_alike(frozenset(("DNK", "NOR", "SWE")), regions) == 800
        assert most_alike(frozenset(("DNK", "NOR")), regions) == 900
        assert 1 not in regions

    def test_nothing_is_guessed(self) -> None:
        """A region of other states is none, and two that fit alike leave it open."""
        regions = regions_of(read_hierarchy([*HIERARCHY, "700\t1\t", "700\t2\t"]), STATES)
        assert most_alike(frozenset(("DNK", "NOR")), regions) is None
        assert most_alike(frozenset(("ISL",)), regions) is None

    def test_every_line_tells_states_or_a_number(self) -> None:
        """A line has the states of a region, or the number of a water and what it lies below."""
        with (DEFAULT_PATH.parent / "region_members.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.DictReader(file))
        assert len(lines) > 40
        assert all(bool(x["members"]) != bool(x["number"] and x["below"]) and x["source"] for x in lines)
        assert all(len(code) == 3 for x in lines if x["members"] for code in x["members"].split("|"))


class TestPostalCodes:
    def test_a_village_lies_where_its_code_does(self, lists: Lists) -> None:
        """The listed places of a code that lie together tell where the others are, namesakes apart."""
        codes = {"2540": Code({"Alder", "Birch", "Dunroon"}, {"east"})}
        points = points_of_codes(codes, lists, "AUS", {})
        found = {name: (lat, lon) for name, lat, lon, _ in places_of(codes, points)}
        assert found["Dunroon"] == pytest.approx((-33.05, 151.05))

    def test_neighbouring_codes_tell_where_one_is(self, lists: Lists) -> None:
        """A code without a listed place lies by those that end otherwise, where these lie together."""
        codes = {
            "2540": Code({"Alder"}, {"east"}),
            "2541": Code({"Cedar"}, {"east"}),
            "2549": Code({"Elm"}, {"east"}),
        }
        assert points_of_codes(codes, lists, "AUS", {})["2549"] == pytest.approx((-33.1, 151.0))

    def test_an_open_code_puts_nothing(self, lists: Lists) -> None:
        """A code whose only listed name is that of two places far apart tells nothing."""
        codes = {"9999": Code({"Birch", "Fir"}, {"east"})}
        points = points_of_codes(codes, lists, "AUS", {})
        assert points == {}
        assert list(places_of(codes, points)) == []

    def test_the_list_is_read_without_bags_and_boxes(self, tmp_path: Path) -> None:
        """The first half of a British code counts; what is no name of a place is left out."""
        head = "postal_code,country_code,admin_name1,admin_code1,admin_name2,admin_name3,place_name\n"
        body = "DN14 1AB,GB,England,ENG,,,Goole\nDN14,GB,England,ENG,,,Airmyn\nDN14,GB,England,ENG,,,Goole PO Box 3\n"
        with zipfile.ZipFile(tmp_path / "GB.zcsv", "w") as archive:
            archive.writestr("GB.csv", head + body)
        codes = read_codes(tmp_path / "GB.zcsv")
        assert set(codes) == {"DN14"}
        assert codes["DN14"].names == {"Goole", "Airmyn"}
        assert codes["DN14"].areas == {"england"}
