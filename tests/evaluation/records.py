"""Records by hand: a text with phrases in it, found by their words."""

from __future__ import annotations

from typing import Any

from dateline.record import Argument, Event, Figure, Place, Record, Report, Span


def span(text: str, phrase: str, occurrence: int = 0) -> Span:
    """Find a phrase in a text."""
    at = -1
    for _ in range(occurrence + 1):
        at = text.index(phrase, at + 1)
    return Span.of(text, at, at + len(phrase))


def event(text: str, trigger: str, kind: str, *, number: int = 1, **more: Any) -> Event:
    """Make an event; `roles` holds (role, phrase) pairs, `where` a place id."""
    roles = more.pop("roles", ())
    return Event(
        id=f"e{number}",
        type=kind,
        happening=f"h{number}",
        trigger=span(text, trigger),
        status=more.pop("status", "happened"),
        arguments=tuple(Argument(role=role, span=span(text, phrase)) for role, phrase in roles),
        **more,
    )


def place(text: str, name: str, *, number: int = 1, **more: Any) -> Place:
    """Make a place of one mention."""
    return Place(id=f"p{number}", name=name, mentions=(span(text, name),), **more)


def figure(text: str, phrase: str, measure: str, low: int | None, **more: Any) -> Figure:
    """Make an exact figure; `who` is a phrase."""
    who = more.pop("who", None)
    return Figure(
        id="f1", measure=measure, span=span(text, phrase), low=low, high=more.pop("high", low),
        who=span(text, who) if who else None, **more,
    )  # fmt: skip


def record(text: str, **parts: Any) -> Record:
    """Make the record of a text."""
    return Record(report=Report.of(text), **parts)
