"""B-cubed: the mean over items of what their groups share."""

from __future__ import annotations

import pytest

from dateline.evaluation.clusters import b_cubed


def test_the_example_of_the_paper() -> None:
    """Bagga and Baldwin's first response: three groups, one item misplaced."""
    gold = dict(zip("12345678", "aaaaabbb", strict=True)) | {"9": "c"}
    found = dict(zip("12345678", "aaaaabbb", strict=True)) | {"9": "b"}
    score = b_cubed(found, gold)
    assert score.precision == pytest.approx((5 + 3 * 0.75 + 0.25) / 9)
    assert score.recall == 1.0


def test_the_mean_can_go_over_some_items() -> None:
    """With `only` the groups stay whole and the mean goes over the items named."""
    gold, found = {1: "a", 2: "a", 3: "b"}, {1: 0, 2: 1, 3: 1}
    score = b_cubed(found, gold, [1, 2])
    assert (score.precision, score.recall, score.size) == (0.75, 0.5, 2)
    assert score.f1 == pytest.approx(0.6)


def test_nothing_gives_nothing() -> None:
    """No items give zero, not an error."""
    assert b_cubed({}, {}).f1 == 0.0
