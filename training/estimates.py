"""Train what reads a text as a whole: how many dead and wounded it tells of, by the encoder's word vectors.

    python -m training.estimates gather OUT.npz              # vectors and tolls: GVA's training part, annotations
    python -m training.estimates folds OUT.npz FOLDS.json    # estimates of texts kept out of training, for tolls
    python -m training.estimates train OUT.npz               # writes src/dateline/reading/model/estimates.onnx

A shooting's dead and wounded are those of the archive; of every other annotated
text those that its annotated figures come to, so that it is not only
shootings that are known. The encoder stays as it is: its vectors of the title
and of the first window are read by a small net, as small as the model's 30 MB
leave room for. The measuring part of GVA is never read here.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from dateline.evaluation.gva import report_of
from dateline.incidents import link
from dateline.reading.encoder import Encoder
from dateline.reading.layers import ESTIMATED, HEADLINE, OPENING
from dateline.record import Record, Report
from training.agreement import to_record
from training.corpora import HERE, digest
from training.export import int8_rows
from training.linking import gva_rows
from training.tolls import frames

TARGET = HERE.parent / "src/dateline/reading/model/estimates.onnx"
SIZES = tuple(ESTIMATED.values())
FOLDS = 5
EPOCHS, BATCH, RATE, DECAY = 14, 32, 1e-3, 0.05
SEED = 3
PLACES = HEADLINE + OPENING
SMOOTHING = 0.05  # of the numbers: the archive has its own count
FEWEST = 200  # characters of an annotated text
# Annotations of the archive, which counts itself, second ones of a text, and single sentences.
_LEFT_OUT = ("gva", "twice", "evloc")

Floats = NDArray[np.float32]


class Drop(nn.Module):
    """Dropout of whole columns: random numbers for each word are half the cost of a step."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training:
            return x
        mask = torch.empty((x.shape[0], 1, x.shape[2])).bernoulli_(1 - self.share)
        return x * mask.div_(1 - self.share)


class Estimator(nn.Module):
    """Attention over the words of a text, by a few learned queries, and the numbers that they come to."""

    def __init__(self, width: int = 384, inner: int = 112, queries: int = 8, hidden: int = 80) -> None:
        super().__init__()
        self.enter = nn.Sequential(Drop(0.2), nn.Linear(width, inner), nn.LayerNorm(inner))
        self.places = nn.Embedding(PLACES, inner)
        nn.init.normal_(self.places.weight, std=0.05)
        self.mix = nn.Sequential(
            nn.Linear(inner, 2 * inner), nn.GELU(), Drop(0.2), nn.Linear(2 * inner, inner)
        )
        self.queries = nn.Parameter(torch.randn(queries, inner) * 0.1)
        self.leave = nn.Sequential(
            nn.Dropout(0.3), nn.Linear(queries * inner, hidden), nn.GELU(), nn.Dropout(0.3),
            nn.Linear(hidden, sum(SIZES)),
        )  # fmt: skip

    def forward(self, words: Tensor, places: Tensor, padded: Tensor | None = None) -> Tensor:
        """From words (B, W, width) and their places (W) to the log-probabilities of all numbers (B, N)."""
        entered = self.enter(words) + self.places(places)
        mixed = entered + self.mix(entered)
        scores = mixed @ self.queries.T
        if padded is not None:
            scores = scores.masked_fill(padded[..., None], -1e4)
        weights = scores.softmax(1)
        logits = self.leave((weights.transpose(1, 2) @ mixed).flatten(1))
        return torch.cat([part.log_softmax(-1) for part in logits.split(list(SIZES), dim=-1)], -1)


@dataclass(frozen=True)
class Data:
    """Texts by id and group, their numbers (texts, measures) capped, vectors of their words, what is padded."""

    ids: list[str]
    groups: list[str]
    numbers: Tensor
    words: Tensor
    padded: Tensor

    def folds(self) -> NDArray[np.int64]:
        """Give each text's fold: that of its incident."""
        return np.array([int(digest(f"fold{group}")[:8], 16) % FOLDS for group in self.groups])


