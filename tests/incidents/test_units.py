"""What a unit is compared by: who printed it is left out; people are keys for good; ends of days count."""

from __future__ import annotations

from dateline.incidents.candidates import candidate_pairs, keys_of
from dateline.incidents.match import days_between, features
from dateline.incidents.profiles import profile_of
from dateline.incidents.units import Unit, units_of
from tests.incidents.builder import Builder


def unit(text: str, published: str, **known: str | None) -> Unit:
    """Make the one unit of a report of a killing in Reno."""
    publisher = known.pop("publisher", "Coast Wire") or ""
    made = Builder(text, published, publisher=publisher).event("killing", "killed", where="Reno", **known)
    return units_of(made.build())[0]


def test_who_printed_a_report_is_no_word_of_it() -> None:
    """The name of the desk in the dateline is no name to know an incident by, its place still is."""
    text = "RENO, May 3 (Truckee Gazette) - A man was killed in a bar, the police said on Saturday."
    made = unit(text, "2014-05-03", publisher="Truckee Gazette")
    assert "truckee gazette" not in made.names
    assert not {"truckee", "gazette"} & made.own.keys()
    assert "reno" in made.own


def test_a_publisher_named_in_the_text_is_no_person() -> None:
    """A desk that quotes itself names nobody."""
    text = "A man was killed in Reno, Dale Pruitt told the Truckee Gazette."
    assert unit(text, "2014-05-03", publisher="Truckee Gazette").names == {"dale pruitt"}


def test_two_people_meet_after_years() -> None:
    """Two names are a key whenever they are told, and one is in its town; a common name alone is not."""
    first = unit("Dale Pruitt killed Ann Morley in a bar in Reno.", "2010-03-01")
    trial = unit("A jury heard that Dale Pruitt killed Ann Morley long ago.", "2014-05-03")
    town = unit("In Reno a jury heard that Dale Pruitt killed a woman.", "2016-09-09")
    assert any(key.startswith("names|") for key in keys_of(first) & keys_of(trial))
    assert any(key.startswith("named|") for key in keys_of(first) & keys_of(town))
    assert list(candidate_pairs([first, trial])) == [(0, 1)]


def test_long_happenings_that_only_overlap_are_not_of_one_day() -> None:
    """Of two long happenings the ends are compared: that one runs while the other does says little."""
    long = unit("Many were killed in Reno.", "2014-05-30", day="2014-05-01", last="2014-05-28")
    inside = unit("Some were killed in Reno.", "2014-05-30", day="2014-05-12", last="2014-05-14")
    same = unit("More were killed in Reno.", "2014-05-30", day="2014-05-01", last="2014-05-02")
    undated = unit("Others were killed in Reno.", "2014-05-30")
    gaps = [days_between(profile_of(long), profile_of(other)) for other in (inside, same, undated)]
    assert gaps == [11, 0, None]
    assert "days_7" not in features(long, inside)
    assert features(long, same)["days_0"] == 1.0


def test_what_is_planned_has_the_day_on_which_it_will_be() -> None:
    """A mission that will close on Monday is known by that day when it has closed; a real day counts first."""
    plan = Builder("Italy will close its mission in Gao on Monday.", "2014-05-03")
    plan.event("mission-closure", "close", where="Gao", status="planned", day="2014-05-05")
    shut = Builder("Italy shut its mission in Gao on Monday.", "2014-05-06")
    shut.event("mission-closure", "shut", where="Gao", day="2014-05-05")
    (planned,), (real,) = units_of(plan.build()), units_of(shut.build())
    assert (planned.first, planned.last) == (real.first, real.last) == ("2014-05-05", "2014-05-05")
    assert features(planned, real)["days_0"] == 1.0
