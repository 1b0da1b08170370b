"""Reports and their records, made by number: the same number gives the same report.

The news goes on at an even pace: a store of ten times the reports covers ten
times the days. A happening is told by up to five reports within two days, their
tolls not always the same, and shares its people, things and half of its sentences
with the others of it (`newsroom.py`).
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.newsroom import story
from dateline.record import Actor, Argument, Claim, Event, Figure, Place, Record, Report, Source, Span, When

__all__ = ["PLACES", "TELLERS", "Happening", "make_record", "make_report", "pairs", "read"]

PER_DAY = 50  # reports: what a small desk takes in
_FIRST = date(2011, 1, 1)
TELLERS = 5  # reports of one happening, at most
_LINES = 4  # sentences that a report has of the six of its happening
_DEEDS = (
    ("bombing", "a bomb blast", "the army"), ("armed-attack", "an ambush", "gunmen"),
    ("airstrike", "an airstrike", "the air force"), ("shelling", "mortar fire", "rebels"),
    ("killing", "a massacre", "militiamen"), ("accident", "a bus crash", "a driver"),
    ("bombing", "a car bomb", "insurgents"), ("armed-attack", "a raid", "attackers"),
    ("shelling", "rocket fire", "the army"), ("battle", "a battle", "rebels"),
    ("bombing", "an explosion", "militants"), ("accident", "a fire", "a worker"),
)  # fmt: skip
_LEADS = (
    "{deed} by {agent} killed {killed} people near {place} on {day}, {source} said.",
    "{deed} in {quarter}, blamed on {agent}, left {killed} people dead near {place} on {day}, {source} said.",
    "{killed} people died near {place} on {day} in {deed}, the work of {agent}, {source} said.",
    "On {day} {deed} at {quarter} by {agent} took {killed} people from {place}, {source} said.",
)
_TITLES = (
    "{killed} killed in {place}", "{quarter} after {deed}", "{quarter} asks why",
    "{deed} near {place}", "{place}: {agent} accused", "A night in {quarter}",
)  # fmt: skip
_SOURCES = (("police", "institution"), ("a witness", "witness"), ("an aide", "anonymous"))
_PAPERS = ("Sahel Wire", "Gulf Courier", "North Sea Post", "Tokyo Press", "Lagos Ledger")


def _towns() -> tuple[tuple[str, str, float, float], ...]:
    """Read name, country (alpha-3) and coordinates of the towns where it happens, from GeoNames."""
    with Path(__file__).with_name("towns.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple((row["name"], row["country"], float(row["lat"]), float(row["lon"])) for row in rows)


PLACES = _towns()


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
    story, teller = divmod(number, TELLERS)
    told = random.Random(story)
    day = _FIRST + timedelta(days=story * TELLERS // PER_DAY)
    deed, place, killed = told.randrange(len(_DEEDS)), told.randrange(len(PLACES)), told.randint(1, 40)
    own = random.Random(-number)
    return Happening(
        number, deed, place, day, killed + own.choice((0, 0, 0, 1, 3)), own.randrange(len(_SOURCES)), teller
    )


def _text(h: Happening) -> str:
    _, deed, agent = _DEEDS[h.deed]
    place, source = PLACES[h.place][0], _SOURCES[h.source][0]
    told = story(h.number // TELLERS)
    own = random.Random(f"report {h.number}")
    lead = own.choice(_LEADS).format(
        deed=deed, agent=agent, killed=h.killed, place=place, day=h.day.isoformat(), source=source,
        quarter=told.quarter,
    )  # fmt: skip
    body = " ".join(told.told(own, _LINES))
    opening = f"{place} - {lead[:1].upper()}{lead[1:]}"
    return f"{opening} {body} Report {h.number} of the file."


def make_report(number: int) -> Report:
    """Make a report."""
    h = _happening(number)
    paper, quarter = _PAPERS[h.paper], story(number // TELLERS).quarter
    _, deed, agent = _DEEDS[h.deed]
    title = random.Random(f"title {number}").choice(_TITLES).format(
        killed=h.killed, place=PLACES[h.place][0], quarter=quarter, deed=deed, agent=agent
    )  # fmt: skip
    return Report.of(
        _text(h), title=title[:1].upper() + title[1:], publisher=paper, language="en",
        url=f"https://{paper.lower().replace(' ', '-')}.example.org/{h.day.isoformat()}/{number}",
        published=(h.day + timedelta(days=h.number % 2)).isoformat(),
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
