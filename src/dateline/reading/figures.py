"""Build figures: the model finds and labels them, the number grammar gives their bounds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dateline.reading.events import DraftEvent, SpanOfWords, trim
from dateline.reading.layers import ATTRIBUTES, FIGURE_LINKS
from dateline.reading.mentions import Found, Query, runs
from dateline.reading.numbers import (
    Quantity,
    find_quantities,
    is_count_context,
    read_quantity,
)
from dateline.reading.thresholds import Thresholds

__all__ = ["DraftFigure", "draft_figures"]

_WHO, _EVENT = FIGURE_LINKS.index("who"), FIGURE_LINKS.index("event")
# Two rare measures that the words right behind the number tell outright (codebook, section 3).
_OUTRIGHT = {
    "missing": re.compile(
        r"[^.;:,]{0,48}?\b(?:(?:still|went|listed as|reported|remain\w*|is|are|was|were|be|been)\s+)+"
        r"(?:still\s+)?(?:missing|unaccounted for)\b|\s+(?:people\s+)?(?:missing|unaccounted for)\b",
        re.I,
    ),
    "unidentified": re.compile(
        r"[^.;:,]{0,40}?\b(?:(?:remain\w*|still|are|were|is|was)\s+)+(?:still\s+)?unidentified\b"
        r"|[^.;:,]{0,40}?\b(?:not|yet to) (?:yet )?(?:be|been) identified\b|\s+unidentified (?:bod|corpse)",
        re.I,
    ),
}
_PLURAL = re.compile(r"(?:people|men|women|children|police|troops|civilians|others|\w+[^s\W]s)$", re.I)
_NO_ONE = re.compile(
    r"(?:at|of|in|on|by|to|and|or|the|than|least|more|as|up|about|over|some|not|no|but|[\W\d_])+", re.I
)
# Words that say there were people, and not how many.
_UNTOLD = re.compile(
    r"\b(?:un\w+|undisclosed)\s+number\b|^(?:multiple|numerous|countless|various|neither|either)\b", re.I
)
# "17 had died, not 19": the other number is said to be wrong.
_CORRECTED = re.compile(r"(?:(?:[,;(–—-]|\band)\s*not|\brather than|\binstead of)\s+(?:the\s+)?$", re.I)
# "raised the toll from 12 to 19", "19 dead, up from 12": two numbers, of which the model often takes one.
_FROM = re.compile(r"\bfrom\s+(?:the\s+|an?\s+)?$", re.I)
_TO = re.compile(r"(?:\s+[^\W\d]+){0,3}\s+to\s+(?:at least\s+)?")
_UP_FROM = re.compile(
    r"(?:\s+(?!from\b)[^\W\d]+){0,3},?\s+(?:(?:up|down|revised|raised|lowered)\s+from\s+(?:(?:the|an?)\s+)?"
    r"|from\s+(?:(?:the|an?|its|their)\s+)?(?=(?:earlier|previous|initial|first)\b))"
    r"(?:(?:earlier|previous|initial|first)\s+(?:[^\W\d]+\s+){0,3})?"
)
_BARE_FROM = re.compile(r",?\s+from\s+")
_RISEN_TO = re.compile(
    r"\b(?:r[oi]se[ns]?|risen|rais\w+|climb\w+|increas\w+|jump\w+|gr[eo]w[ns]?|f[ae]ll\w*|drop\w*|revis\w+|lower\w+|went)"
    r"\b[^.;]{0,40}\bto\s+(?:at least\s+)?$",
    re.I,
)
_CHANGE = 60  # characters between two such numbers
_NOT, _BUT = re.compile(r"\bnot\s+$", re.I), re.compile(r"(?:\s+\w+)?,?\s+but\s+\d", re.I)  # "not 5 but 9"
_REACH = 24  # characters before a number in which this stands
# Those who are to die by a court's word are not dead: "sentenced 21 people to death".
_SENTENCES = re.compile(r"\b(?:sentenc|condemn)\w+\s+(?:[^\W\d]+\s+){0,2}$", re.I)
_TO_DEATH = re.compile(r"[^.;,]{0,50}?\bto (?:death|hang|die)\b", re.I)
_SENTENCED = re.compile(r"[^.;,]{0,50}?\b(?:sentenced|condemned) to (?:death|hang|die)\b", re.I)
_UNTOLD_NUMBER = re.compile(r"(?:an?\s+)?(?:un\w+|undisclosed)\s+number\b", re.I)
_TWO_DIGITS = re.compile(r"\d{2}")
_BARE_ARTICLE = re.compile(r"an?|the|another", re.I)
_ARTICLE = re.compile(r"\b(an?|another|one)\s+$", re.I)
_SINGULAR = re.compile(r"(?:an?|one|his|her|the|another)\b", re.I)


@dataclass(frozen=True, slots=True)
class DraftFigure:
    """A figure in words and offsets; `event` is an index into the drafted events."""

    query: Query
    measure: str
    start: int
    end: int
    low: int | None
    high: int | None
    approximate: bool
    who: SpanOfWords | None
    group: str
    status: str
    event: int | None
    confidence: float


def _quantity(found: Found, query: Query, quantities: Sequence[Quantity]) -> Quantity | None:
    """Find the quantity that a figure mention overlaps most, else what its own words state.

    A number that counts nothing ("a 9-year-old girl") leaves one person.
    """
    text = found.text.text
    start, end = found.offsets(query.start, query.end)
    first = max(0, bisect_left(quantities, start, key=lambda q: q.start) - 1)
    last = bisect_left(quantities, end, key=lambda q: q.start)
    over = [q for q in quantities[first:last] if q.end > start]
    counts = [q for q in over if is_count_context(text, q)]
    if counts:
        return max(counts, key=lambda q: (min(end, q.end) - max(start, q.start), -q.start))
    own = None if over else read_quantity(text[start:end])
    if own is None:
        return None
    return Quantity(start + own.start, start + own.end, own.low, own.high, own.approximate)


def _one_person(text: str) -> bool:
    """Tell whether words without a number name one person, not an uncounted crowd or a mere "at"."""
    if _NO_ONE.fullmatch(text) or _TWO_DIGITS.search(text):
        return False
    return bool(_SINGULAR.match(text)) or not _PLURAL.search(text) or text[:1].isupper()


def _person(found: Found, query: Query) -> tuple[int, int]:
    """Give one person's offsets, with the article before the noun or the noun behind a bare article."""
    text, last = found.text.text, query.end
    start, end = found.offsets(query.start, last)
    if _BARE_ARTICLE.fullmatch(text[start:end]) and last < len(found.text.words):
        end = found.offsets(query.start, last + 1)[1]
    article = _ARTICLE.search(text, max(0, start - 9), start)
    return (article.start(1) if article else start), end


