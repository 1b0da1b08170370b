"""A ledger for a terminal of 80 columns: lines of several figures with bars, the others in a row each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dateline.exports.ledger_wording import (
    GONE,
    by_gravity,
    said_on,
    word_claim,
    word_line,
    word_speaker,
    word_who,
)
from dateline.exports.wording import plain, short_id, word_bounds, word_day
from dateline.record import LedgerClaim, LedgerLine, Record

__all__ = ["AGREEMENT", "ledger_parts"]

AGREEMENT = {"contested": "bold red", "agreed": "green", "single": "dim"}
_BAR = 8  # columns; a bar of 1 is the largest figure of its line
_EIGHTHS = " ▏▎▍▌▋▊▉"


def ledger_parts(lines: Sequence[LedgerLine], records: Mapping[str, Record]) -> Iterator[RenderableType]:
    """Yield a ledger's parts, the gravest measure first; `records` are by report id.

    A line of a single figure is one row under its measure's other lines.
    """
    for _, group in groupby(by_gravity(lines), key=lambda line: line.measure):
        same = list(group)
        for line in same:
            if len(line.claims) > 1:
                yield _head(line)
                yield Padding(_claims(line, records), (0, 0, 0, 2))
        singles = [line for line in same if len(line.claims) == 1]
        if singles:
            yield Text(f"{singles[0].measure}, one figure each", style="bold yellow")
            yield Padding(_singles(singles, records), (0, 0, 0, 2))


def _head(line: LedgerLine) -> Text:
    head = Text(word_line(line), style="bold yellow")
    bounds = word_bounds(line.lowest, line.highest)
    best = f", best {line.best:,}" if line.best is not None and line.lowest != line.highest else ""
    if line.lowest is not None or line.highest is not None:
        head.append(f"  {bounds}{best}", style="not bold default")
    if line.agreement:
        head.append(f"  {line.agreement}", style=f"not bold {AGREEMENT[line.agreement]}")
    return head


def _claims(line: LedgerLine, records: Mapping[str, Record]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, expand=True)
    table.add_column(no_wrap=True, min_width=6, justify="right", style="dim")
    table.add_column(no_wrap=True, min_width=6, justify="right")
    table.add_column(no_wrap=True, width=_BAR + 1)
    table.add_column(ratio=1)
    most = max((n for c in line.claims for n in (c.low, c.high) if n is not None), default=0)
    for day, claim in zip(_days([line]), line.claims, strict=True):
        table.add_row(day, _amount(claim), _bar(claim, most), _source(claim, records))
    return table


def _singles(lines: Sequence[LedgerLine], records: Mapping[str, Record]) -> Table:
    table = Table(box=None, pad_edge=False, show_header=False, expand=True)
    table.add_column(no_wrap=True, min_width=6, justify="right", style="dim")
    table.add_column(no_wrap=True, min_width=6, justify="right")
    table.add_column(no_wrap=True, max_width=16)
    table.add_column(ratio=1)
    for day, line in zip(_days(lines), lines, strict=True):
        (claim,) = line.claims
        who = Text(word_who(line, one=claim.low == claim.high == 1) or "in all")
        table.add_row(day, _amount(claim), who, _source(claim, records))
    return table


def _amount(claim: LedgerClaim) -> Text:
    style = "strike" if claim.status in GONE else "bold"
    return Text(word_bounds(claim.low, claim.high, approximate=claim.approximate), style=style)


def _bar(claim: LedgerClaim, most: int) -> Text:
    """Draw a figure: full up to its lower bound, shaded on to the upper, with a tip where that is open.

    It is dim where the figure is a part or gone.
    """
    low, high = claim.low or 0, claim.high if claim.high is not None else claim.low or 0
    eighths = round(8 * _BAR * low / most) if most else 0
    shaded = max(0, round(_BAR * high / most) - -(-eighths // 8)) if most else 0
    drawn = "█" * (eighths // 8) + (_EIGHTHS[eighths % 8] if eighths % 8 else "") + "░" * shaded
    drawn += "▸" if claim.high is None and claim.low is not None else ""
    return Text(drawn, style="dim" if claim.part or claim.status in GONE else "yellow")


def _source(claim: LedgerClaim, records: Mapping[str, Record]) -> Text:
    record = records.get(claim.report)
    publisher = record.report.publisher if record else None
    where = plain(publisher) if publisher else short_id(claim.report)
    if claim.source is None:  # the report's own voice
        more = word_claim(claim).removeprefix(claim.kind)
        return Text.assemble(where, (f"  in its own words{more}", "dim"))
    return Text.assemble(word_speaker(claim), (f"  {where}, {word_claim(claim)}", "dim"))


def _days(lines: Sequence[LedgerLine]) -> Iterator[str]:
    """Word the days of claims one after the other: with the year where there are several, each day once."""
    days = [said_on(claim) for line in lines for claim in line.claims]
    year = len({day.year for day in days if day}) > 1
    for day, before in zip(days, [None, *days], strict=False):
        yield word_day(day, year=year) if day and day != before else ""
