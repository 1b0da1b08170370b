"""Postures as a table for a terminal: who in which country, since when, what, said by whom, and before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.table import Table
from rich.text import Text

from dateline.exports.wording import plain
from dateline.record import Claim, Posture, Record

__all__ = ["posture_table", "speakers", "word_posture"]


def word_posture(posture: Posture) -> str:
    """Word a posture: mission, staff, advice with the area it is for, and whether it is in force."""
    told = [
        f"mission {posture.mission}" if posture.mission else None,
        f"staff {posture.staff}" if posture.staff else None,
        f"advice: {posture.advice}" if posture.advice else None,
        f"for {plain(posture.area)}" if posture.area else None,
        posture.status,
    ]
    return ", ".join(part for part in told if part)


def speakers(postures: Sequence[Posture], records: Mapping[str, Record]) -> dict[str, str]:
    """Word who says each posture, by its claim; `records` are by report id."""
    claims = {
        f"{key}#{claim.id}": (claim, record) for key, record in records.items() for claim in record.claims
    }
    return {
        posture.claim: _word_speaker(*claims[posture.claim])
        for posture in postures
        if posture.claim in claims
    }


def _word_speaker(claim: Claim, record: Record) -> str:
    where = record.report.publisher
    if claim.source.span is None:
        return plain(where or "the report")
    return plain(claim.source.name + (f" ({where})" if where else ""))


def posture_table(postures: Sequence[Posture], said_by: Mapping[str, str]) -> Table:
    """Make a table of postures, a row each; `said_by` gives who says it by claim."""
    table = Table(box=None, pad_edge=False, expand=True)
    for name in ("who", "in", "since"):
        table.add_column(name, no_wrap=True)
    table.add_column("posture", ratio=3)
    table.add_column("said by", ratio=3, style="dim")
    changed = any(posture.before for posture in postures)
    if changed:
        table.add_column("before", ratio=2, style="dim")
    for posture in postures:
        before = [Text(word_posture(posture.before) if posture.before else "")] if changed else []
        table.add_row(
            posture.sender, posture.host, (posture.since or "")[:10], Text(word_posture(posture)),
            Text(said_by.get(posture.claim or "", "")), *before,
        )  # fmt: skip
    return table
