"""Turn argument and source phrases into Actor objects: who is meant, of what kind, of which country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.knowledge.actors import ActorRegistry, Known
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.actor_words import BODIES, KIND_OF_HEAD, LINKS, MEMBERS, PRONOUNS, TRANSPARENT
from dateline.reading.nations import named_states, states_in
from dateline.reading.place_words import COMMON, FIRST_NAMES, KINDS_BEFORE, PARTICLES, TITLES
from dateline.reading.segments import is_shouting
from dateline.reading.tokens import Token, tokens_of
from dateline.record import Actor, ActorKind, Span

__all__ = ["nationality_of", "resolve_actors"]

LONGEST_NAME = 6  # words of a group's name inside a phrase
_BRACKETED = re.compile(r"\s*[(\[]\s*([A-Z][\w.&/-]{1,11})\s*[)\]]")
_DETERMINER = re.compile(
    r"^(?:(?:the|a|an|its|their|his|her|our|some|several|many|two|three|four|five|six|seven|eight|nine|ten"
    r"|dozens of|hundreds of|thousands of|scores of|at least|about|more than|other|another|unidentified"
    r"|unnamed|alleged|suspected|armed|masked|unknown|senior|top|former|local|both|all|of|own"
    r"|\d[\d,.]*)\s+)+",
    re.IGNORECASE,
)
_OFFICIALS = ("official", "officials")
_WHEREABOUTS = ("in", "at", "near", "across", "inside", "outside", "around", "to", "into", "over")


@dataclass(slots=True)
class _Reading:
    """What one phrase says of its actor; `key` is the same for all mentions of one actor."""

    span: Span
    key: tuple[str, str]
    name: str
    kind: ActorKind
    country: str | None = None
    registry: str | None = None
    acronym: str | None = None


def nationality_of(phrase: str, gazetteer: Gazetteer) -> str | None:
    """Give the alpha-3 of the people that a phrase counts: `seven Japanese`, `soldiers from Chad`.

    None where no nation or more than one is named (`its citizens`, `British and French tourists`), and
    for a state that only says where they are (`people in Iraq`).
    """
    tokens = tokens_of(phrase)
    codes = set(_nations(tokens, gazetteer))
    return codes.pop() if len(codes) == 1 else None


def _nations(tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[str]:
    """Yield the nations of a phrase: no compound (`French-backed`) and no whereabouts."""
    for first, count, code, demonym in states_in(tokens, gazetteer):
        parts = tokens[first].text.split("-")
        if len(parts) > 1 and demonym and not all(part[:1].isupper() for part in parts):
            continue
        before = [t.text.lower() for t in tokens[max(0, first - 2) : first] if t.text.lower() != "the"]
        follows = first + count < len(tokens) and tokens[first + count].text.lower() not in LINKS
        if not demonym and before and before[-1] in _WHEREABOUTS and not follows:
            continue
        yield code


def resolve_actors(
    text: str,
    spans: Sequence[tuple[int, int]],
    registry: ActorRegistry,
    gazetteer: Gazetteer,
    *,
    sources: Sequence[tuple[int, int]] = (),
) -> list[Actor]:
    """Resolve phrases, (start, end) each, to actors: one object for each actor, in text order.

    `sources` are those of the spans that say something: a capital among them stands for its government
    (`Tokyo said`). Mentions of one actor are those of one known actor, of one surname, of an acronym
    given in brackets, or of the same words. Pronouns are left out.
    """
    return _Resolver(text, registry, gazetteer, sources).resolve(spans)


class _Resolver:
    """One resolution over one text."""

    def __init__(
        self, text: str, registry: ActorRegistry, gazetteer: Gazetteer, sources: Sequence[tuple[int, int]]
    ) -> None:
        self.text, self.registry, self.gazetteer = text, registry, gazetteer
        self.sources = {tuple(span) for span in sources}
        self.shouting = is_shouting(text)
        self.states = set(named_states(tokens_of(text), gazetteer))

    def resolve(self, spans: Sequence[tuple[int, int]]) -> list[Actor]:
        readings = []
        for start, end in sorted(set(spans)):
            reading = self._read(Span.of(self.text, start, end))
            if reading is not None:
                readings.append(reading)
        _join_surnames(readings)
        _join_acronyms(readings)
        groups: dict[tuple[str, str], list[_Reading]] = {}
        for reading in readings:
            groups.setdefault(reading.key, []).append(reading)
        return [_actor(f"a{i + 1}", group) for i, group in enumerate(groups.values())]

    def _read(self, span: Span) -> _Reading | None:
        words = " ".join(span.text.split())
        bare = _DETERMINER.sub("", words).strip(" ,;:\"'“”‘’")
        if fold(words) in PRONOUNS or fold(bare) in PRONOUNS or not any(ch.isalpha() for ch in bare):
            return None
        acronym = self._bracketed(span)
        known = self._known(bare) or (self._known(acronym) if acronym else None)
        if known is not None:
            return self._of_known(span, known, acronym)
        return self._metonym(span, bare) or self._described(span, bare, acronym)

    def _known(self, name: str) -> Known | None:
        plain = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", name).strip()
        return self.registry.lookup(plain, countries=self.states)

    @staticmethod
    def _of_known(span: Span, known: Known, acronym: str | None) -> _Reading:
        return _Reading(span, ("known", known.id), known.name, known.kind, known.country, known.id, acronym)

    def _bracketed(self, span: Span) -> str | None:
        """Read an acronym given in brackets, inside the phrase or right after it."""
        match = _BRACKETED.search(span.text) or _BRACKETED.match(self.text, span.end)
        return match[1] if match else None

    def _metonym(self, span: Span, bare: str) -> _Reading | None:
        """Read a state, or a capital that speaks, as its government."""
        code = self.gazetteer.state(bare) if bare[:1].isupper() else None
        if code is None and (span.start, span.end) in self.sources and bare[:1].isupper():
            places = self.gazetteer.lookup(bare)
            code = places[0].country if places and places[0].capital else None
        known = self.registry.get(f"gov:{code}") if code else None
        return self._of_known(span, known, None) if known else None

    def _described(self, span: Span, bare: str, acronym: str | None) -> _Reading:
        tokens = tokens_of(bare)
        keys = [fold(t.text) for t in tokens]
        nations = list(dict.fromkeys(_nations(tokens, self.gazetteer)))
        country = nations[0] if nations and "and" not in keys else None
        name = self._person_name(tokens, keys) or self._described_name(tokens, keys)
        if name:
            return _Reading(span, ("person", fold(name[-1])), " ".join(name), "person", country)
        core = _core(keys)
        if known := self._group_inside(tokens, keys, core):
            return self._of_known(span, known, acronym)
        kind, head = self._kind(tokens, keys, core)
        body = self.registry.get(f"{BODIES[head]}:{country}") if head in BODIES and country else None
        if body and kind == body.kind:
            return self._of_known(span, body, acronym)
        return _Reading(span, ("words", fold(bare)), bare, kind, country, None, acronym)

    def _person_name(self, tokens: Sequence[Token], keys: Sequence[str]) -> list[str] | None:
        """Give the words of a person's name: after a title, or a first name with what follows."""
        last_title = max((i for i, key in enumerate(keys) if key in TITLES), default=-1)
        after_title = [t for t in tokens[last_title + 1 :] if self._name_word(t)]
        run = _leading_run(tokens[last_title + 1 :], after_title)
        if last_title >= 0 and run and keys[last_title + 1] not in LINKS:
            return run
        if last_title < 0 and len(run) > 1 and len(run) == len(tokens):
            first = keys[0] in FIRST_NAMES
            plain = any(key in KIND_OF_HEAD or key in TRANSPARENT or key in COMMON for key in keys)
            place = bool(self.gazetteer.knows([" ".join(keys)]))
            return run if first or not (plain or place or self.shouting) else None
        return None

    def _described_name(self, tokens: Sequence[Token], keys: Sequence[str]) -> list[str] | None:
        """Give a name after words in small letters that say who it is: `16-year-old Omar Haddad`."""
        first = next((i for i, t in enumerate(tokens) if i and not tokens[i - 1].capital and t.capital), 0)
        if self.shouting or not first or len(tokens) - first < 2 or keys[first - 1] in LINKS:
            return None
        run = _leading_run(tokens[first:], [t for t in tokens[first:] if self._name_word(t)])
        organised = KIND_OF_HEAD.get(keys[first - 1], "person") not in ("person", "civilians")
        official = keys[first - 1] == "official"
        place = keys[first - 1] in KINDS_BEFORE or self.gazetteer.knows([" ".join(keys[first:])])
        whole = len(run) == len(tokens) - first
        return run if whole and (official or not organised) and not place else None

    def _name_word(self, token: Token) -> bool:
        key = fold(token.text)
        if not token.capital or key in KIND_OF_HEAD or self.gazetteer.demonym(token.text):
            return False
        acronym = (
            token.text.isupper() and "." not in token.text and (len(token.text) > 1 or token.text == "I")
        )
        if acronym and not self.shouting:
            return False
        return not (self.shouting and key in COMMON)

    def _group_inside(self, tokens: Sequence[Token], keys: Sequence[str], core: int) -> Known | None:
        """Find the group to which the people of a phrase belong: `Al-Shabaab militants`."""
        if keys[core] not in MEMBERS:
            return None
        for count in range(min(LONGEST_NAME, len(tokens)), 0, -1):
            for first in range(len(tokens) - count + 1):
                run = tokens[first : first + count]
                if not (run[0].capital and run[-1].capital):
                    continue
                name = " ".join(t.text for t in run)
                if count == 1 and (self.gazetteer.demonym(name) or fold(name) in COMMON - {"taliban"}):
                    continue
                if known := self.registry.lookup(name, countries=self.states):
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
        if at >= 0 and (kind := KIND_OF_HEAD.get(keys[at])):
            return kind, keys[at]
        inner = self._first_kind([*keys[: at + 1], *keys[core + 1 :]]) if at < core else None
        return inner or self._other_kind(tokens, keys, core)

    def _other_kind(self, tokens: Sequence[Token], keys: Sequence[str], core: int) -> tuple[ActorKind, str]:
        """Judge by a title, `news agency`, a people's name, or the word before a name (`daily Al Ayam`)."""
        if keys[core] in TITLES:
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


