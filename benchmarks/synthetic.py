"""Reports and their records, made by number: the same number gives the same report.

The news goes on at an even pace: a store of ten times the reports covers ten
times the days. A happening is told by up to five reports within two days, their
tolls not always the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.record import Actor, Argument, Claim, Event, Figure, Place, Record, Report, Source, Span, When

__all__ = ["PLACES", "Happening", "make_record", "make_report", "pairs", "read"]

PER_DAY = 50  # reports: what a small desk takes in
_FIRST = date(2011, 1, 1)
_TELLERS = 5  # reports of one happening, at most
PLACES = (
    ("Gao", "MLI", 16.27, -0.04), ("Kidal", "MLI", 18.44, 1.41), ("Mopti", "MLI", 14.49, -4.2),
    ("Maiduguri", "NGA", 11.85, 13.16), ("Jos", "NGA", 9.93, 8.89), ("Mosul", "IRQ", 36.34, 43.13),
    ("Baghdad", "IRQ", 33.34, 44.4), ("Kabul", "AFG", 34.53, 69.17), ("Kandahar", "AFG", 31.61, 65.71),
    ("Aleppo", "SYR", 36.2, 37.16), ("Homs", "SYR", 34.73, 36.71), ("Mogadishu", "SOM", 2.04, 45.34),
    ("Baidoa", "SOM", 3.11, 43.65), ("Goma", "COD", -1.68, 29.22), ("Bunia", "COD", 1.57, 30.25),
    ("Quetta", "PAK", 30.18, 67.0), ("Peshawar", "PAK", 34.01, 71.58), ("Aden", "YEM", 12.78, 45.04),
    ("Bangui", "CAF", 4.36, 18.56), ("Donetsk", "UKR", 48.0, 37.8),
)  # fmt: skip
_DEEDS = (
    ("bombing", "a bomb blast", "the army"), ("armed-attack", "an ambush", "gunmen"),
    ("airstrike", "an airstrike", "the air force"), ("shelling", "a mortar barrage", "rebels"),
    ("killing", "a massacre", "militiamen"), ("accident", "a bus crash", "a driver"),
)  # fmt: skip
_SOURCES = (("police", "institution"), ("a witness", "witness"), ("a hospital official", "anonymous"))
_PAPERS = ("Sahel Wire", "Gulf Courier", "North Sea Post", "Tokyo Press", "Lagos Ledger")


@dataclass(frozen=True)
class Happening:
    """What one report tells: drawn from its number."""

    number: int
    deed: int
    place: int
    day: date
    killed: int
    source: int
    paper: int


def _happening(number: int) -> Happening:
    story, teller = divmod(number, _TELLERS)
    told = random.Random(story)
    day = _FIRST + timedelta(days=story * _TELLERS // PER_DAY)
    deed, place, killed = told.randrange(len(_DEEDS)), told.randrange(len(PLACES)), told.randint(1, 40)
    own = random.Random(-number)
    return Happening(
        number, deed, place, day, killed + own.choice((0, 0, 0, 1, 3)), own.randrange(len(_SOURCES)), teller
    )


def _text(h: Happening) -> str:
    _, deed, agent = _DEEDS[h.deed]
    place, source = PLACES[h.place][0], _SOURCES[h.source][0]
    return (
        f"{place} - {deed.capitalize()} by {agent} killed {h.killed} people near {place} "
        f"on {h.day.isoformat()}, {source} said. Report {h.number} of {_PAPERS[h.paper]}: the "
        "road to the north was closed for some hours and the wounded were taken to the hospital, "
        "where doctors asked for blood."
    )


def make_report(number: int) -> Report:
    """Make a report."""
    h = _happening(number)
    paper = _PAPERS[h.paper]
    return Report.of(
        _text(h), title=f"{PLACES[h.place][0]}: {h.killed} killed in {_DEEDS[h.deed][1]}", publisher=paper,
        url=f"https://{paper.lower().replace(' ', '-')}.example.org/{h.day.isoformat()}/{number}",
        published=(h.day + timedelta(days=h.number % 2)).isoformat(), language="en",
    )  # fmt: skip


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def make_record(report: Report, number: int) -> Record:
    """Make the record of the report of that number."""
    h, text = _happening(number), report.text
    (kind, deed, agent), (place, country, lat, lon) = _DEEDS[h.deed], PLACES[h.place]
    source, source_kind = _SOURCES[h.source]
    day = h.day.isoformat()
    when = When(span=_span(text, day), start=day, end=day, precision="day")
    event = Event(
        id="e1", type=kind, happening="h1", trigger=_span(text, deed.split()[-1]), status="happened",
        where="p1", when=when, arguments=(Argument(role="agent", span=_span(text, agent), actor="a1"),),
    )  # fmt: skip
    figure = Figure(
        id="f1", measure="killed", span=_span(text, f"{h.killed} people"), low=h.killed, high=h.killed,
        event="e1",
    )  # fmt: skip
    claim = Claim(
        id="c1", source=Source(span=_span(text, f"{source} said"), name=source, kind=source_kind),
        content=Span.of(text, 0, text.index(", " + source)), about=("e1", "f1"),
    )  # fmt: skip
    where = Place(
        id="p1", name=place, mentions=(_span(text, place),), country=country, lat=lat, lon=lon,
        precision="exact",
    )  # fmt: skip
    actor = Actor(id="a1", name=agent, kind="military", country=country, mentions=(_span(text, agent),))
    return Record(
        report=report, places=(where,), actors=(actor,), events=(event,), figures=(figure,), claims=(claim,)
    )


def read(report: Report) -> Record:
    """Read a report of ours as fast as can be: by the number that stands in it."""
    number = int(report.text.split("Report ", 1)[1].split(" ", 1)[0])
    return make_record(report, number)


def pairs(first: int, count: int) -> Iterator[tuple[Report, Record]]:
    """Yield reports with their records, by number."""
    for number in range(first, first + count):
        report = make_report(number)
        yield report, make_record(report, number)
