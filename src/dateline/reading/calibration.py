"""Turn the model's scores into probabilities that mean what they say.

Platt's scaling ("Probabilistic outputs for support vector machines", 1999): a
line through the log odds, one for each kind of fact, fitted on annotated texts
kept out of training (`python -m training.calibrate`), never on the gold's dev.
"""

from __future__ import annotations

from math import exp, log

__all__ = ["LINES", "calibrated"]

# kind of fact: (slope, intercept) on the log odds of the score
LINES: dict[str, tuple[float, float]] = {
    "event": (0.71, -0.709),
    "figure": (0.641, -0.432),
    "argument": (0.892, -0.813),
    "claim": (1.038, -0.66),
}
_EDGE = 1e-4  # scores this near 0 or 1 are cut off: the log odds have no end


def calibrated(kind: str, score: float) -> float:
    """Give the probability that a fact of this kind and score is right: 0 to 1, three digits.

    More digits would tell of the processor, not of the text.
    """
    slope, intercept = LINES[kind]
    bounded = min(1 - _EDGE, max(_EDGE, score))
    return round(1 / (1 + exp(-(slope * log(bounded / (1 - bounded)) + intercept))), 3)
