"""How many dead and wounded a report tells of as a whole, beside what its figures count.

A small net (`training/estimates.py`) reads the encoder's vectors of the title and
of the first words, and says how likely each number is. That is no figure and
nobody's claim, so it stands in no record's JSON: incidents weigh it where the
figures of a report can be added up in more than one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["told"]

_NONE = 0.8  # of no dead, and of no wounded: surer than that, and the report tells of neither


def told(likely: Mapping[str, Iterable[float]]) -> dict[str, tuple[float, ...]]:
    """Round the likelihoods of 0, 1, 2 and so on, by measure; none where a report tells of no harm."""
    found = {measure: tuple(round(float(n), 3) for n in numbers) for measure, numbers in likely.items()}
    return {} if all(numbers[0] >= _NONE for numbers in found.values()) else found
