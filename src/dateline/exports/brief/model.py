"""What a brief says, whatever it is shown as."""

from __future__ import annotations

import msgspec

__all__ = [
    "Brief",
    "Contest",
    "Fact",
    "Movement",
    "Point",
    "PostureRow",
    "Row",
    "Section",
    "Sentence",
    "Source",
    "Spot",
    "Toll",
]


class Source(msgspec.Struct, frozen=True):
    """A report that the brief rests on; `number` is what stands in brackets behind what it tells."""

    number: int
    title: str
    publisher: str
    day: str
    url: str | None


class Sentence(msgspec.Struct, frozen=True):
    """What a report says, in its own words: the day that it tells of, and the numbers of its sources."""

    day: str
    words: str
    sources: tuple[int, ...] = ()


class Fact(msgspec.Struct, frozen=True):
    """A figure for the head of the brief: the number, what it counts, and its bounds."""

    value: str
    label: str
    note: str = ""


class Toll(msgspec.Struct, frozen=True):
    """A line of a ledger: whom it counts, best and bounds, whether sources agree, who says what last."""

    label: str
    best: str
    bounds: str
    agreement: str
    said: tuple[Sentence, ...]


class Point(msgspec.Struct, frozen=True):
    """One figure as one speaker gave it: ISO day, bounds, the kind of speaker."""

    day: str
    low: int | None
    high: int | None
    speaker: str
    kind: str
    source: int | None = None


class Movement(msgspec.Struct, frozen=True):
    """How a toll moved: its figures by day, and the best of all."""

    label: str
    best: int | None
    points: tuple[Point, ...]


class Contest(msgspec.Struct, frozen=True):
    """What is contested: of which incident, what is counted, and what the two sides say."""

    incident: int
    label: str
    words: str


class Section(msgspec.Struct, frozen=True):
    """An incident told in full."""

    number: int
    title: str
    where: str
    days: str
    also: str
    totals: tuple[str, ...]
    told: tuple[Sentence, ...]
    tolls: tuple[Toll, ...]
    movement: Movement | None
    contests: tuple[Contest, ...]
    sources: tuple[int, ...]
    identifier: str


class Row(msgspec.Struct, frozen=True):
    """An incident told in one line."""

    days: str
    title: str
    where: str
    killed: str
    reports: int
    contested: bool


class PostureRow(msgspec.Struct, frozen=True):
    """How a country stands in the one that the brief is about."""

    sender: str
    host: str
    words: str
    status: str
    since: str
    before: str
    sources: tuple[int, ...]


class Spot(msgspec.Struct, frozen=True):
    """A place on the map: `number` is its section's, None for an incident told in a line."""

    name: str
    lat: float
    lon: float
    number: int | None = None
    killed: int | None = None
    town: bool = False


class Brief(msgspec.Struct, frozen=True):
    """The whole: head, incidents, what is contested, postures, places, sources."""

    title: str
    country: str | None
    period: str
    asked: str
    basis: str
    as_of: str
    facts: tuple[Fact, ...]
    leads: tuple[Sentence, ...]
    sections: tuple[Section, ...]
    further: tuple[Row, ...]
    left_out: int
    contests: tuple[Contest, ...]
    postures: tuple[PostureRow, ...]
    spots: tuple[Spot, ...]
    sources: tuple[Source, ...]
    note: str
