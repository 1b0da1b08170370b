"""Show what a benchmark gave: as a table with the peers beside ours, or as JSON."""

from __future__ import annotations

import json

from rich.table import Table

from dateline.evaluation.benchmark import Result
from dateline.evaluation.scores import Row

__all__ = ["to_json", "to_table"]


def to_table(result: Result) -> Table:
    """Lay the rows out: precision, recall and F1 (a share alone under R), counts, and the peers.

    On which texts a peer was measured stands below.
    """
    table = Table(
        title=f"{result.name}: {result.size:,} {result.unit}",
        caption="\n".join((*_where_from(result), *result.notes)) or None,
        box=None,
        pad_edge=False,
        title_justify="left",
        caption_justify="left",
    )
    table.add_column("measure")
    for name in ("P", "R", "F1", "right/found/gold"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("others")
    for measure, row in result.tally.rows.items():
        cells = _share(row) if measure in result.shares else _scores(row)
        others = (f"{p.value:.3f} {p.system}" for p in result.peers if p.measure == measure)
        table.add_row(measure, *cells, "\n".join(others))
    return table


def _where_from(result: Result) -> list[str]:
    """Say once of each peer on which texts its figures were taken."""
    return list(dict.fromkeys(f"{p.system}: {p.on}" for p in result.peers))


def _share(row: Row) -> tuple[str, ...]:
    return "", f"{row.recall:.3f}", "", f"{row.right}/{row.gold}"


def _scores(row: Row) -> tuple[str, ...]:
    counts = f"{row.right}/{row.found}/{row.gold}"
    return f"{row.precision:.3f}", f"{row.recall:.3f}", f"{row.f1:.3f}", counts


def to_json(result: Result) -> str:
    """Write the rows, the peers and the notes as one JSON object."""
    return json.dumps(
        {
            "benchmark": result.name,
            "unit": result.unit,
            "size": result.size,
            "rows": {m: _numbers(row, m in result.shares) for m, row in result.tally.rows.items()},
            "others": [
                {"measure": p.measure, "system": p.system, "value": p.value, "on": p.on} for p in result.peers
            ],
            "notes": list(result.notes),
        },
        indent=1,
    )


def _numbers(row: Row, share: bool) -> dict[str, float]:
    if share:
        return {"share": row.recall, "right": row.right, "gold": row.gold}
    names = ("precision", "recall", "f1", "right", "found", "gold")
    return {name: getattr(row, name) for name in names}
