"""The brief: what it says, and that each of its forms says it; hostile words do nothing."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from benchmarks.plain_linker import PlainLinker
from dateline.errors import ExportError
from dateline.exports.brief import FORMS, Brief, brief_of, render_brief
from dateline.exports.brief.atlas import draw_map
from dateline.exports.brief.chart import draw_movement, name_of_kind
from dateline.exports.brief.drawing import Circle, Drawing, Line, Poly, Words, to_png, to_svg
from dateline.exports.brief.ledger import contests_of, movement_of, tolls_of
from dateline.exports.brief.making import _Counts, make_brief
from dateline.exports.brief.model import Movement, Point, Spot
from dateline.exports.brief.telling import sentences_of
from dateline.exports.stories import Story, title_of
from dateline.store import Filter, Store, open_store
from tests.exports.builders import posture, record, story, variant
from tests.store.tales import tale

NUMBERS = {r.report.id: at for at, r in enumerate(story().records, 1)}


def made(told: Story | None = None) -> Brief:
    """A brief of one incident and one posture."""
    told = told or story()
    counts = _Counts(incidents=1, contested=1, first="2013-01-21", last="2013-01-21",
                     best={"killed": 8}, lowest={"killed": 5}, highest={"killed": 8})  # fmt: skip
    spot = Spot("Gao", 16.2717, -0.0447, killed=8)
    return make_brief(
        [told], [], [posture()], {record().report.id: title_of(record())}, counts=counts, place="Mali",
        wanted=Filter(country="MLI", since="2013-01-01"), spots=[(told.incident.id, spot)],
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Ten attacks on ten days, of which the later killed more."""
    with open_store(tmp_path / "s.db", linker=PlainLinker()) as opened:
        for day in range(1, 11):  # a month each, so that none is another's
            for place in ("Gao", "Konna", "Bamako", "Tigantourine"):
                opened.add(*tale(place, f"2013-{day:02}-05", day, publisher=f"Paper {day % 3}"))
        yield opened


