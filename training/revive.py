"""Make a checkpoint of the model as it ships, to go on training from where checkpoints were lost.

    python -m training.revive CHECKPOINT [--model src/dateline/reading/model]

The encoder's weights come back from int8, each within half a step of what it was.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.export import KINDS, OUT
from training.model import Reader


def _constants(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    return {item.name: numpy_helper.to_array(item) for item in graph.initializer}


def _products(graph: onnx.GraphProto) -> dict[str, Tensor]:
    """Give the weights (out, in) of every product by the module that it stands for."""
    constants, out = _constants(graph), {}
    for node in graph.node:
        if node.op_type not in ("MatMul", "MatMulInteger", "Gemm"):
            continue
        known = [name for name in node.input if name in constants and constants[name].ndim == 2]
        if not known:
            continue
        weight = constants[known[0]].astype(np.float32)
        if known[0].endswith("_quantized"):
            weight = weight * constants[known[0].removesuffix("_quantized") + "_scale"]
        if node.op_type != "Gemm":
            weight = weight.T
        path = node.name.strip("/").split("/")[:-1]
        out[_module(".".join(path))] = torch.from_numpy(np.array(weight, order="C"))
    return out


def _module(path: str) -> str:
    """Name the module of a product: the keys of the three kinds of links are numbered in the graph."""
    name, _, number = path.partition("_")
    if name in ("key", "right") and number in ("", "1", "2"):
        return f"{KINDS[int(number or 0)]}.{name}"
    return path.removeprefix("head.")


def _near(graph: onnx.GraphProto) -> tuple[Tensor, Tensor]:
    """Part the table of distance and sentence, which the graph has as their sums (D, S, hidden)."""
    (table,) = [torch.from_numpy(np.array(v)) for v in _constants(graph).values() if v.ndim == 3]
    distance = table.mean(1)
    return distance, (table - distance[:, None]).mean(0)


def _named(graph: onnx.GraphProto, prefix: str) -> dict[str, Tensor]:
    return {
        name.removeprefix(prefix): torch.from_numpy(np.array(value))
        for name, value in _constants(graph).items()
        if name.startswith(prefix)
    }


def revive(folder: Path) -> dict[str, Tensor]:
    """Give the state of a `Reader` from the graphs in `folder`. Raises KeyError when one lacks a weight."""
    words = onnx.load(str(folder / "words.onnx")).graph
    given = _named(words, "model.")
    given["encoder.words.weight"] = given.pop("encoder.words.table").float() * given["encoder.words.scale"]
    given.update({f"{name}.weight": weight for name, weight in _products(words).items()})
    for kind in KINDS:
        graph = onnx.load(str(folder / f"{kind}.onnx")).graph
        given.update({f"{kind}.{name}": value for name, value in _named(graph, "head.").items()})
        given.update({f"{kind}.{name}.weight": weight for name, weight in _products(graph).items()})
        given[f"{kind}.distance.weight"], given[f"{kind}.sentence.weight"] = _near(graph)
    state = Reader().state_dict()
    for name, value in state.items():
        assert given[name].shape == value.shape, name
    return {name: given[name] for name in state}


def main() -> None:
    """Revive by the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--model", type=Path, default=OUT)
    options = parser.parse_args()
    options.checkpoint.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": revive(options.model)}, options.checkpoint)


if __name__ == "__main__":
    main()
