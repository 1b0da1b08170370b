"""The readable page of one incident: summary, ledger with sources, timeline, map sketch, reports.

Made of Rich's parts for a terminal of 80 columns; what a report says passes
through `plain`, so that no text can act on the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.exports.sketch import Spot, sketch
from dateline.exports.wording import plain
from dateline.record import Incident, LedgerClaim, LedgerLine, Record, Total

__all__ = ["incident_page", "print_incident", "short_id", "word_bounds", "word_days", "word_total"]

_DIGEST = "sha256:"
_SHORT = 8  # digits of a digest that tell a million reports apart but for a few, and those are asked for
_AGREEMENT = {"contested": "bold red", "agreed": "green", "single": "dim"}
_A_DAY = 6  # entries of the timeline's day: the ledger has them all
_MANY = 9  # places on a sketch: one digit each


def short_id(name: str) -> str:
    """Shorten an id so that it is still found: the digest's first digits, and what follows it."""
    if not name.startswith(_DIGEST):
        return name
    digest, mark, rest = name.removeprefix(_DIGEST).partition("#")
    return digest[:_SHORT] + mark + rest


def word_bounds(low: int | None, high: int | None, *, approximate: bool = False) -> str:
    """Word bounds shortly: `37`, `7+`, `≤50`, `10–15`, `~100`."""
    if low is None and high is None:
        return "?"
    if low is None:
        body = f"≤{high:,}"
    elif high is None:
        body = f"{low:,}+"
    else:
        body = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return f"~{body}" if approximate else body


def word_days(incident: Incident) -> str:
    """Word the days of an incident."""
    start, end = incident.start, incident.end
    if start is None:
        return "day not known"
    return start if end in (None, start) else f"{start} to {end}"


def word_total(total: Total | None) -> str:
    """Word a toll: its best, and the bounds where they differ."""
    if total is None or total.best is None:
        return "" if total is None else word_bounds(total.lowest, total.highest)
    if total.lowest == total.highest:
        return f"{total.best:,}"
    return f"{total.best:,} ({word_bounds(total.lowest, total.highest)})"


def print_incident(
    console: Console, incident: Incident, records: Sequence[Record], notes: Sequence[str] = ()
) -> None:
    """Print the page of an incident; `records` are those of its reports, `notes` stand at its end."""
    console.print(incident_page(incident, records, notes))


def incident_page(incident: Incident, records: Sequence[Record], notes: Sequence[str] = ()) -> Group:
    """Make the page of an incident from it and the records of its reports."""
    by_id = {record.report.id: record for record in records}
    parts: list[RenderableType] = list(_head(incident))
    sections: tuple[tuple[str, list[RenderableType]], ...] = (
        ("Toll", list(_totals(incident))),
        ("Ledger", list(_ledger(incident, by_id))),
        ("Timeline", list(_timeline(incident, records))),
        ("Map", list(_map(incident, records))),
        ("Reports", [_reports(records)]),
        ("Decisions", [Text(plain(note)) for note in notes]),
    )
    for title, body in sections:
        if body:
            parts += [Text(), Text(title.upper(), style="bold underline"), *(_indented(p) for p in body)]
    return Group(*parts)


def _indented(part: RenderableType) -> Padding:
    return Padding(part, (0, 0, 0, 2))


def _head(incident: Incident) -> Iterator[Text]:
    yield Text(plain(incident.title), style="bold")
    where = plain(incident.where.name) if incident.where else "place not known"
    place = f"{where}, {incident.country}" if incident.country else where
    yield Text(f"{incident.type} · {place} · {word_days(incident)}")
    counts = f"{len(incident.reports)} reports, {len(incident.events)} mentions of events"
    yield Text(f"{short_id(incident.id)} · {counts}", style="dim")
    if incident.types:
        yield Text(f"with: {', '.join(t for t in incident.types if t != incident.type)}", style="dim")
    for role, names in incident.actors.items():
        yield Text(f"{role}: {', '.join(plain(name) for name in names)}")


def _totals(incident: Incident) -> Iterator[RenderableType]:
    if not incident.totals:
        return
    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column("measure")
    for name in ("lowest", "best", "highest"):
        table.add_column(name, justify="right")
    table.add_column("how best was chosen", ratio=1, style="dim")
    for measure, total in incident.totals.items():
        sides = ("" if n is None else f"{n:,}" for n in (total.lowest, total.best, total.highest))
        table.add_row(measure, *sides, Text(plain(total.rule)))
    yield table


def _ledger(incident: Incident, records: Mapping[str, Record]) -> Iterator[RenderableType]:
    for line in incident.ledger:
        yield _line_head(line)
        table = Table(box=None, pad_edge=False, show_header=False, expand=True)
        table.add_column(no_wrap=True, width=10)
        table.add_column(no_wrap=True, width=9, justify="right")
        table.add_column(ratio=1)
        for claim in line.claims:
            table.add_row(*_claim_cells(claim, records.get(claim.report)))
        yield Padding(table, (0, 0, 0, 2))


def _line_head(line: LedgerLine) -> Text:
    head = Text(line.measure, style="bold yellow")
    who = " ".join(w for w in (line.nationality, line.group if line.group != "unspecified" else None) if w)
    head.append(f" {who}" if who else "", style="bold")
    bounds = word_bounds(line.lowest, line.highest)
    head.append(f"  {bounds}" + (f", best {line.best:,}" if line.best is not None else ""), style="not bold")
    if line.agreement:
        head.append(f"  {line.agreement}", style=f"not bold {_AGREEMENT[line.agreement]}")
    return head


def _claim_cells(claim: LedgerClaim, record: Record | None) -> tuple[str, Text, Text]:
    gone = claim.status in ("retracted", "denied")
    amount = Text(
        word_bounds(claim.low, claim.high, approximate=claim.approximate), style="strike" if gone else "bold"
    )
    words = Text(plain(claim.source or claim.by))
    told = [
        claim.kind,
        plain(record.report.publisher) if record and record.report.publisher else short_id(claim.report),
        "a part" if claim.part else None,
        claim.status if claim.status != "stated" else None,
        f"repeated by {len(claim.also)}" if claim.also else None,
    ]
    words.append(f"  {', '.join(t for t in told if t)}", style="dim")
    return (claim.said or "")[:10], amount, words


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
    """Yield the figures of the dead, or of all measures where none was counted."""
    measures = {line.measure for line in incident.ledger}
    for line in incident.ledger:
        if line.measure == "killed" or "killed" not in measures:
            for claim in line.claims:
                bounds = word_bounds(claim.low, claim.high, approximate=claim.approximate)
                told = Text(f"{bounds} {line.measure}", style="yellow")
                told.append(f" ({plain(claim.source or claim.by)})", style="not dim blue")
                yield (claim.said or "")[:10], told


def _unique(texts: Sequence[Text]) -> list[Text]:
    return list({text.plain: text for text in texts}.values())


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
    table.add_column(no_wrap=True, width=_SHORT, style="dim")
    for record in records:
        report = record.report
        lines = report.text.strip().splitlines()
        title = report.title or (lines[0] if lines else "")
        table.add_row(
            (report.published or "")[:10], Text(plain(report.publisher or "")), Text(plain(title)),
            short_id(report.id),
        )  # fmt: skip
    return table
