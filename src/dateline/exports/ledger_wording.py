"""How a ledger is worded for people: whom a line counts, who speaks, what is to be known of a claim."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from dateline import codebook
from dateline.exports.wording import plain
from dateline.record import LedgerClaim, LedgerLine

__all__ = [
    "GONE",
    "by_gravity",
    "said_on",
    "word_claim",
    "word_line",
    "word_speaker",
    "word_speakers",
    "word_who",
]

GONE = ("retracted", "denied")
_MEASURES = list(codebook.MEASURES)
_ALL = ("combined", "unspecified")
_PLURALS = {"police": "police", "child": "children"}
# Words that name a speaker by pointing back to another mention.
_POINTER = re.compile(
    r"he|she|they|it|one|(?:their|his|her|its) \w+|(?:the|that|this) (?:same )?(?:source|official|spokesman)",
    re.IGNORECASE,
)


def by_gravity(lines: Iterable[LedgerLine]) -> list[LedgerLine]:
    """Sort lines as people ask: by measure in the codebook's order, wholes first, then by figures."""
    return sorted(
        lines,
        key=lambda line: (
            _MEASURES.index(line.measure) if line.measure in _MEASURES else len(_MEASURES),
            line.nationality is not None,
            -len(line.claims),
            line.group,
            line.nationality or "",
        ),
    )


def said_on(claim: LedgerClaim) -> date | None:
    """Give the day on which a claim was said, None where it isn't known."""
    try:
        return date.fromisoformat((claim.said or "")[:10])
    except ValueError:
        return None


def word_who(line: LedgerLine, *, one: bool = False) -> str:
    """Word whom a line counts: `hostages`, `JPN`, `DZA workers`; nothing where it counts all."""
    single = "" if line.group in _ALL else line.group.replace("-", " ")
    group = single if one or line.group in _ALL else _PLURALS.get(line.group, single + "s")
    return " ".join(word for word in (line.nationality, group) if word)


def word_line(line: LedgerLine) -> str:
    """Word what a line counts: `killed`, `killed, hostages`, `held, JPN hostages`, `attackers`."""
    who = word_who(line)
    return line.measure if who in ("", line.measure) else f"{line.measure}, {who}"


def word_claim(claim: LedgerClaim) -> str:
    """Word what else is to be known of a claim: kind of source, a part, its status, who repeats it."""
    told = (
        claim.kind,
        "a part" if claim.part else None,
        claim.status if claim.status != "stated" else None,
        f"repeated by {len(claim.also)}" if claim.also else None,
    )
    return ", ".join(part for part in told if part)


def word_speaker(claim: LedgerClaim) -> str:
    """Word who makes a claim: as the report has it, with the speaker's name where that only points to him."""
    name = _named(claim)
    if claim.source is None:
        return name
    source = plain(claim.source)
    return f"{source} [{name}]" if _POINTER.fullmatch(source) and name else source


def word_speakers(claims: Sequence[LedgerClaim]) -> dict[str, str]:
    """Give each speaker the name that says most of those that reports have for him, by his key."""
    names: dict[str, str] = {}
    for claim in claims:
        source = plain(claim.source or "")
        if source and not _POINTER.fullmatch(source) and len(source) > len(names.get(claim.by, "")):
            names[claim.by] = source
        elif claim.source is None:
            names.setdefault(claim.by, _named(claim))
    return {claim.by: names.get(claim.by) or _spelled(claim.by) for claim in claims}


def _named(claim: LedgerClaim) -> str:
    """Spell a claim's speaker; a report's own voice is its publisher's, each word with a capital."""
    words = _spelled(claim.by)
    return " ".join(w[:1].upper() + w[1:] for w in words.split()) if claim.kind == "report" else words


def _spelled(key: str) -> str:
    """Turn a speaker's key into words."""
    return plain(key.replace("-", " "))
