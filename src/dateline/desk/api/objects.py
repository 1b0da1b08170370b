"""What the API gives besides the objects of the codebook; its client reads it without a server."""

from __future__ import annotations

from typing import Literal

import msgspec

from dateline.record import Span

__all__ = ["Added", "Hit"]


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a report: whether it was new, and the incidents that it tells of."""

    outcome: Literal["new", "copy", "correction", "known"]
    report: str
    incidents: tuple[str, ...]


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A report that holds the words: where the first of them stands, what is around it, and its incidents."""

    report: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    excerpt: Span
    incidents: tuple[str, ...] = ()
