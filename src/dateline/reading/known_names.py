"""Find the groups, bodies and agencies of the actor list wherever a text names them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.knowledge.actors import ActorRegistry, Known
from dateline.knowledge.names import fold
from dateline.reading.actor_words import GENERIC, GROUPS_AMONG_COMMON
from dateline.reading.place_words import COMMON
from dateline.reading.segments import is_shouting
from dateline.reading.tokens import Token, tokens_of

__all__ = ["ALL_KINDS", "find_known", "is_foreign"]

LONGEST = 7  # words: "Al-Qaida in the Lands of the Islamic Maghreb"
_ARTICLES = ("the", "a", "an")
_ACRONYM = 6  # letters of the longest acronym that several groups may share
_LOCAL_KINDS = ("armed-group", "other", "ngo")
SHORTEST_ACRONYM = 3  # letters: shorter ones are mostly initials and units
ALL_KINDS = frozenset(
    {
        "government",
        "military",
        "police",
        "armed-group",
        "intergovernmental",
        "ngo",
        "company",
        "media",
        "other",
    }
)
_KINDS = frozenset({"armed-group", "intergovernmental", "ngo", "media"})


def find_known(
    text: str,
    registry: ActorRegistry,
    *,
    countries: Mapping[str, float] | None = None,
    kinds: frozenset[str] = _KINDS,
) -> list[tuple[int, int]]:
    """Find names of the list, the longest first where several begin together: (start, end) each.

    Governments, armies and companies are left to the phrases that take part in
    events, unless `kinds` asks for them: their names are those of places.
    `countries` are those that the text names, with their weights.
    """
    finder = _Finder(text, tokens_of(text), registry, countries or {}, kinds, is_shouting(text))
    return list(finder.names())


@dataclass(frozen=True, slots=True)
class _Finder:
    text: str
    tokens: Sequence[Token]
    registry: ActorRegistry
    countries: Mapping[str, float]
    kinds: frozenset[str]
    shouting: bool

    def names(self) -> Iterator[tuple[int, int]]:
        at = 0
        while at < len(self.tokens):
            count = self._length(at)
            if count:
                yield self.tokens[at].start, self.tokens[at + count - 1].end
            at += max(1, count)

    def _length(self, at: int) -> int:
        """Count the words of the longest known name that begins here; 0 where none does."""
        tokens = self.tokens
        if not tokens[at].capital or fold(tokens[at].text) in _ARTICLES:
            return 0
        longest = min(LONGEST, self.registry.longest(tokens[at].text), len(tokens) - at)
        for count in range(longest, 0, -1):
            last = tokens[at + count - 1]
            if not last.capital or (count == 1 and not _may_stand_alone(tokens[at].text, self.shouting)):
                continue
            name = self.text[tokens[at].start : last.end]
            known = self.registry.lookup(name, countries=self.countries) if "\n" not in name else None
            if known is not None and known.kind in self.kinds and not is_foreign(name, known, self.countries):
                return count
        return 0


def is_foreign(name: str, known: Known, countries: Mapping[str, float]) -> bool:
    """Tell whether a name that many may bear is that of a group of countries that the text doesn't name.

    Acronyms and names of plain words (`National Liberation Front`) are such; the group is hardly meant.
    """
    if known.kind not in _LOCAL_KINDS or not known.countries or not countries:
        return False
    acronym = name.isupper() and name.isalpha() and len(name) <= _ACRONYM
    many = acronym or GENERIC.issuperset(fold(name).split())
    return many and not any(code in countries for code in known.countries)


def _may_stand_alone(word: str, shouting: bool) -> bool:
    """A single word is a name by its capitals; in a text in capitals only a hyphen or digit tells."""
    letters = sum(c.isalpha() for c in word)
    if shouting and fold(word) in COMMON - GROUPS_AMONG_COMMON:
        return False
    if shouting:
        return letters >= SHORTEST_ACRONYM and (any(c.isdigit() for c in word) or letters <= 5)
    return letters >= SHORTEST_ACRONYM
