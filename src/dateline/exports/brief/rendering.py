"""The forms of a brief: HTML, PDF, Word and Markdown."""

from __future__ import annotations

from collections.abc import Callable

from dateline.errors import ExportError
from dateline.exports.brief.atlas import draw_map
from dateline.exports.brief.drawing import Drawing
from dateline.exports.brief.markdown import markdown
from dateline.exports.brief.model import Brief

__all__ = ["FORMS", "render_brief"]


def _markdown(brief: Brief, _: Drawing | None) -> bytes:
    return markdown(brief).encode("utf-8")


def _html(brief: Brief, atlas: Drawing | None) -> bytes:
    from dateline.exports.brief.page import page

    return page(brief, atlas).encode("utf-8")


def _pdf(brief: Brief, atlas: Drawing | None) -> bytes:
    from dateline.exports.brief.pdf import pdf

    return pdf(brief, atlas)


def _docx(brief: Brief, atlas: Drawing | None) -> bytes:
    from dateline.exports.brief.docx import docx

    return docx(brief, atlas)


FORMS: dict[str, Callable[[Brief, Drawing | None], bytes]] = {
    "html": _html, "pdf": _pdf, "docx": _docx, "md": _markdown,
}  # fmt: skip


def render_brief(brief: Brief, form: str) -> bytes:
    """Show a brief in a form of FORMS. Raises ExportError for one that isn't there."""
    if form not in FORMS:
        raise ExportError("no such form of a brief", where=form, hint=f"there are {', '.join(FORMS)}")
    return FORMS[form](brief, draw_map(brief.spots, brief.country))
