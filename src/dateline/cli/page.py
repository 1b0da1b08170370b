"""The readable page of a record, for a terminal of 80 columns, with or without colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from dateline.exports.wording import (
    Happening,
    arguments,
    around,
    happenings,
    plain,
    word_amount,
    word_means,
    word_place,
    word_source,
    word_title,
    word_when,
)
from dateline.record import Claim, Figure, Place, Record, Span

__all__ = ["print_record"]

_STATUS = {
    "planned": "cyan", "predicted": "cyan", "requested": "cyan", "threatened": "magenta",
    "possible": "yellow", "denied": "red", "hypothetical": "cyan", "ongoing": "green",
}  # fmt: skip
_CONTENT = 220  # code points of a statement that are shown: three lines


def print_record(console: Console, record: Record, *, first: bool = True) -> None:
    """Print one record; a rule parts it from the one before."""
    if not first:
        console.print()
        console.rule(style="dim")
    _Page(console, record).print()


class _Page:
    def __init__(self, console: Console, record: Record) -> None:
        self.console, self.record, self.text = console, record, record.report.text
        self.claim_of: dict[str, Claim] = {key: c for c in record.claims for key in c.about}
        self.places: dict[str, Place] = {p.id: p for p in record.places}

    def print(self) -> None:
        self._head()
        self._section("What happened", [self._happening(h) for h in happenings(self.record)])
        self._section("Figures", [self._figure(f) for f in self.record.figures])
        said = [c for c in self.record.claims if c.source.span]
        self._section("Who says what", [self._claim(c) for c in said])
        known = [p for p in self.record.places if p.lat is not None]
        self._section("Places", [[self._place(p)] for p in known])

    def _head(self) -> None:
        report = self.record.report
        self.console.print(Text(word_title(report), style="bold"))
        known = [report.publisher, report.published or "day of publication not known", report.language]
        self.console.print(Text(plain(" · ".join(k for k in known if k)), style="dim"))
        for notice in report.notices:
            self.console.print(Text(plain(f"note: {notice}"), style="yellow"))

    def _section(self, title: str, entries: Sequence[Sequence[Text]]) -> None:
        self.console.print()
        self.console.print(Text(title.upper(), style="bold underline"))
        if not entries:
            self.console.print(Text("  none found", style="dim"))
        for lines in entries:
            for at, line in enumerate(lines):
                self.console.print(Padding(line, (0, 0, 0, 2 if at == 0 else 4), expand=False))

    def _happening(self, happening: Happening) -> list[Text]:
        first, events = happening.first, happening.events
        head = Text(first.type, style="bold red")
        for status in dict.fromkeys(e.status for e in events):
            if status != "happened" or len({e.status for e in events}) > 1:
                head.append(f"  {status}", style=_STATUS.get(status, ""))
        place, when = word_place(self.places.get(first.where or "")), word_when(first.when)
        for value, style in ((place, "green"), (when, "magenta")):
            if value:
                head.append(f"  {value}", style=f"not bold {style}")
        agents = arguments(events, ["agent"])
        targets = arguments(events, ["target", "recipient"])
        lines = [head]
        if agents or targets:
            lines.append(Text(f"{', '.join(agents) or '—'} → {', '.join(targets) or '—'}"))
        means = word_means(events)
        if means:
            lines.append(Text(means, style="dim"))
        return [*lines, *self._told((e.id, e.trigger) for e in events)]

    def _told(self, rows: Iterator[tuple[str, Span]]) -> Iterator[Text]:
        for key, span in rows:
            yield self._words(span, self.claim_of.get(key))

    def _words(self, span: Span, claim: Claim | None) -> Text:
        cut = around(self.text, span, 34)
        line = Text("“", style="dim")
        line.append(cut.before)
        line.append(f"[{cut.span}]", style="not dim bold")
        line.append(cut.after + "”")
        line.append(f" — {word_source(claim)}", style="not dim blue")
        return line

    def _figure(self, figure: Figure) -> list[Text]:
        head = Text(f"{word_amount(figure)} {figure.measure}", style="bold yellow")
        if figure.who:
            head.append("  " + plain(figure.who.text), style="not bold")
        told = [figure.group if figure.group != "unspecified" else None, figure.nationality,
                figure.status if figure.status != "stated" else None]  # fmt: skip
        extra = ", ".join(t for t in told if t)
        if extra:
            head.append(f"  ({extra})", style="not bold dim")
        return [head, self._words(figure.span, self.claim_of.get(figure.id))]

    def _claim(self, claim: Claim) -> list[Text]:
        head = Text(word_source(claim), style="bold blue")
        if claim.cue:
            head.append(f"  {plain(claim.cue.text)}", style="not bold italic")
        when = word_when(claim.when)
        head.append(f"  ({claim.source.kind}{', ' + when if when else ''})", style="not bold dim")
        content = plain(claim.content.text)
        if len(content) > _CONTENT:
            content = content[:_CONTENT].rsplit(" ", 1)[0] + "…"
        return [head, Text(f"“{content}”", style="dim")]

    def _place(self, place: Place) -> Text:
        line = Text(plain(place.name), style="bold green")
        where = ", ".join(w for w in (place.admin1, place.country) if w)
        line.append(f"  {where}  {place.lat:.2f}, {place.lon:.2f}  {place.precision}", style="not bold")
        return line
