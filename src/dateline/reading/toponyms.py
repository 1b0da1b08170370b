"""Find the names of places in a text, and leave people and organisations named like places out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from dateline.knowledge.gazetteer import Entry, Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.nations import named_states
from dateline.reading.place_words import (
    COMMON,
    DIRECTIONS,
    FIRST_NAMES,
    KINDS_AFTER,
    KINDS_BEFORE,
    LOCATIVE,
    ORG_AFTER,
    ORG_BEFORE,
    PARTICLES,
    SITES,
    TITLES,
)
from dateline.reading.segments import is_shouting
from dateline.reading.tokens import tokens_of

__all__ = ["PlaceScore", "find_toponyms"]

PlaceScore = Callable[[int, int], float]

LONGEST_NAME = 5  # words; longer names of places are rare and cost a look-up a word
BIG = 5.0  # prominence from which a single word is a place by its name alone: a city of 100,000
SMALL = 3.3  # the same where its state is named in the text: a town of 2,000
# Where towns are called like people, a small town needs more than its state being named.
_SURNAME_TOWNS = frozenset("USA GBR CAN AUS NZL IRL ZAF FRA DEU ESP ITA PHL BRA ARG MEX PRT JAM".split())
SURE_SCORE = 0.5  # the learned reader's probability from which a doubtful name counts
NO_PLACE_SCORE = 0.02  # below it even a name without doubt is left out, unless it is a state's
# Weekdays and months may follow a place without a comma: `in Gao Wednesday`.
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december".split()
)
_BEFORE_OF = ("outskirts", "suburb", "suburbs", "north", "south", "east", "west")
_SHOUTED = ("in", "near", "from", "at")  # after `to` in capitals stand verbs as often as places
_POSSESSIVE = re.compile(r"['’][sS]$")
_JOIN = re.compile(r"[ \t]*\n?[ \t]*\Z")
_OF_UNKNOWN = re.compile(
    r"\b(?:town|village|hamlet|city|district|municipality|township|settlement)s? of "
    r"((?:(?:al|el|as|ash|an|ar|at|az)-)?[^\W\d_a-z][\w'’‘-]*(?: [^\W\d_a-z][\w'’‘-]*){0,2})"
)


def find_toponyms(
    text: str, gazetteer: Gazetteer, *, place_score: PlaceScore | None = None
) -> list[tuple[int, int]]:
    """Find the names of places: (start, end) each, in order, none over another.

    The longest known name of up to five words counts. `place_score(start, end)` is the learned
    reader's mean probability in 0..1 that a span is a place: it decides doubtful names and, in text
    without small letters, all of them.
    """
    return _Finder(text, gazetteer, place_score).find()


class _Finder:
    """One search over one text."""

    def __init__(self, text: str, gazetteer: Gazetteer, place_score: PlaceScore | None) -> None:
        self.text, self.gazetteer, self.score = text, gazetteer, place_score
        self.tokens = tokens_of(text)
        self.folded = [fold(t.text) for t in self.tokens]
        self.shouting = is_shouting(text)
        self.plain = set() if self.shouting else {t.text for t in self.tokens if t.text.islower()}
        self.joined = [
            bool(_JOIN.match(text, a.end, b.start))
            for a, b in zip(self.tokens, self.tokens[1:], strict=False)
        ] + [False]
        self.near = set(named_states(self.tokens, gazetteer)) - _SURNAME_TOWNS
        self.names: set[str] = set()
        self.found: list[tuple[int, int]] = []
        self.last = -1

    def find(self) -> list[tuple[int, int]]:
        at = 0
        while at < len(self.tokens):
            count = self._place_at(at)
            if count:
                first = at - self._directions_before(at, count)
                self.found.append((self.tokens[first].start, self.tokens[at + count - 1].end))
                self.last = at + count - 1
            at += count or 1
        return self._with_unknown()

    def _place_at(self, at: int) -> int:
        """Give the number of words of the place that begins here, 0 for none."""
        if not self.shouting and not self.tokens[at].capital:
            return 0
        if self.folded[at] in PARTICLES and not self.joined[at]:
            return 0
        for count in self._known_lengths(at):
            if self._accept(at, count):
                return count
            if count > 1:
                self._remember_name(at, count)
        return 0

    def _known_lengths(self, at: int) -> list[int]:
        keys: dict[str, int] = {}
        for count in range(1, LONGEST_NAME + 1):
            last = at + count - 1
            if last >= len(self.tokens) or (count > 1 and not self.joined[last - 1]):
                break
            keys[" ".join(self.folded[at : last + 1])] = count
            token = self.tokens[last]
            if not (self.shouting or token.capital or self.folded[last] in PARTICLES | SITES):
                break
        known = self.gazetteer.knows(keys)
        return sorted((keys[key] for key in known if self._ends_well(at, keys[key])), reverse=True)

    def _ends_well(self, at: int, count: int) -> bool:
        """Tell a name from a phrase that only reads like one: `The village`, `Islamic Maghreb`."""
        last = self.tokens[at + count - 1]
        if count == 1:
            return at == 0 or self.folded[at - 1] != "islamic"
        if last.text.lower() in PARTICLES or (
            self.folded[at] == "the" and (self.shouting or not last.capital)
        ):
            return False
        return last.capital or not self.gazetteer.demonym(self.tokens[at].text)

    def _accept(self, at: int, count: int) -> bool:
        start, end = self.tokens[at].start, self.tokens[at + count - 1].end
        score = self.score(start, end) if self.score else None
        if score is not None and score >= SURE_SCORE:
            return not self._organisation(at, count)
        if self._blocked(at, count):
            self._remember_name(at, count)
            return False
        entries = self.gazetteer.lookup(self.text[start:end])
        sure = bool(entries) and self._sure(at, count, entries)
        if score is None:
            return sure
        state = bool(entries) and entries[0].kind == "country"
        if self.shouting:
            return sure and state and score >= SURE_SCORE / 2
        return sure and (state or score >= NO_PLACE_SCORE)

    def _blocked(self, at: int, count: int) -> bool:
        """Tell whether it is a plain word, or the words around make it a person or an organisation."""
        if self._organisation(at, count) or (count == 1 and self._plain_word(at)):
            return True
        if self._locative(at):
            return self._cut_short(at, count)
        return self._person(at, count)

    def _cut_short(self, at: int, count: int) -> bool:
        """Tell whether a small place is but the first word of a name that the list lacks: `Kafr Qwrtz`."""
        if count > 1 or not self._name_after(at, count):
            return False
        entries = self.gazetteer.lookup(self.tokens[at].text)
        return not entries or entries[0].weight < BIG

    def _plain_word(self, at: int) -> bool:
        token, key = self.tokens[at], self.folded[at]
        if self.gazetteer.state(token.text) and not (self.shouting and key in COMMON):
            return False
        if key in COMMON and self._in_city(at):
            return False
        if key in COMMON or key in SITES or key in DIRECTIONS or key in KINDS_BEFORE or len(key) < 3:
            return True
        acronym = not self.shouting and token.text.isupper() and len(key) < 5 and not self._opens_line(at)
        return acronym or token.text.lower() in self.plain or self.gazetteer.demonym(token.text) is not None

    def _in_city(self, at: int) -> bool:
        """Tell whether a plain word stands for a city: `in Reading`, `near Nice`, but not `in March`."""
        if self.shouting or at == 0 or self.folded[at - 1] not in _SHOUTED or self.folded[at] in _CALENDAR:
            return False
        entries = self.gazetteer.lookup(self.tokens[at].text)
        return bool(entries) and entries[0].kind == "city" and entries[0].weight >= BIG

    def _opens_line(self, at: int) -> bool:
        return not self.text[: self.tokens[at].start].rstrip(" \t") or self.text[
            : self.tokens[at].start
        ].endswith("\n")

    def _organisation(self, at: int, count: int) -> bool:
        after = at + count
        follows = self.joined[after - 1] and self.tokens[after].capital if after < len(self.tokens) else False
        if follows and self.folded[after] in ORG_AFTER and not self.shouting:
            return True
        if at < 2 or self.folded[at - 1] != "of":
            return False
        owner = self.tokens[at - 2]
        return owner.capital and self.folded[at - 2] in ORG_BEFORE

    def _person(self, at: int, count: int) -> bool:
        if count == 1 and self.folded[at] in self.names:
            return True
        return self._name_before(at) or self._name_after(at, count)

    def _name_before(self, at: int) -> bool:
        if at == 0 or not self.joined[at - 1]:
            return False
        key, token = self.folded[at - 1], self.tokens[at - 1]
        if key in TITLES or key in FIRST_NAMES:
            return True
        if self.shouting or not token.capital or at - 1 == self.last or token.text.isupper():
            return False
        allowed = (
            key in DIRECTIONS or key in KINDS_BEFORE or key in COMMON or key in _CALENDAR or key in LOCATIVE
        )
        return not (allowed or self.gazetteer.demonym(token.text))

    def _name_after(self, at: int, count: int) -> bool:
        after = at + count
        if self.shouting or after >= len(self.tokens) or not self.joined[after - 1]:
            return False
        key, token = self.folded[after], self.tokens[after]
        if not token.capital or token.text.isupper():
            return False
        allowed = key in KINDS_AFTER or key in SITES or key in TITLES or key in _CALENDAR or key in COMMON
        return not (allowed or self.gazetteer.demonym(token.text) or self._foreign_office(at, count))

    def _foreign_office(self, at: int, count: int) -> bool:
        """Tell whether a state's name stands before a title: `Iraq Prime Minister`."""
        after = self.folded[at + count : at + count + 3]
        return any(word in TITLES or word in ("ministry", "police", "army") for word in after)

    def _remember_name(self, at: int, count: int) -> None:
        """Keep a person's names, so that a later mention by surname is no place."""
        if self._name_before(at) or self._name_after(at, count):
            self.names.update(self.folded[at : at + count])

    def _sure(self, at: int, count: int, entries: Sequence[Entry]) -> bool:
        first = entries[0]
        if first.kind in ("country", "continent") or self._locative(at) or self._in_context(at, count):
            return True
        if self.shouting:
            return count > 1 and first.weight >= BIG
        if count > 1 or first.capital or first.weight >= BIG or first.kind in ("region", "water"):
            return True
        small = any(e.country in self.near and e.weight >= SMALL for e in entries)
        return small and self.folded[at] not in FIRST_NAMES

    def _locative(self, at: int) -> bool:
        """Tell whether a preposition, direction or `town of` before it says that a place comes."""
        if at == 0:
            return False
        before = self.folded[at - 1]
        if before == "the" and at > 1:
            before = self.folded[at - 2]
        if before == "of" and at > 1:
            return self.folded[at - 2] in KINDS_BEFORE or self.folded[at - 2] in _BEFORE_OF
        near = not self.text[self.tokens[at - 1].end : self.tokens[at].start].strip()
        if self.shouting:
            return near and before in _SHOUTED
        return near and (before in LOCATIVE or before in DIRECTIONS or before in KINDS_BEFORE)

    def _in_context(self, at: int, count: int) -> bool:
        """Tell whether a place follows after a comma or went before in a list, or a kind word follows."""
        after = at + count
        if after < len(self.tokens):
            gap = self.text[self.tokens[after - 1].end : self.tokens[after].start]
            if gap.isspace() and self.folded[after] in KINDS_AFTER:
                return True
            if gap.strip() == "," and self._names_area(after):
                return True
        if self.last < 0 or at - self.last > 3:
            return False
        between = self.text[self.tokens[self.last].end : self.tokens[at].start]
        return re.fullmatch(r"\s*(?:,|/|and|AND|or|&|, and)\s*(?:the )?", between) is not None

    def _names_area(self, at: int) -> bool:
        for count in (3, 2, 1):
            words = self.tokens[at : at + count]
            if not words or not words[0].capital:
                continue
            name = self.text[words[0].start : words[-1].end]
            if self.gazetteer.state(name) or self.gazetteer.abbreviation(name):
                return True
            if any(e.kind == "admin1" for e in self.gazetteer.lookup(name)[:3]):
                return True
        return False

    def _directions_before(self, at: int, count: int) -> int:
        """Tell whether a direction belongs to the name: `northern Mali`, but not `the southern Kabul`."""
        if at == 0 or not self.joined[at - 1] or self.folded[at - 1] not in DIRECTIONS or at - 1 == self.last:
            return 0
        name = self.text[self.tokens[at].start : self.tokens[at + count - 1].end]
        entries = self.gazetteer.lookup(name)
        wide = bool(entries) and entries[0].kind in ("country", "admin1", "region", "continent")
        return int(wide or bool(self.gazetteer.knows([f"{self.folded[at - 1]} {fold(name)}"])))

    def _with_unknown(self) -> list[tuple[int, int]]:
        """Add names that the gazetteer lacks but the text calls a town or village."""
        unknown = [] if self.shouting else [m.span(1) for m in _OF_UNKNOWN.finditer(self.text)]
        found = sorted(self.found)
        for start, end in unknown:
            at = bisect_left(found, (end,))
            if not (at and start < found[at - 1][1]):
                shorter = _POSSESSIVE.sub("", self.text[start:end])
                found.insert(at, (start, start + len(shorter)))
        return found
