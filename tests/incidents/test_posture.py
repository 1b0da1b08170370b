"""Postures: mission, staff and advice of one sender in one host country."""

from __future__ import annotations

import pytest

from dateline.incidents import hosts, link, postures
from dateline.record import Posture
from tests.incidents.builder import Builder


def closing(published: str = "2015-02-10") -> Builder:
    """A state says that it will close its embassy and take the staff out."""
    text = (
        "WASHINGTON (Red Sea Report) - The United States is closing its embassy in Yemen and moving its diplomats "
        "out, the State Department said. It urged Americans to leave the country."
    )
    made = Builder(text, published).actor("The United States", "government", "USA")
    made.event(
        "mission-closure", "closing", where="Yemen", status="planned", roles={"agent": "The United States"}
    )
    made.event("evacuation", "moving", where="Yemen", status="planned", roles={"agent": "The United States"})
    made.event("travel-advisory", "urged", where="Yemen", roles={"target": "Americans"})
    return made.claim("the State Department", "institution", ["closing", "moving", "urged"])


def only(found: tuple[Posture, ...]) -> Posture:
    """Give the one posture."""
    assert len(found) == 1
    return found[0]


def test_a_closing_embassy_is_announced() -> None:
    """A planned closure with staff going out and nationals told to leave is one posture, announced."""
    record = closing().build()
    found = only(postures([record]))
    assert (found.sender, found.host) == ("USA", "YEM")
    assert (found.mission, found.staff, found.advice, found.area) == ("closed", "evacuating", "leave", None)
    assert (found.status, found.since) == ("announced", "2015-02-10")
    assert found.claim == f"{record.report.id}#c1"
    assert hosts(record) == {"YEM"}


def test_a_later_posture_keeps_what_was_before() -> None:
    """A reopened mission replaces the closure, which stands in `before`; what isn't told anew is kept."""
    text = "The United States reopened its embassy in Yemen on Monday, the State Department said."
    later = Builder(text, "2015-06-01").actor("The United States", "government", "USA")
    later.event("mission-opening", "reopened", where="Yemen", roles={"agent": "The United States"})
    found = only(link([later.build(), closing().build()]).postures)
    assert (found.mission, found.status, found.since) == ("open", "in-force", "2015-06-01")
    assert found.before is not None
    assert (found.before.mission, found.before.since) == ("closed", "2015-02-10")
    assert (found.before.staff, found.staff) == ("evacuating", None)
    assert found.advice == "leave"


def test_advice_for_a_town_has_its_area() -> None:
    """Advice against travel to one town is for that area, of a sender known by its ministry's name."""
    text = "The Foreign Office warned Britons against all travel to Aden on Monday. It gave no detail."
    made = Builder(text, "2015-02-11").event(
        "travel-advisory", "warned", where="Aden", roles={"target": "Britons"}
    )
    found = only(postures([made.build()]))
    assert (found.sender, found.host, found.advice, found.area) == ("GBR", "YEM", "avoid", "Aden")
    assert (found.mission, found.staff, found.status) == (None, None, "in-force")


def test_relatives_leaving_is_no_evacuation_of_staff() -> None:
    """Where only families go the staff is present, and a mission told to be open is open."""
    text = (
        "The State Department authorised relatives of its embassy staff in Yemen to leave. Its travel warning told "
        "Americans of the risks of a journey to Yemen. The embassy stays open."
    )
    made = Builder(text, "2015-01-19")
    made.event("evacuation", "leave", where="Yemen", roles={"agent": "The State Department"})
    made.event("travel-advisory", "travel warning", where="Yemen", roles={"target": "Americans"})
    found = only(postures([made.build()]))
    assert (found.mission, found.staff, found.advice) == ("open", "present", "caution")


def test_several_senders_are_several_postures() -> None:
    """Two states that shut their missions in one sentence have a posture each."""
    text = "Germany and Italy closed their embassies in Yemen on Friday."
    made = Builder(text, "2015-02-13").event(
        "mission-closure", "closed", where="Yemen", roles={"agent": "Germany and Italy"}
    )
    found = postures([made.build()])
    assert [(p.sender, p.mission, p.status) for p in found] == [
        ("DEU", "closed", "in-force"), ("ITA", "closed", "in-force"),
    ]  # fmt: skip


def test_the_order_of_reports_does_not_matter() -> None:
    """Postures are the same whatever the order in which their reports came."""
    records = [closing(day).build() for day in ("2015-02-10",)]
    other = Builder("Germany closed its embassy in Yemen.", "2015-02-13").event(
        "mission-closure", "closed", where="Yemen", roles={"agent": "Germany"}
    )
    records.append(other.build())
    assert postures(records) == postures(records[::-1])


def test_a_closure_at_home_is_no_posture() -> None:
    """A state has no posture in itself, nor where the host can't be told."""
    made = Builder("Germany closed its embassy on Friday.", "2015-02-13").event("mission-closure", "closed")
    assert postures([made.build()]) == ()
    assert hosts(made.build()) == set()


def test_a_company_is_no_state() -> None:
    """A company that flies its staff out tells nothing of its country's posture."""
    text = "Nordic Oil has flown its foreign staff out of Yemen, the company said."
    made = Builder(text, "2015-02-11").actor("Nordic Oil", "company", "NOR")
    made.event("evacuation", "flown", where="Yemen", roles={"agent": "Nordic Oil"})
    assert postures([made.build()]) == ()


