"""What every page stands on: the opened store, the templates, and what was asked in the address."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from dateline.desk.assets import static_version
from dateline.desk.drafts import Drafts
from dateline.desk.kept import Kept
from dateline.desk.person import PERSON, Person
from dateline.desk.reader import DeskReader
from dateline.desk.wording import FILTERS_SHOWN, TESTS, country_name, word_number
from dateline.errors import FilterError
from dateline.exports.outline import shapes
from dateline.exports.wording import plain, short_id, word_bounds, word_days, word_total, word_where
from dateline.store import FILTERS, Filter, Store, parse_filter
from dateline.store.looking import Tally

__all__ = ["Asked", "Desk", "ask", "desk_of", "pages_of"]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a page was asked for: the filter, the words as typed, and what can't be asked, by field."""

    wanted: Filter
    typed: dict[str, str]
    problems: dict[str, str] = {}

    @property
    def query(self) -> str:
        """Give what was typed as a query string."""
        return urlencode(self.typed)

    def without(self, name: str) -> str:
        """Give the query string with a field left out; a place takes its radius along."""
        gone = {name, "radius"} if name == "place" else {name}
        return urlencode({key: value for key, value in self.typed.items() if key not in gone})


def ask(params: Mapping[str, str]) -> Asked:
    """Read the filters out of an address; fields left empty ask for nothing, other names are passed over."""
    typed = {name: params[name].strip() for name in FILTERS if params.get(name, "").strip()}
    if "place" not in typed:
        typed.pop("radius", None)
    try:
        return Asked(wanted=parse_filter(typed), typed=typed)
    except FilterError as problem:
        hint = f"; {problem.hint}" if problem.hint else ""
        return Asked(wanted=Filter(), typed=typed, problems={problem.where or "": problem.what + hint})


class Desk:
    """The opened store with the templates that show it."""

    def __init__(self, store: Store) -> None:
        self.store, self.looking = store, store.looking
        self.templates, self.reader = _templates(), DeskReader()
        self.drafts = Drafts(self.reader)
        self.kept = Kept(self.looking.version)

    def tally(self, wanted: Filter) -> Tally:
        """Count what a filter lets through, once a version of the store."""
        return self.kept.get(("tally", wanted), lambda: self.looking.tally(wanted))

    def countries(self, wanted: Filter) -> list[tuple[str, int, int, int]]:
        """Count by country, once a version of the store; as `Looking.by_country`."""
        return self.kept.get(("countries", wanted), lambda: self.looking.by_country(wanted))

    def warm(self) -> None:
        """Load what the first question would wait for: outline, templates, counts and reader."""
        self.looking.read_ahead()
        shapes()
        for name in self.templates.list_templates():
            self.templates.get_template(name)
        self.tally(Filter())
        self.countries(Filter())
        self.reader.warm()

    def show(self, request: Request, name: str, *, status: int = 200, **model: Any) -> HTMLResponse:
        """Render a page."""
        template = self.templates.get_template(name)
        body = template.render(
            {
                "path": request.url.path,
                "theme": _theme(request),
                "version": static_version(),
                "section": "",
                "person": _signed_in(request),
                **model,
            }
        )
        return HTMLResponse(body, status_code=status)


def _signed_in(request: Request) -> Person | None:
    found = request.scope.get(PERSON)
    return found if isinstance(found, Person) and found.via != "machine" else None


def desk_of(request: Request) -> Desk:
    """Give the desk that a request is asked of."""
    found = request.app.state.desk
    assert isinstance(found, Desk)
    return found


def _theme(request: Request) -> str:
    chosen = request.cookies.get("dateline_theme", "")
    return chosen if chosen in ("light", "dark") else "auto"


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("dateline.desk"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters.update(
        plain=plain, short=short_id, number=word_number, country=country_name, total=word_total,
        days=word_days, where=word_where, query=urlencode,
    )  # fmt: skip
    made.globals.update(bounds=word_bounds, filters_shown=FILTERS_SHOWN)
    made.tests.update(TESTS)
    return made


def pages_of(total: int, size: int, number: int) -> Iterator[int]:
    """Yield the numbers of the pages to link to: the first, those around this one, the last; 0 for a gap."""
    last = max(1, -(-total // size))
    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
    for before, page in zip([0, *near], near, strict=False):
        if page > before + 1:
            yield 0
        yield page
