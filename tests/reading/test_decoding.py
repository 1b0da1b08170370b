"""From word scores to spans: the best path over a stretch, not a threshold a word."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.decoding import best_spans


def _spans(
    inside: list[float], begin: list[float] | None = None, *, sentence: list[int] | None = None,
    least: float = 0.5, enter: float = 0.0,
) -> list[tuple[int, int]]:  # fmt: skip
    heads = begin or [0.9, *[0.1] * (len(inside) - 1)]
    numbers = None if sentence is None else np.array(sentence)
    return list(best_spans(np.array(inside), np.array(heads), numbers, least=least, enter=enter))


def test_one_doubtful_word_does_not_break_a_span() -> None:
    """A dip in the middle of a sure span is bridged; a word that is surely outside is not."""
    assert _spans([0.9, 0.9, 0.3, 0.9, 0.9]) == [(0, 5)]
    assert _spans([0.9, 0.9, 0.01, 0.9, 0.9], [0.9, 0.1, 0.1, 0.9, 0.1]) == [(0, 2), (3, 5)]


def test_begin_parts_two_spans() -> None:
    """Where a word surely begins anew, two spans touch."""
    assert _spans([0.9] * 4, [0.9, 0.1, 0.95, 0.1]) == [(0, 2), (2, 4)]


def test_no_span_leaves_its_sentence() -> None:
    """A border between sentences parts a span, unless spans may run over them."""
    inside = [0.9, 0.9, 0.9, 0.9]
    begin = [0.9, 0.1, 0.6, 0.1]
    assert _spans(inside, begin, sentence=[0, 0, 1, 1]) == [(0, 2), (2, 4)]
    assert _spans(inside, [0.9, 0.1, 0.1, 0.1]) == [(0, 4)]


def test_cost_of_entering_keeps_thin_spans_out() -> None:
    """A lone word of little evidence is a span only while a new span costs nothing."""
    assert _spans([0.0, 0.65, 0.0], [0.0, 0.95, 0.0]) == [(1, 2)]
    assert _spans([0.0, 0.65, 0.0], [0.0, 0.95, 0.0], enter=1.0) == []


@pytest.mark.parametrize("least", [0.2, 0.5, 0.8])
def test_least_is_the_line_for_one_word(least: float) -> None:
    """A single word that surely begins is a span from `least` on."""
    assert _spans([least + 0.05], [0.9999], least=least) == [(0, 1)]
    assert _spans([least - 0.05], [0.9999], least=least) == []


_WORDS = st.lists(st.tuples(st.floats(0.04, 0.96), st.floats(0.04, 0.96)), min_size=1, max_size=6)


@given(_WORDS, st.floats(0.0, 2.0))
def test_path_is_the_best_of_all(words: list[tuple[float, float]], enter: float) -> None:
    """On short texts the spans score as high as the best of every possible labelling."""
    inside, begin = np.array([w[0] for w in words]), np.array([w[1] for w in words])
    gain, opened, on = np.log(inside / (1 - inside)), np.log(begin) - enter, np.log(1 - begin)

    def worth(path: tuple[int, ...]) -> float:
        total, before = 0.0, 0
        for at, state in enumerate(path):
            if state == 2 and before == 0:
                return -np.inf
            total += 0.0 if state == 0 else gain[at] + (opened[at] if state == 1 else on[at])
            before = state
        return total

    best = max(worth(p) for p in itertools.product(range(3), repeat=len(words)))
    spans = list(best_spans(inside, begin, None, least=0.5, enter=enter))
    path = [0] * len(words)
    for a, b in spans:
        path[a:b] = [1, *[2] * (b - a - 1)]
    assert worth(tuple(path)) == pytest.approx(best)


def test_nothing_to_find() -> None:
    """Without a likely word there is no span."""
    assert _spans([0.01, 0.02]) == []