def _told_before(phrase: str, measure: str, named: dict[str, list[str]]) -> bool:
    """Tell whether one person was counted under this measure before, by the last word of the name."""
    words = re.findall(r"\w[\w'’-]*", phrase)
    if not words:
        return True
    seen = named.setdefault(measure, [])
    name = words[-1].casefold() if words[-1][0].isupper() else " ".join(words).casefold()
    if name in seen:
        return True
    seen.append(name)
    return False


def _label(query: Query, name: str) -> str:
    return ATTRIBUTES[name][int(query.attributes[name].argmax())]


def _group(found: Found, query: Query, who: SpanOfWords | None) -> str:
    """Label the group by the figure's own words and those of whom it counts, each half."""
    scores = query.attributes["group"]
    if who is not None:
        scores = scores + found.group_scores[who[0] : who[1]].mean(0)
    return ATTRIBUTES["group"][int(scores.argmax())]


def _measure(text: str, end: int, query: Query) -> str:
    """Give the model's measure, but for the two that the words behind the number tell outright."""
    for measure, told in _OUTRIGHT.items():
        if told.match(text[end : end + 90]):
            return measure
    return query.label


def _status(text: str, start: int, end: int, low: int | None, query: Query) -> str:
    """Give the model's status, but for a number that stands beside the right one as the wrong one."""
    before = text[max(0, start - _REACH) : start]
    if low is not None and low > 1 and (
        _CORRECTED.search(before) or (_NOT.search(before) and _BUT.match(text, end))
    ):  # fmt: skip
        return "denied"
    return _label(query, "figure_status")


