"""Small scores by hand, so that each stage can be tested without the model."""

from __future__ import annotations

import numpy as np

from dateline.reading.encoder import Text
from dateline.reading.layers import ATTRIBUTES, CUE_LINKS, FIGURE_LINKS, TRIGGER_LINKS
from dateline.reading.mentions import Found, Query
from dateline.reading.segments import Window, sentences, words

LINKS = {"trigger": TRIGGER_LINKS, "figure": FIGURE_LINKS, "cue": CUE_LINKS}


class Sheet:
    """A text with mentions and links set by hand, phrases instead of indices."""

    def __init__(self, text: str) -> None:
        self.text, self.words = text, words(text)
        starts = [a for a, _ in sentences(text)]
        sentence = np.array([sum(s <= a for s in starts) - 1 for a, _ in self.words])
        count = len(self.words)
        cut = Text(text, self.words, [[1]] * count, [1] * count, sentence, [Window(0, count, 0, count)])
        self.found = Found(
            cut,
            place_scores=np.zeros(count, dtype=np.float32),
            group_scores=np.zeros((count, len(ATTRIBUTES["group"])), dtype=np.float32),
        )

    def at(self, phrase: str) -> tuple[int, int]:
        """Find the words of a phrase that stands once in the text."""
        assert self.text.count(phrase) == 1, phrase
        start = self.text.index(phrase)
        hit = [i for i, (a, b) in enumerate(self.words) if a >= start and b <= start + len(phrase)]
        return hit[0], hit[-1] + 1

    def query(
        self,
        kind: str,
        phrase: str,
        label: str,
        links: dict[str, list[str]] | None = None,
        **attributes: str,
    ) -> Query:
        """Add a trigger, figure or cue with the phrases that it links to at 0.9."""
        start, end = self.at(phrase)
        scores = np.zeros((len(self.words), len(LINKS[kind])), dtype=np.float32)
        for link, phrases in (links or {}).items():
            for other in phrases:
                a, b = self.at(other)
                scores[a:b, LINKS[kind].index(link)] = 0.9
        given = {name: _one_hot(name, attributes.get(name)) for name in ATTRIBUTES}
        made = Query(start, end, label, 0.8, 0, scores, given)
        getattr(self.found, {"trigger": "triggers", "figure": "figures", "cue": "cues"}[kind]).append(made)
        return made

    def source(self, phrase: str, kind: str) -> Query:
        """Add a source mention."""
        start, end = self.at(phrase)
        given = {name: _one_hot(name, kind if name == "kind" else None) for name in ATTRIBUTES}
        made = Query(start, end, "source", 0.8, attributes=given)
        self.found.sources.append(made)
        return made


def _one_hot(name: str, label: str | None) -> np.ndarray:
    out = np.full(len(ATTRIBUTES[name]), 0.01, dtype=np.float32)
    out[ATTRIBUTES[name].index(label) if label else 0] = 0.9
    return out
