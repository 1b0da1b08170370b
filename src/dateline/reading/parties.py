"""Find the parties of the incidents that are a report's news: role fillers over the whole text.

Role-filler entity extraction as MUC-4 set it (Chinchor, 1992): who did it, for
which organization, with what, to what and to whom, for attacks that the report
tells as its news. Events of the background, fighting between armies and general
talk have none. The model learned it from the templates of MUC-4's training part.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.reading.events import trim
from dateline.reading.mentions import Found
from dateline.record import Span

__all__ = ["PARTY_ROLES", "Party", "find_parties"]

PARTY_ROLES = ("perpetrator", "organization", "thing", "victim", "weapon")


@dataclass(frozen=True, slots=True)
class Party:
    """One mention of a party: its role, words and probability."""

    role: str
    span: Span
    confidence: float


def find_parties(found: Found) -> list[Party]:
    """Give every mention of a party, in text order."""
    out = []
    for mention in found.fillers:
        words = trim(found, mention.start, mention.end)
        if words:
            span = Span.of(found.text.text, *found.offsets(*words))
            out.append(Party(mention.label, span, mention.confidence))
    return out
