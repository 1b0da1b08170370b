"""Figures of an incident: ages and clock times count nobody, and the event decides a doubtful measure."""

from __future__ import annotations

import pytest

from dateline.incidents.figures import counting
from tests.incidents.builder import Builder


@pytest.mark.parametrize(
    ("text", "words", "number"),
    [
        ("A 15-year-old boy was killed.", "15", 15),
        ("The 17 y/o boy was killed.", "17", 17),
        ("Tore Bech, 58, was killed.", "58", 58),
        ("Men, ages 31, 32 and 34, were killed.", "34", 34),
        ("He shot his 12- and 10-year-old sons.", "12", 12),
        ("A woman, 29, was shot.", "29", 29),
        ("02:49 Man killed in Reno.", "49", 49),
    ],
)
def test_ages_and_times_count_nobody(text: str, words: str, number: int) -> None:
    """An age or the length of a clip that was read as a count is left out."""
    record = Builder(text).figure("killed", words, number).build()
    assert counting(record.figures, record) == []


@pytest.mark.parametrize(
    ("text", "type_", "trigger", "words", "number", "read", "settled"),
    [
        ("A source said 25 hostages had got away.", "release", "got away", "25", 25, "held", "freed"),
        ("Some 180 captives fled.", "displacement", "fled", "180", 180, "held", "freed"),
        ("Of the gunmen three were captured.", "arrest", "captured", "three", 3, "held", "detained"),
        ("Six Filipinos had been killed.", "killing", "killed", "Six", 6, "missing", "killed"),
        ("They still held seven hostages of those freed.", "release", "freed", "seven", 7, "held", "held"),
        ("Of the 132 hostages a hundred were freed.", "release", "freed", "132", 132, "held", "held"),
        ("He spoke of 12 captives. Others were freed.", "release", "freed", "12", 12, "held", "held"),
        ("Police wounded two who were freed.", "release", "freed", "two", 2, "wounded", "wounded"),
    ],
)
def test_the_event_decides_a_doubtful_measure(
    text: str, type_: str, trigger: str, words: str, number: int, read: str, settled: str
) -> None:
    """A measure that the event of its clause excludes gives way; others, and those of other clauses, stay."""
    made = Builder(text).event(type_, trigger).figure(read, words, number, of=trigger)
    record = made.build()
    assert [f.measure for f in counting(record.figures, record)] == [settled]
