"""Find the nouns by which a mission's closing or opening, and its staff's leaving, are told.

"The suspension of operations at its embassy", "the reopening of the British consulate", "the departure
of non-essential staff": the model, which has seen verbs above all, takes them for a restriction, a
withdrawal or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["missions_in"]

_MISSION = r"(?:embass(?:y|ies)|consulates?(?:[- ]general)?|high commission|diplomatic missions?|legations?)"
_STAFF = (
    r"(?:diplomats|embassy (?:staff|personnel|employees)|diplomatic (?:staff|personnel)|consular staff"
    r"|non-?(?:essential|emergency) (?:\w+ ){0,3}(?:staff|personnel|employees|workers|officials|diplomats))"
)
_OF = r"[^.;:,\n]{0,60}?"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("mission-closure", re.compile(
        rf"\b(clos(?:ure|ing)|shut(?:ting|down)|suspension) of {_OF}{_MISSION}\b", re.I)),
    ("mission-opening", re.compile(rf"\b((?:re-?)?opening) of {_OF}{_MISSION}\b", re.I)),
    ("evacuation", re.compile(
        rf"\b(withdrawal|departure|evacuation|pull-?out|removal|airlift"
        rf"|repatriation) of {_OF}\b{_STAFF}\b", re.I)),
)  # fmt: skip


def missions_in(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words that name such an event, with its type: (type, start, end), code points."""
    for label, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield label, *match.span(match.lastindex or 0)
