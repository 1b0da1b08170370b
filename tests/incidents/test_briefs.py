"""Briefs: what comes back from its row is what was made of the record, to the letter."""

from __future__ import annotations

import pytest

from benchmarks.synthetic import pairs
from dateline.incidents import brief_of, open_brief, open_signs, pack_brief, pack_signs, signs_of
from dateline.record import Record
from tests.incidents.builder import Builder
from tests.incidents.stories import battle_elsewhere, car_bomb, quake, siege, tanker
from tests.incidents.test_posture import closing

_LETTERS = (
    "A bomb killed four people near ﷺ Square in Ångström, and ﬁve saw Ⅷ Straßes burn in the night of it."
)


def _records() -> list[Record]:
    made = [record for _, record in pairs(0, 20)]
    odd = Builder(_LETTERS, None).event("bombing", "bomb").build()
    bare = Builder("The harbour of Suva was quiet in the morning and the town in the evening.").build()
    return [*siege(), *car_bomb(), battle_elsewhere(), tanker(), quake(), *made, odd, bare]


@pytest.mark.parametrize("record", _records())
def test_a_brief_comes_back_to_the_letter(record: Record) -> None:
    """Units, what they are compared by, and keys: of letters that fold to several words, too."""
    made = brief_of(record)
    again = open_brief(pack_brief(made))
    assert (again.report, again.units) == (made.report, made.units)
    assert [(k.profile, k.keys) for k in again.keyed] == [(k.profile, k.keys) for k in made.keyed]
    assert (again.keys, again.told) == (made.keys, made.told)


def test_a_report_of_few_words_has_an_empty_brief() -> None:
    """Nothing is known of it, and that comes back as well."""
    again = open_brief(pack_brief(brief_of(Builder("They won.").build())))
    assert (again.units, again.keys) == ((), frozenset())


def test_signs_come_back_to_the_letter() -> None:
    """What a report says of postures is the same when it was packed."""
    made = signs_of(closing().build())
    assert made
    assert open_signs(pack_signs(made)) == made
