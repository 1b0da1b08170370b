"""Whom pronouns and short forms stand for: `he`, `they`, `the group`, `the army`, `the foreign secretary`.

A salience rule in the manner of Lappin and Leass (1994): of the mentions that agree in kind and number the
nearest before wins; a body of a state without a nation is that of the state that the text speaks of most.
Where nothing fits, nothing is resolved.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dateline.knowledge.actors import ActorRegistry, Known
from dateline.knowledge.names import fold
from dateline.reading.actor_phrases import Phrase, Phrases, bare_words
from dateline.reading.actor_words import CALLINGS, GROUP_WORDS, KIND_OF_HEAD, LINKS, OFFICE_WORDS, OWN_BODIES
from dateline.reading.people import People, Person
from dateline.reading.place_words import TITLES
from dateline.record import Span

__all__ = ["Anaphora", "Scene"]

_HE = frozenset("he him his she her hers himself herself".split())
_I = frozenset("i me my mine myself".split())
_WE = frozenset("we us our ours ourselves".split())
_THEY = frozenset("they them their theirs themselves".split())
# Titles that several people of one text bear at once; words of the longest office phrase.
_OF_MANY = frozenset("spokesman spokeswoman spokesperson officer ministers".split())
_OFFICE_WORDS = 5
_IT = frozenset("it its itself".split())
_DEFINITE = re.compile(r"^(?:the|this|that|these|those|its|our|their|his|her)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s")
_OUR_SIDE = frozenset("forces troops army fighters combatants units militia command".split())
# Words for what was named more fully before: "the command" of U.S. Central Command.
_NAMED_HEADS = frozenset(
    "command coalition agency ministry department commission union front party council".split()
)


_HE_WORD = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_BACK = 800  # code points from `he` back to the sentence that names him
_REACH = 400  # code points from `they` back to those meant
_MANY = re.compile(r"(?:s|men|people|police|children|\bthree|\bfour)[’'\"]?$", re.IGNORECASE)


def _is_many(phrase: Phrase) -> bool:
    """Tell whether a phrase names several people, or a group."""
    if phrase.registry:
        return phrase.kind in {"armed-group", "military", "police"}
    return _MANY.search(bare_words(phrase.span.text).split(" of ")[0]) is not None and phrase.kind != "media"


@dataclass(frozen=True, slots=True)
class Scene:
    """What a text tells of: its people, the actors named (in order), its state, its own voice."""

    people: People
    named: Sequence[Phrase]
    state: str | None
    voice: Known | None


class Anaphora:
    """Resolves the pronouns and short forms of one text."""

    def __init__(self, text: str, scene: Scene, registry: ActorRegistry) -> None:
        self.text, self.scene, self.registry = text, scene, registry
        self._starts = [phrase.span.start for phrase in scene.named]
        self._groups = [p for p in scene.named if p.kind == "armed-group" and p.registry]

    def resolve(self, span: Span) -> Phrase | None:
        """Give the actor that a pronoun or a short form stands for; None where none fits."""
        word = fold(span.text)
        if word in _HE:
            return self._person(span, self._nearest_person(span.start))
        if word in _I:
            return self._person(span, self._speaker(span.start))
        if word in _WE:
            return self._we(span)
        if word in _THEY:
            return self._copied(span, self._nearest(span.start, plural=True))
        if word in _IT:
            return self._copied(span, self._nearest(span.start, plural=False))
        return self._short_form(span)

    def _short_form(self, span: Span) -> Phrase | None:
        words = [fold(word) for word in bare_words(span.text).split()]
        if not words:
            return None
        definite = bool(_DEFINITE.match(span.text))
        if definite and (found := self._office(span, words)):
            return found
        if words[-1] in _OUR_SIDE and span.text.lower().startswith("our "):
            return self._we(span)
        if definite and words[-1] in GROUP_WORDS and not (set(words) & LINKS):
            return self._group(span, words)
        if (
            definite
            and len(words) == 1
            and words[0] in _NAMED_HEADS
            and (found := self._by_head(span, words[0]))
        ):
            return found
        return self._body(span, words, definite=definite)

    def _office(self, span: Span, words: Sequence[str]) -> Phrase | None:
        """Give the person whom the text names with this office (`the foreign secretary`)."""
        title = words[-1] in TITLES or words[-1] in CALLINGS
        if not title or words[-1] in _OF_MANY or len(words) > _OFFICE_WORDS:
            return None
        nations = {fold(t) for t in span.text.split() if t[:1].isupper()} - set(words[-1:])
        wanted = [word for word in words if word in TITLES or word in OFFICE_WORDS or word not in nations]
        return self._person(span, self.scene.people.by_office(wanted, span.start))

    def _group(self, span: Span, words: Sequence[str]) -> Phrase | None:
        """Give the armed group that `the rebels`, `this terrorist group` stand for: the last one named.

        A word that is not for armed people alone (`the group`) takes any body named before.
        """
        armed = any(
            KIND_OF_HEAD.get(word) == "armed-group" or word in {"terrorist", "jihadist"} for word in words
        )
        plural = words[-1].endswith("s") and words[-1] not in {"its"}
        names = {p.registry for p in self._groups}
        before = [p for p in self._groups if p.span.end <= span.start]
        if armed:
            if plural and len(names) > 1 and not self._leads(before):
                return None
            return self._copied(
                span, before[-1] if before else (self._groups[0] if len(names) == 1 else None)
            )
        nearest = self._nearest(span.start, plural=False, kinds=("armed-group", "ngo"))
        known = nearest if nearest and nearest.registry else None
        return self._copied(span, known or (self._groups[0] if len(names) == 1 else None))

    def _leads(self, before: Sequence[Phrase]) -> bool:
        """Tell whether one group is told of far more than any other."""
        counts = Counter(p.registry for p in before).most_common(2)
        return len(counts) == 1 or (
            len(counts) == 2 and counts[0][1] >= 2 * counts[1][1] and before[-1].registry == counts[0][0]
        )

    def _by_head(self, span: Span, head: str) -> Phrase | None:
        """Give the last actor named with this head word (`Central Command`, `the U.S.-led coalition`)."""
        for phrase in reversed(self.scene.named[: bisect_left(self._starts, span.start)]):
            if phrase.registry and fold(phrase.span.text).split()[-1:] == [head]:
                return self._copied(span, phrase)
        return None

    def _body(self, span: Span, words: Sequence[str], *, definite: bool) -> Phrase | None:
        """Give the army, police or government of the state that the text is about."""
        prefix = OWN_BODIES.get(" ".join(words)) or ("gov" if self._is_rule(words) else None)
        if prefix is None or self.scene.state is None or not (definite or len(words) > 1):
            return None
        known = self.registry.get(f"{prefix}:{self.scene.state}")
        return Phrases.of_known(span, known) if known else None

    def _is_rule(self, words: Sequence[str]) -> bool:
        """Tell a regime, and a government by the name of its head (`the Cristiani government`)."""
        named = words[-1] in {"government", "administration"} and len(words) > 1
        return words[-1] == "regime" or (named and self.scene.people.by_name(words[:-1]) is not None)

    def _we(self, span: Span) -> Phrase | None:
        """Give the body that speaks: the one behind the station, else the one told of most so far."""
        if self.scene.voice is not None:
            return Phrases.of_known(span, self.scene.voice)
        before = [
            p for p in self.scene.named if p.registry and p.span.end <= span.start and p.kind != "media"
        ]
        if not before:
            return None
        counts = Counter(p.registry for p in before)
        return self._copied(span, max(before, key=lambda p: (counts[p.registry], -p.span.start)))

    def _nearest(self, place: int, *, plural: bool, kinds: tuple[str, ...] = ()) -> Phrase | None:
        """Give the nearest mention before a place that agrees in number and kind.

        No person stands for `it`; for `they` people go before bodies, and no state or station is meant.
        """
        before = [p for p in self.scene.named[: bisect_left(self._starts, place)] if p.kind != "person"]
        fits = [p for p in before if not kinds or p.kind in kinds]
        if not plural:
            return fits[-1] if fits else None
        many = [p for p in fits if _is_many(p) and place - p.span.end < _REACH]
        return many[-1] if many else None

    def _nearest_person(self, place: int) -> Person | None:
        """Give the person for `he`: the first named before it in its sentence, else in the last with a name.

        Where the sentence has an earlier `he`, both are the same.
        """
        bounds = [place, *self._sentences_before(place)]
        earlier = _HE_WORD.search(self.text, bounds[1], place)
        if earlier and not self._named_between(bounds[1], earlier.start()):
            return self._nearest_person(earlier.start())
        for end, start in pairwise(bounds):
            if inside := self._named_between(start, end):
                return inside[0]
        return self.scene.people.before(place)

    def _sentences_before(self, place: int) -> list[int]:
        """Give where the sentence of a place and those before it begin, the nearest first."""
        floor = max(0, place - _BACK)
        ends = [found.end() for found in _SENTENCE_END.finditer(self.text, floor, place)]
        return [*reversed(ends), floor]

    def _named_between(self, start: int, end: int) -> list[Person]:
        return [p for p in self.scene.people.named if start <= p.start and p.end <= end]

    def _speaker(self, place: int) -> Person | None:
        """Give the person for `I`: the last one named before, else the first one named at all."""
        people = self.scene.people
        return people.before(place) or (people.named[0] if people.named else None)

    def _person(self, span: Span, person: Person | None) -> Phrase | None:
        if person is None:
            return None
        full = self.scene.people.by_name(person.words) or person
        return Phrase(span, ("person", fold(full.words[-1])), " ".join(full.words), "person")

    @staticmethod
    def _copied(span: Span, phrase: Phrase | None) -> Phrase | None:
        return replace(phrase, span=span, acronym=None) if phrase else None
