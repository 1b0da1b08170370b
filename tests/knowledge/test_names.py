"""Folding of names."""

from __future__ import annotations

import pytest

from dateline.knowledge.names import article_variants, edits, fold, is_latin, skeleton, strip_kind_word


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ségou", "segou"),
        ("St. Louis", "st louis"),
        ("Saint-Louis", "st louis"),
        ("U.S.", "us"),
        ("Łódź", "lodz"),
        ("N’Djamena", "ndjamena"),
        ("Sana'a", "sanaa"),
        ("Deir ez-Zor", "deir ez zor"),
        ("Mt. Sinjar", "mount sinjar"),
    ],
)
def test_names_fold_to_keys(name: str, key: str) -> None:
    """Case, accents, dots, apostrophes and hyphens don't count."""
    assert fold(name) == key


def test_articles_vary() -> None:
    """A name with an Arabic article is tried without, and one without is tried with it."""
    assert "hasakah" in article_variants("al hasakah")
    assert article_variants("hasakah") == ("al hasakah",)


def test_kind_words_come_off() -> None:
    """The word for the kind of area comes off, before or after the name."""
    assert strip_kind_word("kunar province") == "kunar"
    assert strip_kind_word("departamento de la paz") == "la paz"
    assert strip_kind_word("province") == "province"


def test_transliterations_share_a_skeleton() -> None:
    """Spellings of one Arabic name share consonants; other names don't."""
    assert skeleton("al fallujah") == skeleton("falluja")
    assert skeleton("kyiv") != skeleton("kabul")


def test_scripts_are_told_apart() -> None:
    """Cyrillic and Arabic are not Latin, accents are."""
    assert is_latin("Ménaka")
    assert not is_latin("Киев")


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("", "", 0),
        ("kiev", "kyiv", 2),
        ("gao", "gao", 0),
        ("gao", "", 3),
        ("mossul", "mosul", 1),
        ("ab", "ba", 2),
    ],
)
def test_edits_are_counted(one: str, other: str, count: int) -> None:
    """Letters to add, drop or change are counted, the same both ways."""
    assert edits(one, other) == edits(other, one) == count
