"""Whose mission stands in a place: a state has no embassy or consulate in its own towns.

So the Jalalabad of "India shut its consulate in Jalalabad" is none of those in India.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["owner_of_seat"]

_MISSION = (
    r"(?:embass(?:y|ies)|consulates?(?:[- ]general)?|high commission|diplomatic (?:missions?|posts?)"
    r"|diplomats|ambassador|(?:embassy|consular|diplomatic) (?:staff|personnel|employees))"
)
_SEAT = re.compile(
    rf"(?P<whose>\b(?:its|their)\s+(?:own\s+)?|['’]s?\s+|\b)(?P<kind>(?:(?!its\b|their\b)[a-z][\w-]*\s+){{0,2}}){_MISSION}\s+"
    r"(?:in|at|to|from|out of)\s+(?:the\s+(?:\w+\s+){0,2}(?:city|town|capital)\s+(?:of\s+)?)?$"
)
_REACH = 240  # characters: of the sentence before a name
_CLOSE = 3  # characters between a state's word and the mission: "Indian consulate", "India's consulate"


def owner_of_seat(text: str, at: int, states: Sequence[tuple[int, int, str]]) -> str | None:
    """Give the state (alpha-3) whose mission a name at an offset is the seat of; None where it is none.

    `states` are the states that the text names: (start, end, alpha-3), in order. A
    mission's state stands right before it, or is that which its sentence speaks of first.
    """
    first = max(at - _REACH, text.rfind(". ", 0, at) + 1, text.rfind("\n", 0, at) + 1)
    seat = _SEAT.search(text, first, at)
    if seat is None:
        return None
    before = [(start, end, code) for start, end, code in states if first <= start < seat.end("kind")]
    if not before:
        return None
    if seat.group("whose").strip() in ("its", "their"):
        return before[0][2]
    _, end, code = before[-1]
    return code if end >= seat.start("kind") - _CLOSE else None
