"""The place of a mission or an advice is in the host's country, never in the sender's."""

from __future__ import annotations

from msgspec.structs import replace

from dateline.incidents import link
from dateline.record import Incident
from tests.incidents.builder import Builder


def told(text: str, kind: str, trigger: str, *places: str, where: str | None = None) -> Incident:
    """The one incident of a report of one event, which names some places."""
    made = Builder(text, "2014-05-03")
    for place in places:
        made.place(place)
    made.event(kind, trigger, where=where, status="planned" if "will" in text else "happened")
    made.claim("the foreign ministry", "institution", [trigger])
    (incident,) = link([made.build()]).incidents
    return incident


def test_an_embassy_told_of_from_the_senders_capital_stands_with_its_host() -> None:
    """The dateline is that of the sender: the incident lies in the country whose embassy there closes."""
    text = (
        "Bamako, May 3 (Coast Wire) - Mali will shut its embassy in Yemen, the foreign ministry of Mali said."
    )
    found = told(text, "mission-closure", "shut", "Bamako", "Mali", "Yemen", where="Bamako")
    assert (found.country, found.where and found.where.name) == ("YEM", "Yemen")
    assert found.title == "Mission closure, Yemen, 2014-05-03"


def test_an_embassy_told_of_from_its_own_town_stays_there() -> None:
    """A dateline of the host's capital is the mission's place, whoever sends it."""
    text = (
        "Sanaa, May 3 (Coast Wire) - Mali will shut its embassy on Friday, the foreign ministry of Mali said."
    )
    found = told(text, "mission-closure", "shut", "Sanaa", "Mali", where="Sanaa")
    assert (found.country, found.where and found.where.name) == ("YEM", "Sanaa")


def test_a_mission_stands_in_the_town_that_its_event_names() -> None:
    """A town of the host that the event itself names is more exact than the country."""
    text = "BAMAKO - Mali shut its consulate in Aden in Yemen, the foreign ministry said."
    found = told(text, "mission-closure", "shut", "Bamako", "Mali", "Aden", "Yemen", where="Aden")
    assert (found.country, found.where and found.where.name) == ("YEM", "Aden")


def test_an_advice_for_a_country_stands_in_it_and_not_in_its_capital() -> None:
    """`Against all travel to Yemen` is for the country, though its capital is told of, too."""
    text = (
        "BAMAKO - Mali advised its citizens against all travel to Yemen, the foreign ministry said. "
        "The embassy in Sanaa was told."
    )
    found = told(text, "travel-advisory", "advised", "Bamako", "Mali", "Yemen", "Sanaa", where="Yemen")
    assert (found.country, found.where and found.where.name) == ("YEM", "Yemen")
    assert found.title.startswith("Travel advisory, Yemen")


def test_no_mission_stands_near_a_town() -> None:
    """A place that is only near a town is where something else was."""
    text = "Mali shut its embassy in Yemen, the foreign ministry of Mali said. There was fighting near Aden."
    made = Builder(text, "2014-05-03")
    made.place("Yemen")
    made.place("Aden")
    made.places["Aden"] = replace(made.places["Aden"], name="near Aden", precision="near")
    made.event("mission-closure", "shut", where="Aden")
    made.claim("the foreign ministry of Mali", "institution", ["shut"])
    (incident,) = link([made.build()]).incidents
    assert incident.where is not None
    assert incident.where.name == "Yemen"


def test_an_incident_of_another_kind_keeps_its_own_place() -> None:
    """Only missions and advice stand with a host."""
    text = "BAMAKO - A bomb hit Bamako, far from the embassy of Mali in Yemen, the foreign ministry said."
    found = told(text, "bombing", "bomb", "Bamako", "Mali", "Yemen", where="Bamako")
    assert (found.country, found.where and found.where.name) == ("MLI", "Bamako")
