"""What readers of formats are given and what they give: options, and the columns of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import InputError
from dateline.record import Report

if TYPE_CHECKING:
    from dateline.reports.fetch import Fetcher

__all__ = ["Columns", "Found", "Loading", "Read", "parse_columns"]

Found = Iterator[Report | InputError]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Which column, or key, of a table or a JSON line holds what."""

    text: str = "text"
    title: str = "title"
    published: str = "published"
    publisher: str = "publisher"
    url: str = "url"
    updated: str = "updated"
    author: str = "author"
    section: str = "section"

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield (what, column)."""
        yield from ((one.name, getattr(self, one.name)) for one in fields(self))


def parse_columns(pairs: Iterable[str]) -> Columns:
    """Make columns of pairs like `text=body`. Raises InputError for what is no such pair."""
    known = [one.name for one in fields(Columns)]
    columns = Columns()
    for pair in pairs:
        found = re.fullmatch(r"\s*(\w+)\s*=\s*(.*\S)\s*", pair)
        if found is None or found[1] not in known:
            raise InputError(f"no column: {pair!r}", hint=f"write NAME=COLUMN, NAME being {', '.join(known)}")
        columns = replace(columns, **{found[1]: found[2]})
    return columns


@dataclass(frozen=True, kw_only=True)
class Loading:
    """How a source is loaded.

    `published` (ISO) wins over any date that data state; `follow` says whether
    the pages that a feed or a sitemap names are fetched (None: where it was
    fetched itself); `fetcher` makes what fetches; `passed` counts what was
    passed over in archives, by reason. What is known of the data at hand:
    `address` and `charset` as the server gave them, `seen`, when they were got,
    and `depth`, how deep they lie in other data.
    """

    published: str | None = None
    columns: Columns = Columns()
    follow: bool | None = None
    fetcher: Callable[[], Fetcher] | None = None
    passed: Counter[str] = field(default_factory=Counter)
    address: str | None = None
    charset: str | None = None
    seen: datetime | None = None
    depth: int = 0


Read = Callable[[BinaryIO, str, Loading], Found]
