"""A brief as one HTML page that loads nothing: its plots and its map stand in it as SVG."""

from __future__ import annotations

from markupsafe import Markup

from dateline.exports.brief.chart import draw_movement
from dateline.exports.brief.drawing import Drawing, to_svg
from dateline.exports.brief.model import Brief
from dateline.exports.render import templates

__all__ = ["page"]


def page(brief: Brief, atlas: Drawing | None) -> str:
    """Write the page; what reports say is escaped, and a policy in its head lets nothing run."""
    plots = {s.number: Markup(to_svg(draw_movement(s.movement))) for s in brief.sections if s.movement}
    return templates().get_template("brief.html").render(
        brief=brief, plots=plots, atlas=Markup(to_svg(atlas)) if atlas else None
    )  # fmt: skip
