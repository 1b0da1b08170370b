"""Numbers and their bounds in running text, in words and digits, in any case.

`find_quantities` finds them, `read_quantity` reads one phrase, and
`is_count_context` tells a count from a date, an age, a sum of money and so on.
"""

from __future__ import annotations

from dateline.reading.numbers.context import is_count_context
from dateline.reading.numbers.grammar import Quantity, find_quantities
from dateline.reading.numbers.phrase import read_quantity

__all__ = ["Quantity", "find_quantities", "is_count_context", "read_quantity"]
