"""Find where times may stand, by single words, so that the patterns run over little of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dateline.reading.calendar import MONTHS, SEASONS, WEEKDAYS

__all__ = ["Stretch", "Triggers"]

Stretch = tuple[int, int]
# Code points before and behind a word: times are shorter, and their patterns see what stands around them.
_BEFORE, _BEHIND = 56, 72

_WORDS: dict[str, str] = {
    **dict.fromkeys(MONTHS, "month"),
    **dict.fromkeys(WEEKDAYS, "weekday"),
    **{f"{name}s": "weekday" for name in WEEKDAYS},
    **dict.fromkeys(SEASONS, "season"),
}
for _kind, _row in {
    "unit": (
        "seconds minute minutes hour hours day days night nights week weeks weekend weekends weekday weekdays"
        " fortnight fortnights month months quarter quarters year years decade decades century centuries"
    ),
    "same": "same that",
    "day": (
        "today tonight yesterday tomorrow overnight morning afternoon evening night noon midday midnight dawn"
        " predawn daybreak sunrise sunset dusk nightfall mornings afternoons evenings"
    ),
    "every": "every each",
    "often": "hourly daily nightly weekly fortnightly monthly quarterly yearly annual annually",
    "reference": (
        "now currently presently present moment nowadays recently lately past ago other soon future far"
        " date yet then notice nearest"
    ),
    "fiscal": "fiscal financial",
    "half": "half",
    "clock": "clock gmt utc",
    "holiday": (
        "new christmas boxing epiphany valentine valentines patrick patricks fool fools women womens bastille"
        " fourth july assumption halloween hallowe saints armistice veterans ash palm maundy holy good easter"
        " ascension pentecost whit thanksgiving memorial labor martin may"
    ),
}.items():
    for _word in _row.split():
        # A word may be of two kinds: `fourth` is no month, but `may` is a month and a holiday's beginning.
        _WORDS[_word] = f"{_WORDS[_word]} {_kind}" if _word in _WORDS else _kind
_KINDS = {word: frozenset(kinds.split()) for word, kinds in _WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+|\d+")
_HOUR = re.compile(r"[:.][0-5]\d(?!\d)|(?:[:.]\d\d)?\s*[ap]\.?\s?m\b|\s+o['’]clock", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th|d)\b", re.IGNORECASE)
_SLASHED = re.compile(r"/(?:11|7)\b(?!/)")  # `9/11`, `7/7`
_FOUR = frozenset({"number", "clock"})
_CLOCK, _NTH = frozenset({"clock"}), frozenset({"ordinal"})
_KNOWN = frozenset({"known"})
_NONE: frozenset[str] = frozenset()


class Triggers:
    """The words of a text by kind, and the stretches around them."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end
        self._places: dict[str, list[int]] = {}
        for place, kinds in _hits(text, start, end):
            for kind in kinds:
                self._places.setdefault(kind, []).append(place)
        self._made: dict[frozenset[str], list[Stretch]] = {}

    def stretches(self, kinds: frozenset[str]) -> list[Stretch]:
        """Give the stretches around the words of some kinds, in order and apart."""
        if kinds not in self._made:
            self._made[kinds] = self._around(sorted(p for k in kinds for p in self._places.get(k, ())))
        return self._made[kinds]

    def _around(self, places: list[int]) -> list[Stretch]:
        out: list[Stretch] = []
        for place in places:
            first, last = max(self.start, place - _BEFORE), min(self.end, place + _BEHIND)
            if out and first <= out[-1][1]:
                out[-1] = (out[-1][0], last)
            else:
                out.append((first, last))
        return [(first, _to_blank(self.text, last, self.end)) for first, last in out]


def _to_blank(text: str, place: int, end: int) -> int:
    """Move an end on to where no word is cut."""
    while place < end and not text[place].isspace():
        place += 1
    return place


def _hits(text: str, start: int, end: int) -> Iterator[tuple[int, frozenset[str]]]:
    for found in _TOKEN.finditer(text, start, end):
        word = found[0]
        kinds = _of_digits(text, found) if word[0].isdigit() else _KINDS.get(word.lower(), _NONE)
        if kinds:
            yield found.end(), kinds


def _of_digits(text: str, found: re.Match[str]) -> frozenset[str]:
    if len(found[0]) == 4:
        return _FOUR
    if len(found[0]) > 2:
        return _NONE
    if _ORDINAL.match(text, found.end()):
        return _NTH
    if _SLASHED.match(text, found.end()):
        return _KNOWN
    return _CLOCK if _HOUR.match(text, found.end()) else _NONE
