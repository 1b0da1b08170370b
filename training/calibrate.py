"""Fit the lines of `reading/calibration.py` on the annotated texts that were kept out of training.

    python -m training.calibrate --hold 12 [--model FOLDER]

Whole reports on crises by others only. Lists of single sentences and the local reports on shootings,
one like the other, are easier than these, and the reports that we wrote are made of hard cases: none of
them has as many right facts as what users read.
"""

from __future__ import annotations

import argparse
from math import log
from pathlib import Path

import torch

from dateline.evaluation.calibration import expected_error
from dateline.reading import calibration
from dateline.reading.encoder import MODEL, Encoder
from dateline.reading.reader import Reader
from training.tune import held_rows, measure

Outcomes = list[tuple[float, bool]]
_OTHER = ("evloc:", "own:", "gva:")


def fit(outcomes: Outcomes) -> tuple[float, float]:
    """Fit slope and intercept on the log odds by maximum likelihood."""
    odds = torch.tensor([log(c / (1 - c)) for c, _ in (_inside(o) for o in outcomes)], dtype=torch.float64)
    right = torch.tensor([float(r) for _, r in outcomes], dtype=torch.float64)
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    step = torch.optim.LBFGS([line], max_iter=200)

    def loss() -> torch.Tensor:
        step.zero_grad()
        out = torch.nn.functional.binary_cross_entropy_with_logits(line[0] * odds + line[1], right)
        out.backward()
        return out

    step.step(loss)
    return round(line[0].item(), 3), round(line[1].item(), 3)


def _inside(outcome: tuple[float, bool]) -> tuple[float, bool]:
    return min(1 - 1e-4, max(1e-4, outcome[0])), outcome[1]


def main() -> None:
    """Fit by the module's docstring; print the lines and the error before and after."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--hold", type=int, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    options = parser.parse_args()
    calibration.LINES.update(dict.fromkeys(calibration.LINES, (1.0, 0.0)))
    rows = [row for row in held_rows(options.hold) if not row["doc"].startswith(_OTHER)]
    tally = measure(Reader(encoder=Encoder(options.model), any_language=True), rows)
    for kind, outcomes in tally.outcomes.items():
        line = fit(outcomes)
        calibration.LINES[kind] = line
        after = [(calibration.calibrated(kind, c), r) for c, r in outcomes]
        print(f'    "{kind}": {line},  # ECE {expected_error(outcomes):.3f} -> {expected_error(after):.3f}')


if __name__ == "__main__":
    main()
