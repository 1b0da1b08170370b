"""Persons whom events tell of: they fill in where no figure counts, each once."""

from __future__ import annotations

import pytest

from dateline.incidents import link
from dateline.incidents.units import units_of
from dateline.incidents.victims import names_one_person, victims_of
from tests.incidents.builder import Builder

Told = tuple[str, str, dict[str, str]]  # type, trigger, roles


def tolls(text: str, *events: Told) -> dict[str, int | None]:
    """The best totals of an incident that one report tells by its events alone."""
    text = f"Gunfire broke out in Reno on Monday. {text}"
    made = Builder(text, "2013-10-22").event("armed-attack", "Gunfire", where="Reno", day="2013-10-21")
    for type_, trigger, roles in events:
        made.event(type_, trigger, roles=roles)
    return {m: t.best for m, t in link([made.build()]).incidents[0].totals.items()}


@pytest.mark.parametrize(
    ("text", "events", "expected"),
    [
        ("A 19-year-old man died at the hospital.", [("killing", "died", {"target": "A 19-year-old man"})], {"killed": 1}),
        ("A clerk was shot in the arm.", [("armed-attack", "shot", {"target": "A clerk"})], {"wounded": 1}),
        ("A hunter shot himself in the foot.", [("injury", "shot", {"agent": "A hunter"})], {"wounded": 1}),
        ("Dale Pruitt and his wife died.", [("killing", "died", {"target": "Dale Pruitt and his wife"})], {"killed": 2}),
        ("He fired at a clerk.", [("armed-attack", "fired", {"target": "a clerk"})], {}),
        ("Men died.", [("killing", "died", {"target": "Men"})], {}),
    ],
)  # fmt: skip
def test_a_victim_without_a_figure_counts(text: str, events: list[Told], expected: dict[str, int]) -> None:
    """Who died or was hit counts once; who was only shot at, and a plural, do not."""
    assert tolls(text, *events) == expected


def test_who_was_shot_and_died_is_one_dead_man() -> None:
    """The man who was shot, he who was taken away and the named dead are one."""
    found = tolls(
        "A man was shot outside a bar. Medics took him away wounded. Dale Pruitt, 23, died.",
        ("armed-attack", "shot", {"target": "A man"}),
        ("injury", "wounded", {"target": "him"}),
        ("killing", "died", {"target": "Dale Pruitt"}),
    )  # fmt: skip
    assert found == {"killed": 1}


def test_a_figure_stands_before_what_events_tell() -> None:
    """Where a report counts its dead, the persons of its events add none."""
    text = "Gunfire broke out in Reno on Monday. One man was killed. A friend of the mayor died, too."
    made = Builder(text, "2013-10-22").event("armed-attack", "Gunfire", where="Reno", day="2013-10-21")
    made.figure("killed", "One", 1).event("killing", "died", roles={"target": "A friend of the mayor"})
    assert link([made.build()]).incidents[0].totals["killed"].best == 1


def test_no_one_else_is_no_count() -> None:
    """That no one else was hurt leaves the one of whom the events tell."""
    text = "Gunfire broke out in Reno on Monday. A teen was struck. No one else was injured."
    made = Builder(text, "2013-10-22").event("armed-attack", "Gunfire", where="Reno", day="2013-10-21")
    made.figure("wounded", "No one", 0).event("armed-attack", "struck", roles={"target": "A teen"})
    assert link([made.build()]).incidents[0].totals["wounded"].best == 1


@pytest.mark.parametrize(
    ("phrase", "one"),
    [
        ("a 17-year-old boy", True), ("the victim", True), ("Dale Pruitt", True), ("him", True),
        ("his 7-year-old daughter", True), ("a clerk at the store", True), ("the 23-year-old", True),
        ("Seventeen-year-old Carl Bech", True), ("a 9-year-old Reno boy", True),
        ("two men", False), ("The family of a 17-year-old", False), ("each victim", False),
        ("officers", False), ("a car", False), ("the Reno Police Department", False), ("several people", False),
        ("All", False),
    ],
)  # fmt: skip
def test_what_names_one_person(phrase: str, one: bool) -> None:
    """A person is a name, a pronoun or a noun for one human being."""
    assert names_one_person(phrase) is one


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("Police look into a double shooting.", 2),
        ("Both victims were hit by gunfire.", 2),
        ("A fourth victim was hit by gunfire.", 4),
        ("The five victims were hit by gunfire.", 5),
    ],
)
def test_words_that_count_those_shot_are_read(text: str, size: int) -> None:
    """A "double shooting" has two who were shot, a fourth victim makes four."""
    record = (
        Builder(f"Gunfire in Reno. {text}")
        .event("armed-attack", text.rsplit(maxsplit=1)[-1].rstrip("."))
        .build()
    )
    found = victims_of(units_of(record), {record.report.id: record})
    assert [(r.figure.measure, r.figure.low) for r in found] == [("wounded", size)]


def test_who_shot_himself_counts_though_no_event_tells_it() -> None:
    """A man who is wounded by his own hand beside a woman makes two."""
    text = "Gunfire broke out in Reno on Monday. A clerk fired a gun, shooting himself and a woman."
    made = Builder(text, "2013-10-22").event("armed-attack", "Gunfire", where="Reno", day="2013-10-21")
    record = made.event("armed-attack", "fired").build()
    found = victims_of(units_of(record), {record.report.id: record})
    assert [r.figure.span.text for r in found] == ["himself"]
