"""Fit the weights by which MUC-4's role fillers are chosen: `python -m training.fillers --hold 12`.

    python -m training.fillers --hold 12 [--model FOLDER]

Reads MUC-4's train with the reader and asks for each entity whether the keys
have it in its role. The weights are fitted to the texts that the reader was
trained on (maximum a posteriori), and from there to those kept out, on which
its probabilities are those of a new text. The least probability is half of the
F1 that is reached on those, each judged by weights fitted without it: where
probabilities hold, no other line has a better one. tst1 and tst2 play no part,
nor do the texts of the dev gold. Writes `evaluation/mappings/muc4_weights.toml`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.evaluation.muc4.entities import FEATURES, GROUPS, Entity, entities
from dateline.evaluation.muc4.measure import DESCRIBED, gold_fillers
from dateline.evaluation.muc4.naming import ROLES, Namer
from dateline.reading.encoder import MODEL, Encoder, Text, View
from dateline.reading.reader import Reader
from dateline.record import Report
from training.annotate import pool
from training.corpora import HERE, held
from training.examples import muc4_keys

Floats = NDArray[np.float64]
TARGET = HERE.parent / "src" / "dateline" / "evaluation" / "mappings" / "muc4_weights.toml"
NAMES = (*GROUPS, *FEATURES)
PRIOR = np.array([float(name == "likeliest") for name in NAMES])
PULL = np.array([0.5] * len(GROUPS) + [2.0] * len(FEATURES))  # strength of the prior, in entities
KEEP = 20.0  # how much stronger what the other texts say pulls the weights for the texts kept out
FOLDS = 8
FIRST = 0.3  # the least probability from which half of the F1 is looked for


@dataclass
class Dispatch:
    """One text: features (entities x names), whether each is right, and how many fillers its keys have."""

    features: Floats
    right: NDArray[np.bool_]
    named: NDArray[np.bool_]
    wanted: int
    kept_out: bool


class Last(Encoder):
    """An encoder that remembers what it saw of the last text."""

    _cut: Text | None = None
    _seen: tuple[View, ...] = ()

    def views(self, cut: Text) -> Iterator[View]:
        """Read a text, once where its windows are the same as before."""
        last = self._cut
        if last is None or (cut.text, cut.windows) != (last.text, last.windows):
            self._cut, self._seen = cut, tuple(super().views(cut))
        return iter(self._seen)


def dispatches(model: Path, every: int) -> Iterator[Dispatch]:
    """Read MUC-4's train, one dispatch after the other."""
    reader, namer, keys = Reader(encoder=Last(model), any_language=True), Namer.open(), muc4_keys()
    for doc, text in pool("muc4").items():
        report = Report.of(text, language="en")
        found = entities(reader.read(report), reader.parties(report), namer)
        gold = gold_fillers(keys.get(doc.split(":", 1)[1], ()), text)
        yield dispatch(found, gold, kept_out=held(doc, every))


def dispatch(found: Sequence[Entity], gold: dict[str, list[frozenset[str]]], *, kept_out: bool) -> Dispatch:
    """Compare the entities of one text with its keys."""
    features = np.zeros((len(found), len(NAMES)))
    for row, entity in zip(features, found, strict=True):
        row[NAMES.index(entity.group)] = 1.0
        for name, value in entity.features.items():
            row[NAMES.index(name)] = value
    right = np.array(list(_right(found, gold)), dtype=bool)
    named = np.array([entity.group != "Described" for entity in found], dtype=bool)
    return Dispatch(features, right, named, sum(len(gold[role]) for role in ROLES), kept_out)


def _right(found: Sequence[Entity], gold: dict[str, list[frozenset[str]]]) -> Iterator[bool]:
    """Tell of each whether it is in the keys; what a likelier one has already met counts no more."""
    taken: set[tuple[str, int]] = set()
    for entity in found:
        slot = DESCRIBED if entity.group == "Described" else entity.role
        at = next((i for i, g in enumerate(gold[slot]) if entity.key in g and (slot, i) not in taken), None)
        if at is not None:
            taken.add((slot, at))
        yield at is not None


def fit(texts: Sequence[Dispatch]) -> Floats:
    """Fit the weights: to the texts the reader was trained on, from there to those kept out."""
    seen, kept = ([t for t in texts if t.kept_out is out] for out in (False, True))
    first = _posterior(seen, PRIOR, PULL)
    return _posterior(kept, first, PULL * KEEP)


def _posterior(texts: Sequence[Dispatch], prior: Floats, pull: Floats) -> Floats:
    """Find the most likely weights by Newton's method."""
    weights = prior.copy()
    if not texts:
        return weights
    x, y = np.concatenate([t.features for t in texts]), np.concatenate([t.right for t in texts])
    for _ in range(50):
        likely = _likely(x, weights)
        slope = x.T @ (y - likely) - pull * (weights - prior)
        bend = (x.T * (likely * (1 - likely))) @ x + np.diag(pull)
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def _likely(features: Floats, weights: Floats) -> Floats:
    out: Floats = 1 / (1 + np.exp(-features @ weights))
    return out


def judged(texts: Sequence[Dispatch]) -> list[Floats]:
    """Give the probabilities of each text's entities by weights fitted without it."""
    out: list[Floats] = [np.zeros(0)] * len(texts)
    for fold in range(FOLDS):
        weights = fit([t for i, t in enumerate(texts) if i % FOLDS != fold])
        for i in range(fold, len(texts), FOLDS):
            out[i] = _likely(texts[i].features, weights)
    return out


def f1(texts: Sequence[Dispatch], likely: Sequence[Floats], least: float) -> float:
    """Give F1 over all roles, described victims left out."""
    chosen = [(p >= least) & t.named for t, p in zip(texts, likely, strict=True)]
    right = sum(int((c & t.right).sum()) for t, c in zip(texts, chosen, strict=True))
    return 2 * right / (sum(int(c.sum()) for c in chosen) + sum(t.wanted for t in texts))


def write(weights: Floats, least: float, told: str) -> str:
    """Write the file of weights."""
    value = dict(zip(NAMES, weights, strict=True))
    lines = [
        "# Weights of MUC-4's role fillers, in log-odds: what a feature adds to an entity's score.",
        f"# Written by training/fillers.py; {told}.",
        "",
        f"least = {least:.2f}  # the probability from which an entity fills its role",
        "",
        "[bias]",
        *(f"{name} = {value[name]:.3f}" for name in GROUPS),
        "",
        "[weights]",
        *(f"{name} = {value[name]:.3f}  # {meaning}" for name, meaning in FEATURES.items()),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fit by the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument(
        "--hold", type=int, required=True, help="the texts that the reader was not trained on"
    )
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--target", type=Path, default=TARGET)
    options = parser.parse_args()
    texts = list(dispatches(options.model, options.hold))
    likely = judged(texts)
    kept = [i for i, text in enumerate(texts) if text.kept_out]
    new, of_new = [texts[i] for i in kept], [likely[i] for i in kept]
    least = f1(new, of_new, FIRST) / 2
    told = (
        f"F1 of {len(texts)} texts of train, each judged without itself: {f1(texts, likely, least):.3f}; of"
        f" the {len(kept)} kept out: {f1(new, of_new, least):.3f}"
    )
    options.target.write_text(write(fit(texts), least, told), encoding="utf-8")
    print(told, f"least {least:.2f}")


if __name__ == "__main__":
    main()
