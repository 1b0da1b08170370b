"""Hold the places on their way into the gazetteer file, and write it. For the build alone."""

from __future__ import annotations

import csv
import math
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dateline.knowledge.names import fold, skeleton
from dateline.knowledge.schema import BONES_LEAST, CURATED_FROM, GAZETTEER_SCHEMA, Weight

__all__ = ["DATA", "Lists", "Row", "keys_of", "kilometres", "read_csv", "same_place", "write"]

DATA = Path(__file__).parent / "data"
SAME_PLACE_KM = 20.0  # a curated place this near to a listed one of its name is the listed one

BONES_PROMINENCE = 3.0  # smaller places are too many for a name that is not written as theirs


@dataclass(slots=True)
class Row:
    """One place on its way into the file; `main` names weigh more than `other` ones.

    `seat` are the names of bodies that have their seat here.
    """

    id: int
    name: str
    kind: str
    country: str | None
    lat: float
    lon: float
    population: int = 0
    admin1: int | None = None
    admin2: int | None = None
    capital: bool = False
    radius: float | None = None
    countries: str | None = None
    prominence: float = 0.0
    main: set[str] = field(default_factory=set)
    other: set[str] = field(default_factory=set)
    short: set[str] = field(default_factory=set)
    seat: set[str] = field(default_factory=set)


class Lists:
    """The rows gathered so far, by id and by key."""

    def __init__(self) -> None:
        self.rows: dict[int, Row] = {}
        self.by_key: dict[str, list[Row]] = defaultdict(list)
        self._next = CURATED_FROM

    def curated_id(self) -> int:
        """Give the next id of a place that GeoNames' numbers don't cover."""
        self._next += 1
        return self._next

    def add(self, row: Row) -> Row:
        """Keep a row and put it under its keys."""
        self.rows[row.id] = row
        for key in row.main | row.other:
            self.by_key[key].append(row)
        return row

    def alias(self, row: Row, keys: Iterable[str]) -> None:
        """Give a row more main keys."""
        for key in keys:
            row.other.discard(key)
            if key not in row.main:
                row.main.add(key)
                self.by_key[key].append(row)


def read_csv(name: str) -> list[dict[str, str]]:
    """Read a curated file of the data folder."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same_place(
    lists: Lists, keys: Iterable[str], country: str | None, lat: float, lon: float,
    *, kinds: Sequence[str] = ("city",), within: float = SAME_PLACE_KM,
) -> Row | None:  # fmt: skip
    """Find the listed place, of one of the kinds, that a curated line speaks of; `within` in kilometres."""
    for key in sorted(keys):
        for row in lists.by_key.get(key, ()):
            near = kilometres(row.lat, row.lon, lat, lon) < within
            if row.kind in kinds and row.country == country and near:
                return row
    return None


def keys_of(names: Iterable[str]) -> set[str]:
    """Fold names to keys; what stands in brackets only tells two apart and is left out."""
    return {key for name in names if (key := fold(name.split(" (")[0]))}


def kilometres(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Give the rough distance of two points in kilometres (flat-earth, good for near ones)."""
    across = (lon - lon2) * math.cos(math.radians((lat + lat2) / 2))
    return 111.2 * math.hypot(lat - lat2, across)


def name_lines(row: Row) -> Iterator[tuple[str, int, int]]:
    """Give the lines of the name table for one row."""
    for weight, keys in (
        (Weight.MAIN, row.main),
        (Weight.OTHER, row.other - row.main),
        (Weight.SHORT, row.short),
        (Weight.SEAT, row.seat),
    ):
        for key in keys:
            yield key, row.id, int(weight)


def bone_lines(rows: Iterable[Row]) -> list[tuple[str, int]]:
    """Give the lines of the table of shared consonants: one for each place and spelling of its own name."""
    wanted = (row for row in rows if row.kind != "country" and row.prominence >= BONES_PROMINENCE)
    lines = {(skeleton(key), row.id) for row in wanted for key in row.main}
    return sorted(line for line in lines if len(line[0]) >= BONES_LEAST)


def write(lists: Lists, demonyms: Iterable[tuple[str, str, str]], path: Path) -> None:
    """Write the file afresh: rows in the order of ids, keys in their own; `demonyms` as key, code, word."""
    fresh = path.with_suffix(".new")  # readers keep the old file until the new one is whole
    fresh.unlink(missing_ok=True)
    areas = {r.id for r in lists.rows.values() if r.kind in ("admin1", "admin2")}
    with sqlite3.connect(fresh) as base:
        base.executescript(GAZETTEER_SCHEMA)
        base.executemany(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (r.id, r.name, r.kind, r.country, r.admin1 if r.admin1 in areas else None,
                 r.admin2 if r.admin2 in areas else None, round(r.lat * 1e4), round(r.lon * 1e4),
                 r.population, int(r.capital), round(r.prominence * 100), r.radius, r.countries)
                for r in sorted(lists.rows.values(), key=lambda r: r.id)
            ),
        )  # fmt: skip
        lines = sorted({line for row in lists.rows.values() for line in name_lines(row)})
        base.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", lines)
        base.executemany("INSERT INTO bones VALUES (?, ?)", bone_lines(lists.rows.values()))
        base.executemany("INSERT OR IGNORE INTO demonym VALUES (?, ?, ?)", sorted(demonyms))
        states = sorted((k, r.country) for r in lists.rows.values() if r.kind == "country" for k in r.main)
        base.executemany("INSERT OR IGNORE INTO state VALUES (?, ?)", states)
    with sqlite3.connect(fresh) as base:
        base.execute("VACUUM")
    fresh.replace(path)
