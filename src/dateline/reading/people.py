"""Find the people that a text names, with the offices it gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.actor_words import (
    CALLINGS,
    GIVEN_NAMES,
    KIND_OF_HEAD,
    LINKS,
    OFFICE_WORDS,
    PRONOUNS,
    TRANSPARENT,
)
from dateline.reading.place_words import COMMON, FIRST_NAMES, KINDS_AFTER, ORG_AFTER, PARTICLES, SITES, TITLES
from dateline.reading.tokens import Token

__all__ = ["TITLED", "People", "Person", "is_given_name", "name_run"]

LONGEST = 5  # words of a name: "Gustavo Adolfo Alvarez Martinez"
_OFFICE_BEFORE = 6  # words of an office before a name: "Minister for the Middle East Tobias Ellwood"
_OFFICE_BEHIND = 9  # words behind a comma: ", commander of the U.S. Central Command,"
# Endings of English words that names hardly have; they tell in texts in capitals.
_PLAIN_ENDINGS = (
    *(
        "ed",
        "ing",
        "ly",
        "tion",
        "tions",
        "sion",
        "ment",
        "ness",
        "ity",
        "ance",
        "ances",
        "ence",
        "ers",
        "ists",
    ),
    *("ional", "ive", "ous", "able", "ics", "ism", "ian", "ians", "ese"),
)
_TITLES_OF_MANY = frozenset(
    "priests judges journalists deputies fathers senators professors generals colonels".split()
)
_SHORT_TITLES = frozenset("msgr gral cnel tte sgto dra lic monsenor padre hon".split())
TITLED = TITLES | CALLINGS | _TITLES_OF_MANY | _SHORT_TITLES
# Words before a full name that are no titles: `PLO official Faruq Qaddumi`.
_WHO = frozenset("official militant citizen national baker worker nurse teacher resident".split())
_GIVEN = FIRST_NAMES | GIVEN_NAMES
_NO_NAME = frozenset({*KINDS_AFTER, *ORG_AFTER, *SITES})


@dataclass(frozen=True, slots=True)
class Person:
    """A person named at a place of the text: the words of the name, and of the offices told with it."""

    start: int
    end: int
    words: tuple[str, ...]
    offices: frozenset[str]

    @property
    def keys(self) -> frozenset[str]:
        """Give the folded words of the name, without an article (`al-Abadi`)."""
        return frozenset(_key(word) for word in self.words)


def is_given_name(word: str) -> bool:
    """Tell whether a word is a given name."""
    return fold(word) in _GIVEN


def _key(word: str) -> str:
    return fold(word).rpartition(" ")[2]


def name_run(tokens: Sequence[Token], gazetteer: Gazetteer, *, shouting: bool) -> list[Token]:
    """Give the words of a name that begins with the first token, empty where none does.

    Small words (`de`, `al`) belong to it between others. In a text in capitals what is an English word
    ends it.
    """
    run: list[Token] = []
    for at, token in enumerate(tokens[:LONGEST]):
        apart = token.start - tokens[at - 1].end if at else 0
        given = at > 0 and fold(tokens[at - 1].text) in _GIVEN
        small = (
            bool(run)
            and token.text.lower() in PARTICLES
            and fold(token.text) not in LINKS | {"and", "by", "on"}
        )
        near = apart <= 1 or (apart == 2 and len(tokens[at - 1].text) == 1)  # an initial and its full stop
        if not near or not (small or _names(token, gazetteer, shouting=shouting, given=given)):
            break
        run.append(token)
    while run and run[-1].text.lower() in PARTICLES:
        run.pop()
    return run


def _names(token: Token, gazetteer: Gazetteer, *, shouting: bool, given: bool) -> bool:
    key = fold(token.text)
    if not token.capital or key in KIND_OF_HEAD or key in TITLED or key in LINKS or key in TRANSPARENT:
        return False
    if key in PRONOUNS or key in _NO_NAME or gazetteer.demonym(token.text):
        return False
    if not shouting:
        return not (token.text.isupper() and len(token.text) > 2) and any(c.isalpha() for c in token.text)
    if key in _GIVEN and key != "said":  # a name, and the word that stands after most names
        return True
    plain = key in COMMON or key in OFFICE_WORDS or (key.endswith(_PLAIN_ENDINGS) and not given)
    return key.isalpha() and len(key) > 2 and not plain and gazetteer.state(token.text) is None


class People:
    """The people of one text, in the order in which they are named."""

    def __init__(self, tokens: Sequence[Token], gazetteer: Gazetteer, *, shouting: bool) -> None:
        self.tokens = tokens
        self.named = list(_find(tokens, gazetteer, shouting))
        self.add(self._surnames())

    def add(self, found: Sequence[Person]) -> None:
        """Add people that were read elsewhere; those that are known by name and place stay as they are."""
        have = {(person.start, person.end) for person in self.named}
        new = [p for p in found if not any(a < p.end and p.start < b for a, b in have)]
        self.named = sorted([*self.named, *new], key=lambda person: person.start)

    def _surnames(self) -> list[Person]:
        """Find where a person named in full is named again by the surname alone."""
        known = {_key(person.words[-1]) for person in self.named if len(person.words) > 1}
        return [
            Person(token.start, token.end, (token.text,), frozenset())
            for token in self.tokens
            if token.capital and _key(token.text) in known
        ]

    def by_name(self, words: Sequence[str]) -> Person | None:
        """Give the person whose name holds all these words, told most fully; None where there is none."""
        keys = {_key(word) for word in words}
        fits = (
            [p for p in self.named if keys <= p.keys and (keys - _GIVEN or p.keys <= _GIVEN)] if keys else []
        )
        told = Counter(person.words for person in fits)
        return max(
            fits, key=lambda p: (min(len(p.words), 2), told[p.words], len(p.words), -p.start), default=None
        )

    def by_office(self, words: Sequence[str], place: int) -> Person | None:
        """Give the person whom the text gives an office, the last one named before a place, else the next."""
        keys = {fold(word) for word in words}
        fits = [person for person in self.named if keys and keys <= self._offices(person)]
        before = [person for person in fits if person.start < place]
        return (before[-1] if before else fits[0]) if fits else None

    def before(self, place: int) -> Person | None:
        """Give the last person named before a place."""
        before = [person for person in self.named if person.end <= place]
        return before[-1] if before else None

    def _offices(self, person: Person) -> frozenset[str]:
        """Give the offices told at any mention of a person."""
        same = (other.offices for other in self.named if other.words[-1] == person.words[-1])
        return frozenset().union(*same)


def _find(tokens: Sequence[Token], gazetteer: Gazetteer, shouting: bool) -> Iterator[Person]:
    at = 0
    while at < len(tokens):
        run = _named_at(tokens, at, gazetteer, shouting)
        if run:
            offices = _before(tokens, at, shouting=shouting) | _behind(tokens, at + len(run))
            yield Person(run[0].start, run[-1].end, tuple(t.text for t in run), frozenset(offices))
        at += max(1, len(run))


def _named_at(tokens: Sequence[Token], at: int, gazetteer: Gazetteer, shouting: bool) -> list[Token]:
    """Give the name at a token: after a title, or with a known first name."""
    run = name_run(tokens[at : at + LONGEST], gazetteer, shouting=shouting)
    if not run:
        return []
    before = fold(tokens[at - 1].text) if at and tokens[at].start - tokens[at - 1].end <= 2 else ""
    if before in TITLED and (len(run) > 1 or fold(run[0].text) not in COMMON):
        return run
    if before in _WHO and len(run) > 1:
        return run
    first = fold(run[0].text)
    return run if len(run) > 1 and first in _GIVEN else []


def _before(tokens: Sequence[Token], at: int, *, shouting: bool) -> set[str]:
    """Gather the words of the office that stands right before a name."""
    words: set[str] = set()
    for place in range(at - 1, max(-1, at - 1 - _OFFICE_BEFORE), -1):
        key = fold(tokens[place].text)
        if tokens[place + 1].start - tokens[place].end > 2:
            break
        if (
            key not in TITLED
            and key not in OFFICE_WORDS
            and not (words and tokens[place].capital and not shouting)
        ):
            break
        words.add(key)
    return words


def _behind(tokens: Sequence[Token], at: int) -> set[str]:
    """Gather the words of the office that follows a name behind a comma; empty where no title does."""
    if at >= len(tokens) or tokens[at].start - tokens[at - 1].end != 2:
        return set()
    words: list[str] = []
    for place in range(at, min(len(tokens), at + _OFFICE_BEHIND)):
        if place > at and tokens[place].start - tokens[place - 1].end > 1:
            break
        words.append(fold(tokens[place].text))
    opens = words[0] in {"the", "a", "an"} or words[0] in TITLED or words[0] in OFFICE_WORDS
    titled = any(word in TITLED for word in words[:5])
    return set(words) if opens and titled else set()
