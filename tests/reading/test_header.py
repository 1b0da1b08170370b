"""The dateline line: places, agency, day, and where the body starts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.header import Header, read_header

_PUBLISHED = date(2013, 1, 17)


def parts(text: str, header: Header) -> tuple[list[str], str | None, str | None, str]:
    """Give the places, the agency, the day as ISO and the start of the body."""
    agency = text[slice(*header.agency)] if header.agency else None
    day = header.day.isoformat() if header.day else None
    return [text[a:b] for a, b in header.places], agency, day, text[header.end :]


@pytest.mark.parametrize(
    ("text", "places", "agency", "day"),
    [
        ("LIMA, 20 AUG 88 (EFE) -- [TEXT] BODY", ["LIMA"], "EFE", "1988-08-20"),
        (
            "BOGOTA, 7 FEB 90 (CANAL UNO 1) -- [REPORT] [ANA\nSOL] [TEXT] BODY",
            ["BOGOTA"],
            "CANAL UNO 1",
            "1990-02-07",
        ),
        ("LA UNION (EL SALVADOR), 3 MAR 89 -- [TEXT] BODY", ["LA UNION", "EL SALVADOR"], None, "1989-03-03"),
        ("PERTH, JUNE 11 89 (AFP) -- [TEXT] BODY", ["PERTH"], "AFP", "1989-06-11"),
        ("QUITO, 4 MAY 89 (PRESS AGENCY [PA]) -- [TEXT] BODY", ["QUITO"], "PRESS AGENCY [PA]", "1989-05-04"),
        ("ALGIERS, Jan 16 (Dune Post) - BODY", ["ALGIERS"], "Dune Post", "2013-01-16"),
        ("PARIS, March 3, 2014 (AFP)\n\nBODY", ["PARIS"], "AFP", "2014-03-03"),
        ("NEW YORK, Sept. 11, 2001 (Wire) - BODY", ["NEW YORK"], "Wire", "2001-09-11"),
        ("MORONI, Comoros, Jan 3 -- BODY", ["MORONI", "Comoros"], None, "2013-01-03"),
        ("N'DJAMENA, Jan 14 -- BODY", ["N'DJAMENA"], None, "2013-01-14"),
        ("SAN SALVADOR, NO DATE (FBIS) -- [TEXT] BODY", ["SAN SALVADOR"], "FBIS", None),
        ("KADUNA, Nigeria - Body", ["KADUNA", "Nigeria"], None, None),
        ("Tokyo/Diabaly: Body", ["Tokyo", "Diabaly"], None, None),
        ("WASHINGTON (AP) — Body", ["WASHINGTON"], "AP", None),
        ("NEW DELHI - Body", ["NEW DELHI"], None, None),
        ("(Wire) -- Body", [], "Wire", None),
        ("Truce frays within a day\n\nTOKYO -- Body", ["TOKYO"], None, None),
        ("Truce frays\n\nBy Ana Sol\nBAMAKO (Wire) - Body", ["BAMAKO"], "Wire", None),
        ("\ufeff  \n LIMA, 2 JAN 13 (EFE) -- BODY", ["LIMA"], "EFE", "2013-01-02"),
    ],
)
def test_reads_every_part(text: str, places: list[str], agency: str | None, day: str | None) -> None:
    """Each form of dateline gives its places, its agency, its day and the body after it."""
    header = read_header(text, _PUBLISHED)
    assert header is not None
    found_places, found_agency, found_day, body = parts(text, header)
    assert (found_places, found_agency, found_day) == (places, agency, day)
    assert body.lower() == "body"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n",
        "In March 2012, rebels took the town.",
        "Mali, Niger and Chad said they would meet.",
        "Police: five killed in the port",
        "TWO DIE IN BLAST - POLICE BLAME REBELS",
        "Ana Sol - who led the talks - left.",
        "On Friday, five people died.",
        "The toll was 12 (AFP)",
    ],
)
def test_finds_none_in_other_openings(text: str) -> None:
    """Sentences and headlines are no datelines."""
    assert read_header(text, _PUBLISHED) is None


def test_guesses_no_year() -> None:
    """A day without a year stays open unless the day of publication is known and near."""
    text = "ALGIERS, Jan 16 (Wire) - Body"
    open_day = read_header(text)
    far_day = read_header(text, date(2013, 7, 1))
    assert open_day is not None
    assert far_day is not None
    assert open_day.day is far_day.day is None
    assert open_day.day_span == (9, 15)


def test_takes_the_year_before_at_the_turn_of_the_year() -> None:
    """A dateline of 31 December published on 1 January is of the old year."""
    header = read_header("LIMA, Dec 31 (Wire) - Body", date(2013, 1, 1))
    assert header is not None
    assert header.day == date(2012, 12, 31)


def test_has_no_day_for_a_date_that_is_none() -> None:
    """31 February is no day; the rest of the line is still read."""
    header = read_header("LIMA, 31 FEB 90 (EFE) -- BODY")
    assert header is not None
    assert header.day is None
    assert header.day_span is not None


@given(st.text(max_size=300))
def test_any_text_is_read_without_error(text: str) -> None:
    """Spans of a header lie inside the text."""
    header = read_header(text)
    if header is not None:
        assert 0 <= header.start <= header.end <= len(text)


def test_reads_a_text_without_any_line_in_bounded_time() -> None:
    """Ten million capital letters are no dateline, and are not read through."""
    assert read_header("ABC DE " * 1_500_000) is None