class TestContent:
    def test_the_head(self) -> None:
        """Where, when, of how many reports, with the sums and their bounds."""
        brief = made()
        assert (brief.title, brief.period) == ("Mali: situation brief", "1–21 Jan 2013")
        assert (brief.basis, brief.as_of) == ("2 reports of 2 publishers", "2013-01-23")
        assert [(f.value, f.label, f.note) for f in brief.facts] == [
            ("1", "incident", ""), ("8", "killed", "5–8 by source"), ("1", "contested", "of 1 incidents"),
        ]  # fmt: skip
        assert [(s.words, s.sources) for s in brief.leads] == [
            ("Killing, Gao: 8 killed (5–8 by source)", (1,))
        ]

    def test_sentences_are_the_reports_own_with_their_sources(self) -> None:
        """Without the line that says who wrote where, in the order of the days."""
        told = list(sentences_of(story(), NUMBERS))
        assert [(s.day, s.words, s.sources) for s in told] == [
            ("21 Jan", "Gunmen of the Ansar Dine group shot dead five villagers near Gao on 21 January 2013, police said.", (1,)),
            ("21 Jan", "A doctor said on Wednesday that eight villagers had been shot dead near Gao on 21 January 2013.", (2,)),
        ]  # fmt: skip

    def test_a_toll_says_who_says_what(self) -> None:
        """Each speaker's last word, with day and source."""
        (toll,) = tolls_of(story(), NUMBERS)
        assert (toll.label, toll.best, toll.bounds, toll.agreement) == (
            "killed, civilians",
            "8",
            "5–8",
            "contested",
        )
        assert [(s.words, s.sources) for s in toll.said] == [
            ("police: 5 (22 Jan)", (1,)), ("a doctor: 8 (23 Jan)", (2,)),
        ]  # fmt: skip

    def test_what_is_contested_names_both_sides(self) -> None:
        """The figures farthest apart of those said within two days."""
        (contest,) = contests_of(1, story(), NUMBERS)
        assert contest.words == "police: 5 (22 Jan) [1]; a doctor: 8 (23 Jan) [2]"
        calm = msgspec.structs.replace(story().incident.ledger[0], agreement="agreed")
        assert list(contests_of(1, variant(ledger=(calm,)), NUMBERS)) == []

    def test_how_the_toll_moved(self) -> None:
        """A point a figure, by day; a single figure moves nothing."""
        moved = movement_of(story(), NUMBERS)
        assert moved is not None
        assert [(p.day, p.low, p.kind) for p in moved.points] == [("2013-01-22", 5, "institution"), ("2013-01-23", 8, "witness")]  # fmt: skip
        line = story().incident.ledger[0]
        assert (
            movement_of(variant(ledger=(msgspec.structs.replace(line, claims=line.claims[:1]),)), NUMBERS)
            is None
        )

    def test_denied_and_retracted_figures_are_not_drawn(self) -> None:
        """Nor counted among the last words."""
        line = story().incident.ledger[0]
        gone = msgspec.structs.replace(line.claims[1], status="retracted")
        told = variant(ledger=(msgspec.structs.replace(line, claims=(line.claims[0], gone)),))
        assert movement_of(told, NUMBERS) is None
        (toll,) = tolls_of(told, NUMBERS)
        assert [s.words for s in toll.said] == ["police: 5 (22 Jan)"]

    def test_postures_name_their_source(self) -> None:
        """And what they replaced."""
        (row,) = made().postures
        assert (row.sender, row.host, row.status, row.since) == ("Japan", "Mali", "announced", "23 Jan 2013")
        assert row.before == "nationals told to leave"
        assert row.sources == (1,)

    def test_of_a_store_the_gravest_are_told_in_full(self, store: Store) -> None:
        """The rest in a line each, the sums of all."""
        brief = brief_of(store, Filter(country="MLI"))
        assert brief.title == "Mali: situation brief"
        assert brief.facts[0].value == "30"
        assert [f.value for f in brief.facts if f.label == "killed"] == ["165"]
        assert [s.totals[0] for s in brief.sections].count("10 killed") == 3
        assert len(brief.sections) + len(brief.further) + brief.left_out == 30
        cited = {n for s in brief.sections for sentence in s.told for n in sentence.sources}
        assert cited <= {source.number for source in brief.sources}

    def test_the_same_store_gives_the_same_bytes(self, store: Store) -> None:
        """In every form: no clock, no chance."""
        for form in FORMS:
            assert render_brief(brief_of(store), form) == render_brief(brief_of(store), form)

    def test_nothing_found_is_said(self, store: Store) -> None:
        """In every form."""
        brief = brief_of(store, Filter(country="JPN"))
        assert brief.sections == ()
        assert b"No incident in what was asked for" in render_brief(brief, "md")
        for form in FORMS:
            assert render_brief(brief, form)

    def test_an_unknown_form_is_said(self) -> None:
        """With those that there are."""
        with pytest.raises(ExportError, match="html, pdf, docx, md"):
            render_brief(made(), "odt")


WORDS = ("Mali: situation brief", "Killing, Gao", "killed, civilians", "a doctor: 8", "nationals told to leave",
         "Villagers killed near Gao", "Bamako Post")  # fmt: skip


def _text(form: str, body: bytes) -> str:
    """Read a form with a library of others."""
    if form == "pdf":
        pdfium = pytest.importorskip("pypdfium2")
        document = pdfium.PdfDocument(body)
        return "\n".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    if form == "docx":
        document = pytest.importorskip("docx").Document(io.BytesIO(body))
        cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(p.text for p in document.paragraphs), *cells])
    return body.decode("utf-8")


