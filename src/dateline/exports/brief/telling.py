"""What happened, in the reports' own sentences, in the order of the days that they tell of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from dateline.exports.brief.model import Sentence
from dateline.exports.stories import DONE, Story, sentence_at
from dateline.exports.wording import word_day

__all__ = ["sentences_of"]

_MOST = 6  # sentences of an incident
_A_DAY = 2
_LONGEST = 300  # code points of a sentence


class _Found(msgspec.Struct):
    words: str
    day: str
    weight: int
    order: int
    sources: list[int]


def sentences_of(story: Story, numbers: Mapping[str, int]) -> Iterator[Sentence]:
    """Yield the sentences that tell most of an incident, at most two a day and six in all."""
    found = _found(story, numbers)
    chosen: list[_Found] = []
    per_day: Counter[str] = Counter()
    for one in sorted(found, key=lambda f: (-f.weight, f.order)):
        if per_day[one.day] < _A_DAY and len(chosen) < _MOST:
            per_day[one.day] += 1
            chosen.append(one)
    for one in sorted(chosen, key=lambda f: (f.day or "9999", f.order)):
        yield Sentence(_day(one.day), one.words, tuple(dict.fromkeys(one.sources)))


def _found(story: Story, numbers: Mapping[str, int]) -> list[_Found]:
    """Gather sentences with what was done in them: the more of the main type, the weightier.

    What a report recalls of days before the incident is left out.
    """
    found: dict[str, _Found] = {}
    first = (story.incident.start or "")[:10]
    for record, event in story.events():
        if event.status in DONE:
            words = _cut(sentence_at(record.report.text, event.trigger))
            day = ((event.when.start if event.when else None) or record.report.published or "")[:10]
            if day and day < first:
                continue
            number = numbers[record.report.id]
            one = found.setdefault(words.casefold(), _Found(words, day, 0, len(found), [number]))
            one.weight += 2 if event.type == story.incident.type else 1
            one.sources.append(number)
    return list(found.values())


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0] + "…"


def _day(iso: str) -> str:
    try:
        return word_day(date.fromisoformat(iso), year=False)
    except ValueError:
        return ""
