"""Wire stories, mail, PDF and Word documents: their texts and what they state of themselves."""

from __future__ import annotations

import zipfile
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

import pytest

from dateline.errors import BinaryInput, BrokenFile, EmptyInput, InputError, TooLarge
from dateline.record import Report
from dateline.reports import load
from dateline.reports.pdf import joined_lines
from tests.reports.made import LONG, docx, html_page, nitf, pdf


def loaded(tmp_path: Path, name: str, data: bytes | str, **options: object) -> list[Report | InputError]:
    """Load a file of this name and content."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(load(path, **options))  # type: ignore[arg-type]


def only(found: list[Report | InputError]) -> Report:
    """Give the one report."""
    (report,) = found
    assert isinstance(report, Report), report
    return report


@pytest.mark.parametrize("name", ["story.nitf", "story.xml", "story"])
def test_reads_nitf(tmp_path: Path, name: str) -> None:
    """Body, headline, byline, distributor and the day with its zone, each with its origin."""
    report = only(loaded(tmp_path, name, nitf()))
    assert report.text == LONG
    assert (report.title, report.author, report.publisher) == ("Gunmen seize bus", "Ana Sol", "Harbour Wire")
    assert (report.published, report.section, report.url) == ("2013-01-16T21:40:00+01:00", "World", "wire-5")
    assert (report.origins.published, report.origins.title) == ("NITF date.issue", "NITF hedline")


def test_nitf_puts_the_dateline_before_the_story(tmp_path: Path) -> None:
    """Where the story doesn't bear its place, the dateline element gives it, as in print."""
    report = only(loaded(tmp_path, "a.nitf", nitf("Gunmen seized a bus on Monday, police said.")))
    assert report.text == "PALMA - Gunmen seized a bus on Monday, police said."


def test_a_wrong_day_in_a_story_is_said(tmp_path: Path) -> None:
    """It is left out with a notice; the caller's day takes its place without one."""
    report = only(loaded(tmp_path, "a.nitf", nitf(issued="someday")))
    assert report.published is None
    assert report.notices == ("published left out: 'someday' is no date",)
    told = only(loaded(tmp_path, "a.nitf", nitf(issued="someday"), published="2013-01-16"))
    assert (told.published, told.origins.published, told.notices) == ("2013-01-16", "caller", ())


G2 = """<?xml version="1.0"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:wire.example:20130116:5" version="2">
 <itemMeta><provider literal="HW"><name>Harbour Wire</name></provider>
  <versionCreated>2013-01-17T08:00:00Z</versionCreated><firstCreated>2013-01-16T21:40:00+01:00</firstCreated>
  <pubStatus qcode="stat:usable"/></itemMeta>
 <contentMeta><headline>Gunmen seize bus</headline><by>By Ana Sol</by><subject><name>Unrest</name></subject></contentMeta>
 <contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>
  <p>Gunmen seized a bus.</p><p>Five died, police said.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:newsml:wire.example:20130116:6"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta>
 <contentSet><inlineXML>{nitf}</inlineXML></contentSet></newsItem>
<newsItem guid="urn:newsml:wire.example:20130116:7"><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem>
</itemSet></newsMessage>"""


def test_reads_newsml_g2(tmp_path: Path) -> None:
    """Each item of a message is a report; pictures have no text; a withdrawn story says so."""
    inner = nitf().partition("?>")[2]
    first, second, picture = loaded(tmp_path, "message.xml", G2.format(nitf=inner))
    assert isinstance(first, Report)
    assert first.text == "Gunmen seized a bus.\n\nFive died, police said."
    assert (first.title, first.publisher, first.author) == ("Gunmen seize bus", "Harbour Wire", "Ana Sol")
    assert (first.published, first.updated) == ("2013-01-16T21:40:00+01:00", "2013-01-17T08:00:00+00:00")
    assert (first.url, first.section) == ("urn:newsml:wire.example:20130116:5", "Unrest")
    assert isinstance(second, Report)
    assert (second.text, second.published) == (LONG, "2013-01-16T21:40:00+01:00")
    assert second.notices == ("the provider marks it as canceled",)
    assert isinstance(picture, EmptyInput)


