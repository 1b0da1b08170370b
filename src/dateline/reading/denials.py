"""Find what is said to be false: "reports that he was shot were false", "rejected claims that ...".

A denial whose verb governs the words is the model's; these are the ones in which a
noun ("reports", "claims") stands between, and the model takes what it names for told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.reading.events import DraftEvent
from dateline.reading.figures import DraftFigure
from dateline.reading.mentions import Found
from dateline.reading.segments import sentences

__all__ = ["denied_in", "with_denials"]

Offsets = tuple[int, int]

_TOLD = (
    r"\b(?:(?:the|those|these|all|any|some|such|media|news|press|local|widespread|earlier|online)\s+){0,3}"
    r"(?:reports?|claims?|rumou?rs?|allegations?|suggestions?|accounts?|assertions?|stories)\s+(?:that|of)\b"
)
_FALSE = (
    r"\b(?:is|are|was|were)\s+(?:all |also |completely |entirely |simply |totally |utterly )?"
    r"(?:false|untrue|not true|baseless|unfounded|groundless|without foundation|wrong|fabricated|incorrect"
    r"|a lie|lies|a fabrication|fabrications|nonsense|a hoax)\b"
)
_AS_FALSE = r"(?:\s+as\s+(?:an?\s+)?(?:[\w-]+\s+){0,3}?[\w-]+)?"
_SAID_FALSE = re.compile(rf"{_TOLD}(?P<what>[^.;]*?){_FALSE}", re.I)
_REJECTED = re.compile(
    rf"\b(?:rejected|rejects|dismissed|dismisses|refuted|refutes|rebutted|rubbished|disputed|disputes){_AS_FALSE}"
    rf"\s+{_TOLD}(?P<what>[^.;,]*)",
    re.I,
)
_LONGEST = 90  # characters: what hangs on a longer clause is told beside it and not denied


def denied_in(text: str) -> list[Offsets]:
    """Find the stretches of a text that somebody says are false, in order."""
    found = []
    for start, end in sentences(text):
        for pattern in (_SAID_FALSE, _REJECTED):
            found += [m.span("what") for m in pattern.finditer(text, start, end)]
    return sorted((a, b) for a, b in found if b - a <= _LONGEST)


def with_denials(
    found: Found, events: Sequence[DraftEvent], figures: Sequence[DraftFigure]
) -> tuple[list[DraftEvent], list[DraftFigure]]:
    """Mark the events and figures that are said to be false, where they were drafted as told."""
    stretches = denied_in(found.text.text)

    def is_denied(start: int, end: int) -> bool:
        return any(a <= start and end <= b for a, b in stretches)

    return (
        [
            replace(e, status="denied")
            if e.status in ("happened", "ongoing", "possible")
            and is_denied(*found.offsets(e.query.start, e.query.end))
            else e
            for e in events
        ],
        [
            replace(f, status="denied")
            if f.status in ("stated", "possible") and is_denied(f.start, f.end)
            else f
            for f in figures
        ],
    )
