"""Stated dates of publication."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import DateError
from dateline.reports import parse_published
from dateline.reports.dates import stated_date


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2013-01-16", "2013-01-16"),
        ("20130116", "2013-01-16"),
        ("2013/01/16", "2013-01-16"),
        (" 2013-01-16T21:40:00+01:00 ", "2013-01-16T21:40:00+01:00"),
        ("2013-01-16T21:40:00Z", "2013-01-16T21:40:00+00:00"),
        ("2013-01-16 21:40", "2013-01-16T21:40:00"),
        ("Wed, 16 Jan 2013 21:40:00 +0100", "2013-01-16T21:40:00+01:00"),
        ("Thursday, 17 January 2013", "2013-01-17"),
        ("January 16th, 2013", "2013-01-16"),
        ("16 Jan. 2013", "2013-01-16"),
    ],
)
def test_reads_the_forms_in_use(stated: str, expected: str) -> None:
    """ISO, mail and spelled dates come out in ISO 8601, zone and all."""
    assert parse_published(stated) == expected


@pytest.mark.parametrize(
    "stated",
    [
        "",
        "yesterday",
        "2013",
        "May 2013",
        "2013-02-30",
        "01/02/2013",
        "16 Jan",
        "Monday",
        "x" * 10_000,
        None,
        1358372400,
    ],
)
def test_refuses_what_is_no_date(stated: object) -> None:
    """Half dates, ambiguous ones, days that don't exist and other things raise one clear error."""
    with pytest.raises(DateError, match="is no date; write it like"):
        parse_published(stated)


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    """A date in ISO is itself."""
    assert parse_published(day.isoformat()) == parse_published(day) == day.isoformat()


@given(st.text(max_size=80))
def test_any_text_is_a_date_or_a_date_error(text: str) -> None:
    """No text raises anything else, and what is read is an ISO date."""
    try:
        found = parse_published(text)
    except DateError:
        return
    assert date.fromisoformat(found[:10])


def test_leaves_out_a_wrong_date_of_the_data_with_a_notice() -> None:
    """In data a wrong date is no error: the report is kept without it."""
    assert stated_date("soon", "published") == (None, ("published left out: 'soon' is no date",))
    assert stated_date(None, "published") == (None, ())