LAUGHS = '<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("laughs.xml", f'<?xml version="1.0"?>{LAUGHS}<nitf><body.content><p>&b;</p></body.content></nitf>', "entities"),
        ("deep.nitf", "<nitf>" + "<a>" * 5000, "no text|nothing in it|no XML"),
        ("cut.nitf", "<nitf><body><body.content>", "nothing in it"),
        ("none.nitf", "", "no XML"),
        ("other.xml", "<catalog><book/></catalog>", ""),
    ],
)  # fmt: skip
def test_hostile_xml_is_one_line(tmp_path: Path, name: str, data: str, words: str) -> None:
    """Entities aren't expanded, depth is bounded, broken documents are told."""
    import re

    (found,) = loaded(tmp_path, name, data)
    if words:
        assert isinstance(found, InputError)
        assert re.search(words, str(found)), found
        assert "\n" not in str(found)


def mail(**headers: str) -> EmailMessage:
    """Begin a mail."""
    message = EmailMessage()
    message["From"] = "Situation Room <room@coast.example>"
    message["Subject"] = "Bus seized near Palma – update"
    message["Date"] = "Wed, 16 Jan 2013 21:40:00 +0100"
    message["Message-ID"] = "<5@coast.example>"
    for name, value in headers.items():
        del message[name]
        message[name] = value
    return message


def test_reads_a_mail(tmp_path: Path) -> None:
    """Encoded headers and body; sender, subject, day with its zone and address by its id."""
    message = mail()
    message.set_content(LONG + "\n\nThe mayor, José Simão, spoke of “war”.", cte="quoted-printable")
    report = only(loaded(tmp_path, "a.eml", bytes(message)))
    assert report.text.startswith(LONG)
    assert "José Simão, spoke of “war”" in report.text
    assert (report.publisher, report.title) == ("Situation Room", "Bus seized near Palma – update")
    assert (report.published, report.url) == ("2013-01-16T21:40:00+01:00", "mid:5@coast.example")
    assert report.origins.published == "mail Date"


def test_a_mail_with_two_faces_is_read_once(tmp_path: Path) -> None:
    """Plain text goes before HTML, unless it only says that the mail is HTML."""
    message = mail()
    message.set_content(LONG)
    message.add_alternative(html_page(), subtype="html")
    assert only(loaded(tmp_path, "a.eml", bytes(message))).text.strip() == LONG
    other = mail()
    other.set_content("Open this mail in a browser.")
    other.add_alternative(html_page(), subtype="html")
    assert LONG.split("\n\n")[1] in only(loaded(tmp_path, "b", bytes(other))).text


def test_attachments_are_reports_of_their_own(tmp_path: Path) -> None:
    """A PDF, a Word document, a mail in the mail; a picture is passed over and counted."""
    message = mail()
    message.set_content("Situation report attached.")
    message.add_attachment(
        pdf([LONG.split("\n\n")]), maintype="application", subtype="pdf", filename="sitrep.pdf"
    )
    message.add_attachment(
        docx(["Seven fled to Pemba."]), maintype="application", subtype="x", filename="note.docx"
    )
    inner = mail(Subject="Inner")
    inner.set_content("Ten people were freed on Friday, the army said.")
    message.add_attachment(inner)
    message.add_attachment(b"\x00\x01" * 50, maintype="application", subtype="octet-stream", filename="x.bin")
    passed: Counter[str] = Counter()
    found = loaded(tmp_path, "a.eml", bytes(message), passed=passed)
    texts = [one.text.strip() for one in found if isinstance(one, Report)]
    assert texts[0] == "Situation report attached."
    assert texts[1].startswith("PALMA, Mozambique")
    assert texts[2:] == ["Seven fled to Pemba.", "Ten people were freed on Friday, the army said."]
    assert passed == {"attachments of other formats": 1}


def test_a_mail_without_a_date_says_so(tmp_path: Path) -> None:
    """And one with a wrong date says that."""
    message = mail()
    del message["Date"]
    message.set_content(LONG)
    assert "no day of publication" in only(loaded(tmp_path, "a.eml", bytes(message))).notices[0]
    wrong = bytes(message).replace(b"Subject:", b"Date: Blursday 99\nSubject:", 1)
    assert "published left out" in only(loaded(tmp_path, "b.eml", wrong)).notices[0]


