"""What the noun phrases of MUC-4's dispatches name: people, organizations, things, or nobody.

The words that tell them apart are in `mappings/muc4.toml`, as the texts are in
capitals and a name can't be told by its letters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from dateline.evaluation.muc4.keys import normalised
from dateline.evaluation.phrases import head
from dateline.knowledge.actors import ActorRegistry
from dateline.knowledge.gazetteer import Gazetteer

__all__ = [
    "ORGANIZATIONS", "PEOPLE", "PRONOUNS", "ROLES", "THINGS", "Filler", "Fillers", "Namer", "bare",
    "head_word", "without_brackets",
]  # fmt: skip

_BODIES = ("armed-group", "military", "police", "government", "other")
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_COUNTRIES = ("SLV", "COL", "PER", "GTM", "CHL", "HND", "BOL")  # where MUC-4's incidents are, most first
_MAP = tomllib.loads(files("dateline.evaluation").joinpath("mappings", "muc4.toml").read_text("utf-8"))
PEOPLE, THINGS, ORGANIZATIONS = (frozenset(_MAP[k].split()) for k in ("people", "things", "organizations"))
_TITLES = frozenset(_MAP["titles"].split())
_BRACKET = re.compile(r"\s*[\[(]([^\])]*)[\])]?")
_DETERMINERS = re.compile(
    r"^(?:the|a|an|this|that|these|those|his|her|their|its|our|some|several|many|various|other|another"
    r"|both|all|about|at least|more than|over|almost|nearly|approximately|up to|around|\d[\d,.]*|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|dozens? of"
    r"|hundreds of|of|first|second|third|new|alleged|presumed|suspected|powerful"
    r"|(?:kgs?|kilos?|kilograms?|grams|pounds|tons?|sticks?|charges?) of)\s+",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"(?:\s+(?:in|of|at|on|near|and|or|by|with|from|to|the|a|for))+$", re.IGNORECASE)
PRONOUNS = frozenset(
    "he she it they them him her who which that this these those i we us you one others himself themselves"
    " some all many several both everyone someone nobody his their anyone".split()
)
_NOBODY = PRONOUNS | frozenset(
    "one two three four five six seven eight nine ten other others another second third fourth fifth"
    " or and".split()
)  # "two of them": a number with its noun left out names nobody
_WORD = re.compile(r"[\w'.-]+")
_BODY_WORDS = frozenset(
    "agency association bank bureau company congress corporation federation foundation institute"
    " international network newspaper news party radio station television union university".split()
)  # a name that ends so is a body's and nobody's own


@dataclass(frozen=True, slots=True)
class Filler:
    """One entity in a role: its string, whether that is a name and no description, and how sure it is."""

    text: str
    named: bool
    confidence: float = 1.0


Fillers = dict[str, list[Filler]]


class Namer:
    """Tells what a noun phrase in capitals names: an organization, people, a thing."""

    def __init__(self, registry: ActorRegistry, gazetteer: Gazetteer) -> None:
        self._registry, self._gazetteer = registry, gazetteer

    @classmethod
    def open(cls) -> Namer:
        """Open with the lists that ship. Raises AssetError when they are damaged."""
        return cls(ActorRegistry.open(), Gazetteer.open())

    def organization(self, phrase: str) -> str | None:
        """Give the organization that a phrase names or that its people belong to ("REBELS OF THE FMLN").

        The longest stretch of words that the actor list knows; else the whole
        phrase where its head is a body ("ARMED FORCES"), never a mere "GROUP".
        """
        for part in (without_brackets(phrase), *_BRACKET.findall(phrase)):
            words = bare(part).split()
            for size in range(len(words), 0, -1):
                for start in range(len(words) - size + 1):
                    name = bare(" ".join(words[start : start + size]).strip(",;"))
                    if self._known(name):
                        return name
        plain = bare(without_brackets(phrase))
        return plain if head_word(plain) in ORGANIZATIONS else None

    def named(self, role: str, phrase: str) -> Filler | None:
        """Give the string for a phrase in a role; None for words that name nobody ("TWO OTHERS")."""
        plain = bare(without_brackets(phrase)) or phrase
        if set(plain.casefold().split()) <= _NOBODY or not normalised(plain):
            return None
        name = None
        if role == "Victim":
            name = self.person(phrase)
        elif role == "PerpOrg":  # "MAOIST SHINING PATH"
            name = self.organization(phrase)
        return Filler(name or plain, named=name is not None)

    def known_as(self, name: str) -> str | None:
        """Give the id of the actor that a name is known to be of: "FMLN" and its full name have one."""
        known = self._registry.lookup(name, countries=_COUNTRIES)
        return known.id if known else None

    def _known(self, name: str) -> bool:
        if head_word(name) in PEOPLE or not name[:1].isupper():
            return False
        known = self._registry.lookup(name, countries=_COUNTRIES)
        return known is not None and known.kind in _BODIES

    def person(self, phrase: str) -> str | None:
        """Give the name in a phrase for one person without titles, None where there is none.

        A single word is taken for a description.
        """
        plain = bare(without_brackets(phrase))
        for part in reversed(plain.split(", ")):
            words = _WORD.findall(part)
            last = max((i for i, w in enumerate(words) if self._titles(w)), default=-1)
            name = words[last + 1 :]
            if len(name) > 1 and not _common(name) and name[-1].casefold().rstrip(".") not in _BODY_WORDS:
                return " ".join(name).rstrip(".")
        return None

    def _titles(self, word: str) -> bool:
        lowered = word.casefold().rstrip(".")
        return lowered in PEOPLE or lowered in _TITLES or self._gazetteer.demonym(word) is not None


def without_brackets(phrase: str) -> str:
    """Take out what stands in brackets."""
    return _BRACKET.sub("", phrase)


def head_word(phrase: str) -> str:
    """Give the head word of a phrase, in small letters."""
    return phrase[slice(*head(phrase))].casefold()


def bare(phrase: str) -> str:
    """Take determiners, numbers and quantifiers from the front of a phrase."""
    text = " ".join(phrase.split()).strip(" ,;:-")
    while (shorter := _DETERMINERS.sub("", text)) != text and shorter:
        text = shorter
    return _DANGLING.sub("", text)


def _common(words: Sequence[str]) -> bool:
    """Tell whether words are a description: a name has no preposition, article, number or thing in it."""
    lowered = [w.casefold() for w in words]
    small = {"of", "in", "from", "at", "with", "who", "the", "and", "for", "by", "on", "to"}
    return len(words) > 6 or any(
        w in small or w in THINGS or w in ORGANIZATIONS or w[0].isdigit() for w in lowered
    )
