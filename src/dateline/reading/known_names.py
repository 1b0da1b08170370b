"""Find the groups, bodies and agencies of the actor list wherever a text names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dateline.knowledge.actors import ActorRegistry
from dateline.reading.segments import is_shouting
from dateline.reading.tokens import Token, tokens_of

__all__ = ["find_known"]

LONGEST = 7  # words: "Al-Qaida in the Lands of the Islamic Maghreb"
SHORTEST_ACRONYM = 3  # letters: shorter ones are mostly initials and units
_KINDS = frozenset({"armed-group", "intergovernmental", "ngo", "media"})


def find_known(text: str, registry: ActorRegistry) -> list[tuple[int, int]]:
    """Find names of the list, the longest first where several begin together: (start, end) each.

    Governments, armies and companies are left to the phrases that take part in
    events: their names are those of places.
    """
    shouting = is_shouting(text)
    return list(_names(text, tokens_of(text), registry, shouting))


def _names(
    text: str, tokens: Sequence[Token], registry: ActorRegistry, shouting: bool
) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(tokens):
        count = _length(text, tokens, at, registry, shouting)
        if count:
            yield tokens[at].start, tokens[at + count - 1].end
        at += max(1, count)


def _length(text: str, tokens: Sequence[Token], at: int, registry: ActorRegistry, shouting: bool) -> int:
    """Count the words of the longest known name that begins here; 0 where none does."""
    if not tokens[at].text[0].isupper():
        return 0
    for count in range(min(LONGEST, len(tokens) - at), 0, -1):
        last = tokens[at + count - 1]
        if not last.text[0].isupper() or (count == 1 and not _may_stand_alone(tokens[at].text, shouting)):
            continue
        name = text[tokens[at].start : last.end]
        known = registry.lookup(name) if "\n" not in name else None
        if known is not None and known.kind in _KINDS:
            return count
    return 0


def _may_stand_alone(word: str, shouting: bool) -> bool:
    """A single word is a name by its capitals; in a text in capitals only a hyphen or digit tells."""
    letters = sum(c.isalpha() for c in word)
    if shouting:
        return letters >= SHORTEST_ACRONYM and (any(c.isdigit() for c in word) or letters <= 5)
    return letters >= SHORTEST_ACRONYM
