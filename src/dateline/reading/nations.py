"""Find the states that a text names: by name, by demonym, by a people's compound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from dateline.knowledge.gazetteer import Gazetteer
from dateline.reading.tokens import Token

__all__ = ["named_states", "states_in"]

LONGEST_STATE = 6  # words of `Democratic Republic of the Congo` and its like
DEMONYM_SHARE = 0.6  # a demonym says less of where things happened than the state's name


def states_in(tokens: Sequence[Token], gazetteer: Gazetteer) -> Iterator[tuple[int, int, str, bool]]:
    """Yield each state named: first token, number of tokens, alpha-3, and whether it is a demonym."""
    at = 0
    while at < len(tokens):
        found = _state_at(tokens, at, gazetteer) if tokens[at].capital else None
        if found:
            yield (at, *found)
        at += found[0] if found else 1


def _state_at(tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> tuple[int, str, bool] | None:
    names = [tokens[at].text]
    for token in tokens[at + 1 : at + LONGEST_STATE]:
        if token.start - tokens[at + len(names) - 1].end > 1:
            break
        names.append(token.text)
    for count in range(len(names), 0, -1):
        name = " ".join(names[:count])
        if code := gazetteer.state(name):
            return count, code, False
        if count <= 2 and (code := gazetteer.demonym(name)):
            return count, code, True
    return None


def named_states(tokens: Sequence[Token], gazetteer: Gazetteer) -> dict[str, float]:
    """Weigh how often each state is named, a demonym for less; by alpha-3."""
    weights: dict[str, float] = defaultdict(float)
    for _, _, code, demonym in states_in(tokens, gazetteer):
        weights[code] += DEMONYM_SHARE if demonym else 1.0
    return dict(weights)
