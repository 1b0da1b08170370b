"""What the words around a name make of it: a place, a person, an organisation, a street, a plain word."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from dateline.errors import AssetError
from dateline.knowledge.gazetteer import Entry, Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.nations import named_states
from dateline.reading.place_words import (
    CIVIC_AFTER,
    COMMON,
    DIRECTIONS,
    FIRST_NAMES,
    INSTITUTIONS,
    KINDS_AFTER,
    KINDS_BEFORE,
    LOCATIVE,
    NAMED_LIKE_STATES,
    ORG_AFTER,
    ORG_BEFORE,
    PUBLIC_AFTER,
    SEATS,
    SITES,
    STREETS,
    TITLES,
)
from dateline.reading.segments import is_shouting
from dateline.reading.tokens import tokens_of

__all__ = ["BIG", "SMALL", "Surroundings"]

BIG = 5.0  # prominence from which a single word is a place by its name alone: a city of 100,000
KNOWN = 4.7  # prominence from which `to` or `against` before it make a place: a city of 50,000
SMALL = 3.3  # the same where its state is named in the text: a town of 2,000
# Where towns are called like people, a small town needs more than its state being named.
_SURNAME_TOWNS = frozenset("USA GBR CAN AUS NZL IRL ZAF FRA DEU ESP ITA PHL BRA ARG MEX PRT JAM".split())
# Weekdays and months may follow a place without a comma: `in Gao Wednesday`.
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december".split()
)
_INITIAL = re.compile(r"[ \t]+[^\W\d_]\.[ \t]+")
_NO_PERSON = KINDS_AFTER.keys() | SITES | ORG_AFTER | STREETS | INSTITUTIONS | PUBLIC_AFTER
_FROM = frozenset(("formerly", "resident", "residents", "native", "natives", "man", "woman", "couple"))
_AGE = re.compile(r"[1-9]\d?|1[01]\d")
_BEFORE_OF = ("outskirts", "suburb", "suburbs", "north", "south", "east", "west")
_SHOUTED = ("in", "near", "from", "at")  # after `to` in capitals stand verbs as often as places
_BEFORE_PEOPLE = frozenset("to from for against off over above beyond between".split())
_JOIN = re.compile(r"[ \t]*\n?[ \t]*\Z")


@cache
def plain_words() -> frozenset[str]:
    """Give the names of places that are plain English words (`plain_words.txt`), folded.

    Raises AssetError when the list is missing.
    """
    path = files("dateline.reading").joinpath("plain_words.txt")
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        what = f"no list of plain words ({error})"
        raise AssetError(what, where=str(path), hint="install the package again") from error
    return frozenset(line for line in lines if line and not line.startswith("#"))


class Surroundings:
    """The words of one text, and what is known of its names so far.

    Names are given by the index of their first token and the number of tokens. `known` are the names
    (folded) that the text has made places, `names` those of people, `last` is the last token of the place
    found last.
    """

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        self.text, self.gazetteer = text, gazetteer
        self.tokens = tokens_of(text)
        self.folded = [fold(t.text) for t in self.tokens]
        self.shouting = is_shouting(text)
        self.plain = set() if self.shouting else {t.text for t in self.tokens if t.text.islower()}
        self.joined = [
            bool(_JOIN.match(text, a.end, b.start))
            for a, b in zip(self.tokens, self.tokens[1:], strict=False)
        ] + [False]
        self.near = set(named_states(self.tokens, gazetteer)) - _SURNAME_TOWNS
        self.names: set[str] = set() if self.shouting else self._people()
        self.known: set[str] = set()  # names that the text has made places by the words around them
        self.last = -1

    def _people(self) -> set[str]:
        """Give the family names (folded) behind first names, but not great cities: `Terry A. Corbin`."""
        found = set()
        for at, key in enumerate(self.folded):
            if key not in FIRST_NAMES or not self.tokens[at].capital:
                continue
            name = at + 1 + self._initial(at + 1)
            if not self._goes_on(at, name) or self.folded[name] in COMMON or name < 1:
                continue
            after = self.folded[name + 1] if self._goes_on(name, name + 1) else ""
            if after not in _NO_PERSON and not self.great(name):
                found.add(self.folded[name])
        return found

    def _initial(self, at: int) -> int:
        """Tell whether a token is an initial with its dot: 1 or 0."""
        if at >= len(self.tokens):
            return 0
        token = self.tokens[at]
        dot = self.text[token.end : token.end + 1] == "."
        return int(len(token.text) == 1 and token.text.isupper() and dot)

    def _goes_on(self, at: int, after: int) -> bool:
        """Tell whether a capitalised word goes on the name at `at`; an initial may stand between."""
        if after >= len(self.tokens) or not self.tokens[after].capital:
            return False
        gap = self.text[self.tokens[at].end : self.tokens[after].start]
        return gap.isspace() and "\n" not in gap if after == at + 1 else _INITIAL.fullmatch(gap) is not None

    def great(self, at: int) -> bool:
        """Tell whether a single word names a city of 100,000 or more, a state or a region of some size."""
        entries = self.gazetteer.lookup(self.tokens[at].text)
        return bool(entries) and entries[0].weight >= BIG

    def bears(self, at: int, count: int) -> bool:
        """Tell whether the text uses a single word for a person, or as the end of a longer name."""
        if count > 1 or self.shouting or self.folded[at] in self.known or self.wide(at, count):
            return False
        return (
            self.folded[at] in self.names
            or self.name_before(at)
            or (self.name_after(at, count) and not self.well_known(at, count))
        )

    def wide(self, at: int, count: int) -> bool:
        """Tell whether it is a state or a great region whose name nobody bears."""
        if count == 1 and (self.folded[at] in FIRST_NAMES or self.folded[at] in NAMED_LIKE_STATES):
            return False
        first = self.gazetteer.lookup(self.text[self.tokens[at].start : self.tokens[at + count - 1].end])[:1]
        return bool(first) and first[0].kind in ("country", "admin1") and first[0].weight >= BIG

    def generic(self, at: int, count: int) -> bool:
        """Tell whether a word is but a kind, part of a name that the list lacks: `Lake`, `Hospital`."""
        key = self.folded[at]
        return count == 1 and not self.shouting and (key in KINDS_BEFORE or key in SITES or key in DIRECTIONS)

    def cut_short(self, at: int, count: int) -> bool:
        """Tell whether a small place is but the first word of a name that the list lacks: `Kafr Qwrtz`."""
        if count > 1 or not self.name_after(at, count):
            return False
        entries = self.gazetteer.lookup(self.tokens[at].text)
        return not entries or entries[0].weight < BIG

    def plain_word(self, at: int) -> bool:
        """Tell whether a single word is plain English, an acronym or a demonym."""
        token, key = self.tokens[at], self.folded[at]
        if self.gazetteer.state(token.text) and not (self.shouting and key in COMMON):
            return False
        if key in COMMON and self.in_city(at):
            return False
        if key in COMMON or key in SITES or key in DIRECTIONS or key in KINDS_BEFORE or len(key) < 3:
            return True
        if key in plain_words() and not self.shouting and not self._called_place(at):
            return True
        acronym = not self.shouting and token.text.isupper() and len(key) < 5 and not self.opens_line(at)
        return acronym or token.text.lower() in self.plain or self.gazetteer.demonym(token.text) is not None

    def _called_place(self, at: int) -> bool:
        """Tell whether a state or a kind of place is written behind a plain word: `Price, Utah`."""
        after = at + 1
        if after >= len(self.tokens):
            return False
        gap = self.text[self.tokens[at].end : self.tokens[after].start]
        return (gap == " " and self.folded[after] in KINDS_AFTER) or (
            gap.strip() == "," and self.names_area(after)
        )

    def in_city(self, at: int) -> bool:
        """Tell whether a plain word stands for a city: `in Reading`, `near Nice`, but not `in March`."""
        if self.shouting or at == 0 or self.folded[at - 1] not in _SHOUTED or self.folded[at] in _CALENDAR:
            return False
        entries = self.gazetteer.lookup(self.tokens[at].text)
        return bool(entries) and entries[0].kind == "city" and entries[0].weight >= BIG

    def opens_line(self, at: int) -> bool:
        """Tell whether a word is the first of its line."""
        return not self.text[: self.tokens[at].start].rstrip(" \t") or self.text[
            : self.tokens[at].start
        ].endswith("\n")

    def organisation(self, at: int, count: int) -> bool:
        """Tell whether the words around make it the name of an organisation or a street."""
        if self.seated(at, count):
            return True
        after = at + count
        follows = self.joined[after - 1] and self.tokens[after].capital if after < len(self.tokens) else False
        if follows and not self.shouting and self.named_after(at, count):
            return True
        if at < 2 or self.folded[at - 1] != "of":
            return False
        owner = self.tokens[at - 2]
        return owner.capital and self.folded[at - 2] in ORG_BEFORE

    def named_after(self, at: int, count: int) -> bool:
        """Tell whether the words behind make it a street, a paper, a company or a school."""
        after = self._capitals_after(at + count)
        if after[0] in STREETS:
            return True
        public = any(word in PUBLIC_AFTER for word in after)
        if after[0] in ORG_AFTER:
            return not public
        site = after[0] in SITES or any(word in INSTITUTIONS for word in after)
        return site and not public and not self.well_known(at, count)

    def _capitals_after(self, after: int) -> list[str]:
        """Give the words, folded, that go on in capitals from a token: `Regional Medical Center`."""
        words = []
        for i in range(after, min(after + 4, len(self.tokens))):
            if not self.tokens[i].capital:
                break
            words.append(self.folded[i])
            if not self.joined[i]:
                break
        return words

    def well_known(self, at: int, count: int) -> bool:
        """Tell whether a site may carry its name: `Gao Airport`, but not `Kelly Hospital`."""
        key = " ".join(self.folded[at : at + count])
        entries = self.gazetteer.lookup(key)
        near = any(e.country in self.near and e.weight >= SMALL for e in entries[:5])
        return key in self.known or near or (bool(entries) and entries[0].weight >= BIG)

    def person(self, at: int, count: int) -> bool:
        """Tell whether it is a person by the words around or by an earlier mention."""
        if count == 1 and self.folded[at] in self.names and not self.wide(at, count):
            return True
        return self.name_before(at) or self.name_after(at, count)

    def name_before(self, at: int) -> bool:
        """Tell whether the word before is a title, a first name or another part of a longer name."""
        if at == 0 or not self.joined[at - 1]:
            return False
        key, token = self.folded[at - 1], self.tokens[at - 1]
        if key in TITLES or key in FIRST_NAMES:
            return True
        if self.shouting or not token.capital or at - 1 == self.last:
            return False
        if token.text.isupper():  # an initial: `Matthew D. Flores`
            return len(token.text) == 1 and self.text[token.end : token.end + 1] == "."
        allowed = (
            key in DIRECTIONS or key in KINDS_BEFORE or key in COMMON or key in _CALENDAR or key in LOCATIVE
        )
        return not (allowed or self.gazetteer.demonym(token.text))

    def name_after(self, at: int, count: int) -> bool:
        """Tell whether the word behind is another part of a longer name."""
        after = at + count
        if self.shouting or after >= len(self.tokens) or not self.joined[after - 1]:
            return False
        key, token = self.folded[after], self.tokens[after]
        if count == 1 and self.folded[at] in FIRST_NAMES and self._initial(after):  # `Terry A. Corbin`
            return self._goes_on(at, after + 1)
        if not token.capital or token.text.isupper() or self.wide(at, count):
            return False
        allowed = key in KINDS_AFTER or key in SITES or key in TITLES or key in _CALENDAR or key in COMMON
        allowed = allowed or key in PUBLIC_AFTER
        return not (allowed or self.gazetteer.demonym(token.text) or self.foreign_office(at, count))

    def foreign_office(self, at: int, count: int) -> bool:
        """Tell whether a state's name stands before a title: `Iraq Prime Minister`."""
        after = self.folded[at + count : at + count + 3]
        return any(word in TITLES or word in ("ministry", "police", "army") for word in after)

    def remember_name(self, at: int, count: int) -> None:
        """Keep a person's names, so that a later mention by surname is no place."""
        first_name = count == 1 and self.folded[at] in FIRST_NAMES
        if self.name_before(at) or (first_name and self.name_after(at, count)):
            self.names.update(self.folded[at : at + count])

    def firmly(self, at: int, first: Entry) -> bool:
        """Tell whether the preposition before it makes it a place; before people stand some as well."""
        return self.locative(at) and (
            self.shouting or first.weight >= KNOWN or self.folded[at - 1] not in _BEFORE_PEOPLE
        )

    def locative(self, at: int) -> bool:
        """Tell whether a preposition, direction or `town of` before it says that a place comes."""
        if at == 0:
            return False
        before = self.folded[at - 1]
        if before == "the" and at > 1:
            before = self.folded[at - 2]
        if before == "of" and at > 1:
            return self._before_of(at)
        near = not self.text[self.tokens[at - 1].end : self.tokens[at].start].strip()
        if self.shouting:
            return near and before in _SHOUTED
        return near and (before in LOCATIVE or before in DIRECTIONS or before in KINDS_BEFORE)

    def _before_of(self, at: int) -> bool:
        """Tell whether what stands before `of` makes a place of the name: `the outskirts of`, `, 87, of`."""
        key = self.folded[at - 2]
        age = (
            _AGE.fullmatch(key) is not None
            and "," in self.text[self.tokens[at - 2].end : self.tokens[at].start]
        )
        return age or key in KINDS_BEFORE or key in _BEFORE_OF or key in _FROM

    def seated(self, at: int, count: int) -> bool:
        """Tell whether a seat of power stands for those who sit there: `the Kremlin said`."""
        key = " ".join(self.folded[at : at + count])
        return key in SEATS and not self.shouting and not self.locative(at)

    def in_context(self, at: int, count: int) -> bool:
        """Tell whether a place follows after a comma or went before in a list, or a kind word follows."""
        after = at + count
        if after < len(self.tokens):
            gap = self.text[self.tokens[after - 1].end : self.tokens[after].start]
            if gap.isspace() and self.folded[after] in KINDS_AFTER:
                return True
            if gap == " " and self.folded[after] in CIVIC_AFTER and self.folded[at] not in self.names:
                return True
            if gap.strip() == "," and self.names_area(after):
                return True
        if self.last < 0 or at - self.last > 3:
            return False
        between = self.text[self.tokens[self.last].end : self.tokens[at].start]
        return re.fullmatch(r"\s*(?:,|/|and|AND|or|&|, and)\s*(?:the )?", between) is not None

    def names_area(self, at: int) -> bool:
        """Tell whether a state or first-level region is named at a token."""
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
