"""Find the names of places in a text, and leave people and organisations named like places out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence

from dateline.knowledge.gazetteer import Entry, Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.nations import demonyms_in
from dateline.reading.place_words import (
    COMMON,
    DIRECTIONS,
    FIRST_NAMES,
    KINDS_AFTER,
    PARTICLES,
    SITES,
    TITLES,
)
from dateline.reading.surroundings import BIG, SMALL, Surroundings
from dateline.reading.tokens import Token, tokens_of

__all__ = ["PlaceScore", "find_demonyms", "find_toponyms"]

PlaceScore = Callable[[int, int], float]

LONGEST_NAME = 5  # words; longer names of places are rare and cost a look-up a word
FOCUS = 1.0  # places surely in a region from which the text is about it: one, or two of two regions each
FOCUS_CANDIDATES = 20
SURE_SCORE = 0.5  # the learned reader's probability from which a doubtful name counts
NO_PLACE_SCORE = 0.02  # below it even a name without doubt is left out, unless it is a state's
VILLAGE = 2.1  # known to the lists of postal codes alone: `Church End`, `Old Town`, which may be plain words
_ROAD = re.compile(r"\s+(?:road|highway|route|motorway|railway|line|axis|corridor)\b")
_PARTIES = ("D", "R", "DFL", "I")  # before the home of an American politician: `D-Chicopee`
_CITIES_SHORT = ("L.A.", "D.C.")
_POSSESSIVE = re.compile(r"['’][sS]$")
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


def find_demonyms(text: str, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Find the demonyms of states and regions (`Malian`, `Kurdish`, `African`): (start, end) each, in order.

    They say a state or region and no point; languages and names of bodies are left out.
    """
    tokens = tokens_of(text)
    return [(tokens[a].start, tokens[a + n - 1].end) for a, n in demonyms_in(tokens, gazetteer)]


