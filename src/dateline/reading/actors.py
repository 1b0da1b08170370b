"""Turn argument and source phrases into Actor objects: who is meant, of what kind, of which country."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.knowledge.actors import ActorRegistry, Known
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.actor_phrases import Phrase, Phrases, bare_words, nations_in
from dateline.reading.actor_words import KIND_OF_HEAD
from dateline.reading.anaphora import Anaphora, Scene
from dateline.reading.header import read_header
from dateline.reading.known_names import ALL_KINDS, find_known
from dateline.reading.nations import DEMONYM_SHARE, states_in
from dateline.reading.people import People, Person
from dateline.reading.segments import is_shouting
from dateline.reading.tokens import tokens_of
from dateline.record import Actor, Span

__all__ = ["is_actor", "nationality_of", "resolve_actors"]

_ARABIC = re.compile(r"(?:al|el|Al|El)-[A-Z][\w'’-]+")  # a surname by its article
_HEADER_WEIGHT = 3.0  # the state of the dateline counts as much as three mentions by name


def nationality_of(phrase: str, gazetteer: Gazetteer) -> str | None:
    """Give the alpha-3 of the people that a phrase counts: `seven Japanese`, `soldiers from Chad`.

    None where no nation or more than one is named (`its citizens`, `British and French tourists`), and
    for a state that only says where they are (`people in Iraq`).
    """
    codes = set(nations_in(tokens_of(phrase), gazetteer))
    return codes.pop() if len(codes) == 1 else None


def is_actor(actor: Actor) -> bool:
    """Tell people, groups and institutions from things: a mansion, a town, a number."""
    if actor.kind != "other" or actor.registry is not None:
        return True
    words = actor.name.split()
    if any(KIND_OF_HEAD.get(fold(word)) == "other" for word in words):
        return True
    return actor.country is not None and words[-1][:1].isupper()


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
    (`Tokyo said`). Mentions of one actor are those of one known actor, of one person, of an acronym given
    in brackets, or of the same words; a pronoun or a short form (`he`, `the group`, `the army`) is a mention
    of whom it stands for, and left out where that can't be told.
    """
    return _Resolver(text, registry, gazetteer, sources).resolve(spans)