def texts() -> Iterator[tuple[str, Report, Sequence[int]]]:
    """Yield group, report, dead and wounded of what may be trained on."""
    known = frames()
    for row in gva_rows():
        if row["incident"] in known:
            yield row["incident"], report_of(row), known[row["incident"]]
    for path in sorted((HERE / "annotations").glob("*.jsonl")):
        if path.name.startswith(_LEFT_OUT):
            continue
        for kept in map(json.loads, path.open(encoding="utf-8")):
            record = to_record(kept)
            if len(record.report.text) >= FEWEST and not kept["doc"].startswith("gva:"):
                yield kept["doc"], record.report, toll_of(record)


def toll_of(record: Record) -> list[int]:
    """Give the dead and wounded of what an annotated report is about."""
    lead = max(link([record]).incidents, key=lambda i: len(i.events), default=None)
    totals = lead.totals if lead else {}
    return [(totals[m].best or 0) if m in totals else 0 for m in ESTIMATED]


def gather(out: Path) -> None:
    """Write vectors and tolls."""
    encoder, ids, groups, numbers, words = Encoder(), [], [], [], []
    for group, report, toll in texts():
        ids.append(report.id)
        groups.append(group)
        numbers.append([min(n, size - 1) for n, size in zip(toll, SIZES, strict=True)])
        words.append([encoder.opening(report.title or "", HEADLINE), encoder.opening(report.text, OPENING)])
    write(out, ids, groups, numbers, words)


def write(
    out: Path, ids: Sequence[str], groups: Sequence[str], numbers: Sequence[Sequence[int]],
    words: Sequence[Sequence[Floats]],
) -> None:  # fmt: skip
    """Write ids, groups, capped numbers and the vectors of titles and openings."""
    flat = np.concatenate([part for both in words for part in both]).astype(np.float16)
    sizes = [[len(part) for part in both] for both in words]
    np.savez(out, ids=ids, groups=groups, numbers=numbers, words=flat, sizes=sizes)


def load(path: Path) -> Data:
    """Read what `gather` wrote, padded."""
    with np.load(path) as kept:
        ids, groups = kept["ids"].tolist(), kept["groups"].tolist()
        sizes, flat, numbers = kept["sizes"], kept["words"], kept["numbers"]
    words = np.zeros((len(ids), PLACES, flat.shape[1]), dtype=np.float16)
    padded = np.ones((len(ids), PLACES), dtype=bool)
    at = 0
    for n, both in enumerate(sizes.tolist()):
        for start, size in zip((0, HEADLINE), both, strict=True):
            words[n, start : start + size], padded[n, start : start + size] = flat[at : at + size], False
            at += size
    return Data(ids, groups, torch.from_numpy(numbers), torch.from_numpy(words), torch.from_numpy(padded))


def fit(data: Data, rows: NDArray[np.int64], seed: int) -> Estimator:
    """Train on some of the texts."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    net = Estimator()
    steps = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    pace = torch.optim.lr_scheduler.OneCycleLR(steps, RATE, EPOCHS * (len(rows) // BATCH + 1))
    for _ in range(EPOCHS):
        order = chance.permutation(rows)
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            loss = _loss(net, data, some)
            steps.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            steps.step()
            pace.step()
    return net.eval()


def _loss(net: Estimator, data: Data, rows: NDArray[np.int64]) -> Tensor:
    found = net(data.words[rows].float(), torch.arange(PLACES), data.padded[rows])
    parts = found.split(list(SIZES), dim=-1)
    return sum(
        (
            F.cross_entropy(part, data.numbers[rows, n], label_smoothing=SMOOTHING)
            for n, part in enumerate(parts)
        ),
        torch.zeros(()),
    )


@torch.no_grad()
def estimate(net: Estimator, data: Data, rows: NDArray[np.int64]) -> Floats:
    """Give the probabilities of all numbers for some of the texts."""
    parts = [rows[n : n + BATCH] for n in range(0, len(rows), BATCH)]
    given = [(data.words[some].float(), torch.arange(PLACES), data.padded[some]) for some in parts]
    found: Floats = np.concatenate([net(*one).exp().numpy() for one in given])
    return found


def keep_out(data: Data, out: Path, folds: Sequence[int]) -> None:
    """Write the estimates of each text by a net that hasn't seen its incident; tell how many are right."""
    fold_of, kept = data.folds(), {}
    for fold in folds:
        rows = np.flatnonzero(fold_of == fold)
        seen = np.flatnonzero(fold_of != fold)
        found = estimate(fit(data, seen, 10 * SEED + fold), data, rows)
        best = [part.argmax(-1) for part in np.split(found, [SIZES[0]], axis=-1)]
        right = [(b == data.numbers[rows, n].numpy()).mean() for n, b in enumerate(best)]
        print(
            f"fold {fold}: {len(rows)} texts, "
            + ", ".join(f"{m} {r:.3f}" for m, r in zip(ESTIMATED, right, strict=True))
        )
        for row, one in zip(rows, found.round(4), strict=True):
            kept[data.ids[row]] = [part.tolist() for part in np.split(one, [SIZES[0]])]
    out.write_text(json.dumps(kept), encoding="utf-8")