class _Finder(Surroundings):
    """One search over one text."""

    def __init__(self, text: str, gazetteer: Gazetteer, place_score: PlaceScore | None) -> None:
        super().__init__(text, gazetteer)
        self.score = place_score
        self.focus: frozenset[int] = frozenset()
        self.found: list[tuple[int, int]] = []
        self._lengths: dict[int, list[int]] = {}  # the same in both passes

    def find(self) -> list[tuple[int, int]]:
        self._pass()
        if not self.shouting:
            self.focus = self._focus()
            self.found, self.last = [], -1
            self._pass()
        return self._with_unknown()

    def _focus(self) -> frozenset[int]:
        """Give the regions that the text is about: those that what was found lies in, if it is sure."""
        weight: dict[int, float] = defaultdict(float)
        for name in {self.text[start:end] for start, end in self.found}:
            entries = self.gazetteer.lookup(name)[:FOCUS_CANDIDATES]
            areas = {e.id if e.kind == "admin1" else e.admin1_id for e in entries} - {None}
            for area in areas:
                weight[area or 0] += 1.0 / len(areas)
        return frozenset(area for area, sum_ in weight.items() if sum_ >= FOCUS)

    def _pass(self) -> None:
        at = 0
        while at < len(self.tokens):
            count = self._place_at(at)
            if count:
                first = at - self._directions_before(at, count)
                self.found.append((self.tokens[first].start, self.tokens[at + count - 1].end))
                self.last = at + count - 1
            elif "-" in self.tokens[at].text:
                self.found += self._parts(self.tokens[at])
            at += count or 1

    def _parts(self, token: Token) -> list[tuple[int, int]]:
        """Find places joined by a hyphen: `Canada-U.S.`, `Kabul-based`, `D-N.J.`, `the Gao-Kidal road`."""
        words, start = token.text.split("-"), token.start
        road = token.end < len(self.text) and _ROAD.match(self.text, token.end) is not None
        party = words[0] in _PARTIES
        places = [self._part_is_place(word, road or (party and i == 1)) for i, word in enumerate(words)]
        if road and not all(places):
            return []
        out = []
        for word, place in zip(words, places, strict=True):
            if place:
                out.append((start, start + len(word)))
            start += len(word) + 1
        return out

    def _part_is_place(self, word: str, road: bool) -> bool:
        if self.gazetteer.state(word) or ("." in word and self.gazetteer.abbreviation(word)):
            return True
        if not word[:1].isupper() or len(word) < 3 or self.gazetteer.demonym(word):
            return False
        entries = self.gazetteer.lookup(word)
        if road:
            return bool(entries)
        plain = fold(word) in COMMON or fold(word) in FIRST_NAMES or word.isupper()
        return bool(entries) and not plain and (entries[0].capital or entries[0].weight >= BIG)

    def _place_at(self, at: int) -> int:
        """Give the number of words of the place that begins here, 0 for none."""
        if not self.shouting and not self.tokens[at].capital:
            return 0
        if self.folded[at] in PARTICLES and not self.joined[at]:
            return 0
        if self._short_form(at):
            return 1
        for count in self._known_lengths(at):
            if self._accept(at, count):
                return count
            if count > 1:
                self.remember_name(at, count)
        return 0

    def _known_lengths(self, at: int) -> list[int]:
        if at not in self._lengths:
            self._lengths[at] = self._look_lengths_up(at)
        return self._lengths[at]

    def _look_lengths_up(self, at: int) -> list[int]:
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
            return not (self.organisation(at, count) or self.generic(at, count) or self.bears(at, count))
        if self._blocked(at, count):
            self.remember_name(at, count)
            return False
        entries = self.gazetteer.lookup(self.text[start:end])
        sure = bool(entries) and self._sure(at, count, entries)
        if score is None:
            return sure
        state = bool(entries) and entries[0].kind == "country"
        if self.shouting:
            return sure and state and score >= SURE_SCORE / 2
        return sure and (self._told_place(at, count, entries) or score >= NO_PLACE_SCORE)

    def _told_place(self, at: int, count: int, entries: Sequence[Entry]) -> bool:
        """Tell whether the words around or its rank leave no doubt: the learned reader looks for where
        things happened and passes over `the Ohio company`.
        """
        key = " ".join(self.folded[at : at + count])
        great = entries[0].weight >= BIG and key not in FIRST_NAMES
        return great or key in self.known or self.firmly(at, entries[0]) or self.in_context(at, count)

    def _short_form(self, at: int) -> bool:
        """Tell whether it is a region's short form behind a place and a comma: `Athens, Ga.`"""
        if self.shouting:
            return False
        token = self.tokens[at]
        if self._dotted_state(at):
            return True
        if at == 0:
            return False
        before = self.text[self.tokens[at - 1].end : token.start]
        dotted = "." in token.text or self.text[token.end : token.end + 1] == "."
        if before.strip() != "," or at - 1 != self.last or not (dotted or token.text.isupper()):
            return False
        return bool(self.gazetteer.abbreviation(token.text))

    def _dotted_state(self, at: int) -> bool:
        """Tell whether a short form stands alone before what is of it: `a Fla. economist`, `D.C. schools`."""
        token, after = self.tokens[at], self.tokens[at + 1 : at + 2]
        key = self.folded[at]
        if token.text in _CITIES_SHORT:
            return True
        if not after or key in TITLES or key in COMMON or key in PARTICLES or key in FIRST_NAMES:
            return False
        whole = token.text.endswith(".") or self.text[token.end : token.end + 2] == ". "
        if not whole or len(token.text) < 2 or not self.gazetteer.abbreviation(token.text):
            return False
        return after[0].text.islower() or (token.text.endswith(".") and self.locative(at))

    def _blocked(self, at: int, count: int) -> bool:
        """Tell whether it is a plain word, or the words around make it a person or an organisation."""
        if self.organisation(at, count) or (count == 1 and self.plain_word(at)):
            return True
        if self.locative(at) and not (count == 1 and self.folded[at] in self.names - self.known):
            return self.cut_short(at, count)
        return self.person(at, count)

    def _sure(self, at: int, count: int, entries: Sequence[Entry]) -> bool:
        first, key = entries[0], " ".join(self.folded[at : at + count])
        if first.kind in ("country", "continent") or key in self.known:
            return True
        if count > 1 and self.folded[at + count - 1] in KINDS_AFTER:  # `Newton County`
            return True
        if self.in_context(at, count) or self.firmly(at, first):
            self.known.add(key)
            return True
        if self.shouting:
            return count > 1 and first.weight >= BIG
        great = first.capital or first.weight >= BIG or first.kind in ("region", "water")
        return great or self._at_home(at, count, entries)

    def _at_home(self, at: int, count: int, entries: Sequence[Entry]) -> bool:
        """Tell whether a lesser place may be meant: a name of two words, or one where the text is at home.

        At home are the states that it names and the regions that it is about.
        """
        home = [e for e in entries if e.country in self.near or e.admin1_id in self.focus]
        if count > 1:
            return bool(home) or entries[0].prominence > VILLAGE
        return any(e.weight >= SMALL for e in home) and self.folded[at] not in FIRST_NAMES

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
