"""The templates of pages and charts: everything escaped, compiled once."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from dateline.exports.wording import plain

__all__ = ["templates"]


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Give the templates, compiled once: compiling costs ten times what a page does."""
    made = Environment(
        loader=PackageLoader("dateline.exports"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters["plain"] = plain
    return made
