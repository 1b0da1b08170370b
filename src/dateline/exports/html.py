"""One self-contained page of a record: the text with each fact linked to its words.

The page loads nothing and runs only its own script, whose digest stands in its
content security policy, so that nothing in a hostile text can run.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from itertools import pairwise

from dateline.exports.render import templates
from dateline.exports.wording import (
    arguments,
    happenings,
    word_amount,
    word_means,
    word_place,
    word_source,
    word_title,
    word_when,
)
from dateline.record import Claim, Record, Span

__all__ = ["Piece", "notebook", "page", "pieces_of"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two borders of spans, with the facts that it belongs to."""

    text: str
    classes: str
    facts: str
    anchors: tuple[str, ...]


def _marks(record: Record) -> Iterator[tuple[Span, str, str]]:
    """Yield every span to mark: (span, class, fact id)."""
    for event in record.events:
        yield event.trigger, "event", event.id
        for argument in event.arguments:
            yield argument.span, "argument", event.id
        if event.when and event.when.span:
            yield event.when.span, "time", event.id
    for figure in record.figures:
        yield figure.span, "figure", figure.id
    for claim in record.claims:
        if claim.source.span:
            yield claim.source.span, "source", claim.id
            yield claim.content, "content", claim.id
        if claim.cue:
            yield claim.cue, "cue", claim.id
    for place in record.places:
        for mention in place.mentions:
            yield mention, "place", place.id


def pieces_of(record: Record) -> list[Piece]:
    """Cut the text at every border, so that marks may overlap."""
    text, marks = record.report.text, list(_marks(record))
    borders = sorted({0, len(text)} | {at for s, _, _ in marks for at in (s.start, s.end)})
    opening: dict[int, list[tuple[Span, str, str]]] = {}
    for mark in marks:
        opening.setdefault(mark[0].start, []).append(mark)
    seen: set[str] = set()
    active: list[tuple[Span, str, str]] = []
    out = []
    for start, end in pairwise(borders):
        active = [m for m in active if m[0].end > start] + opening.get(start, [])
        anchors = tuple(
            key for span, kind, key in opening.get(start, [])
            if kind in ("event", "figure", "source", "place") and not (key in seen or seen.add(key))  # type: ignore[func-returns-value]
        )  # fmt: skip
        out.append(
            Piece(
                text[start:end],
                " ".join(sorted({kind for _, kind, _ in active})),
                " ".join(sorted({key for _, _, key in active})),
                anchors,
            )
        )
    return out


def _script() -> tuple[str, str]:
    body = files("dateline.exports").joinpath("templates/record.js").read_text(encoding="utf-8")
    return body, base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()


def page(record: Record) -> str:
    """Render a record as one HTML page that needs no other file."""
    script, digest = _script()
    claim_of: dict[str, Claim] = {key: c for c in record.claims for key in c.about}
    places = {p.id: p for p in record.places}
    template = templates().get_template("record.html")
    return template.render(
        record=record, pieces=pieces_of(record), happenings=happenings(record), claim_of=claim_of,
        places=places, arguments=arguments, word_amount=word_amount, word_place=word_place,
        word_source=word_source, word_when=word_when,
        word_means=word_means, title=word_title(record.report), script=script, digest=digest,
        said=[c for c in record.claims if c.source.span],
    )  # fmt: skip


def notebook(record: Record) -> str:
    """Show the page inside a notebook, walled off from it."""
    return (
        f'<iframe srcdoc="{escape(page(record), quote=True)}" sandbox="allow-scripts" '
        'style="width:100%;height:640px;border:1px solid #8884;border-radius:6px"></iframe>'
    )
