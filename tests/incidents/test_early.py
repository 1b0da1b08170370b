"""Telling apart early loses no pair that ties, whatever the weights are."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.synthetic import pairs
from dateline.incidents.early import Early, tie
from dateline.incidents.match import FEATURES, SCORER, Scorer
from dateline.incidents.profiles import Profile, profile_of
from dateline.incidents.units import units_of
from tests.incidents.stories import battle_elsewhere, car_bomb, quake, siege, tanker


def _profiles() -> list[Profile]:
    told = [*siege(), *car_bomb(), battle_elsewhere(), tanker(), quake(), *(r for _, r in pairs(0, 25))]
    return [profile_of(unit) for record in told for unit in units_of(record)]


_PAIRS = list(combinations(_profiles(), 2))
_WEIGHTS = st.dictionaries(st.sampled_from(FEATURES), st.floats(-4, 4), min_size=5)


def test_what_is_told_apart_early_does_not_tie() -> None:
    """With the weights that ship a tie is found as in full, and most pairs are told apart without."""
    early = Early(SCORER)
    apart = [pair for pair in _PAIRS if not early.may_tie(*pair)]
    assert all(SCORER.tie(p, q) is None for p, q in apart)
    assert all(tie(p, q) == SCORER.tie(p, q) for p, q in _PAIRS)
    assert len(apart) > len(_PAIRS) / 2


@settings(max_examples=40, deadline=None)
@given(weights=_WEIGHTS, bias=st.floats(-9, 0), edge=st.floats(-2, 2))
def test_the_bound_holds_for_any_weights(weights: dict[str, float], bias: float, edge: float) -> None:
    """Weights that are trained anew, of either sign, are bounded as well."""
    scorer = Scorer(weights=weights, bias=bias, least=edge, default=edge - 1, edge=edge, limit=6.0)
    early = Early(scorer)
    for p, q in _PAIRS[::7]:
        assert early.may_tie(p, q) or scorer.compare(p, q) < edge


def test_the_order_of_a_pair_does_not_matter() -> None:
    """Either way the answer is the same."""
    early = Early(SCORER)
    assert [early.may_tie(p, q) for p, q in _PAIRS] == [early.may_tie(q, p) for p, q in _PAIRS]