def test_a_mission_that_takes_over_is_not_closed() -> None:
    """Where the work goes on elsewhere, no word of closing is said of that other mission."""
    text = closing().text + "\n\nTheir work will be done from the embassy in Mali."
    made = Builder(text, "2015-02-10").actor("The United States", "government", "USA")
    made.event(
        "mission-closure", "closing", where="Yemen", status="planned", roles={"agent": "The United States"}
    )
    made.event(
        "mission-closure", "work", where="Mali", status="planned", roles={"agent": "The United States"}
    )
    assert [(p.host, p.mission) for p in postures([made.build()])] == [("YEM", "closed")]


def test_nationals_who_must_go_are_told_to_leave() -> None:
    """What a sentence without an event of its own says of nationals belongs to the posture told before it."""
    text = (
        "Japan is closing its embassy in Mali, the foreign ministry said. "
        "Fourteen Japanese live in the country and all must go, it said."
    )
    made = Builder(text, "2015-02-11").actor("Japan", "government", "JPN")
    made.event("mission-closure", "closing", where="Mali", status="ongoing", roles={"agent": "Japan"})
    made.claim("the foreign ministry", "institution", ["closing"])
    found = only(postures([made.build()]))
    assert (found.sender, found.mission, found.advice, found.area) == ("JPN", "closed", "leave", None)


def test_relatives_who_may_leave_leave_the_staff_behind() -> None:
    """Relatives are not the staff, and the day that is told carries to the rest of the paragraph."""
    text = (
        "The State Department said it had on Saturday authorised relatives of its embassy staff to leave Yemen. "
        "It warned Americans of the risks of a journey there. The embassy stays open."
    )
    made = Builder(text, "2015-02-08").event(
        "travel-advisory", "warned", where="Yemen", roles={"target": "Americans"}
    )
    made.claim("The State Department", "institution", ["warned"])
    found = only(postures([made.build()]))
    assert (found.sender, found.mission, found.staff, found.advice) == ("USA", "open", "present", "caution")
    assert found.since == "2015-02-07"


def test_a_mission_that_speaks_is_open() -> None:
    """An embassy that gives advice to the press is at work, unless the report says that it shuts."""
    text = "The United States embassy in Sanaa advised Americans against all travel to Aden."
    made = Builder(text, "2015-02-08").event(
        "travel-advisory", "advised", where="Aden", roles={"recipient": "Americans"}
    )
    made.claim("The United States embassy in Sanaa", "institution", ["advised"])
    found = only(postures([made.build()]))
    assert (found.mission, found.advice, found.area) == ("open", "avoid", "Aden")


@pytest.mark.parametrize(
    ("text", "trigger", "advice", "area"),
    [
        ("SANAA, May 29 - Britain lifted its travel warning for Yemen.", "travel warning", "none", None),
        ("LONDON, May 29 - Britain advised against all travel to Aden.", "advised", "avoid", "Aden"),
        (
            "Britain ordered staff out of Sanaa and warned Britons against travel to Yemen.",
            "warned",
            "avoid",
            None,
        ),
    ],
)
def test_what_an_advice_says_and_of_where(text: str, trigger: str, advice: str, area: str | None) -> None:
    """The month of May is no doubt, and the place is the one that the advice names."""
    made = Builder(text, "2014-05-29").actor("Britain", "government", "GBR")
    for name in ("Yemen", "Aden", "Sanaa"):
        if name in text:
            made.place(name)
    first = min((n for n in ("Sanaa", "Aden", "Yemen") if n in text), key=text.index)
    made.event("travel-advisory", trigger, where=first, roles={"agent": "Britain"})
    found = only(postures([made.build()]))
    assert (found.sender, found.host, found.advice, found.area) == ("GBR", "YEM", advice, area)


def test_staff_that_leaves_with_its_families_leaves() -> None:
    """Where staff goes and families go with it, the staff goes; where families go alone it stays."""
    staff = {}
    for who in ("non-emergency personnel and their families", "families of its personnel"):
        text = f"Britain ordered the departure of {who} from its embassy in Sanaa."
        made = Builder(text, "2014-05-29").actor("Britain", "government", "GBR")
        made.event("evacuation", "departure", where="Sanaa", status="requested", roles={"agent": "Britain"})
        staff[who] = only(postures([made.build()])).staff
    assert list(staff.values()) == ["evacuating", "present"]


def test_a_mission_that_has_moved_is_not_announced() -> None:
    """What its sentence goes on to ask of others ("to leave") doesn't make a closing one to come."""
    text = "Britain moved its embassy from Sanaa to Aden and advised all Britons to leave Yemen."
    made = Builder(text, "2014-05-29").actor("Britain", "government", "GBR")
    made.event("mission-closure", "moved", where="Sanaa", roles={"agent": "Britain"})
    found = only(postures([made.build()]))
    assert (found.mission, found.status) == ("relocated", "in-force")


def test_the_dateline_is_no_host() -> None:
    """An event that is put where the report was filed is the speaker's own: the mission lies elsewhere."""
    made = Builder("Bamako, Mali (Sahel Wire) - Mali will shut its embassy in Yemen.", "2014-05-29")
    made.place("Yemen")
    made.actor("Mali", "government", "MLI")
    made.event("mission-closure", "shut", where="Bamako", status="planned", roles={"agent": "Mali"})
    found = only(postures([made.build()]))
    assert (found.sender, found.host, found.mission, found.status) == ("MLI", "YEM", "closed", "announced")
