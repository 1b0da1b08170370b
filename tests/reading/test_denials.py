"""What somebody says is false: the noun between the denial and its words doesn't hide them."""

from __future__ import annotations

import pytest

from dateline.reading.denials import denied_in
from dateline.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("He said the report that 3 soldiers had been captured was false.", "3 soldiers had been captured"),
        ("Reports of 20 dead are untrue, the mayor said.", "20 dead"),
        ("The police rejected claims that five protesters were shot.", "five protesters were shot"),
        ("She dismissed as rumours claims that 40 people died, and left.", "40 people died"),
        ("Media reports that the town had fallen were entirely unfounded.", "the town had fallen"),
    ],
)
def test_the_words_that_are_denied(text: str, denied: str) -> None:
    """The stretch is what the reports or claims tell, to the end of their clause."""
    assert [text[a:b].strip() for a, b in denied_in(text)] == [denied]


@pytest.mark.parametrize(
    "text",
    [
        "Reports that the town had fallen were confirmed by two aid workers.",
        "The group claimed that five soldiers were killed.",
        "The army rejected the offer. Ten rebels were shot.",
        "The suspect had false papers when 3 soldiers were captured.",
    ],
)
def test_what_is_told_is_not_denied(text: str) -> None:
    """A claim, a rejected offer and a false paper deny nothing."""
    assert denied_in(text) == []


def test_events_and_figures_in_it_are_denied(reader: Reader) -> None:
    """Only what stands in the denied words; what the denier tells himself has happened."""
    record = reader.read(
        "The prime minister said the report that 3 soldiers had been captured was false. "
        "Two civilians were wounded, he said."
    )
    assert {(f.low, f.status) for f in record.figures} == {(3, "denied"), (2, "stated")}
    assert {e.trigger.text: e.status for e in record.events} == {"captured": "denied", "wounded": "happened"}
