"""Plain texts: decoding, and keeping the text to the letter."""

from __future__ import annotations

import codecs
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import BinaryInput, EmptyInput, EncodingError, TooLarge
from dateline.reports import text as texts
from dateline.reports.text import decode, read_text

_BODY = "Five people were killed near the market on Monday, police said."


@pytest.mark.parametrize(
    "text",
    [
        f"{_BODY}\r\n\r\nTwo are missing.\r\n",
        f"🚨 {_BODY} 👩🏽‍🚒",
        f"Cafe\u0301 de la Paix: {_BODY}",
        f"\u200f{_BODY}\u202b(عاجل)\u202c",
        f"{_BODY}\x00 Two are missing.",
        f"  \t{_BODY}  ",
        f"{_BODY}\ufeff",
    ],
    ids=["CRLF", "emoji", "combining", "right-to-left", "NUL", "blanks", "inner mark"],
)
def test_keeps_the_text_to_the_letter(text: str) -> None:
    """Line ends, NUL, marks of every kind and blanks stay as they came."""
    report = read_text(text.encode(), where="a.txt")
    assert report.text == text
    assert report.notices == ()


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_drops_only_the_byte_order_mark(mark: bytes, encoding: str) -> None:
    """A mark at the start tells the encoding and is dropped."""
    assert read_text(mark + _BODY.encode(encoding), where="a.txt").text == _BODY


def test_reads_western_bytes_with_a_notice() -> None:
    """English with a few bytes of Windows-1252 is read as that, and the report says so."""
    report = read_text(f"“{_BODY}” – El Niño".encode("cp1252"), where="a.txt")
    assert report.text == f"“{_BODY}” – El Niño"
    assert report.notices == ("not UTF-8: read as cp1252",)


def test_reads_utf_16_without_a_mark() -> None:
    """Zeros on every other byte are UTF-16, not binary data."""
    report = read_text(_BODY.encode("utf-16-le"), where="a.txt")
    assert report.text == _BODY
    assert report.notices == ("not UTF-8: read as utf-16-le",)


def test_detects_other_encodings() -> None:
    """Text in another script and encoding is detected, with a notice."""
    text = "Пять человек погибли в понедельник недалеко от рынка, сообщила полиция. " * 5
    found, notices = decode(text.encode("cp1251"), where="a.txt")
    assert found == text
    assert notices == ("not UTF-8: read as cp1251",)


def test_reads_damaged_utf_8_with_a_notice() -> None:
    """A few broken characters don't turn the whole text into another encoding."""
    data = ("Пять человек погибли. ".encode() * 3)[:-3] + b"\xff Two died."
    text, notices = decode(data, where="a.txt")
    assert text.startswith("Пять человек погибли.")
    assert text.endswith("\ufffd Two died.")
    assert "broken characters" in notices[0]


def test_a_declared_encoding_goes_before_the_others() -> None:
    """What a page declares is believed when it fits the bytes."""
    assert decode("Niño".encode("latin-1"), where="a.html", declared="iso-8859-1") == ("Niño", ())
    assert decode("Niño".encode(), where="a.html", declared="no-such-encoding")[0] == "Niño"


@pytest.mark.parametrize("data", [b"", b"\n \r\n\t", codecs.BOM_UTF8, b"\x00"])
def test_refuses_an_empty_file(data: bytes) -> None:
    """A file without a letter has its own error, which names the file."""
    with pytest.raises(EmptyInput, match=r"^a\.txt: nothing in it"):
        read_text(data, where="a.txt")


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.4 hello", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04rest", bytes(range(256)) * 8, b"ab\x00\x00" * 50],
    ids=["pdf", "png", "zip", "all bytes", "zeros"],
)
def test_refuses_binary_data(data: bytes) -> None:
    """What is no text is refused, with what to do about it."""
    with pytest.raises(BinaryInput, match="export its text"):
        read_text(data, where="a.bin")


def test_refuses_bytes_that_break_their_own_mark() -> None:
    """A mark that the rest of the file doesn't keep to is an error."""
    with pytest.raises(EncodingError, match="save it as UTF-8"):
        read_text(codecs.BOM_UTF8 + b"abc\xff\xfe", where="a.txt")


def test_refuses_more_than_a_report_can_have(monkeypatch: pytest.MonkeyPatch) -> None:
    """Data over the bound is refused before it is decoded."""
    monkeypatch.setattr(texts, "MAX_BYTES", 10)
    with pytest.raises(TooLarge, match="split it"):
        decode(b"x" * 11, where="a.txt")


def test_reads_ten_megabytes_without_a_full_stop_in_bounded_time() -> None:
    """Loading costs time in proportion to the length, and no more."""
    data = b"shelling went on and " * 500_000
    started = time.perf_counter()
    report = read_text(data, where="a.txt")
    assert time.perf_counter() - started < 5
    assert len(report.text) == len(data)


def test_tells_the_language_of_a_foreign_report() -> None:
    """A report in another language is read; its language says so."""
    report = read_text(b"Les rebelles ont pris la ville dimanche, selon un responsable.", where="a.txt")
    assert report.language == "fr"


def test_has_no_day_where_none_is_known() -> None:
    """A plain text states no day of publication, and none is guessed."""
    assert read_text(_BODY.encode(), where="a.txt").published is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_text_in_utf_8_comes_back(text: str) -> None:
    """Whatever is written in UTF-8 is read as it was written."""
    try:
        report = read_text(text.encode(), where="a.txt")
    except EmptyInput:
        assert not text.strip("\ufeff \t\r\n\f\v")
        return
    assert report.text == text.removeprefix("\ufeff")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_report_or_an_input_error(data: bytes) -> None:
    """No bytes raise anything but the errors of input."""
    try:
        read_text(data, where="a.txt")
    except (EmptyInput, BinaryInput, EncodingError):
        return
