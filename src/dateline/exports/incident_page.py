"""The readable page of one incident: summary, ledger with sources, timeline, map sketch, reports.

Made of Rich's parts for a terminal of 80 columns; what a report says passes
through `plain`, so that no text can act on the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline import codebook
from dateline.exports.ledger_page import ledger_parts
from dateline.exports.ledger_wording import GONE, by_gravity, word_speaker, word_who
from dateline.exports.sketch import Spot, sketch
from dateline.exports.wording import SHORT, plain, short_id, word_bounds, word_days, word_where
from dateline.record import Incident, LedgerClaim, LedgerLine, Record

__all__ = ["incident_page", "print_incident", "word_bounds", "word_days"]

_A_FEW = 6  # names of a role, and types beside the main one
_NAME = 36  # code points of a speaker's name on the timeline
_A_DAY = 6  # entries of the timeline's day: the ledger has them all
_MANY = 9  # places on a sketch: one digit each


def print_incident(
    console: Console,
    incident: Incident,
    records: Sequence[Record],
    notes: Sequence[str] = (),
    *,
    contested: bool = False,
) -> None:
    """Print the page of an incident; `records` are those of its reports, `notes` stand at its end.

    With `contested` it ends with those lines of the ledger alone.
    """
    console.print(incident_page(incident, records, notes, contested=contested))


def incident_page(
    incident: Incident, records: Sequence[Record], notes: Sequence[str] = (), *, contested: bool = False
) -> Group:
    """Make the page of an incident from it and the records of its reports; options as above."""
    by_id = {record.report.id: record for record in records}
    lines = [line for line in incident.ledger if not contested or line.agreement == "contested"]
    ledger = ("Contested" if contested else "Ledger", list(ledger_parts(lines, by_id)))
    sections: list[tuple[str, list[RenderableType]]] = [
        ("Toll", list(_totals(incident))),
        ("Timeline", list(_timeline(incident, records))),
        ("Map", list(_map(incident, records))),
        ("Reports", [_reports(records)]),
        ("Decisions", [Text(plain(note)) for note in notes]),
    ]
    sections.insert(len(sections) if contested else 1, ledger)
    parts: list[RenderableType] = list(_head(incident))
    for title, body in sections:
        if body:
            parts += [Text(), Text(title.upper(), style="bold underline"), *(_indented(p) for p in body)]
    return Group(*parts)


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, 2))


def _head(incident: Incident) -> Iterator[Text]:
    yield Text(plain(incident.title), style="bold")
    yield Text(f"{incident.type} · {word_where(incident)} · {word_days(incident)}")
    counts = f"{_count(incident.reports, 'report')}, {_count(incident.events, 'mention')} of events"
    yield Text(f"{incident.id} · {counts}", style="dim")
    others = [kind for kind in incident.types if kind != incident.type]
    if others:
        yield Text(f"with: {_some(others)}", style="dim")
    for role, names in incident.actors.items():
        yield Text.assemble((f"{role}: ", "dim"), _some([plain(name) for name in names]))


def _count(things: Sequence[object], word: str) -> str:
    return f"{len(things):,} {word}{'' if len(things) == 1 else 's'}"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _A_FEW
    return ", ".join(names[:_A_FEW]) + (f" and {more} more" if more > 0 else "")


def _totals(incident: Incident) -> Iterator[RenderableType]:
    if not incident.totals:
        return
    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("measure")
    for name in ("lowest", "best", "highest"):
        table.add_column(name, justify="right")
    table.add_column("how best was chosen", ratio=1, style="dim")
    for measure in [m for m in codebook.MEASURES if m in incident.totals]:
        total = incident.totals[measure]
        sides = ("" if n is None else f"{n:,}" for n in (total.lowest, total.best, total.highest))
        table.add_row(measure, *sides, Text(plain(total.rule)))
    yield table


def _timeline(incident: Incident, records: Sequence[Record]) -> Iterator[RenderableType]:
    """Give a line a day: who published on it, and the first tolls that were said."""
    days: dict[str, list[Text]] = {}
    for day, entry in (*_published(records), *_said(incident)):
        days.setdefault(day, []).append(entry)
    if not any(days):
        return
    table = Table(box=None, pad_edge=False, show_header=False, expand=True)
    table.add_column(no_wrap=True, width=10)
    table.add_column(ratio=1)
    for day in sorted(days, key=lambda d: d or "9999"):
        entries = _unique(days[day])
        more = [Text(f"{len(entries) - _A_DAY} more", style="dim")] if len(entries) > _A_DAY else []
        table.add_row(day or "no day", Text(" · ").join(entries[:_A_DAY] + more))
    yield table


def _published(records: Sequence[Record]) -> Iterator[tuple[str, Text]]:
    for record in records:
        name = plain(record.report.publisher or short_id(record.report.id))
        yield (record.report.published or "")[:10], Text(name, style="dim")


def _said(incident: Incident) -> Iterator[tuple[str, Text]]:
    """Yield the figures of the dead, or of all measures where none was counted; wholes where there are."""
    lines = [line for line in by_gravity(incident.ledger) if line.measure == "killed"]
    lines = lines or by_gravity(incident.ledger)
    for line in [line for line in lines if line.nationality is None] or lines:
        for claim in line.claims:
            if not claim.part and claim.status not in GONE:
                yield (claim.said or "")[:10], _told(line, claim)


def _told(line: LedgerLine, claim: LedgerClaim) -> Text:
    bounds = word_bounds(claim.low, claim.high, approximate=claim.approximate)
    who = word_who(line, one=claim.low == claim.high == 1)
    told = Text(" ".join(word for word in (bounds, who, line.measure) if word), style="yellow")
    if claim.source is not None:
        told.append(f" ({_cut(word_speaker(claim))})", style="not dim blue")
    return told


def _cut(name: str) -> str:
    return name if len(name) <= _NAME else name[:_NAME].rsplit(" ", 1)[0] + "…"


def _unique(texts: Sequence[Text]) -> list[Text]:
    return list({text.plain.casefold(): text for text in reversed(texts)}.values())[::-1]


def _map(incident: Incident, records: Sequence[Record]) -> Iterator[RenderableType]:
    """Sketch where the incident's place lies among those that its reports name most."""
    counts: dict[tuple[float, float], int] = {}
    names: dict[tuple[float, float], str] = {}
    for record in records:
        for place in record.places:
            if (
                place.lat is not None
                and place.lon is not None
                and place.precision not in ("region", "country")
            ):
                at = (round(place.lat, 2), round(place.lon, 2))
                counts[at] = counts.get(at, 0) + len(place.mentions)
                names.setdefault(at, place.name)
    here = incident.where
    if here is None or here.lat is None or here.lon is None:
        return
    center = Spot(here.lat, here.lon, plain(here.name))
    own = (round(here.lat, 2), round(here.lon, 2))
    others = sorted((at for at in counts if at != own), key=lambda at: (-counts[at], at))[: _MANY - 1]
    yield from sketch(center, [Spot(lat, lon, plain(names[lat, lon])) for lat, lon in others])


def _reports(records: Sequence[Record]) -> RenderableType:
    table = Table(box=None, pad_edge=False, show_header=False, expand=True)
    table.add_column(no_wrap=True, width=10)
    table.add_column(no_wrap=True, max_width=20, overflow="ellipsis")
    table.add_column(ratio=1, no_wrap=True, overflow="ellipsis")
    table.add_column(no_wrap=True, width=SHORT, style="dim")
    for record in records:
        report = record.report
        lines = report.text.strip().splitlines()
        title = report.title or (lines[0] if lines else "")
        table.add_row(
            (report.published or "")[:10], Text(plain(report.publisher or "")), Text(plain(title)),
            short_id(report.id),
        )  # fmt: skip
    return table
