"""Run the reader's model over a text, window by window.

The one pass of the encoder gives each word's layers and attributes; the pair
scorers then ask, for any span of the same window, how every other word stands
to it. Nothing of a window is kept once it is left, so memory stays flat.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from dateline.errors import AssetError
from dateline.reading.distances import distance_ids, sentence_ids
from dateline.reading.layers import ATTRIBUTES, ESTIMATED, LAYERS
from dateline.reading.segments import Window, Word, cut_text, windows

__all__ = ["MODEL", "Encoder", "Text", "View"]

MODEL = Path(__file__).parent / "model"
_OPEN, _CLOSE = 101, 102  # [CLS] and [SEP] of the vocabulary
_BRACKET_SHAPE = 6
ASKED_AT_ONCE = 32  # queries of one call: each takes half a megabyte while it is scored
_LINKS = ("triggers", "cues", "figures")
_ESTIMATES = "estimates"
_WIDTH = 384  # of the vectors

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Text:
    """A text cut for reading: its words, the sentence of each, and the windows."""

    text: str
    words: list[Word]
    pieces: list[list[int]]
    shapes: list[int]
    sentence: Ints
    windows: list[Window]

    def sentence_words(self, number: int) -> tuple[int, int]:
        """Give the words [first, last) of a sentence."""
        first, last = np.searchsorted(self.sentence, [number, number + 1])
        return int(first), int(last)

    def words_of(self, start: int, end: int) -> tuple[int, int]:
        """Give the words [first, last) that a stretch of code points touches."""
        first = bisect_right(self.words, start, key=lambda word: word[1])
        return first, bisect_left(self.words, end, lo=first, key=lambda word: word[0])


@dataclass(slots=True)
class View:
    """What the model says of one window; word indices are the window's own.

    `vectors`: (words, width). `layers[name]`: probabilities (words, labels), label 0 is none; `begins`:
    probability that a word begins a new span; `attributes[name]`: (words, labels).
    """

    window: Window
    sentence: Ints
    layers: dict[str, Floats]
    begins: dict[str, Floats]
    attributes: dict[str, Floats]
    vectors: Floats
    _keys: dict[str, Floats]
    _scorers: dict[str, Any] = field(repr=False)

    def links(self, kind: str, spans: Sequence[tuple[int, int]], labels: Sequence[int]) -> Floats:
        """Score every word for every link of each query span: (spans, words, links), 0 to 1."""
        parts = [
            self._scores(kind, spans[at : at + ASKED_AT_ONCE], labels[at : at + ASKED_AT_ONCE])
            for at in range(0, len(spans), ASKED_AT_ONCE)
        ]
        return np.concatenate(parts)

    def _scores(self, kind: str, spans: Sequence[tuple[int, int]], labels: Sequence[int]) -> Floats:
        start = np.array([a for a, _ in spans], dtype=np.int64)
        end = np.array([b for _, b in spans], dtype=np.int64)
        inputs = {
            "query": np.stack([self.vectors[a:b].mean(0) for a, b in spans]),
            "label": np.array(labels, dtype=np.int64),
            "keys": self._keys[kind],
            "distance": distance_ids(start, end, len(self.sentence)),
            "sentence": sentence_ids(self.sentence[start], self.sentence),
        }
        scores: Floats = self._scorers[kind].run(None, inputs)[0]
        return scores


def _softmax(x: Floats) -> Floats:
    raised = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = raised / raised.sum(-1, keepdims=True)
    return out


def _split(logits: Floats, labels: dict[str, tuple[str, ...]]) -> dict[str, Floats]:
    out, at = {}, 0
    for name, names in labels.items():
        out[name] = _softmax(logits[:, at : at + len(names)])
        at += len(names)
    return out


class Encoder:
    """The model: an int8 ONNX graph over words and three small pair scorers."""

    def __init__(self, folder: Path = MODEL, *, threads: int | None = None) -> None:
        """Load the model; `threads` defaults to the processors at hand, at most four.

        Raises AssetError when a file is missing or damaged.
        """
        self._folder = folder
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or min(4, os.cpu_count() or 1)
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # else idle threads
        options.add_session_config_entry("session.x64quantprecision", "1")  # the same on every processor
        options.log_severity_level = 3
        small = onnxruntime.SessionOptions()
        small.intra_op_num_threads = 1
        small.log_severity_level = 3
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._words = self._session(folder / "words.onnx", options)
            self._scorers = {
                kind: self._session(folder / f"{kind}.onnx", small) for kind in (*_LINKS, _ESTIMATES)
            }
        except Exception as problem:
            what = "the reader's model can't be loaded"
            raise AssetError(what, where=str(folder), hint="install the package anew") from problem

    @staticmethod
    def _session(path: Path, options: Any) -> Any:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def alone(self) -> Encoder:
        """Give an encoder of the same model that uses one thread, to run several side by side."""
        return type(self)(self._folder, threads=1)

    def cut(self, text: str) -> Text:
        """Cut a text into words, sentences and windows."""
        spans, pieces, bounds, shapes = cut_text(text, self._tokenizer)
        sentence = np.zeros(len(spans), dtype=np.int64)
        sentence[[b for b in bounds[1:-1] if b < len(spans)]] = 1
        return Text(
            text, spans, pieces, shapes, np.cumsum(sentence), windows([len(p) for p in pieces], bounds)
        )

    def opening(self, text: str, words: int) -> Floats:
        """Give the vectors of so many of a text's first words, as far as its first window has them."""
        view = next(self.views(self.cut(text)), None)
        return np.zeros((0, _WIDTH), dtype=np.float32) if view is None else view.vectors[:words]

    def estimates(self, title: Floats, opening: Floats) -> dict[str, Floats]:
        """Estimate how many a report tells of, by measure: the probability of each number."""
        found = self._scorers[_ESTIMATES].run(None, {"title": title, "opening": opening})
        return dict(zip(ESTIMATED, found, strict=True))

    def views(self, cut: Text) -> Iterator[View]:
        """Read a text window by window, in order."""
        for window in cut.windows:
            yield self._view(cut, window)

    def _view(self, cut: Text, window: Window) -> View:
        pieces, first, shapes = [_OPEN], [], [_BRACKET_SHAPE]
        for word, shape in zip(
            cut.pieces[window.start : window.end], cut.shapes[window.start : window.end], strict=True
        ):
            first.append(len(pieces))
            pieces += word
            shapes += [shape] * len(word)
        pieces.append(_CLOSE)
        shapes.append(_BRACKET_SHAPE)
        inputs = {
            "pieces": np.array([pieces], dtype=np.int64),
            "shapes": np.array([shapes], dtype=np.int64),
            "first": np.array([first], dtype=np.int64),
        }
        vectors, tags, attributes, *keys = (out[0] for out in self._words.run(None, inputs))
        classes = sum(len(labels) for labels in LAYERS.values())
        begins = 1 / (1 + np.exp(-tags[:, classes:]))
        return View(
            window,
            cut.sentence[window.start : window.end],
            _split(tags[:, :classes], LAYERS),
            {name: begins[:, at] for at, name in enumerate(LAYERS)},
            _split(attributes, ATTRIBUTES),
            vectors,
            dict(zip(_LINKS, keys, strict=True)),
            self._scorers,
        )
