"""Tell apart the single persons that one report counts one by one: each is counted once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.incidents.statements import Statement
from dateline.incidents.words import ages_in, stem_name

__all__ = ["Person", "distinct_persons", "person_in"]

_MALE = re.compile(
    r"\b(?:man|boy|father|son|brother|husband|male|boyfriend|uncle|grandfather|gunman|he|his|him)\b", re.I
)
_FEMALE = re.compile(
    r"\b(?:woman|girl|mother|daughter|sister|wife|female|girlfriend|aunt|grandmother|she|her)\b", re.I
)
_CHILD = re.compile(
    r"\b(?:boy|girl|child|infant|baby|toddler|son|daughter|teen(?:ager)?|student|kid)\b", re.I
)
_NAME = re.compile(
    r"\b[A-Z][a-zà-ÿ’'-]+(?:,? (?:[A-Z]\.?|[a-z]{2,3}|Jr\.?|Sr\.?))?(?:[ -][A-Z][a-zà-ÿ’'-]+)+"
)
_ANOTHER = re.compile(r"\b(?:another|second|third|other|also|a different)\s+(?:[\w-]+\s+){0,2}$", re.I)
_AGE_AFTER = re.compile(r"^,? ?\(?(\d{1,2})\b(?!:)")
_ONE_PHRASE = re.compile(r"(?:[-\u2010-\u2015 ]*(?!and\b|or\b|by\b)[\w.'’]*){0,3}[- ]*", re.I)
_NOBODY = frozenset(("police", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))


@dataclass(slots=True)
class Person:
    """What a report tells of one person: last names, age, sex; None or empty where it does not."""

    names: set[str]
    age: int | None
    sex: str | None
    sentence: str
    another: bool

    def may_be(self, other: Person) -> bool:
        """Tell whether two descriptions can be of one person."""
        if self.names and other.names:
            return bool(self.names & other.names)
        if self.age is not None and other.age is not None and self.age != other.age:
            return False
        if self.sex and other.sex and self.sex != other.sex:
            return False
        same_breath = self.sentence == other.sentence and not (self.names or other.names)
        return not (same_breath or other.another)

    def is_likely(self, other: Person, *, unknown: bool) -> bool:
        """Tell whether two descriptions are of one person: a name or an age speaks for it.

        `unknown` is what is told where neither is known of both.
        """
        if self.names and other.names:
            return bool(self.names & other.names)
        if self.age is not None and other.age is not None:
            return self.age == other.age and (self.sex == other.sex or not (self.sex and other.sex))
        return unknown and self.may_be(other)

    def add(self, other: Person) -> None:
        """Take over what another description of the same person tells."""
        self.names |= other.names
        self.age = self.age if self.age is not None else other.age
        self.sex = self.sex or other.sex


def person_in(row: Statement) -> Person:
    """Describe the single person whom a figure counts, from the words of the figure and around it."""
    figure = row.figure
    words = " ".join(dict.fromkeys(s.text for s in (figure.span, figure.who) if s))
    names = {stem_name(m.group().split()[-1]) for m in _NAME.finditer(words)} - _NOBODY
    ages = sorted(ages_in(words)) or [int(m.group(1)) for m in [_AGE_AFTER.match(row.back)] if m]
    male, female = bool(_MALE.search(words)), bool(_FEMALE.search(words))
    return Person(
        names=names,
        age=ages[0] if ages else None,
        sex=("m" if male else "f") if male != female else None,
        sentence=row.sentence,
        another=bool(_ANOTHER.search(row.front)) or bool(re.match(r"(?:another|a second)\b", words, re.I)),
    )


def distinct_persons(rows: Sequence[Statement]) -> list[Person]:
    """Gather descriptions of single persons into persons, in text order, named ones first to be known."""
    found = [person_in(r) for r in _once_a_phrase(sorted(rows, key=lambda r: r.place))]
    out: list[Person] = []
    for person in sorted(found, key=lambda p: not p.names):
        same = next((p for p in out if p.may_be(person)), None)
        if same is None:
            out.append(person)
        else:
            same.add(person)
    return out


def _once_a_phrase(rows: Sequence[Statement]) -> list[Statement]:
    """Leave out a figure that stands in one phrase with the one before it ("[a 3]-year-[old boy]")."""
    out: list[Statement] = []
    for row in rows:
        last = out[-1] if out else None
        if last and last.report == row.report and last.sentence == row.sentence:
            gap = row.place[1] - last.figure.span.end
            if _ONE_PHRASE.fullmatch(last.back[: max(0, gap)]) and gap >= 0:
                continue
        out.append(row)
    return out
