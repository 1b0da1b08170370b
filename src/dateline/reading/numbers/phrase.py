"""Read the one quantity that a phrase states."""

from __future__ import annotations

import re

from dateline.reading.numbers.context import is_count_context
from dateline.reading.numbers.grammar import Quantity, find_quantities

__all__ = ["read_quantity"]

# One person named by an article or a pronoun: "a militant", "his 15-year-old son".
_ONE = re.compile(r"\s*(?:an?|another|one)\s+\w", re.IGNORECASE)
_ONE_BY_AGE = re.compile(
    r"\s*(?:the|his|her|their|its|my|our)\b.*\b(?:\w+)[\s-]+(?:year|month|week|day)s?[\s-]*old\s+(?:\w+[\s-]+)*?"
    r"(?P<noun>\w+)\s*$",
    re.IGNORECASE | re.DOTALL,
)


def read_quantity(phrase: str) -> Quantity | None:
    """Read the quantity of a phrase that is known to state a count.

    The first number that is no age, date or the like counts; a phrase without
    one that describes a single person ("a 12-year-old boy") is 1, 1 (codebook,
    section 3), its span the whole phrase. None where nothing can be read.
    """
    found = find_quantities(phrase)
    counts = [quantity for quantity in found if is_count_context(phrase, quantity)]
    if counts:
        return counts[0]
    if _ONE.match(phrase) or _names_one_by_age(phrase):
        return Quantity(0, len(phrase), 1, 1, False)
    return found[0] if found else None


def _names_one_by_age(phrase: str) -> bool:
    match = _ONE_BY_AGE.match(phrase)
    return match is not None and not match["noun"].lower().endswith("s")
