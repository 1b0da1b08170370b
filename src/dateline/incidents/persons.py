"""Tell apart the single persons that one report counts one by one: each is counted once.

A name, an age or a sex that differs keeps two descriptions apart. "He" and "the
victim" point back to somebody told before, "another man" to somebody new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from dateline.incidents.statements import Statement
from dateline.incidents.words import ages_in, stem_name

__all__ = ["Person", "distinct_persons", "person_in"]

Name = tuple[str, ...]
Place = tuple[int, int]  # rank of the report, offset
_MALE = re.compile(
    r"\b(?:man|boy|father|dad|son|brother|husband|male|boyfriend|uncle|nephew|grandfather|grandson|gunman"
    r"|he|his|him|himself)\b",
    re.I,
)
_FEMALE = re.compile(
    r"\b(?:woman|girl|mother|mom|daughter|sister|wife|female|girlfriend|aunt|niece|grandmother|granddaughter"
    r"|she|her|herself)\b",
    re.I,
)
_HIS = re.compile(
    r"^(?:his|her)\b(?=.*\w)", re.I
)  # "her son" tells the sex of the son, not that of the owner
_CAPITAL = r"[A-Z][\w’'-]*[a-zà-ÿ][\w’'-]*"
_NAME = re.compile(
    rf"\b{_CAPITAL}(?:,? (?:[A-Z]\.(?:[A-Z]\.)?|[A-Z]\b|de|la|del|van|von|al|bin|[“\"][^”\"]+[”\"]))*"
    rf"(?:[ -]{_CAPITAL})*(?=,? (?:Jr|Sr|I+)\b\.?$|$)"
)
_REST = re.compile(rf"(?:[ -]?{_CAPITAL})(?:[ -]{_CAPITAL})*")  # of a name that the reader cut short
_NAME_BEHIND = re.compile(rf"^(?:-?old)?,? ((?:{_CAPITAL} )+{_CAPITAL}),")
_ANOTHER = re.compile(
    r"\b(?:another|second|2nd|third|3rd|fourth|4th|other|a different)\s+(?:[\w-]+,?\s+){0,2}$", re.I
)
_IS_ANOTHER = re.compile(
    r"^(?:another|an?other|(?:(?:a|the) )?(?:second|2nd|third|3rd|fourth|4th|different)|the other)\b", re.I
)
_POINTS_BACK = re.compile(
    r"^(?:he|him|she|her(?!\W+\w)|himself|herself"
    r"|(?:the|this|that|these|both)\b(?! (?:second|2nd|third|3rd|fourth|4th|other)|[^,]*['’]s? \w))\b",
    re.I,
)  # "her brother" and "the teen's friend" are somebody else
_PRONOUN = re.compile(r"^(?:he|him|she|her|himself|herself)$", re.I)
_AGE_AFTER = re.compile(r"^,? ?\(?(\d{1,2})\b(?!:)")
_ONE_PHRASE = re.compile(r"(?:[-\u2010-\u2015\s]|\b(?:years?|months?|olds?|\d+)\b|\b[A-Z][\w.'’]*)*")
_ONE = re.compile(r"^(?:at least )?(?:one|1)\b", re.I)
_SAID_AGAIN = re.compile(
    r"(?: other)?(?: (?:person|people|man|woman|victim|teen))?"
    r"(?: of (?:the|them|those|these|its|his|her|their|our)\b[^,.;]*)?, "
)
_JOINED = re.compile(r"(?:,[^,.;]{1,50},|,)? and (?:(?:his|her|their|a|an|the) )?")
# What stands before a name, or in a description that is none.
_NOBODY = frozenset(
    """all both most many some several eight nine ten police monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november
    december county city high school university parish state the a an one two his her he she him
    another this that their man woman boy girl teen teenager child baby toddler infant victim
    student former suspect gunman shooter officer deputy sgt sergeant detective trooper agent mr
    mrs ms dr father mother son daughter brother sister wife husband old year homeless elderly
    young sheriff department north south east west district street army navy marine jr sr ii iii iv
    american driver passenger person eighth grader sixth seventh ninth unidentified dead deceased
    body police-involved adult male female juvenile himself herself self transcript resident
    shooting deadly fatal shot""".split()
)


@dataclass(slots=True)
class Person:
    """What a report tells of one person: names in parts, age, sex; None or empty where it does not.

    `places` is where he is told of, `beside` where those are who are told of
    together with him ("a clerk and his wife"). One who is `new` is not the one
    told before; one who `points_back` is, unless nobody told before can be meant.
    """

    names: set[Name]
    age: int | None
    sex: str | None
    sentence: str
    places: set[Place]
    new: bool
    points_back: bool
    beside: set[Place] = field(default_factory=set)

    def may_be(self, other: Person) -> bool:
        """Tell whether two descriptions can be of one person."""
        if self.beside & other.places or other.beside & self.places:
            return False
        if self.names and other.names:
            return any(_same_name(a, b) for a in self.names for b in other.names)
        if self._differs(other) or self._is_after(other) or other._is_after(self):
            return False
        if self.points_back or other.points_back:
            return True
        return self.sentence != other.sentence or bool(self.names or other.names)

    def _differs(self, other: Person) -> bool:
        aged = self.age is not None and other.age is not None and self.age != other.age
        return aged or bool(self.sex and other.sex and self.sex != other.sex)

    def _is_after(self, other: Person) -> bool:
        """Tell whether one who is new is told after the other in one report."""
        rank, at = min(self.places)
        return self.new and any(theirs == rank and place < at for theirs, place in other.places)

    def is_likely(self, other: Person, *, unknown: bool) -> bool:
        """Tell whether two descriptions are of one person: a name or an age speaks for it.

        `unknown` is what is told where neither is known of both.
        """
        if self.names and other.names:
            return self.may_be(other)
        if self.age is not None and other.age is not None:
            return self.age == other.age and self.may_be(other)
        return (unknown or self.points_back) and self.may_be(other)

    def likeness(self, other: Person) -> int:
        """Count what two descriptions share: a name most, an age, a sex."""
        named = 4 * any(_same_name(a, b) for a in self.names for b in other.names)
        aged = 2 * (self.age is not None and self.age == other.age)
        return named + aged + (self.sex is not None and self.sex == other.sex)

    def add(self, other: Person) -> None:
        """Take over what another description of the same person tells."""
        self.names |= other.names
        self.age = self.age if self.age is not None else other.age
        self.sex = self.sex or other.sex
        self.places |= other.places
        self.beside |= other.beside


def _same_name(a: Name, b: Name) -> bool:
    """Compare names: one part alone may be any, else the last fits, and the first or its beginning."""
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        return short[0] in long
    return a[-1] == b[-1] and (a[0].startswith(b[0]) or b[0].startswith(a[0]))


def person_in(row: Statement) -> Person:
    """Describe the single person whom a figure counts, from the words of the figure and around it."""
    figure = row.figure
    own = figure.span.text
    words = " ".join(dict.fromkeys(s.text for s in (figure.span, figure.who) if s))
    points_back = bool(_POINTS_BACK.match(own))
    return Person(
        names=set(_names((figure.who or figure.span).text, row.back)),
        age=_age(words, row.back),
        sex=_sex(words if _PRONOUN.match(own) else _HIS.sub("", words)),
        sentence=row.sentence,
        places={row.place},
        new=not points_back and bool(_ANOTHER.search(row.front) or _IS_ANOTHER.match(own)),
        points_back=points_back,
    )


@lru_cache(maxsize=4096)  # a person is described anew in every way of adding up
def _age(words: str, back: str) -> int | None:
    ages = ages_in(words) | ages_in(words.casefold())
    if ages:
        return min(ages)
    behind = _AGE_AFTER.match(back)
    return int(behind.group(1)) if behind else None


@lru_cache(maxsize=4096)
def _sex(words: str) -> str | None:
    male, female = bool(_MALE.search(words)), bool(_FEMALE.search(words))
    return None if male == female else "m" if male else "f"


@lru_cache(maxsize=4096)
def _names(words: str, back: str) -> frozenset[Name]:
    """Find the name that ends a description or stands behind it: "an Austin man" and "her son" have none."""
    found = _NAME.search(words)
    if found is None:
        behind = _NAME_BEHIND.match(back)
        return frozenset((name,)) if behind and (name := _parts(behind.group(1))) else frozenset()
    name, rest = _parts(found.group()), _REST.match(back)
    whole = _parts(found.group() + rest.group()) if name and rest else ()
    return frozenset((whole or name,)) if name else frozenset()


def _parts(text: str) -> Name:
    """Fold a name into its parts, without what stands before it; none where a word of it is no name."""
    parts = [stem_name(p) for p in re.split(r"[\s-]+", text) if len(p.rstrip(".,")) > 1]
    parts = [p for p in parts if p and not p[0].isdigit()]
    while parts and parts[0] in _NOBODY:
        parts = parts[1:]
    return () if _NOBODY.intersection(parts) else tuple(parts)


def distinct_persons(rows: Sequence[Statement]) -> list[Person]:
    """Gather descriptions of single persons into persons: named ones first, then those that point back."""
    once = _once_a_phrase(sorted(rows, key=lambda r: r.place))
    found = [person_in(r) for r in once]
    for (before, first), (row, second) in pairwise(zip(once, found, strict=True)):
        if before.sentence == row.sentence and _JOINED.fullmatch(
            before.back[: max(0, row.place[1] - before.figure.span.end)]
        ):
            second.beside |= first.places
    out: list[Person] = []
    for person in sorted(found, key=lambda p: (not p.names, p.points_back, p.age is None)):
        same = _closest(person, out)
        if same is None:
            out.append(person)
        else:
            same.add(person)
    return out


def _closest(person: Person, others: Iterable[Person]) -> Person | None:
    """Find the person whom a description fits best, the one told first among equals."""
    able = [p for p in others if p.may_be(person)]
    return max(able, key=lambda p: p.likeness(person), default=None)


def _once_a_phrase(rows: Sequence[Statement]) -> list[Statement]:
    """Keep one figure of each phrase ("[a 3]-year-[old boy]", "[one], [a man], died")."""
    out: list[Statement] = []
    for row in rows:
        last = out[-1] if out else None
        if last and last.report == row.report and last.sentence == row.sentence:
            gap = row.place[1] - last.figure.span.end
            between = last.back[: max(0, gap)]
            if gap <= 0 or _ONE_PHRASE.fullmatch(between):
                continue
            if _ONE.match(last.figure.span.text) and _SAID_AGAIN.fullmatch(between):
                out.pop()
        out.append(row)
    return out