def _is_sentence(text: str, start: int, end: int, query: Query) -> bool:
    """Tell whether a count of the dead is of those sentenced to death."""
    if query.label != "killed":
        return False
    before = _SENTENCES.search(text, max(0, start - _CHANGE), start)
    return bool((before and _TO_DEATH.match(text, end)) or _SENTENCED.match(text, end))


def _event(query: Query, events: Sequence[DraftEvent], starts: Sequence[int], least: float) -> int | None:
    """Find the event that a figure counts, among those of its window."""
    first, last = (bisect_left(starts, at) for at in query.reach)
    scored = [
        (query.score(events[i].query.start, events[i].query.end, _EVENT), -i) for i in range(first, last)
    ]
    best = max(scored, default=(0.0, 0))
    return -best[1] if best[0] >= least else None


def _who(found: Found, query: Query, least: float) -> SpanOfWords | None:
    for start, end, _ in runs(query, _WHO, least, found.text.sentence):
        words = trim(found, start, end)
        if words:
            return words
    return None


def _with_counterparts(
    text: str, drafts: Sequence[DraftFigure], quantities: Sequence[Quantity]
) -> list[DraftFigure]:
    """Add to a number of "from 12 to 19" the other one, where no figure has it; in text order."""
    out = list(drafts)
    for first, second in pairwise(quantities):
        held = [d for d in drafts if first.start < d.end and d.start < second.end]
        if len(held) == 1 and _are_change(text, first, second):
            (one,) = held
            other = second if one.start < first.end else first
            low, high, rough = other.low, other.high, other.approximate
            out.append(replace(one, start=other.start, end=other.end, low=low, high=high, approximate=rough))
    return sorted(out, key=lambda d: d.start)


def _are_change(text: str, first: Quantity, second: Quantity) -> bool:
    between = text[first.end : second.start]
    if len(between) > _CHANGE or not (is_count_context(text, first) and is_count_context(text, second)):
        return False
    before = text[max(0, first.start - _CHANGE) : first.start]
    if _TO.fullmatch(between):
        return bool(_FROM.search(before))
    if _BARE_FROM.fullmatch(between):
        return bool(_RISEN_TO.search(before))
    return bool(_UP_FROM.fullmatch(between))


def draft_figures(found: Found, events: Sequence[DraftEvent], thresholds: Thresholds) -> list[DraftFigure]:
    """Draft a figure from every figure mention that has a number or names one person."""
    text = found.text.text
    quantities = find_quantities(text)
    out: list[DraftFigure] = []
    named: dict[str, list[str]] = {}
    starts = [e.query.start for e in events]
    for query in sorted(found.figures, key=lambda q: (q.start, q.end)):
        first, last = found.offsets(query.start, query.end)
        untold = _UNTOLD.search(text[first:last]) or _UNTOLD_NUMBER.match(text, first)
        if untold or _is_sentence(text, first, last, query):
            continue
        quantity = _quantity(found, query, quantities)
        start, end = (quantity.start, quantity.end) if quantity else _person(found, query)
        if out and start < out[-1].end:
            continue
        if quantity is None and (
            not _one_person(text[start:end]) or _told_before(text[start:end], query.label, named)
        ):
            continue
        who = _who(found, query, thresholds.who)
        low, high, rough = (quantity.low, quantity.high, quantity.approximate) if quantity else (1, 1, False)
        out.append(
            DraftFigure(
                query, _measure(text, end, query) if quantity else query.label, start, end, low, high, rough,
                who,
                _group(found, query, who), _status(text, start, end, low, query),
                _event(query, events, starts, thresholds.counted),
                query.confidence,
            )
        )  # fmt: skip
    return _with_counterparts(text, out, quantities)
