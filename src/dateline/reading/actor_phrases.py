"""Read a phrase by itself: the person, group or body that it names, or the kind of its head word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dateline.knowledge.actors import ActorRegistry, Known
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.actor_words import (
    BODIES,
    CALLINGS,
    GROUPS_AMONG_COMMON,
    KIND_OF_HEAD,
    LINKS,
    MEMBERS,
    NO_STATE,
    OFFICE_WORDS,
    PRONOUNS,
    TRANSPARENT,
)
from dateline.reading.known_names import is_foreign
from dateline.reading.nations import states_in
from dateline.reading.people import TITLED, is_given_name, name_run
from dateline.reading.place_words import COMMON, KINDS_BEFORE, TITLES
from dateline.reading.tokens import Token, tokens_of
from dateline.record import ActorKind, Span

__all__ = ["Phrase", "Phrases", "bare_words", "nations_in"]

LONGEST_NAME = 6  # words of a group's name inside a phrase
_BRACKETED = re.compile(r"\s*[(\[]\s*([A-Z][\w.&/-]{1,11})\s*[)\]]")
_DETERMINER = re.compile(
    r"^(?:(?:the|a|an|its|their|his|her|our|this|that|these|those|some|several|many|two|three|four|five|six"
    r"|seven|eight|nine|ten|dozens of|hundreds of|thousands of|scores of|at least|about|more than|other"
    r"|another|unidentified|unnamed|alleged|suspected|armed(?!\s+forces)|masked|unknown|senior|top|former|local|both|all|of|own"
    r"|so-called|self-styled|self-named|new|one of|one|\d[\d,.]*)\s+)+",
    re.IGNORECASE,
)
_OWNED = re.compile(r"['’][sS]?\s+(?=\w)")
_ARMED = re.compile(r"\b(?:armed|masked|hooded|gun-?wielding)\b(?!\s+forces)", re.IGNORECASE)
_OFFICIALS = ("official", "officials")
_WHEREABOUTS = ("in", "at", "near", "across", "inside", "outside", "around", "to", "into", "over")
_PEOPLE_HEADS = TITLES | CALLINGS
_SEATED = ("other", "police", "media", "company", "ngo")  # kinds of bodies that are named by their place
_PLURAL_OFFICES = {
    "ministers": "government", "presidents": "government", "leaders": "government", "governors": "government",
    "mayors": "government", "ambassadors": "government", "commanders": "military", "officers": "military",
    "generals": "military", "colonels": "military", "judges": "government",
}  # fmt: skip


@dataclass(slots=True)
class Phrase:
    """What one phrase says of its actor; `key` is the same for all mentions of one actor."""

    span: Span
    key: tuple[str, str]
    name: str
    kind: ActorKind
    country: str | None = None
    registry: str | None = None
    acronym: str | None = None


def bare_words(words: str) -> str:
    """Take articles, numbers and words like `unidentified` from the front of a phrase."""
    return _DETERMINER.sub("", " ".join(words.split())).strip(" ,;:\"'“”‘’[]()")


def nations_in(tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the nations of a phrase: no compound (`French-backed`) and no whereabouts."""
    for first, count, code, demonym in states_in(tokens, gazetteer):
        parts = tokens[first].text.split("-")
        if tokens[first].text == "CAR":  # a car bomb, in capitals
            continue
        if len(parts) > 1 and demonym and not all(part[:1].isupper() for part in parts):
            continue
        before = [t.text.lower() for t in tokens[max(0, first - 2) : first] if t.text.lower() != "the"]
        follows = first + count < len(tokens) and tokens[first + count].text.lower() not in LINKS
        if not demonym and before and before[-1] in _WHEREABOUTS and not follows:
            continue
        yield code


