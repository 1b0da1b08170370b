"""Times as TIMEX3: extents, types and values, in sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.times import find_expressions

_ANCHOR = date(2013, 1, 23)  # a Wednesday


def found(text: str, anchor: date | None = _ANCHOR) -> list[tuple[str, str, str]]:
    """Give words, type and value of each TIMEX3 of a text."""
    return [(text[e.start : e.end], e.type, e.value) for e in find_expressions(text, anchor)]


@pytest.mark.parametrize(
    ("text", "words", "kind", "value"),
    [
        ("They left on Monday.", "Monday", "DATE", "2013-01-21"),
        ("They left on Thursday last week.", "Thursday last week", "DATE", "2013-01-17"),
        ("It fell last week.", "last week", "DATE", "2013-W03"),
        ("It fell earlier this month.", "earlier this month", "DATE", "2013-01"),
        ("It fell late last year.", "late last year", "DATE", "2012"),
        ("It fell in early December.", "early December", "DATE", "2012-12"),
        ("It fell over the weekend.", "the weekend", "DATE", "2013-W03-WE"),
        ("It fell a year ago.", "a year ago", "DATE", "2012"),
        ("It fell two weeks ago.", "two weeks ago", "DATE", "2013-W02"),
        ("It fell in the summer of 2009.", "the summer of 2009", "DATE", "2009-SU"),
        ("Sales fell in the fourth quarter of 2012.", "the fourth quarter of 2012", "DATE", "2012-Q4"),
        ("Sales fell in the second half of 2012.", "the second half of 2012", "DATE", "2012-H2"),
        ("It began in the late 1990s.", "the late 1990s", "DATE", "199"),
        ("It was built in the 19th century.", "the 19th century", "DATE", "18"),
        ("It fell on Christmas Eve.", "Christmas Eve", "DATE", "2012-12-24"),
        ("It fell on Good Friday 2012.", "Good Friday 2012", "DATE", "2012-04-06"),
        ("They are now at sea.", "now", "DATE", "PRESENT_REF"),
        ("They were recently seen.", "recently", "DATE", "PAST_REF"),
        ("It fell on Friday night.", "Friday night", "TIME", "2013-01-18TNI"),
        ("It fell at 8 p.m. on Monday.", "8 p.m. on Monday", "TIME", "2013-01-21T20:00"),
        ("It fell at 0335 GMT on 12 January.", "0335 GMT on 12 January", "TIME", "2013-01-12T03:35Z"),
        ("They met this morning.", "this morning", "TIME", "2013-01-23TMO"),
        ("It lasted three years.", "three years", "DURATION", "P3Y"),
        ("A 90-day truce holds.", "90-day", "DURATION", "P90D"),
        ("The four-day siege is over.", "four-day", "DURATION", "P4D"),
        ("It took half an hour.", "half an hour", "DURATION", "PT30M"),
        ("It took a decade.", "a decade", "DURATION", "P10Y"),
        ("It took several weeks.", "several weeks", "DURATION", "PXW"),
        ("He ran it in 3:07:35.", "3:07:35", "DURATION", "PT3H7M35S"),
        ("The past five months were calm.", "The past five months", "DURATION", "P5M"),
        ("A month later all was calm.", "A month", "DURATION", "P1M"),
        ("They meet every Tuesday.", "every Tuesday", "SET", "XXXX-WXX-2"),
        ("They meet every two weeks.", "every two weeks", "SET", "P2W"),
        ("There are daily flights.", "daily", "SET", "P1D"),
    ],
)
def test_extent_type_and_value(text: str, words: str, kind: str, value: str) -> None:
    """A time has the extent, the type and the value that TimeML gives it."""
    assert found(text) == [(words, kind, value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("from Monday to Wednesday", ["2013-01-21", "2013-01-23"]),
        ("between 2009 and 2011", ["2009", "2011"]),
        ("in 2009-10", ["2009", "2010"]),
        ("from 9 to 11 January", ["2013-01-09", "2013-01-11"]),
        ("on Sunday night at 8 p.m.", ["2013-01-20TNI", "2013-01-20T20:00"]),
        ("in eight years from now", ["P8Y", "PRESENT_REF"]),
        ("On Friday, two days after the coup", ["2013-01-18", "P2D"]),
        ("the four-day siege last week", ["P4D", "2013-W03"]),
    ],
)
def test_joined_times_are_two(text: str, values: list[str]) -> None:
    """What a word joins, a clock behind its day, and a length counted from a time are two TIMEX3."""
    assert [value for _, _, value in found(text)] == values


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("in early 2012", "START"),
        ("in mid-2012", "MID"),
        ("at the end of 2012", "END"),
        ("more than two weeks", "MORE_THAN"),
        ("about three days", "APPROX"),
        ("nearly six hours", "LESS_THAN"),
    ],
)
def test_mods(text: str, mod: str) -> None:
    """What narrows a period or weighs a length is its `mod`."""
    assert [e.mod for e in find_expressions(text, _ANCHOR)] == [mod]


def test_a_newspaper_is_no_set() -> None:
    """`Daily` in a name and numbers that count things are no times."""
    assert found("The Daily Star wrote that 2000 people fled Flight 1944.") == []


@given(st.text(max_size=200), st.dates() | st.none())
def test_any_text_is_read_without_error(text: str, anchor: date | None) -> None:
    """Expressions lie in the text, in order and apart, and have a value."""
    made = find_expressions(text, anchor)
    edges = [edge for e in made for edge in (e.start, e.end)]
    assert edges == sorted(edges)
    assert all(e.value for e in made)
