"""What a brief takes from a ledger: tolls with who says them, how they moved, what is contested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from dateline.exports.brief.model import Contest, Movement, Point, Sentence, Toll
from dateline.exports.countries import country
from dateline.exports.ledger_wording import by_gravity, said_on, word_line, word_speakers
from dateline.exports.stories import Story
from dateline.exports.wording import word_bounds, word_day
from dateline.record import LedgerClaim, LedgerLine

__all__ = ["contests_of", "movement_of", "tolls_of"]

_LINES = 6  # of a ledger
_SPEAKERS = 5  # of a line
_GONE = ("retracted", "denied")
_RANK = ("official", "institution", "document", "company", "media", "expert", "witness", "armed-group")
_DAYS_APART = 2  # figures said within so many days can contradict each other, as in the codebook


def tolls_of(story: Story, numbers: Mapping[str, int]) -> Iterator[Toll]:
    """Yield the gravest lines of an incident's ledger, each with what its speakers said last."""
    for line in by_gravity(story.incident.ledger)[:_LINES]:
        standing = _last(line)
        if standing:
            yield Toll(
                label=_label(line), best="" if line.best is None else f"{line.best:,}",
                bounds=word_bounds(line.lowest, line.highest), agreement=line.agreement or "a part",
                said=tuple(_said(claim, line, story, numbers) for claim in standing[:_SPEAKERS]),
            )  # fmt: skip


def movement_of(story: Story, numbers: Mapping[str, int]) -> Movement | None:
    """Give how the toll moved, of the gravest line with three dated figures; None for fewer than two."""
    lines = by_gravity(story.incident.ledger)
    best = max(lines, key=lambda line: len(_drawn(line)), default=None)
    grave = next((line for line in lines if len(_drawn(line)) > 2), best)
    if grave is None or len(_drawn(grave)) < 2:
        return None
    names = word_speakers(grave.claims)
    points = [
        Point(str(claim.said)[:10], claim.low, claim.high, _name(claim, names, story), claim.kind,
              numbers.get(claim.report))
        for claim in sorted(_drawn(grave), key=lambda c: str(c.said))
    ]  # fmt: skip
    return Movement(_label(grave), grave.best, tuple(points))


def contests_of(number: int, story: Story, numbers: Mapping[str, int]) -> Iterator[Contest]:
    """Yield what sources contradict each other in: the lowest and the highest that were said near in time."""
    for line in by_gravity(story.incident.ledger):
        pair = _opposed(line) if line.agreement == "contested" else None
        if pair:
            sides = (_said(claim, line, story, numbers) for claim in pair)
            words = "; ".join(f"{s.words}{_in_brackets(s.sources)}" for s in sides)
            yield Contest(number, _label(line), words)


def _label(line: LedgerLine) -> str:
    """Word what a line counts, with the country's name where the ledger has its code."""
    land = country(line.nationality)
    words = word_line(msgspec.structs.replace(line, nationality=None))
    if land is None:
        return word_line(line)
    return f"{words} of {land.name}" if "," in words else f"{words}, nationals of {land.name}"


def _in_brackets(sources: Sequence[int]) -> str:
    return f" [{', '.join(map(str, sources))}]" if sources else ""


def _drawn(line: LedgerLine) -> list[LedgerClaim]:
    """Give the figures that a plot can show: dated, of the whole, and not taken back."""
    return [
        c
        for c in line.claims
        if said_on(c) and not c.part and c.status not in _GONE and _value(c) is not None
    ]


def _value(claim: LedgerClaim) -> int | None:
    return claim.low if claim.low is not None else claim.high


def _last(line: LedgerLine) -> list[LedgerClaim]:
    """Give each speaker's last figure, the weightiest kinds of speakers first, then the latest."""
    last: dict[str, LedgerClaim] = {}
    for claim in line.claims:
        if claim.status not in _GONE and (
            claim.by not in last or (claim.said or "") >= (last[claim.by].said or "")
        ):
            last[claim.by] = claim
    newest = sorted(last.values(), key=lambda c: (c.said or "", c.by), reverse=True)
    return sorted(newest, key=lambda c: _RANK.index(c.kind) if c.kind in _RANK else len(_RANK))


def _opposed(line: LedgerLine) -> tuple[LedgerClaim, LedgerClaim] | None:
    """Give the two last figures farthest apart of those that were said within two days of each other."""
    claims = [c for c in _last(line) if not c.part and c.status == "stated" and said_on(c)]
    pairs = [(a, b) for a in claims for b in claims if _excludes(a, b)]
    return max(pairs, key=lambda pair: (_value(pair[1]) or 0) - (_value(pair[0]) or 0), default=None)


def _excludes(a: LedgerClaim, b: LedgerClaim) -> bool:
    """Tell whether `a` is below `b` with no number in both, said near in time."""
    one, two = said_on(a), said_on(b)
    near = one is not None and two is not None and abs((one - two).days) <= _DAYS_APART
    return near and a.high is not None and b.low is not None and a.high < b.low


def _name(claim: LedgerClaim, names: Mapping[str, str], story: Story) -> str:
    return names.get(claim.by) or story.speaker(claim) if claim.source else story.speaker(claim)


def _said(claim: LedgerClaim, line: LedgerLine, story: Story, numbers: Mapping[str, int]) -> Sentence:
    name = _name(claim, word_speakers(line.claims), story)
    amount = word_bounds(claim.low, claim.high, approximate=claim.approximate)
    day = said_on(claim)
    when = f" ({word_day(day, year=False)})" if day else ""
    number = numbers.get(claim.report)
    return Sentence("", f"{name}: {amount}{when}", (number,) if number else ())
