"""Write the trained model as the package ships it: two ONNX graphs, tokenizer, card.

    python -m training.export CHECKPOINT [--out src/dateline/reading/model]

`words.onnx` is the encoder with its layers, its weights in int8 (dynamic
quantisation, one scale a channel); `links.onnx` holds the small pair scorers.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from training.model import Reader, distance_ids
from training.train import base_folder

OUT = Path(__file__).resolve().parent.parent / "src" / "dateline" / "reading" / "model"
KINDS = ("triggers", "cues", "figures")


def int8_rows(weight: Tensor) -> tuple[Tensor, Tensor]:
    """Round a table to int8, with one scale a row."""
    scale = weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
    return (weight.detach() / scale).round().to(torch.int8), scale


class SmallTable(nn.Module):
    """An embedding kept as int8 with one scale a row: a quarter of the size, no loss that shows."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        small, scale = int8_rows(table.weight)
        self.register_buffer("table", small)
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.table[ids].to(torch.float32) * self.scale[ids]


class Words(nn.Module):
    """From pieces to word vectors, tag logits, attribute logits and the keys of each link."""

    def __init__(self, model: Reader) -> None:
        super().__init__()
        self.model = model

    def forward(self, pieces: Tensor, shapes: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        words = self.model.words(pieces, shapes, None, first)
        keys = [getattr(self.model, kind).keys(words) for kind in KINDS]
        return (words, *self.model.heads(words), *keys)


class Link(nn.Module):
    """From one kind's query vectors to scores of every word."""

    def __init__(self, head: nn.Module) -> None:
        super().__init__()
        self.head = head

    def forward(
        self, query: Tensor, label: Tensor, keys: Tensor, distance: Tensor, sentence: Tensor
    ) -> Tensor:
        return torch.sigmoid(self.head(query, label, keys[None], distance, sentence))


def export_words(model: Reader, target: Path) -> None:
    """Trace the encoder with free batch, piece and word sizes, then quantise it."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    example = (
        torch.ones(2, 40, dtype=torch.long),
        torch.ones(2, 40, dtype=torch.long),
        torch.arange(30).repeat(2, 1),
    )
    names = ["words", "tags", "attributes", *(f"{kind}_keys" for kind in KINDS)]
    dynamic = {
        "pieces": {0: "batch", 1: "size"},
        "shapes": {0: "batch", 1: "size"},
        "first": {0: "batch", 1: "count"},
        **{name: {0: "batch", 1: "count"} for name in names},
    }
    with tempfile.TemporaryDirectory() as folder:
        raw, ready = Path(folder) / "raw.onnx", Path(folder) / "ready.onnx"
        torch.onnx.export(
            Words(model),
            example,
            raw,
            input_names=["pieces", "shapes", "first"],
            output_names=names,
            dynamic_axes=dynamic,
            opset_version=17,
            dynamo=False,
        )
        quant_pre_process(raw, ready, skip_symbolic_shape=True)
        keep = [
            n.name
            for n in onnx.load(ready).graph.node
            if n.op_type in ("MatMul", "Gemm") and not n.name.startswith("/encoder/")
        ]
        quantize_dynamic(
            ready,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            nodes_to_exclude=keep,
            op_types_to_quantize=["MatMul", "Gemm"],
        )


def export_links(model: Reader, folder: Path) -> None:
    """Write one small graph a kind of query."""
    for kind in KINDS:
        head = getattr(model, kind)
        width = head.query.in_features + 0
        size = head.query.out_features + head.left.out_features
        start = torch.tensor([3, 5])
        example = (
            torch.zeros(2, width),
            torch.zeros(2, dtype=torch.long),
            torch.zeros(12, size),
            distance_ids(start, start + 1, 12),
            torch.full((2, 12), 4),
        )
        torch.onnx.export(
            Link(head),
            example,
            folder / f"{kind}.onnx",
            input_names=["query", "label", "keys", "distance", "sentence"],
            output_names=["scores"],
            dynamic_axes={
                "query": {0: "asked"},
                "label": {0: "asked"},
                "keys": {0: "count"},
                "distance": {0: "asked", 1: "count"},
                "sentence": {0: "asked", 1: "count"},
                "scores": {0: "asked", 1: "count"},
            },
            opset_version=17,
            dynamo=False,
        )


def slim_tokenizer(target: Path) -> None:
    """Copy the tokenizer without truncation and padding."""
    row = json.loads((base_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    row["truncation"] = row["padding"] = None
    short = json.dumps(row, ensure_ascii=False, separators=(",", ":"))
    target.write_text(short, encoding="utf-8")


def main() -> None:
    """Export by the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    model = Reader()
    model.load_state_dict(torch.load(options.checkpoint)["model"])
    model.eval()
    model.encoder.words = SmallTable(model.encoder.words)
    export_words(model, options.out / "words.onnx")
    export_links(model, options.out)
    slim_tokenizer(options.out / "tokenizer.json")
    for path in sorted(options.out.iterdir()):
        print(path.name, np.round(path.stat().st_size / 1e6, 2), "MB")


if __name__ == "__main__":
    main()
