"""The filter language: what people type becomes a filter, and what can't be asked is said to be so."""

from __future__ import annotations

import pytest

from dateline.errors import FilterError
from dateline.store import FILTERS, Filter, Near, parse_filter


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, Filter()),
        (dict.fromkeys(FILTERS), Filter()),
        ({"country": "Mali"}, Filter(country="MLI")),
        ({"country": "mli"}, Filter(country="MLI")),
        ({"country": "Côte d'Ivoire"}, Filter(country="CIV")),
        ({"country": "UK"}, Filter(country="GBR")),
        ({"country": "uk"}, Filter(country="GBR")),
        ({"country": "DRC"}, Filter(country="COD")),
        ({"place": "16.27, -0.04"}, Filter(near=Near(16.27, -0.04, 30.0))),
        ({"place": "16.27,-0.04", "radius": "5"}, Filter(near=Near(16.27, -0.04, 5.0))),
        ({"place": "16.27,-0.04", "radius": 0}, Filter(near=Near(16.27, -0.04, 0.0))),
        ({"type": "Suicide Bombing"}, Filter(type="suicide-bombing")),
        ({"since": "16 January 2013", "until": "2013-01-17T10:00"},
         Filter(since="2013-01-16", until="2013-01-17")),
        ({"actor": " Ansar Dine "}, Filter(actor="Ansar Dine")),
        ({"killed": "10"}, Filter(killed=10)),
        ({"killed": 0}, Filter(killed=0)),
        ({"contested": "yes"}, Filter(contested=True)),
        ({"contested": False}, Filter()),
        ({"text": '"gas plant" hostages'}, Filter(text='"gas plant" hostages')),
    ],
)  # fmt: skip
def test_what_people_type_becomes_a_filter(asked: dict[str, object], wanted: Filter) -> None:
    """Countries by name or code, days in any clear form, numbers also as words of a URL."""
    assert parse_filter(asked) == wanted


def test_a_place_by_name_is_the_most_prominent_of_it() -> None:
    """A town counts with what lies around it, a wide place with all of it."""
    near = parse_filter({"place": "Timbuktu"}).near
    assert near is not None
    assert (round(near.lat), round(near.lon), near.km) == (17, -3, 30.0)
    wide = parse_filter({"place": "Sahel"}).near
    assert wide is not None
    assert wide.km > 100


@pytest.mark.parametrize(
    ("asked", "where", "words"),
    [
        ({"country": "Atlantis"}, "country", "no such country: Atlantis"),
        ({"country": "QQQ"}, "country", "no such country"),
        ({"country": ""}, "country", "is empty"),
        ({"place": "Xyzzyx"}, "place", "no such place: Xyzzyx"),
        ({"place": "91,0"}, "place", "latitude"),
        ({"place": "Gao", "radius": "-1"}, "radius", "no number of 0 or more"),
        ({"place": "Gao", "radius": "nan"}, "radius", "no number of 0 or more"),
        ({"radius": 5}, "radius", "needs a place"),
        ({"type": "bomb"}, "type", "did you mean bombing"),
        ({"type": "xx"}, "type", "there are armed-attack, battle"),
        ({"since": "03/04/2013"}, "since", "is no date"),
        ({"until": "soon"}, "until", "is no date"),
        ({"since": "2013-01-17", "until": "2013-01-16"}, "since", "2013-01-17 is after 2013-01-16"),
        ({"killed": "2.5"}, "killed", "no whole number"),
        ({"killed": "ten"}, "killed", "no number"),
        ({"contested": "perhaps"}, "contested", "neither yes nor no"),
        ({"wounded": 3}, "wounded", "no such filter"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_names_the_filter(asked: dict[str, object], where: str, words: str) -> None:
    """One line that says which, what and what to do."""
    with pytest.raises(FilterError) as problem:
        parse_filter(asked)
    assert problem.value.where == where
    assert words in str(problem.value)
    assert "\n" not in str(problem.value)
