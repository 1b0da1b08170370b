"""Which keys a unit has: rare words of leads, pairs of hashes of its text, and not more than tell something."""

from __future__ import annotations

import msgspec

from dateline.incidents.candidates import candidate_pairs, keys_of
from dateline.incidents.frequencies import FREQUENCIES
from dateline.incidents.units import Unit, units_of
from tests.incidents.builder import Builder

COMMON, RARE = "police", "gyrocopter"


def unit(report: str, told: str, **changed: object) -> Unit:
    """Make a unit that has no key but those of its words and its text."""
    made = units_of(Builder(f"{report}: a man was killed.", told).event("killing", "killed").build())[0]
    bare: dict[str, object] = {"own": {}, "names": frozenset(), "spots": (), "country": None, "sketch": ()}
    return msgspec.structs.replace(made, **{**bare, **changed})


def meet(first: Unit, second: Unit) -> bool:
    """Tell whether two units are a pair to be scored."""
    return list(candidate_pairs([first, second])) == [(0, 1)]


def test_the_words_of_the_test_are_common_and_rare() -> None:
    """The table of frequencies knows the one well and the other hardly."""
    assert FREQUENCIES.weights[COMMON] < FREQUENCIES.rare / 3
    assert RARE not in FREQUENCIES.weights


def test_a_rare_word_is_a_key_for_a_fortnight() -> None:
    """Two reports of one week that lead with a rare word meet, after two months they do not."""
    own = {"own": {RARE: 1.0}}
    first = unit("First", "2014-05-03", **own)
    assert meet(first, unit("Second", "2014-05-06", **own))
    assert not meet(first, unit("Second", "2014-07-06", **own))


def test_a_common_word_is_no_key_alone_but_two_are() -> None:
    """Every report says "police"; two heavy words together are a key for months."""
    one = {"own": {COMMON: 1.0}}
    assert not meet(unit("First", "2014-05-03", **one), unit("Second", "2014-05-03", **one))
    two = {"own": {COMMON: 0.8, "river": 0.6}}
    assert meet(unit("First", "2014-05-03", **two), unit("Second", "2014-05-23", **two))


def test_a_passage_is_not_known_by_one_word() -> None:
    """What a report tells in passing has no key of a single word, be it rare."""
    own = {"own": {RARE: 1.0}}
    lead, passing = unit("First", "2014-05-03", **own), unit("Second", "2014-05-03", lead=False, **own)
    assert keys_of(lead)
    assert not keys_of(passing)


def test_a_shared_line_is_no_key_two_are_for_months_and_three_for_good() -> None:
    """What a desk prints under every text doesn't hold its texts together."""
    first = unit("First", "2014-05-03", sketch=(1, 2, 3, 4, 5, 6, 7))
    line = unit("Line", "2014-05-04", sketch=(1, 20, 30, 40, 50, 60, 70))
    edited = (1, 2, 30, 40, 50, 60, 70)
    reprint = unit("Reprint", "2017-05-04", sketch=(1, 2, 3, 40, 50, 60, 70))
    assert not meet(first, line)
    assert meet(first, unit("Edited", "2014-06-04", sketch=edited))
    assert not meet(first, unit("Edited", "2015-06-04", sketch=edited))
    assert meet(first, reprint)
