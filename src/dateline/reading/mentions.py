"""From the model's scores to mentions: triggers, figures, cues, sources, places, and their links.

Spans are word indices of the whole text, end exclusive. Each mention is taken
from the window in whose core it begins, where it has context on both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from dateline.reading.advice import advice_in
from dateline.reading.decoding import best_spans
from dateline.reading.encoder import Text, View
from dateline.reading.layers import ATTRIBUTES, LAYERS, OPENING
from dateline.reading.missions import missions_in
from dateline.reading.thresholds import Thresholds

__all__ = ["Found", "Mention", "Query", "find_fillers", "find_mentions", "runs"]

Floats = NDArray[np.float32]
GAP = 1  # words of doubt that a run bridges: a hyphen, an "of"
# What a new span costs; of 0, 0.5, 1 and 1.5 best on PolNeAR's train, and on the kept-out texts of MUC-4's.
ENTER = {"said": 1.0, "saying": 1.0, "filler": 1.5}
_LONG = frozenset({"said"})  # what runs over sentences: a quotation of two
SAYING = "saying"  # label of a cue as PolNeAR cuts it: the whole verb group, attitudes too
ADVISORY = "travel-advisory"
# What the model takes a fixed phrase for where it errs.
_TAKEN_FOR: dict[str, frozenset[str]] = {
    ADVISORY: frozenset(
        ("appeal", "threat", "restriction", "evacuation", "accusation", "aid", "sanction", "deployment")
    ),
    "mission-closure": frozenset(("restriction", "sanction", "withdrawal")),
    "mission-opening": frozenset(("support", "agreement", "talks")),
    "evacuation": frozenset(("sanction", "withdrawal", "displacement", "appeal")),
}
SPREAD = 0.6  # share of the least score at which words beside a sure one still belong to its phrase


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of words with its label and the probability of both."""

    start: int
    end: int
    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Query(Mention):
    """A mention that asked the pair scorers: `scores[word - offset, link]`."""

    offset: int = 0
    scores: Floats = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    attributes: dict[str, Floats] = field(default_factory=dict)

    @property
    def reach(self) -> tuple[int, int]:
        """The words [first, last) of the window in which it asked."""
        return self.offset, self.offset + len(self.scores)

    def score(self, start: int, end: int, link: int) -> float:
        """Give the mean score of a span of words for one link; 0 outside the window."""
        a, b = start - self.offset, end - self.offset
        if a < 0 or b > len(self.scores) or a >= b:
            return 0.0
        if b - a == 1:  # most often: a trigger is one word
            return float(self.scores[a, link])
        return float(self.scores[a:b, link].sum()) / (b - a)


@dataclass(slots=True)
class Found:
    """All mentions of one text; `opening` are the vectors of its first words, (words, width).

    `estimates`: how likely it tells of 0, 1, 2 and so on as a whole, by measure.
    """

    text: Text
    triggers: list[Query] = field(default_factory=list)
    figures: list[Query] = field(default_factory=list)
    cues: list[Query] = field(default_factory=list)
    sources: list[Query] = field(default_factory=list)
    speakers: list[Mention] = field(default_factory=list)
    sayings: list[Mention] = field(default_factory=list)
    said: list[Mention] = field(default_factory=list)
    fillers: list[Mention] = field(default_factory=list)
    places: list[Mention] = field(default_factory=list)
    times: list[Mention] = field(default_factory=list)
    actors: list[Mention] = field(default_factory=list)
    place_scores: Floats = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    group_scores: Floats = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    opening: Floats | None = None
    estimates: dict[str, tuple[float, ...]] = field(default_factory=dict)

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Turn a span of words into code point offsets."""
        return self.text.words[start][0], self.text.words[end - 1][1]


def _mention(layer: str, labels: Floats, start: int, end: int, offset: int = 0) -> Mention:
    """Name a span of words by its likeliest label; `labels`: (words, labels), `offset`: the first of them."""
    inside = labels[start:end]
    label = int(inside[:, 1:].mean(0).argmax()) + 1
    return Mention(start + offset, end + offset, LAYERS[layer][label], float(inside[:, label].mean()))


def _layer(view: View, layer: str, least: float) -> list[Mention]:
    """Find a layer's spans that begin in the window's core."""
    first, last = view.window.first - view.window.start, view.window.last - view.window.start
    spans = best_spans(
        1 - view.layers[layer][:, 0],
        view.begins[layer],
        None if layer in _LONG else view.sentence,
        least=least,
        enter=ENTER.get(layer, 0.0),
    )
    start = view.window.start
    return [_mention(layer, view.layers[layer], a, b, start) for a, b in spans if first <= a < last]


def _with_alone(own: list[Mention], wide: list[Mention]) -> list[Mention]:
    """Join the codebook's cues and those that PolNeAR alone has, these under the label of its layer."""
    alone = [
        Mention(m.start, m.end, SAYING, m.confidence)
        for m in wide
        if not any(m.start < o.end and o.start < m.end for o in own)
    ]
    return sorted([*own, *alone], key=lambda m: (m.start, m.end))


def _phrases(cut: Text) -> list[Mention]:
    """Find the fixed phrases of advice and of missions; their confidence is that of no doubt."""
    named = [(ADVISORY, *offsets) for offsets in advice_in(cut.text)]
    return [
        Mention(*cut.words_of(start, end), label, 1.0)
        for label, start, end in (*named, *missions_in(cut.text))
    ]


