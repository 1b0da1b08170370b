"""Cutting texts: words, sentences, windows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.segments import case_ids, is_shouting, paragraphs, sentences, windows, words

ODD = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=300)
NEWS = st.text(alphabet="aA b.!?\n\r\t“”\"'é\u0301\u200f\x00😀9-,", max_size=200)


@given(st.one_of(ODD, NEWS))
def test_words_are_slices_in_order(text: str) -> None:
    """Words never overlap, hold no white space, and leave only white space between them."""
    at = 0
    for start, end in words(text):
        assert at <= start < end <= len(text)
        assert not any(c.isspace() for c in text[start:end])
        assert text[at:start].isspace() or at == start
        at = end


@given(st.one_of(ODD, NEWS))
def test_sentences_cover_all_words(text: str) -> None:
    """Sentences are in order, do not overlap, and what stands outside them is white space."""
    at = 0
    for start, end in sentences(text):
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


def test_sentences_of_a_wire() -> None:
    """Titles, initials and abbreviations don't end a sentence; quotation marks belong to theirs."""
    text = (
        "KADUNA, Nigeria - Lt. Col. A. B. Musa said Gov. Sule was safe. “We are fine.” He left at 3 p.m. local "
        "time. Was he? Yes."
    )
    found = [text[a:b] for a, b in sentences(text)]
    assert found == [
        "KADUNA, Nigeria - Lt. Col. A. B. Musa said Gov. Sule was safe.",
        "“We are fine.”",
        "He left at 3 p.m. local time.",
        "Was he?",
        "Yes.",
    ]


def test_paragraphs_end_sentences() -> None:
    """A headline without a full stop is a sentence of its own."""
    text = "Bomb kills two\r\n\r\nTwo people died\non Monday."
    assert [text[a:b] for a, b in sentences(text)] == ["Bomb kills two", "Two people died\non Monday."]
    assert len(paragraphs(text)) == 2


def test_case_is_unknown_in_a_text_in_capitals() -> None:
    """Capitals tell nothing in an old wire, and much elsewhere."""
    wire = "TWO SOLDIERS DIED IN LIMA, 20 AUG 88"
    assert is_shouting(wire)
    assert set(case_ids(wire, words(wire))) == {0, 5, 6}
    plain = "The UN and McDonald left Lima in 1988."
    assert case_ids(plain, words(plain)) == [2, 3, 1, 4, 1, 2, 1, 5, 6]


@given(st.lists(st.integers(1, 30), min_size=1, max_size=400), st.data())
def test_windows_cover_each_word_once(pieces: list[int], data: st.DataObject) -> None:
    """The cores of the windows follow one another without gap, each within its window and the limit."""
    cuts = data.draw(st.sets(st.integers(1, max(1, len(pieces) - 1)), max_size=40))
    bounds = sorted({0, len(pieces)} | {c for c in cuts if c < len(pieces)})
    made = windows(pieces, bounds, limit=128, overlap=32)
    at = 0
    for window in made:
        assert window.first == at
        assert window.start <= window.first <= window.last <= window.end
        assert sum(pieces[window.start : window.end]) <= 128
        at = window.last
    assert at == len(pieces)


def test_long_text_without_a_stop_is_cut() -> None:
    """A sentence without an end is cut into windows of bounded size."""
    made = windows([1] * 10_000, [0, 10_000])
    assert all(w.end - w.start <= 384 for w in made)
    assert made[-1].end == 10_000
