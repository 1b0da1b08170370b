"""Copies: a cut or lightly edited text is found, two desks on one happening are not."""

from __future__ import annotations

import pytest

from dateline.incidents.copies import FEWEST, SKETCH_SIZE, band_keys, is_near_copy, shared_share, sketch_of

WIRE = " ".join(
    f"Sentence {n} of the wire report tells what the minister of town {n} said about house {n} and road {n}."
    for n in "one two three four five six seven eight nine ten eleven twelve".split()
)
OTHER = " ".join(
    f"Number {n}: another desk writes of river {n}, bridge {n} and the mayor who saw wall {n} fall that night."
    for n in "one two three four five six seven eight nine ten eleven twelve".split()
)


def test_a_text_is_a_copy_of_itself() -> None:
    """The sketch holds the number of shingles and its size of values, each once, and shares all with itself."""
    size, *values = sketch_of(WIRE)
    assert FEWEST < size <= len(WIRE.split()) - 4
    assert len(set(values)) == len(values) == SKETCH_SIZE
    sketch = sketch_of(WIRE)
    assert shared_share(sketch, sketch) == 1.0


@pytest.mark.parametrize(
    "edited",
    [
        WIRE[: len(WIRE) * 6 // 10],
        WIRE.replace("minister", "governor of the province", 3),
        WIRE.upper(),
        WIRE.replace(" and ", " & "),
    ],
)
def test_a_cut_or_edited_text_is_a_near_copy(edited: str) -> None:
    """Cut by four tenths, with words changed, in capitals: still one source, either way round."""
    a, b = sketch_of(WIRE), sketch_of(edited)
    assert is_near_copy(a, b)
    assert is_near_copy(b, a)


def test_two_desks_are_two_sources() -> None:
    """Texts with other words share nothing, and one shared sentence makes no copy."""
    quoted = f"{OTHER} {WIRE[: len(WIRE) // 8]}"
    assert not is_near_copy(sketch_of(WIRE), sketch_of(OTHER))
    assert not is_near_copy(sketch_of(WIRE), sketch_of(quoted))


def test_short_texts_have_no_sketch() -> None:
    """A few words tell nothing of where they come from."""
    assert sketch_of("Two people were shot in Reno on Monday, police said.") == ()
    assert shared_share((), sketch_of(WIRE)) == 0.0
    assert band_keys((), 3, 16) == ()


def test_near_copies_meet_in_a_band() -> None:
    """A lightly edited text shares bands with the first, another desk's none."""
    edited = WIRE.replace("minister", "governor", 3)
    own, near, far = (set(band_keys(sketch_of(text), 3, 16)) for text in (WIRE, edited, OTHER))
    assert own & near
    assert not own & far
    assert len(own) == 16
