"""Words: names, ages and numbers by which a happening is known again."""

from __future__ import annotations

import pytest

from dateline.incidents.words import ages_in, cosine, fold_words, names_in, numbers_in, stem, vector


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Hostages", "hostage"), ("gas", "gas"), ("glass", "glass"), ("Côte", "cote"), ("BP's", "bp")],
)
def test_words_are_folded(word: str, folded: str) -> None:
    """Case, accents, possessives and plain plurals don't count."""
    assert stem(word) == folded


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tore Bech, 58, and Hans M. Bjone were dead.", {"tore bech", "hans bjone"}),
        ("Mr Dale Pruitt was arrested on Virginia Street.", {"dale pruitt"}),
        ("Sgt. John Miller of the Reno Police Department said so.", set()),
        ("police spokeswoman Ann Lee said", set()),
        ("On Monday Saint Paul Police Department", set()),
        ("a man was shot", set()),
    ],
)
def test_people_are_known_by_name(text: str, names: set[str]) -> None:
    """Victims and suspects are found; who speaks for the police, places and bodies are not."""
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("A 12-year-old and Fayth Norman, 15, were hurt.", {12, 15}),
        ("The other victims, ages 13, 17 and 19, were treated.", {13, 17, 19}),
        ("an Irishman, aged 36, was inside", {36}),
        ("on Jan 16, 2013, at 7 p.m.", set()),
    ],
)
def test_ages_are_found(text: str, ages: set[int]) -> None:
    """Ages are found in the forms that news has for them."""
    assert ages_in(text) == ages


def test_house_numbers_are_no_years() -> None:
    """Numbers of three to five digits count, years, sums and telephone numbers don't."""
    assert numbers_in("at 4100 block of Elm St. in 2013, $5000 reward, call 555-1234, unit 821") == {
        4100,
        821,
    }


def test_vectors_have_unit_length() -> None:
    """A vector's cosine with itself is one, and rare words weigh more."""
    row = vector(fold_words("the siege of the plant the the"), {"the": 0.1, "of": 0.2}, 5.0)
    assert cosine(row, row) == pytest.approx(1.0, abs=1e-4)
    assert row["siege"] > row["the"]
    assert cosine(row, {}) == 0.0
