"""Totals: each person once, sides that are apart added, the latest reports believed."""

from __future__ import annotations

import pytest

from dateline.incidents import link
from dateline.record import Total
from tests.incidents.builder import Builder

Counted = tuple[str, str, int, str]  # measure, words, number, group


def totals(text: str, *counted: Counted) -> dict[str, Total]:
    """The totals of an incident that one report tells."""
    made = Builder(text, "2013-10-22").event("armed-attack", "shooting", where="Reno", day="2013-10-21")
    for measure, words, number, group in counted:
        made.figure(measure, words, number, group=group, of="shooting")
    return link([made.build()]).incidents[0].totals


def test_sides_that_are_apart_are_added() -> None:
    """Hostages, soldiers and those who attacked are not the same people."""
    found = totals(
        "In a shooting in Reno nine hostages, two officers and five gunmen died.",
        ("killed", "nine", 9, "hostage"), ("killed", "two", 2, "police"), ("killed", "five", 5, "attacker"),
    )  # fmt: skip
    assert found["killed"].best == 16


def test_a_count_of_all_is_not_added_to_its_parts() -> None:
    """Of twelve dead nine are hostages and three gunmen: the toll is twelve."""
    found = totals(
        "In a shooting in Reno twelve people died, nine hostages and three gunmen.",
        ("killed", "twelve", 12, "unspecified"), ("killed", "nine", 9, "hostage"), ("killed", "three", 3, "attacker"),
    )  # fmt: skip
    assert found["killed"].best == 12


@pytest.mark.parametrize(
    ("text", "persons", "expected"),
    [
        ("A shooting in Reno killed Dale Pruitt, 33. A man died at the scene.", ["Dale Pruitt", "A man"], 1),
        ("A shooting in Reno killed Dale Pruitt and Ann Lee.", ["Dale Pruitt", "Ann Lee"], 2),
        ("A shooting in Reno killed a man and a woman.", ["a man", "a woman"], 2),
        ("A shooting in Reno killed a 12-year-old boy. The boy, a 12-year-old, lived near.", ["a 12-year-old boy",
                                                                                        "a 12-year-old,"], 1),
    ],
)  # fmt: skip
def test_each_person_counts_once(text: str, persons: list[str], expected: int) -> None:
    """A person named and described is one; two names, or a man and a woman, are two."""
    assert totals(text, *(("killed", p, 1, "unspecified") for p in persons))["killed"].best == expected


def test_the_latest_reports_give_the_best_total() -> None:
    """A toll that grew is taken from the last two days' reports, and the rule says so."""
    records = []
    for day, word, number in (("2013-10-21", "Two", 2), ("2013-10-25", "Four", 4), ("2013-10-26", "Four", 4)):
        text = f"{word} people died in the shooting at the Starlight bar on Virginia Street in Reno, police said {day}."
        made = Builder(text, day, f"Paper {day}", title="Shooting at Starlight bar")
        made.event("armed-attack", "shooting", where="Reno", day="2013-10-21")
        records.append(made.figure("killed", word, number, of="shooting").build())
    incidents = link(records).incidents
    assert len(incidents) == 1
    total = incidents[0].totals["killed"]
    assert (total.lowest, total.best, total.highest) == (2, 4, 4)
    assert "2 of the 2 latest reports" in total.rule
    assert total.lines == (0,)


def test_no_figures_no_totals() -> None:
    """Without a figure there is no total: zero is never made up."""
    assert totals("There was a shooting in Reno.") == {}
