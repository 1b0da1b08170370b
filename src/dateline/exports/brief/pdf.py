"""A brief as a PDF of A4 pages: plots and map as vectors, the font in it, so that any name can be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from fpdf import FPDF
from fpdf.fonts import FontFace

from dateline.exports.brief.chart import draw_movement
from dateline.exports.brief.drawing import Drawing, draw_on_page, font_file
from dateline.exports.brief.model import Brief, PostureRow, Section, Sentence

__all__ = ["pdf"]

_FONT = "DejaVu Sans"
_MARGIN, _WIDE = 17.0, 176.0  # millimetres
_HEAD, _INK, _SOFT, _LINE, _MARK, _AGREED = "#14304f", "#1d2430", "#5a6472", "#d9dee5", "#8a1c1c", "#23663c"
_PALE = "#c9d6e4"
_WORDS = {"contested": FontFace(emphasis="BOLD", color=_MARK), "agreed": FontFace(color=_AGREED)}


def pdf(brief: Brief, atlas: Drawing | None) -> bytes:
    """Write the brief as a PDF, made on the day of its newest report."""
    page = _new_page(brief)
    writer = _Writer(page, brief)
    writer.head()
    writer.in_short(atlas)
    for section in brief.sections:
        writer.section(section)
    writer.further()
    writer.contests()
    writer.postures()
    writer.sources()
    return bytes(page.output())


def _new_page(brief: Brief) -> Any:
    class Page(FPDF):
        def footer(self) -> None:
            self.set_y(-12)
            self.set_font(_FONT, size=7.5)
            self.set_text_color(_SOFT)
            self.cell(_WIDE / 2, 5, f"{brief.title}, {brief.period}")
            self.cell(_WIDE / 2, 5, f"{self.page_no()} / {{nb}}", align="R")

    page = Page(format="A4")
    for style, bold in (("", False), ("B", True)):
        with font_file(bold=bold) as path:
            page.add_font(_FONT, style=style, fname=str(path))
    page.set_font(_FONT, size=9.5)
    page.set_margins(_MARGIN, _MARGIN)
    page.c_margin = 0  # so that words stand flush with lines and pictures
    page.set_auto_page_break(auto=True, margin=18)
    page.set_title(f"{brief.title}, {brief.period}")
    page.set_lang("en")
    page.set_creator("Dateline")
    page.set_creation_date(_made(brief.as_of))
    page.add_page()
    return page


def _made(day: str) -> datetime:
    try:
        return datetime.fromisoformat(day).replace(tzinfo=UTC)
    except ValueError:
        return datetime(1970, 1, 1, tzinfo=UTC)


class _Writer:
    """Puts the parts of a brief on pages, one under the other."""

    def __init__(self, page: Any, brief: Brief) -> None:
        self.page, self.brief = page, brief
        self.links = {source.number: page.add_link() for source in brief.sources}

    def head(self) -> None:
        page, brief = self.page, self.brief
        page.set_fill_color(_HEAD)
        page.rect(0, 0, 210, 36, style="F")
        page.set_xy(_MARGIN, 8)
        self.font(20, bold=True, colour="#ffffff")
        page.multi_cell(_WIDE, 9, brief.title, new_x="LMARGIN", new_y="NEXT")
        self.font(11.5, colour="#ffffff")
        page.cell(_WIDE, 6.5, brief.period, new_x="LMARGIN", new_y="NEXT")
        self.font(8.5, colour=_PALE)
        as_of = f"as of {brief.as_of}" if brief.as_of else ""
        page.cell(_WIDE, 5.5, " · ".join(p for p in (brief.basis, brief.asked, as_of) if p))
        page.set_xy(_MARGIN, 42)
        self._facts()

    def _facts(self) -> None:
        facts = self.brief.facts
        if not facts:
            return
        page, gap = self.page, 3.0
        wide = (_WIDE - gap * (len(facts) - 1)) / len(facts)
        top = page.get_y()
        for at, fact in enumerate(facts):
            x = _MARGIN + at * (wide + gap)
            page.set_draw_color(_LINE)
            page.set_line_width(0.2)
            page.rect(x, top, wide, 21)
            page.set_fill_color(_MARK if fact.label == "contested" else _HEAD)
            page.rect(x, top, wide, 0.9, style="F")
            for y, size, words, colour in (
                (2.5, 15, fact.value, _INK), (9.5, 8.5, fact.label, _INK), (14, 7, fact.note, _SOFT),
            ):  # fmt: skip
                page.set_xy(x + 2, top + y)
                self.font(size, bold=words is fact.value, colour=colour)
                page.multi_cell(wide - 3, size * 0.42, words, align="L")
        page.set_xy(_MARGIN, top + 25)

    def in_short(self, atlas: Drawing | None) -> None:
        if not self.brief.leads:
            self.paragraph("No incident in what was asked for.")
        else:
            self.title("In short")
            for lead in self.brief.leads:
                self.bullet(f"{lead.words}, {lead.day}", number=lead.sources[0])
        if atlas:
            self.page.ln(2)
            self.drawing(atlas)
        if self.brief.sections:
            self.title("What happened")

    def section(self, section: Section) -> None:
        page = self.page
        self.room(34)
        page.ln(3)
        top = page.get_y()
        page.set_fill_color(_MARK)
        page.circle(_MARGIN + 2.6, top + 3, 2.6, style="F")
        self.font(8.5, bold=True, colour="#ffffff")
        page.set_xy(_MARGIN, top)
        page.cell(5.2, 6, str(section.number), align="C")
        page.set_xy(_MARGIN + 7, top)
        self.font(12.5, bold=True)
        self.words(_WIDE - 7, 6, section.title)
        also = f" · with {section.also}" if section.also else ""
        self.paragraph(f"{section.where} · {section.days}{also}", size=8.5, colour=_SOFT)
        if section.totals:
            self.paragraph(" · ".join(section.totals), bold=True, size=9.5)
        page.ln(1)
        for sentence in section.told:
            self._told(sentence)
        if section.tolls:
            self.label("Tolls, and who says so")
            rows = [(t.label, t.best, t.bounds, t.agreement, _joined(t.said)) for t in section.tolls]
            heads = ("counted", "best", "bounds", "sources", "who said what last")
            self.table(heads, rows, (30, 12, 18, 20, 96), right=(1, 2))
        if section.movement:
            self.room(78)
            self.label(f"How the toll moved: {section.movement.label}, each figure on the day it was said")
            self.drawing(draw_movement(section.movement))

    def _told(self, sentence: Sentence) -> None:
        page = self.page
        self.room(10)
        top = page.get_y()
        self.font(8.5, bold=True, colour=_HEAD)
        page.cell(16, 4.8, sentence.day)
        page.set_xy(_MARGIN + 18, top)
        self.font(9.5)
        self.words(_WIDE - 18, 4.8, sentence.words + _cited(sentence.sources))
        page.ln(1.2)

    def further(self) -> None:
        if not self.brief.further:
            return
        self.title("Further incidents")
        rows = [
            (
                row.days,
                row.title,
                row.where,
                row.killed,
                "contested" if row.contested else "",
                str(row.reports),
            )
            for row in self.brief.further
        ]
        heads = ("days", "what", "where", "killed", "", "reports")
        self.table(heads, rows, (38, 32, 48, 22, 20, 16), right=(3, 5))
        if self.brief.left_out:
            self.paragraph(f"{self.brief.left_out:,} more are left out.", size=8.5, colour=_SOFT)

    def contests(self) -> None:
        if self.brief.contests:
            self.title("What is contested")
            for contest in self.brief.contests:
                self.bullet(f"Incident {contest.incident}, {contest.label}: {contest.words}")

    def postures(self) -> None:
        if not self.brief.postures:
            return
        self.title("Postures")
        rows = [(p.sender, p.host, _posture(p), p.since, p.before) for p in self.brief.postures]
        self.table(("who", "in", "posture", "since", "before"), rows, (32, 26, 60, 24, 34))

    def sources(self) -> None:
        page = self.page
        if self.brief.sources:
            self.title("Sources")
        for source in self.brief.sources:
            self.room(8)
            top = page.get_y()
            page.set_link(self.links[source.number], y=top)
            self.font(8.5, colour=_SOFT)
            page.cell(8, 4.4, f"{source.number}.", align="R")
            page.set_xy(_MARGIN + 10, top)
            words = ", ".join(part for part in (source.publisher, source.day) if part)
            self.font(8.5)
            text = f"{source.title}. {words}" if words else source.title
            self.words(_WIDE - 10, 4.4, text, link=source.url or "")
        page.ln(4)
        self.paragraph(self.brief.note, size=7.5, colour=_SOFT)

    # What all parts are made of.

    def font(self, size: float, *, bold: bool = False, colour: str = _INK) -> None:
        self.page.set_font(_FONT, style="B" if bold else "", size=size)
        self.page.set_text_color(colour)

    def words(self, wide: float, high: float, words: str, *, link: str = "") -> None:
        """Set words from where the pen is, and put it under them at the left margin."""
        self.page.multi_cell(wide, high, words, align="L", new_x="LMARGIN", new_y="NEXT", link=link)

    def room(self, height: float) -> None:
        """Go to the next page where less than so many millimetres are left."""
        if self.page.get_y() + height > 297 - 18:
            self.page.add_page()

    def title(self, words: str) -> None:
        self.room(26)
        self.page.ln(4)
        self.font(9.5, bold=True, colour=_HEAD)
        self.page.cell(_WIDE, 5.5, words.upper(), new_x="LMARGIN", new_y="NEXT")
        self.page.set_draw_color(_HEAD)
        self.page.set_line_width(0.5)
        self.page.line(_MARGIN, self.page.get_y(), _MARGIN + _WIDE, self.page.get_y())
        self.page.ln(2.5)

    def label(self, words: str) -> None:
        self.room(20)
        self.page.ln(2)
        self.font(8, bold=True, colour=_SOFT)
        self.page.cell(_WIDE, 4.5, words, new_x="LMARGIN", new_y="NEXT")
        self.page.ln(0.5)

    def paragraph(self, words: str, *, size: float = 9.5, bold: bool = False, colour: str = _INK) -> None:
        self.font(size, bold=bold, colour=colour)
        self.words(_WIDE, size * 0.54, words)

    def bullet(self, words: str, *, number: int | None = None) -> None:
        self.room(9)
        top = self.page.get_y()
        self.font(9.5, bold=number is not None, colour=_MARK if number else _SOFT)
        self.page.cell(6, 4.8, str(number) if number else "•", align="C")
        self.page.set_xy(_MARGIN + 7, top)
        self.font(9.5)
        self.words(_WIDE - 7, 4.8, words)
        self.page.ln(0.8)

    def drawing(self, drawing: Drawing) -> None:
        height = drawing.height * _WIDE / drawing.width
        self.room(height + 3)
        draw_on_page(self.page, drawing, _MARGIN, self.page.get_y(), _WIDE)
        self.page.set_y(self.page.get_y() + height + 3)

    def table(
        self, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float],
        *, right: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """Lay out a table; its head stands again on a new page."""
        self.page.set_draw_color(_LINE)
        self.page.set_line_width(0.2)
        self.page.set_fill_color("#ffffff")
        self.font(8)
        aligns = tuple("RIGHT" if at in right else "LEFT" for at in range(len(heads)))
        style = FontFace(emphasis="BOLD", color=_SOFT)
        with self.page.table(
            col_widths=tuple(widths), text_align=aligns, line_height=4.1, padding=(1, 3, 1, 0), width=_WIDE,
            borders_layout="HORIZONTAL_LINES", headings_style=style, align="LEFT",
        ) as table:  # fmt: skip
            for row in (heads, *rows):
                line = table.row()
                for cell in row:
                    line.cell(cell, style=_WORDS.get(cell))
        self.page.ln(1)


def _cited(sources: Sequence[int]) -> str:
    return f" [{', '.join(map(str, sources))}]" if sources else ""


def _joined(said: Iterable[Sentence]) -> str:
    return "; ".join(s.words + _cited(s.sources) for s in said)


def _posture(row: PostureRow) -> str:
    return row.words + (f", {row.status}" if row.status else "") + _cited(row.sources)
