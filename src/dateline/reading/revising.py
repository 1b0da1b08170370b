"""Find who revises a toll: "the ministry raised the death toll from 12 to 19", "police lowered their count".

The model takes such a verb for no word of saying, and the number would be left
to the report's own voice, though the sentence names who gave it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.reading.claims import DraftClaim
from dateline.reading.events import DraftEvent
from dateline.reading.figures import DraftFigure
from dateline.reading.mentions import Found
from dateline.reading.segments import sentences

__all__ = ["Revision", "revisions_in", "with_revisions"]

Offsets = tuple[int, int]

_TOLL = r"(?:toll|count|tally|number|figure|estimate|total)s?\b(?!['’])"
_VERB = (
    r"(?:(?:has|have|had|later|since|also|then|sharply)\s+)*"
    r"(?:raised|revised|lowered|increased|updated|upgraded|reduced|cut|corrected|raises|revises|lowers)"
)
_CUE = re.compile(
    rf"\b({_VERB})\s+(?:(?:upwards?|downwards?|up|down)\s+)?(?:its|the|their|his|her|an?)\s+"
    rf"(?:(?!(?:on|in|to|from|of|over|for|by|at|with)\b)[\w’'-]+\s+){{0,4}}?{_TOLL}"
)
# Who can give a toll, by the last word of its name; a name alone has to be in capitals.
_KINDS = {
    "institution": r"ministr(?:y|ies)|police|authorities|army|military|navy|government|hospitals?|agency"
    r"|department|office|mission|committee|commission|coalition|command|service|force|prosecutors|council"
    r"|Crescent|Cross|Nations|UN|U\.N\.|state|administration|firefighters|brigade",
    "anonymous": r"officials?|rescuers|rescue workers",
    "official": r"spokes(?:man|woman|person)|mayor|governor|minister|president|coroner|director|chief",
    "witness": r"doctors?|medics|residents|witnesses",
    "armed-group": r"rebels?|militants?|guerrillas?|insurgents?|Taliban|jihadists?",
}  # fmt: skip
_SOURCE = re.compile(
    r"(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Ll]ocal|[A-Z][\w.’'-]*)\s+)?(?:[\w.’'-]+\s+){0,4}?"
    r"(?:" + "|".join(f"(?P<{name.replace('-', '_')}>(?i:{words}))" for name, words in _KINDS.items()) + r")"
    r"(?:,? [A-Z][\w’'-]+ [A-Z][\w’'-]+,?)?$"
)
# What can stand before the one who speaks in a sentence, and is no part of the name.
_BEFORE = re.compile(
    r"(?:.*(?:[,;:—–-]|\b(?:and|but|while|after|when|as|before|until|where|which))\s|^)(?=\S)", re.S
)
_BELIEF = 0.8  # of the model's own claims of such sentences, where it makes any
_NO_NAME = re.compile(r"\b(?:said|says|was|were|is|are|had|has|killed|by|of whom|to|that)\b")


@dataclass(frozen=True, slots=True)
class Revision:
    """Who revises a toll, and the verb; what is revised stands between it and `end`, that of the sentence."""

    source: Offsets
    cue: Offsets
    end: int
    kind: str


def revisions_in(text: str) -> list[Revision]:
    """Find all revisions of a text whose speaker is named, in order."""
    out = []
    for start, end in sentences(text):
        for cue in _CUE.finditer(text, start, end):
            found = _speaker(text, start, cue.start())
            if found is not None:
                (first, last), kind = found
                stop = start + len(text[start:end].rstrip(" \n.!"))
                out.append(Revision((first, last), cue.span(1), stop, kind))
    return out


def with_revisions(
    found: Found, claims: Sequence[DraftClaim], events: Sequence[DraftEvent], figures: Sequence[DraftFigure]
) -> list[DraftClaim]:
    """Give numbers that somebody revises, and that nobody is drafted to say, to the one who revises them."""
    out = list(claims)
    for revision in revisions_in(found.text.text):
        first, last = found.text.words_of(revision.cue[1], revision.end)
        told = {n for claim in out for n in claim.events}
        counted = {n for claim in out for n in claim.figures}
        mine = tuple(n for n, e in enumerate(events) if n not in told and first <= e.query.start < last)
        own = tuple(
            n for n, f in enumerate(figures)
            if n not in counted and revision.cue[1] <= f.start < revision.end
        )  # fmt: skip
        if own:
            out = _given(out, _claim(found, revision, (first, last), mine, own))
    return out


def _claim(
    found: Found,
    revision: Revision,
    content: tuple[int, int],
    events: tuple[int, ...],
    figures: tuple[int, ...],
) -> DraftClaim:
    source, cue = found.text.words_of(*revision.source), found.text.words_of(*revision.cue)
    return DraftClaim(cue, source, revision.kind, None, content, events, figures, _BELIEF)


def _given(claims: Sequence[DraftClaim], made: DraftClaim) -> list[DraftClaim]:
    """Add a claim, in the place of an empty one that was drafted for the same verb."""
    kept = [
        c for c in claims if c.events or c.figures or not (c.cue[0] < made.cue[1] and made.cue[0] < c.cue[1])
    ]
    at = sum(c.cue[0] < made.cue[0] for c in kept)
    return [*kept[:at], made, *kept[at:]]


def _speaker(text: str, start: int, end: int) -> tuple[Offsets, str] | None:
    """Find the noun phrase right before a verb, behind whatever opens the sentence."""
    before = text[start:end].rstrip()
    opening = _BEFORE.match(before)
    first = opening.end() if opening else 0
    found = _SOURCE.fullmatch(before, first)
    if found is None or _NO_NAME.search(found.group()):
        return None
    kind = (found.lastgroup or "institution").replace("_", "-")
    return (start + first, start + len(before)), kind
