"""A brief as a Word document: styles that a template can restyle, tables, pictures with their words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from dateline.exports.brief.chart import draw_movement
from dateline.exports.brief.drawing import Drawing, to_png
from dateline.exports.brief.model import Brief, PostureRow, Section, Sentence

__all__ = ["docx"]

_FONT = "Calibri"
_HEAD, _SOFT, _MARK, _AGREED = "14304F", "5A6472", "8A1C1C", "23663C"
_WIDE_CM = 17.0
_UNDATED = datetime(2000, 1, 1)  # Word shows no day before 1980
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_RULE = "C9D0D8"
_COLOURS = {"contested": _MARK, "agreed": _AGREED}


def docx(brief: Brief, atlas: Drawing | None) -> bytes:
    """Write the brief as a Word document."""
    writer = _Writer(brief)
    writer.head()
    writer.in_short(atlas)
    for section in brief.sections:
        writer.section(section)
    writer.lists()
    writer.sources()
    return _settled(writer.bytes())


def _settled(body: bytes) -> bytes:
    """Write the archive anew with one time for all its parts, so that the same brief gives the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return stream.getvalue()


class _Writer:
    """Puts the parts of a brief into a document, one under the other."""

    def __init__(self, brief: Brief) -> None:
        self.brief = brief
        self.document: Any = Document()
        self._page()
        self._styles()
        self._properties()

    def _page(self) -> None:
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.0)
        section.top_margin = section.bottom_margin = Cm(1.9)
        line = section.footer.paragraphs[0]
        line.text = f"{self.brief.title}, {self.brief.period}"
        self._tint(line, _SOFT, 8)

    def _styles(self) -> None:
        for name, size, colour in (
            ("Normal", 10, None), ("Title", 24, _HEAD), ("Heading 1", 13, _HEAD), ("Heading 2", 12, None),
        ):  # fmt: skip
            style = self.document.styles[name]
            style.font.name, style.font.size = _FONT, Pt(size)
            style.font.color.rgb = RGBColor.from_string(colour or "1D2430")
            self._every_script(style)
        self.document.styles["Normal"].paragraph_format.space_after = Pt(4)

    def _every_script(self, style: Any) -> None:
        """Name the font for all scripts: Word's default template sets another for headings."""
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name in list(fonts.attrib):
            if name.endswith("Theme"):
                del fonts.attrib[name]
        for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            fonts.set(qn(script), _FONT)

    def _properties(self) -> None:
        try:
            made = datetime.fromisoformat(self.brief.as_of)
        except ValueError:
            made = _UNDATED
        found = self.document.core_properties
        found.title, found.author, found.comments = self.brief.title, "Dateline", self.brief.basis
        found.created = found.modified = made
        found.last_modified_by, found.language = "Dateline", "en"

    def head(self) -> None:
        brief = self.brief
        self.document.add_paragraph(brief.title, style="Title")
        self._tint(self.document.add_paragraph(brief.period), _HEAD, 12, bold=True)
        as_of = f"as of {brief.as_of}" if brief.as_of else ""
        words = " · ".join(part for part in (brief.basis, brief.asked, as_of) if part)
        self._tint(self.document.add_paragraph(words), _SOFT, 9)
        if brief.facts:
            self._facts()

    def _facts(self) -> None:
        table = self.document.add_table(rows=1, cols=len(self.brief.facts))
        table.style = "Table Grid"
        for cell, fact in zip(table.rows[0].cells, self.brief.facts, strict=True):
            first = cell.paragraphs[0]
            colour = _MARK if fact.label == "contested" else _HEAD
            self._run(first, fact.value, colour, 17, bold=True)
            self._run(cell.add_paragraph(), fact.label, None, 9)
            if fact.note:
                self._run(cell.add_paragraph(), fact.note, _SOFT, 7.5)
        self._tighten(table)

    def in_short(self, atlas: Drawing | None) -> None:
        self.document.add_heading("In short", 1)
        if not self.brief.leads:
            self.document.add_paragraph("No incident in what was asked for.")
        for lead in self.brief.leads:
            line = self.document.add_paragraph(style="List Bullet")
            self._run(line, f"{lead.words}, {lead.day} ", None, 10)
            self._run(line, f"(incident {lead.sources[0]})", _SOFT, 9)
        if atlas:
            self.picture(atlas)
        if self.brief.sections:
            self.document.add_heading("What happened", 1)

    def section(self, section: Section) -> None:
        self.document.add_heading(f"{section.number}. {section.title}", 2)
        also = f" · with {section.also}" if section.also else ""
        self._tint(self.document.add_paragraph(f"{section.where} · {section.days}{also}"), _SOFT, 9)
        if section.totals:
            self._run(self.document.add_paragraph(), " · ".join(section.totals), None, 10, bold=True)
        for sentence in section.told:
            line = self.document.add_paragraph(style="List Bullet")
            if sentence.day:
                self._run(line, f"{sentence.day}  ", _HEAD, 10, bold=True)
            self._run(line, sentence.words + _cited(sentence.sources), None, 10)
        if section.tolls:
            rows = [(t.label, t.best, t.bounds, t.agreement, _joined(t.said)) for t in section.tolls]
            heads = ("counted", "best", "bounds", "sources", "who said what last")
            self.table(heads, rows, (3.0, 1.3, 1.8, 2.4, 8.5))
        if section.movement:
            words = f"How the toll moved: {section.movement.label}, each figure on the day it was said"
            caption = self.document.add_paragraph(words)
            caption.paragraph_format.keep_with_next = True
            self._tint(caption, _SOFT, 9)
            self.picture(draw_movement(section.movement))

    def lists(self) -> None:
        self._further()
        if self.brief.contests:
            self.document.add_heading("What is contested", 1)
        for contest in self.brief.contests:
            line = self.document.add_paragraph(style="List Bullet")
            self._run(line, f"Incident {contest.incident}, {contest.label}: ", None, 10, bold=True)
            self._run(line, contest.words, None, 10)
        if self.brief.postures:
            self.document.add_heading("Postures", 1)
            rows = [(p.sender, p.host, _posture(p), p.since, p.before) for p in self.brief.postures]
            self.table(("who", "in", "posture", "since", "before"), rows, (3.0, 2.6, 6.0, 2.4, 3.0))

    def _further(self) -> None:
        if not self.brief.further:
            return
        self.document.add_heading("Further incidents", 1)
        rows = [
            (r.days, r.title, r.where, r.killed, "contested" if r.contested else "", str(r.reports))
            for r in self.brief.further
        ]
        heads = ("days", "what", "where", "killed", "", "reports")
        self.table(heads, rows, (3.6, 3.0, 4.4, 2.2, 2.0, 1.8))
        if self.brief.left_out:
            self._tint(self.document.add_paragraph(f"{self.brief.left_out:,} more are left out."), _SOFT, 9)

    def sources(self) -> None:
        if self.brief.sources:
            self.document.add_heading("Sources", 1)
        for source in self.brief.sources:
            line = self.document.add_paragraph()
            line.paragraph_format.left_indent = Cm(0.9)
            line.paragraph_format.first_line_indent = Cm(-0.9)
            words = ", ".join(part for part in (source.publisher, source.day) if part)
            self._run(line, f"[{source.number}]  ", _SOFT, 9)
            self._run(line, source.title + (f". {words}" if words else ""), None, 9)
            if source.url:
                self._run(line, f"  {source.url}", _SOFT, 8)
        self._tint(self.document.add_paragraph(self.brief.note), _SOFT, 8)

    # What all parts are made of.

    def _run(self, line: Any, words: str, colour: str | None, size: float, *, bold: bool = False) -> None:
        run = line.add_run(_allowed(words))
        run.font.size, run.bold = Pt(size), bold
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)

    def _tint(self, line: Any, colour: str, size: float, *, bold: bool = False) -> None:
        for run in line.runs:
            run.font.color.rgb = RGBColor.from_string(colour)
            run.font.size, run.bold = Pt(size), bold

    def picture(self, drawing: Drawing) -> None:
        self.document.add_picture(io.BytesIO(to_png(drawing)), width=Cm(_WIDE_CM))
        shape = self.document.inline_shapes[-1]._inline.docPr
        shape.set("descr", drawing.title)  # what a screen reader says

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
        table = self.document.add_table(rows=1, cols=len(heads))
        table.style, table.autofit = "Table Grid", False
        for cell, words in zip(table.rows[0].cells, heads, strict=True):
            self._run(cell.paragraphs[0], words, _SOFT, 8.5, bold=True)
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                self._run(cell.paragraphs[0], words, _COLOURS.get(words), 9, bold=words == "contested")
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
            for cell in column.cells:
                cell.width = Cm(width)
        self._repeat_head(table)
        self._tighten(table)
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def _repeat_head(self, table: Any) -> None:
        """Let the head of a table stand again on a new page."""
        mark = OxmlElement("w:tblHeader")
        table.rows[0]._tr.get_or_add_trPr().append(mark)

    def _tighten(self, table: Any) -> None:
        """Draw thin lines between rows alone, and leave little room under a cell's words."""
        borders = OxmlElement("w:tblBorders")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
            line = OxmlElement(f"w:{side}")
            drawn = side in ("top", "bottom", "insideH")
            line.set(qn("w:val"), "single" if drawn else "nil")
            line.set(qn("w:color"), _RULE)
            borders.append(line)
        table._tbl.tblPr.append(borders)
        for row in table.rows:
            for cell in row.cells:
                for line in cell.paragraphs:
                    line.paragraph_format.space_after = Pt(1)

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.document.save(stream)
        return stream.getvalue()


def _allowed(words: str) -> str:
    """Leave out what XML can't hold."""
    return _FORBIDDEN.sub("", words)


def _posture(row: PostureRow) -> str:
    return row.words + (f", {row.status}" if row.status else "") + _cited(row.sources)


def _cited(sources: Sequence[int]) -> str:
    return f" [{', '.join(map(str, sources))}]" if sources else ""


def _joined(said: Iterable[Sentence]) -> str:
    return "; ".join(s.words + _cited(s.sources) for s in said)
