"""The reader's model: a small encoder, layers over words, and links between pairs of words."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dateline.reading.layers import ATTRIBUTES, CUE_LINKS, FIGURE_LINKS, LAYERS, TRIGGER_LINKS

SHAPES = 7
DISTANCES = 24
SENTENCES = 9
LAYER_SIZES = {name: len(labels) for name, labels in LAYERS.items()}
ATTRIBUTE_SIZES = {name: len(labels) for name, labels in ATTRIBUTES.items()}


@dataclass
class Shape:
    """The encoder's sizes, those of MiniLM-L6."""

    vocabulary: int = 30522
    width: int = 384
    depth: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512


class Drop(nn.Module):
    """Dropout with one mask for the whole batch: the random numbers are a fifth of the cost of a step."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.share:
            return x
        mask = torch.empty((1, *x.shape[1:]), dtype=x.dtype).bernoulli_(1 - self.share)
        return x * mask.div_(1 - self.share)


class Attention(nn.Module):
    """Self-attention with its residual, as in BERT."""

    def __init__(self, shape: Shape, drop: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = Drop(drop)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(batch, length, self.heads, width // self.heads).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        if self.training:  # the same, without keeping the scores of every pair
            mixed = F.scaled_dot_product_attention(q, k, v, None if mask is None else mask.to(q.dtype))
            mixed = mixed.transpose(1, 2).reshape(batch, length, width)
            return self.norm(x + self.drop(self.output(mixed)))
        scores = q @ k.transpose(-1, -2) / math.sqrt(width // self.heads)
        if mask is not None:
            scores = scores + mask
        mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, length, width)
        return self.norm(x + self.drop(self.output(mixed)))


class Block(nn.Module):
    """One layer of the encoder."""

    def __init__(self, shape: Shape, drop: float) -> None:
        super().__init__()
        self.attention = Attention(shape, drop)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = Drop(drop)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        x = self.attention(x, mask)
        return self.norm(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT with one addition: an embedding of each word's shape, which starts at nought."""

    def __init__(self, shape: Shape, drop: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.segments = nn.Parameter(torch.zeros(shape.width))
        self.shapes = nn.Embedding(SHAPES, shape.width)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.drop = Drop(drop)
        self.blocks = nn.ModuleList(Block(shape, drop) for _ in range(shape.depth))

    def forward(self, pieces: Tensor, shapes: Tensor, attend: Tensor | None) -> Tensor:
        where = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(where) + self.segments + self.shapes(shapes)
        x = self.drop(self.norm(x))
        mask = None if attend is None else (1.0 - attend[:, None, None, :].to(x.dtype)) * -1e4
        for block in self.blocks:
            x = block(x, mask)
        return x


class Links(nn.Module):
    """Score each word for each link from a query span, by both words, their distance and sentences."""

    def __init__(self, width: int, labels: int, links: int, hidden: int = 256, low: int = 128) -> None:
        super().__init__()
        self.label = nn.Embedding(labels, width)
        nn.init.normal_(self.label.weight, std=0.02)
        self.query, self.key = nn.Linear(width, hidden), nn.Linear(width, hidden)
        self.left, self.right = nn.Linear(width, low), nn.Linear(width, low)
        self.distance = nn.Embedding(DISTANCES, hidden)
        self.sentence = nn.Embedding(SENTENCES, hidden)
        self.drop = Drop(0.1)
        self.out = nn.Linear(hidden, links)
        self.mix = nn.Linear(low, links, bias=False)
        nn.init.constant_(self.out.bias, -3.0)

    def keys(self, words: Tensor) -> Tensor:
        """Prepare all words once: (..., hidden + low)."""
        return torch.cat([self.key(words), self.right(words)], -1)

    def forward(
        self, query: Tensor, label: Tensor, keys: Tensor, distance: Tensor, sentence: Tensor
    ) -> Tensor:
        """Score: query (Q, width), label (Q), keys (Q or 1, W, hidden + low), distance and sentence (Q, W)."""
        asked = query + self.label(label)
        hidden = self.query.out_features
        near = (self.distance.weight[:, None] + self.sentence.weight).to(keys.dtype).flatten(0, 1)
        mixed = self.query(asked)[:, None] + keys[..., :hidden] + near[distance * SENTENCES + sentence]
        both = self.left(asked)[:, None] * keys[..., hidden:]
        return self.out(self.drop(F.relu(mixed))) + self.mix(both)


class Reader(nn.Module):
    """Encoder and heads. Outputs are at words: the first piece of each."""

    def __init__(self, shape: Shape | None = None, drop: float = 0.1) -> None:
        super().__init__()
        self.shape = shape or Shape()
        width = self.shape.width
        self.encoder = Encoder(self.shape, drop)
        self.drop = Drop(drop)
        self.layer_sizes = list(LAYER_SIZES.values())
        self.tag_hidden = nn.Linear(width, width)
        self.tag = nn.Linear(width, sum(self.layer_sizes) + len(self.layer_sizes))
        self.attribute_hidden = nn.Linear(width, width)
        self.attribute = nn.Linear(width, sum(ATTRIBUTE_SIZES.values()))
        self.triggers = Links(width, LAYER_SIZES["trigger"], len(TRIGGER_LINKS))
        self.cues = Links(width, 1, len(CUE_LINKS))
        self.figures = Links(width, LAYER_SIZES["figure"], len(FIGURE_LINKS))

    def words(self, pieces: Tensor, shapes: Tensor, attend: Tensor | None, first: Tensor) -> Tensor:
        """Encode and gather at each word's first piece: (B, W, width); no `attend`: nothing is padded."""
        hidden = self.encoder(pieces, shapes, attend)
        return hidden.gather(1, first[..., None].expand(-1, -1, hidden.shape[-1]))

    def heads(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Give the logits of layers (with their begins behind them) and of attributes."""
        dropped = self.drop(words)
        tags = self.tag(words + self.drop(F.gelu(self.tag_hidden(dropped))))
        attributes = self.attribute(self.drop(F.gelu(self.attribute_hidden(dropped))))
        return tags, attributes


def distance_ids(start: Tensor, end: Tensor, size: int) -> Tensor:
    """Bucket the signed distance from query spans to words: (Q, W), 0 inside the query."""
    at = torch.arange(size, device=start.device)[None]
    ahead = (at - end[:, None] + 1).clamp(min=0)
    behind = (start[:, None] - at).clamp(min=0)
    far = ahead + behind
    bucket = torch.where(
        far <= 4, far, 4 + torch.log2(far.clamp(min=1) / 4.0).mul(2).ceil().long().clamp(0, 7)
    )
    return torch.where(behind > 0, bucket + 12, bucket).clamp(max=DISTANCES - 1)


def sentence_ids(query: Tensor, words: Tensor) -> Tensor:
    """Bucket the signed distance in sentences: (Q, W), 4 is the same sentence."""
    return (words - query[:, None]).clamp(-4, 4) + 4


def load_minilm(model: Reader, folder: Path) -> None:
    """Fill the encoder from the safetensors and config of a BERT-like encoder in `folder`."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert config["hidden_size"] == model.shape.width
    assert config["num_hidden_layers"] == model.shape.depth
    raw = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    state = {
        "words.weight": raw["embeddings.word_embeddings.weight"],
        "positions.weight": raw["embeddings.position_embeddings.weight"],
        "segments": raw["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
        "shapes.weight": torch.zeros(SHAPES, model.shape.width),
    }
    names = {
        "attention.query": "attention.self.query", "attention.key": "attention.self.key",
        "attention.value": "attention.self.value", "attention.output": "attention.output.dense",
        "attention.norm": "attention.output.LayerNorm", "up": "intermediate.dense",
        "down": "output.dense", "norm": "output.LayerNorm",
    }  # fmt: skip
    for at in range(model.shape.depth):
        for ours, theirs in names.items():
            for part in ("weight", "bias"):
                state[f"blocks.{at}.{ours}.{part}"] = raw[f"encoder.layer.{at}.{theirs}.{part}"]
    model.encoder.load_state_dict(state)
