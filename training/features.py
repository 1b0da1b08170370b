"""From examples to what the model learns on: windows of words with labels and masks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

from dateline.codebook import FIGURE_STATUSES, GROUPS, KINDS, MEASURES, STATUSES, TYPES
from dateline.reading.layers import CUE_LINKS, FIGURE_LINKS, LAYERS, TRIGGER_LINKS
from dateline.reading.segments import Window, windows
from training.examples import Example, Offsets

IGNORE = -100
_TYPE = {name: i + 1 for i, name in enumerate(TYPES)}
_MEASURE = {name: i + 1 for i, name in enumerate(MEASURES)}
_STATUS = {name: i for i, name in enumerate(STATUSES)}
_GROUP = {name: i for i, name in enumerate(GROUPS)}
_KIND = {name: i for i, name in enumerate(KINDS)}
_FIGURE_STATUS = {name: i for i, name in enumerate(FIGURE_STATUSES)}


@dataclass
class Query:
    """A span [start, end) of words that asks about the others: labels (words x links) and their mask."""

    start: int
    end: int
    label: int
    links: np.ndarray
    mask: np.ndarray


@dataclass
class Sample:
    """One window: word pieces, words, labels of each layer and of each query."""

    pieces: list[int]
    first: list[int]
    shapes: list[int]
    sentence: list[int]
    layers: dict[str, np.ndarray]
    begins: dict[str, np.ndarray]
    attributes: dict[str, np.ndarray]
    triggers: list[Query] = field(default_factory=list)
    cues: list[Query] = field(default_factory=list)
    figures: list[Query] = field(default_factory=list)
    doc: str = ""


@dataclass
class Cut:
    """A text cut into words that have pieces, with the index of each sentence's first word."""

    spans: list[Offsets]
    pieces: list[list[int]]
    bounds: list[int]
    shapes: list[int]

    @property
    def sentence(self) -> np.ndarray:
        out = np.zeros(len(self.spans), dtype=np.int64)
        for at in self.bounds[1:-1]:
            out[at:] += 1
        return out


def cut(text: str, tokenizer: Tokenizer) -> Cut:
    """Cut a text as the reader does."""
    from dateline.reading.segments import cut_text

    return Cut(*cut_text(text, tokenizer))


