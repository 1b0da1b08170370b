"""Who revises a toll gives its numbers: the verb is a word of saying where nothing else is."""

from __future__ import annotations

import pytest

from dateline.reading.reader import Reader
from dateline.reading.revising import revisions_in
from dateline.record import Record


@pytest.mark.parametrize(
    ("text", "source", "cue", "kind"),
    [
        (
            "The interior ministry raised the death toll to 19.",
            "The interior ministry",
            "raised",
            "institution",
        ),
        (
            "GAO (Wire) - Police have since lowered the count to 17.",
            "Police",
            "have since lowered",
            "institution",
        ),
        ("Five bodies were found, and officials revised their tally.", "officials", "revised", "anonymous"),
        ("On Sunday, the rebels cut their own figure to two.", "the rebels", "cut", "armed-group"),
    ],
)
def test_the_speaker_stands_right_before_the_verb(text: str, source: str, cue: str, kind: str) -> None:
    """Datelines, clauses and days before the name are no part of it."""
    (found,) = revisions_in(text)
    assert text[slice(*found.source)] == source
    assert text[slice(*found.cue)] == cue
    assert found.kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "The blast raised the death toll in the province to 90.",
        "The death toll was raised to 19 on Sunday.",
        "The ministry raised the flag over the count's castle.",
        "The army raised an estimated 400 tents.",
        "A bomb that the police said was small increased the number of dead.",
    ],
)
def test_what_raises_a_toll_and_is_nobody_revises_none(text: str) -> None:
    """A blast, a passive and another thing that is raised have no speaker."""
    assert revisions_in(text) == []


def _said(record: Record) -> dict[str, set[int | None]]:
    figures = {f.id: f for f in record.figures}
    return {c.source.name: {figures[n].low for n in c.about if n in figures} for c in record.claims}


def test_the_numbers_are_those_of_the_one_who_revises(reader: Reader) -> None:
    """Both numbers of a revised toll are the ministry's; what another says stays his."""
    text = (
        "KABUL, June 5 - The interior ministry raised the death toll from 12 to 19 on Sunday. "
        "A second bomb increased the number of dead to 31, a doctor said."
    )
    said = _said(reader.read(text))
    assert said["The interior ministry"] == {12, 19}
    assert said["a doctor"] == {31}