def test_reads_a_pdf(tmp_path: Path) -> None:
    """Lines become paragraphs, hyphens at line ends go, running heads and page numbers stay out."""
    story = [
        "PALMA, Mozambique - Gunmen seized a bus on Monday, kil-", "ling at least five people on the road to the north, po-",
        "lice said in town.", "A second bus was burned near the old market of the port, and", "twelve passengers are missing.",
        "Nobody has said that they did it, and the road to the north", "stays closed until Friday, the governor said to reporters.",
    ]  # fmt: skip
    parts = (story[:3], story[3:5], story[5:])
    pages = [["Coast Post weekly", f"Page {n}", *lines] for n, lines in enumerate(parts, 1)]
    report = only(
        loaded(tmp_path, "a.pdf", pdf(pages, info="/Title (Gunmen seize bus) /CreationDate (D:20130117)"))
    )
    assert "Coast Post weekly" not in report.text
    assert "Page 2" not in report.text
    first = report.text.split("\n\n")[0]
    assert first == (
        "PALMA, Mozambique - Gunmen seized a bus on Monday, killing at least five people on the road to the "
        "north, police said in town."
    )
    assert (report.title, report.origins.title) == ("Gunmen seize bus", "PDF properties")
    assert report.published is None
    assert report.notices == ("published: not stated; the file was made on 2013-01-17",)


def test_paragraphs_of_printed_lines() -> None:
    """A short line that ends a sentence ends a paragraph; a blank line does in any case."""
    lines = [
        "Gunmen seized a bus on Monday near the",
        "port. Five died.",
        "Police came from the next town, and",
        "then",
        "",
        "left.",
    ]
    assert joined_lines(lines) == (
        "Gunmen seized a bus on Monday near the port. Five died.\n\nPolice came from the next town, and then\n\nleft."
    )


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", pdf([["x"]])[:200], b"%PDF-1.7" + b"\x00" * 500])
def test_a_damaged_pdf_is_one_line(tmp_path: Path, data: bytes) -> None:
    """Cut off or filled with noise."""
    (error,) = loaded(tmp_path, "a.pdf", data)
    assert isinstance(error, BrokenFile | EmptyInput)
    assert "\n" not in str(error)


def test_a_pdf_of_pictures_says_what_to_do(tmp_path: Path) -> None:
    """It has no text."""
    (error,) = loaded(tmp_path, "a.pdf", pdf([[]]))
    assert isinstance(error, EmptyInput)
    assert "OCR" in str(error)


def test_reads_a_word_document(tmp_path: Path) -> None:
    """Paragraphs, breaks and properties; what was struck out stays out."""
    struck = "<w:p><w:del><w:r><w:delText>lie</w:delText><w:t>lie</w:t></w:r></w:del><w:r><w:t>Kept.</w:t></w:r></w:p>"
    properties = (
        '<c xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/"><dc:title>Sitrep</dc:title>'
        "<dc:creator>Ana Sol</dc:creator><t:created>2013-01-17T08:00:00Z</t:created></c>"
    )
    report = only(loaded(tmp_path, "a.docx", docx(LONG.split("\n\n"), more=struck, properties=properties)))
    assert report.text == LONG + "\n\nKept."
    assert (report.title, report.author) == ("Sitrep", "Ana Sol")
    assert report.notices == ("published: not stated; the file was made on 2013-01-17",)


def test_other_zip_files_and_bombs_are_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip is no document, a damaged one is told, and one that inflates without measure is refused."""
    other = tmp_path / "plain.zip"
    with zipfile.ZipFile(other, "w") as parts:
        parts.writestr("a.txt", "x")
    (error,) = load(other)
    assert isinstance(error, BinaryInput)
    (error,) = loaded(tmp_path, "cut.docx", docx(["x"])[:100])
    assert isinstance(error, BrokenFile)
    monkeypatch.setattr("dateline.reports.docx.MAX_PART", 1000)
    (error,) = loaded(tmp_path, "bomb.docx", docx(["x" * 100_000]))
    assert isinstance(error, TooLarge)
