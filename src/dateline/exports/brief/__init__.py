"""A brief: one content, made of incidents, postures and reports, and four ways to show it.

>>> from dateline.exports.brief import brief_of, render_brief
>>> render_brief(brief_of(store, wanted), "md")                                      # doctest: +SKIP
"""

from __future__ import annotations

from dateline.exports.brief.making import brief_of
from dateline.exports.brief.model import Brief
from dateline.exports.brief.rendering import FORMS, render_brief

__all__ = ["FORMS", "Brief", "brief_of", "render_brief"]
