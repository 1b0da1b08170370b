"""A brief as Markdown that reads well in a terminal too: tables, bars and a sketch in characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dateline.exports.brief.model import Brief, Movement, PostureRow, Section, Sentence, Spot
from dateline.exports.sketch import Spot as Place
from dateline.exports.sketch import sketch
from dateline.exports.wording import plain, word_bounds, word_day

__all__ = ["markdown"]

_SIGNS = re.compile(r"([\\`*_\[\]<>#|~])")
_BAR = 32  # characters of the longest
_ON_A_SKETCH = 9


def markdown(brief: Brief) -> str:
    """Write a brief as Markdown."""
    parts = (
        _head(brief), _in_short(brief), *_sections(brief), _further(brief), _contests(brief),
        _postures(brief), _map(brief.spots), _sources(brief),
    )  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def _safe(words: str) -> str:
    """Escape what Markdown would act on."""
    return _SIGNS.sub(r"\\\1", plain(words))


def _cited(sentence: Sentence) -> str:
    return _safe(sentence.words) + _numbers(sentence.sources)


def _numbers(sources: Iterable[int]) -> str:
    listed = ", ".join(map(str, sources))
    return f" [{listed}]" if listed else ""


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], right: frozenset[int] = frozenset()) -> str:
    """Lay out a table whose columns stand under each other in a terminal as well."""
    body = [list(head), *(list(row) for row in rows)]
    widths = [max(len(row[at]) for row in body) for at in range(len(head))]
    lines = [_line(row, widths, right) for row in body]
    rule = "|".join("-" * (w + 1) + (":" if at in right else "-") for at, w in enumerate(widths))
    return "\n".join([lines[0], f"|{rule}|", *lines[1:]])


def _line(row: Sequence[str], widths: Sequence[int], right: frozenset[int]) -> str:
    cells = (
        cell.rjust(wide) if at in right else cell.ljust(wide)
        for at, (cell, wide) in enumerate(zip(row, widths, strict=True))
    )
    return f"| {' | '.join(cells)} |"


def _head(brief: Brief) -> str:
    asked = f" · {_safe(brief.asked)}" if brief.asked else ""
    as_of = f" · as of {brief.as_of}" if brief.as_of else ""
    parts = [f"# {_safe(brief.title)}", f"**{_safe(brief.period)}**{asked} · {brief.basis}{as_of}"]
    if brief.facts:
        cells = [fact.value + (f" ({fact.note})" if fact.note else "") for fact in brief.facts]
        parts.append(_table([fact.label for fact in brief.facts], [cells]))
    return "\n\n".join(parts)


def _in_short(brief: Brief) -> str:
    if not brief.leads:
        return "No incident in what was asked for."
    lines = (f"- {_safe(s.words)}, {s.day} (incident {s.sources[0]})" for s in brief.leads)
    return "\n".join(["## In short", "", *lines])


def _sections(brief: Brief) -> Iterator[str]:
    if brief.sections:
        yield "## What happened"
    yield from map(_section, brief.sections)


def _section(section: Section) -> str:
    also = f" · with {_safe(section.also)}" if section.also else ""
    parts = [
        f"### {section.number}. {_safe(section.title)}",
        f"{_safe(section.where)} · {section.days}{also}",
        " · ".join(map(_safe, section.totals)),
        "\n".join(f"- {f'**{s.day}** ' if s.day else ''}{_cited(s)}" for s in section.told),
    ]
    if section.tolls:
        rows = [[_safe(toll.label), toll.best, toll.bounds, toll.agreement] for toll in section.tolls]
        parts.append(_table(["counted", "best", "bounds", "sources"], rows, frozenset({1, 2})))
        parts.append(
            "\n".join(f"- {_safe(t.label)}: {'; '.join(map(_cited, t.said))}" for t in section.tolls)
        )
    if section.movement:
        parts.append(_movement(section.movement))
    return "\n\n".join(part for part in parts if part)


def _movement(movement: Movement) -> str:
    """Draw a bar for every figure: solid up to the lower bound, light up to the upper."""
    most = max(p.high or p.low or 0 for p in movement.points) or 1
    lines = []
    for point in movement.points:
        low, high = point.low or 0, point.high if point.high is not None else point.low or 0
        bar = "█" * round(low / most * _BAR) + "░" * round((high - low) / most * _BAR)
        day = word_day(date.fromisoformat(point.day), year=False)
        who = f"{plain(point.speaker)[:36]}" + (f" [{point.source}]" if point.source else "")
        lines.append(f"{day:>6}  {bar:<{_BAR}} {word_bounds(point.low, point.high):>9}  {who}")
    return "\n".join([f"How the toll moved ({_safe(movement.label)}):", "", "```text", *lines, "```"])


def _further(brief: Brief) -> str:
    if not brief.further:
        return ""
    rows = [
        [row.days, _safe(row.title), _safe(row.where), row.killed + "\\*" * row.contested, str(row.reports)]
        for row in brief.further
    ]
    more = [f"{brief.left_out:,} more are left out."] if brief.left_out else []
    table = _table(["days", "what", "where", "killed", "reports"], rows, frozenset({3, 4}))
    mark = ["\\* contested"] if any(r.contested for r in brief.further) else []
    return "\n\n".join(["## Further incidents", table, *mark, *more])


def _contests(brief: Brief) -> str:
    if not brief.contests:
        return ""
    lines = [f"- Incident {c.incident}, {_safe(c.label)}: {_safe(c.words)}" for c in brief.contests]
    return "\n".join(["## What is contested", "", *lines])


def _postures(brief: Brief) -> str:
    if not brief.postures:
        return ""
    rows = [
        [_safe(p.sender), _safe(p.host), _posture(p) + _numbers(p.sources), p.since, _safe(p.before)]
        for p in brief.postures
    ]
    return "\n\n".join(["## Postures", _table(["who", "in", "posture", "since", "before"], rows)])


def _posture(row: PostureRow) -> str:
    return _safe(row.words) + (f", {row.status}" if row.status else "")


def _map(spots: Sequence[Spot]) -> str:
    places = {(s.lat, s.lon): Place(s.lat, s.lon, plain(s.name)) for s in spots if not s.town}
    if len(places) < 2:
        return ""
    center, *others = list(places.values())[:_ON_A_SKETCH]
    lines = [line.plain.rstrip() for line in sketch(center, others)]
    return "\n".join(["## Map", "", "```text", *lines, "```"])


def _sources(brief: Brief) -> str:
    lines = []
    for s in brief.sources:
        told = ", ".join(part for part in (_safe(s.publisher), s.day) if part)
        url = f" <{s.url}>" if s.url and not re.search(r"[\s<>]", s.url) else ""
        lines.append(f"{s.number}. {_safe(s.title)}. {told}{url}")
    return "\n".join(["## Sources", "", *lines, "", f"*{_safe(brief.note)}*"])