def _core(keys: Sequence[str]) -> int:
    """Give the index of the head word: the last one before a link (`residents of Gao`)."""
    stop = next((i for i, key in enumerate(keys) if i and key in LINKS), len(keys))
    return stop - 1


def _leading_run(tokens: Sequence[Token], wanted: Sequence[Token]) -> list[str]:
    """Give the unbroken run of name words at the beginning, with small words inside it."""
    run: list[str] = []
    for token in tokens:
        small = bool(run) and token.text in PARTICLES and token.text not in LINKS and token.text != "and"
        if token not in wanted and not small:
            break
        run.append(token.text)
    while run and run[-1] in PARTICLES:
        run.pop()
    return run


def _join_surnames(readings: list[_Reading]) -> None:
    """Make a lone capitalised word that is a person's surname elsewhere a mention of that person."""
    people = {r.key[1]: r for r in readings if r.key[0] == "person"}
    for reading in readings:
        person = people.get(reading.key[1].split(" ")[-1]) if reading.key[0] == "words" else None
        if person and " " not in reading.name and reading.name[:1].isupper():
            reading.key, reading.kind = person.key, "person"


def _join_acronyms(readings: list[_Reading]) -> None:
    """Make an acronym a mention of the actor beside whose name it stood in brackets."""
    owners = {fold(r.acronym): r for r in readings if r.acronym}
    for reading in readings:
        owner = owners.get(reading.key[1]) if reading.key[0] == "words" else None
        if owner and owner is not reading:
            reading.key, reading.kind = owner.key, owner.kind
            reading.country, reading.registry = owner.country, owner.registry


def _actor(number: str, group: Sequence[_Reading]) -> Actor:
    """Make one actor of all its mentions: the fullest name, the first country that is known."""
    fullest = max(group, key=lambda r: (r.key[0] == "known", len(r.name)))
    return Actor(
        id=number,
        name=fullest.name,
        kind=group[0].kind,
        country=next((r.country for r in group if r.country), None),
        mentions=tuple(sorted(r.span for r in group)),
        registry=group[0].registry,
    )
