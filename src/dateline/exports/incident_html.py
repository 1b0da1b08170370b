"""An incident as a piece of HTML that stands by itself: summary, toll charts, ledger.

It loads nothing and runs nothing; all that reports say is escaped, so it can
stand in a notebook as it is.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from dateline.exports.ledger_wording import GONE, by_gravity, word_claim, word_line, word_speaker
from dateline.exports.render import templates
from dateline.exports.toll_chart import charted, toll_chart
from dateline.exports.wording import plain, short_id, word_bounds, word_days, word_where
from dateline.record import Incident, LedgerClaim, LedgerLine

__all__ = ["incident_html"]


def incident_html(incident: Incident) -> str:
    """Render an incident: what it is, its tolls, who gave which figure when (drawn and listed)."""
    charts = [
        {"title": word_line(line), "agreement": line.agreement, "svg": Markup(toll_chart(line))}
        for line in charted(incident)
    ]
    return templates().get_template("incident.html").render(
        incident=incident, title=plain(incident.title), where=word_where(incident),
        days=word_days(incident), name=short_id(incident.id), charts=charts,
        lines=[_line(line) for line in by_gravity(incident.ledger)],
        claims=sum(len(line.claims) for line in incident.ledger),
    )  # fmt: skip


def _line(line: LedgerLine) -> dict[str, Any]:
    return {
        "title": word_line(line),
        "agreement": line.agreement,
        "rows": [_row(claim) for claim in line.claims],
    }


def _row(claim: LedgerClaim) -> dict[str, Any]:
    return {
        "day": (claim.said or "")[:10],
        "bounds": word_bounds(claim.low, claim.high, approximate=claim.approximate),
        "source": word_speaker(claim),
        "told": word_claim(claim),
        "gone": claim.status in GONE,
    }