class TestForms:
    @pytest.mark.parametrize("form", list(FORMS))
    def test_every_form_says_it(self, form: str) -> None:
        """Head, incident, toll, speaker, posture, sources."""
        text = re.sub(r"\s+", " ", _text(form, render_brief(made(), form)))
        assert [words for words in WORDS if words not in text] == []

    def test_the_page_needs_no_other_file(self) -> None:
        """No script, no address but those of the reports, plots as SVG within."""
        page = render_brief(made(), "html").decode()
        assert page.count("<svg") == 2
        assert not re.search(r"<(script|link|img|iframe|object)\b", page)
        addresses = set(re.findall(r'(?:href|src)="(https?://[^"]+)"', page))
        assert addresses == {
            "https://sahel-wire.example.org/2013-01-22",
            "https://bamako-post.example.org/2013-01-23",
        }

    @pytest.mark.parametrize("form", list(FORMS))
    def test_hostile_words_stay_words(self, form: str) -> None:
        """Markup, control characters, Markdown's signs, an address that runs a script."""
        told = story()
        evil = "<script>alert(1)</script> \x1b[2J `x` **b** [l](javascript:1) \u202e"
        reports = [
            msgspec.structs.replace(
                r, report=msgspec.structs.replace(r.report, title=evil, url="javascript:alert(1)")
            )
            for r in told.records
        ]
        brief = made(Story(told.incident, tuple(reports)))
        body = render_brief(brief, form)
        text = _text(form, body)
        assert "\x1b" not in text
        assert "\u202e" not in text
        if form == "html":
            assert "<script" not in text
            assert "javascript:" not in re.sub(r">[^<]*<", "><", text)
        if form == "md":
            assert not re.search(r"(?<!\\)\]\(", text)
            assert "\\<script\\>" in text

    def test_names_of_any_script_are_in_the_pdf(self) -> None:
        """The font that ships has Latin with its marks, Greek, Cyrillic, Arabic."""
        title = "Mohamed Ould Abdel Aziz; Şırnak, Đà Nẵng, Łódź; Ελλάδα; Київ; القاعدة"
        told = story()
        reports = [
            msgspec.structs.replace(r, report=msgspec.structs.replace(r.report, title=title))
            for r in told.records
        ]
        text = _text("pdf", render_brief(made(Story(told.incident, tuple(reports))), "pdf"))
        flat = re.sub(r"\s+", " ", text)
        assert [word for word in ("Şırnak", "Đà Nẵng", "Łódź", "Ελλάδα", "Київ") if word not in flat] == []

    def test_markdown_is_well_formed(self) -> None:
        """As a parser of others reads it: headings, tables and code stand as such."""
        parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark").enable("table")
        tokens = parser.parse(render_brief(made(), "md").decode())
        kinds = [token.type for token in tokens]
        assert kinds.count("table_open") >= 2
        heads = [tokens[at + 1].content for at, t in enumerate(tokens) if t.type == "heading_open"]
        assert heads[:2] == ["Mali: situation brief", "In short"]

    def test_word_takes_the_document(self) -> None:
        """Pictures have words for those who can't see them; headings are styles."""
        docx = pytest.importorskip("docx")
        document = docx.Document(io.BytesIO(render_brief(made(), "docx")))
        described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
        assert len(described) == 2
        assert described[0].startswith("Map of incidents: 1 Gao")
        assert "In short" in [p.text for p in document.paragraphs if p.style.name == "Heading 1"]


