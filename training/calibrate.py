"""Fit the lines of `reading/calibration.py` on the annotated texts that were kept out of training.

    python -m training.calibrate --hold 12 [--model FOLDER]

Whole reports by others only, each kind of them (dispatches, local reports on shootings, other news) counting
alike: there are many of the first, and they are harder than what users read most. Lists of single sentences
are easier, and the reports that we wrote are made of hard cases.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from math import log
from pathlib import Path

import torch

from dateline.evaluation.calibration import expected_error
from dateline.reading import calibration
from dateline.reading.encoder import MODEL, Encoder
from dateline.reading.reader import Reader
from training.tune import held_rows, measure

Outcomes = list[tuple[float, bool]]
_LEFT_OUT = ("evloc:", "own:")
KINDS = ("muc4", "gva", "other")


def fit(kinds: Sequence[Outcomes]) -> tuple[float, float]:
    """Fit slope and intercept on the log odds by maximum likelihood, each kind of report counting alike."""
    rows = [(*_inside(outcome), 1.0 / len(kind)) for kind in kinds for outcome in kind]
    odds, right, weight = torch.tensor(
        [(log(c / (1 - c)), float(r), w) for c, r, w in rows], dtype=torch.float64
    ).unbind(1)
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    step = torch.optim.LBFGS([line], max_iter=200)

    def loss() -> torch.Tensor:
        step.zero_grad()
        out = torch.nn.functional.binary_cross_entropy_with_logits(
            line[0] * odds + line[1], right, weight=weight * (len(rows) / len(kinds))
        )
        out.backward()
        return out

    step.step(loss)
    return round(line[0].item(), 3), round(line[1].item(), 3)


def kind_of(doc: str) -> str:
    """Give the kind of report, one of `KINDS`, by a text's id."""
    source = doc.partition(":")[0]
    return source if source in KINDS else "other"


def _inside(outcome: tuple[float, bool]) -> tuple[float, bool]:
    return min(1 - 1e-4, max(1e-4, outcome[0])), outcome[1]


def main() -> None:
    """Fit by the module's docstring; print the lines and the error before and after."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--hold", type=int, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    options = parser.parse_args()
    calibration.LINES.update(dict.fromkeys(calibration.LINES, (1.0, 0.0)))
    reader = Reader(encoder=Encoder(options.model), any_language=True)
    rows = [row for row in held_rows(options.hold) if not row["doc"].startswith(_LEFT_OUT)]
    found = [measure(reader, [row for row in rows if kind_of(row["doc"]) == kind]).outcomes for kind in KINDS]
    for fact in calibration.LINES:
        line = fit([outcomes[fact] for outcomes in found])
        calibration.LINES[fact] = line
        before = [outcome for outcomes in found for outcome in outcomes[fact]]
        after = [(calibration.calibrated(fact, c), r) for c, r in before]
        print(f'    "{fact}": {line},  # ECE {expected_error(before):.3f} -> {expected_error(after):.3f}')


if __name__ == "__main__":
    main()
