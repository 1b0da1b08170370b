"""A report given by hand: a text with what is known of it."""

from __future__ import annotations

from dateline.desk.api.bodies import Given
from dateline.record import Report
from dateline.reports import parse_published
from dateline.reports.text import make_report

__all__ = ["report_given"]


def report_given(given: Given) -> Report:
    """Make a report of what was given. Raises EmptyInput without words, DateError when the day is none."""
    published = parse_published(given.published) if given.published else None
    return make_report(
        given.text, where="text", published=published, title=given.title or None,
        publisher=given.publisher or None, url=given.url or None,
    )  # fmt: skip