class Phrases:
    """Reads the phrases of one text.

    `states` are those that it names, with their weights.
    """

    def __init__(
        self,
        text: str,
        registry: ActorRegistry,
        gazetteer: Gazetteer,
        states: Mapping[str, float],
        *,
        shouting: bool,
    ) -> None:
        self.text, self.registry, self.gazetteer = text, registry, gazetteer
        self.states, self.shouting = states, shouting

    def read(self, span: Span, *, speaks: bool) -> Phrase | None:
        """Read a phrase; None for pronouns, numbers and things that a person or body only owns.

        Where it `speaks`, a capital stands for its government (`Tokyo said`).
        """
        bare = bare_words(span.text)
        if fold(bare) in PRONOUNS or not any(ch.isalpha() for ch in bare):
            return None
        acronym = self._bracketed(span)
        known = (
            self._known(bare)
            or self._known(bare.split(",")[0])
            or (self._known(acronym) if acronym else None)
        )
        if known is not None:
            return self.of_known(span, known, acronym)
        return self._metonym(span, bare, speaks=speaks) or self._described(span, bare, acronym)

    @staticmethod
    def of_known(span: Span, known: Known, acronym: str | None = None) -> Phrase:
        """Make the phrase of a known actor."""
        return Phrase(span, ("known", known.id), known.name, known.kind, known.country, known.id, acronym)

    def _known(self, name: str) -> Known | None:
        plain = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", name).strip()
        known = self.registry.lookup(plain, countries=self.states)
        return None if known and is_foreign(plain, known, self.states) else known

    def _bracketed(self, span: Span) -> str | None:
        """Read an acronym given in brackets, inside the phrase or right after it."""
        match = _BRACKETED.search(span.text) or _BRACKETED.match(self.text, span.end)
        return match[1] if match else None

    def _metonym(self, span: Span, bare: str, *, speaks: bool) -> Phrase | None:
        """Read a state, or a capital that speaks, as its government."""
        code = self.gazetteer.state(bare) if bare[:1].isupper() else None
        if code is None and speaks and bare[:1].isupper():
            places = self.gazetteer.lookup(bare)
            code = places[0].country if places and places[0].capital else None
        known = self.registry.get(f"gov:{code}") if code else None
        return self.of_known(span, known) if known else None

    def _described(self, span: Span, bare: str, acronym: str | None) -> Phrase | None:
        tokens = tokens_of(bare)
        keys = [_head_key(t.text) for t in tokens]
        if not keys:
            return None
        nations = list(dict.fromkeys(nations_in(tokens, self.gazetteer)))
        country = nations[0] if nations and "and" not in keys else None
        core = _core(keys)
        if name := self._person_name(bare, core):
            return Phrase(span, ("person", fold(name[-1])), " ".join(name), "person", country)
        if known := self._group_inside(tokens, keys, core) or self._apposed(tokens, keys):
            return self.of_known(span, known, acronym)
        kind, head = self._kind(tokens, keys, core)
        if kind == "civilians" and _ARMED.search(span.text):
            kind = "armed-group"
        country = country or self._seat(tokens, keys, core)
        if kind == "military" and NO_STATE.intersection(keys):
            return Phrase(span, ("words", fold(bare)), bare, "armed-group", country, None, acronym)
        body = self.registry.get(f"{BODIES[head]}:{country}") if head in BODIES and country else None
        if body and kind == body.kind:
            return self.of_known(span, body, acronym)
        return Phrase(span, ("words", fold(bare)), bare, kind, country, None, acronym)

    def _person_name(self, bare: str, core: int) -> list[str] | None:
        """Give the words of a person's name: after a title, or a first name with what follows.

        What a person owns is none (`the president's plan`); a name behind a comma is one.
        """
        tail = _OWNED.split(bare)[-1]
        if "," in tail and (name := self._name_alone(tail.rpartition(",")[2])):
            return name
        tokens = tokens_of(tail)
        keys = [fold(t.text) for t in tokens]
        core -= len(tokens_of(bare)) - len(tokens)
        last_title = max((i for i, key in enumerate(keys) if key in TITLED), default=-1)
        if 0 <= core < last_title and keys[core] not in TITLED and keys[core] not in OFFICE_WORDS:
            return None  # the house of Judge X
        run = [t.text for t in name_run(tokens[last_title + 1 :], self.gazetteer, shouting=self.shouting)]
        if last_title >= 0 and run and keys[last_title + 1] not in LINKS:
            return run
        if last_title >= 0:
            return self._last_name(tokens, keys, last_title + 1)
        if len(run) > 1 and len(run) == len(tokens):
            return run if is_given_name(keys[0]) or not (self.shouting or self._plain(keys)) else None
        return self._described_name(tokens, keys)

    def _last_name(self, tokens: Sequence[Token], keys: Sequence[str], first: int) -> list[str] | None:
        """Give the full name that ends an office: `under secretary for foreign affairs Inocencio Arias`."""
        for at in range(first, len(tokens) - 1):
            if is_given_name(keys[at]):
                run = name_run(tokens[at:], self.gazetteer, shouting=self.shouting)
                if len(run) > 1 and at + len(run) == len(tokens):
                    return [t.text for t in run]
        return None

    def _name_alone(self, words: str) -> list[str] | None:
        """Give the words of a phrase that is a full name and nothing else."""
        tokens = tokens_of(words)
        run = name_run(tokens, self.gazetteer, shouting=self.shouting)
        full = len(run) > 1 and len(run) == len(tokens)
        return [t.text for t in run] if full and not self._plain([fold(t.text) for t in run]) else None

    def _plain(self, keys: Sequence[str]) -> bool:
        """Tell whether words that look like a name are a place's or plain words."""
        plain = any(key in KIND_OF_HEAD or key in TRANSPARENT or key in COMMON for key in keys)
        return plain or bool(self.gazetteer.knows([" ".join(keys)]))

    def _described_name(self, tokens: Sequence[Token], keys: Sequence[str]) -> list[str] | None:
        """Give a name after words in small letters that say who it is: `16-year-old Omar Haddad`."""
        first = next((i for i, t in enumerate(tokens) if i and not tokens[i - 1].capital and t.capital), 0)
        if self.shouting or not first or len(tokens) - first < 2 or keys[first - 1] in LINKS:
            return None
        run = name_run(tokens[first:], self.gazetteer, shouting=self.shouting)
        organised = KIND_OF_HEAD.get(keys[first - 1], "person") not in ("person", "civilians")
        official = keys[first - 1] == "official"
        place = keys[first - 1] in KINDS_BEFORE or self.gazetteer.knows([" ".join(keys[first:])])
        whole = len(run) == len(tokens) - first
        return [t.text for t in run] if whole and (official or not organised) and not place else None

    def _seat(self, tokens: Sequence[Token], keys: Sequence[str], core: int) -> str | None:
        """Give the country of the place that names a body (`Damascus University`), if the text names it."""
        if KIND_OF_HEAD.get(keys[core]) not in _SEATED or not core or not tokens[core - 1].capital:
            return None
        places = self.gazetteer.lookup(tokens[core - 1].text)
        return places[0].country if places and places[0].country in self.states else None

    def _group_inside(self, tokens: Sequence[Token], keys: Sequence[str], core: int) -> Known | None:
        """Find the group to which the people of a phrase belong: `Shabaab militants`."""
        if keys[core] not in MEMBERS:
            return None
        for count in range(min(LONGEST_NAME, len(tokens)), 0, -1):
            for first in range(len(tokens) - count + 1):
                run = tokens[first : first + count]
                if not (run[0].capital and run[-1].capital):
                    continue
                name = " ".join(t.text for t in run)
                plain = fold(name) in COMMON - GROUPS_AMONG_COMMON or fold(name) in MEMBERS | TRANSPARENT
                if count == 1 and (plain or self.gazetteer.demonym(name) or fold(name) in KIND_OF_HEAD):
                    continue
                if known := self._known(name):
                    return known
        return None

    def _apposed(self, tokens: Sequence[Token], keys: Sequence[str]) -> Known | None:
        """Find the group named behind words that say what it is: `the terrorist group the Shining Path`."""
        for first in range(1, len(tokens)):
            if keys[first - 1] in TRANSPARENT or keys[first - 1] in KIND_OF_HEAD:
                rest = [t.text for t in tokens[first:] if t.text.lower() != "the"]
                known = self._known(" ".join(rest)) if rest and rest[0][:1].isupper() else None
                if known and known.kind in ("armed-group", "intergovernmental", "ngo", "media", "other"):
                    return known
        return None

    def _kind(self, tokens: Sequence[Token], keys: Sequence[str], core: int) -> tuple[ActorKind, str]:
        """Give the kind of a phrase and the head word that says so."""
        at = core
        while at >= 0 and keys[at] in TRANSPARENT and keys[at] not in _OFFICIALS:
            at -= 1
        if at >= 0 and keys[at] in _OFFICIALS:
            inner = self._first_kind(keys[:at])
            return inner if inner and inner[0] in ("police", "military") else ("government", keys[at])
        if keys[core - 1 : core + 1] == ["national", "guard"]:
            return "military", "guard"
        if keys[core] in _PLURAL_OFFICES:
            return self._first_kind(keys[:core]) or (_PLURAL_OFFICES[keys[core]], keys[core])  # type: ignore[return-value]
        if at >= 0 and (kind := KIND_OF_HEAD.get(keys[at])):
            return kind, keys[at]
        inner = self._first_kind([*keys[: at + 1], *keys[core + 1 :]]) if at < core else None
        if inner is None and keys[core] in KIND_OF_HEAD:
            return KIND_OF_HEAD[keys[core]], keys[core]
        return inner or self._other_kind(tokens, keys, core)

    def _other_kind(self, tokens: Sequence[Token], keys: Sequence[str], core: int) -> tuple[ActorKind, str]:
        """Judge by a title, `news agency`, a people's name, or the word before a name (`daily Al Ayam`)."""
        if keys[core] in _PEOPLE_HEADS:
            return "person", keys[core]
        if keys[core - 1 : core + 1] in (["news", "agency"], ["news", "service"], ["news", "agencies"]):
            return "media", keys[core]
        if self.gazetteer.demonym(tokens[core].text) and keys[core][-1] in "se":
            return "civilians", keys[core]
        named = tokens[core].capital and not self.shouting
        return (self._first_kind(keys[:core]) if named else None) or ("other", keys[core])

    @staticmethod
    def _first_kind(keys: Sequence[str]) -> tuple[ActorKind, str] | None:
        return next(((KIND_OF_HEAD[key], key) for key in reversed(keys) if key in KIND_OF_HEAD), None)


def _head_key(word: str) -> str:
    """Fold a word; of a compound the part that says the kind (`narco-terrorists`)."""
    key = fold(word)
    tail = key.rpartition(" ")[2]
    return tail if tail in KIND_OF_HEAD else key


def _core(keys: Sequence[str]) -> int:
    """Give the index of the head word: the last before a link or a participle (`men travelling south`)."""
    for at in range(1, len(keys)):
        described = (
            keys[at - 1] in KIND_OF_HEAD and keys[at].endswith(("ing", "ed")) and keys[at] not in KIND_OF_HEAD
        )
        if keys[at] in LINKS or described:
            return at - 1
    return len(keys) - 1