class TestPictures:
    def test_a_drawing_is_the_same_in_svg_and_png(self) -> None:
        """Every shape is drawn, where it should be."""
        image = pytest.importorskip("PIL.Image")
        drawing = Drawing(100, 50, "a <test>", (
            Line(0, 25, 100, 25, "#0000ff", 2, dash=True), Circle(20, 25, 8, "#ff0000"),
            Poly(((60, 10), (80, 10), (80, 40), (60, 40)), "#00ff00"), Words(5, 10, "x < y"),
        ))  # fmt: skip
        svg = to_svg(drawing)
        assert svg.count("<line") == svg.count("<circle") == svg.count("<polygon") == svg.count("<text") == 1
        assert "a &lt;test&gt;" in svg
        assert "x &lt; y" in svg
        picture = image.open(io.BytesIO(to_png(drawing)))
        assert picture.size == (200, 100)
        assert picture.getpixel((40, 50))[0] > 200 > picture.getpixel((140, 50))[0]
        assert picture.getpixel((140, 50))[1] > 200

    def test_a_movement_draws_every_figure_within_the_sheet(self) -> None:
        """Also open bounds, one day, one amount."""
        points = (
            Point("2013-01-01", 5, 5, "a", "witness"), Point("2013-01-01", 7, None, "b", "official"),
            Point("2013-01-01", None, 50, "c", "report"), Point("2013-02-01", 10, 20, "d", "armed-group"),
        )  # fmt: skip
        for some in (points, points[:1], points[:3]):
            drawing = draw_movement(Movement("killed", 7, some))
            marks = [s for s in drawing.shapes if isinstance(s, Circle | Poly)]
            assert len(marks) >= len(some)
            for shape in drawing.shapes:
                for x, y in _corners(shape):
                    assert -1 <= x <= drawing.width + 1
                    assert -1 <= y <= drawing.height + 1

    @pytest.mark.parametrize(
        "places",
        [[(16.3, 0.0)], [(16.3, 0.0), (18.4, 1.4)], [(-18.1, 178.4), (-13.8, -171.8), (-20, 179)],
         [(89, 0), (-89, 90), (0, 180)]],
    )  # fmt: skip
    def test_a_map_holds_its_places(self, places: list[tuple[float, float]]) -> None:
        """Anywhere on the globe, across the date line too; north is up."""
        spots = [Spot(f"P{n}", lat, lon, n) for n, (lat, lon) in enumerate(places, 1)]
        drawing = draw_map(spots)
        assert drawing is not None
        for disc in (s for s in drawing.shapes if isinstance(s, Circle)):
            assert 0 <= disc.x <= drawing.width
            assert 0 <= disc.y <= drawing.height

    def test_places_of_one_spot_share_a_mark(self) -> None:
        """And the lands lie under them."""
        spots = [Spot("Gao", 16.27, -0.04, 1), Spot("Gao", 16.27, -0.04, 2), Spot("Kidal", 18.44, 1.41)]
        drawing = draw_map(spots)
        assert drawing is not None
        assert "1,2" in [s.words for s in drawing.shapes if isinstance(s, Words)]
        assert len([s for s in drawing.shapes if isinstance(s, Poly) and s.width == 0.7]) >= 1

    def test_the_country_of_the_brief_is_shown_whole(self) -> None:
        """Its border is drawn last of all, within the sheet; a very large one is not."""
        drawing = draw_map([Spot("Gao", 16.27, -0.04, 1)], "MLI")
        assert drawing is not None
        *_, mali = [s for s in drawing.shapes if isinstance(s, Poly) and len(s.points) > 10]
        assert mali.width == 1.4
        assert all(0 < x < drawing.width and 0 < y < drawing.height for x, y in mali.points)
        large = draw_map([Spot("Grozny", 43.3, 45.7, 1)], "RUS")
        assert large is not None
        assert [s for s in large.shapes if isinstance(s, Poly) and s.width == 1.4]

    def test_without_places_there_is_no_map(self) -> None:
        """Towns alone are none."""
        assert draw_map([]) is None
        assert draw_map([Spot("Gao", 16.0, 0.0, town=True)]) is None

    def test_kinds_of_sources_have_a_name(self) -> None:
        """Of those the codebook has, and of any other."""
        from dateline import codebook

        assert {name_of_kind(kind) for kind in (*codebook.KINDS, "new")} == {
            "officials, institutions", "armed groups", "witnesses, relatives", "unnamed sources",
            "companies, experts", "media",
        }  # fmt: skip


def _corners(shape: object) -> Iterator[tuple[float, float]]:
    if isinstance(shape, Line):
        yield shape.x1, shape.y1
        yield shape.x2, shape.y2
    elif isinstance(shape, Circle):
        yield shape.x - shape.r, shape.y - shape.r
        yield shape.x + shape.r, shape.y + shape.r
    elif isinstance(shape, Poly):
        yield from shape.points
    elif isinstance(shape, Words):
        yield shape.x, shape.y