class _Resolver:
    """One resolution over one text."""

    def __init__(
        self, text: str, registry: ActorRegistry, gazetteer: Gazetteer, sources: Sequence[tuple[int, int]]
    ) -> None:
        self.text, self.registry, self.gazetteer = text, registry, gazetteer
        self.sources = {tuple(span) for span in sources}
        self.tokens = tokens_of(text)
        self.header = read_header(text)
        shouting = is_shouting(text)
        self.named_states = [
            found
            for found in states_in(self.tokens, gazetteer)
            if not (
                shouting and self.tokens[found[0]].text == "CAR"
            )  # a car bomb, no Central African Republic
        ]
        self.weights = self._weighed()
        self.people = People(self.tokens, gazetteer, shouting=shouting)
        self.phrases = Phrases(text, registry, gazetteer, self.weights, shouting=shouting)

    def resolve(self, spans: Sequence[tuple[int, int]]) -> list[Actor]:
        given = [Span.of(self.text, start, end) for start, end in sorted(set(spans))]
        read = [(s, self.phrases.read(s, speaks=(s.start, s.end) in self.sources)) for s in given]
        self.people.add([person for span, phrase in read if (person := _named_in(span, phrase))])
        plain = [(span, self._told(span, phrase)) for span, phrase in read]
        readings = [phrase for _, phrase in plain if phrase]
        scene = Scene(self.people, self._named(readings), self._state(), self._voice())
        anaphora = Anaphora(self.text, scene, self.registry)
        resolved = [anaphora.resolve(s) or p if _may_stand_for(p) else p for s, p in plain]
        kept = [phrase for phrase in resolved if phrase]
        _join_acronyms(kept)
        groups: dict[tuple[str, str], list[Phrase]] = {}
        for phrase in kept:
            groups.setdefault(phrase.key, []).append(phrase)
        return [_actor(f"a{i + 1}", group) for i, group in enumerate(groups.values())]

    def _told(self, span: Span, phrase: Phrase | None) -> Phrase | None:
        """Complete a phrase, read by itself, by what the text names elsewhere."""
        if phrase is None or phrase.key[0] == "known":
            return phrase
        words = phrase.name.split() if phrase.key[0] == "person" else _name_words(span.text)
        person = (self.people.by_name(words) if words else None) or self._beside(phrase)
        if person is None and _ARABIC.fullmatch(bare_words(span.text)) and phrase.kind == "other":
            return replace(phrase, key=("person", fold(phrase.name)), kind="person")
        if person is None:
            return phrase
        name = " ".join(person.words)
        return replace(
            phrase, key=("person", fold(person.words[-1])), name=name, kind="person", registry=None
        )

    def _beside(self, phrase: Phrase) -> Person | None:
        """Give the person whose name stands beside an office: `the group's leader, Omar Haddad`."""
        if phrase.kind != "person" or phrase.key[0] != "words":
            return None
        start, end = phrase.span.start, phrase.span.end
        near = (p for p in self.people.named if p.start - end == 2 or start - p.end == 2)
        return next((p for p in near if "," in self.text[min(end, p.end) : max(start, p.start)]), None)

    def _named(self, readings: Sequence[Phrase]) -> list[Phrase]:
        """Gather all that a pronoun may stand for: the phrases read, known names, states; in text order."""
        taken = [(p.span.start, p.span.end) for p in readings]
        found = [*readings]
        for start, end in find_known(self.text, self.registry, countries=self.weights, kinds=ALL_KINDS):
            known = self.registry.lookup(self.text[start:end], countries=self.weights)
            if known and not any(a < end and start < b for a, b in taken):
                found.append(Phrases.of_known(Span.of(self.text, start, end), known))
        for first, count, code, demonym in self.named_states:
            place = self.tokens[first].start, self.tokens[first + count - 1].end
            known = None if demonym else self.registry.get(f"gov:{code}")
            if known and not any(a < place[1] and place[0] < b for a, b in taken):
                found.append(Phrases.of_known(Span.of(self.text, *place), known))
        return sorted(found, key=lambda phrase: phrase.span.start)

    def _weighed(self) -> dict[str, float]:
        """Weigh the states that the text tells of: by name, by demonym, by its dateline."""
        weights: dict[str, float] = {}
        for _, _, code, demonym in self.named_states:
            weights[code] = weights.get(code, 0.0) + (DEMONYM_SHARE if demonym else 1.0)
        for start, end in (self.header.places if self.header else ())[:1]:
            places = self.gazetteer.lookup(self.text[start:end])
            state = self.gazetteer.state(self.text[start:end]) or (places[0].country if places else None)
            if state:
                weights[state] = weights.get(state, 0.0) + _HEADER_WEIGHT
        return weights

    def _state(self) -> str | None:
        """Give the state that the text is about: the one it tells of most."""
        voice = self._voice()
        if voice and voice.country and not self.weights:
            return voice.country
        return max(sorted(self.weights), key=lambda code: self.weights[code], default=None)

    def _voice(self) -> Known | None:
        """Give the group whose own station or agency the text comes from (`RADIO VENCEREMOS`)."""
        agency = self.header.agency if self.header else None
        media = self.registry.lookup(self.text[slice(*agency)]) if agency else None
        return self.registry.get(media.parent) if media and media.parent else None


def _named_in(span: Span, phrase: Phrase | None) -> Person | None:
    """Give the person whom a phrase names in full."""
    words = phrase.name.split() if phrase and phrase.key[0] == "person" else []
    return Person(span.start, span.end, tuple(words), frozenset()) if len(words) > 1 else None


def _may_stand_for(phrase: Phrase | None) -> bool:
    """Tell whether a phrase may be a pronoun or a short form: what names no one by itself."""
    return phrase is None or (phrase.key[0] == "words" and phrase.registry is None)


def _name_words(text: str) -> list[str]:
    """Give the words of a phrase that may be a name: all begin with a capital."""
    words = bare_words(text).split()
    return words if words and all(word[:1].isupper() or _ARABIC.fullmatch(word) for word in words) else []


def _join_acronyms(readings: list[Phrase]) -> None:
    """Make an acronym a mention of the actor beside whose name it stood in brackets."""
    owners = {fold(r.acronym): r for r in readings if r.acronym}
    for reading in readings:
        owner = owners.get(reading.key[1]) if reading.key[0] == "words" else None
        if owner and owner is not reading:
            reading.key, reading.kind, reading.name = owner.key, owner.kind, owner.name
            reading.country, reading.registry = owner.country, owner.registry


def _actor(number: str, group: Sequence[Phrase]) -> Actor:
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