class Labels:
    """The labels of one example over all its words, to be sliced into windows."""

    def __init__(self, example: Example, made: Cut, common: frozenset[str]) -> None:
        self.example, self.cut, self.common = example, made, common
        size = len(made.spans)
        full = 0 if example.full else IGNORE
        said = 0 if example.sayings_full else IGNORE
        self.layers = {name: np.full(size, said if name in ("cue", "source") else full) for name in LAYERS}
        for name in ("place", "time", "actor"):
            self.layers[name] = self._entity_ground()
        wire = 0 if example.contents_full else IGNORE
        for name in ("speaker", "saying", "said"):
            self.layers[name] = np.full(size, wire)
        self.layers["filler"] = np.full(size, 0 if example.fillers is not None else IGNORE)
        self.begins = {name: np.full(size, IGNORE) for name in LAYERS}
        self.attributes = {
            name: np.full(size, IGNORE) for name in ("status", "group", "figure_status", "kind")
        }
        self._mark()

    def _entity_ground(self) -> np.ndarray:
        """Entities that a corpus does not tell are negative only at words that are never names."""
        size = len(self.cut.spans)
        if self.example.entities_full:
            return np.zeros(size, dtype=np.int64)
        out = np.full(size, IGNORE)
        for at, (a, b) in enumerate(self.cut.spans):
            if self.example.text[a:b].casefold() in self.common:
                out[at] = 0
        return out

    def where(self, offsets: Offsets) -> tuple[int, int] | None:
        """Find the words that a span covers."""
        hit = [i for i, (a, b) in enumerate(self.cut.spans) if a < offsets[1] and b > offsets[0]]
        return (hit[0], hit[-1] + 1) if hit else None

    def _put(self, layer: str, offsets: Offsets | None, value: int = 1) -> tuple[int, int] | None:
        found = self.where(offsets) if offsets else None
        if found:
            a, b = found
            self.layers[layer][a:b] = value
            self.begins[layer][a:b] = 0
            self.begins[layer][a] = 1
        return found

    def _mark(self) -> None:
        ex = self.example
        for trigger in ex.triggers:
            if trigger.type:
                found = self._put("trigger", trigger.span, _TYPE[trigger.type])
                if found and trigger.status:
                    self.attributes["status"][found[0] : found[1]] = _STATUS[trigger.status]
            for role, span in trigger.arguments:
                layer = {"where": "place", "when": "time", "agent": "actor"}.get(role)
                if layer and ex.full:
                    self._put(layer, span)
        for count in ex.counts:
            found = self._put("figure", count.span, _MEASURE[count.measure])
            counted = self.where(count.who) if count.who else None
            if counted:
                self.attributes["group"][counted[0] : counted[1]] = _GROUP[count.group]
            if found:
                self.attributes["group"][found[0] : found[1]] = _GROUP[count.group]
                self.attributes["figure_status"][found[0] : found[1]] = _FIGURE_STATUS[count.status]
        for saying in ex.sayings:
            self._put("cue", saying.cue)
            if ex.contents_full:
                self._put("saying", saying.cue)
                self._put("speaker", saying.source)
                for content in saying.content or ():
                    self._put("said", content)
            found = self._put("source", saying.source)
            if found and saying.kind:
                self.attributes["kind"][found[0] : found[1]] = _KIND[saying.kind]
                self._put("actor", saying.source)
        for layer, span in ex.entities:
            self._put(layer, span)
        for value, span in ex.fillers or ():
            self._put("filler", span, value)

    def queries(self) -> tuple[list[Query], list[Query], list[Query]]:
        """Make the queries of triggers, cues and figures over all words."""
        return self._triggers(), self._cues(), self._figures()

    def _triggers(self) -> list[Query]:
        size, out = len(self.cut.spans), []
        spots = [(t, self.where(t.span)) for t in self.example.triggers]
        for trigger, spot in spots:
            if not spot:
                continue
            links = np.zeros((size, len(TRIGGER_LINKS)), dtype=np.float32)
            mask = np.ones_like(links)
            for role, span in trigger.arguments:
                found = self.where(span)
                if found:
                    links[found[0] : found[1], TRIGGER_LINKS.index(role)] = 1
            told = {role for role, _ in trigger.arguments}
            if not self.example.full:
                only = {"where"} if self.example.doc.startswith("evloc") else told | {"where"}
                for role in TRIGGER_LINKS:
                    if role not in only:
                        mask[:, TRIGGER_LINKS.index(role)] = 0
            same = TRIGGER_LINKS.index("same")
            mask[:, same] = 0
            if self.example.full:
                for other, place in spots:
                    if place and other is not trigger:
                        mask[place[0] : place[1], same] = 1
                        links[place[0] : place[1], same] = float(other.key == trigger.key is not None)
            out.append(Query(*spot, _TYPE.get(trigger.type or "", 0), links, mask))
        return out

    def _cues(self) -> list[Query]:
        size, out, ex = len(self.cut.spans), [], self.example
        source, via, content = (CUE_LINKS.index(n) for n in ("source", "via", "content"))
        for saying in ex.sayings:
            spot = self.where(saying.cue) if saying.cue else None
            if not spot:
                continue
            links = np.zeros((size, len(CUE_LINKS)), dtype=np.float32)
            mask = np.ones_like(links)
            for column, span in ((source, saying.source), (via, saying.via)):
                found = self.where(span) if span else None
                if found:
                    links[found[0] : found[1], column] = 1
            if saying.content is None:
                mask[:, content] = 0
                for item in [*ex.triggers, *ex.counts]:
                    found = self.where(item.span)
                    if found:
                        mask[found[0] : found[1], content] = 3
                        links[found[0] : found[1], content] = float(item.claim == saying.key)
            else:
                mask[:, via] = 0
                for span in saying.content:
                    found = self.where(span)
                    if found:
                        links[found[0] : found[1], content] = 1
            out.append(Query(*spot, 0, links, mask))
        return out

    def _figures(self) -> list[Query]:
        size, out, ex = len(self.cut.spans), [], self.example
        who, event = FIGURE_LINKS.index("who"), FIGURE_LINKS.index("event")
        for count in ex.counts:
            spot = self.where(count.span)
            if not spot:
                continue
            links = np.zeros((size, len(FIGURE_LINKS)), dtype=np.float32)
            mask = np.ones_like(links)
            found = self.where(count.who) if count.who else None
            if found:
                links[found[0] : found[1], who] = 1
            mask[:, event] = 0
            for trigger in ex.triggers:
                place = self.where(trigger.span)
                if place:
                    mask[place[0] : place[1], event] = 1
                    links[place[0] : place[1], event] = float(trigger.key == count.event is not None)
            out.append(Query(*spot, _MEASURE[count.measure], links, mask))
        return out


def _slice(query: Query, window: Window) -> Query | None:
    if query.start < window.start or query.end > window.end:
        return None
    part = slice(window.start, window.end)
    return Query(
        query.start - window.start, query.end - window.start, query.label, query.links[part], query.mask[part]
    )


def samples(example: Example, tokenizer: Tokenizer, common: frozenset[str]) -> Iterator[Sample]:
    """Cut one example into windows with their labels."""
    made = cut(example.text, tokenizer)
    if not made.spans:
        return
    labels = Labels(example, made, common)
    asked = labels.queries()
    sentence = made.sentence
    for window in windows([len(p) for p in made.pieces], made.bounds):
        part = slice(window.start, window.end)
        pieces, first = [101], []
        for word in made.pieces[part]:
            first.append(len(pieces))
            pieces += word
        kept = [[q for q in (_slice(q, window) for q in group) if q] for group in asked]
        yield Sample(
            [*pieces, 102],
            first,
            made.shapes[part],
            (sentence[part] - sentence[window.start]).tolist(),
            {k: v[part] for k, v in labels.layers.items()},
            {k: v[part] for k, v in labels.begins.items()},
            {k: v[part] for k, v in labels.attributes.items()},
            *kept,
            doc=example.doc,
        )


def common_words(texts: Iterable[str], least: int = 5) -> frozenset[str]:
    """Give the words that texts write in lower case: these name no place and no one."""
    seen: Counter[str] = Counter()
    for text in texts:
        seen.update(re.findall(r"(?<![\w.])[a-z]+|[^\w\s]|\d+", text))
    return frozenset(word for word, n in seen.items() if n >= least)