class _Small(nn.Module):
    """A layer whose table is kept as int8 with one scale a row."""

    def __init__(self, layer: nn.Linear | nn.Embedding) -> None:
        super().__init__()
        small, scale = int8_rows(layer.weight)
        self.register_buffer("table", small)
        self.register_buffer("scale", scale)
        self.bias = getattr(layer, "bias", None)

    def forward(self, x: Tensor) -> Tensor:
        weight = self.table.to(torch.float32) * self.scale
        return F.embedding(x, weight) if self.bias is None else F.linear(x, weight, self.bias)


class _Shipped(nn.Module):
    """The net for one text: from the words of its title and of its opening (W, width) to probabilities."""

    def __init__(self, net: Estimator) -> None:
        super().__init__()
        self.net = net

    def forward(self, title: Tensor, opening: Tensor) -> tuple[Tensor, ...]:
        places = torch.cat([torch.arange(title.shape[0]), HEADLINE + torch.arange(opening.shape[0])])
        found = self.net(torch.cat([title, opening])[None], places)
        return found[0].exp().split(list(SIZES))


def shrink(net: Estimator) -> Estimator:
    """Keep the tables of all layers as int8."""
    for parent in (net, *net.children()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.Linear | nn.Embedding):
                setattr(parent, name, _Small(child))
    return net


def export(net: Estimator, target: Path) -> None:
    """Write the net as ONNX; what is kept small is made whole as it is loaded."""
    torch.onnx.export(
        _Shipped(shrink(net)).eval(), (torch.zeros(10, 384), torch.zeros(30, 384)), target,
        input_names=["title", "opening"], output_names=list(ESTIMATED),
        dynamic_axes={"title": {0: "words"}, "opening": {0: "others"}},
        opset_version=17, dynamo=False, do_constant_folding=False,
    )  # fmt: skip
    _shorten(target)
    print(f"written {target}")


def _shorten(path: Path) -> None:
    """Give the tensors of a graph short names, and drop what says where they come from: 6 KB of 30 MB."""
    import onnx

    model = onnx.load(path)
    graph, names = model.graph, {}
    kept = {value.name for value in (*graph.input, *graph.output)}

    def short(name: str) -> str:
        return name if name in kept or not name else names.setdefault(name, f"{len(names):x}")

    for node in graph.node:
        node.ClearField("doc_string")
        node.ClearField("name")
        node.input[:], node.output[:] = map(short, node.input), map(short, node.output)
    for tensor in graph.initializer:
        tensor.name = short(tensor.name)
    del graph.value_info[:]
    onnx.checker.check_model(model)
    onnx.save(model, path)


def main() -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=("gather", "folds", "train"))
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=TARGET)
    parser.add_argument("--folds", type=int, nargs="*", default=range(FOLDS))
    options = parser.parse_args()
    if options.what == "gather":
        gather(options.data)
        return
    data = load(options.data)
    if options.what == "folds":
        keep_out(data, options.out, options.folds)
    else:
        export(fit(data, np.arange(len(data.ids)), SEED), options.out)


if __name__ == "__main__":
    main()
