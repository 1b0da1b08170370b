"""Which keys a unit has: rare words of leads, pairs of hashes of its text, and not more than tell something."""

from __future__ import annotations

import msgspec

from dateline.incidents.candidates import candidate_pairs, keys_of
from dateline.incidents.copies import sketch_of
from dateline.incidents.frequencies import FREQUENCIES
from dateline.incidents.units import Unit, units_of
from tests.incidents.builder import Builder

COMMON, RARE = "police", "gyrocopter"
WARDS = "one two three four five six seven eight nine ten".split()


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


STORY = " ".join(
    f"Witness {word} saw the truck near mill {word} and told the elder of ward {word}." for word in WARDS
)
OTHER = " ".join(
    f"In lane {word} a nurse counted bandages while the baker of {word} swept glass." for word in WARDS
)
LINE = "This report was made by the newsroom of the Coast Wire; write to us at the old harbour office."


def test_a_shared_line_is_no_key_an_edited_text_is_for_months_and_a_reprint_for_good() -> None:
    """What a desk prints under every text doesn't hold its texts together."""
    texts = (STORY, f"{OTHER} {LINE}", STORY.replace("truck", "lorry", 4))
    whole, other, edited = (sketch_of(f"{text} {LINE}") for text in texts)
    first = unit("First", "2014-05-03", sketch=whole)
    assert not meet(first, unit("Line", "2014-05-04", sketch=other))
    assert meet(first, unit("Edited", "2014-06-04", sketch=edited))
    assert not meet(
        first, unit("Half", "2017-06-04", sketch=sketch_of(f"{STORY[: len(STORY) // 2]} {OTHER}"))
    )
    assert meet(first, unit("Reprint", "2017-05-04", sketch=whole))
