"""How values are worded for people: bounds, days, places, the words around a span."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.record import (
    Claim,
    Event,
    Figure,
    Incident,
    Place,
    Record,
    Report,
    Span,
    Total,
    When,
)

__all__ = [
    "SHORT",
    "Around",
    "Happening",
    "arguments",
    "around",
    "happenings",
    "plain",
    "short_id",
    "word_amount",
    "word_bounds",
    "word_day",
    "word_days",
    "word_means",
    "word_place",
    "word_source",
    "word_title",
    "word_total",
    "word_when",
    "word_where",
]

CONTEXT = 56  # code points on each side of a span: two lines of a terminal
SHORT = 8  # digits of a digest that tell a million reports apart but for a few, and those are asked for
HEADLINE = 90  # code points of a first line that stands in for a title
_MEANS = {"instrument": "with", "origin": "from", "destination": "to", "cause": "because of"}
_DIGEST, _INCIDENT = "sha256:", "i-"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # strftime's hang on the locale
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Around:
    """A span with the words before and behind it, white space folded."""

    before: str
    span: str
    after: str


@dataclass(frozen=True, slots=True)
class Happening:
    """All mentions of one happening: `first` tells it most fully."""

    first: Event
    events: tuple[Event, ...]


def plain(text: str) -> str:
    """Fold white space, and put U+FFFD for what a terminal or a line's direction would act on.

    That is control characters, such as the escape that begins a terminal's
    commands, and bidirectional overrides; joiners within emoji and names stay.
    """
    if not text.isprintable():  # what acts is none of the printable
        text = "".join("\ufffd" if _acts(c) else c for c in text)
    return " ".join(text.split())


def _acts(char: str) -> bool:
    return char in _OVERRIDES or (unicodedata.category(char) in ("Cc", "Cs") and not char.isspace())


def around(text: str, span: Span, size: int = CONTEXT) -> Around:
    """Cut a span out with whole words on both sides, an ellipsis where more stands."""
    start, end = max(0, span.start - size), min(len(text), span.end + size)
    before, after = text[start : span.start], text[span.end : end]
    if start and " " in before:
        before = "…" + before.split(" ", 1)[1]
    if end < len(text) and " " in after:
        after = after.rsplit(" ", 1)[0] + "…"
    pads = (" " if before[-1:].isspace() else ""), (" " if after[:1].isspace() else "")
    return Around(plain(before) + pads[0], plain(span.text), pads[1] + plain(after))


def word_title(report: Report) -> str:
    """Give a report's title, else its first line cut between words."""
    if report.title:
        return plain(report.title)
    line = plain(next(iter(report.text.strip()[: 4 * HEADLINE].splitlines()), ""))
    if len(line) <= HEADLINE:
        return line or "Untitled report"
    return line[:HEADLINE].rsplit(" ", 1)[0] + "…"


def word_amount(figure: Figure) -> str:
    """Word a figure's bounds: `37`, `at least 7`, `up to 50`, `10 to 15`, `about 100`."""
    low, high = figure.low, figure.high
    if low is not None and high is not None:
        body = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    elif low is not None:
        body = f"at least {low:,}"
    elif high is not None:
        body = f"up to {high:,}"
    else:
        body = "an unknown number"
    return f"about {body}" if figure.approximate and low == high else body


def word_when(when: When | None) -> str | None:
    """Word a time: its days where known, else its words."""
    if when is None:
        return None
    if when.start is None:
        return f"“{plain(when.span.text)}”" if when.span else None
    return when.start if when.end in (None, when.start) else f"{when.start} to {when.end}"


def word_place(place: Place | None) -> str | None:
    """Word a place with its country."""
    if place is None:
        return None
    return plain(f"{place.name}, {place.country}" if place.country else place.name)


def word_source(claim: Claim | None) -> str:
    """Word who says it; the report's own voice is `the report`."""
    if claim is None or claim.source.span is None:
        return "the report"
    via = f", to {plain(claim.via.text)}" if claim.via else ""
    return plain(claim.source.name) + via


def _fullness(event: Event) -> tuple[int, float]:
    told = len(event.arguments) + (event.where is not None) + (event.when is not None)
    return told, event.confidence


def happenings(record: Record) -> list[Happening]:
    """Group a record's events by happening, in the order of their first mention."""
    groups: dict[str, list[Event]] = {}
    for event in record.events:
        groups.setdefault(event.happening, []).append(event)
    return [Happening(max(events, key=_fullness), tuple(events)) for events in groups.values()]


def arguments(events: Iterable[Event], roles: Sequence[str]) -> list[str]:
    """List the phrases of some roles over several mentions, each once, the fullest form of each."""
    kept: list[str] = []
    for event in events:
        for argument in event.arguments:
            text = plain(argument.span.text)
            known = [k.casefold() for k in kept]
            if argument.role in roles and not any(
                text.casefold() in k or k in text.casefold() for k in known
            ):
                kept.append(text)
    return kept


def word_means(events: Sequence[Event]) -> str:
    """Word means, ways and causes over several mentions: `with a lorry; to Nairobi; because of floods`."""
    told = [(word, arguments(events, [role])) for role, word in _MEANS.items()]
    return "; ".join(f"{word} {', '.join(phrases)}" for word, phrases in told if phrases)


def short_id(name: str) -> str:
    """Shorten an id so that it is still found: the digest's first digits, and what follows it."""
    if name.startswith(_INCIDENT):
        return name[: len(_INCIDENT) + SHORT]
    if not name.startswith(_DIGEST):
        return name
    digest, mark, rest = name.removeprefix(_DIGEST).partition("#")
    return digest[:SHORT] + mark + rest


def word_bounds(low: int | None, high: int | None, *, approximate: bool = False) -> str:
    """Word bounds shortly: `37`, `7+`, `≤50`, `10–15`, `~100`."""
    if low is None and high is None:
        return "?"
    if low is None:
        body = f"≤{high:,}"
    elif high is None:
        body = f"{low:,}+"
    else:
        body = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return f"~{body}" if approximate else body


def word_day(day: date, *, year: bool = True) -> str:
    """Word a day shortly: `16 Jan 2013`, or without its year."""
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def word_days(incident: Incident) -> str:
    """Word the days of an incident."""
    start, end = incident.start, incident.end
    if start is None:
        return "day not known"
    return start if end in (None, start) else f"{start} to {end}"


def word_total(total: Total | None) -> str:
    """Word a toll: its best, and the bounds where they differ."""
    if total is None or total.best is None:
        return "" if total is None else word_bounds(total.lowest, total.highest)
    if total.lowest == total.highest:
        return f"{total.best:,}"
    return f"{total.best:,} ({word_bounds(total.lowest, total.highest)})"


def word_where(incident: Incident) -> str:
    """Word the place of an incident with its country."""
    where = plain(incident.where.name) if incident.where else "place not known"
    named = incident.where is not None and incident.where.country and incident.where.precision == "country"
    return where if named or not incident.country else f"{where}, {incident.country}"
