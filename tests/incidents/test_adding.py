"""Adding up: what one report's figures come to, by the words around them."""

from __future__ import annotations

import pytest

from dateline.incidents.adding import counting, report_tolls, struck_among
from dateline.incidents.layout import Layout
from dateline.incidents.persons import distinct_persons
from dateline.incidents.statements import Statement, bare_statement, statements_of
from dateline.incidents.units import units_of
from tests.incidents.builder import Builder

Counted = tuple[str, str, int]  # measure, words, number


def rows(text: str, *counted: Counted) -> list[Statement]:
    """The statements of a report's figures."""
    made = Builder(text)
    for measure, words, number in counted:
        made.figure(measure, words, number)
    record = made.build()
    layout = Layout.of(text)
    return [bare_statement(record, layout, figure, 0) for figure in record.figures]


def test_all_three_who_were_shot_are_the_three_dead() -> None:
    """What takes the dead up again and says how they died adds no wounded."""
    found = rows(
        "Three people were found dead. All three suffered gunshot wounds.",
        ("killed", "Three", 3), ("wounded", "All three", 3),
    )  # fmt: skip
    assert report_tolls(found) == {"killed": 3}


def test_as_many_wounded_as_dead_stay() -> None:
    """Three others who are hurt are not the three dead."""
    found = rows(
        "Three people were killed and three others wounded.", ("killed", "Three", 3), ("wounded", "three", 3)
    )
    assert report_tolls(found) == {"killed": 3, "wounded": 3}


def test_who_is_hurt_beside_the_dead_of_a_sentence_is_not_one_of_them() -> None:
    """A child injured where others were killed lives, though nothing else tells them apart."""
    found = rows(
        "He is accused of killing his mother and injuring a child.",
        ("killed", "his mother", 1), ("wounded", "a child", 1),
    )  # fmt: skip
    dead = distinct_persons(found[:1])
    assert report_tolls(found, dead) == {"killed": 1, "wounded": 1}


def test_none_of_the_staff_hurt_does_not_unsay_the_others() -> None:
    """A count of none beside people who were shot leaves them wounded."""
    found = rows("Five people were shot. No staff were hurt.", ("wounded", "Five", 5), ("wounded", "No", 0))
    assert report_tolls(found) == {"wounded": 5}


def test_an_older_and_greater_count_of_the_dead_is_kept() -> None:
    """The days of saying do not take victims away: four wounded on Monday are not two on Tuesday."""
    text = (
        "Shots hit boys in Reno. Four were wounded, police said Friday. Two were in a clinic, a nurse said."
    )
    made = Builder(text).event("armed-attack", "Shots", where="Reno", day="2014-05-02")
    made.figure("wounded", "Four", 4, of="Shots").figure("wounded", "Two", 2, of="Shots")
    made.claim("police", "institution", ["Four"], said="2014-05-02").claim("a nurse", "witness", ["Two"])
    record = made.build()
    found = statements_of(units_of(record), {record.report.id: record}, None, {})
    assert [r.said for r in found] == ["2014-05-02", "2014-05-03"]
    assert report_tolls(found) == {"wounded": 4}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police are questioning two teens.", {}),
        ("Two teens were sent to a hospital.", {"wounded": 2}),
        ("Two teens were hit by shrapnel.", {"wounded": 2}),
    ],
)
def test_a_count_of_the_wounded_needs_a_word_of_harm(text: str, expected: dict[str, int]) -> None:
    """People counted in a sentence without any harm were misread."""
    words = "two" if "two" in text else "Two"
    assert report_tolls(counting(rows(text, ("wounded", words, 2)))) == expected


def test_each_of_the_dead_is_one_of_the_hurt_at_most() -> None:
    """Of two named as hit, the one unnamed dead is but one."""
    found = rows(
        "A man was killed. Police found Jon Hale, 30, and Ira Bell, 40, with wounds.",
        ("killed", "A man", 1), ("wounded", "Jon Hale", 1), ("wounded", "Ira Bell", 1),
    )  # fmt: skip
    dead = distinct_persons(found[:1])
    assert report_tolls(found, dead) == {"killed": 1}
    assert report_tolls(found, dead, each=True) == {"killed": 1, "wounded": 1}


def test_each_named_among_the_dead_is_left_out() -> None:
    """A name or an age that the dead have takes its person out, and nobody else."""
    found = rows(
        "Jon Hale, 30, died. Police found Mr Hale with wounds, too. They found Ira Bell, 40, with wounds.",
        ("killed", "Jon Hale", 1), ("wounded", "Mr Hale", 1), ("wounded", "Ira Bell", 1),
    )  # fmt: skip
    assert report_tolls(found, distinct_persons(found[:1]), each=True) == {"killed": 1, "wounded": 1}


def test_who_stands_before_those_shot_in_a_list_was_shot_too() -> None:
    """Two adults and three boys were shot: five, and one of them died."""
    found = rows(
        "Two adults and three boys were shot. One died.",
        ("wounded", "Two", 2), ("wounded", "three", 3), ("killed", "One", 1),
    )  # fmt: skip
    assert [r.figure.span.text for r in struck_among(found)] == ["Two", "three"]
    assert report_tolls(found) == {"killed": 1, "wounded": 4}


def test_a_lost_blank_parts_sentences() -> None:
    """A page that lost the blank behind a full stop still tells of two sentences."""
    found = rows("Two men died at the scene.Three were hurt.", ("killed", "Two", 2), ("wounded", "Three", 3))
    assert [r.sentence for r in found] == ["Two men died at the scene.", "Three were hurt."]
