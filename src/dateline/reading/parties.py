"""Find the parties of the incidents that are a report's news: role fillers over the whole text.

Role-filler entity extraction as MUC-4 set it (Chinchor, 1992): who did it, for
which organization, with what, to what and to whom, for attacks that the report
tells as its news. Events of the background, fighting between armies and general
talk have none. The model learned it from the templates of MUC-4's training part.
The text is read in two cuts of windows, the second narrower, and their mean taken.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from dateline.reading.encoder import Text
from dateline.reading.events import trim
from dateline.reading.mentions import Found
from dateline.reading.segments import windows
from dateline.record import Span

__all__ = ["PARTY_ROLES", "Party", "find_parties", "narrower"]

PARTY_ROLES = ("perpetrator", "organization", "thing", "victim", "weapon")
_NARROW = 256  # pieces, of 384 otherwise


@dataclass(frozen=True, slots=True)
class Party:
    """One mention of a party: its role, words and probability."""

    role: str
    span: Span
    confidence: float


def narrower(cut: Text) -> Text:
    """Cut a text's windows narrower and lapping further over, so that each word is read in other company."""
    bounds = [0, *(np.flatnonzero(np.diff(cut.sentence)) + 1).tolist(), len(cut.words)]
    pieces = [len(ids) for ids in cut.pieces]
    return replace(cut, windows=windows(pieces, bounds, limit=_NARROW, overlap=_NARROW // 2))


def find_parties(found: Found) -> list[Party]:
    """Give every mention of a party, in text order."""
    out = []
    for mention in found.fillers:
        words = trim(found, mention.start, mention.end)
        if words:
            span = Span.of(found.text.text, *found.offsets(*words))
            out.append(Party(mention.label, span, mention.confidence))
    return out