def _with_phrases(
    view: View, triggers: list[Mention], phrases: Sequence[Mention], sure: float
) -> list[Mention]:
    """Give the triggers of a window with the fixed phrases in its core, which the model may take otherwise.

    A trigger of a kind that such a phrase is taken for keeps its words and loses its label; where one of
    another kind stands the phrase is none; where none stands the phrase is one, as sure as one must be.
    """
    out = list(triggers)
    for phrase in phrases:
        if not view.window.first <= phrase.start < view.window.last:
            continue
        over = [at for at, m in enumerate(out) if m.start < phrase.end and phrase.start < m.end]
        if not over:
            out.append(Mention(phrase.start, phrase.end, phrase.label, sure))
        for at in over:
            if out[at].label in _TAKEN_FOR[phrase.label]:
                out[at] = replace(out[at], label=phrase.label)
    return sorted(out, key=lambda m: (m.start, m.end))


def _ask(view: View, layer: str, kind: str, mentions: list[Mention]) -> list[Query]:
    if not mentions:
        return []
    offset = view.window.start
    spans = [(m.start - offset, m.end - offset) for m in mentions]
    labels = [LAYERS[layer].index(m.label) if layer != "cue" else 0 for m in mentions]
    scores = view.links(kind, spans, labels)
    return [
        Query(m.start, m.end, m.label, m.confidence, offset, row, _attributes(view, a, b))
        for m, row, (a, b) in zip(mentions, scores, spans, strict=True)
    ]


def _attributes(view: View, start: int, end: int) -> dict[str, Floats]:
    return {name: view.attributes[name][start:end].mean(0) for name in ATTRIBUTES}


def find_mentions(cut: Text, views: Iterable[View], thresholds: Thresholds) -> Found:
    """Gather the mentions of all windows."""
    size = len(cut.words)
    phrases = _phrases(cut)
    found = Found(
        cut,
        place_scores=np.zeros(size, dtype=np.float32),
        group_scores=np.zeros((size, len(ATTRIBUTES["group"])), dtype=np.float32),
    )
    for view in views:
        offset = view.window.start
        if found.opening is None:
            found.opening = view.vectors[:OPENING]
        core = slice(view.window.first - offset, view.window.last - offset)
        found.place_scores[view.window.first : view.window.last] = view.layers["place"][core, 1]
        found.group_scores[view.window.first : view.window.last] = view.attributes["group"][core]
        triggers = _layer(view, "trigger", thresholds.trigger)
        triggers = _with_phrases(view, triggers, phrases, thresholds.trigger)
        found.triggers += _ask(view, "trigger", "triggers", triggers)
        found.figures += _ask(view, "figure", "figures", _layer(view, "figure", thresholds.figure))
        sayings = _layer(view, SAYING, thresholds.saying)
        cues = _with_alone(_layer(view, "cue", thresholds.cue), sayings)
        found.cues += _ask(view, "cue", "cues", cues)
        found.speakers += _layer(view, "speaker", thresholds.source)
        found.sayings += sayings
        found.said += _layer(view, "said", thresholds.said)
        found.sources += [
            Query(
                m.start, m.end, m.label, m.confidence,
                attributes=_attributes(view, m.start - offset, m.end - offset),
            )
            for m in _layer(view, "source", thresholds.source)
        ]  # fmt: skip
        found.places += _layer(view, "place", thresholds.place)
        found.times += _layer(view, "time", thresholds.time)
        found.actors += _layer(view, "actor", thresholds.actor)
    return found


def find_fillers(cut: Text, views: Iterable[View], least: float) -> Found:
    """Gather the mentions of the layer of fillers alone, which a record does not need; nothing is asked.

    Of a word that several views hold, their mean counts.
    """
    size, layer = len(cut.words), "filler"
    labels = np.zeros((size, len(LAYERS[layer])), dtype=np.float32)
    begins, times = np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32)
    for view in views:
        part = slice(view.window.start, view.window.end)
        labels[part] += view.layers[layer]
        begins[part] += view.begins[layer]
        times[part] += 1
    labels /= times[:, None]
    spans = best_spans(1 - labels[:, 0], begins / times, cut.sentence, least=least, enter=ENTER[layer])
    return Found(cut, fillers=[_mention(layer, labels, a, b) for a, b in spans])


def runs(query: Query, link: int, least: float, sentence: NDArray[np.int64]) -> list[tuple[int, int, float]]:
    """Find the runs of words that a query links to: (start, end, mean score), best first.

    A run needs a word at `least`; from there it spreads over words at half of
    that, bridging `GAP` words of doubt, and never over a sentence's end.
    """
    scores = query.scores[:, link]
    out: list[tuple[int, int, float]] = []
    at = 0
    for seed in np.flatnonzero(scores >= least).tolist():
        if seed < at:
            continue
        start, end = _spread(
            scores, seed, least * SPREAD, sentence[query.offset : query.offset + len(scores)]
        )
        out.append((start + query.offset, end + query.offset, float(scores[start:end].mean())))
        at = end
    return sorted(out, key=lambda r: (-r[2], r[0]))


def _spread(scores: Floats, at: int, least: float, sentence: NDArray[np.int64]) -> tuple[int, int]:
    start, end = at, at + 1
    while start > 0 and scores[start - 1] >= least and sentence[start - 1] == sentence[at]:
        start -= 1
    while end < len(scores) and sentence[end] == sentence[at]:
        if scores[end] >= least:
            end += 1
        elif _resumes(scores, end, least, sentence):
            end += GAP + 1
        else:
            break
    return start, end


def _resumes(scores: Floats, at: int, least: float, sentence: NDArray[np.int64]) -> bool:
    """Tell whether a run goes on right behind one word of doubt."""
    behind = at + GAP
    return (
        behind < len(scores)
        and sentence[behind] == sentence[at]
        and scores[behind] >= 2 * least
        and scores[at] >= least / 2
    )
